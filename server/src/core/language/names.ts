/**
 * Import resolution: what a local name stands for. `import subprocess as sp` makes `sp` mean `['subprocess']`,
 * `const { exec: run } = require('child_process')` makes `run` mean `['child_process', 'exec']`. A module is one
 * segment in JavaScript (`fs/promises`), one per dot in Python. Node's `node:` prefix is dropped.
 */
import { internedText } from './interner.js';
import { createScopes, enclosingFunction, type Binding, type Scopes } from './scopes.js';
import { Role, Tag } from './tags.js';
import { childrenOf, firstChildWithRole, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from './tree.js';

export interface Names {
  /** Canonical path of an expression that names an imported thing, or undefined. */
  resolve(node: number): readonly string[] | undefined;
  /** Every last segment that a local name may stand for, for dispatch; over-approximates. */
  readonly lastSegments: ReadonlyMap<string, readonly string[]>;
  readonly scopes: Scopes;
}

/** Calls that return their first argument in another calling convention. */
const CONVERTERS = new Set(['promisify']);
const MODULE_LOADERS = new Set(['require', 'importActual', 'import']);

/** From `at` on, in its function, the name stands for `path`. */
interface Alias {
  readonly at: number;
  /** Function that holds the import; -1 for the module. */
  readonly func: number;
  readonly path: readonly string[];
}

export function createNames(tree: SyntaxTree): Names {
  const aliases = new Map<string, Alias[]>();
  let scopes: Scopes | undefined;
  const python = tree.grammar === 'python';
  const lastSegments = new Map<string, string[]>();
  const names: Names = {
    lastSegments,
    get scopes() {
      scopes ??= createScopes(tree);
      return scopes;
    },
    resolve,
  };

  function add(name: string, node: number, path: readonly string[]): void {
    const list = aliases.get(name) ?? [];
    aliases.set(name, list);
    list.push({ at: node, func: enclosingFunction(tree, node), path });
    const last = path.at(-1);
    if (last === undefined || last === name) return;
    const segments = lastSegments.get(name) ?? [];
    lastSegments.set(name, segments);
    if (!segments.includes(last)) segments.push(last);
  }

  /** The alias in force at a use: the last one before it in the nearest function that has any, unless something hides it. */
  function aliasAt(node: number, name: string): readonly string[] | undefined {
    const list = aliases.get(name);
    if (list === undefined) return undefined;
    for (let func = enclosingFunction(tree, node); ; func = enclosingFunction(tree, func)) {
      const here = list.filter((alias) => alias.func === func);
      const alias =
        here.findLast((candidate) => candidate.at < node) ??
        (here.length > 0 && func !== enclosingFunction(tree, node) ? here[0] : undefined);
      const hidden = names.scopes.bindingsIn(func, name).filter((binding) => binding.node < node && !isImported(binding));
      if (alias !== undefined) return hidden.some((binding) => binding.node > alias.at) ? undefined : alias.path;
      // A parameter or local of an inner function hides the module's import.
      if (hidden.length > 0 || func < 0) return undefined;
    }
  }

  function isImported(binding: Binding): boolean {
    // As Semgrep's naming: in Python an assignment to a name that an import already bound makes no new name.
    if (python && tagOf(tree, binding.node) === Tag.Assign) return true;
    return binding.value >= 0 && resolveValue(binding.value) !== undefined;
  }

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
      return aliasAt(node, textOf(tree, node));
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

  /** `require('m')`, `promisify(exec)`. */
  function resolveCall(node: number): readonly string[] | undefined {
    if (python) return undefined;
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
    return CONVERTERS.has(name) ? resolveValue(first) : undefined;
  }

  /** As `resolve`, while the aliases are still being collected: what hides them is not known yet. */
  function resolveValue(value: number): readonly string[] | undefined {
    const tag = tagOf(tree, value);
    if (tag === Tag.Call) return resolveCall(value);
    if (tag === Tag.Ident) return python ? undefined : aliases.get(textOf(tree, value))?.at(-1)?.path;
    if (tag === Tag.Dot) {
      const [object, last] = childrenOf(tree, value);
      const path = object === undefined || last === undefined ? undefined : resolveValue(object);
      return path === undefined || last === undefined ? undefined : [...path, textOf(tree, last)];
    }
    if (tag === Tag.Other && internedText(opOf(tree, value)).startsWith('await')) {
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
        if (alias >= 0) add(textOf(tree, alias), node, path);
        else if (path[0] !== undefined) add(path[0], node, [path[0]]);
      } else if (form === 'from' && name >= 0) {
        const imported = textOf(tree, name);
        add(alias >= 0 ? textOf(tree, alias) : imported, node, [...path, ...imported.split('.')]);
      }
      return;
    }
    const source = stringValue(module);
    if (source === undefined) return;
    const path = moduleSegments(source);
    if ((form === 'import default' || form === 'import *') && alias >= 0) add(textOf(tree, alias), node, path);
    else if (form === 'import {}' && name >= 0) {
      const imported = textOf(tree, name);
      add(alias >= 0 ? textOf(tree, alias) : imported, node, imported === 'default' ? path : [...path, imported]);
    }
  }

  /** `x = require('m')`, `{ a, b: c } = require('m')`, `run = promisify(exec)`, `system = os.system`. */
  function addAssignment(node: number, target: number, value: number): void {
    const path = resolveValue(value);
    if (path === undefined) return;
    const tag = tagOf(tree, target);
    if (tag === Tag.Ident) add(textOf(tree, target), node, path);
    else if (tag === Tag.Dict) {
      for (const pair of childrenOf(tree, target)) {
        const [key, bound] = childrenOf(tree, pair);
        if (tagOf(tree, pair) !== Tag.Pair || key === undefined || bound === undefined) continue;
        const member = tagOf(tree, key) === Tag.Str ? stringValue(key) : textOf(tree, key);
        let local = bound;
        if (tagOf(tree, local) !== Tag.Ident) local = childrenOf(tree, local)[0] ?? local;
        if (member !== undefined && tagOf(tree, local) === Tag.Ident) add(textOf(tree, local), node, [...path, member]);
      }
    }
  }

  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Import) addImport(node);
    else if (!python && (tag === Tag.VarDef || tag === Tag.Assign)) {
      const children = childrenOf(tree, node);
      const value = children.find((child) => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value);
      const target = children[0];
      if (value === undefined || target === undefined || parentOf(tree, node) < 0) continue;
      const valueTag = tagOf(tree, value);
      // Cheap test first: most assignments alias nothing.
      if (valueTag === Tag.Call || valueTag === Tag.Dot || valueTag === Tag.Other) addAssignment(node, target, value);
    }
  }
  return names;
}
