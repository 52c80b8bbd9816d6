/** In which order functions are run: each after those that it calls, where that can be, so that what they do is known already. */
import type { Argument, FunctionId, FunctionTerm, Term } from './terms.js';

/** Callees before their callers; in a cycle, in the order in which they stand. */
export function orderOf(functions: readonly FunctionTerm[]): readonly FunctionId[] {
  const callees = functions.map((func) => [...calledIn(func.body)]);
  const state = new Uint8Array(functions.length);
  const order: FunctionId[] = [];
  for (const { id } of functions) {
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

/** Functions that are called, or written, in a term. */
function calledIn(term: Term): Set<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting: unknown[] = [term];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (typeof at !== 'object' || at === null) continue;
    if ('kind' in at && at.kind === 'call')
      for (const id of (at as unknown as { readonly targets: readonly FunctionId[] }).targets) found.add(id);
    if ('functions' in at) for (const id of (at as unknown as Argument).functions) found.add(id);
    if ('kind' in at && at.kind === 'function') found.add((at as unknown as { readonly id: FunctionId }).id);
    for (const part of Object.values(at)) if (typeof part === 'object') waiting.push(part);
  }
  return found;
}
