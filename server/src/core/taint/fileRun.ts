/**
 * The functions of one file, run for one rule: each when it is first wanted, its summary kept for those that call it. Calls into other files of a project run
 * what they lead to there, once for all calls.
 */
import { indexEnclosing } from '../formula/enclosing.js';
import type { FormulaRange, OtherFile } from '../formula/ranges.js';
import { endOf, startOf } from '../language/tree.js';
import type { Analysis, Channels, FlowOptions, ImportedFunction, Summary } from './analysis.js';
import type { Budget } from './budget.js';
import type { Cell } from './cells.js';
import { createChannels } from './channels.js';
import { runFunction } from './flow.js';
import type { FlowTree } from './flowTree.js';
import { matchesForHeir, matchesOf } from './found.js';
import type { Ends } from './narrow.js';
import { withCallees } from './order.js';
import type { Lead, OpenFile } from './project.js';
import { samePlace } from './steps.js';
import { createSpecs, type FoundSpecs, type Specs } from './spec.js';
import type { FunctionId, FunctionTerm, Imported, Program, VariableId } from './terms.js';

/** Times that functions which call each other in a circle are run. */
const MAX_ROUNDS = 3;
/** Files that one call may lead through, one after the other. */
const MAX_DEPTH = 12;
/** Classes for whose objects methods that they inherit from other files are run. */
export const MAX_HEIRS = 12;

/** Other files, for one rule. */
export interface Beyond {
  /** Functions that a call from the file at `from` leads to. */
  lead(imported: Imported, from: OtherFile | undefined): Lead | undefined;
  /** The same, where it may lead to several files. */
  leads(imported: Imported, from: OtherFile | undefined): readonly Lead[];
  specs(file: OpenFile): FoundSpecs;
  /** Functions of the scanned file that lead to a source, or a sink, in whatever file. */
  leadingTo(end: 'sources' | 'sinks', own: FoundSpecs): ReadonlySet<FunctionId>;
  /** Functions of the scanned file that lead to one of these of its own. */
  leadingToOwn(functions: readonly FunctionId[]): ReadonlySet<FunctionId>;
  /** The same with no other sources and sinks. */
  narrowedTo(ends: Ends): Beyond;
}

/** What one rule's run over a file and those that it leads to shares. */
export interface Shared {
  readonly options: FlowOptions;
  readonly budget: Budget;
  readonly expired: () => boolean;
  readonly beyond: Beyond | undefined;
  /** By path; '' for the file that is looked at. */
  readonly files: Map<string, FileRun>;
  /** Functions of other files that were run before something that they call. */
  readonly waiting: Map<FileRun, Set<FunctionId>>;
  /** Whether methods of other files are run for classes that inherit them. */
  readonly forHeirs: boolean;
  /** Classes that methods of other files were run for. */
  readonly heirs: Set<string>;
  /** What was found in such methods. */
  readonly inherited: Map<string, FormulaRange>;
  /** Whether another file led back to the one that is looked at. */
  circular: boolean;
  depth: number;
}

/** One file's functions, run for one rule. */
export interface FileRun {
  readonly program: Program;
  readonly specs: Specs;
  readonly summaries: Map<FunctionId, Summary>;
  readonly globals: Map<VariableId, Cell>;
  readonly channels: Channels;
  /** By the function that was running: one that runs again, knowing more, starts over. */
  readonly matches: ReadonlyMap<FunctionId, ReadonlyMap<string, FormulaRange>>;
  /** Functions that call what was not known yet. */
  readonly again: Set<FunctionId>;
  /** Functions that were run when nobody asked what they do: their summaries say only what comes of sources. */
  readonly unasked: ReadonlySet<FunctionId>;
  /** As in `Program`, but for functions that lie in something that the rule matched as a whole: what that means to them is seen when they are run by themselves. */
  readonly inside: ReadonlySet<FunctionId>;
  /** Functions that the top level, or the body of a class, runs where they are written. */
  readonly outside: ReadonlySet<FunctionId>;
  /** Methods that objects of a class of another file have in place of this file's own, where it is run for those. */
  readonly overrides: Overrides | undefined;
  /** Of functions that are not run: what is known from before an edit. */
  before: (id: FunctionId) => Summary | undefined;
  /** What a function does; those that are inside of others, or were not asked for before, are run now. Undefined where that is not known yet. */
  summaryOf(id: FunctionId): Summary | undefined;
  /** @param isAsked whether somebody wants to know what it does with what it is given: left out where that is told by its callers */
  run(id: FunctionId, isAsked?: boolean): void;
  /** Runs the top level and the bodies of classes. */
  start(): void;
  /** Runs functions, callees before their callers; those of a circle until each knows what it calls. */
  runAll(wanted: ReadonlySet<FunctionId>): void;
  /** Forgets what functions do that are inside of others: it is worked out again, with what is known by then, when somebody asks. */
  forgetInside(): void;
  /** Runs what waits for others, a few times. */
  settle(): void;
}

/** By the method's name: the file that has it, and which functions of it they are. */
type Overrides = ReadonlyMap<string, { readonly run: FileRun; readonly ids: readonly FunctionId[] }>;

export function createFileRun(
  code: FlowTree,
  found: FoundSpecs,
  file: OtherFile | undefined,
  shared: Shared,
  overrides?: Overrides,
): FileRun {
  const program = code.program();
  const { options, budget, expired } = shared;
  const summaries = new Map<FunctionId, Summary>();
  const again = new Set<FunctionId>();
  const outside = new Set<FunctionId>();
  const matches = new Map<FunctionId, Map<string, FormulaRange>>();
  const globals = new Map<VariableId, Cell>();
  const channels = createChannels();
  const specs = createSpecs(code.tree, found, file);
  const running: FunctionId[] = [];
  /** For each that is running: functions inside of it that ran where they are written. */
  const ranInside: Set<FunctionId>[] = [];
  const unasked = new Set<FunctionId>();
  const inside = runInside(code, specs);
  const analysis: Analysis = {
    file,
    tree: code.tree,
    program,
    specs,
    options,
    types: () => code.types(),
    globals,
    channels,
    budget,
    expired,
    arrived(effect) {
      // What arrives in another file is found when that one is looked at.
      const here = file === undefined ? matches.get(running.at(-1) ?? -1) : shared.inherited;
      if (here === undefined || (file !== undefined && overrides === undefined)) return;
      for (const match of file === undefined ? matchesOf(effect, options, code.tree.text) : matchesForHeir(effect, options)) {
        const key = keyOf(match);
        const before = here.get(key);
        here.set(key, before === undefined ? match : better(match, before));
      }
    },
    ranOutside: (id) => outside.add(id),
    ranInside: (id) => ranInside.at(-1)?.add(id),
    unresolved: waits,
    summaryOf: (id) => self.summaryOf(id),
    siblingsOf: (func) => siblingsOf(func, self),
    importedBy: (imported) => known(importedFunctions(imported, self, file, shared)),
    overriding(method) {
      const own = overrides?.get(method);
      return own === undefined ? undefined : known(summarized(own.run, own.ids, shared));
    },
  };
  /** Whether somebody calls a function. One that is written as an expression is held by what is around it, called or not. */
  const mayBeAsked = (id: FunctionId): boolean => {
    const func = program.functions[id];
    const callers = program.callers[id] ?? [];
    return file !== undefined || inside.has(id) || callers.some((caller) => caller !== func?.outer || !func.inline);
  };
  /** Functions that are run inside of one, and not by themselves: it is the nearest around them that is. */
  const insideOf = (id: FunctionId): readonly FunctionId[] => {
    if (innermost === undefined) {
      innermost = new Map();
      for (const inner of inside) {
        let around = program.functions[inner]?.outer ?? -1;
        while (inside.has(around)) around = program.functions[around]?.outer ?? -1;
        const own = innermost.get(around);
        if (own === undefined) innermost.set(around, [inner]);
        else own.push(inner);
      }
    }
    return innermost.get(id) ?? [];
  };
  let innermost: Map<FunctionId, FunctionId[]> | undefined;
  const known = (functions: readonly ImportedFunction[] | undefined | 'unknown'): readonly ImportedFunction[] | undefined => {
    if (functions !== 'unknown') return functions;
    const caller = running.at(-1);
    if (caller !== undefined) waits(caller);
    return undefined;
  };
  /** A function calls what is not known yet: it runs again, one that is inside of another with that one. */
  function waits(caller: FunctionId): void {
    again.add(inside.has(caller) ? (running.findLast((id) => !inside.has(id)) ?? caller) : caller);
  }
  const self: FileRun = {
    program,
    specs,
    summaries,
    globals,
    channels,
    matches,
    again,
    unasked,
    inside,
    outside,
    overrides,
    before: () => undefined,
    summaryOf(id) {
      const summary = unasked.has(id) ? undefined : (summaries.get(id) ?? self.before(id));
      if (summary === undefined && (inside.has(id) || unasked.has(id))) self.run(id, true);
      return summary ?? summaries.get(id);
    },
    run(id, isAsked = mayBeAsked(id)) {
      const func = program.functions[id];
      if (func === undefined || budget.left <= 0 || running.includes(id)) return;
      // What one that runs inside of another finds is found there, but for what it is handed.
      if (!inside.has(id) || channels.handed.has(id)) matches.set(id, new Map());
      running.push(id);
      ranInside.push(new Set());
      const { summary, env } = runFunction(analysis, func, isAsked);
      // What is written where nothing is evaluated is run by itself.
      if (!inside.has(id))
        for (const inner of insideOf(id)) {
          const other = program.functions[inner];
          if (other !== undefined && ranInside.at(-1)?.has(inner) === false) runFunction(analysis, other, false);
        }
      ranInside.pop();
      running.pop();
      summaries.set(id, summary);
      if (isAsked || !func.isFunction) unasked.delete(id);
      else unasked.add(id);
      if (func.isFunction) return;
      // What the top level gives to a name once is what functions see, and so is what a class gives to a field.
      for (const [variable, cell] of env.entries()) {
        if (program.isConstantGlobal(variable) || program.isSettledGlobal(variable)) globals.set(variable, cell);
        const fields = new Map([...(cell.parts ?? [])].filter(([key]) => program.fieldWrites.get(`${variable}${key}`) === 1));
        if (func.node >= 0 && fields.size > 0) globals.set(variable, { taints: undefined, parts: fields });
      }
    },
    start() {
      self.run(0);
      for (const { id, isFunction } of program.functions) if (id !== 0 && !isFunction) self.run(id);
    },
    runAll(wanted) {
      for (const circle of program.circles) {
        const own = circle.filter((id) => wanted.has(id) && !inside.has(id));
        own.forEach((id) => self.run(id));
        const isCircle = circle.length > 1 || own.some((id) => program.callees[id]?.includes(id));
        const rounds = isCircle ? MAX_ROUNDS : 1;
        for (let round = 1; round < rounds; round++) {
          const waiting = own.filter((id) => again.has(id));
          if (waiting.length === 0) break;
          self.forgetInside();
          for (const id of waiting) {
            again.delete(id);
            self.run(id);
          }
        }
      }
    },
    forgetInside() {
      for (const id of inside) summaries.delete(id);
    },
    settle() {
      for (let round = 1; round < MAX_ROUNDS && again.size > 0; round++) {
        const waiting = program.order.filter((id) => again.has(id));
        again.clear();
        self.forgetInside();
        waiting.forEach((id) => self.run(id));
      }
    },
  };
  return self;
}

function runInside(code: FlowTree, { sources, sinks, sanitizers }: Specs): ReadonlySet<FunctionId> {
  const { tree } = code;
  const { functions, inside } = code.program();
  const extents = [...inside].map((id) => {
    const node = functions[id]?.node ?? 0;
    return { id, start: startOf(tree, node), end: endOf(tree, node) };
  });
  const shortest = Math.min(...extents.map(({ start, end }) => end - start));
  const around = [...sources.all, ...sinks.all, ...sanitizers.all].filter(({ start, end }) => end - start >= shortest);
  if (around.length === 0) return inside;
  const index = indexEnclosing(around);
  return new Set(extents.flatMap((extent) => (index.enclosing(extent).length === 0 ? [extent.id] : [])));
}

/** What calls of something in another file do; `unknown` where that is being worked out: a circle of files. */
export function importedFunctions(
  imported: Imported,
  caller: FileRun,
  from: OtherFile | undefined,
  shared: Shared,
): readonly ImportedFunction[] | undefined | 'unknown' {
  const leads = shared.beyond?.leads(imported, from) ?? [];
  if (leads.length === 0 || shared.depth >= MAX_DEPTH) return undefined;
  const found = leads.map((lead) => functionsOf(lead, imported, caller, from, shared)).filter((each) => each !== undefined);
  const known = found.filter((each) => each !== 'unknown');
  return known.length < found.length ? 'unknown' : known.flat();
}

function functionsOf(
  { file, functions }: Lead,
  imported: Imported,
  caller: FileRun,
  from: OtherFile | undefined,
  shared: Shared,
): readonly ImportedFunction[] | undefined | 'unknown' {
  if (shared.beyond === undefined) return undefined;
  if (file.other === undefined) shared.circular = true;
  const heir = file.other === undefined ? undefined : heirOf(imported, caller, from, shared);
  const key = file.other === undefined ? '' : heir === undefined ? file.path : `${file.path}\0${heir.key}`;
  let other = shared.files.get(key);
  if (other === undefined) {
    other = createFileRun(file.code, shared.beyond.specs(file), file.other, shared, heir?.overrides);
    shared.files.set(key, other);
    shared.depth++;
    other.start();
    shared.depth--;
  }
  return summarized(other, functions, shared);
}

/** What methods of another file are run for: objects of a class that inherits them. */
export function heirOf(
  { receiver }: Imported,
  caller: FileRun,
  from: OtherFile | undefined,
  shared: Shared,
): { readonly key: string; readonly overrides: Overrides } | undefined {
  if (receiver === undefined || !shared.forHeirs) return undefined;
  const key = `${from?.path ?? ''}\0${receiver}`;
  if (!shared.heirs.has(key) && shared.heirs.size >= MAX_HEIRS) return undefined;
  shared.heirs.add(key);
  const own = [...caller.program.methodsOf(receiver)].map(([name, ids]) => [name, { run: caller, ids }] as const);
  return own.length === 0 && caller.overrides === undefined
    ? undefined
    : { key, overrides: new Map([...own, ...(caller.overrides ?? [])]) };
}

/** Functions of a file with what they do; those that did not run yet do so now. */
function summarized(other: FileRun, functions: readonly FunctionId[], shared: Shared): readonly ImportedFunction[] | 'unknown' {
  const { program, summaries, unasked } = other;
  const missing = functions.filter((id) => !summaries.has(id));
  for (const id of functions) if (unasked.has(id)) other.run(id, true);
  if (missing.length > 0) {
    const wanted = withCallees(program.callees, missing);
    shared.depth++;
    other.runAll(new Set([...wanted].filter((id) => !summaries.has(id))));
    if (other.again.size > 0) {
      const before = [...other.again];
      other.settle();
      // What still waits for a file around is run once more at the end.
      const waiting = shared.waiting.get(other) ?? new Set();
      for (const id of before) waiting.add(id);
      shared.waiting.set(other, waiting);
    }
    shared.depth--;
  }
  const known = functions.flatMap((id): ImportedFunction[] => {
    const func = program.functions[id];
    const summary = summaries.get(id);
    return func === undefined || summary === undefined ? [] : [{ func, summary, siblings: () => siblingsOf(func, other) }];
  });
  return known.length < functions.length ? 'unknown' : known;
}

/** Methods of the class that a method is one of, itself among them, that were run. */
export function siblingsOf(
  { self }: FunctionTerm,
  { program, summaryOf }: Pick<FileRun, 'program' | 'summaryOf'>,
): ReturnType<ImportedFunction['siblings']> {
  if (self === undefined) return [];
  return program.functions.flatMap((func) => {
    const summary = func.self === self ? summaryOf(func.id) : undefined;
    return summary === undefined ? [] : [{ func, summary }];
  });
}

/** More places where ways to one sink begin are not kept. */
const MAX_ALSO = 16;

/** The better of two that lead to the same place, which knows where the other one begins. */
function better(match: FormulaRange, before: FormulaRange): FormulaRange {
  const [best, other] = isBetter(match, before) ? [match, before] : [before, match];
  if (best.trace === undefined || other.trace === undefined) return best;
  const known = best.also ?? [];
  const also = [...known];
  for (const place of [other.trace.source, ...(other.also ?? [])])
    if (also.length < MAX_ALSO && ![best.trace.source, ...also].some((one) => samePlace(one, place))) also.push(place);
  return also.length === known.length ? best : { ...best, also };
}

/** One that says that the sink is isolated; of several ways, one that is not far, then one that begins in this file, then the shortest. */
function isBetter(match: FormulaRange, before: FormulaRange): boolean {
  if ((match.lowered !== undefined) !== (before.lowered !== undefined)) return match.lowered !== undefined;
  if (match.far !== before.far) return match.far === undefined;
  const [isHere, wasHere] = [match.trace?.source.file === undefined, before.trace?.source.file === undefined];
  if (isHere !== wasHere) return isHere;
  return lengthOf(match) < lengthOf(before);
}

function lengthOf({ trace }: FormulaRange): number {
  if (trace === undefined) return 0;
  return trace.cut === true || trace.doubts !== undefined ? Infinity : trace.steps.length;
}

/** Equal for matches that stand at the same place. */
export function keyOf({ start, end, atSink }: FormulaRange): string {
  return `${start}:${end}${atSink === undefined ? '' : `:${atSink.file.path}:${atSink.start}`}`;
}
