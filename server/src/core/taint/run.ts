/**
 * One taint rule over one tree: what its formulas match, every function run once (callees first), and the matches with the way that the data took. Nothing
 * runs where there is no source or no sink. Calls into other files of a project run what they lead to there, once for all calls.
 */
import { indexEnclosing } from '../formula/enclosing.js';
import type { FlowParts, FoundByFunction, Involved } from '../formula/kept.js';
import type { FormulaRange, OtherFile, Place } from '../formula/ranges.js';
import { endOf, nextOf, startOf } from '../language/tree.js';
import type { Analysis, Channels, FlowOptions, ImportedFunction, Summary } from './analysis.js';
import { createBudget, type Budget } from './budget.js';
import { Environment, type Cell } from './cells.js';
import { createChannels, handOn } from './channels.js';
import { runFunction } from './flow.js';
import type { FlowTree } from './flowTree.js';
import { matchesForHeir, matchesOf, outermost, withoutIsolated } from './found.js';
import { canNarrow, endsAt, narrowed, placesOfFlows, type Ends } from './narrow.js';
import { reaching, withCallees } from './order.js';
import type { Lead, OpenFile } from './project.js';
import { createSpecs, type FoundSpecs, type Specs } from './spec.js';
import type { Taints } from './taints.js';
import type { FunctionId, Heir, Imported, Key, Program, VariableId } from './terms.js';
import { functionsToRun } from './wanted.js';

/** Times that functions which call each other in a circle are run. */
const MAX_ROUNDS = 3;
/** Files that one call may lead through, one after the other. */
const MAX_DEPTH = 12;
/** Classes for whose objects methods that they inherit from other files are run. */
const MAX_HEIRS = 12;

/** What one rule finds in a tree. */
export interface TaintRun {
  /** Sorted, without duplicates of the same extent. */
  readonly matches: readonly FormulaRange[];
  /** Undefined where the answer may depend on any function. */
  readonly involved: Involved | undefined;
  /** As in `KeptFlow`. */
  readonly parts: FlowParts | undefined;
}

/** What was found before an edit of one function, in its places now: only what depends on that function is run again. */
export interface Before {
  /** The edited function, as a Func node. */
  readonly edited: number;
  /** Functions that were run, as Func nodes. */
  readonly run: ReadonlySet<number>;
  /** Undefined for a function whose matches are about what was replaced. */
  readonly untraced: ReadonlyMap<number, readonly FormulaRange[] | undefined>;
  readonly traced: ReadonlyMap<number, readonly FormulaRange[] | undefined>;
  /** Those that were replaced are left out. */
  readonly ends: readonly Place[];
}

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
interface Shared {
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
interface FileRun {
  readonly program: Program;
  readonly specs: Specs;
  readonly summaries: Map<FunctionId, Summary>;
  readonly globals: Map<VariableId, Cell>;
  readonly channels: Channels;
  /** By the function that was running: one that runs again, knowing more, starts over. */
  readonly matches: ReadonlyMap<FunctionId, ReadonlyMap<string, FormulaRange>>;
  /** Functions that call what was not known yet. */
  readonly again: Set<FunctionId>;
  /** Methods that objects of a class of another file have in place of this file's own, where it is run for those. */
  readonly overrides: Overrides | undefined;
  run(id: FunctionId): void;
  /** Runs the top level and the bodies of classes. */
  start(): void;
  /** Runs what waits for others, a few times. */
  settle(): void;
}

/** By the method's name: the file that has it, and which functions of it they are. */
type Overrides = ReadonlyMap<string, { readonly run: FileRun; readonly ids: readonly FunctionId[] }>;

function createFileRun(code: FlowTree, found: FoundSpecs, file: OtherFile | undefined, shared: Shared, overrides?: Overrides): FileRun {
  const program = code.program();
  const { options, budget, expired } = shared;
  const summaries = new Map<FunctionId, Summary>();
  const again = new Set<FunctionId>();
  const matches = new Map<FunctionId, Map<string, FormulaRange>>();
  const globals = new Map<VariableId, Cell>();
  const channels = createChannels();
  const specs = createSpecs(code.tree, found, file);
  const running: FunctionId[] = [];
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
      for (const match of file === undefined ? matchesOf(effect, options) : matchesForHeir(effect, options)) {
        const key = keyOf(match);
        const before = here.get(key);
        // One that says that the sink is isolated; of several ways, one that begins in this file.
        const better =
          (match.lowered !== undefined) === (before?.lowered !== undefined)
            ? before?.trace?.source.file !== undefined && match.trace?.source.file === undefined
            : match.lowered !== undefined;
        if (before === undefined || better) here.set(key, match);
      }
    },
    unresolved: (caller) => again.add(caller),
    summaryOf: (id) => summaries.get(id),
    importedBy: (imported) => known(importedFunctions(imported, self, file, shared)),
    overriding(method) {
      const own = overrides?.get(method);
      return own === undefined ? undefined : known(summarized(own.run, own.ids, shared));
    },
  };
  const known = (functions: readonly ImportedFunction[] | undefined | 'unknown'): readonly ImportedFunction[] | undefined => {
    if (functions !== 'unknown') return functions;
    const caller = running.at(-1);
    if (caller !== undefined) again.add(caller);
    return undefined;
  };
  const self: FileRun = {
    program,
    specs,
    summaries,
    globals,
    channels,
    matches,
    again,
    overrides,
    run(id) {
      const func = program.functions[id];
      if (func === undefined || budget.left <= 0 || running.includes(id)) return;
      matches.set(id, new Map());
      running.push(id);
      const { summary, env } = runFunction(analysis, func);
      running.pop();
      summaries.set(id, summary);
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
    settle() {
      for (let round = 1; round < MAX_ROUNDS && again.size > 0; round++) {
        const waiting = program.order.filter((id) => again.has(id));
        again.clear();
        waiting.forEach((id) => self.run(id));
      }
    },
  };
  return self;
}

/** What calls of something in another file do; `unknown` where that is being worked out: a circle of files. */
function importedFunctions(
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
function heirOf(
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

/** Runs all methods that a class inherits from other files as methods of its objects. */
function runInherited(
  { name, base }: Heir,
  caller: FileRun,
  from: OtherFile | undefined,
  shared: Shared,
  sharing: Sharing[],
  depth = 0,
): void {
  const lead = shared.beyond?.lead(base, from);
  importedFunctions(base, caller, from, shared);
  const heir = lead?.file.other === undefined ? undefined : heirOf(base, caller, from, shared);
  const run = heir === undefined ? undefined : shared.files.get(`${lead?.file.path ?? ''}\0${heir.key}`);
  if (lead === undefined || run === undefined || depth > MAX_HEIRS) return;
  const methods = [...caller.program.methodsOf(name).values()].flat();
  sharing.push([
    { run: caller, methods },
    { run, methods: lead.functions },
  ]);
  for (const next of run.program.heirs)
    if (next.name === base.path.at(-1)) runInherited(next, run, lead.file.other, shared, sharing, depth + 1);
}

/** Methods of one object in two files: of its class, and inherited ones. */
type Sharing = readonly [ObjectMethods, ObjectMethods];

interface ObjectMethods {
  readonly run: FileRun;
  readonly methods: readonly FunctionId[];
}

/** What a method leaves in its object, inherited ones find there, and the other way round; whether there is anything. */
function shareObjects(sharing: readonly Sharing[]): boolean {
  let found = false;
  for (const [heir, base] of [...sharing, ...sharing.toReversed()])
    for (const [from, to] of [
      [heir, base],
      [base, heir],
    ] as const) {
      const selves = new Set(to.methods.flatMap((id) => to.run.program.functions[id]?.self ?? []));
      for (const id of from.methods)
        for (const { origin, path, taints } of from.run.summaries.get(id)?.writes ?? []) {
          if (origin.kind !== 'variable' || origin.variable !== from.run.program.functions[id]?.self || path.length === 0) continue;
          for (const self of selves) if (keep(to.run.globals, self, path, taints)) found = true;
        }
    }
  if (!found) return false;
  for (const { run } of new Set(sharing.map(([, base]) => base)))
    for (const id of run.program.order) if (run.summaries.has(id)) run.run(id);
  return true;
}

/** Adds what comes from sources to a variable of the module, or a part of it; whether there is anything. */
function keep(globals: Map<VariableId, Cell>, variable: VariableId, path: readonly Key[], taints: Taints): boolean {
  const own = new Map([...taints].filter(([, taint]) => taint.kind === 'source'));
  if (own.size === 0) return false;
  const env = new Environment();
  env.set(variable, globals.get(variable));
  env.add(variable, path, own, undefined, undefined);
  const cell = env.cell(variable);
  if (cell !== undefined) globals.set(variable, cell);
  return true;
}

/** Functions of a file with what they do; those that did not run yet do so now. */
function summarized(other: FileRun, functions: readonly FunctionId[], shared: Shared): readonly ImportedFunction[] | 'unknown' {
  const { program, summaries } = other;
  const missing = functions.filter((id) => !summaries.has(id));
  if (missing.length > 0) {
    const wanted = withCallees(program.callees, missing);
    shared.depth++;
    for (const id of program.order) if (wanted.has(id) && !summaries.has(id)) other.run(id);
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
    return func === undefined || summary === undefined ? [] : [{ func, summary }];
  });
  return known.length < functions.length ? 'unknown' : known;
}

/**
 * Twice where there is anything to find: most rules find nothing in most files, and to see that the way of the data need not be kept.
 * @param budget steps that are left, for either time; at 0 the answer is not whole
 * @param beyond other files, where calls are followed into them
 * @param before what is known from before an edit
 */
export function runTaint(
  code: FlowTree,
  found: FoundSpecs,
  options: FlowOptions,
  budget: Budget,
  expired: () => boolean,
  beyond?: Beyond,
  before?: Before,
): TaintRun {
  const { left } = budget;
  const refill = (): void => void Object.assign(budget, createBudget(left));
  /** Only what the edit may have changed is run, if that will do. */
  const run = (specs: FoundSpecs, traced: boolean, around: Beyond | undefined, known: Known | undefined): RunOnce => {
    const own = { ...options, traced };
    const again = known === undefined ? undefined : runOnce(code, specs, own, budget, expired, around, known);
    if (again !== undefined) return again;
    refill();
    return runOnce(code, specs, own, budget, expired, around) ?? NOTHING_RUN;
  };
  const first = run(found, false, beyond, before === undefined ? undefined : { ...before, found: before.untraced });
  const { matches, involved } = first;
  const places = placesOfFlows(matches);
  const whole = (final: readonly FormulaRange[], traced: FoundByFunction | undefined): TaintRun => ({
    matches: final,
    involved,
    parts: first.parts === undefined || traced === undefined ? undefined : { untraced: first.parts, traced, ends: places },
  });
  if (matches.length === 0) return whole([], new Map());
  refill();
  const canKeep = before !== undefined && first.affected !== undefined;
  if (!canNarrow(found)) {
    const last = run(found, true, beyond, canKeep ? { ...before, found: before.traced } : undefined);
    return whole(last.matches, last.parts);
  }
  const ends = endsAt(places);
  const rest = { ...found, sources: narrowed(found.sources, ends, ''), sinks: narrowed(found.sinks, ends, '') };
  const known = new Set(matches.map(({ start, end }) => `${start}:${end}`));
  const sameEnds = canKeep && first.affected !== undefined && sameBut(code, first.affected, before.ends, places);
  const last = run(rest, true, beyond?.narrowedTo(ends), sameEnds ? { ...before, found: before.traced } : undefined);
  return whole(
    last.matches.filter(({ start, end }) => known.has(`${start}:${end}`)),
    last.parts,
  );
}

/** Whether flows begin and end at the same places, but for those inside of some functions, which others do not see. */
function sameBut(code: FlowTree, functions: ReadonlySet<FunctionId>, before: readonly Place[], now: readonly Place[]): boolean {
  const { tree } = code;
  const inside = indexEnclosing(
    [...functions].flatMap((id) => {
      const node = code.program().functions[id]?.node ?? -1;
      return node < 0 ? [] : [{ start: startOf(tree, node), end: endOf(tree, node) }];
    }),
  );
  const outside = (places: readonly Place[]): Ends =>
    endsAt(places.filter((place) => place.file !== undefined || inside.enclosing(place).length === 0));
  const [a, b] = [outside(before), outside(now)];
  return a.size === b.size && [...a].every((end) => b.has(end));
}

interface RunOnce {
  readonly matches: readonly FormulaRange[];
  readonly involved: Involved | undefined;
  /** What was found by function; undefined where functions depend on others in more ways than by calling them. */
  readonly parts: FoundByFunction | undefined;
  /** Functions that were run again; undefined where all were. */
  readonly affected?: ReadonlySet<FunctionId>;
}

const NOTHING_RUN: RunOnce = { matches: [], involved: undefined, parts: undefined };

/** What one of the two runs found before. */
type Known = Pick<Before, 'edited' | 'run'> & { readonly found: Before['untraced'] };

/** Undefined where what is known is not enough. */
function runOnce(
  code: FlowTree,
  found: FoundSpecs,
  options: FlowOptions,
  budget: Budget,
  expired: () => boolean,
  beyond?: Beyond,
  known?: Known,
): RunOnce | undefined {
  const isEmpty = (part: FoundSpecs['sources'] | FoundSpecs['sinks']): boolean => part.every(({ ranges }) => ranges.length === 0);
  const program = code.program();
  const leading = { sources: new Set(beyond?.leadingTo('sources', found)), sinks: new Set(beyond?.leadingTo('sinks', found)) };
  // What is found in inherited methods begins or ends in this file; elsewhere it is found there.
  const hasEnds = !isEmpty(found.sources) || !isEmpty(found.sinks);
  const inherits = hasEnds && options.acrossFunctions && program.heirs.some(({ base }) => beyond?.lead(base, undefined) !== undefined);
  // An object's methods may meet both in those that it inherits.
  if (inherits)
    for (const { name } of program.heirs)
      for (const ids of program.methodsOf(name).values()) ids.forEach((id) => leading.sources.add(id) && leading.sinks.add(id));
  const shared: Shared = {
    options,
    budget,
    expired,
    beyond,
    files: new Map(),
    waiting: new Map(),
    forHeirs: hasEnds,
    heirs: new Set(),
    inherited: new Map(),
    circular: false,
    depth: 0,
  };
  const self = createFileRun(code, found, undefined, shared);
  shared.files.set('', self);
  const { summaries, globals } = self;
  const { run: wanted, withSource, withSink } = functionsToRun(code, self.specs, leading);
  const nodeOf = (id: FunctionId): number => program.functions[id]?.node ?? -1;
  const nodesOf = (ids: Iterable<FunctionId>): ReadonlySet<number> => new Set([...ids].map(nodeOf));
  const involved = inherits ? undefined : { run: nodesOf(wanted), withSource: nodesOf(withSource), withSink: nodesOf(withSink) };
  const oneEnd =
    (isEmpty(found.sources) && leading.sources.size === 0) || (isEmpty(found.sinks) && leading.sinks.size === 0) || wanted.size === 0;
  if (oneEnd && !inherits) return { matches: [], involved, parts: new Map(), affected: new Set() };
  const functionsOnly = program.order.filter((id) => program.functions[id]?.isFunction === true && wanted.has(id));
  const isAlone = (): boolean =>
    !inherits &&
    !shared.circular &&
    shared.waiting.size === 0 &&
    shared.heirs.size === 0 &&
    shared.inherited.size === 0 &&
    !(options.acrossFunctions && program.tellers.size > 0);

  if (known !== undefined) {
    const affected = affectedBy(known, code, options, beyond);
    if (affected === undefined || !isAlone()) return undefined;
    const fresh = withCallees(
      program.callees,
      functionsOnly.filter((id) => affected.has(id) || !known.run.has(nodeOf(id))),
    );
    self.start();
    for (const id of functionsOnly) if (fresh.has(id)) self.run(id);
    if (!isAlone() || functionsOnly.some((id) => fresh.has(id) && self.again.has(id))) return undefined;
    if (options.acrossFunctions && leaveBehind(program, summaries, globals)) return undefined;
    const parts = new Map<number, readonly FormulaRange[]>();
    for (const id of [...program.functions.flatMap((each) => (each.isFunction ? [] : [each.id])), ...functionsOnly]) {
      const own = fresh.has(id) ? [...(self.matches.get(id)?.values() ?? [])] : known.found.get(nodeOf(id));
      if (own === undefined && !fresh.has(id) && known.found.has(nodeOf(id))) return undefined;
      if (own !== undefined && own.length > 0) parts.set(nodeOf(id), own);
    }
    return { matches: assembled([...parts.values()].flat()), involved, parts, affected };
  }

  const runWanted = (): void => functionsOnly.forEach((id) => self.run(id));
  self.start();
  runWanted();
  self.settle();
  const sharing: Sharing[] = [];
  if (inherits) for (const heir of program.heirs) runInherited(heir, self, undefined, shared, sharing);
  if (shared.waiting.size > 0) {
    for (const [other, waiting] of shared.waiting) for (const id of other.program.order) if (waiting.has(id)) other.run(id);
    runWanted();
  }
  let leaves = false;
  if (options.acrossFunctions) {
    // What a method leaves in its object, or a function in the module, others may find there.
    const told = program.tellers.size > 0 && handOn(self.channels, (id) => summaries.get(id));
    for (let round = 0; round < (sharing.length > 0 ? 2 : 1); round++) {
      const shares = shareObjects(sharing);
      const left = leaveBehind(program, summaries, globals);
      leaves ||= left;
      if (left || shares || (told && round === 0)) for (const id of program.order) if (wanted.has(id)) self.run(id);
    }
    if (sharing.length > 0) shareObjects(sharing);
    self.run(0);
  }
  const parts =
    leaves || !isAlone()
      ? undefined
      : new Map([...self.matches].flatMap(([id, each]) => (each.size === 0 ? [] : [[nodeOf(id), [...each.values()]] as const])));
  return {
    matches: assembled([...shared.inherited.values(), ...[...self.matches.values()].flatMap((each) => [...each.values()])]),
    involved,
    parts,
  };
}

/** Functions that lead to an edited one, or are in it; undefined where the top level or the body of a class does. */
function affectedBy(
  { edited }: Known,
  code: FlowTree,
  { acrossFunctions }: FlowOptions,
  beyond: Beyond | undefined,
): ReadonlySet<FunctionId> | undefined {
  const { functions, callees } = code.program();
  const limit = nextOf(code.tree, edited);
  const own = functions.flatMap(({ id, node }) => (node >= edited && node < limit ? [id] : []));
  const affected = !acrossFunctions || beyond === undefined ? reaching(callees, (id) => own.includes(id)) : beyond.leadingToOwn(own);
  return [...affected].every((id) => functions[id]?.isFunction === true) ? affected : undefined;
}

/** Each match once, the one that was found first; sorted. */
function assembled(found: readonly FormulaRange[]): readonly FormulaRange[] {
  const unique = [...new Map(found.map((match) => [keyOf(match), match] as const).toReversed()).values()];
  const away = unique.filter((match) => match.atSink !== undefined);
  const here = outermost(withoutIsolated(unique.filter((match) => match.atSink === undefined)));
  return away.length === 0 ? here : [...here, ...away].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Equal for matches that stand at the same place. */
function keyOf({ start, end, atSink }: FormulaRange): string {
  return `${start}:${end}${atSink === undefined ? '' : `:${atSink.file.path}:${atSink.start}`}`;
}

/** Keeps what functions put into variables that outlive them; whether there is anything. */
function leaveBehind(program: Program, summaries: ReadonlyMap<FunctionId, Summary>, globals: Map<VariableId, Cell>): boolean {
  let found = false;
  for (const [id, { writes }] of summaries) {
    // A constructor's object is another one each time; what it holds is known where it is made.
    for (const { origin, path, taints } of writes) {
      if (origin.kind !== 'variable' || (program.variableOwners[origin.variable] ?? -1) >= 0) continue;
      if (program.functions[id]?.isFunction === true && keep(globals, origin.variable, path, taints)) found = true;
    }
  }
  return found;
}
