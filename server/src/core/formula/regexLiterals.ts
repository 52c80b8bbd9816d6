/**
 * Strings that every match of a regular expression must contain: read off its structure. Over-approximates: nothing is
 * needed where the structure says nothing.
 */
import { parsePcre, type Pcre } from '../model/pcre.js';
import { stringsOf } from './regexStrings.js';

/** What a text must contain: a name as a whole word, a name that is called, any stretch of text, or text in any case. */
export interface Literal {
  readonly kind: 'word' | 'called' | 'part' | 'folded';
  /** In lower case for `folded`. */
  readonly text: string;
}

/** What every match of an expression must contain, its shape kept. */
export type RegexNeed =
  | { readonly kind: 'strings'; readonly anyOf: Words }
  | { readonly kind: 'all' | 'any'; readonly needs: readonly RegexNeed[] };

/** In lower case, for a text in any case. */
type Words = readonly string[];

/** They are all looked for in one pass, however many there are. */
const MAX_ALTERNATIVES = 200;
/** Of one stretch of a match, spelled out. */
const MAX_SPELLINGS = 128;
const MIN_LENGTH = 2;

/** Nothing is needed where the structure says nothing: `all` of none. */
export function needOfExpression(source: string): RegexNeed {
  const parsed = parsePcre(source, true);
  return 'error' in parsed ? NOTHING : needOf(parsed.root);
}

const NOTHING: RegexNeed = { kind: 'all', needs: [] };

function needOf(node: Pcre): RegexNeed {
  switch (node.kind) {
    case 'seq':
      return needOfSequence(node.items);
    case 'alt':
      return needOfBranches(node.branches);
    case 'group':
    case 'atomic':
      return needOf(node.body);
    case 'repeat':
      return node.min === 0 ? NOTHING : needOf(node.body);
    case 'set':
    case 'look':
    case 'anchor':
    case 'reference':
      return NOTHING;
  }
}

function needOfSequence(items: readonly Pcre[]): RegexNeed {
  const needs: RegexNeed[] = [];
  let run: Words = [''];
  const flush = (): void => {
    if (run.every((text) => text.length >= MIN_LENGTH)) needs.push({ kind: 'strings', anyOf: run });
    run = [''];
  };
  /** @param before whether what came before ends where this begins */
  const add = (strings: Words | undefined, before = true): boolean => {
    if (strings === undefined) return false;
    const spelled = [...new Set(strings.map((text) => text.toLowerCase()))];
    if (!before || run.length * spelled.length > MAX_SPELLINGS) flush();
    if (spelled.length > MAX_SPELLINGS) return false;
    run = run.flatMap((start) => spelled.map((end) => start + end));
    return true;
  };
  for (const item of items.flatMap(flattened)) {
    if (add(stringsOf(item))) continue;
    // What repeats begins right here, and what follows it comes right after it.
    const again = item.kind === 'repeat' && item.min > 0 ? stringsOf(item.body) : undefined;
    if (again !== undefined && add(again)) {
      flush();
      // White space after a word says enough: before the next one, too, it would take dozens of spellings of that.
      if (again.includes(' ') || !add(again, false)) flush();
      continue;
    }
    flush();
    needs.push(needOf(item));
  }
  flush();
  const [only, ...others] = needs.filter((need) => need.kind !== 'all' || need.needs.length > 0);
  return only !== undefined && others.length === 0 ? only : { kind: 'all', needs: only === undefined ? [] : [only, ...others] };
}

function flattened(node: Pcre): readonly Pcre[] {
  if (node.kind === 'group') return flattened(node.body);
  return node.kind === 'seq' ? node.items.flatMap(flattened) : [node];
}

function needOfBranches(branches: readonly Pcre[]): RegexNeed {
  const needs = branches.map(needOf);
  if (needs.some((need) => need.kind === 'all' && need.needs.length === 0)) return NOTHING;
  if (sumOfStrings(needs) <= MAX_ALTERNATIVES) return { kind: 'any', needs };
  const best = needs.map(rarestOf);
  return sumOfStrings(best) <= MAX_ALTERNATIVES ? { kind: 'any', needs: best } : NOTHING;
}

function sumOfStrings(needs: readonly RegexNeed[]): number {
  return needs.reduce((sum, need) => sum + stringsIn(need), 0);
}

/** One part of what is needed, by strings that are few and long. */
function rarestOf(need: RegexNeed): RegexNeed {
  if (need.kind === 'strings') return need;
  if (need.kind === 'any') return { kind: 'any', needs: need.needs.map(rarestOf) };
  return need.needs.map(rarestOf).toSorted((a, b) => frequency(a) - frequency(b))[0] ?? need;
}

/** Roughly, on a logarithmic scale: how often it may stand in a text. */
function frequency(need: RegexNeed): number {
  if (need.kind === 'strings') return Math.log2(need.anyOf.length) - 2 * Math.min(...need.anyOf.map((text) => text.length));
  const parts = need.needs.map(frequency);
  return need.kind === 'any' ? Math.max(...parts) : Math.min(...parts);
}

function stringsIn(need: RegexNeed): number {
  return need.kind === 'strings' ? need.anyOf.length : need.needs.reduce((sum, part) => sum + stringsIn(part), 0);
}

/** What may as well be absent: a repeated class at the start, an optional group at either end, anything at the end. */
const OPEN_START = /^(?:\^|\\A)?(?:\[(?:\\.|[^\]\\])*\]|\\[wWsSdD]|\.)[*+]\??(?:\\b)?(?:\\w\*)?/;
const OPTIONAL_START = /^\^?\(\?:(?:\[(?:\\.|[^\]\\])*\]|\\.|[^()[\]\\])*\)\?(?![?+])/;
const OPEN_END = /(?:\(\?:(?:\[(?:\\.|[^\]\\])*\]|\\.|[^()[\]\\])*\)\?|\.\*)\$?$/;

/**
 * The expression without what looks at its surroundings (anchors, word boundaries) and without "anything" at its ends:
 * where a part of a text matches the original, the whole text contains a match of this. Only for expressions that then
 * repeat nothing but white space and the rest of a word, so that looking through a whole file stays cheap; undefined for all others.
 */
export function containedIn(source: string): string | undefined {
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  if (/\(\?(?!:)|\\[1-9QGKpP]/.test(source.slice(flags.length)) || flags.includes('x')) return undefined;
  const body = source.slice(flags.length).replace(OPEN_START, '').replace(OPTIONAL_START, '').replace(OPEN_END, '');
  let result = '';
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    const c = body[at] as string;
    if (c === '\\') {
      const next = body[at + 1] ?? '';
      at++;
      if (!inClass && /[bBAzZ]/.test(next)) continue;
      result += c + next;
      // After a plain name `\w*` ends with the word: cheap too.
      const afterName = next === 'w' && /[A-Za-z0-9_)]$/.test(result.slice(0, -2));
      if (!inClass && /[*+{]/.test(body[at + 1] ?? '') && next !== 's' && !afterName) return undefined;
      if (!inClass && /[*+]/.test(body[at + 1] ?? '')) {
        result += body[at + 1];
        at++;
      }
    } else if (inClass) {
      result += c;
      if (c !== ']') continue;
      inClass = false;
      // After a plain character `[a-z]*` ends with the word, or nearly: cheap.
      const repeat = body[at + 1] ?? '';
      if ((repeat === '*' || repeat === '+') && /[\w/-]\[[\w.-]+\]$/.test(result)) {
        result += repeat;
        at++;
      }
    } else if (c === '[') {
      inClass = true;
      result += c;
    } else if (c === '*' || c === '+' || (c === '{' && /^\{\d+,\d*\}/.test(body.slice(at)))) {
      // What follows the last "anything" is not asked for: it may be anything.
      return undefined;
    } else if (c !== '^' && c !== '$') result += c;
  }
  return result === '' || /(?:^|[(|])[?{]/.test(result.replaceAll('(?:', '(')) ? undefined : flags + result;
}

/** No letter, digit or underscore on both sides of a place. */
const APART = '(?:(?<!\\w)|(?!\\w))';

/**
 * As `containedIn`, of an expression that is matched from the start of a part which no letter touches: a name, an operand, an argument. Where
 * the expression begins with a letter one does not stand before it, and where it asks for the part's end none after it.
 */
export function wholeIn(source: string): string | undefined {
  const inner = containedIn(source);
  if (inner === undefined) return undefined;
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  const body = source.slice(flags.length);
  const begins = !OPEN_START.test(body) && !OPTIONAL_START.test(body);
  const ends = /(?<!\\)\$$/.test(body) && !OPEN_END.test(body) && !hasTopLevelAlternatives(body);
  return `${flags}${begins ? APART : ''}(?:${inner.slice(flags.length)})${ends ? APART : ''}`;
}

/**
 * An expression that finds something in exactly the texts in which `source` does, without the "anything" before and after: with it the
 * engine reads every text from end to end.
 */
export function foundWith(source: string, multiline: boolean): { readonly source: string; readonly multiline: boolean } {
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  if (flags.includes('x') || /\\[1-9kgGKQ]|\(\?(?!:)/.test(source.slice(flags.length))) return { source, multiline };
  let body = source.slice(flags.length).replace(/(?<!\\)\.[*]\??$/, '');
  // A search begins anywhere: what may be nothing need not be there. Without a line's start before it, lines or all are the same.
  const open = hasTopLevelAlternatives(body) ? null : /^\.\*\??(?![?+{])/.exec(body);
  if (open !== null) body = body.slice(open[0].length);
  if (!flags.includes('s'))
    return body === '' || /^[*+?{]/.test(body) || hasTopLevelAlternatives(body)
      ? { source, multiline }
      : { source: flags + body, multiline };
  const all = /^(?:\\A|\^)\.\*\??(?![?+{])/.exec(body);
  const lines = /^\\A\(\?:\.\*\\n\)\?(?![?+{])/.exec(body);
  if (hasTopLevelAlternatives(body)) return { source, multiline };
  if (all !== null) body = body.slice(all[0].length);
  else if (lines !== null && (multiline || !/[$^]/.test(body)))
    return { source: `${flags}^${body.slice(lines[0].length)}`, multiline: true };
  return body === '' || /^[*+?{]/.test(body) ? { source, multiline } : { source: flags + body, multiline };
}

/** For a regular expression over the whole content of a string: what stands in the file, quotes included where it is anchored. */
export function quotedIn(source: string): string | undefined {
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  // A path before the last name may be there or not: the name comes after a quote or a slash.
  const whole = source.slice(flags.length);
  const path = /^\^\((?:\?:)?\.\*\\?\/\)\?/.exec(whole)?.[0] ?? '';
  const body = path === '' ? whole : whole.slice(path.length);
  const inner = containedIn(flags + body);
  if (inner === undefined || hasTopLevelAlternatives(body)) return undefined;
  const quote = '["\'`]';
  // Where `containedIn` left "anything" out at an end, the quote need not be next to the rest.
  const opens = body.startsWith('^') && !OPEN_START.test(body) && !OPTIONAL_START.test(body);
  const closes = /(?<!\\)\$$/.test(body) && !OPEN_END.test(body);
  const before = path !== '' ? '["\'`/]' : opens ? quote : '';
  return `${flags}${before}${inner.slice(flags.length)}${closes ? quote : ''}`;
}

function hasTopLevelAlternatives(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    if (c === '\\') at++;
    else if (inClass) inClass = c !== ']';
    else if (c === '[') inClass = true;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === '|' && depth === 0) return true;
  }
  return false;
}
