/**
 * Which function a name belongs to, and what is assigned to it there: enough for import aliases and for constants,
 * computed for a tree when first asked. Flow-insensitive: a name assigned twice has no single value.
 */
import { once } from '../model/once.js';
import { bindingEvents, DECLARED, EventKind, firstEvent, type BindingEvents } from './bindingEvents.js';
import { enclosingFunction, isMember } from './holders.js';
import { traitsOf } from './registry.js';
import { Role, Tag } from './tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from './tree.js';
import { internedText } from './interner.js';

export interface Variable {
  /** Right-hand sides, in source order; -1 for a binding without one value (a loop, a parameter, an import, `+=`). */
  readonly values: number[];
  /** Set for parameters and such: whatever is assigned, the first value is unknown. */
  opaque: boolean;
}

/** What a name means in one function. */
interface Local extends Variable {
  /** In order of their nodes. */
  readonly bindings: Binding[];
  /** Those that do not only declare, once asked for. */
  assignments?: readonly Binding[];
}

/** One place where a name gets bound. */
export interface Binding {
  /** The assigning, defining or declaring node. */
  readonly node: number;
  /** As in `Variable.values`. */
  readonly value: number;
}

/** A declaration that says a type. */
export interface DeclaredType {
  /** The declaring node. */
  readonly node: number;
  readonly type: number;
}

export interface Scopes {
  /** Declarations of `name` with a type, members of classes included, in source order. */
  declaredTypes(name: string): readonly DeclaredType[];
  /** Where a function (-1: the module) itself binds `name`, in source order. */
  bindingsIn(func: number, name: string): readonly Binding[];
  /**
   * The one assignment that a use of `name` at `node` sees: the last one before it on every path there. Undefined when that is not
   * plain from the structure, e.g. after a branch that assigns it, or in a loop that does.
   */
  reaching(node: number, name: string): Binding | undefined;
  /** The value of a member of the class around `node` that always has one, in languages that declare members. */
  memberValue(node: number, name: string): number | undefined;
  /** The declaration that `name` at `node` means, where it is declared more than once in one function; undefined when that is not known. */
  declaration(node: number, name: string): number | undefined;
  /** The variable that `name`, used at `node`, refers to; undefined when nothing in the file binds it. */
  lookup(node: number, name: string): Variable | undefined;
  /** What nodes of `[from, to)` say about names that code outside of them uses. */
  saidIn(from: number, to: number): Said;
}

/** What a run of nodes says about names outside. */
export interface Said {
  /** Names of functions around, or of the module, that are bound; in source order. */
  readonly bindings: readonly BoundOutside[];
  /** Names that functions around do not have of their own from there on, each with the function. */
  readonly lends: readonly string[];
  /** Members that are assigned through an object, with how many times each. */
  readonly members: readonly string[];
  /** The assignments to them, as nodes. */
  readonly memberWrites: readonly number[];
  readonly types: readonly string[];
  /** Whether a constructor gives a member a value that all of its class may see. */
  readonly constructs: boolean;
}

/** A binding of a name that code outside of the run may use. */
export interface BoundOutside extends Binding {
  readonly name: string;
  /** The Func node whose name it is; -1 for the module. */
  readonly owner: number;
}

/** Scopes with what they were made of. */
export interface TreeScopes extends Scopes {
  readonly events: BindingEvents;
}

/** @param events as `bindingEvents` reads them from the tree */
export function createScopes(tree: SyntaxTree, events: BindingEvents = bindingEvents(tree)): TreeScopes {
  const { declared } = traitsOf(tree.grammar);
  const enclosing = (node: number): number => enclosingFunction(tree, node);
  const scopes = new Map<number, ReadonlyMap<string, Local>>();
  const scopeOf = (func: number): ReadonlyMap<string, Local> => {
    let scope = scopes.get(func);
    if (scope === undefined) scopes.set(func, (scope = localsOf(tree, events, func)));
    return scope;
  };
  const bindingsIn = (func: number, name: string): readonly Binding[] => scopeOf(func).get(name)?.bindings ?? [];
  const assignmentsOf = (func: number, name: string): readonly Binding[] => {
    const local = scopeOf(func).get(name);
    return local === undefined ? [] : (local.assignments ??= local.bindings.filter((binding) => binding.value !== DECLARED));
  };
  /** The function whose variable a name in `func` is; undefined where nothing binds it. */
  const ownerOf = (func: number, name: string): number | undefined => {
    for (let at = func; ; at = enclosing(at)) {
      if (scopeOf(at).has(name)) return at;
      if (at < 0) return undefined;
    }
  };
  /** Assignments to members through an object; without a value where the object is another one. */
  const memberWrites = once(() => byName(events, (kind) => kind === EventKind.Member || kind === EventKind.OwnMember));
  /** Members that something assigns to through their object, as in `this.x = 1`. */
  const written = once(() => byName(events, (kind) => kind === EventKind.OwnMember));
  const types = once(() => byName(events, (kind) => kind === EventKind.Type));
  /** Whether a member of a class may have another value later: anything but a constant one, or a private one that is never written. */
  const mayChange = (node: number, name: string): boolean => {
    if (!declared || tagOf(tree, node) !== Tag.VarDef || !isMember(tree, node)) return false;
    const words = childrenOf(tree, node)
      .filter((child) => roleOf(tree, child) === Role.Decorator)
      .map((child) => textOf(tree, child));
    return !words.includes('final') && (!words.includes('private') || written().has(name));
  };

  /** The member `name` of the class around `node`, in languages that declare members; -1 for none. */
  const memberAround = (node: number, name: string): { readonly owner: number; readonly member: number } | undefined => {
    for (let at = parentOf(tree, node); at >= 0; at = parentOf(tree, at)) {
      if (tagOf(tree, at) !== Tag.Class) continue;
      const body = childrenOf(tree, at).find((child) => tagOf(tree, child) === Tag.Block);
      const member = (body === undefined ? [] : childrenOf(tree, body)).find(
        (child) =>
          tagOf(tree, child) === Tag.VarDef &&
          childrenOf(tree, child).some((part) => roleOf(tree, part) === Role.Name && textOf(tree, part) === name),
      );
      if (member !== undefined) return { owner: at, member };
    }
    return undefined;
  };
  /** The one assignment to a private member without a value of its own, where the only constructor of its class always makes it. */
  const setByConstructor = (node: number, name: string): Binding | undefined => {
    const [write, more] = [...assignmentsOf(-1, name), ...(memberWrites().get(name) ?? [])];
    if (!declared || write === undefined || more !== undefined || write.value < 0) return undefined;
    const found = memberAround(node, name);
    const constructor = enclosing(write.node);
    if (found === undefined || constructor < 0 || enclosing(node) === constructor) return undefined;
    const { owner, member } = found;
    const isPrivate = childrenOf(tree, member).some((part) => roleOf(tree, part) === Role.Decorator && textOf(tree, part) === 'private');
    const nameOf = (at: number): string => {
      const own = childrenOf(tree, at).find((part) => roleOf(tree, part) === Role.Name);
      return own === undefined ? '' : textOf(tree, own);
    };
    const members = parentOf(tree, constructor);
    if (!isPrivate || members < 0 || parentOf(tree, members) !== owner) return undefined;
    const constructors = childrenOf(tree, members).filter((at) => tagOf(tree, at) === Tag.Func && nameOf(at) === nameOf(owner));
    const always = blockThatRuns(tree, write.node);
    return constructors.length === 1 && constructors[0] === constructor && always >= 0 && parentOf(tree, always) === constructor
      ? write
      : undefined;
  };

  return {
    events,
    declaredTypes: (name) => (types().get(name) ?? []).map(({ node, value }) => ({ node, type: value })),
    bindingsIn,
    memberValue(node, name) {
      const found = declared ? memberAround(node, name) : undefined;
      if (found === undefined) return undefined;
      const value = childrenOf(tree, found.member).find((part) => roleOf(tree, part) === Role.Value);
      if (value === undefined) return setByConstructor(node, name)?.value;
      return mayChange(found.member, name) ? undefined : value;
    },
    reaching(node, name) {
      const inside = enclosing(node);
      const func = ownerOf(inside, name);
      if (func === undefined) return undefined;
      const list = assignmentsOf(func, name);
      const [only, second] = list;
      // Set once, and where it is declared: what a function sets counts only in that function.
      if (only !== undefined && second === undefined && enclosing(only.node) === func && !mayChange(only.node, name))
        return mayBeUnset(tree, only.node, node) ? undefined : only;
      if (func !== inside) return func < 0 ? setByConstructor(node, name) : undefined;
      let at = before(list, node);
      while (at >= 0 && nextOf(tree, (list[at] as Binding).node) > node) at--;
      const last = list[at];
      if (last === undefined) return undefined;
      if (tagOf(tree, last.node) !== Tag.Param) {
        const holder = blockThatRuns(tree, last.node);
        if (holder < 0 || node >= nextOf(tree, holder)) return undefined;
      }
      for (let around = parentOf(tree, node); around >= 0 && around !== func; around = parentOf(tree, around)) {
        if (!isLoop(tree, around) || (around < last.node && last.node < nextOf(tree, around))) continue;
        if (before(list, nextOf(tree, around)) > before(list, around + 1)) return undefined;
      }
      return last;
    },
    declaration(node, name) {
      const func = ownerOf(enclosing(node), name);
      const list = func === undefined ? [] : bindingsIn(func, name);
      const means = (binding: Binding): boolean => {
        const tag = tagOf(tree, binding.node);
        if (tag === Tag.Param) return true;
        if (isLoop(tree, binding.node)) return node < nextOf(tree, binding.node);
        if (tag !== Tag.VarDef && internedText(opOf(tree, binding.node)) !== ':=') return false;
        // A value that mentions the name means the one before.
        if (node < nextOf(tree, binding.node)) return isTargetIn(tree, node, binding.node);
        const holder = parentOf(tree, binding.node);
        return holder < 0 || node < nextOf(tree, holder);
      };
      let at = before(list, node + 1);
      while (at >= 0 && !means(list[at] as Binding)) at--;
      return list[at]?.node;
    },
    saidIn: (from, to) => saidIn(tree, events, from, to),
    lookup(node, name) {
      const func = ownerOf(enclosing(node), name);
      return func === undefined ? undefined : scopeOf(func).get(name);
    },
  };
}

/** The variables of one function; -1 for the module's. */
function localsOf(tree: SyntaxTree, events: BindingEvents, func: number): ReadonlyMap<string, Local> {
  const { kinds, nodes, owners, values, names, count } = events;
  const from = func < 0 ? 0 : firstEvent(events, func);
  const to = func < 0 ? count : firstEvent(events, nextOf(tree, func));
  const locals = new Map<string, Local>();
  let mixed = false;
  // What is declared comes first among a variable's values.
  for (const wanted of [EventKind.Define, EventKind.Assign]) {
    for (let at = from; at < to; at++) {
      if (owners[at] !== func || kinds[at] !== wanted) continue;
      const name = names[at] as string;
      const value = values[at] as number;
      let local = locals.get(name);
      if (local === undefined) locals.set(name, (local = { values: [], opaque: false, bindings: [] }));
      local.bindings.push({ node: nodes[at] as number, value });
      // A declaration without a value (`let x;`) says nothing about what is assigned later.
      if (value === DECLARED) continue;
      local.values.push(value);
      if (value < 0) local.opaque = true;
      mixed ||= wanted === EventKind.Assign && local.bindings.length > 1;
    }
  }
  if (mixed) for (const { bindings } of locals.values()) bindings.sort((a, b) => a.node - b.node);
  return locals;
}

function byName(
  { kinds, nodes, values, names, count }: BindingEvents,
  holds: (kind: number) => boolean,
): ReadonlyMap<string, readonly Binding[]> {
  const found = new Map<string, Binding[]>();
  for (let at = 0; at < count; at++) {
    if (!holds(kinds[at] as number)) continue;
    const binding = { node: nodes[at] as number, value: values[at] as number };
    const list = found.get(names[at] as string);
    if (list === undefined) found.set(names[at] as string, [binding]);
    else list.push(binding);
  }
  return found;
}

function saidIn(tree: SyntaxTree, events: BindingEvents, from: number, to: number): Said {
  const { declared } = traitsOf(tree.grammar);
  const { kinds, nodes, funcs, owners, values, names } = events;
  const inner = (func: number): boolean => from <= func && func < to;
  const bindings: BoundOutside[] = [];
  const lends: string[] = [];
  const members: string[] = [];
  const memberWrites: number[] = [];
  const types: string[] = [];
  let constructs = false;
  for (let at = firstEvent(events, from), end = firstEvent(events, to); at < end; at++) {
    const name = names[at] as string;
    switch (kinds[at]) {
      case EventKind.Define:
      case EventKind.Assign:
        if (!inner(owners[at] as number))
          bindings.push({ name, owner: owners[at] as number, node: nodes[at] as number, value: values[at] as number });
        break;
      case EventKind.Lend:
        if (!inner(funcs[at] as number)) lends.push(`${funcs[at]}:${name}`);
        break;
      case EventKind.Type:
        types.push(`${name}: ${textOf(tree, values[at] as number)}`);
        break;
      default: {
        const valued = (values[at] as number) >= 0;
        members.push(`${valued ? 'own ' : ''}${name}`);
        memberWrites.push(nodes[at] as number);
        constructs ||= declared && valued && isNamedAsClass(tree, enclosingFunction(tree, nodes[at] as number));
      }
    }
  }
  return { bindings, lends, members, memberWrites, types, constructs };
}

/** Parents that evaluate all of their children. */
const EAGER: ReadonlySet<number> = new Set([
  Tag.Call,
  Tag.Args,
  Tag.Unary,
  Tag.Assign,
  Tag.VarDef,
  Tag.Return,
  Tag.Dot,
  Tag.Index,
  Tag.New,
]);
const LAZY = new Set(['&&', '||', 'and', 'or', '??']);

/** The block of which `node` is a statement, or a part that always runs with its statement; -1 for a part that may not run. */
function blockThatRuns(tree: SyntaxTree, node: number): number {
  let at = node;
  for (let parent = parentOf(tree, at); parent >= 0; at = parent, parent = parentOf(tree, at)) {
    const tag = tagOf(tree, parent);
    if (tag === Tag.Block) return parent;
    if (EAGER.has(tag) || (tag === Tag.If && roleOf(tree, at) === Role.Condition)) continue;
    if (tag !== Tag.Binary || (LAZY.has(internedText(opOf(tree, parent))) && at !== parent + 1)) return -1;
  }
  return -1;
}

/** Whether an assignment stands in a branch that the use behind it may have come past. */
function mayBeUnset(tree: SyntaxTree, assignment: number, use: number): boolean {
  for (let at = assignment, parent = parentOf(tree, at); parent >= 0; at = parent, parent = parentOf(tree, at)) {
    if (use < nextOf(tree, parent)) return false;
    if (tagOf(tree, parent) === Tag.If && roleOf(tree, at) !== Role.Condition) return true;
  }
  return false;
}

/** Index of the last binding before `node`, or -1. */
function before(list: readonly Binding[], node: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Binding).node < node) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether a function is a constructor, in languages that name it after its class. */
function isNamedAsClass(tree: SyntaxTree, func: number): boolean {
  const block = func < 0 ? -1 : parentOf(tree, func);
  const owner = block < 0 ? -1 : parentOf(tree, block);
  if (owner < 0 || tagOf(tree, owner) !== Tag.Class) return false;
  const [own, name] = [firstChildWithRole(tree, func, Role.Name), firstChildWithRole(tree, owner, Role.Name)];
  return own >= 0 && name >= 0 && textOf(tree, own) === textOf(tree, name);
}

function isTargetIn(tree: SyntaxTree, node: number, definition: number): boolean {
  for (let at = node; at > definition; at = parentOf(tree, at)) {
    if (parentOf(tree, at) === definition) return roleOf(tree, at) === Role.Left || roleOf(tree, at) === Role.Name;
  }
  return false;
}

function isLoop(tree: SyntaxTree, node: number): boolean {
  return (
    tagOf(tree, node) === Tag.Other && /^(?:async )?(?:for|while|do|until|loop|repeat|enhanced_for)/.test(internedText(opOf(tree, node)))
  );
}
