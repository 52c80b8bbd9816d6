/**
 * Which variable a name means, as a small number: one for each name and function that binds it, one for each name that nothing binds, and one for
 * the object that the methods of a class share, however the language spells it (`this`, `self`, a receiver, `@name`).
 */
import type { Names } from '../language/names.js';
import type { Variable } from '../language/scopes.js';
import { enclosingFunction } from '../language/holders.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { internedText } from '../language/interner.js';
import type { VariableId } from './terms.js';

export interface Variables {
  readonly names: readonly string[];
  /** As in `Program.variableOwners`. */
  readonly owners: readonly number[];
  /** As in `Program`. */
  isConstantGlobal(variable: VariableId): boolean;
  /** As in `Program`. */
  isSettledGlobal(variable: VariableId): boolean;
  /** The variable that the name at `node` means; undefined where it is a member of the object around it. */
  at(node: number): VariableId | undefined;
  /** The object of the class around `node`; undefined outside of one. */
  selfAt(node: number): VariableId | undefined;
  /** Everything that the module, or the function around, calls by a name: `globals()`, `locals()`. */
  namespaceAt(node: number, called: string): VariableId;
  /** The object that a method is one of; undefined for a plain function. */
  selfOf(func: number): VariableId | undefined;
  /** As in `Program`. */
  globalKey(variable: VariableId): string | undefined;
  /** As in `Program`. */
  globalOf(key: string): VariableId;
  /** As in `Program`. */
  localOf(func: number, name: string): VariableId | undefined;
}

/** Of the keys of types that have a name. */
const NAMED = 'type ';

export function createVariables(tree: SyntaxTree, names: Names): Variables {
  const texts: string[] = [];
  const owners: number[] = [];
  const bound = new Map<Variable, VariableId>();
  /** By their ids; undefined where nothing binds one. */
  const variables: (Variable | undefined)[] = [];
  const unbound = new Map<string, VariableId>();
  const selves = new Map<string, VariableId>();
  const namespaces = new Map<string, VariableId>();
  const members = new Map<number, ReadonlySet<string>>();
  const add = (text: string, owner: number): VariableId => {
    texts.push(text);
    owners.push(owner);
    variables.push(undefined);
    return texts.length - 1;
  };
  const self = (key: string, text: string): VariableId => {
    let id = selves.get(key);
    if (id === undefined) selves.set(key, (id = add(text, -1)));
    return id;
  };
  const free = (text: string): VariableId => {
    let id = unbound.get(text);
    if (id === undefined) unbound.set(text, (id = add(text, -1)));
    return id;
  };
  const bind = (variable: Variable, text: string, owner: number): VariableId => {
    const id = add(text, owner);
    bound.set(variable, id);
    variables[id] = variable;
    return id;
  };

  const classAround = (node: number): number => {
    for (let at = parentOf(tree, node); at >= 0; at = parentOf(tree, at)) if (tagOf(tree, at) === Tag.Class) return at;
    return -1;
  };
  /** A class is one thing however often it is opened, as in Ruby. */
  const classKey = (node: number): string => {
    const name = firstChildWithRole(tree, node, Role.Name);
    return name < 0 ? `class ${node}` : `${NAMED}${textOf(tree, name)}`;
  };
  const membersOf = (node: number): ReadonlySet<string> => {
    let known = members.get(node);
    if (known === undefined) {
      const found = new Set<string>();
      for (const child of childrenOf(tree, node)) {
        const parts = tagOf(tree, child) === Tag.Block || tagOf(tree, child) === Tag.Params ? childrenOf(tree, child) : [];
        for (const part of parts) {
          if (tagOf(tree, part) !== Tag.VarDef && tagOf(tree, part) !== Tag.Param) continue;
          const name = childrenOf(tree, part).find((at) => roleOf(tree, at) === Role.Name);
          if (name !== undefined && tagOf(tree, name) === Tag.Ident) found.add(textOf(tree, name));
        }
      }
      members.set(node, (known = found));
    }
    return known;
  };

  /** The name by which a method calls its object, and the type, where it is a parameter. */
  const receivers = new Map<number, { readonly name: string; readonly key: string } | undefined>();
  const receiverOf = (func: number): { readonly name: string; readonly key: string } | undefined => {
    if (receivers.has(func)) return receivers.get(func);
    const found = findReceiver(func);
    receivers.set(func, found);
    return found;
  };
  const findReceiver = (func: number): { readonly name: string; readonly key: string } | undefined => {
    const params = childrenOf(tree, func).find((child) => tagOf(tree, child) === Tag.Params);
    const first = params === undefined ? undefined : childrenOf(tree, params)[0];
    if (first === undefined) return undefined;
    if (tagOf(tree, first) === Tag.Other && internedText(opOf(tree, first)) === 'receiver') {
      const param = childrenOf(tree, first)[0];
      const [name, type] = param === undefined ? [] : childrenOf(tree, param);
      if (name === undefined || type === undefined) return undefined;
      return { name: textOf(tree, name), key: `${NAMED}${textOf(tree, type).replace(/^\*/, '').trim()}` };
    }
    const block = parentOf(tree, func);
    const owner = block < 0 ? -1 : parentOf(tree, block);
    if (owner < 0 || tagOf(tree, owner) !== Tag.Class || tagOf(tree, first) !== Tag.Param) return undefined;
    const name = childrenOf(tree, first)[0];
    const text = name === undefined ? '' : textOf(tree, name);
    return text === 'self' || text === 'cls' || text === 'this' ? { name: text, key: classKey(owner) } : undefined;
  };

  const selfAt = (node: number): VariableId | undefined => {
    const around = classAround(node);
    if (around >= 0) return self(classKey(around), 'this');
    for (let func = enclosingFunction(tree, node); func >= 0; func = enclosingFunction(tree, func)) {
      const receiver = receiverOf(func);
      if (receiver !== undefined) return self(receiver.key, receiver.name);
    }
    return undefined;
  };

  return {
    names: texts,
    owners,
    selfAt,
    namespaceAt(node, called) {
      const owner = called === 'globals' ? -1 : enclosingFunction(tree, node);
      const key = `${owner} ${called}`;
      let id = namespaces.get(key);
      if (id === undefined) namespaces.set(key, (id = add(`${called}()`, owner)));
      return id;
    },
    isConstantGlobal: (id) => isGlobalWith(id, ({ values }) => values.length === 1),
    isSettledGlobal: (id) =>
      isGlobalWith(id, ({ values }) => values.length > 1 && values.every((value) => value >= 0 && enclosingFunction(tree, value) < 0)),
    selfOf(func) {
      const receiver = receiverOf(func);
      if (receiver !== undefined) return self(receiver.key, receiver.name);
      const block = parentOf(tree, func);
      const owner = block < 0 ? -1 : parentOf(tree, block);
      return owner >= 0 && tagOf(tree, owner) === Tag.Class ? self(classKey(owner), 'this') : undefined;
    },
    at(node) {
      const text = textOf(tree, node);
      const variable = names.scopes.lookup(node, text);
      if (variable === undefined) return free(text);
      const known = bound.get(variable);
      const owner = known === undefined ? ownerOf(node, text, variable) : (owners[known] as number);
      if (owner < 0) {
        const around = classAround(node);
        if (around >= 0 && membersOf(around).has(text)) return undefined;
      } else {
        const receiver = receiverOf(owner);
        if (receiver?.name === text) return self(receiver.key, text);
      }
      return known ?? bind(variable, text, owner);
    },
    localOf(func, text) {
      const [binding] = names.scopes.bindingsIn(func, text);
      const variable = binding === undefined ? undefined : names.scopes.lookup(binding.node, text);
      if (binding === undefined || variable === undefined || receiverOf(func)?.name === text) return undefined;
      if (ownerOf(binding.node, text, variable) !== func) return undefined;
      return bound.get(variable) ?? bind(variable, text, func);
    },
    globalKey(id) {
      const text = texts[id] as string;
      if (owners[id] !== -1) return undefined;
      for (const [key, other] of selves) if (other === id) return key.startsWith(NAMED) ? `${text}\n${key}` : undefined;
      const variable = names.scopes.lookup(0, text);
      return (variable === undefined ? unbound.get(text) : bound.get(variable)) === id ? text : undefined;
    },
    globalOf(key) {
      const [text = '', type] = key.split('\n');
      if (type !== undefined) return self(type, text);
      const variable = names.scopes.lookup(0, text);
      return variable === undefined ? free(text) : (bound.get(variable) ?? bind(variable, text, -1));
    },
  };

  function isGlobalWith(id: VariableId, has: (variable: Variable) => boolean): boolean {
    const variable = (owners[id] ?? 0) < 0 ? variables[id] : undefined;
    return variable !== undefined && has(variable);
  }

  function ownerOf(node: number, text: string, variable: Variable): number {
    if (names.scopes.lookup(0, text) === variable) return -1;
    let func = enclosingFunction(tree, node);
    for (; func >= 0; func = enclosingFunction(tree, func)) {
      const outer = names.scopes.lookup(func, text);
      if (outer !== variable) return func;
    }
    return func;
  }
}
