/**
 * How matches that were found before an edit stand in the document as it is now. What begins outside of the run that was replaced, and does not hold it, is the
 * same in another place.
 */
import type { Edit } from '../language/edit.js';
import type { BoundValue, Env } from '../matching/bindings.js';
import type { Ends, Match } from '../matching/matcher.js';
import type { Rooted } from './kept.js';
import type { FormulaRange, Span } from './ranges.js';

/** How what stood outside of the replaced run moves; undefined for what is, or holds, a part of it. */
export interface Mover {
  node(node: number): number | undefined;
  span<S extends Span>(span: S): S | undefined;
  env(env: Env | undefined): { readonly env: Env | undefined } | undefined;
  /** Matches that begin outside; undefined where one of them is about something inside. */
  matches(found: Rooted): Rooted | undefined;
  /** A range that begins outside. */
  range(range: FormulaRange): FormulaRange | undefined;
}

export function createMover({ before, after, from, toBefore, nodes, offset, change, around }: Edit): Mover {
  const envs = new Map<Env, { readonly env: Env | undefined } | undefined>();
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
  const moveEnv = (env: Env | undefined, behind: boolean): { readonly env: Env | undefined } | undefined => {
    if (env === undefined) return UNBOUND;
    if (envs.has(env)) return envs.get(env);
    const next = moveEnv(env.next, behind);
    const value = next === undefined ? undefined : moveValue(env.value, behind);
    const moved = value === undefined || next === undefined ? undefined : { env: { name: env.name, value, next: next.env } };
    envs.set(env, moved);
    return moved;
  };
  const ends = (mayEnd: Ends | undefined, behind: boolean): { readonly mayEnd?: Ends } =>
    mayEnd === undefined ? {} : { mayEnd: { ...mayEnd, tree: after, moved: mayEnd.moved + (behind ? nodes : 0) } };
  return {
    node: moveNode,
    span: (span) => moveSpan(span),
    env: (env) => moveEnv(env, true),
    range(range) {
      const span = moveSpan(range);
      const bound = moveEnv(range.env, true);
      if (span === undefined || bound === undefined) return undefined;
      const behind = span.start !== range.start || (offset === 0 && range.start >= change.endBefore);
      return { ...span, env: bound.env, ...ends(range.mayEnd, behind) };
    },
    matches(found) {
      const matches: Match[] = [];
      const roots: number[] = [];
      for (const [index, match] of found.matches.entries()) {
        const own = found.roots[index] as number;
        const root = moveNode(own);
        if (root === undefined) continue;
        const behind = own >= toBefore;
        const bound = moveEnv(match.env, behind);
        if (bound === undefined) return undefined;
        const place = behind ? shifted(match) : match;
        matches.push({ ...place, env: bound.env, ...ends(match.mayEnd, behind) });
        roots.push(root);
      }
      return { matches, roots };
    },
  };
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
