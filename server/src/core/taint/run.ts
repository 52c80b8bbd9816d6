/**
 * One taint rule over one tree: what its formulas match, every function run once (callees first), and the matches with the way that the data took. Nothing
 * runs where there is no source or no sink.
 */
import { indexEnclosing } from '../formula/enclosing.js';
import { NO_MOVES, type FlowParts, type Involved, type KeptRun, type Print, type Prints } from '../formula/kept.js';
import type { FormulaRange, Place } from '../formula/ranges.js';
import { endOf, startOf } from '../language/tree.js';
import type { FlowOptions } from './analysis.js';
import { createBudget, type Budget } from './budget.js';
import { handOn } from './channels.js';
import type { FlowTree } from './flowTree.js';
import { outermost, withoutIsolated } from './found.js';
import { canNarrow, endsAt, narrowed, placesOfFlows, type Ends } from './narrow.js';
import { printOfGlobals, printOfLeft, printsOf, runAgain, type Known, type RunBefore } from './rerun.js';
import type { FoundSpecs } from './spec.js';
import type { FunctionId } from './terms.js';
import { functionsToRun } from './wanted.js';
import { createFileRun, keyOf, type Beyond, type Shared } from './fileRun.js';
import { runInherited, shareObjects, type Sharing } from './heirs.js';
import { leave, leftIn } from './left.js';

/** What one rule finds in a tree. */
export interface TaintRun {
  /** Sorted, without duplicates of the same extent. */
  readonly matches: readonly FormulaRange[];
  /** Undefined where the answer may depend on any function. */
  readonly involved: Involved | undefined;
  /** As in `KeptFlow`. */
  readonly parts: FlowParts | undefined;
}

/** What was found before an edit of some functions, in its places now: only what depends on those is run again. */
export interface Before extends Pick<Known, 'changed' | 'atTop'> {
  readonly untraced: RunBefore;
  readonly traced: RunBefore;
  /** Those that were replaced are left out. */
  readonly ends: readonly Place[];
}

/**
 * Twice where there is anything to find: most rules find nothing in most files, and to see that the way of the data need not be kept.
 * @param budget steps that are left, for either time; at 0 the answer is not whole
 * @param beyond other files, where calls are followed into them
 * @param before what is known from before an edit
 * @param keeps whether there may be a next time, after an edit
 */
export function runTaint(
  code: FlowTree,
  found: FoundSpecs,
  options: FlowOptions,
  budget: Budget,
  expired: () => boolean,
  beyond?: Beyond,
  before?: Before,
  keeps = false,
): TaintRun {
  const { left } = budget;
  const refill = (): void => void Object.assign(budget, createBudget(left));
  /** Only what the edit may have changed is run, if that will do. */
  const run = (specs: FoundSpecs, traced: boolean, around: Beyond | undefined, known: Known | undefined): RunOnce => {
    const own = { ...options, traced };
    const again = known === undefined ? undefined : runOnce(code, specs, own, budget, expired, keeps, around, known);
    if (again !== undefined) return again;
    refill();
    return runOnce(code, specs, own, budget, expired, keeps, around) ?? NOTHING_RUN;
  };
  const knownOf = (which: 'untraced' | 'traced'): Known | undefined =>
    before === undefined ? undefined : { changed: before.changed, atTop: before.atTop, before: before[which] };
  const first = run(found, false, beyond, knownOf('untraced'));
  const { matches, involved } = first;
  const places = placesOfFlows(matches);
  const whole = (final: readonly FormulaRange[], traced: KeptRun | undefined): TaintRun => ({
    matches: final,
    involved,
    parts: first.parts === undefined || traced === undefined ? undefined : { untraced: first.parts, traced, ends: places },
  });
  if (matches.length === 0) return whole([], NOTHING_KEPT);
  refill();
  const canKeep = before !== undefined && first.affected !== undefined;
  if (!canNarrow(found)) {
    const last = run(found, true, beyond, canKeep ? knownOf('traced') : undefined);
    return whole(last.matches, last.parts);
  }
  const ends = endsAt(places);
  // Which of several ways is the nearest is known only when all of them were followed.
  const sources = options.marksFar ? found.sources : narrowed(found.sources, ends, '');
  const rest = { ...found, sources, sinks: narrowed(found.sinks, ends, '') };
  const known = new Set(matches.map(({ start, end }) => `${start}:${end}`));
  const sameEnds = canKeep && first.affected !== undefined && sameBut(code, first.affected, before.ends, places);
  const last = run(rest, true, beyond?.narrowedTo(ends), sameEnds ? knownOf('traced') : undefined);
  return whole(
    last.matches.filter(({ start, end }) => known.has(`${start}:${end}`)),
    last.parts,
  );
}

/** Whether flows begin and end at the same places, but for those of some functions' own, which others do not see. */
function sameBut(code: FlowTree, functions: ReadonlySet<FunctionId>, before: readonly Place[], now: readonly Place[]): boolean {
  const { tree } = code;
  const all = code.program().functions.filter(({ node }) => node >= 0);
  const around = indexEnclosing(all.map(({ id, node }) => ({ id, start: startOf(tree, node), end: endOf(tree, node) })));
  // A function in one that was run again may not have been: they are in the order of their nodes.
  const isOutside = (place: Place): boolean => place.file !== undefined || !functions.has(around.enclosing(place).at(-1)?.id ?? -1);
  const outside = (places: readonly Place[]): Ends => endsAt(places.filter(isOutside));
  const [a, b] = [outside(before), outside(now)];
  return a.size === b.size && [...a].every((end) => b.has(end));
}

interface RunOnce {
  readonly matches: readonly FormulaRange[];
  readonly involved: Involved | undefined;
  /** Undefined where functions depend on others in more ways than by calling them, and by what they leave behind. */
  readonly parts: KeptRun | undefined;
  /** Functions that were run again; undefined where all were. */
  readonly affected?: ReadonlySet<FunctionId>;
}

const NOTHING_KEPT: KeptRun = {
  found: new Map(),
  first: new Map(),
  last: undefined,
  leaving: new Map(),
  globals: undefined,
  settled: undefined,
  moves: NO_MOVES,
};

const NOTHING_RUN: RunOnce = { matches: [], involved: undefined, parts: undefined };

/** Undefined where what is known is not enough. */
function runOnce(
  code: FlowTree,
  found: FoundSpecs,
  options: FlowOptions,
  budget: Budget,
  expired: () => boolean,
  keeps: boolean,
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
  // Those that are wanted were not run all the same: what they leave for others is not known.
  if (oneEnd && !inherits) return { matches: [], involved, parts: wanted.size === 0 ? NOTHING_KEPT : undefined, affected: new Set() };
  const functionsOnly = new Set(
    program.order.filter((id) => program.functions[id]?.isFunction === true && wanted.has(id) && !self.inside.has(id)),
  );
  const isAlone = (): boolean =>
    !inherits && !shared.circular && shared.waiting.size === 0 && shared.heirs.size === 0 && shared.inherited.size === 0;

  if (known !== undefined) {
    const again = runAgain(known, self, { code, options, beyond, wanted, functionsOnly, isAlone });
    return again === undefined
      ? undefined
      : { matches: assembled([...again.parts.found.values()].flat()), involved, parts: again.parts, affected: again.affected };
  }

  const runWanted = (): void => self.runAll(functionsOnly);
  self.start();
  const globalsPrint = keeps ? printOfGlobals(self) : undefined;
  runWanted();
  self.settle();
  const sharing: Sharing[] = [];
  if (inherits) for (const heir of program.heirs) runInherited(heir, self, undefined, shared, sharing);
  if (shared.waiting.size > 0) {
    for (const [other, waiting] of shared.waiting) for (const id of other.program.order) if (waiting.has(id)) other.run(id);
    runWanted();
  }
  const canKeep = keeps && isAlone();
  const prints = (): Prints => printsOf(functionsOnly, self);
  const firstPrints = canKeep ? prints() : undefined;
  const settledPrint = canKeep ? printOfGlobals(self) : undefined;
  const leaving = new Map<number, Print | undefined>();
  let rounds = 0;
  let told = false;
  if (options.acrossFunctions) {
    // What a method leaves in its object, or a function in the module, others may find there.
    told = program.tellers.size > 0 && handOn(self.channels, (id) => summaries.get(id));
    for (let round = 0; round < (sharing.length > 0 ? 2 : 1); round++) {
      const shares = shareObjects(sharing);
      leaving.clear();
      for (const [id, summary] of summaries) {
        if (self.inside.has(id)) continue;
        // A constructor's object is another one each time; what it holds is known where it is made.
        const left = program.functions[id]?.isFunction === true ? leftIn(summary, program) : [];
        if (left.length > 0) leaving.set(nodeOf(id), canKeep ? printOfLeft(left, program) : undefined);
        for (const one of left) leave(one, globals);
      }
      if (leaving.size === 0 && !shares && !(told && round === 0)) continue;
      rounds++;
      self.forgetInside();
      for (const id of functionsOnly) self.run(id);
      // What the top level and classes hold changes when they are run: functions see what was left before that.
      for (const id of program.order) if (wanted.has(id) && program.functions[id]?.isFunction === false) self.run(id);
      // By what is handed to them they are called.
      for (const id of self.channels.handed.keys()) if (self.inside.has(id)) self.run(id);
    }
    if (sharing.length > 0) shareObjects(sharing);
    self.run(0);
  }
  const parts =
    firstPrints === undefined || told || !isAlone()
      ? undefined
      : {
          found: new Map([...self.matches].flatMap(([id, each]) => (each.size === 0 ? [] : [[nodeOf(id), [...each.values()]] as const]))),
          first: firstPrints,
          last: rounds === 0 ? undefined : prints(),
          leaving,
          globals: globalsPrint,
          settled: settledPrint,
          moves: NO_MOVES,
        };
  return {
    matches: assembled([...shared.inherited.values(), ...[...self.matches.values()].flatMap((each) => [...each.values()])]),
    involved,
    parts,
  };
}

/** Without those that lead to a part of what another leads to from the same place. */
function outermostSinks(away: readonly FormulaRange[]): readonly FormulaRange[] {
  const holds = ({ atSink: a, ...from }: FormulaRange, { atSink: b, ...other }: FormulaRange): boolean =>
    a !== undefined &&
    b !== undefined &&
    from.start === other.start &&
    from.end === other.end &&
    a.file.path === b.file.path &&
    a.start <= b.start &&
    b.end <= a.end &&
    b.end - b.start < a.end - a.start;
  return away.length < 2 ? away : away.filter((match) => !away.some((other) => holds(other, match)));
}

/** Each match once, the one that was found first; sorted. */
function assembled(found: readonly FormulaRange[]): readonly FormulaRange[] {
  const unique = [...new Map(found.map((match) => [keyOf(match), match] as const).toReversed()).values()];
  const away = outermostSinks(unique.filter((match) => match.atSink !== undefined));
  const here = outermost(withoutIsolated(unique.filter((match) => match.atSink === undefined)));
  if (away.length === 0) return here;
  const place = (match: FormulaRange): number => match.atSink?.start ?? -1;
  return [...here, ...away].toSorted((a, b) => a.start - b.start || a.end - b.end || place(a) - place(b));
}
