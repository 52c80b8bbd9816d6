/**
 * `import`, `require`, and the ways a module's functions get other names. A module is one segment (`fs/promises`); Node's
 * `node:` prefix is dropped.
 */
import type { ImportedName, ImportRules } from '../definition.js';
import { internedText } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, opOf, stringTextOf, tagOf, textOf, type SyntaxTree } from '../tree.js';

/** Calls that return their first argument in another calling convention. */
const CONVERTERS = new Set(['promisify']);
const MODULE_LOADERS = new Set(['require', 'importActual', 'import']);

function modulePath(source: string): readonly string[] {
  return [source.startsWith('node:') ? source.slice(5) : source];
}

function imported(tree: SyntaxTree, node: number): readonly ImportedName[] {
  const form = internedText(opOf(tree, node));
  const module = firstChildWithRole(tree, node, Role.Module);
  const name = firstChildWithRole(tree, node, Role.Name);
  const alias = firstChildWithRole(tree, node, Role.Alias);
  const source = module < 0 ? undefined : stringTextOf(tree, module);
  if (source === undefined) return [];
  const path = modulePath(source);
  if ((form === 'import default' || form === 'import *') && alias >= 0) return [{ name: textOf(tree, alias), path }];
  if (form !== 'import {}' || name < 0) return [];
  const member = textOf(tree, name);
  return [{ name: alias >= 0 ? textOf(tree, alias) : member, path: member === 'default' ? path : [...path, member] }];
}

/** `require('m')`, `promisify(exec)`. */
function loaded(tree: SyntaxTree, call: number, resolve: (node: number) => readonly string[] | undefined): readonly string[] | undefined {
  const [callee, args] = childrenOf(tree, call);
  if (callee === undefined || args === undefined) return undefined;
  const calleeTag = tagOf(tree, callee);
  const calleeName = calleeTag === Tag.Dot ? childrenOf(tree, callee)[1] : calleeTag === Tag.Ident ? callee : undefined;
  if (calleeName === undefined) return undefined;
  const name = textOf(tree, calleeName);
  const [first] = childrenOf(tree, args);
  if (first === undefined) return undefined;
  if (MODULE_LOADERS.has(name)) {
    const module = stringTextOf(tree, first);
    return module === undefined ? undefined : modulePath(module);
  }
  return CONVERTERS.has(name) ? resolve(first) : undefined;
}

export const javascriptImports: ImportRules = {
  imported,
  loaded,
  // `require('m').default` is the module for our purposes.
  member: (path, name) => (name === 'default' && path.length === 1 ? path : [...path, name]),
  assignmentsRename: true,
  assignmentsKeep: false,
};
