/** `import a.b.C` makes `C` mean `a.b.C`, `import a.B as C` makes `C` mean `a.B`, `import a.*` brings in everything. */
import type { ImportedName, ImportRules } from '../definition.js';
import { internedText } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, opOf, tagOf, textOf, type SyntaxTree } from '../tree.js';

function namesIn(tree: SyntaxTree, node: number): readonly string[] {
  if (node < 0) return [];
  return tagOf(tree, node) === Tag.Ident ? [textOf(tree, node)] : childrenOf(tree, node).flatMap((child) => namesIn(tree, child));
}

const isWildcard = (tree: SyntaxTree, node: number): boolean => internedText(opOf(tree, node)) === 'import *';

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const path = namesIn(tree, firstChildWithRole(tree, node, Role.Module));
  const alias = firstChildWithRole(tree, node, Role.Alias);
  const name = alias >= 0 ? textOf(tree, alias) : path.at(-1);
  return isWildcard(tree, node) || name === undefined || path.length < 2 ? [] : [{ name, path }];
}

function wildcard(tree: SyntaxTree, node: number): readonly string[] | undefined {
  return isWildcard(tree, node) ? namesIn(tree, firstChildWithRole(tree, node, Role.Module)) : undefined;
}

export const kotlinImports: ImportRules = { imported, wildcard, assignmentsRename: false, assignmentsKeep: false };
