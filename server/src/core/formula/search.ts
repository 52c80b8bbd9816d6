/** One traversal of a tree for all patterns that are wanted, and rule by rule the evaluation of what it found. */
import { createConstants, type Constants } from '../language/constants.js';
import { createNames, type Names } from '../language/names.js';
import { Tag } from '../language/tags.js';
import { endOf, nextOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { attachScopes, type Env } from '../matching/bindings.js';
import { isExpression, Matcher, type Match, type MatchOptions } from '../matching/matcher.js';
import type { Pattern } from '../pattern/pattern.js';
import { evaluateRule, type FormulaContext } from './evaluate.js';
import type { CompiledRule, Program } from './program.js';

/** Steps of the matcher for one file; far above what code written by people needs. */
const STEP_BUDGET = 20_000_000;
const MAX_MATCHES_PER_PATTERN = 10_000;

export interface RuleMatches {
  readonly rule: CompiledRule;
  readonly matches: readonly Match[];
}

export interface SearchResult {
  readonly results: readonly RuleMatches[];
  /** Rules that did not finish: the step budget or the deadline ran out. */
  readonly unfinished: readonly CompiledRule[];
  readonly names: Names;
  readonly constants: Constants;
}

interface Searcher {
  matchesOf(index: number): readonly Match[];
  matchesWithin(index: number, nodes: readonly number[], env: Env | undefined): readonly Match[];
}

/**
 * @param parse reads other text in the same grammar, for `metavariable-pattern` with a `language`
 * @param failed called when a rule throws: our own bug, which must not cost the other rules their findings
 */
export function searchTree(program: Program, rules: readonly CompiledRule[], tree: SyntaxTree, expired: () => boolean, failed: (rule: CompiledRule, error: unknown) => void, parse: (text: string) => SyntaxTree | undefined): SearchResult {
  const names = createNames(tree);
  const constants = createConstants(tree, names);
  attachScopes(tree, { bindingsIn: (func, name) => names.scopes.bindingsIn(func, name), lookup: (node, name) => names.scopes.lookup(node, name) });
  const budget = { left: STEP_BUDGET };
  const searcher = createSearcher(program, rules, tree, names, constants, budget, expired);
  const context: FormulaContext = {
    text: tree.text,
    region: { start: 0, end: tree.text.length },
    tree,
    constants,
    matchesOf: (index) => searcher.matchesOf(index),
    matchesWithin: (index, _tree, nodes, env) => searcher.matchesWithin(index, nodes, env),
    reparse: (text, env) => {
      const inner = parse(text);
      if (inner === undefined || inner.problems.length > 0) return undefined;
      const innerNames = createNames(inner);
      const innerConstants = createConstants(inner, innerNames);
      const nested = createSearcher(program, [], inner, innerNames, innerConstants, budget, expired);
      const all = (index: number): readonly Match[] => nested.matchesWithin(index, [0], env);
      return { text, region: { start: 0, end: text.length }, tree: inner, constants: innerConstants, matchesOf: all, matchesWithin: (index, _tree, nodes, given) => nested.matchesWithin(index, nodes, given), reparse: undefined, expired };
    },
    expired,
  };
  const results: RuleMatches[] = [];
  const unfinished: CompiledRule[] = [];
  for (const rule of rules) {
    if (expired() || budget.left <= 0) {
      unfinished.push(rule);
      continue;
    }
    try {
      const matches = evaluateRule(rule.formula, context);
      if (matches.length > 0) results.push({ rule, matches });
      if (expired() || budget.left <= 0) unfinished.push(rule);
    } catch (error) {
      failed(rule, error);
    }
  }
  return { results, unfinished, names, constants };
}

function createSearcher(
  program: Program,
  rules: readonly CompiledRule[],
  tree: SyntaxTree,
  names: Names,
  constants: Constants,
  budget: { left: number },
  expired: () => boolean,
): Searcher {
  const occurrences = createOccurrences(tree.text);
  const renamed = new Set([...names.lastSegments.values()].flat());
  const wanted = new Uint8Array(program.patterns.length);
  // A pattern whose names the file does not even spell has no matches.
  for (const rule of rules) {
    for (const index of rule.patterns) if (program.patterns[index]?.pattern.literals.every((literal) => occurrences.of(literal).length > 0) === true) wanted[index] = 1;
  }
  // With symbolic propagation a name may stand where the variable was assigned instead.
  const localLiterals = program.patterns.map((entry, index) => (wanted[index] === 1 && !entry.options.symbolicPropagation ? entry.pattern.localLiterals.filter((literal) => !renamed.has(literal)) : []));
  const spelledIn = (index: number, node: number): boolean => {
    const literals = localLiterals[index] as readonly string[];
    for (const literal of literals) if (!occurrences.within(literal, startOf(tree, node), endOf(tree, node))) return false;
    return true;
  };
  const found = new Map<number, Match[]>();
  const matchers = new Map<MatchOptions, Matcher>();
  const matcherFor = (options: MatchOptions): Matcher => {
    let matcher = matchers.get(options);
    if (matcher === undefined) {
      matcher = new Matcher({ tree, names, constants, options, budget });
      matchers.set(options, matcher);
    }
    return matcher;
  };
  const add = (list: Match[], match: Match): void => {
    if (list.length < MAX_MATCHES_PER_PATTERN) list.push(match);
  };
  const tryAt = (index: number, node: number): void => {
    const entry = program.patterns[index];
    const [item] = entry?.pattern.items ?? [];
    if (entry === undefined || item === undefined || !spelledIn(index, node)) return;
    if (item.kind !== 'node' && item.kind !== 'string' && !isExpression(tree, node)) return;
    matcherFor(entry.options).matchAt(item, node, (match) => {
      let list = found.get(index);
      if (list === undefined) {
        list = [];
        found.set(index, list);
      }
      add(list, match);
    });
  };
  const byTag = program.byTag.map((indexes) => indexes.filter((index) => wanted[index] === 1));
  const byCallee = new Map<string, readonly number[]>();
  for (const [name, indexes] of program.byCallee) {
    const active = indexes.filter((index) => wanted[index] === 1);
    if (active.length > 0) byCallee.set(name, active);
  }
  const callees = byCallee.size > 0;
  for (let node = 0; node < tree.count; node++) {
    if ((node & 1023) === 0 && expired()) break;
    const tag = tagOf(tree, node);
    if (tag === Tag.Call && callees) {
      const name = calleeNameAt(tree, node);
      if (name !== undefined) {
        for (const index of byCallee.get(name) ?? []) tryAt(index, node);
        // Imported or assigned under another name: `s(cmd)` after `from os import system as s`.
        for (const canonical of names.lastSegments.get(name) ?? []) for (const index of byCallee.get(canonical) ?? []) tryAt(index, node);
      }
    }
    for (const index of byTag[tag] ?? []) tryAt(index, node);
  }
  const sequences = program.sequences.filter((index) => wanted[index] === 1);
  if (sequences.length > 0) {
    for (let node = 0; node < tree.count; node++) {
      const tag = tagOf(tree, node);
      if (tag !== Tag.Block && !(tag === Tag.Error && node === 0) && !isStatementHolder(tag)) continue;
      if (expired()) break;
      for (const index of sequences) {
        const entry = program.patterns[index];
        if (entry !== undefined && spelledIn(index, node)) collectStatements(matcherFor(entry.options), entry.pattern, node, index, found, add);
      }
    }
  }
  return {
    matchesOf: (index) => found.get(index) ?? [],
    matchesWithin(index, nodes, env) {
      const entry = program.patterns[index];
      if (entry === undefined) return [];
      const matcher = matcherFor(entry.options);
      const list: Match[] = [];
      const [item, second] = entry.pattern.items;
      if (item === undefined) return [];
      for (const from of nodes) {
        for (let node = from, end = nextOf(tree, from); node < end; node++) {
          if ((node & 255) === 0 && expired()) return list;
          if (second !== undefined) {
            if (tagOf(tree, node) === Tag.Block) matcher.matchStatementsIn(entry.pattern, node, false, (match) => add(list, match));
          } else if (item.kind === 'node' || item.kind === 'string' || node === from || isExpression(tree, node)) {
            matcher.matchAt(item, node, (match) => add(list, match), env);
          }
        }
      }
      return list;
    },
  };
}

/** Where strings occur in a text, found once per string. */
interface Occurrences {
  of(literal: string): readonly number[];
  /** Whether the literal lies inside `[start, end)`. */
  within(literal: string, start: number, end: number): boolean;
}

function createOccurrences(text: string): Occurrences {
  const found = new Map<string, number[]>();
  const of = (literal: string): number[] => {
    let list = found.get(literal);
    if (list === undefined) {
      list = [];
      for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) list.push(at);
      found.set(literal, list);
    }
    return list;
  };
  return {
    of,
    within(literal, start, end) {
      const list = of(literal);
      let low = 0;
      let high = list.length;
      while (low < high) {
        const mid = (low + high) >> 1;
        if ((list[mid] as number) < start) low = mid + 1;
        else high = mid;
      }
      return low < list.length && (list[low] as number) + literal.length <= end;
    },
  };
}

/** `case` bodies hold statements without a block of their own. */
function isStatementHolder(tag: number): boolean {
  return tag === Tag.Other;
}

function collectStatements(matcher: Matcher, pattern: Pattern, block: number, index: number, found: Map<number, Match[]>, add: (list: Match[], match: Match) => void): void {
  matcher.matchStatementsIn(pattern, block, false, (match) => {
    let list = found.get(index);
    if (list === undefined) {
      list = [];
      found.set(index, list);
    }
    add(list, match);
  });
}

function calleeNameAt(tree: SyntaxTree, call: number): string | undefined {
  const callee = call + 1;
  const tag = tagOf(tree, callee);
  if (tag === Tag.Ident) return textOf(tree, callee);
  if (tag !== Tag.Dot) return undefined;
  const name = nextOf(tree, callee + 1);
  return name < nextOf(tree, callee) ? textOf(tree, name) : undefined;
}
