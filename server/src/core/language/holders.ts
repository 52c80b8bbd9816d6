/** What holds a node: the function it runs in, or the class that it is a member of. */
import { Role, Tag } from './tags.js';
import { parentOf, roleOf, tagOf, type SyntaxTree } from './tree.js';

/** Whether a definition is a class's own. */
export function isMember(tree: SyntaxTree, node: number): boolean {
  const block = parentOf(tree, node);
  const owner = block < 0 ? -1 : parentOf(tree, block);
  return owner >= 0 && tagOf(tree, block) === Tag.Block && tagOf(tree, owner) === Tag.Class;
}

/** The Func node whose body or parameters hold `node`, or -1 for the module. */
export function enclosingFunction(tree: SyntaxTree, node: number): number {
  if (node < 0) return -1;
  let at = parentOf(tree, node);
  let from = node;
  while (at >= 0) {
    // A function's decorators and name belong to what is around it.
    if (tagOf(tree, at) === Tag.Func && roleOf(tree, from) !== Role.Decorator && roleOf(tree, from) !== Role.Name) return at;
    from = at;
    at = parentOf(tree, at);
  }
  return -1;
}
