/**
 * What a metavariable takes: the first place binds it, every further one must hold the same. Two things are the same when
 * they are written the same, or when one is a variable and the other the literal that it always holds.
 */
import { Tag } from '../language/tags.js';
import { childrenOf, endOf, startOf, tagOf } from '../language/tree.js';
import { ANONYMOUS } from '../pattern/pattern.js';
import { lookup, sameValue, type BoundValue, type Env } from './bindings.js';
import type { Matching, Then } from './context.js';

const LITERALS: ReadonlySet<number> = new Set([Tag.Str, Tag.Num, Tag.Const]);

/** Goes on with `name` bound to `value`; not at all when it already holds something else. */
export function bind(m: Matching, name: string, value: BoundValue, env: Env | undefined, then: Then): void {
  if (name === ANONYMOUS || name === '$..._') {
    then(env);
    return;
  }
  const bound = lookup(env, name);
  if (bound === undefined) then({ name, value, next: env });
  else if (sameValue(bound, value, m.options.unifyIdsStrictly) || sameConstant(m, bound, value)) then(env);
  else if (value.kind === 'node' && tagOf(value.tree, value.node) === Tag.Cast) {
    // A type assertion does not change the value.
    const [inner] = childrenOf(value.tree, value.node);
    if (inner !== undefined) bind(m, name, { ...value, node: inner }, env, then);
  }
}

/** A variable and the literal that it always holds, as in `a = 0; if (a == 0)`. */
function sameConstant(m: Matching, a: BoundValue, b: BoundValue): boolean {
  if (!m.options.constantPropagation || a.kind !== 'node' || b.kind !== 'node' || a.tree !== m.tree || b.tree !== m.tree) return false;
  const first = tagOf(m.tree, a.node);
  const second = tagOf(m.tree, b.node);
  if (!(first === Tag.Ident && LITERALS.has(second)) && !(second === Tag.Ident && LITERALS.has(first))) return false;
  const x = m.constants.valueOf(a.node, true);
  const y = m.constants.valueOf(b.node, true);
  if (x === undefined || y === undefined || x.kind !== y.kind) return false;
  return x.kind === 'null' || y.kind === 'null' || x.value === y.value;
}

/** What `$...X` took: these siblings, or nothing at the start of `near`. */
export function boundNodes(m: Matching, nodes: readonly number[], near: number): BoundValue {
  const { tree } = m;
  const first = nodes[0];
  const last = nodes.at(-1);
  const start = first === undefined ? startOf(tree, near) : startOf(tree, first);
  return { kind: 'nodes', tree, nodes, start, end: last === undefined ? start : endOf(tree, last) };
}
