/** Which functions one rule must run at all: those that data can reach on its way from a source to a sink, by the calls that the file makes. */
import { endOf, startOf } from '../language/tree.js';
import { indexEnclosing } from '../formula/enclosing.js';
import type { FlowTree } from './flowTree.js';
import { reaching, withCallees } from './order.js';
import type { Specs } from './spec.js';
import type { FunctionId } from './terms.js';

/** Of a name, in UTF-16 code units; longer ones count as the module's. */
const MAX_NAME = 200;

export interface Wanted {
  /** Functions where a source and a sink can meet, with all that they call; those that have a sink, where the module or a class has a source. */
  readonly run: ReadonlySet<FunctionId>;
  /** All that lead to a source. */
  readonly withSource: ReadonlySet<FunctionId>;
  /** All that lead to a sink. */
  readonly withSink: ReadonlySet<FunctionId>;
}

export function functionsToRun(
  code: FlowTree,
  { sources, sinks, goalsIn }: Specs,
  leading: { readonly sources: ReadonlySet<FunctionId>; readonly sinks: ReadonlySet<FunctionId> },
): Wanted {
  const { tree } = code;
  const program = code.program();
  const { callees, functions } = program;
  /** Ends of the outermost functions, by their starts. */
  const outer: { readonly start: number; readonly end: number }[] = [];
  for (const { node, isFunction } of functions.toSorted((a, b) => a.node - b.node)) {
    if (!isFunction || startOf(tree, node) < (outer.at(-1)?.end ?? 0)) continue;
    outer.push({ start: startOf(tree, node), end: endOf(tree, node) });
  }
  const inFunctions = indexEnclosing(outer);
  const outside = (match: { readonly start: number; readonly end: number }): boolean => inFunctions.enclosing(match).length === 0;
  const fromOutside = sources.all.some(outside);
  const has = (matches: Specs['sources'] | Specs['sinks'], id: FunctionId, elsewhere: ReadonlySet<FunctionId>): boolean => {
    // Another file may hold it.
    if (elsewhere.has(id)) return true;
    const { node, isFunction } = functions[id] ?? { node: -1, isFunction: false };
    const [start, end] = node < 0 ? [0, tree.text.length] : [startOf(tree, node), endOf(tree, node)];
    return isFunction ? matches.anyIn(start, end) : matches.all.some((match) => match.start >= start && match.end <= end && outside(match));
  };
  const withSource = reaching(callees, (id) => has(sources, id, leading.sources));
  const withSink = reaching(callees, (id) => has(sinks, id, leading.sinks));
  // What is left in an object is seen by methods, and where a method is called.
  const seesObjects = [...withCallees(callees, withSink)].some((id) => functions[id]?.self !== undefined);
  // Functions that may leave something in an object or in the module.
  const leaves = (id: FunctionId): boolean => {
    const { self, node } = functions[id] ?? { self: undefined, node: -1 };
    if ((self !== undefined && seesObjects) || program.writers.has(id) || program.tellers.has(id)) return true;
    return node >= 0 && goalsIn(startOf(tree, node), endOf(tree, node)).some((at) => outlives(code, at));
  };
  const leaving = new Set([...withSource].filter((id) => id !== 0 && leaves(id)));
  const run = withCallees(
    callees,
    [...withSink, ...leaving].filter((id) => fromOutside || withSource.has(id) || leaving.size > 0),
  );
  return { run, withSource, withSink };
}

/** Whether the name at this offset, of something that data is put into, is no function's own: what a function does to its parameters, its callers see. */
function outlives({ tree, names, program }: FlowTree, at: number): boolean {
  const [name] = /^[\p{L}\p{N}_$]*/u.exec(tree.text.slice(at, at + MAX_NAME)) ?? [''];
  return !program().functions.some(
    ({ node, isFunction }) =>
      isFunction && startOf(tree, node) <= at && at < endOf(tree, node) && names.scopes.bindingsIn(node, name).length > 0,
  );
}
