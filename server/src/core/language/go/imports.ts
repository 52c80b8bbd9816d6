/** `import m "crypto/md5"` makes `m` mean `md5`. Without an alias the package's own name stands in the code already. */
import type { ImportedName, ImportRules } from '../definition.js';
import { Role } from '../tags.js';
import { firstChildWithRole, stringTextOf, textOf, type SyntaxTree } from '../tree.js';

/** A package's name by its path: the last segment that is no version, without a `-go` that is only the repository's. */
function packageName(path: string): string {
  const segments = path.split('/');
  const last = segments.at(-1) ?? path;
  if (/^v\d+/.test(last) && segments.length > 1) return segments.at(-2) ?? last;
  return /^(.+)-go/.exec(last)?.[1] ?? last;
}

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const module = firstChildWithRole(tree, node, Role.Module);
  const alias = firstChildWithRole(tree, node, Role.Alias);
  const source = module < 0 ? undefined : stringTextOf(tree, module);
  if (source === undefined || alias < 0) return [];
  return [{ name: textOf(tree, alias), path: [packageName(source)] }];
}

export const goImports: ImportRules = { imported, assignmentsRename: false, assignmentsKeep: false };
