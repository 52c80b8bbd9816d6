/**
 * What the nodes of a tree say about names, one after another: enough for scopes. After an edit only the replaced run is read again, and names that it speaks
 * of are looked at anew.
 */
import { firstAtLeast } from '../model/sorted.js';
import { unshared } from '../model/unshared.js';
import type { Edit } from './edit.js';
import { enclosingFunction, isMember } from './holders.js';
import { internedText } from './interner.js';
import { traitsOf } from './registry.js';
import { Role, Tag } from './tags.js';
import { childrenOf, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from './tree.js';

/** The value of a binding that only declares. */
export const DECLARED = -2;

export const EventKind = {
  /** The node binds the name. */
  Define: 0,
  /** It assigns to the name; whose that is, the declarations say. */
  Assign: 1,
  /** In this function the name is that of an outer one, or of the module, from there on. */
  Lend: 2,
  /** It assigns to a member of that name, of an object. */
  Member: 3,
  /** The same, of the object that the code belongs to. */
  OwnMember: 4,
  /** It declares the name with a type, which is the value. */
  Type: 5,
} as const;

/** Columns of the same length, in order of their nodes. */
export interface BindingEvents {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly nodes: Int32Array;
  /** The Func node around; -1 for the module. */
  readonly funcs: Int32Array;
  /** The Func node whose name it is, for `Define` and `Assign`; -1 for the module. */
  readonly owners: Int32Array;
  /** The node that is assigned; -1 for none that has one value, and `DECLARED`. */
  readonly values: Int32Array;
  readonly names: readonly string[];
}

export function bindingEvents(tree: SyntaxTree): BindingEvents {
  const events = eventsIn(tree, 0, tree.count);
  resolveOwners(tree, events, undefined);
  return events;
}

/** The same for the tree after an edit, made of those before it. */
export function bindingEventsAfter(before: BindingEvents, { after: tree, from, toBefore, toAfter, nodes }: Edit): BindingEvents {
  const [low, high] = [firstEvent(before, from), firstEvent(before, toBefore)];
  const own = eventsIn(tree, from, toAfter);
  const events = replaced(before, low, high, own, (node) => (node >= toBefore ? node + nodes : node));
  const spoken = new Set([...namesSpokenOf(before, low, high), ...namesSpokenOf(own, 0, own.count)]);
  if (spoken.size > 0) resolveOwners(tree, events, spoken);
  return events;
}

function namesSpokenOf({ kinds, names }: BindingEvents, from: number, to: number): string[] {
  return names.slice(from, to).filter((_, at) => (kinds[from + at] as number) <= EventKind.Lend);
}

/** The first event of a node at `node` or behind it. */
export function firstEvent({ nodes }: BindingEvents, node: number): number {
  return firstAtLeast(nodes, node);
}

/** What nodes of `[from, to)` say; owners are those of plain definitions. */
function eventsIn(tree: SyntaxTree, from: number, to: number): BindingEvents {
  const kinds: number[] = [];
  const nodes: number[] = [];
  const funcs: number[] = [];
  const values: number[] = [];
  const names: string[] = [];
  const say: Say = (kind, node, func, name, value) => {
    kinds.push(kind);
    nodes.push(node);
    funcs.push(func);
    values.push(value);
    names.push(name);
  };
  const { declared } = traitsOf(tree.grammar);
  for (let node = from; node < to; node++) visit(tree, node, declared, say);
  const count = nodes.length;
  const [ownFuncs, owners] = [Int32Array.from(funcs), Int32Array.from(funcs)];
  return {
    count,
    kinds: Uint8Array.from(kinds),
    nodes: Int32Array.from(nodes),
    funcs: ownFuncs,
    owners,
    values: Int32Array.from(values),
    names,
  };
}

/** Those of `own` instead of `[low, high)`; nodes of the others move. */
function replaced(before: BindingEvents, low: number, high: number, own: BindingEvents, moved: (node: number) => number): BindingEvents {
  const behind = low + own.count;
  const count = behind + before.count - high;
  const column = (old: Int32Array, fresh: Int32Array): Int32Array => {
    const all = new Int32Array(count);
    for (let at = 0; at < low; at++) all[at] = moved(old[at] as number);
    all.set(fresh, low);
    for (let at = behind; at < count; at++) all[at] = moved(old[at - behind + high] as number);
    return all;
  };
  const kinds = new Uint8Array(count);
  kinds.set(before.kinds.subarray(0, low));
  kinds.set(own.kinds, low);
  kinds.set(before.kinds.subarray(high), behind);
  return {
    count,
    kinds,
    nodes: column(before.nodes, own.nodes),
    funcs: column(before.funcs, own.funcs),
    owners: column(before.owners, own.owners),
    values: column(before.values, own.values),
    names: [...before.names.slice(0, low), ...own.names.map(unshared), ...before.names.slice(high)],
  };
}

/** Whose names are bound; of these names alone, or of all. */
function resolveOwners(
  tree: SyntaxTree,
  { count, kinds, funcs, owners, names }: BindingEvents,
  only: ReadonlySet<string> | undefined,
): void {
  if (!kinds.includes(EventKind.Lend) && !kinds.includes(EventKind.Assign)) return;
  const lent = new Map<number, Set<string>>();
  const isLent = (func: number, name: string): boolean => lent.get(func)?.has(name) === true;
  const assigned: number[] = [];
  /** Functions that have a variable of the name. */
  const holders = new Map<string, Set<number>>();
  const hold = (owner: number, name: string): void => {
    const known = holders.get(name);
    if (known === undefined) holders.set(name, new Set([owner]));
    else known.add(owner);
  };
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] as number;
    if (kind > EventKind.Lend) continue;
    const name = names[at] as string;
    if (only?.has(name) === false) continue;
    const func = funcs[at] as number;
    if (kind === EventKind.Lend) lent.set(func, (lent.get(func) ?? new Set()).add(name));
    else if (kind === EventKind.Assign) assigned.push(at);
    else {
      const owner = isLent(func, name) ? -1 : func;
      owners[at] = owner;
      hold(owner, name);
    }
  }
  for (const at of assigned) {
    const [name, func] = [names[at] as string, funcs[at] as number];
    let scope = func;
    while (scope >= 0 && holders.get(name)?.has(scope) !== true) scope = enclosingFunction(tree, scope);
    if (holders.get(name)?.has(scope) !== true) scope = func;
    const owner = isLent(scope, name) ? -1 : scope;
    owners[at] = owner;
    hold(owner, name);
  }
}

type Say = (kind: number, node: number, func: number, name: string, value: number) => void;

const NOT_BINDING_OPS = new Set(['global_statement', 'nonlocal_statement']);

/** What one node says. */
function visit(tree: SyntaxTree, node: number, declared: boolean, say: Say): void {
  const tag = tagOf(tree, node);
  if (tag === Tag.VarDef || tag === Tag.Param || tag === Tag.Assign) declare(tree, node, say);
  switch (tag) {
    case Tag.Assign:
    case Tag.VarDef: {
      const children = childrenOf(tree, node);
      const target = children.find((child) => roleOf(tree, child) === Role.Left || roleOf(tree, child) === Role.Name);
      const value = children.find((child) => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value);
      // A class member's name is not a variable.
      if (tag === Tag.VarDef && /^(?:field|property)$/.test(internedText(opOf(tree, node)))) return;
      if (target !== undefined) bindTarget(tree, node, target, value ?? (tag === Tag.VarDef ? DECLARED : -1), declared, say);
      return;
    }
    case Tag.AugAssign:
    case Tag.Param: {
      const [target] = childrenOf(tree, node);
      if (target !== undefined) bindTarget(tree, node, target, -1, declared, say);
      return;
    }
    case Tag.Params:
      for (const child of childrenOf(tree, node)) if (tagOf(tree, child) === Tag.Spread) bindTarget(tree, node, child, -1, declared, say);
      return;
    case Tag.Func:
    case Tag.Class: {
      const name = childrenOf(tree, node).find((child) => roleOf(tree, child) === Role.Name);
      const outer = parentOf(tree, node);
      if (name !== undefined && tagOf(tree, name) === Tag.Ident && !isMember(tree, node) && tagOf(tree, Math.max(outer, 0)) !== Tag.Dict)
        bindTarget(tree, node, name, -1, declared, say);
      return;
    }
    case Tag.Catch:
      for (const child of childrenOf(tree, node)) if (roleOf(tree, child) !== Role.Body) bindTarget(tree, node, child, -1, declared, say);
      return;
    case Tag.Unary: {
      const [operand] = childrenOf(tree, node);
      if (operand !== undefined && /^(?:pre)?(?:\+\+|--)$/.test(internedText(opOf(tree, node))))
        bindTarget(tree, node, operand, -1, declared, say);
      return;
    }
    case Tag.Other:
      visitOther(tree, node, declared, say);
  }
}

function visitOther(tree: SyntaxTree, node: number, declared: boolean, say: Say): void {
  const kind = internedText(opOf(tree, node));
  if (kind.startsWith('for') || kind.startsWith('async for')) {
    const left = childrenOf(tree, node).find((child) => roleOf(tree, child) === Role.Left);
    if (left !== undefined) bindTarget(tree, node, left, -1, declared, say);
  } else if (kind.startsWith('as_pattern')) {
    const [source, ...rest] = childrenOf(tree, node);
    const target = rest.at(-1);
    // `with f() as x`: x is what f() gives. An exception's name stands for no expression.
    const around = parentOf(tree, node);
    const entered = source !== undefined && around >= 0 && internedText(opOf(tree, around)).startsWith('with_item');
    if (target !== undefined)
      for (const child of [target, ...childrenOf(tree, target)]) bindTarget(tree, node, child, entered ? source : -1, declared, say);
  } else if (NOT_BINDING_OPS.has(kind.split(' ', 1)[0] ?? '')) {
    const func = enclosingFunction(tree, node);
    for (const child of childrenOf(tree, node)) say(EventKind.Lend, node, func, textOf(tree, child), -1);
  }
}

/** Every name in a target such as `(a, [b, c])`, `{ a: b }` or `*rest`. */
function bindTarget(tree: SyntaxTree, node: number, target: number, value: number, declared: boolean, say: Say): void {
  const tag = tagOf(tree, target);
  if (tag === Tag.Ident) {
    const binds = tagOf(tree, node);
    const assigns =
      declared && (binds === Tag.Assign || binds === Tag.AugAssign || binds === Tag.Unary) && internedText(opOf(tree, node)) !== ':=';
    say(assigns ? EventKind.Assign : EventKind.Define, node, enclosingFunction(tree, node), textOf(tree, target), value);
  } else if (tag === Tag.Tuple || tag === Tag.List || tag === Tag.Spread || tag === Tag.Dict) {
    for (const child of childrenOf(tree, target)) bindTarget(tree, node, child, -1, declared, say);
  } else if (tag === Tag.Pair) {
    const bound = childrenOf(tree, target).at(-1);
    if (bound !== undefined) bindTarget(tree, node, bound, -1, declared, say);
  } else if (tag === Tag.Dot) {
    const [object, member] = childrenOf(tree, target);
    if (object === undefined || member === undefined) return;
    const own = tagOf(tree, object) === Tag.Const;
    say(own ? EventKind.OwnMember : EventKind.Member, node, -1, textOf(tree, member), own ? value : -1);
  } else if (tag === Tag.Assign) {
    const [first] = childrenOf(tree, target);
    if (first !== undefined) bindTarget(tree, node, first, -1, declared, say);
  }
}

function declare(tree: SyntaxTree, node: number, say: Say): void {
  const children = childrenOf(tree, node);
  const name = children.find((child) => roleOf(tree, child) === Role.Name || roleOf(tree, child) === Role.Left);
  const type = children.find((child) => roleOf(tree, child) === Role.Type);
  if (name !== undefined && type !== undefined && tagOf(tree, name) === Tag.Ident) say(EventKind.Type, node, -1, textOf(tree, name), type);
}
