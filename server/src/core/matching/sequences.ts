/**
 * Several patterns against several nodes: in order with holes for any number, in any order, as a subsequence, or each
 * against the part that has its role. Which of these a construct asks for is said where the construct is matched.
 */
import { roleOf } from '../language/tree.js';
import type { PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import type { MatchOne, Matching, Then } from './context.js';
import { bind, boundNodes } from './holes.js';
import { mayHold } from './mayHold.js';

/** An item that stands for one node. */
export const matchOne: MatchOne = (m, p, t, env, then) => m.match(m, p, t, env, false, then);

/** Children one by one, without holes for several. */
export function matchInOrder(
  m: Matching,
  ps: readonly PatternNode[],
  ts: readonly number[],
  from: number,
  env: Env | undefined,
  then: Then,
): void {
  if (from === ps.length || from === ts.length) {
    if (ps.length === ts.length) then(env);
    return;
  }
  const p = ps[from] as PatternNode;
  const t = ts[from] as number;
  if (mayHold(m, p, t)) matchInOrderFrom(m, p, t, ps, ts, from, env, then);
}

function matchInOrderFrom(
  m: Matching,
  p: PatternNode,
  t: number,
  ps: readonly PatternNode[],
  ts: readonly number[],
  from: number,
  env: Env | undefined,
  then: Then,
): void {
  m.match(m, p, t, env, false, (next) => matchInOrder(m, ps, ts, from + 1, next, then));
}

/** Items in order; an ellipsis takes any number of nodes, none included. */
export function matchList(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  ts: readonly number[],
  j: number,
  near: number,
  env: Env | undefined,
  one: MatchOne,
  then: Then,
): void {
  const p = ps[i];
  if (p === undefined) {
    if (j === ts.length) then(env);
    return;
  }
  if (p.kind === 'ellipsis') {
    if (i === ps.length - 1) {
      then(env);
      return;
    }
    for (let k = j; k <= ts.length; k++) matchList(m, ps, i + 1, ts, k, near, env, one, then);
    return;
  }
  if (p.kind === 'ellipsis-metavariable') {
    for (let k = i === ps.length - 1 ? ts.length : j; k <= ts.length; k++) {
      bind(m, p.name, boundNodes(m, ts.slice(j, k), ts[j] ?? near), env, (next) => matchList(m, ps, i + 1, ts, k, near, next, one, then));
    }
    return;
  }
  const t = ts[j];
  if (t !== undefined) one(m, p, t, env, (next) => matchList(m, ps, i + 1, ts, j + 1, near, next, one, then));
}

/** Positions among the code items of those that an item could match as things are bound, in order; undefined: any. */
export type Among = (p: PatternNode, env: Env | undefined) => readonly number[] | undefined;

/** Each pattern item takes a different code item, in any order. */
export function matchInAnyOrder(
  m: Matching,
  ps: readonly PatternNode[],
  ts: readonly number[],
  lessOk: boolean,
  env: Env | undefined,
  then: Then,
  one: MatchOne = matchOne,
  among?: Among,
): void {
  const all: readonly number[] = [...ts.keys()];
  const taken: number[] = [];
  const from = (i: number, bound: Env | undefined): void => {
    const p = ps[i];
    if (p === undefined) {
      if (lessOk || ts.length === taken.length) then(bound);
      return;
    }
    for (const k of among?.(p, bound) ?? all) {
      if (taken.includes(k)) continue;
      if (m.budget.left-- <= 0) return;
      one(m, p, ts[k] as number, bound, (next) => {
        taken.push(k);
        from(i + 1, next);
        taken.pop();
      });
    }
  };
  from(0, env);
}

/** Each pattern item takes a later node than the one before. */
export function matchSubsequence(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  ts: readonly number[],
  from: number,
  env: Env | undefined,
  then: Then,
): void {
  const p = ps[i];
  if (p === undefined) {
    then(env);
    return;
  }
  for (let j = from; j < ts.length; j++)
    m.match(m, p, ts[j] as number, env, false, (next) => matchSubsequence(m, ps, i + 1, ts, j + 1, next, then));
}

/** Every part that the pattern mentions matches the code's part of the same role. */
export function matchByRole(
  m: Matching,
  ps: readonly PatternNode[],
  ts: readonly number[],
  from: number,
  env: Env | undefined,
  then: Then,
): void {
  const p = ps[from];
  if (p === undefined) {
    then(env);
    return;
  }
  const t = ts.find((child) => roleOf(m.tree, child) === p.role);
  if (t !== undefined) m.match(m, p, t, env, false, (next) => matchByRole(m, ps, ts, from + 1, next, then));
  else if (p.kind === 'ellipsis') matchByRole(m, ps, ts, from + 1, env, then);
}

/** Whether a pattern has `...` among its children. */
export function hasEllipsis(p: PatternNode): boolean {
  return p.kind === 'node' && p.children.some((child) => child.kind === 'ellipsis');
}

/** The items that ask for something. */
export function withoutEllipsis(ps: readonly PatternNode[]): readonly PatternNode[] {
  return ps.some((p) => p.kind === 'ellipsis') ? ps.filter((p) => p.kind !== 'ellipsis') : ps;
}
