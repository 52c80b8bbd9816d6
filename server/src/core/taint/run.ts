/**
 * One taint rule over one tree: what its formulas match, every function run once (callees first), and the matches with the way that the data took. Nothing
 * runs where there is no source or no sink.
 */
import type { Names } from '../language/names.js';
import type { Constants } from '../language/constants.js';
import { createTypes, type Types } from '../language/types.js';
import { endOf, startOf, type SyntaxTree } from '../language/tree.js';
import { bindingsOf, lookup, sameValue, type Env } from '../matching/bindings.js';
import { indexEnclosing } from '../formula/enclosing.js';
import type { FormulaRange, FlowTrace } from '../formula/ranges.js';
import type { Analysis, FlowOptions, SinkEffect, Summary } from './analysis.js';
import { Environment, type Cell } from './cells.js';
import { runFunction } from './flow.js';
import { DEFAULT_LABEL, satisfies } from './labels.js';
import { lowerProgram } from './lower.js';
import { reaching, withCallees } from './order.js';
import { createSpecs, type FoundSpecs, type Specs } from './spec.js';
import type { SourceTaint } from './taints.js';
import type { FunctionId, Program, VariableId } from './terms.js';

/** A tree ready for any number of rules. */
export interface FlowTree {
  readonly tree: SyntaxTree;
  readonly names: Names;
  readonly constants: Constants;
  program(): Program;
  types(): Types;
}

export function createFlowTree(tree: SyntaxTree, names: Names, constants: Constants): FlowTree {
  let program: Program | undefined;
  let types: Types | undefined;
  return {
    tree,
    names,
    constants,
    program: () => (program ??= lowerProgram(tree, names)),
    types: () => (types ??= createTypes(tree, names, constants)),
  };
}

/** Times that functions which call each other in a circle are run. */
const MAX_ROUNDS = 3;

/**
 * @param budget steps that are left; at 0 the answer is not whole
 * @returns what is found, sorted, without duplicates of the same extent
 */
export function runTaint(
  code: FlowTree,
  found: FoundSpecs,
  options: FlowOptions,
  budget: { left: number },
  expired: () => boolean,
): readonly FormulaRange[] {
  const isEmpty = (part: FoundSpecs['sources'] | FoundSpecs['sinks']): boolean => part.every(({ ranges }) => ranges.length === 0);
  if (isEmpty(found.sources) || isEmpty(found.sinks)) return [];
  const program = code.program();
  const summaries = new Map<FunctionId, Summary>();
  const again = new Set<FunctionId>();
  /** By the function that was running: one that runs again, knowing more, starts over. */
  const matches = new Map<FunctionId, Map<string, FormulaRange>>();
  let running: Map<string, FormulaRange> = new Map();
  const globals = new Map<VariableId, Cell>();
  const analysis: Analysis = {
    tree: code.tree,
    program,
    specs: createSpecs(code.tree, found),
    options,
    types: () => code.types(),
    globals,
    budget,
    expired,
    arrived(effect) {
      for (const match of matchesOf(effect, options)) {
        const key = `${match.start}:${match.end}`;
        if (!running.has(key)) running.set(key, match);
      }
    },
    unresolved: (caller) => again.add(caller),
    summaryOf: (id) => summaries.get(id),
  };
  const run = (id: FunctionId): void => {
    const func = program.functions[id];
    if (func === undefined || budget.left <= 0) return;
    running = new Map();
    matches.set(id, running);
    const { summary, env } = runFunction(analysis, func);
    summaries.set(id, summary);
    if (func.isFunction) return;
    // What the top level gives to a name once is what functions see, and so is what a class gives to a field.
    for (const [variable, cell] of env.entries()) {
      if (program.constantGlobals.has(variable)) globals.set(variable, cell);
      const fields = new Map([...(cell.parts ?? [])].filter(([key]) => program.fieldWrites.get(`${variable}${key}`) === 1));
      if (func.node >= 0 && fields.size > 0) globals.set(variable, { taints: undefined, parts: fields });
    }
  };
  const wanted = functionsToRun(code.tree, program, analysis.specs);
  run(0);
  for (const { id, isFunction } of program.functions) if (id !== 0 && !isFunction) run(id);
  for (const id of program.order) if (program.functions[id]?.isFunction === true && wanted.has(id)) run(id);
  for (let round = 1; round < MAX_ROUNDS && again.size > 0; round++) {
    const waiting = program.order.filter((id) => again.has(id));
    again.clear();
    waiting.forEach(run);
  }
  if (options.acrossFunctions) {
    // What a method leaves in its object, or a function in the module, others may find there.
    if (leaveBehind(program, summaries, globals)) for (const id of program.order) if (wanted.has(id)) run(id);
    run(0);
  }
  const unique = new Map([...matches.values()].flatMap((found) => [...found]).toReversed());
  return outermost([...unique.values()]);
}

/** Keeps what functions put into variables that outlive them; whether there is anything. */
function leaveBehind(program: Program, summaries: ReadonlyMap<FunctionId, Summary>, globals: Map<VariableId, Cell>): boolean {
  let found = false;
  for (const [id, { writes }] of summaries) {
    // A constructor's object is another one each time; what it holds is known where it is made.
    for (const { origin, path, taints } of writes) {
      if (origin.kind !== 'variable' || (program.variableOwners[origin.variable] ?? -1) >= 0) continue;
      const own = new Map([...taints].filter(([, taint]) => taint.kind === 'source'));
      if (own.size === 0 || program.functions[id]?.isFunction !== true) continue;
      const env = new Environment();
      env.set(origin.variable, globals.get(origin.variable));
      env.add(origin.variable, path, own, undefined, undefined);
      const cell = env.cell(origin.variable);
      if (cell !== undefined) globals.set(origin.variable, cell);
      found = true;
    }
  }
  return found;
}

/** Functions where a source and a sink can meet, with all that they call; those that have a sink, where the module or a class has a source. */
function functionsToRun(tree: SyntaxTree, program: Program, { sources, sinks }: Specs): ReadonlySet<FunctionId> {
  const { callees, functions } = program;
  const has = (matches: Specs['sources'] | Specs['sinks'], id: FunctionId): boolean => {
    const node = functions[id]?.node ?? -1;
    return node < 0 ? matches.all.length > 0 : matches.anyIn(startOf(tree, node), endOf(tree, node));
  };
  /** Ends of the outermost functions, by their starts. */
  const outer: { readonly start: number; readonly end: number }[] = [];
  for (const { node, isFunction } of functions.toSorted((a, b) => a.node - b.node)) {
    if (!isFunction || startOf(tree, node) < (outer.at(-1)?.end ?? 0)) continue;
    outer.push({ start: startOf(tree, node), end: endOf(tree, node) });
  }
  const inFunctions = indexEnclosing(outer);
  const fromOutside = sources.all.some((match) => inFunctions.enclosing(match).length === 0);
  const withSource = reaching(callees, (id) => has(sources, id));
  const withSink = reaching(callees, (id) => has(sinks, id));
  // Functions that may leave something in an object or in the module.
  const leaving = new Set([...withSource].filter((id) => id !== 0 && (functions[id]?.self !== undefined || program.writers.has(id))));
  return withCallees(
    callees,
    [...withSink, ...leaving].filter((id) => fromOutside || withSource.has(id) || leaving.size > 0),
  );
}

/** Without matches that lie inside of others. */
function outermost(matches: readonly FormulaRange[]): readonly FormulaRange[] {
  const sorted = matches.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: FormulaRange[] = [];
  let reached = -1;
  for (const match of sorted) {
    if (match.end <= reached) continue;
    kept.push(match);
    reached = match.end;
  }
  return kept;
}

function matchesOf({ sink, taints }: SinkEffect, options: FlowOptions): readonly FormulaRange[] {
  const { requires } = sink.spec;
  const sources = [...taints.values()].filter((taint) => taint.kind === 'source');
  if (sources.length === 0) return [];
  if (requires === undefined || options.unifyMetavariables) {
    const wanted = requires ?? ({ kind: 'label', label: DEFAULT_LABEL } as const);
    return sources.flatMap((source) => {
      if (satisfies(new Map([[source.key, source]]), wanted, true) !== true) return [];
      const env = options.unifyMetavariables ? unified(source.match.env, sink.env, options.strictly) : merged(source.match.env, sink.env);
      return env === CONFLICT ? [] : [matchOf(source, sink, env, options)];
    });
  }
  if (satisfies(taints, requires, true) !== true) return [];
  const preferred = requires.kind === 'and' && requires.operands[0]?.kind === 'label' ? requires.operands[0].label : undefined;
  const [first] = sources.toSorted((a, b) => rank(a, preferred) - rank(b, preferred));
  if (first === undefined) return [];
  const env = merged(agreed(sources, options.strictly), sink.env);
  return [matchOf(first, sink, env, options)];
}

function rank(source: SourceTaint, preferred: string | undefined): number {
  return (source.match.spec.requires === undefined ? 0 : 2) + (source.label === preferred ? 0 : 1);
}

function matchOf(source: SourceTaint, sink: SinkEffect['sink'], env: Env | undefined, options: FlowOptions): FormulaRange {
  const at = options.focus === 'source' ? source.match : sink;
  return { start: at.start, end: at.end, env, kind: 'plain', trace: traceOf(source, sink) };
}

function traceOf(source: SourceTaint, sink: SinkEffect['sink']): FlowTrace {
  const steps: FlowTrace['steps'][number][] = [];
  for (let at = source.steps; at !== undefined; at = at.before) steps.unshift({ span: at.span, kind: at.kind });
  return { source: { start: source.match.start, end: source.match.end }, steps, sink: { start: sink.start, end: sink.end } };
}

const CONFLICT = Symbol('conflict');

/** Both bindings; the sink's count where both bind a name. */
function merged(source: Env | undefined, sink: Env | undefined): Env | undefined {
  let env = sink;
  for (const [name, value] of bindingsOf(source)) if (lookup(sink, name) === undefined) env = { name, value, next: env };
  return env;
}

function unified(source: Env | undefined, sink: Env | undefined, strictly: boolean): Env | undefined | typeof CONFLICT {
  for (const [name, value] of bindingsOf(source)) {
    const own = lookup(sink, name);
    if (own !== undefined && !sameValue(own, value, strictly)) return CONFLICT;
  }
  return merged(source, sink);
}

/** What all sources that bind a name agree about. */
function agreed(sources: readonly SourceTaint[], strictly: boolean): Env | undefined {
  const names = new Set(sources.flatMap((source) => [...bindingsOf(source.match.env).keys()]));
  let env: Env | undefined;
  for (const name of names) {
    const [first, ...rest] = sources.map((source) => lookup(source.match.env, name)).filter((value) => value !== undefined);
    if (first !== undefined && rest.every((value) => sameValue(first, value, strictly))) env = { name, value: first, next: env };
  }
  return env;
}
