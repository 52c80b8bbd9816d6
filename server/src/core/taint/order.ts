/** In which order functions are run: each after those that it calls, where that can be, so that what they do is known already. */
import type { Argument, Call, FunctionId, FunctionTerm, Imported, Term } from './terms.js';

/** Callees before their callers; in a cycle, in the order in which they stand. */
export function orderOf(callees: readonly (readonly FunctionId[])[]): readonly FunctionId[] {
  const state = new Uint8Array(callees.length);
  const order: FunctionId[] = [];
  for (const id of callees.keys()) {
    const path: { readonly id: FunctionId; next: number }[] = state[id] === 0 ? [{ id, next: 0 }] : [];
    if (path.length > 0) state[id] = 1;
    while (path.length > 0) {
      const at = path.at(-1) as { readonly id: FunctionId; next: number };
      const callee = callees[at.id]?.[at.next++];
      if (callee === undefined) {
        order.push(at.id);
        path.pop();
      } else if (state[callee] === 0) {
        state[callee] = 1;
        path.push({ id: callee, next: 0 });
      }
    }
  }
  return order;
}

/** Functions that each function calls, hands on, or holds. */
export function calleesOf(functions: readonly FunctionTerm[]): readonly (readonly FunctionId[])[] {
  return functions.map((func) => [...calledIn(func.body)]);
}

/** What of other files each function calls. */
export function importsOf(functions: readonly FunctionTerm[]): readonly (readonly Imported[])[] {
  return functions.map((func) => {
    const found: Imported[] = [];
    calledIn(func.body, (imported) => found.push(imported));
    return found;
  });
}

/** Functions that are called, handed on or written in a term. */
function calledIn(term: Term, met?: (imported: Imported) => void): Set<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting: unknown[] = [term];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (typeof at !== 'object' || at === null) continue;
    if ('kind' in at && at.kind === 'call') {
      const { targets, imported } = at as unknown as Call;
      for (const id of targets) found.add(id);
      if (imported !== undefined) met?.(imported);
    }
    if ('functions' in at) for (const id of (at as unknown as Argument).functions) found.add(id);
    if ('kind' in at && at.kind === 'function') found.add((at as unknown as { readonly id: FunctionId }).id);
    for (const part of Object.values(at)) if (typeof part === 'object') waiting.push(part);
  }
  return found;
}

/** Functions that have something, or call one that has. */
export function reaching(callees: readonly (readonly FunctionId[])[], has: (id: FunctionId) => boolean): ReadonlySet<FunctionId> {
  const callers: FunctionId[][] = callees.map(() => []);
  for (const [id, called] of callees.entries()) for (const callee of called) callers[callee]?.push(id);
  const found = new Set<FunctionId>();
  const waiting = [...callees.keys()].filter(has);
  while (waiting.length > 0) {
    const id = waiting.pop() as FunctionId;
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(callers[id] ?? []));
  }
  return found;
}

/** These functions and all that they call. */
export function withCallees(callees: readonly (readonly FunctionId[])[], roots: Iterable<FunctionId>): ReadonlySet<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting = [...roots];
  while (waiting.length > 0) {
    const id = waiting.pop() as FunctionId;
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(callees[id] ?? []));
  }
  return found;
}
