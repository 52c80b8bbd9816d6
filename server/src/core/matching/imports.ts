/**
 * Import directives: by what they bring in, not by how they are written. `import a.b` and `from a import b`, modules below
 * the one that is asked for, several names in one statement, and `require`.
 */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { endOf, opOf, parentOf, roleOf, startOf, tagOf, textOf } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { bind } from './holes.js';
import { matchByRole, matchInAnyOrder } from './sequences.js';
import { plainText } from './strings.js';

/** `from m import a, b`: each name is imported by the same statement, which may import more. */
export function matchImportGroup(m: Matching, group: readonly PatternNode[], t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  if (tagOf(tree, t) !== Tag.Import) {
    const [first, ...rest] = group;
    if (first === undefined) then(env);
    else m.match(m, first, t, env, false, (next) => matchImportGroup(m, rest, t, next, then));
    return;
  }
  const parent = parentOf(tree, t);
  const same = (parent < 0 ? [t] : childrenOf(m, parent)).filter(
    (other) => tagOf(tree, other) === Tag.Import && startOf(tree, other) === startOf(tree, t) && endOf(tree, other) === endOf(tree, t),
  );
  if (same[0] === t) matchInAnyOrder(m, group, same, true, env, then);
}

/** One import, which brings in one thing: `import a, b` is lowered to two. */
export function matchImport(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const children = childrenOf(m, t);
  const part = (role: number): PatternNode | undefined => p.children.find((child) => child.role === role);
  const part2 = (role: number): number | undefined => children.find((child) => roleOf(tree, child) === role);
  const module = part(Role.Module);
  const module2 = part2(Role.Module);
  if (module === undefined || module2 === undefined) return;
  const named = part(Role.Name);
  const named2 = part2(Role.Name);
  if (part(Role.Decorator) !== undefined && part2(Role.Decorator) === undefined) return;
  if (module.kind === 'ident' && module.name === '' && named?.kind === 'metavariable' && named2 !== undefined) {
    // `import $X` in languages whose imports name one thing by its whole path.
    const start = startOf(tree, module2);
    const text = tree.text.slice(start, endOf(tree, named2));
    bind(m, named.name, { kind: 'text', text, start, end: endOf(tree, named2) }, env, then);
    return;
  }
  if (p.op !== opOf(tree, t)) {
    // `import a.b` and `from a import b` bring in the same thing.
    // Julia's `using` and `import` bring in different things.
    if (internedText(p.op).startsWith('using') || internedText(opOf(tree, t)).startsWith('using')) return;
    if (m.traits.imports === 'paths') {
      const wanted = importPath(p);
      const name2 = part2(Role.Name);
      const actual = [textOf(tree, module2), ...(name2 === undefined ? [] : [textOf(tree, name2)])].join('.');
      // `import a` asks for anything out of a; `from a import b` only for a.b.
      const partly = part(Role.Name) === undefined && wanted !== undefined && actual.startsWith(`${wanted}.`);
      if (wanted !== undefined && part(Role.Alias) === undefined && (actual === wanted || partly)) then(env);
      else if (wanted === undefined && part(Role.Name) === undefined && part(Role.Alias) === undefined) {
        matchModulePrefix(m, module, module2, env, then);
        // `import a.$X` and `import a.{b, c}`.
        const [object, last] = module.kind === 'node' && module.tag === Tag.Dot ? module.children : [];
        if (object !== undefined && last !== undefined && name2 !== undefined)
          m.match(m, object, module2, env, false, (next) => m.match(m, last, name2, next, false, then));
      }
    } else if (internedText(p.op) === 'import') matchModuleSource(m, module, module2, env, then);
    return;
  }
  const matchModule = (next: (env: Env | undefined) => void): void => {
    if (m.traits.imports === 'sources') {
      matchModuleSource(m, module, module2, env, next);
      return;
    }
    let matched = false;
    matchModulePrefix(m, module, module2, env, (found) => {
      matched = true;
      next(found);
    });
    // `import a` also asks for `import a.b`.
    const wanted = modulePath(module);
    if (!matched && m.traits.imports === 'paths' && wanted !== undefined && textOf(tree, module2).startsWith(`${wanted}.`)) next(env);
  };
  matchModule((found) =>
    matchByRole(
      m,
      p.children.filter((child) => child !== module),
      children,
      0,
      found,
      then,
    ),
  );
}

/** `import a.$X` also asks for modules below it, such as `a.b.c`. */
function matchModulePrefix(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  m.match(m, p, t, env, false, then);
  if (m.traits.imports !== 'paths' || p.kind !== 'node' || p.tag !== Tag.Dot || p.path !== undefined) return;
  for (let at = t; tagOf(m.tree, at) === Tag.Dot; at++) m.match(m, p, at + 1, env, false, then);
}

/** `import "a"` also asks for modules below it, such as `a/b`. */
function matchModuleSource(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  if (p.kind === 'string' && p.content.kind === 'exact') {
    const actual = plainText(m, t) ?? '';
    if (actual === p.content.text || actual.startsWith(`${p.content.text}/`)) then(env);
  } else m.match(m, p, t, env, false, then);
}

/** `import x from 'm'` and `const x = require('m')`. */
export function matchRequire(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const children = childrenOf(m, t);
  const value = children.find((child) => roleOf(tree, child) === Role.Value);
  const local = children.find((child) => roleOf(tree, child) === Role.Name);
  const module = p.children.find((child) => child.role === Role.Module);
  const alias = p.children.find((child) => child.role === Role.Alias);
  const name = p.children.find((child) => child.role === Role.Name);
  if (value === undefined || local === undefined || module === undefined || tagOf(tree, value) !== Tag.Call) return;
  const [callee, args] = childrenOf(m, value);
  if (callee === undefined || args === undefined || textOf(tree, callee) !== 'require') return;
  const [source] = childrenOf(m, args);
  if (source === undefined) return;
  m.match(m, module, source, env, false, (next) => {
    if (name === undefined) {
      if (alias === undefined) then(next);
      else if (tagOf(tree, local) === Tag.Ident) m.match(m, alias, local, next, false, then);
      return;
    }
    if (tagOf(tree, local) !== Tag.Dict) return;
    for (const pair of childrenOf(m, local)) {
      const [key, bound] = childrenOf(m, pair);
      if (key === undefined || bound === undefined) continue;
      m.match(m, name, key, next, false, (found) => {
        if (alias === undefined) then(found);
        else m.match(m, alias, bound, found, false, then);
      });
    }
  });
}

function modulePath(p: PatternNode): string | undefined {
  if (p.kind === 'ident') return p.name;
  return p.kind === 'node' && p.path !== undefined ? p.path.join('.') : undefined;
}

/** `a.b.c` of `import a.b.c` or `from a.b import c`, when it has no holes. */
function importPath(p: NodePattern): string | undefined {
  const module = p.children.find((child) => child.role === Role.Module);
  const name = p.children.find((child) => child.role === Role.Name);
  const path = module === undefined ? undefined : modulePath(module);
  if (path === undefined || name === undefined) return path;
  const last = modulePath(name);
  return last === undefined ? undefined : `${path}.${last}`;
}
