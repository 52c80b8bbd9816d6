/**
 * What a rule's sources, sinks, sanitizers and propagators match in one tree, asked node by node. A node belongs to a match that it lies in; "best" is
 * the outermost such node, which stands for the match where a formula matches more than an expression.
 */
import type { FormulaRange, OtherFile } from '../formula/ranges.js';
import { indexEnclosing } from '../formula/enclosing.js';
import { lookup, sourceOfValue, spanOfValue } from '../matching/bindings.js';
import { endOf, startOf, type SyntaxTree } from '../language/tree.js';
import type { PropagatorSpec, SanitizerSpec, SinkSpec, SourceSpec } from '../formula/compiled.js';
import { firstAtLeast } from '../model/sorted.js';
import type { SpecMatch } from './taints.js';

/** One of a rule's lists of formulas with what each found. */
export interface Found<S> {
  readonly spec: S;
  readonly ranges: readonly FormulaRange[];
}

export interface FoundSpecs {
  readonly sources: readonly Found<SourceSpec>[];
  readonly sinks: readonly Found<SinkSpec>[];
  readonly sanitizers: readonly Found<SanitizerSpec>[];
  readonly propagators: readonly Found<PropagatorSpec>[];
}

export interface Matches<S> {
  readonly all: readonly SpecMatch<S>[];
  /** Those that the node lies in. */
  at(node: number): readonly SpecMatch<S>[];
  /** Whether one of them has anything of `[start, end)` in it. */
  anyIn(start: number, end: number): boolean;
}

/** One end of a propagator's match. */
export interface PropagatorEnd {
  readonly kind: 'from' | 'to';
  readonly spec: PropagatorSpec;
  /** The same for both ends. */
  readonly key: string;
  /** What it is kept under in a store, as it is written. */
  readonly storedUnder: string | undefined;
}

export interface Specs {
  readonly sources: Matches<SourceSpec>;
  readonly sinks: Matches<SinkSpec>;
  readonly sanitizers: Matches<SanitizerSpec>;
  /** Ends of propagators that match exactly this node. */
  propagatorsAt(node: number): readonly PropagatorEnd[];
  readonly propagates: boolean;
  /** Where the goals of propagators begin, in `[start, end)`. */
  goalsIn(start: number, end: number): readonly number[];
}

const NONE: readonly never[] = [];
/** How much of a match a node must cover to be it. */
const EXACT = 0.99;

/** @param file undefined for the file that is looked at */
export function createSpecs(tree: SyntaxTree, found: FoundSpecs, file: OtherFile | undefined): Specs {
  const taken = new Set<string>();
  for (const { ranges } of [...found.sources, ...found.sinks]) for (const { start, end } of ranges) taken.add(`${start}:${end}`);
  const ends = new Map<string, PropagatorEnd[]>();
  const goals: number[] = [];
  const addEnd = (span: { readonly start: number; readonly end: number }, end: PropagatorEnd): void => {
    const key = `${span.start}:${span.end}`;
    const list = ends.get(key);
    if (list === undefined) ends.set(key, [end]);
    else list.push(end);
  };
  for (const [index, { spec, ranges }] of found.propagators.entries()) {
    for (const { env } of ranges) {
      const from = lookup(env, spec.from);
      const to = lookup(env, spec.to);
      if (from === undefined || to === undefined) continue;
      const source = spanOfValue(from);
      const goal = spanOfValue(to);
      const key = `${index}:${source.start}:${source.end}:${goal.start}:${goal.end}`;
      const under = spec.asStored === undefined ? undefined : lookup(env, spec.asStored);
      const storedUnder = under === undefined ? undefined : sourceOfValue(under, tree.text);
      addEnd(source, { kind: 'from', spec, key, storedUnder });
      addEnd(goal, { kind: 'to', spec, key, storedUnder });
      goals.push(goal.start);
    }
  }
  return {
    sources: createMatches(tree, found.sources, file),
    sinks: createMatches(tree, found.sinks, file),
    sanitizers: createMatches(
      tree,
      found.sanitizers,
      file,
      ({ spec }, { start, end }) => spec.notConflicting && taken.has(`${start}:${end}`),
    ),
    propagatorsAt: (node) => (ends.size === 0 ? NONE : (ends.get(`${startOf(tree, node)}:${endOf(tree, node)}`) ?? NONE)),
    propagates: ends.size > 0,
    goalsIn: (start, end) => goals.filter((at) => start <= at && at < end),
  };
}

function createMatches<S>(
  tree: SyntaxTree,
  found: readonly Found<S>[],
  file: OtherFile | undefined,
  without?: (of: Found<S>, range: FormulaRange) => boolean,
): Matches<S> {
  const all: SpecMatch<S>[] = [];
  for (const [index, of] of found.entries())
    for (const range of of.ranges)
      if (without?.(of, range) !== true)
        all.push({ spec: of.spec, index, start: range.start, end: range.end, env: range.env, id: all.length, file });
  const around = indexEnclosing(all);
  const sorted = all.toSorted((a, b) => a.start - b.start);
  const starts = sorted.map((match) => match.start);
  /** The latest end of the matches up to each. */
  const reached: number[] = [];
  for (const { end } of sorted) reached.push(Math.max(end, reached.at(-1) ?? 0));
  const known = new Map<number, readonly SpecMatch<S>[]>();
  const first = Math.min(...all.map((match) => match.start));
  const last = Math.max(...all.map((match) => match.end));
  return {
    all,
    at(node) {
      const start = startOf(tree, node);
      const end = endOf(tree, node);
      if (all.length === 0 || start < first || end > last) return NONE;
      let list = known.get(node);
      if (list === undefined) known.set(node, (list = around.enclosing({ start, end })));
      return list;
    },
    anyIn(start, end) {
      const count = firstAtLeast(starts, end);
      return count > 0 && (reached[count - 1] as number) > start;
    },
  };
}

/** Whether the node is (nearly) all of the match. */
export function isExact(tree: SyntaxTree, node: number, match: SpecMatch<unknown>): boolean {
  return (endOf(tree, node) - startOf(tree, node)) / Math.max(1, match.end - match.start) > EXACT;
}

/**
 * Whether no node around this one, in the same function, lies in a match of the same source (sink ...) too.
 * @param outerNode as in `Program`
 */
export function isBest<S>(
  tree: SyntaxTree,
  outerNode: Int32Array,
  matches: Matches<S>,
  node: number,
  match: SpecMatch<S>,
  root: number,
): boolean {
  const start = startOf(tree, node);
  const end = endOf(tree, node);
  for (let at = outerNode[node] ?? -1; at > root; at = outerNode[at] ?? -1) {
    if (startOf(tree, at) === start && endOf(tree, at) === end) continue;
    if (matches.at(at).some((other) => other.index === match.index)) return false;
  }
  return true;
}
