/**
 * One taint rule over one tree: what its formulas match, every function run once (callees first), and the matches with the way that the data took. Nothing
 * runs where there is no source or no sink.
 */
import { indexEnclosing } from '../formula/enclosing.js';
import type { FlowParts, FoundByFunction, Involved } from '../formula/kept.js';
import type { FormulaRange, Place } from '../formula/ranges.js';
import { endOf, nextOf, startOf } from '../language/tree.js';
import type { FlowOptions } from './analysis.js';
import { createBudget, type Budget } from './budget.js';
import { handOn } from './channels.js';
import type { FlowTree } from './flowTree.js';
import { outermost, withoutIsolated } from './found.js';
import { canNarrow, endsAt, narrowed, placesOfFlows, type Ends } from './narrow.js';
import { reaching, withCallees } from './order.js';
import type { FoundSpecs } from './spec.js';
import type { FunctionId } from './terms.js';
import { functionsToRun } from './wanted.js';
import { createFileRun, keyOf, type Beyond, type Shared } from './fileRun.js';
import { runInherited, shareObjects, leaveBehind, type Sharing } from './heirs.js';

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
  // Which of several ways is the nearest is known only when all of them were followed.
  const sources = options.marksFar ? found.sources : narrowed(found.sources, ends, '');
  const rest = { ...found, sources, sinks: narrowed(found.sinks, ends, '') };
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
  // Those that are wanted were not run all the same: what they leave for others is not known.
  if (oneEnd && !inherits) return { matches: [], involved, parts: wanted.size === 0 ? new Map() : undefined, affected: new Set() };
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
  const { functions, callers } = code.program();
  const limit = nextOf(code.tree, edited);
  const own = functions.flatMap(({ id, node }) => (node >= edited && node < limit ? [id] : []));
  const affected = !acrossFunctions || beyond === undefined ? reaching(callers, (id) => own.includes(id)) : beyond.leadingToOwn(own);
  return [...affected].every((id) => functions[id]?.isFunction === true) ? affected : undefined;
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
