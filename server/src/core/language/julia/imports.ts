/** `import A.B as C` and `using A: b as c`: what they make local names stand for. */
import type { ImportedName, ImportRules } from '../definition.js';
import { internedText } from '../interner.js';
import { Role } from '../tags.js';
import { firstChildWithRole, opOf, textOf, type SyntaxTree } from '../tree.js';

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const module = firstChildWithRole(tree, node, Role.Module);
  const name = firstChildWithRole(tree, node, Role.Name);
  const alias = firstChildWithRole(tree, node, Role.Alias);
  if (module < 0) return [];
  const path = textOf(tree, module).split('.');
  if (internedText(opOf(tree, node)).endsWith('from') && name >= 0) {
    const own = textOf(tree, name);
    return [{ name: alias >= 0 ? textOf(tree, alias) : own, path: [...path, own] }];
  }
  const last = path.at(-1);
  if (alias >= 0) return [{ name: textOf(tree, alias), path }];
  return last === undefined || path.includes('') ? [] : [{ name: last, path }];
}

export const juliaImports: ImportRules = { imported, assignmentsRename: false, assignmentsKeep: false };
