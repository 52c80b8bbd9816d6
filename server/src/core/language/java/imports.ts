/** `import a.b.C` makes `C` mean `a.b.C`; after `import a.b.*` it may. */
import type { ImportedName, ImportRules } from '../definition.js';
import { internedText } from '../interner.js';
import { Role } from '../tags.js';
import { firstChildWithRole, opOf, textOf, type SyntaxTree } from '../tree.js';

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const module = firstChildWithRole(tree, node, Role.Module);
  const name = firstChildWithRole(tree, node, Role.Name);
  if (module < 0 || name < 0) return [];
  const local = textOf(tree, name);
  return [{ name: local, path: [...pathOf(tree, module), local] }];
}

function wildcard(tree: SyntaxTree, node: number): readonly string[] | undefined {
  const module = firstChildWithRole(tree, node, Role.Module);
  return module >= 0 && internedText(opOf(tree, node)) === 'from *' ? pathOf(tree, module) : undefined;
}

function pathOf(tree: SyntaxTree, module: number): string[] {
  return textOf(tree, module)
    .split('.')
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
}

export const javaImports: ImportRules = { imported, wildcard, assignmentsRename: false, assignmentsKeep: false };
