/** Looks for patterns in a tree, each when a rule's formula first asks for it, over one index of the tree's nodes. */
import { createConstants, type Constants } from '../language/constants.js';
import { createNames, type Names } from '../language/names.js';
import { Tag } from '../language/tags.js';
import { endOf, nextOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import type { GrammarId } from '../language/raw.js';
import { attachScopes, type BoundValue, type Env } from '../matching/bindings.js';
import type { Matching } from '../matching/context.js';
import type { PatternNode } from '../pattern/pattern.js';
import { isDefined, isExpression } from '../matching/expressions.js';
import { createMatching, marksOf, matchAt, matchesType, matchStatementsAmong, matchStatementsIn, type Match } from '../matching/matcher.js';
import type { MatchOptions } from '../matching/options.js';
import { REGEX_STEPS, type RegexBudget } from '../model/regex.js';
import type { CompiledTaint, IndexedPattern } from './compiled.js';
import type { FormulaContext, Near } from './context.js';
import { evaluateRule } from './evaluate.js';
import { createOccurrences, type Occurrences } from './occurrences.js';
import type { Cuts, FormulaRange, Span } from './ranges.js';
import { readText } from './readText.js';
import { createNeedTables } from './textIndex.js';
import { mayHold } from './required.js';
import { createUntouched, mayKeep, spelledInRun, touchedBy, type Part } from './touched.js';
import { NOTHING_ROOTED, type Carried, type CarriedPart, type Kept, type KeptFlow, type KeptRanges, type Rooted } from './kept.js';
import { createRemembered, type Asked } from './keptRanges.js';
import { carriedBy, movedMatches, movedRoots, together } from './moves.js';
import { createNodeIndex, within, type Nodes } from './nodeIndex.js';
import { keptAfter, sinceKept, type Since } from './since.js';
import type { CompiledRule, Program } from './program.js';

const NO_RANGES: KeptRanges = { strictly: new Map(), loosely: new Map() };

/** Steps of the matcher for one rule on one file; far above what code written by people needs. */
const STEP_BUDGET = 20_000_000;
const MAX_MATCHES_PER_PATTERN = 10_000;
/** Edits for which matches that nothing asks for wait to be moved: each keeps a tree. */
const MAX_MOVES = 2;
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

/** Rules that follow data are run by another part of the engine, over what their formulas find here. */
export type Follow = (tree: SyntaxTree, names: () => Names, constants: () => Constants, since: Since | undefined) => FollowRule;

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

interface Searcher {
  /** Without those that rest on marks. */
  matchesOf(index: number): readonly Match[];
  /** Those that may matter near some places, or more; undefined where all are wanted, and where the tree has marks. */
  readonly matchesNear: ((index: number, near: () => Near) => readonly Match[]) | undefined;
  /** With them; undefined where the tree has no marks. */
  readonly markedOf: ((index: number) => readonly Match[]) | undefined;
  matchesWithin(index: number, nodes: readonly number[], env: Env | undefined): readonly Match[];
  hasType(index: number, node: number): boolean;
  /** All that was looked for in the whole tree. */
  readonly found: ReadonlyMap<number, Carried>;
  /** As `createRemembered` asks. */
  asked(index: number): Asked;
}

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
  /** The edit since the last search, where that was kept. */
  readonly since: Since | undefined;
  readonly found: ReadonlyMap<number, Carried>;
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
  const names = createNames(tree);
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
  const since = sinceKept(kept ?? [], tree, names);
  // The next search wants to know all that was found, not only what mattered to this one.
  const whole = kept !== undefined;
  const searcher = createSearcher(program, tree, names, constants, occurrences, budget, expired, noteTruncated, whole, since);
  const readAs: FormulaContext['readAs'] = (text, other, env) => {
    const inner = parse(text, other?.grammar ?? tree.grammar);
    if (inner === undefined || inner.problems.length > 0) return undefined;
    const innerNames = createNames(inner);
    const innerConstants = createConstants(inner, innerNames);
    const own = other === undefined ? program : { patterns: other.patterns, tables: createNeedTables([]) };
    const within = createOccurrences(readText(inner.text), own.tables.words);
    const nested = createSearcher(own, inner, innerNames, innerConstants, within, budget, expired, noteTruncated, true);
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
  const remembered = whole ? createRemembered(since, searcher.asked) : undefined;
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
  );
  const flows = new Map<string, KeptFlow>();
  const results: RuleMatches[] = [];
  const unfinished: CompiledRule[] = [];
  const cutOff: CompiledRule[] = [];
  for (const rule of rules) {
    if (expired()) {
      unfinished.push(rule);
      continue;
    }
    try {
      const own = search.contextFor(rule);
      const followed = rule.taint === undefined ? undefined : follows?.(rule, rule.taint, own);
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
  const left =
    kept === undefined || expired()
      ? []
      : keptAfter(kept, { tree, names, matches: search.found, ranges: search.ranges, regexes: search.regexes, flows }, search.since);
  return { results, unfinished, truncated: cutOff, names, constants, kept: left };
}

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

function createSearcher(
  program: Pick<Program, 'patterns' | 'tables'>,
  tree: SyntaxTree,
  names: Names,
  constants: Constants,
  occurrences: Occurrences,
  budget: { left: number },
  expired: () => boolean,
  truncated: () => void,
  whole: boolean,
  since?: Since,
): Searcher {
  const renamed = new Set([...names.lastSegments.values()].flat());
  const nodes = createNodeIndex(tree, names);
  const spells = (literal: string, node: number): boolean => occurrences.within(literal, startOf(tree, node), endOf(tree, node));
  const everywhere: Part = { nodes, likeCallee: new Map(), spells };
  const found = new Map<number, Carried>();
  const marks = marksOf(tree);
  const matchings = new Map<MatchOptions, Matching>();
  const matchingFor = (options: MatchOptions): Matching => {
    let matching = matchings.get(options);
    if (matching === undefined) {
      matching = createMatching({ tree, names, constants, options, budget }, marks);
      matchings.set(options, matching);
    }
    return matching;
  };
  const add = (list: Match[], match: Match): void => {
    if (list.length < MAX_MATCHES_PER_PATTERN) list.push(match);
    else tooMany.add(list);
  };
  const tooMany = new Set<readonly Match[]>();

  const touched: Part | undefined =
    since === undefined
      ? undefined
      : { nodes: createNodeIndex(tree, names, touchedBy(since.edit)), likeCallee: new Map(), spells: spelledInRun(since.edit, spells) };
  /** All matches of one pattern in the file, looked for when a formula first asks. */
  const search = (index: number): Rooted => {
    const entry = program.patterns[index];
    if (entry === undefined) return NOTHING_ROOTED;
    const before = since === undefined || !mayKeep(entry, since) ? undefined : since.kept.matches.get(index);
    const was = before === undefined ? undefined : movedMatches(before);
    const moved = was === undefined ? undefined : since?.mover.matches(was);
    if (moved !== undefined && touched !== undefined) {
      const all = together(moved, searchIn(touched, entry));
      if (all.matches.length <= MAX_MATCHES_PER_PATTERN) return all;
    }
    // A pattern whose names the file does not even spell has no matches.
    return entry.pattern.names.every((name) => occurrences.of(name.text).length > 0) ? searchIn(everywhere, entry) : NOTHING_ROOTED;
  };
  /** Per pattern: how many places were looked at near others. */
  const lookedNear = new Map<IndexedPattern, number>();
  /** Whether to look at these places only, of so many; in all never at more than half of them, since what was found everywhere is known from then on. */
  const isFew = (entry: IndexedPattern, few: number, all: number): boolean => {
    const before = lookedNear.get(entry) ?? 0;
    if (before + few > all / 2) return false;
    lookedNear.set(entry, before + few);
    return true;
  };
  /** @param near for those near some places only; undefined then where it is little more to look for all */
  function searchIn(part: Part, entry: IndexedPattern): Rooted;
  function searchIn(part: Part, entry: IndexedPattern, near: Near): Rooted | undefined;
  function searchIn(part: Part, entry: IndexedPattern, near?: Near): Rooted | undefined {
    const [item, second] = entry.pattern.items;
    if (item === undefined) return NOTHING_ROOTED;
    // With symbolic propagation a name may stand where the variable was assigned instead.
    const local = entry.options.symbolicPropagation ? [] : entry.pattern.localLiterals.filter((literal) => !renamed.has(literal));
    const spelledIn = (node: number): boolean => local.every((literal) => part.spells(literal, node));
    const matching = matchingFor(entry.options);
    const list: Match[] = [];
    const roots: number[] = [];
    let root = 0;
    const keep = (match: Match): void => {
      add(list, match);
      if (roots.length < list.length) roots.push(root);
    };
    let looked = 0;
    if (second !== undefined || entry.pattern.statement) {
      const holdsFirst = entry.firstTags.length === 0 ? undefined : within(nodes.withTags(entry.firstTags));
      const holds = marks === undefined && part === everywhere ? mayHold(entry, tree, nodes) : undefined;
      const blocks = part.nodes.blocks();
      const around = near === undefined ? blocks : blocks.filter((block) => near.mayEnclose(startOf(tree, block), endOf(tree, block)));
      if (near !== undefined && !isFew(entry, around.length, blocks.length)) return undefined;
      for (const block of around) {
        if ((++looked & 63) === 0 && expired()) break;
        root = block;
        if (
          marks === undefined &&
          (!spelledIn(block) || holdsFirst?.(block, nextOf(tree, block)) === false || holds?.inBlock(block) === false)
        )
          continue;
        const mayStart =
          item.kind === 'ellipsis' || item.kind === 'ellipsis-metavariable'
            ? undefined
            : (statement: number): boolean =>
                marks?.has(statement) === true ||
                (holdsFirst?.(statement, nextOf(tree, statement)) !== false &&
                  near?.holds(startOf(tree, statement), endOf(tree, block)) !== false &&
                  holds?.from(statement, block) !== false);
        matchStatementsIn(matching, entry.pattern, block, keep, mayStart);
      }
      return { matches: list, roots };
    }
    const anyTag = item.kind === 'node' || item.kind === 'string';
    const candidates =
      entry.calleeName === undefined
        ? (callsLike(part, item, matching) ?? part.nodes.withTags(entry.tags))
        : part.nodes.callsOf(entry.calleeName);
    if (near !== undefined && item.kind === 'node' && item.words !== undefined) return undefined;
    const around = near === undefined ? candidates : candidates.filter((node) => near.holds(startOf(tree, node), endOf(tree, node)));
    if (near !== undefined && !isFew(entry, around.length, candidates.length)) return undefined;
    const holds = marks === undefined && part === everywhere ? mayHold(entry, tree, nodes) : undefined;
    for (let at = 0; at < around.length; at++) {
      if ((++looked & 255) === 0 && expired()) break;
      const node = around[at] as number;
      if (holds?.at(node) === false) continue;
      root = node;
      if (!spelledIn(node) || (!anyTag && !isExpression(tree, node) && !isDefined(tree, node) && tagOf(tree, node) !== Tag.VarDef))
        continue;
      matchAt(matching, item, node, keep);
    }
    return { matches: list, roots };
  }
  /** Calls of what the pattern calls, whatever they are given: many patterns ask for other arguments of the same. */
  const callsLike = ({ nodes: own, likeCallee }: Part, item: PatternNode, matching: Matching): Nodes | undefined => {
    const callee = item.kind === 'node' && item.tag === Tag.Call && !matching.traits.bareWords ? item.children[0] : undefined;
    if (callee?.kind !== 'node') return undefined;
    const known = likeCallee.get(matching) ?? new Map<string, Nodes>();
    likeCallee.set(matching, known);
    const key = spelledOut(callee);
    let calls = known.get(key);
    if (calls === undefined) {
      calls = own.withTags([Tag.Call]).filter((call) => {
        let matches = false;
        matching.match(matching, callee, call + 1, undefined, false, () => {
          matches = true;
        });
        return matches;
      });
      // Without steps nothing matches: that is no answer.
      if (budget.left > 0) known.set(key, calls);
    }
    return calls;
  };
  const allOf = (index: number): readonly Match[] => {
    const carried = found.get(index);
    const isPlain = carried?.length === 1 && carried[0]?.moves.length === 0;
    let list = isPlain ? carried[0]?.found : carried === undefined ? undefined : movedMatches(carried);
    if (list === undefined || list.matches.length > MAX_MATCHES_PER_PATTERN) list = search(index);
    // What was cut short is not the answer for the next rule that asks.
    if (!isPlain && budget.left > 0) found.set(index, [{ found: list, moves: [] }]);
    if (tooMany.has(list.matches)) truncated();
    return list.matches;
  };
  const allNear = (index: number, near: () => Near): readonly Match[] => {
    const entry = program.patterns[index];
    if (entry === undefined || found.has(index) || !entry.pattern.names.every((name) => occurrences.of(name.text).length > 0))
      return allOf(index);
    const list = searchIn(everywhere, entry, near());
    if (list === undefined) return allOf(index);
    if (tooMany.has(list.matches)) truncated();
    return list.matches;
  };
  const isUntouched = since === undefined ? undefined : createUntouched(since.edit, renamed);
  const asked = (index: number, { kept, edit, mover }: Since, near: Part): Asked => {
    const entry = program.patterns[index];
    const before = kept.matches.get(index);
    if (before === undefined) return 'nothing';
    if (entry === undefined || !mayKeep(entry, { edit, sameTypes: since?.sameTypes === true })) return undefined;
    const carry = (more: readonly CarriedPart[]): void => {
      const all = [...carriedBy(before, mover), ...more];
      if (found.has(index)) return;
      found.set(index, all);
      if (all.length > MAX_MOVES || all.some(({ moves }) => moves.length > MAX_MOVES)) allOf(index);
    };
    if (isUntouched?.(entry) === true) {
      carry([]);
      return 'nothing';
    }
    const roots = movedRoots(before);
    const fresh = searchIn(near, entry);
    if (budget.left <= 0 || tooMany.has(fresh.matches)) return undefined;
    if (roots.some((root) => edit.around.has(root)) || fresh.roots.some((root) => edit.around.has(root))) {
      const was = movedMatches(before);
      allOf(index);
      const now = movedMatches(found.get(index) ?? []);
      return was === undefined || now === undefined ? undefined : { before: was, after: now };
    }
    carry(fresh.roots.length === 0 ? [] : [{ found: fresh, moves: [] }]);
    return fresh.roots.length > 0 || roots.some((root) => root >= edit.from && root < edit.toBefore) ? 'inside' : 'nothing';
  };
  const unmarked = (list: readonly Match[]): readonly Match[] =>
    marks === undefined ? list : list.filter(({ onMark }) => onMark !== true);
  return {
    found,
    asked: (index) => (since === undefined || touched === undefined ? undefined : asked(index, since, touched)),
    matchesOf: (index) => unmarked(allOf(index)),
    matchesNear: marks === undefined && !whole ? allNear : undefined,
    markedOf: marks === undefined ? undefined : allOf,
    matchesWithin(index, nodes, env) {
      const entry = program.patterns[index];
      if (entry === undefined) return [];
      const matching = matchingFor(entry.options);
      const list: Match[] = [];
      const [item, second] = entry.pattern.items;
      if (item === undefined) return [];
      // What `$...BODY` took is a block of its own.
      const statements = second !== undefined || entry.pattern.statement;
      if (statements && nodes.some((node) => tagOf(tree, node) !== Tag.Block))
        matchStatementsAmong(matching, entry.pattern, nodes, (match) => add(list, match), env);
      for (const from of nodes) {
        for (let node = from, end = nextOf(tree, from); node < end; node++) {
          if ((node & 255) === 0 && expired()) return unmarked(list);
          if (statements) {
            if (tagOf(tree, node) === Tag.Block) matchStatementsIn(matching, entry.pattern, node, (match) => add(list, match));
          } else if (item.kind === 'node' || item.kind === 'string' || node === from || isExpression(tree, node) || isDefined(tree, node)) {
            matchAt(matching, item, node, (match) => add(list, match), env);
          }
        }
      }
      return unmarked(list);
    },
    hasType(index, node) {
      const entry = program.patterns[index];
      const [item] = entry?.pattern.items ?? [];
      if (entry === undefined || item === undefined) return false;
      let matched = false;
      matchesType(matchingFor(entry.options), item, node, () => {
        matched = true;
      });
      return matched;
    },
  };
}

const spellings = new WeakMap<PatternNode, string>();

/** Equal for equal patterns. */
function spelledOut(pattern: PatternNode): string {
  let spelled = spellings.get(pattern);
  if (spelled === undefined) spellings.set(pattern, (spelled = JSON.stringify(pattern)));
  return spelled;
}
