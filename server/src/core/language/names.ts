/**
 * Import resolution: what a local name stands for. `import subprocess as sp` makes `sp` mean `['subprocess']`,
 * `const { exec: run } = require('child_process')` makes `run` mean `['child_process', 'exec']`. What an import says
 * is the language's business (`ImportRules`); which one is in force at a use is said here.
 */
import { bindingEventsAfter } from './bindingEvents.js';
import type { ImportRules } from './definition.js';
import type { Edit } from './edit.js';
import { enclosingFunction } from './holders.js';
import { internedText } from './interner.js';
import { syntaxOf } from './registry.js';
import { createScopes, type Binding, type TreeScopes } from './scopes.js';
import { Role, Tag } from './tags.js';
import { childrenOf, opOf, parentOf, roleOf, stringTextOf, tagOf, textOf, type SyntaxTree } from './tree.js';

export interface Names {
  /** Canonical path of an expression that names an imported thing, or undefined. */
  resolve(node: number): readonly string[] | undefined;
  /** Whether a name that nothing in the file binds may be `path`, by an import of everything in a package. */
  mayBe(node: number, path: readonly string[]): boolean;
  /** What the module imports under a name, whatever a function does with it. */
  importedAs(name: string): readonly string[] | undefined;
  /** Every last segment that a local name may stand for, for dispatch; over-approximates. */
  readonly lastSegments: ReadonlyMap<string, readonly string[]>;
  readonly scopes: TreeScopes;
  /** What nodes of `[from, to)` import, or name anew. */
  importedIn(from: number, to: number): readonly ImportedName[];
}

/** A name that stands for something of another file, or of a package. */
export interface ImportedName {
  /** Undefined where all that a package has is imported. */
  readonly name: string | undefined;
  readonly path: readonly string[];
}

/** From `at` on, in its function, the name stands for `path`. */
interface Alias {
  readonly at: number;
  /** Function that holds the import; -1 for the module. */
  readonly func: number;
  readonly path: readonly string[];
}

const NO_PATH: readonly string[] = [];
const NO_IMPORTS: ImportRules = { imported: () => [], assignmentsRename: false, assignmentsKeep: false };

/** What was known of a document before an edit. */
export interface NamesBefore {
  readonly names: Names;
  readonly edit: Edit;
}

export function createNames(tree: SyntaxTree, before?: NamesBefore): Names {
  const aliases = new Map<string, Alias[]>();
  // At once: what was before must not be kept for as long as this is.
  let scopes = before === undefined ? undefined : createScopes(tree, bindingEventsAfter(before.names.scopes.events, before.edit));
  const rules = syntaxOf(tree.grammar).imports ?? NO_IMPORTS;
  const packages: (readonly string[])[] = [];
  const packagesAt: number[] = [];
  const lastSegments = new Map<string, string[]>();
  /** What nodes stand for, as far as it was asked: patterns ask it of the same ones again and again. */
  const known = new Map<number, readonly string[]>();
  const names: Names = {
    lastSegments,
    get scopes() {
      scopes ??= createScopes(tree);
      return scopes;
    },
    resolve(node) {
      // Most names are no import's: not worth remembering.
      if (tagOf(tree, node) === Tag.Ident && !aliases.has(keyOf(textOf(tree, node)))) return undefined;
      let path = known.get(node);
      if (path === undefined) known.set(node, (path = resolve(node) ?? NO_PATH));
      return path === NO_PATH ? undefined : path;
    },
    importedIn(from, to) {
      const isIn = (node: number): boolean => from <= node && node < to;
      const found: ImportedName[] = packages.flatMap((path, i) => (isIn(packagesAt[i] as number) ? [{ name: undefined, path }] : []));
      for (const [name, list] of aliases) for (const { at, path } of list) if (isIn(at)) found.push({ name, path });
      return found;
    },
    importedAs: (name) => aliases.get(keyOf(name))?.findLast((alias) => alias.func < 0)?.path,
    mayBe(node, path) {
      if (packages.length === 0 || path.length < 2) return false;
      const segments: string[] = [];
      let at = node;
      for (; tagOf(tree, at) === Tag.Dot; at++) {
        const name = childrenOf(tree, at)[1];
        segments.unshift(name === undefined ? '' : textOf(tree, name));
      }
      if (tagOf(tree, at) !== Tag.Ident || roleOf(tree, at) === Role.Name) return false;
      const name = textOf(tree, at);
      segments.unshift(name);
      if (segments.length >= path.length || aliases.has(keyOf(name)) || names.scopes.lookup(at, name) !== undefined) return false;
      if (segments.some((segment, i) => segment !== path[path.length - segments.length + i])) return false;
      const from = path.slice(0, -segments.length).join('.');
      return packages.some((every) => every.join('.') === from);
    },
  };

  const keyOf = (name: string): string => (rules.caseless === true ? name.toLowerCase() : name);

  function add(name: string, node: number, path: readonly string[]): void {
    const key = keyOf(name);
    const list = aliases.get(key) ?? [];
    aliases.set(key, list);
    list.push({ at: node, func: enclosingFunction(tree, node), path });
    const last = path.at(-1);
    if (last === undefined || last === name) return;
    const segments = lastSegments.get(name) ?? [];
    lastSegments.set(name, segments);
    if (!segments.includes(last)) segments.push(last);
  }

  /** The alias in force at a use: the last one before it in the nearest function that has any, unless something hides it. */
  function aliasAt(node: number, name: string): readonly string[] | undefined {
    const list = aliases.get(keyOf(name));
    if (list === undefined) return undefined;
    const before = (binding: Binding): boolean => binding.node < node && !isImported(binding);
    for (let func = enclosingFunction(tree, node); ; func = enclosingFunction(tree, func)) {
      // Names are read in the order of the text, as Semgrep does: an import further down does not count yet.
      const alias = list.findLast((candidate) => candidate.func === func && candidate.at < node);
      const bindings = names.scopes.bindingsIn(func, name);
      if (alias !== undefined) return bindings.some((binding) => binding.node > alias.at && before(binding)) ? undefined : alias.path;
      // A parameter or local of an inner function hides the module's import.
      if (func < 0 || bindings.some(before)) return undefined;
    }
  }

  function isImported(binding: Binding): boolean {
    if (rules.assignmentsKeep && tagOf(tree, binding.node) === Tag.Assign) return true;
    return binding.value >= 0 && resolveValue(binding.value) !== undefined;
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
      return memberOf(path, textOf(tree, name));
    }
    if (tag === Tag.Call) return rules.loaded?.(tree, node, resolveValue);
    if (tag === Tag.Other && internedText(opOf(tree, node)).startsWith('await')) {
      const [inner] = childrenOf(tree, node);
      return inner === undefined ? undefined : resolve(inner);
    }
    return undefined;
  }

  function memberOf(path: readonly string[], name: string): readonly string[] {
    return rules.member === undefined ? [...path, name] : rules.member(path, name);
  }

  /** As `resolve`, while the aliases are still being collected: what hides them is not known yet. */
  function resolveValue(value: number): readonly string[] | undefined {
    const tag = tagOf(tree, value);
    if (tag === Tag.Call) return rules.loaded?.(tree, value, resolveValue);
    if (tag === Tag.Ident) return rules.assignmentsRename ? aliases.get(keyOf(textOf(tree, value)))?.at(-1)?.path : undefined;
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
        const member = tagOf(tree, key) === Tag.Str ? stringTextOf(tree, key) : textOf(tree, key);
        let local = bound;
        if (tagOf(tree, local) !== Tag.Ident) local = childrenOf(tree, local)[0] ?? local;
        if (member !== undefined && tagOf(tree, local) === Tag.Ident) add(textOf(tree, local), node, [...path, member]);
      }
    }
  }

  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Import) {
      for (const { name, path } of rules.imported(tree, node)) add(name, node, path);
      const every = rules.wildcard?.(tree, node);
      if (every !== undefined) {
        packages.push(every);
        packagesAt.push(node);
      }
    } else if (rules.assignmentsRename && (tag === Tag.VarDef || tag === Tag.Assign)) {
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
