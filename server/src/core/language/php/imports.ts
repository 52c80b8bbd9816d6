/** `use A\B` makes `B` mean `A\B`, `use A\B as C` makes `C` mean it. */
import type { ImportedName, ImportRules } from '../definition.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';

function namesIn(tree: SyntaxTree, node: number): readonly string[] {
  if (node < 0) return [];
  return tagOf(tree, node) === Tag.Ident ? [textOf(tree, node)] : childrenOf(tree, node).flatMap((child) => namesIn(tree, child));
}

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const part = (role: number): readonly string[] => namesIn(tree, firstChildWithRole(tree, node, role));
  const path = [...part(Role.Module), ...part(Role.Name)].filter((name) => name !== '');
  const local = part(Role.Alias)[0] ?? path.at(-1);
  return local === undefined ? [] : [{ name: local, path }];
}

export const phpImports: ImportRules = { imported, assignmentsRename: false, assignmentsKeep: false, caseless: true };
