/**
 * Which file of a project an import of Python means: relative imports by their dots, others from the folders that a program may be started in,
 * which are the ones above the file that are no packages, and `src` in them.
 */
import type { ModuleRules } from '../definition.js';
import { classesIn, exists, folderOf, foldersAround, join, type ModulePlace } from '../modules.js';
import type { ProjectFiles } from '../../model/project.js';
import { internedText } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { firstChildWithRole, opOf, tagOf, textOf } from '../tree.js';
import { modulePath } from './imports.js';

const FROM = /^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#;]*))/gm;
const IMPORT = /^[ \t]*import[ \t]+([^\n#;]*)/gm;
const CLASS_OR_METHOD =
  /^[ \t]*class[ \t]+(?<name>\w+)[ \t]*(?:\((?<bases>[^()\n]{0,200}))?|^[ \t]+(?:async[ \t]+)?def[ \t]+(?<method>\w+)/gm;
/** Names of one import that are looked at. */
const MAX_NAMES = 64;

function mentioned(text: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const [, module = '', inner, rest] of text.matchAll(FROM)) {
    const path = modulePath(module);
    found.push(path);
    for (const name of (inner ?? rest ?? '').split(',').slice(0, MAX_NAMES)) {
      const [word = ''] = name.trim().split(/\s+/);
      if (/^\w+$/.test(word)) found.push([...path, word]);
    }
  }
  for (const [, list = ''] of text.matchAll(IMPORT)) {
    for (const name of list.split(',').slice(0, MAX_NAMES)) {
      const [word = ''] = name.trim().split(/\s+/);
      if (/^\w[.\w]*$/.test(word)) found.push(word.split('.'));
    }
  }
  return found;
}

function find(path: readonly string[], from: string, files: ProjectFiles): ModulePlace | undefined {
  let dots = 0;
  while (path[dots] === '') dots++;
  const names = path.slice(dots);
  if (dots > 0) {
    let folder = folderOf(from);
    for (let up = 1; up < dots; up++) {
      if (folder === '') return undefined;
      folder = folderOf(folder);
    }
    return findIn(folder, names, from, files) ?? moduleAt(join(folder, '__init__.py'), names, from, files);
  }
  for (const folder of foldersAround(from)) {
    // What stands in a package is imported by the package's name.
    if (files.names(folder).has('__init__.py')) continue;
    const found = findIn(folder, names, from, files) ?? findIn(join(folder, 'src'), names, from, files);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The longest beginning of `names` that is a module. */
function findIn(folder: string, names: readonly string[], from: string, files: ProjectFiles): ModulePlace | undefined {
  const [first] = names;
  if (first === undefined) return undefined;
  const here = files.names(folder);
  if (!here.has(first) && !here.has(`${first}.py`)) return undefined;
  for (let count = names.length; count > 0; count--) {
    const base = join(folder, names.slice(0, count).join('/'));
    const rest = names.slice(count);
    const found = moduleAt(`${base}.py`, rest, from, files) ?? moduleAt(`${base}/__init__.py`, rest, from, files);
    if (found !== undefined) return found;
  }
  return undefined;
}

function moduleAt(file: string, rest: readonly string[], from: string, files: ProjectFiles): ModulePlace | undefined {
  return file !== from && exists(files, file) ? { file, rest } : undefined;
}

export const pythonModules: ModuleRules = {
  mentioned,
  classes: (text) => classesIn(text, CLASS_OR_METHOD),
  find,
  // A name of the top level is given as it is; only `from m import *` needs saying.
  exports(tree) {
    const every: (readonly string[])[] = [];
    for (let node = 0; node < tree.count; node++) {
      // Python has it at the top level only, in a `try` as well.
      if (tagOf(tree, node) !== Tag.Import || internedText(opOf(tree, node)) !== 'from *') continue;
      const module = firstChildWithRole(tree, node, Role.Module);
      if (module >= 0) every.push(modulePath(textOf(tree, module)));
    }
    return { named: new Map(), every };
  },
};
