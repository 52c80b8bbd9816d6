/** `import a.b as c` and `from a import b`: a module is one segment per dot. */
import type { ImportedName, ImportRules } from '../definition.js';
import { internedText } from '../interner.js';
import { Role } from '../tags.js';
import { firstChildWithRole, opOf, textOf, type SyntaxTree } from '../tree.js';

/** One segment a name, and before them an empty one for each dot of a relative import. */
export function modulePath(text: string): readonly string[] {
  return (/^\.+$/.test(text) ? text.slice(1) : text).split('.');
}

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const form = internedText(opOf(tree, node));
  const module = firstChildWithRole(tree, node, Role.Module);
  const name = firstChildWithRole(tree, node, Role.Name);
  const alias = firstChildWithRole(tree, node, Role.Alias);
  if (module < 0) return [];
  const path = modulePath(textOf(tree, module));
  if (form === 'import') {
    if (alias >= 0) return [{ name: textOf(tree, alias), path }];
    return path[0] === undefined ? [] : [{ name: path[0], path: [path[0]] }];
  }
  if (form !== 'from' || name < 0) return [];
  const from = textOf(tree, name);
  return [{ name: alias >= 0 ? textOf(tree, alias) : from, path: [...path, ...from.split('.')] }];
}

function wildcard(tree: SyntaxTree, node: number): readonly string[] | undefined {
  const module = firstChildWithRole(tree, node, Role.Module);
  return module >= 0 && internedText(opOf(tree, node)) === 'from *' ? modulePath(textOf(tree, module)) : undefined;
}

export const pythonImports: ImportRules = {
  imported,
  wildcard,
  assignmentsRename: false,
  // As Semgrep's naming: an assignment to a name that an import already bound makes no new name.
  assignmentsKeep: true,
};
