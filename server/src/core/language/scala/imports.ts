/** `import a.b.C` makes `C` mean `a.b.C`, `import a.{B => C}` makes `C` mean `a.B`, `import a._` brings in everything. */
import type { ImportedName, ImportRules } from '../definition.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';

function namesIn(tree: SyntaxTree, node: number): readonly string[] {
  if (node < 0) return [];
  return tagOf(tree, node) === Tag.Ident ? [textOf(tree, node)] : childrenOf(tree, node).flatMap((child) => namesIn(tree, child));
}

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const part = (role: number): readonly string[] => namesIn(tree, firstChildWithRole(tree, node, role));
  const [name] = part(Role.Name);
  if (name === undefined) return [];
  return [{ name: part(Role.Alias)[0] ?? name, path: [...part(Role.Module), name] }];
}

function wildcard(tree: SyntaxTree, node: number): readonly string[] | undefined {
  if (firstChildWithRole(tree, node, Role.Name) >= 0) return undefined;
  return namesIn(tree, firstChildWithRole(tree, node, Role.Module));
}

export const scalaImports: ImportRules = { imported, wildcard, assignmentsRename: false, assignmentsKeep: false };
