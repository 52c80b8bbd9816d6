/** Fields of classes whose constructor is made of them, as `@dataclass` and `NamedTuple` have it in Python. */
import type { Names } from '../language/names.js';
import { Tag } from '../language/tags.js';
import { childrenOf, parentOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

/** Decorators of such classes. */
const RECORD = /^@?(?:dataclasses\.dataclass|dataclass|attrs?\.(?:define|frozen|mutable|s|dataclass)|define|frozen)\b/;
const NAMED_TUPLE = 'NamedTuple';

/**
 * @param owner the class, as its node and the last names of its bases
 * @returns names in the order of the constructor's parameters; undefined where that is not known
 */
export function recordFields(
  tree: SyntaxTree,
  names: Names,
  owner: { readonly node: number; readonly bases: readonly string[] },
): readonly string[] | undefined {
  const { node, bases } = owner;
  const children = childrenOf(tree, node);
  const isRecord =
    bases.includes(NAMED_TUPLE) || children.some((child) => tagOf(tree, child) === Tag.Decorator && RECORD.test(textOf(tree, child)));
  const block = children.find((child) => tagOf(tree, child) === Tag.Block);
  // Those that a base class has come first.
  if (!isRecord || block === undefined || bases.some((base) => base !== NAMED_TUPLE)) return undefined;
  return childrenOf(tree, block).flatMap((member) => {
    const [name] = childrenOf(tree, member);
    if (name === undefined || tagOf(tree, name) !== Tag.Ident) return [];
    const text = textOf(tree, name);
    return names.scopes.declaredTypes(text).some((one) => parentOf(tree, parentOf(tree, one.node)) === node) ? [text] : [];
  });
}
