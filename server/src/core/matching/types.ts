/**
 * The type of an expression, as far as the file itself tells it: a literal's, a declared variable's or parameter's, what `new`
 * makes, what a cast says. As Semgrep's open engine, nothing is read from other files; without an answer nothing matches.
 */
import type { Constants } from '../language/constants.js';
import { internedText } from '../language/interner.js';
import { enclosingFunction, type Scopes } from '../language/scopes.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { BuiltinType } from '../language/types.js';

export type ExpressionType =
  | { readonly kind: 'builtin'; readonly builtin: BuiltinType }
  /** The node of a type, or of a class's name, in the same tree. */
  | { readonly kind: 'node'; readonly node: number };

const RELATIONS: ReadonlySet<string> = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not']);

export function typeOf(tree: SyntaxTree, node: number, scopes: Scopes, constants: Constants): ExpressionType | undefined {
  const constant = constants.valueOf(node, true);
  switch (constant?.kind) {
    case 'string':
    case 'boolean':
      return { kind: 'builtin', builtin: constant.kind };
    case 'number':
      return { kind: 'builtin', builtin: /^-?(?:\d+$|0[xXoObB])/.test(constant.text) ? 'int' : 'float' };
    default:
  }
  switch (tagOf(tree, node)) {
    case Tag.Str:
      return { kind: 'builtin', builtin: 'string' };
    case Tag.Ident:
      return declaredType(tree, node, scopes) ?? { kind: 'node', node };
    case Tag.Cast: {
      const type = firstChildWithRole(tree, node, Role.Type);
      return type < 0 ? undefined : { kind: 'node', node: withoutWrapper(tree, type) };
    }
    case Tag.New:
      return { kind: 'node', node: node + 1 };
    case Tag.Binary:
      return RELATIONS.has(internedText(opOf(tree, node))) ? { kind: 'builtin', builtin: 'boolean' } : undefined;
    case Tag.Unary:
      return /^(?:!|not)$/.test(internedText(opOf(tree, node))) ? { kind: 'builtin', builtin: 'boolean' } : undefined;
    default:
      return undefined;
  }
}

/** `T` of a node that only wraps it. */
export function withoutWrapper(tree: SyntaxTree, type: number): number {
  const [only, second] = childrenOf(tree, type);
  return tagOf(tree, type) === Tag.Type && only !== undefined && second === undefined ? only : type;
}

/** The type that the nearest function, or the file, declares for a variable; the last declaration before its use counts. */
function declaredType(tree: SyntaxTree, node: number, scopes: Scopes): ExpressionType | undefined {
  const name = textOf(tree, node);
  for (let func = enclosingFunction(tree, node); ; func = enclosingFunction(tree, func)) {
    const bindings = scopes.bindingsIn(func, name);
    if (bindings.length > 0) {
      const before = bindings.filter((binding) => binding.node <= node);
      for (const binding of before.toReversed()) {
        const type = firstChildWithRole(tree, binding.node, Role.Type);
        if (type >= 0) return { kind: 'node', node: withoutWrapper(tree, type) };
        // `const x = new T()` says the type, too.
        if (binding.value >= 0 && tagOf(tree, binding.value) === Tag.New) return { kind: 'node', node: binding.value + 1 };
      }
      return undefined;
    }
    if (func < 0) return undefined;
  }
}
