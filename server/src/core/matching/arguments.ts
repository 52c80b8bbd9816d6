/**
 * Arguments of a call: positional ones in their order, keyword ones wherever they stand, optional ones only where the
 * pattern names them.
 */
import { Role, Tag } from '../language/tags.js';
import { endOf, opOf, roleOf, startOf, tagOf, textOf } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { bind, boundNodes } from './holes.js';
import { matchInOrder } from './sequences.js';

/** Arguments: positional ones in order, keyword ones wherever they stand. */
export function matchArguments(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  if (p.kind !== 'node') {
    m.match(m, p, t, env, false, then);
    return;
  }
  const args = withoutUnnamed(m, p, childrenOf(m, t));
  if (cannotMatchArguments(m, p, args)) return;
  matchArgumentList(m, p.children, 0, args, t, env, then);
}

/** Arguments without those that are optional and that the pattern does not name. */
function withoutUnnamed(m: Matching, p: NodePattern, args: readonly number[]): readonly number[] {
  const { tree } = m;
  if (!args.some((arg) => roleOf(tree, arg) === Role.Optional)) return args;
  const names = p.children.flatMap((child) => (child.kind === 'node' && child.tag === Tag.Keyword ? child.children.slice(0, 1) : []));
  return args.filter((arg) => {
    if (roleOf(tree, arg) !== Role.Optional) return true;
    const [name] = childrenOf(m, arg);
    return names.some(
      (wanted) =>
        wanted.kind === 'metavariable' ||
        (name !== undefined &&
          (wanted.kind === 'ident' ? wanted.name === textOf(tree, name) : wanted.kind === 'node' && wanted.op === opOf(tree, name))),
    );
  });
}

/** A look at names and numbers before the search: most calls lack the keyword that a pattern asks for. */
function cannotMatchArguments(m: Matching, p: NodePattern, args: readonly number[]): boolean {
  const { tree } = m;
  let keywords = 0;
  for (const arg of args) if (tagOf(tree, arg) === Tag.Keyword) keywords++;
  if (args.length - keywords < (p.positional ?? 0)) return true;
  if (p.keywords === undefined || p.keywords.length === 0) return false;
  if (keywords < p.keywords.length) return true;
  return p.keywords.some(
    (name) =>
      !args.some(
        (arg) =>
          tagOf(tree, arg) === Tag.Keyword &&
          endOf(tree, arg + 1) - startOf(tree, arg + 1) === name.length &&
          textOf(tree, arg + 1) === name,
      ),
  );
}

function matchArgumentList(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  ts: readonly number[],
  near: number,
  env: Env | undefined,
  then: Then,
): void {
  if (m.budget.left-- <= 0) return;
  const p = ps[i];
  if (p === undefined) {
    if (ts.length === 0) then(env);
    return;
  }
  if (p.kind === 'ellipsis') {
    if (i === ps.length - 1) {
      then(env);
      return;
    }
    for (let k = 0; k <= ts.length; k++) matchArgumentList(m, ps, i + 1, ts.slice(k), near, env, then);
    return;
  }
  if (p.kind === 'ellipsis-metavariable') {
    for (let k = i === ps.length - 1 ? ts.length : 0; k <= ts.length; k++) {
      bind(m, p.name, boundNodes(m, ts.slice(0, k), near), env, (next) => matchArgumentList(m, ps, i + 1, ts.slice(k), near, next, then));
    }
    return;
  }
  if (p.kind === 'node' && p.tag === Tag.Keyword) {
    for (let k = 0; k < ts.length; k++) {
      const t = ts[k] as number;
      if (tagOf(m.tree, t) !== Tag.Keyword) continue;
      const rest = ts.filter((_, at) => at !== k);
      matchInOrder(m, p.children, childrenOf(m, t), 0, env, (next) => matchArgumentList(m, ps, i + 1, rest, near, next, then));
    }
    return;
  }
  const t = ts[0];
  if (t === undefined) return;
  const tag = tagOf(m.tree, t);
  // A positional pattern never takes a keyword argument, nor an unpacked one unless it asks for one.
  if (tag === Tag.Keyword) return;
  m.match(m, p, t, env, false, (next) => matchArgumentList(m, ps, i + 1, ts.slice(1), near, next, then));
}
