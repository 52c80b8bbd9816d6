/**
 * When a name is another name: through imports and aliases, through the variable it was assigned to
 * (`symbolic_propagation`), down a chain of accesses (`x. ...`), and with holes in a dotted path.
 */
import { Role, Tag } from '../language/tags.js';
import { endOf, isAssignmentTarget, roleOf, startOf, tagOf, textOf } from '../language/tree.js';
import type { IdentPattern, PatternNode } from '../pattern/pattern.js';
import { isSameCaseless, type Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { bind } from './holes.js';
import { plainText } from './strings.js';

/** A name: as it is written, as what was imported under it, or as the key that it is in languages where keys are names. */
export function matchIdent(m: Matching, p: IdentPattern, t: number, env: Env | undefined, root: boolean, then: Then): void {
  const { tree } = m;
  const tag = tagOf(tree, t);
  if (tag === Tag.Ident || (tag === Tag.Const && !m.traits.bareWords)) {
    if (textOf(tree, t) === p.name || (m.traits.caselessNames && isSameCaseless(tree, t, p.name))) {
      then(env);
      return;
    }
    const path = tag === Tag.Ident ? m.names.resolve(t) : undefined;
    if (path !== undefined && path.length === 1 && path[0] === p.name) then(env);
    else if (path === undefined) matchSymbolic(m, p, t, env, root, then);
  } else if (tag === Tag.Call) {
    const path = m.names.resolve(t);
    if (path !== undefined && path.length === 1 && path[0] === p.name) then(env);
  } else if (m.traits.keysAreNames && tag === Tag.Str && p.role === Role.Key) {
    if (m.constants.valueOf(t, false)?.kind === 'string' && plainText(m, t) === p.name) then(env);
  } else if (tag === Tag.Str && m.traits.bareWords && plainText(m, t) === p.name) then(env);
  else if (tag === Tag.Cast && !root) m.match(m, p, childrenOf(m, t)[0] as number, env, false, then);
}

/** `x. ...`: x itself, or the object at any point down a chain of accesses and calls on it. */
export function matchChain(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  let at = t;
  for (;;) {
    m.match(m, p, at, env, false, then);
    const tag = tagOf(tree, at);
    if (tag === Tag.Ident && m.options.symbolicPropagation) {
      // On along what the variable was set to; a definition stands before its use, so this ends.
      const value = m.names.scopes.reaching(at, textOf(tree, at))?.value ?? -1;
      if (value < 0 || value >= at) return;
      at = value;
      continue;
    }
    if (tag !== Tag.Call && tag !== Tag.Dot && tag !== Tag.Index) return;
    at = at + 1;
  }
}

/** With `symbolic_propagation`, a variable with one value stands for that value's expression. */
export function matchSymbolic(m: Matching, p: PatternNode, t: number, env: Env | undefined, root: boolean, then: Then): void {
  if (root) return;
  const value = symbolicValue(m, t);
  if (value >= 0) m.match(m, p, value, env, false, then);
}

/** The expression that a variable at `t` was set to, where variables stand for theirs; -1 otherwise. */
export function symbolicValue(m: Matching, t: number): number {
  if (!m.options.symbolicPropagation || !m.options.constantPropagation || tagOf(m.tree, t) !== Tag.Ident) return -1;
  const role = roleOf(m.tree, t);
  if (role === Role.Name || role === Role.Key || isAssignmentTarget(m.tree, t)) return -1;
  const value = m.names.scopes.reaching(t, textOf(m.tree, t))?.value ?? -1;
  // A definition stands before its use; this also ends circles.
  return value < t ? value : -1;
}

/** A dotted pattern with holes against the imported path that a single name at `t` stands for. */
export function matchPath(m: Matching, p: PatternNode, path: readonly string[], t: number, env: Env | undefined, then: Then): void {
  const last = path.at(-1);
  if (last === undefined) return;
  const bindText = (name: string, text: string, next: Env | undefined, done: Then): void =>
    bind(m, name, { kind: 'text', text, start: startOf(m.tree, t), end: endOf(m.tree, t) }, next, done);
  if (p.kind === 'ident') {
    if (path.length === 1 && p.name === last) then(env);
  } else if (p.kind === 'metavariable') {
    // What stands for a module or a class has no type of its own, whatever is called on it.
    if (p.type === undefined) bindText(p.name, path.join('.'), env, then);
  } else if (p.kind === 'node' && p.tag === Tag.Dot && path.length > 1) {
    const [object, name] = p.children;
    if (object === undefined || name === undefined) return;
    const next = (found: Env | undefined): void => matchPath(m, object, path.slice(0, -1), t, found, then);
    if (name.kind === 'ident') {
      if (name.name === last) next(env);
    } else if (name.kind === 'metavariable') bindText(name.name, last, env, next);
  }
}

/** Whether imports make the expression at `t` the dotted path. */
export function samePath(m: Matching, path: readonly string[], t: number): boolean {
  const resolved = m.names.resolve(t);
  if (resolved === undefined) return m.names.mayBe(t, path);
  return resolved.length === path.length && resolved.every((segment, i) => segment === path[i]);
}
