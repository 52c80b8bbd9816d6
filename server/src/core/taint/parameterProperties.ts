/** Parameters of a constructor that are fields of the object as well, as `constructor(private readonly model: Model)`. */
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

const MODIFIED = /^(?:(?:public|private|protected|readonly|override)\s+)+\S/;
const CONSTRUCTOR = /^(?:constructor|__construct)$/;

/** @returns names of such parameters, as nodes, of the constructors that stand in a class */
export function parameterProperties(tree: SyntaxTree, owner: number): readonly number[] {
  return childrenOf(tree, owner)
    .filter((block) => tagOf(tree, block) === Tag.Block)
    .flatMap((block) => childrenOf(tree, block))
    .flatMap((member) => (tagOf(tree, member) === Tag.Func ? propertiesOf(tree, member) : []));
}

/** Of one function; none where it is no constructor. */
export function propertiesOf(tree: SyntaxTree, func: number): readonly number[] {
  const name = firstChildWithRole(tree, func, Role.Name);
  if (name < 0 || !CONSTRUCTOR.test(textOf(tree, name))) return [];
  const params = childrenOf(tree, func).find((child) => tagOf(tree, child) === Tag.Params);
  return (params === undefined ? [] : childrenOf(tree, params)).flatMap((param) => {
    if (tagOf(tree, param) !== Tag.Param || !MODIFIED.test(textOf(tree, param))) return [];
    const own = childrenOf(tree, param).find((child) => tagOf(tree, child) === Tag.Ident);
    return own === undefined ? [] : [own];
  });
}
