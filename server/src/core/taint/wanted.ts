/** Which functions one rule must run at all: those that data can reach on its way from a source to a sink, by the calls that the file makes. */
import { endOf, startOf } from '../language/tree.js';
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

const NO_FUNCTIONS: ReadonlySet<FunctionId> = new Set();

export function functionsToRun(
  code: FlowTree,
  { sources, sinks, goalsIn }: Specs,
  leading: { readonly sources: ReadonlySet<FunctionId>; readonly sinks: ReadonlySet<FunctionId> },
): Wanted {
  const { tree } = code;
  const program = code.program();
  const { callers, callees, functions, outermost } = program;
  const outside = (match: { readonly start: number; readonly end: number }): boolean => outermost.enclosing(match).length === 0;
  const has = (matches: Specs['sources'] | Specs['sinks'], id: FunctionId, elsewhere: ReadonlySet<FunctionId>): boolean => {
    // Another file may hold it.
    if (elsewhere.has(id)) return true;
    const { node, isFunction } = functions[id] ?? { node: -1, isFunction: false };
    const [start, end] = node < 0 ? [0, tree.text.length] : [startOf(tree, node), endOf(tree, node)];
    return isFunction ? matches.anyIn(start, end) : matches.all.some((match) => match.start >= start && match.end <= end && outside(match));
  };
  const leadingTo = (matches: Specs['sources'] | Specs['sinks'], elsewhere: ReadonlySet<FunctionId>): ReadonlySet<FunctionId> =>
    matches.all.length === 0 && elsewhere.size === 0 ? NO_FUNCTIONS : reaching(callers, (id) => has(matches, id, elsewhere));
  const withSource = leadingTo(sources, leading.sources);
  const withSink = leadingTo(sinks, leading.sinks);
  // Whatever is left behind, nothing begins there, or it arrives nowhere.
  if (withSource.size === 0 || withSink.size === 0) return { run: NO_FUNCTIONS, withSource, withSink };
  const fromOutside = sources.all.some(outside);
  // What is left in an object is seen by methods, and where a method is called.
  const seesObjects = [...withCallees(callees, withSink)].some((id) => functions[id]?.self !== undefined);
  // Functions that may leave something in an object or in the module.
  const leaves = (id: FunctionId): boolean => {
    const { self, node } = functions[id] ?? { self: undefined, node: -1 };
    if ((self !== undefined && seesObjects) || program.writers.has(id) || program.tellers.has(id)) return true;
    return node >= 0 && goalsIn(startOf(tree, node), endOf(tree, node)).some((at) => outlives(code, at));
  };
  const leaving = new Set([...withSource].filter((id) => id !== 0 && leaves(id)));
  // What runs inside of another leaves it when that one is run. Those that are added meanwhile are visited, too.
  for (const id of leaving) if (program.inside.has(id)) leaving.add(functions[id]?.outer ?? id);
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
