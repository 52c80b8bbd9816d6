/**
 * Which functions of this file a call means, as far as the text makes it plain: functions by their visible name, methods through their object
 * (`this`, `self`, a receiver, a variable whose class is known) with inherited ones, constructors through their class.
 */
import { internedText } from '../language/interner.js';
import type { Names } from '../language/names.js';
import { enclosingFunction } from '../language/scopes.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { FunctionId } from './terms.js';
import type { Variables } from './variables.js';

export interface Calls {
  /** Empty when it may mean anything else. */
  targetsOf(callee: number, construction: boolean): readonly FunctionId[];
  /** Functions that an expression is, called or not; empty when it may be anything else. */
  functionsAt(node: number): readonly FunctionId[];
}

interface ClassEntry {
  readonly node: number;
  readonly methods: ReadonlyMap<string, readonly number[]>;
  readonly bases: readonly string[];
}

const CONSTRUCTORS = ['constructor', '__init__', 'initialize', '__construct'];
/** As many as an overloaded function may well have. */
const MAX_TARGETS = 8;
const MAX_BASES = 8;

/** @param define gives a function, by its node, its id */
export function createCalls(tree: SyntaxTree, names: Names, variables: Variables, define: (node: number) => FunctionId): Calls {
  /** By name and the function around. */
  const functions = new Map<string, number[]>();
  const classes = new Map<string, ClassEntry>();
  const methodsOfTypes = new Map<string, Map<string, number[]>>();
  const addFunction = (name: string, scope: number, node: number): void => {
    const key = `${scope}:${name}`;
    const list = functions.get(key);
    if (list === undefined) functions.set(key, [node]);
    else list.push(node);
  };

  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Class) {
      const entry = classEntry(node);
      const name = firstChildWithRole(tree, node, Role.Name);
      if (name < 0) continue;
      const text = textOf(tree, name);
      const known = classes.get(text);
      // A class that is opened again, as in Ruby.
      if (known === undefined) classes.set(text, entry);
      else classes.set(text, { ...known, methods: new Map([...known.methods, ...entry.methods]) });
    } else if (tag === Tag.Func) {
      const name = firstChildWithRole(tree, node, Role.Name);
      const receiver = receiverType(node);
      if (receiver !== undefined && name >= 0) {
        const methods = methodsOfTypes.get(receiver) ?? new Map<string, number[]>();
        methodsOfTypes.set(receiver, methods);
        methods.set(textOf(tree, name), [node]);
      } else if (name >= 0 && !isMethod(node)) addFunction(textOf(tree, name), enclosingFunction(tree, node), node);
    } else if (tag === Tag.VarDef || tag === Tag.Assign) {
      // `const f = (x) => ...`
      const [target] = childrenOf(tree, node);
      const value = childrenOf(tree, node).find((child) => roleOf(tree, child) === Role.Value || roleOf(tree, child) === Role.Right);
      if (target === undefined || value === undefined || tagOf(tree, target) !== Tag.Ident || tagOf(tree, value) !== Tag.Func) continue;
      const scope = enclosingFunction(tree, node);
      if (names.scopes.bindingsIn(scope, textOf(tree, target)).length <= 1) addFunction(textOf(tree, target), scope, value);
    }
  }

  function receiverType(func: number): string | undefined {
    const params = childrenOf(tree, func).find((child) => tagOf(tree, child) === Tag.Params);
    const first = params === undefined ? undefined : childrenOf(tree, params)[0];
    if (first === undefined || tagOf(tree, first) !== Tag.Other || internedText(opOf(tree, first)) !== 'receiver') return undefined;
    const type = childrenOf(tree, childrenOf(tree, first)[0] ?? first)[1];
    return type === undefined ? undefined : textOf(tree, type).replace(/^\*/, '').trim();
  }

  function isMethod(func: number): boolean {
    const block = parentOf(tree, func);
    return block >= 0 && parentOf(tree, block) >= 0 && tagOf(tree, parentOf(tree, block)) === Tag.Class;
  }

  function classEntry(node: number): ClassEntry {
    const methods = new Map<string, number[]>();
    const bases: string[] = [];
    for (const child of childrenOf(tree, node)) {
      if (tagOf(tree, child) === Tag.Bases) bases.push(...childrenOf(tree, child).map((base) => textOf(tree, base).replace(/^.*\./, '')));
      if (tagOf(tree, child) !== Tag.Block) continue;
      for (const member of childrenOf(tree, child)) {
        const func = methodIn(member);
        if (func === undefined) continue;
        const name = firstChildWithRole(tree, func === member ? func : member, Role.Name);
        if (name < 0) continue;
        const text = textOf(tree, name);
        const list = methods.get(text);
        if (list === undefined) methods.set(text, [func]);
        else list.push(func);
      }
    }
    return { node, methods, bases };
  }

  /** A method, or a field that holds a function. */
  function methodIn(member: number): number | undefined {
    if (tagOf(tree, member) === Tag.Func) return member;
    if (tagOf(tree, member) !== Tag.VarDef) return undefined;
    return childrenOf(tree, member).find((child) => tagOf(tree, child) === Tag.Func);
  }

  function methodsNamed(className: string, method: string, depth = 0): readonly number[] {
    const own = classes.get(className);
    const found = own?.methods.get(method) ?? methodsOfTypes.get(className)?.get(method);
    if (found !== undefined || own === undefined || depth > MAX_BASES) return found ?? [];
    for (const base of own.bases) {
      const inherited = methodsNamed(base, method, depth + 1);
      if (inherited.length > 0) return inherited;
    }
    return [];
  }

  function constructorsOf(className: string): readonly number[] {
    for (const name of [...CONSTRUCTORS, className]) {
      const found = methodsNamed(className, name);
      if (found.length > 0) return found;
    }
    return [];
  }

  function classAround(node: number): string | undefined {
    for (let at = parentOf(tree, node); at >= 0; at = parentOf(tree, at)) {
      if (tagOf(tree, at) === Tag.Class) {
        const name = firstChildWithRole(tree, at, Role.Name);
        return name < 0 ? undefined : textOf(tree, name);
      }
      const receiver = tagOf(tree, at) === Tag.Func ? receiverType(at) : undefined;
      if (receiver !== undefined) return receiver;
    }
    return undefined;
  }

  /** The class of the object that an expression is, or the class itself. */
  function classOf(object: number): string | undefined {
    const text = textOf(tree, object);
    const tag = tagOf(tree, object);
    const self = variables.selfAt(object);
    if (tag === Tag.Const || text === '$this' || (tag === Tag.Ident && self !== undefined && variables.at(object) === self)) {
      const around = classAround(object);
      if (text !== 'super') return around;
      const bases = around === undefined ? undefined : classes.get(around)?.bases;
      return bases?.[0];
    }
    if (tag === Tag.New || tag === Tag.Call) {
      const callee = childrenOf(tree, object)[0];
      const name = callee === undefined ? '' : textOf(tree, callee);
      return isType(name) ? name : undefined;
    }
    if (tag === Tag.Unary) {
      const [inner] = childrenOf(tree, object);
      return inner === undefined ? undefined : classOf(inner);
    }
    if (tag !== Tag.Ident) return undefined;
    if (names.resolve(object) !== undefined) return undefined;
    const variable = names.scopes.lookup(object, text);
    const [value, second] = variable?.values ?? [];
    if (value !== undefined && value >= 0 && second === undefined && value !== object) {
      const valueTag = tagOf(tree, value);
      if (valueTag === Tag.New || valueTag === Tag.Call || valueTag === Tag.Unary) return classOf(value);
    }
    const declared = names.scopes
      .declaredTypes(text)
      .findLast((one) => enclosingFunction(tree, one.node) === enclosingFunction(tree, object));
    const type = declared === undefined ? undefined : textOf(tree, declared.type).replace(/^[*&:\s]+/, '');
    if (type !== undefined && isType(type)) return type;
    return isType(text) ? text : undefined;
  }

  function isType(name: string): boolean {
    return classes.has(name) || methodsOfTypes.has(name);
  }

  function functionsNamed(callee: number): readonly number[] {
    const name = textOf(tree, callee);
    if (names.resolve(callee) !== undefined) return [];
    for (let scope = enclosingFunction(tree, callee); ; scope = enclosingFunction(tree, scope)) {
      const found = functions.get(`${scope}:${name}`);
      if (found !== undefined) return found;
      if (scope < 0) break;
      // Bound to something else here.
      if (names.scopes.bindingsIn(scope, name).length > 0) return [];
    }
    const around = classAround(callee);
    return around === undefined ? [] : methodsNamed(around, name);
  }

  function nodesOf(callee: number, construction: boolean): readonly number[] {
    const tag = tagOf(tree, callee);
    if (tag === Tag.Func) return [callee];
    if (construction) return constructorsOf(textOf(tree, callee));
    if (tag === Tag.Const && textOf(tree, callee) === 'super') {
      const around = classAround(callee);
      const base = around === undefined ? undefined : classes.get(around)?.bases[0];
      return base === undefined ? [] : constructorsOf(base);
    }
    if (tag === Tag.Ident) {
      const found = functionsNamed(callee);
      if (found.length > 0) return found;
      const text = textOf(tree, callee);
      return classes.has(text) && names.resolve(callee) === undefined ? constructorsOf(text) : [];
    }
    if (tag !== Tag.Dot) return [];
    const [object, name] = childrenOf(tree, callee);
    if (object === undefined || name === undefined) return [];
    const className = classOf(object);
    return className === undefined ? [] : methodsNamed(className, textOf(tree, name));
  }

  return {
    functionsAt(node) {
      const tag = tagOf(tree, node);
      if (tag === Tag.Func) return [define(node)];
      const nodes = tag === Tag.Ident ? functionsNamed(node) : tag === Tag.Dot ? nodesOf(node, false) : [];
      return nodes.length > MAX_TARGETS ? [] : nodes.map(define);
    },
    targetsOf(callee, construction) {
      const nodes = nodesOf(callee, construction);
      return nodes.length > MAX_TARGETS ? [] : nodes.map(define);
    },
  };
}
