/**
 * Scans one file or notebook with compiled rules: what must be parsed is parsed once, each kind of rule sees its kind
 * of text, and whatever was not looked at is said in the coverage. Never throws for bad input. One file: the steps share what one scan gathers.
 */
import { commentTexts, type CommentText } from '../comment/comments.js';
import { remarksByMarks } from '../comment/remarks.js';
import { evaluateRule } from '../formula/evaluate.js';
import { textContext } from '../formula/context.js';
import { createOccurrences, type Occurrences } from '../formula/occurrences.js';
import type { CompiledRule, Program } from '../formula/program.js';
import type { FormulaRange } from '../formula/ranges.js';
import { readText, type ReadText } from '../formula/readText.js';
import { irrelevantBodies } from '../formula/relevant.js';
import type { Kept } from '../formula/kept.js';
import { searchTree, type Follow } from '../formula/search.js';
import { createGates, likelyRules, type Gates } from '../formula/gates.js';
import { readOpenText, type OpenText } from '../formula/openText.js';
import { once } from '../model/once.js';
import { createTextIndex, indexOfNeed, type NeedTables, type TextIndex } from '../formula/textIndex.js';
import { abridgedUnits, blanked, type Units } from '../formula/units.js';
import { abridge, inWholeText } from '../language/abridge.js';
import { lowerTree } from '../language/builder.js';
import type { Outline } from '../language/definition.js';
import { packTree } from '../language/packed.js';
import type { GrammarId, Parser, RawTree } from '../language/raw.js';
import { isLaidOut } from '../language/generic/document.js';
import { languageOfGrammar, loweringOf, syntaxOf } from '../language/registry.js';
import type { SyntaxTree } from '../language/tree.js';
import type { Match } from '../matching/matcher.js';
import type { FileError, ScanError } from '../model/error.js';
import type { CoverageState, FileReport, Finding } from '../model/finding.js';
import type { PackedTree } from '../model/packedTree.js';
import { rangeOf, type Range } from '../model/position.js';
import type { ProjectFiles } from '../model/project.js';
import { REGEX_STEPS } from '../model/regex.js';
import type { Fingerprint, RepoPath, RuleInfo } from '../model/rule.js';
import type { CancelSignal, Clock, ScanInput, ScanLimits } from '../model/session.js';
import type { Rule } from '../pack/rule.js';
import { covers, suppressionsIn, type InlineSuppression } from '../suppression/suppressions.js';
import { SUPPRESSION_WITHOUT_REASON, UNUSED_SUPPRESSION } from '../suppression/rules.js';
import { compareFindings, isOfOwnAccount, toFinding, withFingerprints } from './findings.js';
import { appliesTo } from './paths.js';
import type { Reach } from './project.js';
import type { CompiledRules } from './rules.js';
import { withoutSuperseded } from './supersede.js';
import { fileUnit, notebookUnits, notebookUnitsOfText, type ScanUnit } from './source.js';

export interface FileScanOptions {
  readonly cancel: CancelSignal | undefined;
  readonly limits: ScanLimits;
  readonly ignorePaths: boolean;
  /** As `ScanOptions.accounts`. */
  readonly accounts: readonly string[];
  /** The files around this one. */
  readonly project: ProjectFiles | undefined;
  /** Gets the tree of a file that was parsed whole, and is no notebook. */
  readonly onTree: ((tree: PackedTree) => void) | undefined;
  /** By a unit's key: what is kept of it from edit to edit. */
  readonly openUnit: (unit: string) => OpenUnit | undefined;
}

/** A unit of a document that is being edited. */
export interface OpenUnit {
  /** The parser's key for incremental parsing. */
  readonly key: string;
  kept: Kept;
  asked?: OpenAsked | undefined;
}

/** How an open text was asked what rules need, for after the next edit. */
interface OpenAsked {
  readonly read: OpenText;
  readonly index: TextIndex;
  /** Without strings and comments. */
  inCode?: TextIndex;
  /** Its comments, and which rules about comments may match in them. */
  remarks?: { readonly text: string; readonly may: Map<CompiledRule, boolean> };
}

interface Asked {
  readonly tables: NeedTables;
  /** What each rule needs, as indexes in the tables. */
  readonly asks: Int32Array;
  readonly gates: Gates;
}

const askedByRules = new WeakMap<readonly CompiledRule[], Asked>();

function askedOf(rules: readonly CompiledRule[], tables: NeedTables): Asked {
  const known = askedByRules.get(rules);
  if (known?.tables === tables) return known;
  const asks = Int32Array.from(rules, ({ need }) => indexOfNeed(need, tables));
  const asked = { tables, asks, gates: createGates(asks, tables) };
  askedByRules.set(rules, asked);
  return asked;
}

const NO_OUTLINE = { bodies: [], remarks: [] };

/** Shorter texts are parsed whole. */
const MIN_ABRIDGED = 4_000;

/** What one file's scan gathers, passed down instead of returned piecemeal. */
interface Gathering {
  readonly path: RepoPath;
  readonly findings: Finding[];
  readonly errors: ScanError[];
  /** Reasons why coverage is not whole. */
  readonly gaps: ScanError[];
  readonly languages: Set<string>;
  readonly suppressions: { readonly suppression: InlineSuppression; readonly unit: ScanUnit }[];
  /** Which unit and line a finding starts on, for suppressions. */
  readonly places: Map<Finding, { readonly unit: ScanUnit; readonly line: number }>;
  readonly expired: () => boolean;
  readonly options: FileScanOptions;
  readonly rules: Pick<CompiledRules, 'superseding' | 'ofSuppressions' | 'idle'>;
}

export async function scanInput(
  input: ScanInput,
  rules: CompiledRules,
  parser: Parser,
  clock: Clock,
  options: FileScanOptions,
): Promise<FileReport> {
  const deadline = clock() + options.limits.timeoutMs;
  let late = false;
  const expired = (): boolean => {
    late ||= options.cancel?.cancelled === true || clock() > deadline;
    return late;
  };
  const gathering: Gathering = {
    path: input.path,
    findings: [],
    errors: [],
    gaps: [],
    languages: new Set(),
    suppressions: [],
    places: new Map(),
    expired,
    options,
    rules,
  };
  const length = input.kind === 'text' ? input.text.length : input.cells.reduce((sum, cell) => sum + cell.text.length, 0);
  if (length > options.limits.maxLength) {
    const reason = fileError(
      input.path,
      'too-large',
      `${length} characters; the limit is ${options.limits.maxLength} (--max-target-bytes raises it)`,
    );
    return report(gathering, 'skipped', [reason]);
  }
  const units = unitsOf(input);
  if ('error' in units) return report(gathering, 'skipped', [fileError(input.path, 'notebook-syntax', units.error, units.range)]);
  for (const unit of units.units) {
    if (options.cancel?.cancelled === true) break;
    try {
      await scanUnit(unit, rules, parser, gathering);
    } catch (error) {
      const internal: ScanError = {
        kind: 'internal',
        message: `Countersign failed on this file, which is a bug of its own: ${error instanceof Error ? error.message : String(error)}`,
        path: input.path,
      };
      gathering.errors.push(internal);
      gathering.gaps.push(internal);
    }
  }
  if (options.cancel?.cancelled === true) gathering.gaps.push(fileError(input.path, 'cancelled', 'the scan was cancelled'));
  applySuppressions(gathering);
  return report(gathering, gathering.gaps.length === 0 ? 'scanned' : 'partial', gathering.gaps);
}

function askedAfter(text: string, before: OpenAsked | undefined): OpenAsked {
  const read = readOpenText(text, before?.read);
  return { read, index: createTextIndex(read, { before: before?.index, edited: read.edited }) };
}

function unitsOf(input: ScanInput): { readonly units: readonly ScanUnit[] } | { readonly error: string; readonly range: Range } {
  if (input.kind === 'notebook')
    return {
      units: notebookUnits(
        input.cells.map((cell) => ({ ...cell, fileOffsets: undefined })),
        undefined,
      ),
    };
  const whole = fileUnit(input.path, input.text, input.language);
  if (whole.kind !== 'notebook') return { units: [whole] };
  const notebook = notebookUnitsOfText(input.text);
  return 'error' in notebook ? { error: notebook.error, range: rangeOf(whole.lines, notebook.span) } : notebook;
}

async function scanUnit(unit: ScanUnit, rules: CompiledRules, parser: Parser, gathering: Gathering): Promise<void> {
  const { path, options } = gathering;
  let program: Program | undefined;
  if (unit.grammar !== undefined) {
    await parser.ensure(rules.grammarsFor(unit.grammar));
    program = rules.code(unit.grammar);
  }
  // Patterns that are asked of what a rule for any text finds may be in a language of their own.
  if (rules.hasCode('generic')) await parser.ensure(rules.grammarsFor('generic'));
  const open = options.openUnit(unit.key);
  const before = open?.asked;
  const asked = open === undefined ? undefined : askedAfter(unit.text, before);
  if (open !== undefined) open.asked = asked;
  const read = asked?.read ?? readText(unit.text);
  const index = asked?.index ?? createTextIndex(read);
  const originalIndex = unit.original === unit.text ? index : createTextIndex(readText(unit.original));
  const applies = (rule: Rule): boolean => options.ignorePaths || appliesTo(rule, path);
  const { tables } = program ?? (unit.kind === 'prose' ? rules.prose : rules.text);
  const candidates = (from: Program, asked = tables, text = index): CompiledRule[] => {
    const { asks, gates } = askedOf(from.rules, asked);
    const { words, substrings } = text.found(asked);
    const found: CompiledRule[] = [];
    let late = gathering.expired();
    for (const [count, at] of likelyRules(gates, words, substrings).entries()) {
      if ((count & 31) === 31) late ||= gathering.expired();
      const rule = from.rules[at] as CompiledRule;
      // When time is up there is no answer: the rule then counts as one that did not finish.
      if ((late || text.answers(asks[at] as number, asked)) && applies(rule.rule)) found.push(rule);
    }
    return found;
  };

  let tree: SyntaxTree | undefined;
  let isWhole = false;
  if (unit.grammar !== undefined && program !== undefined) {
    gathering.languages.add(languageOfGrammar(unit.grammar));
    let active: readonly CompiledRule[] = candidates(program);
    const reach =
      options.project === undefined
        ? undefined
        : await rules.projects.reachOf(path, unit.grammar, { text: unit.text, index }, options.project, gathering.expired);
    const outline = outlineOf(unit);
    const quoted = active.length === 0 ? [] : (outline()?.quoted ?? []);
    const code = quoted.length === 0 ? read.units : blanked(read.units, quoted);
    if (code !== read.units) {
      const inCode = createTextIndex(read, { code, same: index, before: before?.inCode });
      if (asked !== undefined) asked.inCode = inCode;
      active = active.filter(({ need }) => gathering.expired() || inCode.satisfies(need, tables));
    }
    // A source may be in one file and its sink in another.
    if (reach !== undefined)
      active = [...active, ...program.rules.filter((rule) => reaches(rule, reach) && !active.includes(rule) && applies(rule.rule))];
    const occurrences = createOccurrences(read, program.tables.words, code);
    const inComments = rules.comment.rules.filter((rule) => index.satisfies(rule.literalNeed, tables) && applies(rule.rule));
    const remarks = inComments.length === 0 ? '' : remarksIn(unit.text, unit.grammar, outline());
    const may = before?.remarks?.text === remarks ? before.remarks.may : new Map<CompiledRule, boolean>();
    if (asked !== undefined) asked.remarks = { text: remarks, may };
    const remarked = inComments.length === 0 ? [] : thatMayMatch(inComments, remarks, unit.text, tables, gathering, may);
    const suppressions = unit.text.includes('countersign:');
    const identifiers = rules.detectors.some(({ wantsTree }) => wantsTree(unit.text));
    if (active.length > 0 || remarked.length > 0 || suppressions || identifiers) {
      const whole = remarked.length > 0 || suppressions || identifiers;
      const abridged = whole ? undefined : parseAbridged(unit, { read, code, index }, active, program, outline, parser, gathering);
      isWhole = abridged === undefined && unit.key === '';
      const parsed = abridged ?? { raw: parser.parse(unit.text, unit.grammar, options.openUnit(unit.key)?.key, gathering.expired), active };
      active = parsed.active;
      if (parsed.raw !== undefined) tree = lowerTree(parsed.raw, unit.text, loweringOf(unit.grammar));
      else if (whole || active.length > 0)
        gathering.gaps.push(fileError(path, 'timeout', `parsing took longer than ${options.limits.timeoutMs} ms`));
    }
    if (tree !== undefined) {
      if (options.onTree !== undefined && isWhole) options.onTree(packTree(tree));
      noteProblems(tree, unit, gathering);
      if (active.length > 0) searchCode(program, active, tree, unit, gathering, parser, occurrences, rules.followIn(reach));
      if (reach !== undefined) acceptAtSinks(gathering, reach);
      if (remarked.length > 0 || suppressions) {
        const comments = commentTexts(tree);
        gathering.suppressions.push(...suppressionsIn(comments, unit.text, unit.lines).map((suppression) => ({ suppression, unit })));
        for (const comment of comments) searchText(remarked, comment, unit, gathering);
      }
      gathering.languages.add('comment');
    }
  } else if (unit.kind === 'prose') {
    gathering.languages.add('prose');
    searchText(candidates(rules.prose), wholeText(unit), unit, gathering);
    if (unit.text.includes('countersign:'))
      gathering.suppressions.push(
        ...suppressionsIn(htmlComments(unit.text), unit.text, unit.lines).map((suppression) => ({ suppression, unit })),
      );
  } else gathering.languages.add('text');

  if (!unit.plainText) return;
  searchText(candidates(rules.text, tables, originalIndex), wholeText(unit), unit, gathering);
  searchGeneric(unit, rules, (generic) => candidates(generic, generic.tables, originalIndex), parser, gathering);
  for (const { rule, detect } of rules.detectors) {
    if (!applies(rule) || !wantsUnit(rule, unit) || gathering.expired()) continue;
    guarded(rule, gathering, () => {
      const { matches, cut } = detect({ text: unit.original, tree });
      for (const match of matches) addFinding(rule, match, unit, gathering);
      if (cut) noteCut(rule, gathering);
    });
  }
}

/** Whether a rule follows data that this file or those it leads to have both ends of. */
function reaches(rule: CompiledRule, reach: Reach): boolean {
  return rule.rule.mode === 'taint' && reach.holds(rule);
}

/** A text as its rules were asked of it. */
interface AskedText {
  readonly read: ReadText;
  /** Its units with spaces where no name of the program stands. */
  readonly code: Units;
  readonly index: TextIndex;
}

interface AbridgedParse {
  /** Undefined when no rule is left. */
  readonly raw: RawTree | undefined;
  /** The rules that may find something in what is left of the text. */
  readonly active: readonly CompiledRule[];
}

/**
 * Parses a file without the function bodies that no rule needs; undefined when it is better parsed whole. Not in an
 * editor, whose next parse of the file builds on this one.
 */
function parseAbridged(
  unit: ScanUnit,
  { read, code, index }: AskedText,
  active: readonly CompiledRule[],
  program: Program,
  outline: () => Outline | undefined,
  parser: Parser,
  { options, expired }: Gathering,
): AbridgedParse | undefined {
  if (unit.grammar === undefined || unit.text.length < MIN_ABRIDGED) return undefined;
  if (options.openUnit(unit.key) !== undefined) return undefined;
  const reaches = active.map((rule) => rule.reach);
  const bodies = irrelevantBodies(read, code, outline() ?? NO_OUTLINE, reaches, program.tables);
  if (bodies.length === 0) return undefined;
  const abridged = abridge(unit.text, bodies);
  const rest = createTextIndex(readText(abridged.text, abridgedUnits(read.units, bodies)), {
    code: abridgedUnits(code, bodies),
    same: index,
  });
  const left = active.filter((rule) => expired() || rest.satisfies(rule.need, program.tables));
  if (left.length === 0) return { raw: undefined, active: left };
  const raw = parser.parse(abridged.text, unit.grammar, undefined, expired);
  // What looks broken is looked at whole: its bodies may not be where they seemed to be.
  return raw === undefined || raw.hasError ? undefined : { raw: inWholeText(raw, abridged), active: left };
}

/** A text's outline, read when first asked for. */
function outlineOf(unit: ScanUnit): () => Outline | undefined {
  let read: { readonly outline: Outline | undefined } | undefined;
  return () => {
    read ??= { outline: unit.grammar === undefined ? undefined : syntaxOf(unit.grammar).outline?.(unit.text) };
    return read.outline;
  };
}

/** What of a text may be comments or docstrings, one after the other; all of it where that is not known. */
function remarksIn(text: string, grammar: GrammarId, outline: Outline | undefined): string {
  const remarks = outline?.remarks ?? remarksByMarks(text, syntaxOf(grammar).comments);
  return remarks === undefined ? text : remarks.map(({ start, end }) => text.slice(start, end)).join('\n');
}

/** Rules of the generic language look at every text, whatever it is in. */
function searchGeneric(
  unit: ScanUnit,
  rules: CompiledRules,
  candidates: (program: Program) => readonly CompiledRule[],
  parser: Parser,
  gathering: Gathering,
): void {
  if (!rules.hasCode('generic')) return;
  const program = rules.code('generic');
  const active = candidates(program);
  const raw = active.length === 0 ? undefined : parser.parse(unit.original, 'generic');
  if (raw === undefined) return;
  const occurrences = createOccurrences(readText(unit.original), program.tables.words);
  const illegible = !isLaidOut(unit.original);
  if (illegible)
    gathering.gaps.push(
      fileError(
        gathering.path,
        'minified',
        'not laid out in lines: patterns of `generic` rules were not looked for, as in Semgrep; all others were',
      ),
    );
  const tree = { ...lowerTree(raw, unit.original, loweringOf('generic')), illegible };
  searchCode(program, active, tree, unit, gathering, parser, occurrences, rules.followIn(undefined));
}

/**
 * Of the rules about comments those that could match in one of them.
 * @param rules those that the whole text has the words for; @param remarks the whole text where it is not known what of it is comments
 * @param known of the same remarks; more is added
 */
function thatMayMatch(
  rules: readonly CompiledRule[],
  remarks: string,
  whole: string,
  tables: NeedTables,
  gathering: Gathering,
  known: Map<CompiledRule, boolean>,
): readonly CompiledRule[] {
  const index = once(() => (remarks === whole ? undefined : createTextIndex(readText(remarks))));
  // As rules see it: an expression may go on from one line's comment to the next one's.
  const bare = once(() => createTextIndex(readText(withoutCommentMarks(remarks))));
  return rules.filter((rule) => {
    if (gathering.expired()) return true;
    let may = known.get(rule);
    if (may === undefined) {
      may = index()?.satisfies(rule.literalNeed, tables) !== false && bare().satisfies(rule.need, tables);
      known.set(rule, may);
    }
    return may;
  });
}

/** Every line without what makes it a comment: comment text, as rules see it, is a part of this. */
function withoutCommentMarks(text: string): string {
  return text.replaceAll(/^[ \t]*(?:#+!?|\/\/+[!/]?|\/?\*+!?)[ \t]?/gm, '');
}

function wantsUnit(rule: Rule, unit: ScanUnit): boolean {
  return rule.languages.some(
    (language) =>
      language === 'regex' ||
      (language === 'prose' && unit.kind === 'prose') ||
      (unit.grammar !== undefined && language === languageOfGrammar(unit.grammar)),
  );
}

function searchCode(
  program: Program,
  active: readonly CompiledRule[],
  tree: SyntaxTree,
  unit: ScanUnit,
  gathering: Gathering,
  parser: Parser,
  occurrences: Occurrences,
  follow: Follow | undefined,
): void {
  const parse = (text: string, grammar: GrammarId): SyntaxTree | undefined => {
    const raw = parser.parse(text, grammar, undefined, gathering.expired);
    return raw === undefined ? undefined : lowerTree(raw, text, loweringOf(grammar));
  };
  const failed = (rule: CompiledRule, error: unknown): void => ruleFailed(rule.rule, error, gathering);
  const open = program.grammar === unit.grammar ? gathering.options.openUnit(unit.key) : undefined;
  const result = searchTree(program, active, tree, gathering.expired, failed, parse, occurrences, follow, open?.kept);
  if (open !== undefined) open.kept = result.kept;
  for (const { rule, matches } of result.results) for (const match of matches) addFinding(rule.rule, match, unit, gathering);
  for (const rule of result.unfinished) noteTimeout(rule.rule, gathering);
  for (const { rule } of result.truncated) noteCut(rule, gathering);
}

/** Text with a map to the unit: a comment, or everything. */
interface SearchableText {
  readonly text: string;
  toFile(offset: number): number;
}

function wholeText(unit: ScanUnit): SearchableText {
  return { text: unit.original, toFile: (offset) => offset };
}

function searchText(active: readonly CompiledRule[], source: SearchableText, unit: ScanUnit, gathering: Gathering): void {
  const { text } = source;
  for (const compiled of active) {
    if (gathering.expired()) {
      noteTimeout(compiled.rule, gathering);
      continue;
    }
    guarded(compiled.rule, gathering, () => {
      const budget = { left: REGEX_STEPS, expired: gathering.expired };
      const cuts = { count: 0 };
      const matches = evaluateRule(compiled.formula, textContext(text, undefined, budget, cuts, gathering.expired));
      if (cuts.count > 0) noteCut(compiled.rule, gathering);
      if (budget.left <= 0 || gathering.expired()) noteTimeout(compiled.rule, gathering);
      for (const match of matches) addFinding(compiled.rule, toUnit(match, source), unit, gathering);
    });
  }
}

function toUnit(match: FormulaRange, source: SearchableText): FormulaRange {
  const start = source.toFile(match.start);
  return { ...match, start, end: match.end > match.start ? source.toFile(match.end - 1) + 1 : start };
}

/** In Markdown and other prose only HTML comments can hold suppressions. */
function htmlComments(text: string): CommentText[] {
  const found: CommentText[] = [];
  for (let open = text.indexOf('<!--'), close = 0; open >= 0; open = text.indexOf('<!--', close)) {
    const start = open + 4;
    const end = text.indexOf('-->', start);
    if (end < 0) break;
    close = end + 3;
    found.push({
      text: text.slice(start, end),
      span: { start: open, end: close },
      docstring: false,
      toFile: (offset) => start + offset,
    });
  }
  return found;
}

function addFinding(rule: Rule, match: Match & Partial<FormulaRange>, unit: ScanUnit, gathering: Gathering): void {
  if (isOfOwnAccount(rule, match, unit, gathering.options.accounts)) return;
  const finding = toFinding(rule, match, unit, gathering.path);
  gathering.places.set(finding, { unit, line: unit.lines.positionAt(match.start).line });
  gathering.findings.push(finding);
}

function guarded(rule: Rule, gathering: Gathering, run: () => void): void {
  try {
    run();
  } catch (error) {
    ruleFailed(rule, error, gathering);
  }
}

function ruleFailed(rule: Rule, error: unknown, gathering: Gathering): void {
  const internal: ScanError = {
    kind: 'internal',
    message: `the rule ${rule.id} failed on this file, which is a bug of Countersign: ${error instanceof Error ? error.message : String(error)}`,
    path: gathering.path,
    ruleId: rule.id,
  };
  gathering.errors.push(internal);
  gathering.gaps.push(internal);
}

function noteCut(rule: Rule, gathering: Gathering): void {
  gathering.gaps.push({
    ...fileError(
      gathering.path,
      'too-many-matches',
      `the rule ${rule.id} found more places than are kept for one file; the rest is not shown`,
    ),
    ruleId: rule.id,
  });
}

function noteTimeout(rule: Rule, gathering: Gathering): void {
  const seconds = gathering.options.limits.timeoutMs / 1000;
  gathering.gaps.push({
    ...fileError(
      gathering.path,
      'timeout',
      `the rule ${rule.id} did not finish: it took more steps than one rule has, or all rules together more than ${seconds} s (--timeout raises it)`,
    ),
    ruleId: rule.id,
  });
}

function noteProblems(tree: SyntaxTree, unit: ScanUnit, gathering: Gathering): void {
  const first = tree.problems[0];
  if (first !== undefined) {
    const more = tree.problems.length > 1 ? ` and ${tree.problems.length - 1} more places` : '';
    gathering.gaps.push(
      fileError(
        gathering.path,
        'parse-error',
        `not valid ${languageOfGrammar(tree.grammar)} in line ${unit.locate(first).range.start.line + 1}${more}; the rest was scanned`,
        unit.locate(first).range,
      ),
    );
  }
  if (tree.tooDeep)
    gathering.gaps.push(
      fileError(gathering.path, 'too-deep', 'nested too deeply, or with too many aliases; what lies beyond the limit was not scanned'),
    );
}

function fileError(path: string, code: FileError['code'], message: string, range?: Range): FileError {
  return { kind: 'file', code, message, path, ...(range === undefined ? {} : { range }) };
}

function applySuppressions(gathering: Gathering): void {
  const { suppressions, findings, places, rules } = gathering;
  if (suppressions.length === 0) return;
  const report = (rule: RuleInfo, suppression: InlineSuppression, unit: ScanUnit): void => {
    if (rules.ofSuppressions.has(rule)) findings.push(ownFinding(rule, suppression, unit, gathering.path));
  };
  const used = new Set<InlineSuppression>();
  for (const [at, finding] of findings.entries()) {
    const place = places.get(finding);
    const hit = suppressions.find(({ suppression, unit }) => unit === place?.unit && covers(suppression, finding.ruleId, place.line));
    if (hit === undefined) continue;
    used.add(hit.suppression);
    if (hit.suppression.reason !== '')
      findings[at] = { ...finding, suppression: { reason: hit.suppression.reason, range: hit.unit.locate(hit.suppression.span).range } };
  }
  for (const { suppression, unit } of suppressions) {
    if (suppression.reason === '') report(SUPPRESSION_WITHOUT_REASON, suppression, unit);
    // What a rule would find that is not run now, nobody knows.
    else if (!used.has(suppression) && !suppression.ruleIds.some((id) => rules.idle.has(id))) report(UNUSED_SUPPRESSION, suppression, unit);
  }
}

/** What is accepted in the file of its sink is accepted. */
function acceptAtSinks({ findings, places }: Gathering, reach: Reach): void {
  for (const [at, finding] of findings.entries()) {
    const { atSink } = finding;
    const suppression = atSink === undefined ? undefined : reach.suppressionAt(atSink.path, atSink.ruleId, atSink.range.start.line);
    const place = places.get(finding);
    if (atSink === undefined || suppression === undefined || place === undefined) continue;
    const accepted: Finding = {
      ...finding,
      suppression: { reason: suppression.reason, range: finding.range },
      atSink: { ...atSink, suppression },
    };
    findings[at] = accepted;
    places.set(accepted, place);
  }
}

function ownFinding(rule: RuleInfo, suppression: InlineSuppression, unit: ScanUnit, path: RepoPath): Finding {
  const location = unit.locate(suppression.span);
  const line = unit.lines.lineSpan(unit.lines.positionAt(suppression.span.start).line);
  const layer = rule.metadata.maestro[0];
  return {
    ruleId: rule.id,
    message: rule.message,
    severity: rule.severity,
    tier: rule.metadata.tier,
    ...(layer === undefined ? {} : { layer }),
    path,
    range: location.range,
    ...(location.cell === undefined ? {} : { cell: location.cell }),
    lines: unit.original.slice(line.start, line.end).slice(0, 400),
    metavariables: {},
    fingerprint: '' as Fingerprint,
  };
}

function report(gathering: Gathering, state: CoverageState, reasons: readonly ScanError[]): FileReport {
  return {
    path: gathering.path,
    findings: withFingerprints(withoutSuperseded(gathering.findings, gathering.rules.superseding).toSorted(compareFindings)),
    errors: gathering.errors,
    coverage: { path: gathering.path, state, languages: state === 'skipped' ? [] : [...gathering.languages], reasons },
  };
}
