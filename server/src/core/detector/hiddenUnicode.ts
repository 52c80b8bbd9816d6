/**
 * Finds characters that a reader does not see but a compiler, a terminal or a model does: runs of one class on one
 * line make one finding. What is legitimate (emoji sequences, joiners in scripts that need them, a byte order mark,
 * right-to-left text) is left alone. The payload is decoded where the class can carry one, and shown escaped.
 */
import { Tag } from '../language/tags.js';
import { endOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { Match } from '../matching/matcher.js';
import { textBindings, type Detected, type DetectorInput } from './input.js';
import { ANY_HIDDEN, classOf, describeCodePoint, HIDDEN_CLASSES, type HiddenClass } from './unicodeClasses.js';

const DEFAULT_CLASSES: readonly HiddenClass[] = [
  'tag-characters',
  'variation-selectors',
  'bidi-controls',
  'zero-width',
  'invisible-fillers',
  'control-characters',
];
const MAX_SHOWN = 200;
const MAX_MATCHES = 1000;

export function hiddenUnicodeOptions(
  options: Readonly<Record<string, unknown>>,
): { readonly classes: ReadonlySet<HiddenClass> } | { readonly error: string } {
  for (const key of Object.keys(options))
    if (key !== 'classes') return { error: `\`hidden-unicode\` has no option \`${key}\`; it knows \`classes\`` };
  const value = options['classes'];
  if (value === undefined) return { classes: new Set(DEFAULT_CLASSES) };
  if (!Array.isArray(value) || value.length === 0) return { error: `\`classes\` must be a list of ${HIDDEN_CLASSES.join(', ')}` };
  const classes = new Set<HiddenClass>();
  for (const item of value) {
    const known = HIDDEN_CLASSES.find((name) => name === item);
    if (known === undefined)
      return { error: `\`${String(item)}\` is not a class of hidden characters; there are ${HIDDEN_CLASSES.join(', ')}` };
    classes.add(known);
  }
  return { classes };
}

interface Run {
  readonly kind: HiddenClass;
  readonly start: number;
  end: number;
  readonly codePoints: number[];
}

export function detectHiddenUnicode(input: DetectorInput, classes: ReadonlySet<HiddenClass>): Detected {
  const { text } = input;
  const matches: Match[] = [];
  let cut = false;
  if (hasHidden(text)) {
    const runs = runsIn(text, classes);
    cut = runs.length > MAX_MATCHES;
    for (const run of runs.slice(0, MAX_MATCHES)) {
      const shown = [...new Set(run.codePoints)];
      const characters = shown.slice(0, 4).map(describeCodePoint).join(', ') + (shown.length > 4 ? ` and ${shown.length - 4} more` : '');
      const bindings = { $CHARACTERS: characters, $COUNT: String(run.codePoints.length), $PAYLOAD: payloadOf(run) };
      matches.push({ start: run.start, end: run.end, env: textBindings(bindings, run.start, run.end) });
    }
  }
  if (classes.has('mixed-script-identifiers')) {
    const mixed = mixedScriptIdentifiers(input);
    matches.push(...mixed.slice(0, MAX_MATCHES));
    cut ||= mixed.length > MAX_MATCHES;
  }
  return { matches, cut };
}

/** Everything that might hide something, each once; text without any is the rule and is quickly done. */
const EVERY_HIDDEN = new RegExp(ANY_HIDDEN.source, 'gu');

/** A line and what was found out about it. */
interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly runs: Map<HiddenClass, Run>;
  rightToLeft: boolean | undefined;
  balanced: boolean | undefined;
  noText: boolean | undefined;
  ofBytes: boolean | undefined;
  /** Zero width spaces that nobody meant, counted from the line's start; empty without any. */
  leftovers: { readonly start: number; readonly end: number } | undefined;
}

/** Runs of every class in the last text: several rules, each for other classes, ask about the same one in a row. */
let runsText: string | undefined;
let runsFound: readonly Run[] = [];

/** One run a line and class, from its first to its last character; at most one more than `MAX_MATCHES` of a class. */
function runsIn(text: string, classes: ReadonlySet<HiddenClass>): readonly Run[] {
  if (text !== runsText) {
    runsFound = everyRun(text);
    runsText = text;
  }
  return runsFound.filter(({ kind }) => classes.has(kind));
}

function everyRun(text: string): Run[] {
  const runs: Run[] = [];
  const counts = new Map<HiddenClass, number>();
  if (isNoText(text)) return runs;
  let line: Line | undefined;
  let holdsBytes: boolean | undefined;
  for (const match of text.matchAll(EVERY_HIDDEN)) {
    const at = match.index;
    const codePoint = text.codePointAt(at) as number;
    const width = codePoint > 0xffff ? 2 : 1;
    const kind = kindAt(text, at, codePoint);
    if (kind === undefined || (counts.get(kind) ?? 0) > MAX_MATCHES) continue;
    if (line === undefined || at >= line.end) line = lineAt(text, at);
    if ((line.noText ??= isNoText(line.text))) continue;
    // Bytes are no larger: among them every other character still counts.
    if (codePoint <= LAST_BYTE && (holdsBytes ??= isOfBytes(text)) && (line.ofBytes ??= isLineOfBytes(line.text))) continue;
    if (isLegitimate(text, at, width, codePoint, kind, line)) continue;
    const run = line.runs.get(kind);
    if (run === undefined) {
      const fresh = { kind, start: at, end: at + width, codePoints: [codePoint] };
      runs.push(fresh);
      line.runs.set(kind, fresh);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    } else {
      run.end = at + width;
      run.codePoints.push(codePoint);
    }
  }
  return runs;
}

/** The class of a character where it stands: what does nothing there is one of its own. */
function kindAt(text: string, at: number, codePoint: number): HiddenClass | undefined {
  const kind = classOf(codePoint);
  if (kind === 'control-characters') return isObeyed(text, at, codePoint) ? kind : 'strays';
  return kind === 'variation-selectors' && isLeftBehind(text, at, codePoint) ? 'strays' : kind;
}

/** One or two of the selectors that choose between emoji and text: they carry no message. */
function isLeftBehind(text: string, at: number, codePoint: number): boolean {
  return (codePoint === 0xfe0e || codePoint === 0xfe0f) && !/[\ufe0e\ufe0f]{3}/.test(text.slice(Math.max(0, at - 2), at + 3));
}

/** What makes a sequence of the escape character before it; one that begins with a bracket has to go on, through any number of parameters, to its last sign. */
const AFTER_ESCAPE = /[\]PX^_c78DEHMNO#()%=>]|\[[0-?]*[ -/]*[@-~]/y;
const C1_INTRODUCERS: ReadonlySet<number> = new Set([0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f]);

/** What begins a sequence that terminals obey, what takes back the character before it, and what makes git call a text binary and hide its changes. */
function isObeyed(text: string, at: number, codePoint: number): boolean {
  if (codePoint === 0x1b) {
    AFTER_ESCAPE.lastIndex = at + 1;
    return AFTER_ESCAPE.test(text);
  }
  if (codePoint === 0x08) return at > 0 && text[at - 1] !== '\n';
  return codePoint === 0 || C1_INTRODUCERS.has(codePoint);
}

/** The last text looked at: several rules, one for each class, ask about the same file in a row. */
let lastText = '';
let lastAnswer = false;

function hasHidden(text: string): boolean {
  if (text !== lastText) {
    lastText = text;
    lastAnswer = ANY_HIDDEN.test(text);
  }
  return lastAnswer;
}

const EMOJI_BASE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}#*0-9\u20e3\ufe0f]$/u;
const SYMBOL_BASE = /[\p{Extended_Pictographic}\p{S}\p{P}#*0-9\p{Nd}]$/u;
const CJK_BASE = /[\p{Script=Han}\u2200-\u22ff\u2a00-\u2aff]$/u;
const JOINING_SCRIPTS =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{M}]/u;
const SPACELESS_SCRIPTS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
// With joiners between its parts, too, as some tables of emoji have them.
const FLAG_TAGS = /\u{1F3F4}\u200d?(?:[\u{E0020}-\u{E007E}]\u200d?)*$/u;
const TAG_OR_JOINER = /^\u200d?(?:[\u{E0020}-\u{E007F}]|$)/u;

function isLegitimate(text: string, at: number, width: number, codePoint: number, kind: HiddenClass, line: Line): boolean {
  const before = text.slice(Math.max(line.start, at - 24), at);
  const after = text.slice(at + width, at + width + 2);
  switch (kind) {
    case 'tag-characters':
      // Subdivision flags: black flag, tag letters, CANCEL TAG.
      return FLAG_TAGS.test(before) && (codePoint === 0xe007f || TAG_OR_JOINER.test(text.slice(at + width, at + width + 3)));
    case 'variation-selectors':
      if (codePoint === 0xfe0e || codePoint === 0xfe0f) return SYMBOL_BASE.test(before);
      if (codePoint >= 0x180b && codePoint <= 0x180f) return /\p{Script=Mongolian}$/u.test(before);
      return CJK_BASE.test(before);
    case 'zero-width':
      // Alone between quotes: a table of such characters, or what is to be replaced.
      if (isBetweenQuotes(before, after)) return true;
      if (codePoint === 0xfeff) return at === 0;
      if (isLeftover(line, at)) return true;
      if (codePoint === 0x200d && EMOJI_BASE.test(before) && /^[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u.test(after))
        return true;
      if (codePoint === 0x200d && FLAG_TAGS.test(before)) return true;
      if (codePoint === 0x200c || codePoint === 0x200d) return isAmongJoining(before, text.slice(at + width, at + width + 8));
      if (codePoint !== 0x200b) return false;
      // A place where a long name may be broken, after what parts it: `abc.net.au:iview`.
      if (/[:/\u2013\u2014-]$/.test(before) && /^[\p{L}\p{N}]/u.test(after)) return true;
      // Between a star and a slash, which would end the comment that speaks of them.
      if (before.endsWith('*') && after.startsWith('/')) return true;
      return SPACELESS_SCRIPTS.test(lastCharacter(before.replace(/\u200b$/, ''))) || SPACELESS_SCRIPTS.test(after);
    case 'bidi-marks':
      return isRightToLeft(line);
    case 'bidi-controls':
      // An embedding between two letters that run from right to left anyway turns nothing around.
      if (
        (codePoint === 0x202a || codePoint === 0x202b || codePoint === 0x202c) &&
        RIGHT_TO_LEFT.test(lastCharacter(before.trimEnd())) &&
        RIGHT_TO_LEFT.test(after.trim().charAt(0))
      )
        return true;
      // Embeddings and isolates have a use in right-to-left text; overrides have none in source.
      return codePoint !== 0x202d && codePoint !== 0x202e && isRightToLeft(line) && (line.balanced ??= turnsWordsOnly(line.text));
    case 'invisible-fillers':
      // The invisible operators of mathematics, in a table of names: they look like nothing, and are no blank either.
      if (codePoint >= 0x2061 && codePoint <= 0x2064 && isBetweenQuotes(before, after)) return true;
      if (codePoint === 0x2800) {
        // Beside other Braille, or one of a table of its signs.
        const near = isBetweenQuotes(before, after) ? text.slice(Math.max(0, at - 200), at + 200) : before.slice(-2) + after;
        return /[\u2801-\u28ff]/.test(near);
      }
      if (codePoint === 0x115f || codePoint === 0x1160) return /[\u1100-\u11ff]/.test(lastCharacter(before) + after);
      return codePoint === 0x17b4 || codePoint === 0x17b5 ? /\p{Script=Khmer}/u.test(lastCharacter(before)) : false;
    case 'strays':
      return classOf(codePoint) === 'variation-selectors' ? SYMBOL_BASE.test(before) : isHarmlessControl(text, at, codePoint, before);
    case 'control-characters':
      return isHarmlessControl(text, at, codePoint, before);
    default:
      return false;
  }
}

/** The first bytes of a letter in UTF-8, read as Latin-1 or windows-1252, such as `\u00e2\u20ac` of a closing quotation mark. */
const MISREAD =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]?$/;

function isHarmlessControl(text: string, at: number, codePoint: number, before: string): boolean {
  // The rest of a letter that was read in the wrong encoding.
  if (codePoint >= 0x80 && codePoint <= 0x9f && MISREAD.test(before)) return true;
  // Quotes and dashes of windows-1252, read as Latin-1: no terminal obeys them.
  if (codePoint >= 0x91 && codePoint <= 0x97) return true;
  return codePoint === 0x1b && COLOUR.test(text.slice(at + 1, at + 17));
}

/** Nothing but this character stands between the quotes. */
function isBetweenQuotes(before: string, after: string): boolean {
  return /(?<!["'`])["'`]$/.test(before) && after[0] === before.at(-1);
}

/** A few joiners in a row beside a letter of a script that needs them, or beside the space after one: more of them could carry a message. */
function isAmongJoining(before: string, after: string): boolean {
  const [left = ''] = /[\u200c\u200d]*$/.exec(before) ?? [];
  const [right = ''] = /^[\u200c\u200d]*/.exec(after) ?? [];
  if (left.length + right.length >= 5) return false;
  return [before.slice(0, before.length - left.length).trimEnd(), after.slice(right.length).trimStart().slice(0, 1)].some((text) =>
    JOINING_SCRIPTS.test(lastCharacter(text)),
  );
}

/** Colour, weight or underlining after an escape character: it moves nothing, erases nothing and, without 8, conceals nothing. */
const COLOUR = /^\[(?!(?:\d*;)*8[;m])[\d;]{0,12}m/;

const NEEDED_JOINER = /(?<=[\p{Script=Arabic}\p{M}])[\u200c\u200d]/gu;
const ZERO_WIDTH = /[\u200b-\u200d\u2060\u00ad\ufeff]+/;
/** A letter, or what encloses a text: a name that such a character stands in, or begins or ends with, only looks like another. */
const OF_A_NAME_BEFORE = /[\p{L}\p{M}\p{N}_"'`]$/u;
const OF_A_NAME_AFTER = /^[\p{L}\p{M}\p{N}_"'`]/u;

/** A twentieth of the line, or of the file, could not be decoded: bytes of an image or an archive, and whoever opens it sees that. */
function isNoText(text: string): boolean {
  return (text.match(/\ufffd/g)?.length ?? 0) * 20 > text.length;
}

const LAST_BYTE = 0xff;
const CONTROLS = /[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/g;
/** Different control characters in a file, and in a line of it: sequences that a terminal obeys are made of a few, bytes of a program or an archive have them all. */
const MANY_CONTROLS = 32;
const SOME_CONTROLS = 4;

/** Whether a file holds bytes that were written as one character each, such as a program for the browser. */
function isOfBytes(text: string): boolean {
  return new Set(text.match(CONTROLS)).size >= MANY_CONTROLS;
}

/** Whether a line of such a file is some of them: several control characters, and a tenth of it nothing that a person would write there. */
function isLineOfBytes(line: string): boolean {
  return (
    new Set(line.match(CONTROLS)).size >= SOME_CONTROLS && (line.match(/[\0-\x08\x0b\x0e-\x1f\x7f-\xff]/g)?.length ?? 0) * 10 > line.length
  );
}

/**
 * One or two zero width characters that stand in no word, and no other on the line: what copying from a page or a translation service leaves, or a
 * place where a line may be broken. They part no word and join none; more of them could carry a message.
 */
function isLeftover(line: Line, at: number): boolean {
  line.leftovers ??= leftoversOf(line.text);
  return line.leftovers.start <= at - line.start && at - line.start < line.leftovers.end;
}

function leftoversOf(line: string): { readonly start: number; readonly end: number } {
  const text = line.replace(NEEDED_JOINER, 'x');
  const [group = ''] = ZERO_WIDTH.exec(text) ?? [];
  const start = text.indexOf(group);
  const end = start + group.length;
  const alone = group.length <= 2 && !ZERO_WIDTH.test(text.slice(end));
  const [begun, goesOn] = [OF_A_NAME_BEFORE.test(text.slice(0, start)), OF_A_NAME_AFTER.test(text.slice(end))];
  // Joiners are allowed in the names of programs, at their ends too.
  const inName = /[\u200c\u200d]/.test(group) ? begun || goesOn : begun && goesOn;
  return alone && !inName ? { start, end } : { start: 0, end: 0 };
}

function lineAt(text: string, at: number): Line {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return {
    text: text.slice(start, end),
    start,
    end,
    runs: new Map(),
    rightToLeft: undefined,
    balanced: undefined,
    noText: undefined,
    ofBytes: undefined,
    leftovers: undefined,
  };
}

function isRightToLeft(line: Line): boolean {
  return (line.rightToLeft ??= RIGHT_TO_LEFT.test(line.text));
}

function lastCharacter(text: string): string {
  const last = text.codePointAt(text.length - 2);
  return last !== undefined && last > 0xffff ? text.slice(-2) : text.slice(-1);
}

/** What opens an embedding or an isolate, and what closes it. */
const CLOSED_BY: ReadonlyMap<string, string> = new Map([
  ['\u202a', '\u202c'],
  ['\u202b', '\u202c'],
  ['\u2066', '\u2069'],
  ['\u2067', '\u2069'],
  ['\u2068', '\u2069'],
]);
const LEFT_TO_RIGHT = /^[\u202a\u2066]$/;
const OVERRIDES = /[\u202d\u202e]/;
/** What a text for people holds beside its words: markup, code in it, and places for values. */
const MARKUP = /<[^<>]*>|\$?\{[^{}]*\}|`[^`]*`/g;
const EVERY_LETTER = /\p{L}/gu;
const EVERY_RIGHT_TO_LEFT = new RegExp(RIGHT_TO_LEFT.source, 'gu');

/**
 * Whether every embedding and isolate of a line is closed on it, without an override among them, and what is shown from right to left is mostly written that way:
 * translations are, code that is made to look like other code is not.
 */
function turnsWordsOnly(line: string): boolean {
  if (OVERRIDES.test(line)) return false;
  const open: { readonly by: string; readonly at: number }[] = [];
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (CLOSED_BY.has(character)) open.push({ by: character, at });
    if (character !== '\u202c' && character !== '\u2069') continue;
    const last = open.pop();
    if (last === undefined || CLOSED_BY.get(last.by) !== character) return false;
    const inside = line.slice(last.at + 1, at).replaceAll(MARKUP, '');
    const turned = inside.match(EVERY_RIGHT_TO_LEFT)?.length ?? 0;
    // An isolate that takes its direction from its text is left as it is without letters from right to left.
    if (LEFT_TO_RIGHT.test(last.by) || (last.by === '\u2068' && turned === 0)) continue;
    if (turned * 2 < (inside.match(EVERY_LETTER)?.length ?? 0)) return false;
  }
  return open.length === 0;
}

/** What the characters say once decoded, printable ASCII only, everything else as `\u{...}`. */
function payloadOf(run: Run): string {
  if (run.kind === 'tag-characters')
    return printable(
      run.codePoints.map((point) => (point >= 0xe0020 && point <= 0xe007e ? point - 0xe0000 : 0)).filter((point) => point > 0),
    );
  if (run.kind === 'variation-selectors') {
    const bytes = run.codePoints.map((point) =>
      point >= 0xfe00 && point <= 0xfe0f ? point - 0xfe00 : point >= 0xe0100 ? point - 0xe0100 + 16 : 0,
    );
    if (bytes.length >= 2 && bytes.every((byte) => byte >= 0x09 && byte < 0x7f)) return printable(bytes);
  }
  return escaped(run.codePoints);
}

function printable(points: readonly number[]): string {
  const text = points.map((point) => (point >= 0x20 && point < 0x7f ? String.fromCodePoint(point) : `\\u{${point.toString(16)}}`)).join('');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}

function escaped(points: readonly number[]): string {
  const text = points.slice(0, 12).map((point) => `\\u{${point.toString(16)}}`);
  return text.join('') + (points.length > 12 ? '...' : '');
}

const LATIN = /\p{Script=Latin}/u;
/**
 * Letters of other scripts that are drawn like Latin ones (UTS 39 confusables): Cyrillic, Greek, Armenian, Cherokee, full-width
 * forms and mathematical alphabets. `Δt` and `σ_x` are ordinary names: their letters resemble nothing Latin.
 */
const LOOKALIKES =
  /[\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04ae\u04af\u04bb\u04c0\u04cf\u0501\u051b\u051d\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b3\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7\u03f2\u03f3\u0555\u0570\u0578\u057d\u0581\u0582\u0585\u13a0-\u13f5\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d6a5}]/u;

/** Greek letters that formulas are written with, and of those the ones that are drawn like Latin ones. An omicron is in no formula. */
const GREEK_SIGN = /[\u0394\u03a3\u03a6\u03a8\u03a9\u03b1-\u03be\u03c0-\u03c9]/u;
const BESIDE_LATIN = /\p{Script=Latin}\p{Script=Greek}|\p{Script=Greek}\p{Script=Latin}/u;
const GREEK_LOOKALIKE = /[\u03b1\u03b3\u03b9\u03ba\u03bd\u03c1\u03c5\u03c7]/u;

const MIXED_WORD = new RegExp(`[\\p{Script=Latin}_0-9]${LOOKALIKES.source}|${LOOKALIKES.source}[\\p{Script=Latin}_0-9]`, 'u');

const BEYOND_ASCII = /[^\0-\x7f]/;

let lastMixed = '';
let lastMixes = false;

/** A quick no for texts in which no word could mix scripts. */
export function mayMixScripts(text: string): boolean {
  if (text !== lastMixed) {
    lastMixed = text;
    lastMixes = BEYOND_ASCII.test(text) && MIXED_WORD.test(text);
  }
  return lastMixes;
}

/** `cosδγ`, and `ρ0` where `ρ` is a name too: signs of a formula beside others, not letters that pass for Latin ones. */
function isFormula(name: string, strange: readonly string[], isName: (sign: string) => boolean): boolean {
  if (!strange.every((character) => GREEK_LOOKALIKE.test(character))) return false;
  const others = [...name].some((character) => GREEK_SIGN.test(character) && !GREEK_LOOKALIKE.test(character));
  return others || (!BESIDE_LATIN.test(name) && strange.every(isName));
}

function namesOfOneLetter(tree: SyntaxTree): ReadonlySet<string> {
  const names = new Set<string>();
  for (let node = 0; node < tree.count; node++) {
    if (tagOf(tree, node) === Tag.Ident && endOf(tree, node) - startOf(tree, node) === 1) names.add(textOf(tree, node));
  }
  return names;
}

/** Identifiers that mix Latin with letters of a look-alike script, at most one more than `MAX_MATCHES`. Text without a tree has no identifiers. */
function mixedScriptIdentifiers(input: DetectorInput): Match[] {
  const { tree, text } = input;
  if (tree === undefined || !mayMixScripts(text)) return [];
  const matches: Match[] = [];
  let signs: ReadonlySet<string> | undefined;
  for (let node = 0; node < tree.count && matches.length <= MAX_MATCHES; node++) {
    if (tagOf(tree, node) !== Tag.Ident) continue;
    const name = textOf(tree, node);
    if (!LATIN.test(name.replaceAll(/[\uff21-\uff3a\uff41-\uff5a]/g, '')) || !LOOKALIKES.test(name)) continue;
    const strange = [...name].filter((character) => LOOKALIKES.test(character));
    if (isFormula(name, strange, (sign) => (signs ??= namesOfOneLetter(tree)).has(sign))) continue;
    const characters = [...new Set(strange)].slice(0, 4).map((character) => describeCodePoint(character.codePointAt(0) as number));
    const start = startOf(tree, node);
    const end = endOf(tree, node);
    matches.push({
      start,
      end,
      env: textBindings(
        {
          $CHARACTERS: characters.join(', '),
          $COUNT: String(strange.length),
          $PAYLOAD: [...name]
            .map((character) => (character < '\u007f' ? character : `\\u{${(character.codePointAt(0) as number).toString(16)}}`))
            .join(''),
        },
        start,
        end,
      ),
    });
  }
  return matches;
}
