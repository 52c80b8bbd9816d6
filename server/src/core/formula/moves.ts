/**
 * How what was found before an edit stands in the document as it is now. What begins outside of the run that was replaced, and does not hold it, is the
 * same in another place.
 */
import type { Edit } from '../language/edit.js';
import type { TextChange } from '../model/textChange.js';
import type { SyntaxTree } from '../language/tree.js';
import type { BoundValue, Env } from '../matching/bindings.js';
import type { Ends } from '../matching/matcher.js';
import type { Move } from './kept.js';
import type { FormulaRange, Span } from './ranges.js';

/** How what stood outside of the replaced run moves; undefined for what is, or holds, a part of it. */
export interface Mover {
  readonly move: Move;
  /** How far `[start, end)` moves, in UTF-16 code units. */
  shift(start: number, end: number): number | undefined;
  span<S extends Span>(span: S): S | undefined;
  env(env: Env | undefined): Bound | undefined;
  /** A range that begins outside. */
  range(range: FormulaRange): FormulaRange | undefined;
}

export function createMover({ before, after, from, toBefore, nodes, offset, change, around }: Edit): Mover {
  const move: Move = { from, toBefore, nodes, offset, around, start: change.start, endBefore: change.endBefore };
  const ways = [{ move, behind: true }];
  const moveSpan = <S extends Span>(span: S): S | undefined => {
    const by = shiftOf(move, span.start, span.end, true);
    return by === undefined ? undefined : by === 0 ? span : { ...span, start: span.start + by, end: span.end + by };
  };
  const boundAfter = (env: Env | undefined): Bound | undefined => {
    const moved = movedEnv(env, ways, before, after);
    return moved === REPLACED ? undefined : { env: moved };
  };
  return {
    move,
    shift: (start, end) => shiftOf(move, start, end, true),
    span: moveSpan,
    env: boundAfter,
    range(range) {
      const { start, end, env, mayEnd } = range;
      const isFree = env === undefined && mayEnd === undefined;
      if (isFree && end <= change.start && start < change.endBefore) return range;
      const by = shiftOf(move, start, end, true);
      const bound = by === undefined ? REPLACED : movedEnv(env, ways, before, after);
      if (by === undefined || bound === REPLACED) return undefined;
      const moved = { ...range, start: start + by, end: end + by, env: bound };
      if (mayEnd === undefined) return moved;
      const behind = by !== 0 || (offset === 0 && start >= change.endBefore);
      return { ...moved, mayEnd: movedEnds(mayEnd, after, behind ? nodes : 0) };
    },
  };
}

/** How what an expression found moves: it binds text alone. */
export function createTextMover(before: SyntaxTree, after: SyntaxTree, { start, endBefore, endAfter }: TextChange): Mover['range'] {
  const offset = endAfter - endBefore;
  const move: Move = { from: 0, toBefore: 0, nodes: 0, offset, around: new Set(), start, endBefore };
  return (range) => {
    const by = shiftOf(move, range.start, range.end, true);
    const env = by === undefined ? REPLACED : movedEnv(range.env, [{ move, behind: true }], before, after);
    return by === undefined || env === REPLACED ? undefined : { ...range, start: range.start + by, end: range.end + by, env };
  };
}

/** Undefined for a node that was replaced, or holds what was. */
export function movedNode({ from, toBefore, nodes, around }: Move, node: number): number | undefined {
  if (node >= toBefore) return node + nodes;
  return node >= from || around.has(node) ? undefined : node;
}

/** How far a place moves; undefined for one that touches what was replaced. An empty one at its edge moves if what it belongs to stands `behind`. */
export function shiftOf({ start, endBefore, offset }: Move, from: number, to: number, behind: boolean): number | undefined {
  const isBefore = to <= start;
  if (from >= endBefore && (behind || !isBefore)) return offset;
  return isBefore ? 0 : undefined;
}

/** One of the moves that something makes, and whether it stands behind what was replaced. */
export interface Way {
  readonly move: Move;
  readonly behind: boolean;
}

export interface Bound {
  readonly env: Env | undefined;
}

/** Environments that were moved already: matches share their ends. */
export type Moved = Map<Env, Env | typeof REPLACED>;

/** Of what is bound: it touches an edit. */
export const REPLACED = 'replaced';

/**
 * What is bound, from `tree` to `after` by all of the ways.
 * @param known where several may share what they bind
 */
export function movedEnv(
  env: Env | undefined,
  ways: readonly Way[],
  tree: SyntaxTree,
  after: SyntaxTree,
  known?: Moved,
): Env | undefined | typeof REPLACED {
  if (env === undefined) return undefined;
  const moved = known?.get(env);
  if (moved !== undefined) return moved;
  const next = movedEnv(env.next, ways, tree, after, known);
  const value = next === REPLACED ? undefined : movedValue(env.value, ways, tree, after);
  const now = value === undefined || next === REPLACED ? REPLACED : { name: env.name, value, next };
  // The last of a list is bound by one match only, mostly.
  if (env.next !== undefined) known?.set(env, now);
  return now;
}

function movedValue(value: BoundValue, ways: readonly Way[], tree: SyntaxTree, after: SyntaxTree): BoundValue | undefined {
  if (value.kind === 'text') return movedPlace(value, ways);
  if (value.tree !== tree) return value;
  if (value.kind === 'node') {
    const node = nodeAfter(value.node, ways);
    return node === undefined ? undefined : { kind: 'node', tree: after, node };
  }
  const nodes: number[] = [];
  for (const node of value.nodes) {
    const at = nodeAfter(node, ways);
    if (at === undefined) return undefined;
    nodes.push(at);
  }
  const place = movedPlace(value, ways);
  return place === undefined ? undefined : { ...place, tree: after, nodes };
}

function nodeAfter(node: number, ways: readonly Way[]): number | undefined {
  let at: number | undefined = node;
  for (const { move } of ways) {
    at = movedNode(move, at);
    if (at === undefined) return undefined;
  }
  return at;
}

function movedPlace<S extends Span>(place: S, ways: readonly Way[]): S | undefined {
  let { start, end } = place;
  for (const { move, behind } of ways) {
    const by = shiftOf(move, start, end, behind);
    if (by === undefined) return undefined;
    start += by;
    end += by;
  }
  return start === place.start ? place : { ...place, start, end };
}

export function movedEnds(ends: Ends, tree: SyntaxTree, by: number): Ends {
  return { ...ends, tree, moved: ends.moved + by };
}
