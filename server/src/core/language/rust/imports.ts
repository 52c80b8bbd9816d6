/** `use a::b::C` makes `C` mean `a::b::C`, `use a::B as C` makes `C` mean `a::B`, `use a::*` brings in everything. */
import type { ImportedName, ImportRules } from '../definition.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';

function namesIn(tree: SyntaxTree, node: number): readonly string[] {
  if (node < 0) return [];
  if (tagOf(tree, node) !== Tag.Dot) return textOf(tree, node) === '' ? [] : [textOf(tree, node)];
  return childrenOf(tree, node).flatMap((child) => namesIn(tree, child));
}

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const part = (role: number): readonly string[] => namesIn(tree, firstChildWithRole(tree, node, role));
  const [name] = part(Role.Name);
  return name === undefined ? [] : [{ name: part(Role.Alias)[0] ?? name, path: [...part(Role.Module), name] }];
}

function wildcard(tree: SyntaxTree, node: number): readonly string[] | undefined {
  if (firstChildWithRole(tree, node, Role.Name) >= 0) return undefined;
  return namesIn(tree, firstChildWithRole(tree, node, Role.Module));
}

export const rustImports: ImportRules = { imported, wildcard, assignmentsRename: false, assignmentsKeep: false };
