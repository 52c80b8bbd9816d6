/**
 * Import resolution: what a local name stands for. `import subprocess as sp` makes `sp` mean `['subprocess']`,
 * `const { exec: run } = require('child_process')` makes `run` mean `['child_process', 'exec']`. A module is one
 * segment in JavaScript (`fs/promises`), one per dot in Python. Node's `node:` prefix is dropped.
 */
import { internedText } from './interner.js';
import { createScopes, type Scopes } from './scopes.js';
import { Role, Tag } from './tags.js';
import { childrenOf, firstChildWithRole, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from './tree.js';

export interface Names {
  /** Canonical path of an expression that names an imported thing, or undefined. */
  resolve(node: number): readonly string[] | undefined;
  /** The last segment that `name` may stand for through an import; for dispatch. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly scopes: Scopes;
}

/** Calls that return their first argument in another calling convention. */
const CONVERTERS = new Set(['promisify']);
const MODULE_LOADERS = new Set(['require', '__import__', 'import_module', 'importActual', 'import']);

export function createNames(tree: SyntaxTree): Names {
  const aliases = new Map<string, readonly string[]>();
  let scopes: Scopes | undefined;
  const python = tree.grammar === 'python';
  const names: Names = {
    aliases,
    get scopes() {
      scopes ??= createScopes(tree);
      return scopes;
    },
    resolve,
  };

  function moduleSegments(name: string): readonly string[] {
    if (python) return name.split('.');
    return [name.startsWith('node:') ? name.slice(5) : name];
  }

  function stringValue(node: number): string | undefined {
    if (tagOf(tree, node) !== Tag.Str || opOf(tree, node) !== 0) return undefined;
    return childrenOf(tree, node)
      .map((piece) => textOf(tree, piece))
      .join('');
  }

  function resolve(node: number): readonly string[] | undefined {
    const tag = tagOf(tree, node);
    if (tag === Tag.Ident) {
      const role = roleOf(tree, node);
      if (role === Role.Name || role === Role.Key) return undefined;
      const name = textOf(tree, node);
      const path = aliases.get(name);
      return path === undefined || isShadowed(node, name) ? undefined : path;
    }
    if (tag === Tag.Dot) {
      const [object, name] = childrenOf(tree, node);
      if (object === undefined || name === undefined) return undefined;
      const path = resolve(object);
      if (path === undefined) return undefined;
      const last = textOf(tree, name);
      // `require('m').default` is the module for our purposes.
      return last === 'default' && path.length === 1 ? path : [...path, last];
    }
    if (tag === Tag.Call) return resolveCall(node);
    if (tag === Tag.Other && internedText(opOf(tree, node)).startsWith('await')) {
      const [inner] = childrenOf(tree, node);
      return inner === undefined ? undefined : resolve(inner);
    }
    return undefined;
  }

  /** `require('m')`, `importlib.import_module('m')`, `promisify(exec)`. */
  function resolveCall(node: number): readonly string[] | undefined {
    const [callee, args] = childrenOf(tree, node);
    if (callee === undefined || args === undefined) return undefined;
    const calleeTag = tagOf(tree, callee);
    const calleeName = calleeTag === Tag.Dot ? childrenOf(tree, callee)[1] : calleeTag === Tag.Ident ? callee : undefined;
    if (calleeName === undefined) return undefined;
    const name = textOf(tree, calleeName);
    const [first] = childrenOf(tree, args);
    if (first === undefined) return undefined;
    if (MODULE_LOADERS.has(name)) {
      const module = stringValue(first);
      return module === undefined ? undefined : moduleSegments(module);
    }
    return CONVERTERS.has(name) ? resolve(first) : undefined;
  }

  function isShadowed(node: number, name: string): boolean {
    const variable = names.scopes.lookup(node, name);
    if (variable === undefined) return false;
    // The variable that the import itself made (const x = require(...)) resolves like the alias; anything else hides it.
    return variable.values.some((value) => value < 0 || resolveValue(value) === undefined);
  }

  function resolveValue(value: number): readonly string[] | undefined {
    const tag = tagOf(tree, value);
    if (tag === Tag.Call) return resolveCall(value);
    if (tag === Tag.Ident) return aliases.get(textOf(tree, value));
    if (tag === Tag.Dot) {
      const [object, last] = childrenOf(tree, value);
      const path = object === undefined || last === undefined ? undefined : resolveValue(object);
      return path === undefined || last === undefined ? undefined : [...path, textOf(tree, last)];
    }
    if (tag === Tag.Other) {
      const [inner] = childrenOf(tree, value);
      return inner === undefined ? undefined : resolveValue(inner);
    }
    return undefined;
  }

  function addImport(node: number): void {
    const form = internedText(opOf(tree, node));
    const module = firstChildWithRole(tree, node, Role.Module);
    const name = firstChildWithRole(tree, node, Role.Name);
    const alias = firstChildWithRole(tree, node, Role.Alias);
    if (module < 0) return;
    if (python) {
      const path = textOf(tree, module).split('.');
      if (form === 'import') {
        if (alias >= 0) aliases.set(textOf(tree, alias), path);
        else if (path[0] !== undefined) aliases.set(path[0], [path[0]]);
      } else if (form === 'from' && name >= 0) {
        const imported = textOf(tree, name);
        aliases.set(alias >= 0 ? textOf(tree, alias) : imported, [...path, ...imported.split('.')]);
      }
      return;
    }
    const source = stringValue(module);
    if (source === undefined) return;
    const path = moduleSegments(source);
    if ((form === 'import default' || form === 'import *') && alias >= 0) aliases.set(textOf(tree, alias), path);
    else if (form === 'import {}' && name >= 0) {
      const imported = textOf(tree, name);
      aliases.set(alias >= 0 ? textOf(tree, alias) : imported, imported === 'default' ? path : [...path, imported]);
    }
  }

  /** `x = require('m')`, `{ a, b: c } = require('m')`, `run = promisify(exec)`, `system = os.system`. */
  function addAssignment(target: number, value: number): void {
    const path = resolveValue(value);
    if (path === undefined) return;
    const tag = tagOf(tree, target);
    if (tag === Tag.Ident) aliases.set(textOf(tree, target), path);
    else if (tag === Tag.Dict) {
      for (const pair of childrenOf(tree, target)) {
        const [key, bound] = childrenOf(tree, pair);
        if (tagOf(tree, pair) !== Tag.Pair || key === undefined || bound === undefined) continue;
        const member = tagOf(tree, key) === Tag.Str ? stringValue(key) : textOf(tree, key);
        let local = bound;
        if (tagOf(tree, local) !== Tag.Ident) local = childrenOf(tree, local)[0] ?? local;
        if (member !== undefined && tagOf(tree, local) === Tag.Ident) aliases.set(textOf(tree, local), [...path, member]);
      }
    }
  }

  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Import) addImport(node);
    else if (tag === Tag.VarDef || tag === Tag.Assign) {
      const children = childrenOf(tree, node);
      const value = children.find((child) => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value);
      const target = children[0];
      if (value === undefined || target === undefined || parentOf(tree, node) < 0) continue;
      const valueTag = tagOf(tree, value);
      // Cheap test first: most assignments alias nothing.
      if (valueTag === Tag.Call || valueTag === Tag.Dot || valueTag === Tag.Ident || valueTag === Tag.Other) addAssignment(target, value);
    }
  }
  return names;
}
