/**
 * How matches that were found before an edit stand in the document as it is now. What begins outside of the run that was replaced, and does not hold it, is the
 * same in another place.
 */
import type { Edit } from '../language/edit.js';
import type { BoundValue, Env } from '../matching/bindings.js';
import type { Ends, Match } from '../matching/matcher.js';
import { NOTHING_ROOTED, type Carried, type Move, type Rooted } from './kept.js';
import type { FormulaRange, Span } from './ranges.js';

/** How what stood outside of the replaced run moves; undefined for what is, or holds, a part of it. */
export interface Mover extends Move {
  span<S extends Span>(span: S): S | undefined;
  env(env: Env | undefined): { readonly env: Env | undefined } | undefined;
  /** A range that begins outside. */
  range(range: FormulaRange): FormulaRange | undefined;
}

export function createMover({ before, after, from, toBefore, nodes, offset, change, around }: Edit): Mover {
  const moveNode = (node: number): number | undefined => {
    if (node >= toBefore) return node + nodes;
    return node >= from || around.has(node) ? undefined : node;
  };
  const shifted = <S extends Span>(span: S): S => ({ ...span, start: span.start + offset, end: span.end + offset });
  const moveSpan = <S extends Span>(span: S, behind = true): S | undefined => {
    const [may, mayNot] = [span.start >= change.endBefore, span.end <= change.start];
    if (may && (behind || !mayNot)) return shifted(span);
    return mayNot ? span : undefined;
  };
  const moveValue = (value: BoundValue, behind: boolean): BoundValue | undefined => {
    if (value.kind === 'text') return moveSpan(value, behind);
    if (value.tree !== before) return value;
    if (value.kind === 'node') {
      const node = moveNode(value.node);
      return node === undefined ? undefined : { kind: 'node', tree: after, node };
    }
    const moved: number[] = [];
    for (const node of value.nodes) {
      const at = moveNode(node);
      if (at === undefined) return undefined;
      moved.push(at);
    }
    const place = moveSpan(value, behind);
    return place === undefined ? undefined : { ...place, tree: after, nodes: moved };
  };
  const moveEnv = (env: Env | undefined, behind: boolean, known: Moved): { readonly env: Env | undefined } | undefined => {
    if (env === undefined) return UNBOUND;
    if (known.has(env)) return known.get(env);
    const next = moveEnv(env.next, behind, known);
    const value = next === undefined ? undefined : moveValue(env.value, behind);
    const moved = value === undefined || next === undefined ? undefined : { env: { name: env.name, value, next: next.env } };
    // The last of a list is bound by one match only, mostly.
    if (env.next !== undefined) known.set(env, moved);
    return moved;
  };
  const ends = (mayEnd: Ends | undefined, behind: boolean): { readonly mayEnd?: Ends } =>
    mayEnd === undefined ? {} : { mayEnd: { ...mayEnd, tree: after, moved: mayEnd.moved + (behind ? nodes : 0) } };
  return {
    node: moveNode,
    span: (span) => moveSpan(span),
    env: (env) => moveEnv(env, true, new Map()),
    range(range) {
      const isFree = range.env === undefined && range.mayEnd === undefined;
      if (isFree && range.end <= change.start && range.start < change.endBefore) return range;
      const span = moveSpan(range);
      const bound = moveEnv(range.env, true, new Map());
      if (span === undefined || bound === undefined) return undefined;
      const behind = span.start !== range.start || (offset === 0 && range.start >= change.endBefore);
      return { ...span, env: bound.env, ...ends(range.mayEnd, behind) };
    },
    matches(found) {
      const matches: Match[] = [];
      const roots: number[] = [];
      const known: Moved = new Map();
      for (const [index, match] of found.matches.entries()) {
        const own = found.roots[index] as number;
        const root = moveNode(own);
        if (root === undefined) continue;
        const behind = own >= toBefore;
        if (!behind && match.env === undefined && match.mayEnd === undefined) {
          matches.push(match);
          roots.push(root);
          continue;
        }
        const bound = moveEnv(match.env, behind, known);
        if (bound === undefined) return undefined;
        const by = behind ? offset : 0;
        const { start, end } = match;
        matches.push(
          match.mayEnd === undefined && match.onMark === undefined
            ? { start: start + by, end: end + by, env: bound.env }
            : { ...match, start: start + by, end: end + by, env: bound.env, ...ends(match.mayEnd, behind) },
        );
        roots.push(root);
      }
      return { matches, roots };
    },
  };
}

/** Environments that were moved already: matches share their ends. */
type Moved = Map<Env, { readonly env: Env | undefined } | undefined>;

/** All matches in their places now; undefined where one of them is about something that was replaced. */
export function movedMatches(carried: Carried): Rooted | undefined {
  let all = NOTHING_ROOTED;
  for (const { found, moves } of carried) {
    let moved: Rooted | undefined = found;
    for (const move of moves) moved = moved === undefined ? undefined : move.matches(moved);
    if (moved === undefined) return undefined;
    all = together(all, moved);
  }
  return all;
}

/** Whether it holds of a node that a match begins at now. */
export function someRoot(carried: Carried, holds: (root: number) => boolean): boolean {
  for (const { found, moves } of carried)
    for (const root of found.roots) {
      let at: number | undefined = root;
      for (const move of moves) if (at !== undefined) at = move.node(at);
      if (at !== undefined && holds(at)) return true;
    }
  return false;
}

export function isNothing(carried: Carried): boolean {
  return carried.every(({ found }) => found.roots.length === 0);
}

export function carriedBy(carried: Carried, move: Move): Carried {
  return carried.map(({ found, moves }) => ({ found, moves: [...moves, move] }));
}

const UNBOUND = { env: undefined };

/** Both, in the order of their roots, of which they have none in common. */
export function together(a: Rooted, b: Rooted): Rooted {
  if (b.roots.length === 0) return a;
  if (a.roots.length === 0) return b;
  const matches: Match[] = [];
  const roots: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.roots.length || j < b.roots.length) {
    const first = j >= b.roots.length || (i < a.roots.length && (a.roots[i] as number) < (b.roots[j] as number));
    const [from, at] = first ? [a, i++] : [b, j++];
    matches.push(from.matches[at] as Match);
    roots.push(from.roots[at] as number);
  }
  return { matches, roots };
}
