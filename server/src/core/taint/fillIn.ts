/**
 * Summaries filled in: what stands for "whatever the caller gives" becomes what a call does give, with its way; what arrives then at the sinks of a function; and what an
 * object's methods find in a store that another object put there.
 */
import type { Place as PlaceInFile } from '../formula/ranges.js';
import type { Frame, ImportedFunction, Summary, Value } from './analysis.js';
import { spend } from './budget.js';
import { sizeOf, type Cell } from './cells.js';
import { relabelled, satisfies } from './labels.js';
import { record } from './matches.js';
import { partValue, type Location } from './places.js';
import { step, within } from './steps.js';
import { alongWay, NO_TAINTS, stepped, union, type Origin, type Taint, type Taints } from './taints.js';
import { STORED_KEY, type Key } from './terms.js';
import { cellOfValue, gathered, NO_VALUE, valueOf } from './values.js';

export interface Given {
  readonly value: Value;
  readonly at: Location | undefined;
}

export const NOT_GIVEN: Given = { value: NO_VALUE, at: undefined };

/** Fills taints in with what a call gives. */
export function filling(frame: Frame, givenBy: (origin: Origin) => Given, span: PlaceInFile): (taints: Taints) => Taints {
  const fill = (taints: Taints): Taints => {
    let result: Taints = NO_TAINTS;
    if (!spend(frame.analysis, taints.size)) return result;
    for (const taint of taints.values()) {
      const value = filled(frame, taint, givenBy, span, fill);
      spend(frame.analysis, sizeOf(value.parts) >> 2);
      result = union(result, gathered(value));
    }
    return result;
  };
  return fill;
}

/** What arrives at the sinks that a function leads to; false where there are no steps left. */
export function reachSinks(
  frame: Frame,
  { effects }: Summary,
  fill: (taints: Taints) => Taints,
  span: PlaceInFile,
  foreign: boolean,
): boolean {
  for (const { sink, taints, entry } of effects) {
    if (!spend(frame.analysis, 1)) return false;
    const arrived = fill(foreign && sink.spec.requires === undefined ? brought(taints) : taints);
    if (arrived.size === 0) continue;
    record(frame, sink, arrived, frame.analysis.file !== undefined || sink.file === undefined ? undefined : foreign ? span : entry);
  }
  return true;
}

/** Stores that one value goes through, one after the other. */
const MAX_STORES = 3;

/** What an object puts into a store, methods of another object of its class may find there, and may put it somewhere else. */
export function findStored(
  frame: Frame,
  methods: ReturnType<ImportedFunction['siblings']>,
  stored: Value,
  span: PlaceInFile,
  foreign: boolean,
  depth = 0,
): void {
  const given: Given = { value: stored, at: undefined };
  for (const { func, summary } of methods) {
    const givenBy = (origin: Origin): Given => (origin.kind === 'variable' && origin.variable === func.self ? given : NOT_GIVEN);
    const fill = filling(frame, givenBy, span);
    if (!reachSinks(frame, summary, fill, span, foreign)) return;
    if (depth >= MAX_STORES) continue;
    for (const { origin, path, taints } of summary.writes) {
      if (origin.kind !== 'variable' || origin.variable !== func.self || !isStored(path)) continue;
      const next = fill(brought(taints));
      if (next.size > 0) findStored(frame, methods, nested(path, valueOf(next)), span, foreign, depth + 1);
    }
  }
}

export function isStored(path: readonly Key[]): boolean {
  return path.some((key) => key.startsWith(STORED_KEY));
}

/** What depends on a caller: a flow that is whole in its own file is found there. */
function brought(taints: Taints): Taints {
  return new Map([...taints].filter(([, taint]) => taint.kind === 'given' || taint.condition !== undefined));
}

export function nested(path: readonly Key[], whole: Value): Value {
  let value = whole;
  for (const key of path.toReversed()) value = { taints: NO_TAINTS, parts: new Map([[key, cellOfValue(value)]]) };
  return value;
}

export function mapValue(value: Value, change: (taints: Taints) => Taints): Value {
  const parts = value.parts === undefined ? undefined : mapParts(value.parts, change);
  const taints = change(value.taints);
  return taints.size === 0 && parts === undefined ? NO_VALUE : { taints, parts };
}

/** The same after a call, where the way is kept. */
export function called(frame: Frame, taints: Taints, span: PlaceInFile): Taints {
  return frame.analysis.options.traced ? stepped(taints, span, 'called') : taints;
}

function mapParts(parts: ReadonlyMap<Key, Cell>, change: (taints: Taints) => Taints): ReadonlyMap<Key, Cell> {
  const result = new Map<Key, Cell>();
  for (const [key, cell] of parts) {
    const taints = cell.taints === undefined || cell.taints === 'clean' ? cell.taints : change(cell.taints);
    result.set(key, {
      taints: taints !== undefined && taints !== 'clean' && taints.size === 0 ? 'clean' : taints,
      parts: cell.parts === undefined ? undefined : mapParts(cell.parts, change),
    });
  }
  return result;
}

export function filled(
  frame: Frame,
  taint: Taint,
  givenBy: (origin: Origin) => Given,
  span: PlaceInFile,
  fill: (taints: Taints) => Taints,
): Value {
  if (taint.kind === 'source') {
    if (taint.condition === undefined) return valueOf(new Map([[taint.key, taint]]));
    const incoming = fill(taint.condition.incoming);
    const holds = satisfies(incoming, taint.condition.requires, false);
    if (holds === false) return NO_VALUE;
    const settled: Taint = {
      ...taint,
      key: holds === true ? taint.key.replace(/\?$/, '') : taint.key,
      condition: holds === true ? undefined : { ...taint.condition, incoming },
    };
    return valueOf(new Map([[settled.key, settled]]));
  }
  let value = givenBy(taint.origin).value;
  for (const key of taint.path) value = partValue(value, key);
  if (gathered(value).size === 0) return NO_VALUE;
  const { relabel } = taint;
  if (relabel !== undefined) value = mapValue(value, (taints) => relabelled(taints, relabel.label, relabel.replaced));
  if (!frame.analysis.options.traced) return value;
  // The way inside of the function comes after the way to it.
  return mapValue(value, (taints) => alongWay(taints, (steps) => within(step(steps, span, 'called'), taint.steps)));
}
