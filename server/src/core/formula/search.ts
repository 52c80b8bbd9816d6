/** Runs rules over one tree: each with steps of its own, over what its patterns match, and what is kept for after the next edit. */
import { createConstants, type Constants } from '../language/constants.js';
import { createNames, type Names } from '../language/names.js';
import { endOf, nextOf, startOf, type SyntaxTree } from '../language/tree.js';
import type { GrammarId } from '../language/raw.js';
import { attachScopes, type BoundValue } from '../matching/bindings.js';
import { REGEX_STEPS, type RegexBudget } from '../model/regex.js';
import type { Severity } from '../model/rule.js';
import type { CompiledTaint } from './compiled.js';
import type { FormulaContext } from './context.js';
import { evaluateRule } from './evaluate.js';
import { createOccurrences, type Occurrences } from './occurrences.js';
import type { Cuts, FormulaRange, Span } from './ranges.js';
import { readText } from './readText.js';
import { createNeedTables } from './textIndex.js';
import type { Carried, FunctionFacts, InertStatements, Kept, KeptFlow, KeptRanges, KeptSearch } from './kept.js';
import { createRemembered, noRanges } from './keptRanges.js';
import { createSearcher, type Searcher } from './searcher.js';
import { editsSince, keptAfter, lastEdit, lastText, namesBefore, searchedSince, sinceKept, type LastEdit, type Since } from './since.js';
import type { CompiledRule, Program } from './program.js';

const NO_RANGES: KeptRanges = noRanges();

/** Steps of the matcher for one rule on one file; far above what code written by people needs. */
const STEP_BUDGET = 20_000_000;
/** Steps that a rule's expressions may take, for each character of the file. */
const REGEX_STEPS_A_CHARACTER = 32;
const MAX_REGEX_STEPS = 40_000_000;

export interface RuleMatches {
  readonly rule: CompiledRule;
  readonly matches: readonly FormulaRange[];
}

export interface SearchResult {
  readonly results: readonly RuleMatches[];
  /** Rules that did not finish: the step budget or the deadline ran out. */
  readonly unfinished: readonly CompiledRule[];
  /** Rules that found more, for a pattern or on the way to their answer, than is kept. */
  readonly truncated: readonly CompiledRule[];
  readonly names: Names;
  readonly constants: Constants;
  /** For the next search, after an edit. */
  readonly kept: Kept;
}

/**
 * Rules that follow data are run by another part of the engine, over what their formulas find here; `keeps` says whether the tree will be searched again, after
 * an edit.
 */
export type Follow = (
  tree: SyntaxTree,
  names: () => Names,
  constants: () => Constants,
  since: Since | undefined,
  last: LastEdit | undefined,
  keeps: boolean,
) => {
  readonly follow: FollowRule;
  /** What is known of the tree's functions, for after the next edit. */
  functions(): ReadonlyMap<number, FunctionFacts>;
  /** Statements that the last edits wrote, as far as they are inert. */
  inert(): InertStatements;
};

export type FollowRule = (
  rule: CompiledRule,
  taint: CompiledTaint,
  context: FormulaContext,
) => {
  readonly matches: readonly FormulaRange[];
  /** Whether it came to an end. */
  readonly finished: boolean;
  /** For after the next edit. */
  readonly kept?: KeptFlow;
};

/** One tree, ready to be asked what rules find in it. */
export interface TreeSearch {
  readonly names: Names;
  readonly constants: Constants;
  /** A rule's context, with steps of its own: one that needs too many costs no other its findings. */
  contextFor(rule: CompiledRule): FormulaContext;
  /** Whether the last rule's steps are used up. */
  spent(): boolean;
  /** Whether the last rule found more, for a pattern or on the way to its answer, than is kept. */
  truncated(): boolean;
  /** The edit since the last search, where that was kept: as what follows data looks at it. */
  readonly since: Since | undefined;
  /** The same, as what patterns match looks at it. */
  readonly searched: Since | undefined;
  /** The same, also where names may mean something else since. */
  readonly last: LastEdit | undefined;
  readonly found: readonly (Carried | undefined)[];
  readonly ranges: KeptRanges;
  readonly regexes: ReadonlyMap<string, readonly FormulaRange[]>;
}

/**
 * @param parse reads other text, for `metavariable-pattern` with a `language`; its grammar is loaded
 * @param occurrences of names in the tree's text, where they are known already
 * @param kept of earlier searches of the same document with the same program; undefined where nothing is kept for later ones
 */
export function createTreeSearch(
  program: Program,
  tree: SyntaxTree,
  expired: () => boolean,
  parse: (text: string, grammar: GrammarId) => SyntaxTree | undefined,
  occurrences: Occurrences = createOccurrences(readText(tree.text), program.tables.words),
  kept?: Kept,
): TreeSearch {
  const edits = editsSince(kept ?? [], tree);
  const names = createNames(tree, namesBefore(edits));
  const constants = createConstants(tree, names);
  attachNames(tree, names);
  const budget = { left: STEP_BUDGET };
  // A long text is as many steps as it has characters for any expression that looks for a word in it.
  const regexSteps = Math.min(MAX_REGEX_STEPS, Math.max(REGEX_STEPS, REGEX_STEPS_A_CHARACTER * tree.text.length));
  const regexBudget = { left: regexSteps, expired };
  const cuts: Cuts = { count: 0 };
  const noteTruncated = (): void => {
    cuts.count++;
  };
  const since = sinceKept(edits, tree, names);
  const searched = searchedSince(edits, since, tree, names);
  // The next search wants to know all that was found, not only what mattered to this one.
  const whole = kept !== undefined;
  const searcher = createSearcher(
    program,
    tree,
    names,
    constants,
    occurrences,
    budget,
    regexBudget,
    expired,
    noteTruncated,
    whole,
    searched,
  );
  const readAs: FormulaContext['readAs'] = (text, other, env) => {
    const inner = parse(text, other?.grammar ?? tree.grammar);
    if (inner === undefined || inner.problems.length > 0) return undefined;
    const innerNames = createNames(inner);
    const innerConstants = createConstants(inner, innerNames);
    const own = other === undefined ? program : { patterns: other.patterns, tables: createNeedTables([]) };
    const within = createOccurrences(readText(inner.text), own.tables.words);
    const nested = createSearcher(own, inner, innerNames, innerConstants, within, budget, regexBudget, expired, noteTruncated, true);
    return {
      ...contextOf(inner, innerConstants, nested, regexBudget, cuts, spent, readAs),
      given: env,
      matchesNear: undefined,
      // A statement goes to its semicolon: one that is all of the text has the text's extent.
      matchesOf: (index) =>
        nested
          .matchesWithin(index, [0], env)
          .map((match) =>
            own.patterns[index]?.pattern.statement === true && endsAt(inner.text, match.end) ? { ...match, end: inner.text.length } : match,
          ),
    };
  };
  const spent = (): boolean => budget.left <= 0 || expired();
  const remembered = whole
    ? createRemembered(searched, lastText(edits, tree), program.patterns, searcher.asked, searcher.inRun)
    : undefined;
  const context = { ...contextOf(tree, constants, searcher, regexBudget, cuts, spent, readAs), remembered };
  return {
    names,
    constants,
    contextFor(rule) {
      budget.left = STEP_BUDGET;
      regexBudget.left = regexSteps;
      cuts.count = 0;
      const own = rule.options.unifyIdsStrictly ? context : { ...context, strictly: false };
      const { markedOf } = searcher;
      // Where data comes from and goes to is no statement.
      return markedOf === undefined || rule.taint !== undefined ? own : { ...own, matchesOf: markedOf, unmarked: own };
    },
    spent: () => budget.left <= 0 || regexBudget.left <= 0,
    truncated: () => cuts.count > 0,
    since,
    searched,
    last: lastEdit(edits, tree, names),
    found: searcher.found,
    ranges: remembered?.noted ?? NO_RANGES,
    regexes: context.regexRanges,
  };
}

/** In a function of its own: what equality asks lives as long as the tree, and must not hold all of the search. Scopes are made when it first asks. */
function attachNames(tree: SyntaxTree, names: Names): void {
  attachScopes(tree, {
    declaredTypes: (name) => names.scopes.declaredTypes(name),
    bindingsIn: (func, name) => names.scopes.bindingsIn(func, name),
    memberValue: (node, name) => names.scopes.memberValue(node, name),
    declaration: (node, name) => names.scopes.declaration(node, name),
    reaching: (node, name) => names.scopes.reaching(node, name),
    lookup: (node, name) => names.scopes.lookup(node, name),
    saidIn: (from, to) => names.scopes.saidIn(from, to),
  });
}

/**
 * @param parse as in `createTreeSearch`
 * @param occurrences as in `createTreeSearch`
 * @param follow for rules in taint mode
 * @param kept as in `createTreeSearch`
 * @param failed called when a rule throws: our own bug, which must not cost the other rules their findings
 */
export function searchTree(
  program: Program,
  rules: readonly CompiledRule[],
  tree: SyntaxTree,
  expired: () => boolean,
  failed: (rule: CompiledRule, error: unknown) => void,
  parse: (text: string, grammar: GrammarId) => SyntaxTree | undefined,
  occurrences?: Occurrences,
  follow?: Follow,
  kept?: Kept,
): SearchResult {
  const search = createTreeSearch(program, tree, expired, parse, occurrences, kept);
  const { names, constants } = search;
  const follows = follow?.(
    tree,
    () => names,
    () => constants,
    search.since,
    search.last,
    kept !== undefined,
  );
  const flows = new Map<string, KeptFlow>();
  const results: RuleMatches[] = [];
  const unfinished: CompiledRule[] = [];
  const cutOff: CompiledRule[] = [];
  for (const rule of shortestFirst(rules)) {
    if (expired()) {
      unfinished.push(rule);
      continue;
    }
    try {
      const own = search.contextFor(rule);
      const followed = rule.taint === undefined ? undefined : follows?.follow(rule, rule.taint, own);
      const matches = rule.taint === undefined ? evaluateRule(rule.formula, own) : (followed?.matches ?? []);
      if (followed?.kept !== undefined && !search.truncated() && !search.spent()) flows.set(rule.rule.id, followed.kept);
      if (search.truncated()) cutOff.push(rule);
      if (matches.length > 0) results.push({ rule, matches });
      if (expired() || search.spent() || followed?.finished === false) unfinished.push(rule);
    } catch (error) {
      failed(rule, error);
    }
  }
  // What was looked for when time ran out may not be whole.
  const { searched, found, ranges, regexes } = search;
  const keep = (): KeptSearch => ({
    tree,
    names,
    matches: found,
    ranges,
    regexes,
    flows,
    functions: follows?.functions() ?? new Map(),
    inert: follows?.inert() ?? new Map(),
  });
  const left = kept === undefined || expired() ? [] : keptAfter(kept, keep(), searched);
  return { results, unfinished, truncated: cutOff, names, constants, kept: left };
}

/** Flows may take all the time there is: what needs none of them is found before, and of the others what matters most. */
function shortestFirst(rules: readonly CompiledRule[]): readonly CompiledRule[] {
  const flows = rules.filter(({ taint }) => taint !== undefined);
  const rank = ({ rule }: CompiledRule): number => SEVERITIES.indexOf(rule.severity);
  return flows.length === 0 ? rules : [...rules.filter(({ taint }) => taint === undefined), ...flows.toSorted((a, b) => rank(a) - rank(b))];
}

const SEVERITIES: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];

/** Whether nothing but the end of a statement follows. */
function endsAt(text: string, end: number): boolean {
  return text.length - end < 100 && /^\s*;\s*$/.test(text.slice(end));
}

function contextOf(
  tree: SyntaxTree,
  constants: Constants,
  searcher: Searcher,
  budget: RegexBudget,
  cuts: Cuts,
  expired: () => boolean,
  readAs: FormulaContext['readAs'],
): FormulaContext {
  return {
    text: tree.text,
    region: { start: 0, end: tree.text.length },
    given: undefined,
    strictly: true,
    tree,
    constants,
    matchesOf: (index) => searcher.matchesOf(index),
    matchesNear: searcher.matchesNear,
    matchesWithin: (index, _tree, nodes, env) => searcher.matchesWithin(index, nodes, env),
    hasType: (index, node) => searcher.hasType(index, node),
    readAs,
    valueAt: (span) => valueAt(tree, span),
    regexRanges: new Map(),
    budget,
    cuts,
    expired,
  };
}

/** The outermost node with this extent, or the text. */
function valueAt(tree: SyntaxTree, span: Span): BoundValue {
  for (let node = 0; node < tree.count;) {
    const start = startOf(tree, node);
    const end = endOf(tree, node);
    if (start === span.start && end === span.end) return { kind: 'node', tree, node };
    node = start <= span.start && end >= span.end ? node + 1 : nextOf(tree, node);
  }
  return { kind: 'text', text: tree.text.slice(span.start, span.end), start: span.start, end: span.end };
}
