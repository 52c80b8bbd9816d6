/**
 * Typed metavariables, `(String $X)` and `$X: T`: whether what the file says about the type of an expression is the type
 * that the pattern wrote. What the file does not say is no match.
 */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { roleOf, startOf, tagOf, textOf } from '../language/tree.js';
import { builtinNamed, createTypes, type KnownType } from '../language/types.js';
import type { PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import type { Matching, Then } from './context.js';
import { isExpression } from './expressions.js';
import { bind } from './holes.js';

/** A typed metavariable: what the file says about the type of `t`, against the pattern's type. */
export function matchTyped(m: Matching, wanted: PatternNode, t: number, env: Env | undefined, then: Then): void {
  m.types ??= createTypes(m.tree, m.names, m.constants);
  if (!isExpression(m.tree, t) && roleOf(m.tree, t) !== Role.Name) return;
  let matched = false;
  for (const type of m.types.typesOf(t)) {
    if (matched) return;
    matchType(m, wanted, type, t, env, (next) => {
      matched = true;
      then(next);
    });
  }
}

function matchType(m: Matching, wanted: PatternNode, type: KnownType, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const inner = wanted.kind === 'node' && wanted.tag === Tag.Type ? (wanted.children[0] ?? wanted) : wanted;
  const basic = inner.kind === 'ident' ? builtinNamed(inner.name) : undefined;
  const pointed = inner.kind === 'node' && inner.tag === Tag.Unary && internedText(inner.op) === '*' ? inner.children[0] : undefined;
  switch (type.kind) {
    case 'null':
      if (pointed !== undefined) then(env);
      return;
    case 'builtin':
      // What a string in C points to.
      if (type.name === 'char' && inner.kind === 'metavariable')
        bind(m, inner.name, { kind: 'text', text: 'char', start: startOf(m.tree, t), end: startOf(m.tree, t) }, env, then);
      else if (basic === type.name || (basic === 'number' && (type.name === 'int' || type.name === 'float'))) then(env);
      return;
    case 'pointer':
      if (pointed !== undefined) matchType(m, pointed, type.to, t, env, then);
      return;
    case 'name':
      if (inner.kind === 'ident' && inner.name === type.text) then(env);
      return;
    case 'written': {
      const { node } = type;
      const actual = tagOf(tree, node) === Tag.Ident ? builtinNamed(textOf(tree, node)) : undefined;
      if (basic !== undefined && basic === actual) then(env);
      else m.match(m, inner, node, env, false, then);
    }
  }
}
