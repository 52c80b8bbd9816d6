/**
 * Which functions a call means, as far as the text makes it plain: functions by their visible name, methods through their object
 * (`this`, `self`, a receiver, a variable or field whose class is known) with inherited ones, constructors through their class. Where that leads out
 * of this file, it says what to look for in the other one. One file: what a
 * call means, what an object is and what a class has each depend on the others.
 */
import { internedText } from '../language/interner.js';
import type { Names } from '../language/names.js';
import { enclosingFunction } from '../language/holders.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { callsBack } from './callsBack.js';
import { isGetter } from './getters.js';
import { parameterProperties } from './parameterProperties.js';
import { recordFields } from './recordFields.js';
import { isCalledLike, singular } from './likeNames.js';
import { createTables } from './tables.js';
import { EVERY_METHOD, type Definition, type FunctionId, type Getter, type Heir, type Imported } from './terms.js';
import type { Variables } from './variables.js';

export interface Calls {
  /** Empty when it may mean anything else. */
  targetsOf(callee: number, construction: boolean): readonly FunctionId[];
  /** Functions that an expression is, called or not; empty when it may be anything else. */
  functionsAt(node: number): readonly FunctionId[];
  /** What a call means in another file; undefined when it means something here, or nothing that is imported. */
  importedBy(callee: number, construction: boolean): Imported | undefined;
  /** Methods that run where a part is read; undefined where there is none. */
  getterOf(node: number): Getter | undefined;
  /** Names of the fields that the arguments of a call are for, in their order; undefined unless it makes an object of a class that declares them. */
  fieldsMadeBy(callee: number): readonly string[] | undefined;
  /** Whether what a call means is known only by the names of its object and of classes. */
  isGuessed(callee: number, construction: boolean): boolean;
  /** As in `Program`. */
  defined(start: string | number, more: readonly string[], method: string | undefined): Definition | undefined;
  heirs(): readonly Heir[];
  methodsOf(className: string): ReadonlyMap<string, readonly FunctionId[]>;
}

interface ClassEntry {
  readonly node: number;
  readonly methods: ReadonlyMap<string, readonly number[]>;
  readonly bases: readonly string[];
  readonly baseNodes: readonly number[];
  /** What is assigned to fields of the object, by their names; -1 for a field with several values. */
  readonly fields: ReadonlyMap<string, number>;
}

/** A class, by its own name and those that it inherits from, and its methods of one name. */
interface MethodOwner {
  readonly named: readonly string[];
  readonly nodes: readonly number[];
}

/** A class of this file, by its name, or one that is imported. */
type ClassRef = string | readonly string[];

/** Functions of this file, or what to look for in another one. */
type Found = readonly number[] | Imported;

const CONSTRUCTORS = ['constructor', '__init__', 'initialize', '__construct'];
/** As many as an overloaded function may well have. */
const MAX_TARGETS = 8;
const MAX_BASES = 8;
const MAX_HEIRS = 32;
/** The method that makes an object one that can be called. */
const CALLED = '__call__';
/** Names in a type that say only that there may be nothing. */
const NO_CLASSES = new Set(['Optional', 'Union', 'None', 'null', 'undefined']);
/** Languages in which reading a part may run a method. */
const GETTING: ReadonlySet<string> = new Set(['python', 'javascript', 'typescript', 'tsx']);
/** Classes of tools may be many. */
const MAX_GUESSED = 24;
/** No method has this name. */
const INHERITED_CONSTRUCTOR = ' constructor';

/** Whether a name that is put together at run time may be this method's. */
function isChosen(method: string, prefix: string): boolean {
  return method.startsWith(prefix) && !method.startsWith('__');
}

/** @param define gives a function, by its node, its id */
export function createCalls(tree: SyntaxTree, names: Names, variables: Variables, define: (node: number) => FunctionId): Calls {
  /** By name and the function around. */
  const functions = new Map<string, number[]>();
  const classes = new Map<string, ClassEntry>();
  const methodsOfTypes = new Map<string, Map<string, number[]>>();
  let owners: Map<string, MethodOwner[]> | undefined;
  /** What calls mean, by their callees: asked of each several times. */
  const called = new Map<number, Found>();
  const constructed = new Map<number, Found>();
  /** Parts of objects of other files' classes, by class and name. */
  const importedGetters = new Map<string, Getter>();
  const hasGetters = GETTING.has(tree.grammar);
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
    const baseNodes: number[] = [];
    for (const child of childrenOf(tree, node)) {
      if (tagOf(tree, child) === Tag.Bases) baseNodes.push(...childrenOf(tree, child));
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
    const bases = baseNodes.map((base) => textOf(tree, base).replace(/^.*\./, ''));
    return { node, methods, bases, baseNodes, fields: fieldsOf(node) };
  }

  /** A method, or a field that holds a function. */
  function methodIn(member: number): number | undefined {
    if (tagOf(tree, member) === Tag.Func) return member;
    if (tagOf(tree, member) !== Tag.VarDef) return undefined;
    return childrenOf(tree, member).find((child) => tagOf(tree, child) === Tag.Func);
  }

  /** Values of `self.x = ...` and `this.x = ...` in a class, and of the fields that it declares. */
  function fieldsOf(owner: number): ReadonlyMap<string, number> {
    const fields = new Map<string, number>();
    for (let node = owner + 1; node < nextOf(tree, owner); node++) {
      const tag = tagOf(tree, node);
      if (tag !== Tag.Assign && tag !== Tag.VarDef) continue;
      const children = childrenOf(tree, node);
      const [target] = children;
      const value = children.find((child) => roleOf(tree, child) === Role.Value || roleOf(tree, child) === Role.Right);
      if (target === undefined || value === undefined) continue;
      let name = '';
      if (tagOf(tree, target) === Tag.Dot) {
        const [object, member] = childrenOf(tree, target);
        if (object !== undefined && member !== undefined && /^(?:self|this)$/.test(textOf(tree, object))) name = textOf(tree, member);
      } else if (parentOf(tree, parentOf(tree, node)) === owner && tagOf(tree, target) === Tag.Ident) name = textOf(tree, target);
      if (name !== '') fields.set(name, fields.has(name) ? -1 : value);
    }
    for (const property of parameterProperties(tree, owner)) fields.set(textOf(tree, property), property);
    return fields;
  }

  /** A method of a class, its own or inherited. */
  function methodOf(owner: ClassRef, method: string, depth = 0, receiver = owner): Found {
    if (typeof owner !== 'string') return { path: owner, method };
    const own = classes.get(owner);
    const found = own?.methods.get(method) ?? methodsOfTypes.get(owner)?.get(method);
    if (found !== undefined || own === undefined || depth > MAX_BASES) return found ?? [];
    for (const [index, base] of own.bases.entries()) {
      const path = names.resolve(own.baseNodes[index] as number);
      const begins = path === undefined || typeof receiver !== 'string' ? undefined : callsBack(path, method);
      const answered = begins === undefined ? [] : methodsBeginning(receiver as string, begins);
      if (answered.length > 0) return answered;
      const inherited =
        path === undefined
          ? methodOf(base, method, depth + 1, receiver)
          : { path, method, ...(typeof receiver === 'string' ? { receiver } : {}) };
      if (!('length' in inherited) || inherited.length > 0) return inherited;
    }
    return [];
  }

  /** Methods of a class, with those that it inherits here, whose names begin so. */
  function methodsBeginning(className: string, begins: string, depth = 0): readonly number[] {
    const entry = classes.get(className);
    if (entry === undefined || depth > MAX_BASES) return [];
    const own = [...entry.methods].flatMap(([name, nodes]) => (name.startsWith(begins) ? nodes : []));
    return [...own, ...entry.bases.flatMap((base) => methodsBeginning(base, begins, depth + 1))];
  }

  function constructorsOf(className: string): Found {
    for (const name of [...CONSTRUCTORS, className]) {
      const found = methodOf(className, name);
      if ('length' in found && found.length > 0) return found;
    }
    // One that is inherited from another file.
    const found = methodOf(className, INHERITED_CONSTRUCTOR);
    return 'length' in found ? [] : { path: found.path, method: undefined };
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
  function classOf(object: number, depth = 0): ClassRef | undefined {
    if (depth > MAX_BASES) return undefined;
    const text = textOf(tree, object);
    const tag = tagOf(tree, object);
    const self = variables.selfAt(object);
    if (tag === Tag.Const || text === '$this' || (tag === Tag.Ident && self !== undefined && variables.at(object) === self)) {
      const around = classAround(object);
      return text === 'super' ? baseOf(around) : around;
    }
    if (tag === Tag.New || tag === Tag.Call) {
      const callee = childrenOf(tree, object)[0];
      if (callee === undefined) return undefined;
      const name = textOf(tree, callee);
      // `super()` of Python.
      if (name === 'super' && tag === Tag.Call) return baseOf(classAround(object));
      return names.resolve(callee) ?? (isType(name) ? name : undefined);
    }
    if (tag === Tag.Unary || tag === Tag.Cast || (tag === Tag.Other && internedText(opOf(tree, object)).startsWith('await'))) {
      const [inner] = childrenOf(tree, object);
      return inner === undefined ? undefined : classOf(inner, depth + 1);
    }
    if (tag === Tag.Dot) {
      const [inner, member] = childrenOf(tree, object);
      if (inner === undefined || member === undefined) return undefined;
      const owner = classOf(inner, depth + 1);
      const entry = typeof owner === 'string' ? classes.get(owner) : undefined;
      if (entry === undefined) return undefined;
      const name = textOf(tree, member);
      const value = entry.fields.get(name);
      // `None` says nothing.
      const made = value === undefined || value < 0 || tagOf(tree, value) === Tag.Const ? undefined : classOf(value, depth + 1);
      // `box: Box = Field(...)`: what is called need not be a class.
      if (value !== undefined && value >= 0 && tagOf(tree, value) === Tag.Call) return classDeclared(entry, name) ?? made;
      return made ?? classDeclared(entry, name);
    }
    if (tag !== Tag.Ident) return undefined;
    if (names.resolve(object) !== undefined) return undefined;
    const variable = names.scopes.lookup(object, text);
    const [value, second] = variable?.values ?? [];
    if (value !== undefined && value >= 0 && second === undefined && value !== object) {
      const valueTag = tagOf(tree, value);
      if (valueTag === Tag.New || valueTag === Tag.Call || valueTag === Tag.Unary || valueTag === Tag.Other)
        return classOf(value, depth + 1);
    }
    const declared = names.scopes
      .declaredTypes(text)
      .findLast((one) => enclosingFunction(tree, one.node) === enclosingFunction(tree, object));
    const type = declared === undefined ? undefined : textOf(tree, declared.type).replace(/^[*&:\s]+/, '');
    if (type !== undefined && isType(type)) return type;
    const [written] = declared === undefined ? [] : childrenOf(tree, declared.type);
    const path = written === undefined ? undefined : names.resolve(written);
    if (path !== undefined) return path;
    return isType(text) ? text : undefined;
  }

  /** The class that a field is declared to hold: `box: Box`, `box: Optional[Box] = Field(...)`, `private box: Box`. */
  function classDeclared({ node }: ClassEntry, field: string): ClassRef | undefined {
    const declared = names.scopes.declaredTypes(field).find((one) => parentOf(tree, parentOf(tree, one.node)) === node);
    if (declared === undefined) return undefined;
    const mentioned: number[] = [];
    for (let at = declared.type; at < nextOf(tree, declared.type); at++)
      if (tagOf(tree, at) === Tag.Ident && !NO_CLASSES.has(textOf(tree, at))) mentioned.push(at);
    const [only, second] = mentioned;
    if (only === undefined) {
      const text = textOf(tree, declared.type).replace(/^[:\s]+/, '');
      return isType(text) ? text : undefined;
    }
    if (second !== undefined) return undefined;
    return isType(textOf(tree, only)) ? textOf(tree, only) : names.resolve(only);
  }

  function baseOf(className: string | undefined): ClassRef | undefined {
    const entry = className === undefined ? undefined : classes.get(className);
    const [base] = entry?.baseNodes ?? [];
    return base === undefined ? undefined : (names.resolve(base) ?? entry?.bases[0]);
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
    const found = around === undefined ? [] : methodOf(around, name);
    return 'length' in found ? found : [];
  }

  function calledBy(callee: number, construction: boolean): Found {
    const tag = tagOf(tree, callee);
    if (tag === Tag.Func) return [callee];
    const path = names.resolve(callee);
    if (construction) return path === undefined ? constructorsOf(textOf(tree, callee)) : { path, method: undefined };
    if (tag === Tag.Const && textOf(tree, callee) === 'super') {
      const base = baseOf(classAround(callee));
      if (base === undefined) return [];
      return typeof base === 'string' ? constructorsOf(base) : { path: base, method: undefined };
    }
    if (path !== undefined) return { path, method: undefined };
    if (tag === Tag.Ident) {
      const found = functionsNamed(callee);
      if (found.length > 0) return found;
      const text = textOf(tree, callee);
      return classes.has(text) ? constructorsOf(text) : [];
    }
    if (tag !== Tag.Dot) return [];
    const [object, name] = childrenOf(tree, callee);
    if (object === undefined || name === undefined) return [];
    const owner = classOf(object);
    if (owner === undefined) return [];
    const method = textOf(tree, name);
    const found = methodOf(owner, method);
    // An object's own method may be one of a class that inherits from this one.
    if (!('length' in found) || typeof owner !== 'string' || !isSelf(object)) return found;
    const overriding = overridesOf(owner, method);
    return found.length + overriding.length > MAX_TARGETS ? found : [...found, ...overriding];
  }

  function isSelf(object: number): boolean {
    const self = variables.selfAt(object);
    const text = textOf(tree, object);
    return (
      text === 'this' || text === '$this' || (tagOf(tree, object) === Tag.Ident && self !== undefined && variables.at(object) === self)
    );
  }

  /** What calling the value of an expression means: an entry of a table, a closure, an object that can be called. */
  function valuesCalled(callee: number): Found {
    const found = tables.functionsOf(callee);
    if (found.length > 0) return found;
    const tag = tagOf(tree, callee);
    if (tag === Tag.Ident || tag === Tag.Call) {
      const chosen = methodsChosen(callee);
      if (chosen !== undefined) return chosen;
    }
    const wrapped = tag === Tag.Ident ? functionWrapped(callee) : undefined;
    if (wrapped !== undefined) return wrapped;
    if (tag !== Tag.Ident && tag !== Tag.Dot) return [];
    const owner = classes.has(textOf(tree, callee)) ? undefined : classOf(callee);
    return owner === undefined ? [] : methodOf(owner, CALLED);
  }

  /** `const g = wrap(f)`: whoever calls `g` calls `f`, as decorators, middleware and what retries have it. */
  function functionWrapped(callee: number): Found | undefined {
    const [value, second] = names.scopes.lookup(callee, textOf(tree, callee))?.values ?? [];
    if (value === undefined || value < 0 || second !== undefined || tagOf(tree, value) !== Tag.Call) return undefined;
    const [wrapper, args] = childrenOf(tree, value);
    const given = wrapper === undefined || args === undefined ? [] : childrenOf(tree, args);
    const here = given.filter((arg) => tagOf(tree, arg) === Tag.Ident && functionsNamed(arg).length > 0);
    const [only, other] = here;
    if (only !== undefined) return other === undefined ? functionsNamed(only) : undefined;
    const [first, next] = given;
    if (first === undefined || next !== undefined || tagOf(tree, first) !== Tag.Ident) return undefined;
    const path = names.resolve(first);
    return path === undefined ? undefined : { path, method: undefined };
  }

  function getterOf(node: number): Getter | undefined {
    if (!hasGetters || tagOf(tree, node) !== Tag.Dot || names.resolve(node) !== undefined) return undefined;
    const [object, member] = childrenOf(tree, node);
    const owner = object === undefined ? undefined : classOf(object);
    if (owner === undefined || member === undefined) return undefined;
    const name = textOf(tree, member);
    if (typeof owner === 'string' && classes.get(owner)?.fields.has(name) === true) return undefined;
    const found = methodOf(owner, name);
    if ('length' in found) {
      const getters = found.filter((func) => isGetter(tree, func));
      return getters.length === 0 ? undefined : { targets: getters.map(define), imported: undefined };
    }
    const key = `${found.path.join('.')} ${name} ${found.receiver ?? ''}`;
    let getter = importedGetters.get(key);
    if (getter === undefined) importedGetters.set(key, (getter = { targets: [], imported: found }));
    return getter;
  }

  /** Methods that `getattr(object, name)` may give: all whose names begin as `name` does. */
  function methodsChosen(node: number): Found | undefined {
    const bound = tagOf(tree, node) === Tag.Ident ? names.scopes.lookup(node, textOf(tree, node))?.values : [node];
    const [value, second] = bound ?? [];
    if (value === undefined || value < 0 || second !== undefined || tagOf(tree, value) !== Tag.Call) return undefined;
    const [callee, args] = childrenOf(tree, value);
    if (callee === undefined || args === undefined || textOf(tree, callee) !== 'getattr') return undefined;
    const [object, name] = childrenOf(tree, args);
    const owner = object === undefined ? undefined : classOf(object);
    if (owner === undefined || name === undefined) return undefined;
    const prefix = /^f?["'](\w*)/.exec(textOf(tree, name))?.[1] ?? '';
    if (typeof owner !== 'string') return { path: owner, method: `${prefix}${EVERY_METHOD}` };
    const chosen = [...(classes.get(owner)?.methods ?? [])].flatMap(([method, nodes]) => (isChosen(method, prefix) ? nodes : []));
    // One of very many says next to nothing, and each may call all the others.
    return chosen.length > MAX_TARGETS ? undefined : chosen;
  }

  function membersNamed(node: number): readonly number[] {
    const found = calledBy(node, false);
    return 'length' in found ? found : [];
  }

  function nodesOf(callee: number, construction: boolean): readonly number[] {
    const found = calledBy(callee, construction);
    return 'length' in found ? found : [];
  }

  const tables = createTables(tree, names, {
    named: (node) => (tagOf(tree, node) === Tag.Ident ? functionsNamed(node) : tagOf(tree, node) === Tag.Dot ? membersNamed(node) : []),
    field(node) {
      const [object, member] = childrenOf(tree, node);
      const owner = object === undefined ? undefined : classOf(object);
      const value = typeof owner === 'string' && member !== undefined ? classes.get(owner)?.fields.get(textOf(tree, member)) : undefined;
      return value === undefined || value < 0 ? undefined : value;
    },
  });

  function meaningOf(callee: number, construction: boolean): Found {
    const known = construction ? constructed : called;
    let meaning = known.get(callee);
    if (meaning === undefined) known.set(callee, (meaning = findMeaning(callee, construction)));
    return meaning;
  }

  function findMeaning(callee: number, construction: boolean): Found {
    const found = calledBy(callee, construction);
    if (!('length' in found)) {
      // A field of the object's own comes before what a base class elsewhere may have.
      const own = tagOf(tree, callee) === Tag.Dot && !construction ? tables.functionsOf(callee) : [];
      if (own.length > 0) return own;
      const [object] = tagOf(tree, callee) === Tag.Dot && found.method !== undefined ? childrenOf(tree, callee) : [];
      const receiver = object === undefined || isSelf(object) ? undefined : receiverName(object);
      return receiver === undefined ? found : { ...found, called: receiver };
    }
    if (found.length > MAX_TARGETS) return [];
    if (found.length > 0 || construction) return found;
    const values = valuesCalled(callee);
    return 'length' in values && values.length === 0 ? (meaningByName(callee) ?? values) : values;
  }

  /** By a method's name: the classes that have one, by their names and those that they inherit from. */
  function methodOwners(): ReadonlyMap<string, readonly MethodOwner[]> {
    if (owners !== undefined) return owners;
    owners = new Map();
    for (const [owner, { methods, bases }] of classes)
      for (const [name, nodes] of methods) {
        const list = owners.get(name);
        const one = { named: [owner, ...bases], nodes };
        if (list === undefined) owners.set(name, [one]);
        else list.push(one);
      }
    return owners;
  }

  /** Methods of classes that are called like the object, where nothing else says what the object is. */
  function meaningByName(callee: number): Found | undefined {
    if (tagOf(tree, callee) !== Tag.Dot) return undefined;
    const [object, name] = childrenOf(tree, callee);
    const receiver = object === undefined ? undefined : receiverName(object);
    if (object === undefined || name === undefined || receiver === undefined) return undefined;
    const method = textOf(tree, name);
    const found = (methodOwners().get(method) ?? []).flatMap(({ named, nodes }) => (isCalledLike(receiver, named) ? nodes : []));
    if (found.length > 0) return found.length > MAX_GUESSED ? undefined : found;
    return { path: [receiver], method, byName: true };
  }

  /** What an object is called, where its class is not known: `tool` for `tool`, `self.tool`, `tools[name]` and `tools.get(name)`. */
  function receiverName(object: number, depth = 0): string | undefined {
    if (depth > MAX_BASES) return undefined;
    const [first, second] = childrenOf(tree, object);
    switch (tagOf(tree, object)) {
      case Tag.Ident:
        return names.resolve(object) !== undefined || isType(textOf(tree, object)) ? undefined : textOf(tree, object);
      case Tag.Dot:
        return first === undefined || second === undefined || names.resolve(object) !== undefined ? undefined : textOf(tree, second);
      case Tag.Index:
        return first === undefined ? undefined : singular(receiverName(first, depth + 1));
      case Tag.Call: {
        const [inner, name] = first === undefined || tagOf(tree, first) !== Tag.Dot ? [] : childrenOf(tree, first);
        return inner === undefined || name === undefined || textOf(tree, name) !== 'get'
          ? undefined
          : singular(receiverName(inner, depth + 1));
      }
      case Tag.Unary:
      case Tag.Cast:
        return first === undefined ? undefined : receiverName(first, depth + 1);
      default:
        return undefined;
    }
  }

  function definedAs(found: Found): Definition | undefined {
    if (!('length' in found)) return { imported: found };
    return found.length === 0 || found.length > MAX_TARGETS ? undefined : { functions: found.map(define) };
  }

  function defined(start: string | number, more: readonly string[], method: string | undefined, depth = 0): Definition | undefined {
    if (depth > MAX_BASES) return undefined;
    const [next, ...later] = more;
    if (typeof start === 'number') {
      const tag = tagOf(tree, start);
      if (tag === Tag.Ident) return defined(textOf(tree, start), more, method, depth + 1);
      if (tag === Tag.Func && next === undefined && method === undefined) return { functions: [define(start)] };
      if (tag === Tag.Class) {
        const name = firstChildWithRole(tree, start, Role.Name);
        return name < 0 ? undefined : defined(textOf(tree, name), more, method, depth + 1);
      }
      if (tag === Tag.Dict && next !== undefined) {
        const pair = childrenOf(tree, start).find((child) => {
          const [key] = childrenOf(tree, child);
          return tagOf(tree, child) === Tag.Pair && key !== undefined && textOf(tree, key).replaceAll(/^['"]|['"]$/g, '') === next;
        });
        const value = pair === undefined ? undefined : childrenOf(tree, pair)[1];
        if (value !== undefined) return defined(value, later, method, depth + 1);
        const own = childrenOf(tree, start).find((child) => tagOf(tree, child) === Tag.Func && textOfName(child) === next);
        return own === undefined ? undefined : defined(own, later, method, depth + 1);
      }
      // An object, whose method it is.
      const called = method ?? (later.length === 0 ? next : undefined);
      if (called === undefined || (method !== undefined && next !== undefined)) return undefined;
      const path = names.resolve(start);
      if (path !== undefined && tag !== Tag.Call) return { imported: { path: [...path, ...more], method } };
      const owner = classOf(start);
      return owner === undefined ? undefined : definedAs(methodOf(owner, called));
    }
    const found = functions.get(`-1:${start}`);
    if (found !== undefined) return next === undefined && method === undefined ? definedAs(found) : undefined;
    if (classes.has(start)) {
      if (next === undefined && method?.endsWith(EVERY_METHOD) === true) {
        const prefix = method.slice(0, -EVERY_METHOD.length);
        return {
          functions: [...methodsOf(start)].flatMap(([name, ids]) => (method === EVERY_METHOD || isChosen(name, prefix) ? ids : [])),
        };
      }
      if (next === undefined) return definedAs(method === undefined ? constructorsOf(start) : methodOf(start, method));
      return method === undefined && later.length === 0 ? definedAs(methodOf(start, next)) : undefined;
    }
    const path = names.importedAs(start);
    if (path !== undefined) return { imported: { path: [...path, ...more], method } };
    const [value, second] = names.scopes.bindingsIn(-1, start);
    if (value === undefined || second !== undefined || value.value < 0) return undefined;
    return defined(value.value, more, method, depth + 1);
  }

  /** Methods of a class with those that it inherits here; abstract ones are none. */
  function methodsOf(className: string, depth = 0): Map<string, readonly FunctionId[]> {
    const found = new Map<string, readonly FunctionId[]>();
    const entry = classes.get(className);
    if (entry === undefined || depth > MAX_BASES) return found;
    for (const [index, base] of entry.bases.entries())
      if (names.resolve(entry.baseNodes[index] as number) === undefined)
        for (const [name, ids] of methodsOf(base, depth + 1)) if (!found.has(name)) found.set(name, ids);
    for (const [name, nodes] of entry.methods) found.set(name, nodes.map(define));
    return found;
  }

  /** Methods of classes that inherit from this one, here, and have one of this name. */
  function overridesOf(className: string, method: string): readonly number[] {
    const found: number[] = [];
    const heirs = [className];
    for (let at = 0; at < heirs.length && heirs.length <= MAX_HEIRS; at++)
      for (const [name, { bases, methods }] of classes) {
        if (!bases.includes(heirs[at] as string) || heirs.includes(name)) continue;
        heirs.push(name);
        found.push(...(methods.get(method) ?? []));
      }
    return found;
  }

  function textOfName(node: number): string {
    const name = firstChildWithRole(tree, node, Role.Name);
    return name < 0 ? '' : textOf(tree, name);
  }

  function fieldsMadeBy(callee: number): readonly string[] | undefined {
    const entry = tagOf(tree, callee) === Tag.Ident ? classes.get(textOf(tree, callee)) : undefined;
    return entry === undefined || entry.methods.has('__init__') || names.resolve(callee) !== undefined
      ? undefined
      : recordFields(tree, names, entry);
  }

  return {
    getterOf,
    fieldsMadeBy,
    isGuessed(callee, construction) {
      if (construction || tagOf(tree, callee) !== Tag.Dot) return false;
      const found = calledBy(callee, construction);
      if (!('length' in found) || found.length > 0) return false;
      const values = valuesCalled(callee);
      return 'length' in values && values.length === 0;
    },
    functionsAt(node) {
      const tag = tagOf(tree, node);
      if (tag === Tag.Func) return [define(node)];
      const nodes = tag === Tag.Ident ? functionsNamed(node) : tag === Tag.Dot ? nodesOf(node, false) : [];
      if (nodes.length === 0 && tag === Tag.Ident) return tables.functionsOf(node).map(define);
      return nodes.length > MAX_TARGETS ? [] : nodes.map(define);
    },
    targetsOf(callee, construction) {
      const found = meaningOf(callee, construction);
      return 'length' in found ? found.map(define) : [];
    },
    importedBy(callee, construction) {
      const found = meaningOf(callee, construction);
      return 'length' in found ? undefined : found;
    },
    defined: (start, more, method) => defined(start, more, method),
    heirs: () =>
      [...classes].flatMap(([name, { baseNodes }]) =>
        baseNodes.flatMap((node): Heir[] => {
          const path = names.resolve(node);
          return path === undefined ? [] : [{ name, base: { path, method: EVERY_METHOD, receiver: name } }];
        }),
      ),
    methodsOf: (className) => methodsOf(className),
  };
}
