/** In which order functions are run: each after those that it calls, where that can be, so that what they do is known already. */
import { mayUseChannel } from './channels.js';
import { putsIntoStore } from './stores.js';
import type { Argument, Call, FunctionId, FunctionTerm, Imported, Term, VariableId } from './terms.js';

/**
 * Functions that call each other in a circle, together; each other one alone. Callees before their callers; in a circle, in the order in which they stand.
 * Strongly connected components, after Tarjan (1972).
 */
export function circlesOf(callees: readonly (readonly FunctionId[])[]): readonly (readonly FunctionId[])[] {
  const count = callees.length;
  /** When each was first seen, from 1 on, and the earliest that it leads back to. */
  const seen = new Int32Array(count);
  const back = new Int32Array(count);
  const open: FunctionId[] = [];
  const isOpen = new Uint8Array(count);
  const done = new Int32Array(count);
  const circles: (readonly FunctionId[])[] = [];
  let [times, ends] = [0, 0];
  const enter = (id: FunctionId): { readonly id: FunctionId; next: number } => {
    seen[id] = back[id] = ++times;
    isOpen[id] = 1;
    open.push(id);
    return { id, next: 0 };
  };
  for (const root of callees.keys()) {
    const path = seen[root] === 0 ? [enter(root)] : [];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const { id } = at;
      const callee = callees[id]?.[at.next++];
      if (callee !== undefined) {
        if (seen[callee] === 0) path.push(enter(callee));
        else if (isOpen[callee] === 1) back[id] = Math.min(back[id] as number, seen[callee] as number);
        continue;
      }
      path.pop();
      done[id] = ++ends;
      const caller = path.at(-1)?.id;
      if (caller !== undefined) back[caller] = Math.min(back[caller] as number, back[id] as number);
      if (back[id] !== seen[id]) continue;
      const members = open.splice(open.lastIndexOf(id));
      for (const member of members) isOpen[member] = 0;
      circles.push(members.length === 1 ? members : members.toSorted((a, b) => (done[a] as number) - (done[b] as number)));
    }
  }
  return circles;
}

/** What a function calls, hands on, holds, or reaches by way of a store; of a module or a class not the definitions that it holds, which run when they are called. */
export interface Calls {
  readonly functions: readonly FunctionId[];
  /** Of other files. */
  readonly imports: readonly Imported[];
  /** Whether it may tell others something by way of a channel, or register who is told. */
  readonly tells: boolean;
}

/**
 * Looks through a function's body once.
 * @param siblings all methods of a method's class
 */
export function callsIn({ body, isFunction, self }: FunctionTerm, siblings: (self: VariableId) => readonly FunctionId[]): Calls {
  const functions = new Set<FunctionId>();
  const imports: Imported[] = [];
  let tells = false;
  let stores = false;
  const waiting: object[] = [body];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (Array.isArray(at)) {
      for (const part of at as readonly unknown[]) if (typeof part === 'object' && part !== null) waiting.push(part);
      continue;
    }
    const { kind, functions: held } = at as { readonly kind?: Term['kind']; readonly functions?: Argument['functions'] };
    if (kind === 'call') {
      const { targets, imported, callee } = at as Call;
      if (callee.kind === 'part') {
        tells ||= mayUseChannel(callee.key.slice(1));
        stores ||= putsIntoStore(callee.key.slice(1));
      }
      for (const id of targets) functions.add(id);
      if (imported !== undefined) imports.push(imported);
    } else if (kind === 'part') {
      const { getter } = at as Term & { readonly kind: 'part' };
      for (const id of getter?.targets ?? []) functions.add(id);
      if (getter?.imported !== undefined) imports.push(getter.imported);
    } else if (kind === 'function') {
      const { id, inline } = at as Term & { readonly kind: 'function' };
      if (isFunction || inline) functions.add(id);
    }
    if (held !== undefined) for (const id of held) functions.add(id);
    for (const key in at) {
      const part = (at as Readonly<Record<string, unknown>>)[key];
      if (typeof part === 'object' && part !== null) waiting.push(part);
    }
  }
  if (stores && self !== undefined) for (const id of siblings(self)) functions.add(id);
  return { functions: [...functions], imports, tells };
}

/** By function: those that call it. */
export function callersOf(callees: readonly (readonly FunctionId[])[]): readonly (readonly FunctionId[])[] {
  const callers: FunctionId[][] = callees.map(() => []);
  for (const [id, called] of callees.entries()) for (const callee of called) callers[callee]?.push(id);
  return callers;
}

/** Functions that have something, or call one that has. */
export function reaching(callers: readonly (readonly FunctionId[])[], has: (id: FunctionId) => boolean): ReadonlySet<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting: FunctionId[] = [];
  for (let id = 0; id < callers.length; id++) if (has(id)) waiting.push(id);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const caller of callers[id] ?? []) waiting.push(caller);
  }
  return found;
}

/** These functions and all that they call. */
export function withCallees(callees: readonly (readonly FunctionId[])[], roots: Iterable<FunctionId>): ReadonlySet<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const callee of callees[id] ?? []) waiting.push(callee);
  }
  return found;
}
