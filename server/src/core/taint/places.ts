/**
 * Reading and writing variables and parts of objects. A part is as its object unless something else is known about it; sources, sanitizers, sinks and
 * propagators are asked about `x`, then `x.a`, then `x.a.b`, from the inside out, as any of them can be one.
 */
import type { Frame, Value } from './analysis.js';
import { doubtedCell, joinParts, partOf, type Cell } from './cells.js';
import {
  arrive,
  arriveWith,
  fromSources,
  isChecked,
  propagate,
  sanitizersAt,
  sinksAt,
  sourcesAt,
  spanOf,
  withoutSafeTypes,
} from './matches.js';
import { givenByMethod, isMethodKey } from './methodNames.js';
import { isExact } from './spec.js';
import { given, NO_TAINTS, partOfGiven, taintsOf, union, type Taints } from './taints.js';
import { ANY_KEY, KEYS_KEY, type Key, type Place, type Target, type VariableId } from './terms.js';
import { nextOf } from '../language/tree.js';
import { gathered, isClean, joinValues, NO_VALUE, valueOf, valueOfCell } from './values.js';

/** Where a place's taints are kept. */
export interface Location {
  readonly variable: VariableId;
  readonly path: readonly Key[];
}

export interface Reading {
  /** Taints that arise here: sources, indexes, propagators. */
  readonly fresh: Taints;
  /** What is kept for it. */
  readonly kept: Taints | 'sanitized' | 'clean' | undefined;
  readonly parts: Cell['parts'];
  /** The object that it is a part of. */
  readonly object: Value;
  /** What the indexes hold that it is read by. */
  readonly indexes: Taints;
  readonly at: Location | undefined;
}

const SANITIZED: Omit<Reading, 'at'> = { fresh: NO_TAINTS, kept: 'sanitized', parts: undefined, object: NO_VALUE, indexes: NO_TAINTS };

export function keptTaints(kept: Reading['kept']): Taints {
  return kept === undefined || kept === 'sanitized' || kept === 'clean' ? NO_TAINTS : kept;
}

export function locationOf(place: Place): Location | undefined {
  if (place.kind === 'name') return { variable: place.variable, path: [] };
  const { object, key } = place;
  if (object.kind === 'same') return object.inner.kind === 'name' ? { variable: object.inner.variable, path: [key] } : undefined;
  if (object.kind !== 'name' && object.kind !== 'part') return undefined;
  const at = locationOf(object);
  return at === undefined ? undefined : { variable: at.variable, path: [...at.path, key] };
}

/** Whether a variable belongs to what is around the running function. */
function isOuter({ analysis, root }: Frame, variable: VariableId): boolean {
  if (root < 0 || !analysis.program.written.has(variable)) return false;
  const owner = analysis.program.variableOwners[variable] ?? -1;
  return owner < root || owner >= nextOf(analysis.tree, root);
}

export function cellOf(frame: Frame, variable: VariableId): Cell | undefined {
  const cell = frame.env.cell(variable);
  const { analysis, func } = frame;
  if (cell?.taints !== undefined || (!isOuter(frame, variable) && func.self !== variable && !analysis.globals.has(variable))) return cell;
  // The top level itself goes from one value to the next.
  if (frame.root < 0 && analysis.program.isSettledGlobal(variable)) return cell;
  const known = analysis.globals.get(variable);
  if (known?.taints !== undefined) return cell ?? known;
  const parts = known === undefined ? cell?.parts : joinParts(cell?.parts, known.parts);
  if (!frame.isAsked || frame.root < 0) return parts === cell?.parts ? cell : { taints: undefined, parts };
  // What it holds is up to whoever calls.
  return { taints: taintsOf([given({ kind: 'variable', variable }, [])]), parts };
}

/** Clean from here on. */
export function wipe(frame: Frame, { variable, path }: Location): void {
  const outer = isOuter(frame, variable) || frame.func.self === variable;
  if (path.length === 0 && !outer) frame.env.set(variable, undefined);
  else if (outer || frame.env.cell(variable) !== undefined) frame.env.reset(variable, path);
}

/** What a variable of the function's own holds is checked from here on. */
function doubt(frame: Frame, { variable, path }: Location): void {
  const cell = path.length > 0 || isOuter(frame, variable) || frame.func.self === variable ? undefined : cellOf(frame, variable);
  if (cell !== undefined) frame.env.set(variable, doubtedCell(cell, 'checked'));
}

function cellAt(frame: Frame, at: Location): Cell | undefined {
  let cell = cellOf(frame, at.variable);
  for (const key of at.path) cell = partOf(cell, key);
  return cell;
}

/** Reads a place and acts on all that the rule says about it. */
export function readPlace(frame: Frame, place: Place, base?: Value): Reading {
  const { analysis } = frame;
  const { options, tree } = analysis;
  const { node } = place;
  const at = base === undefined ? locationOf(place) : undefined;
  const sanitizers = sanitizersAt(frame, node);
  if (sanitizers.length > 0) {
    if (at !== undefined && sanitizers.some((match) => match.spec.bySideEffect && isExact(tree, node, match))) wipe(frame, at);
    return { ...SANITIZED, at };
  }
  if (at !== undefined && isChecked(frame, node)) doubt(frame, at);
  let object: Reading | undefined;
  let made = NO_TAINTS;
  if (place.kind === 'part') {
    const inner = place.object;
    if (base === undefined && (inner.kind === 'name' || inner.kind === 'part')) {
      object = readPlace(frame, inner);
      // A part of what a method makes.
      if (inner.kind === 'part' && inner.getter !== undefined && object.kept !== 'sanitized')
        made = gathered(partValue(frame.got(frame, inner, object.object), place.key));
    } else {
      const value = base ?? frame.evaluate(frame, inner);
      object = {
        fresh: NO_TAINTS,
        kept: value.taints.size === 0 ? undefined : value.taints,
        parts: value.parts,
        object: NO_VALUE,
        indexes: NO_TAINTS,
        at: undefined,
      };
    }
    if (options.onlyThroughAssignments)
      object = { ...object, fresh: NO_TAINTS, kept: object.kept === 'sanitized' ? 'sanitized' : undefined };
  }
  let kept: Reading['kept'];
  let parts: Cell['parts'];
  if (object?.kept === 'sanitized') kept = 'sanitized';
  else {
    const key = place.kind === 'part' ? place.key : ANY_KEY;
    const cell =
      at === undefined ? partOf(object === undefined ? undefined : { taints: undefined, parts: object.parts }, key) : cellAt(frame, at);
    parts = cell?.parts;
    kept = cell?.taints ?? inherited(object, key);
  }
  const keptNow = keptTaints(kept);
  const before = object?.fresh ?? NO_TAINTS;
  made = union(made, placeSources(frame, node, union(before, keptNow), at));
  let indexes = NO_TAINTS;
  if (place.kind === 'part') for (const index of place.indexes) indexes = union(indexes, gathered(frame.evaluate(frame, index)));
  const fromIndexes = options.safeIndexes || options.onlyThroughAssignments ? NO_TAINTS : indexes;
  const incoming = options.onlyThroughAssignments ? made : union(union(before, made), fromIndexes);
  const fresh = union(incoming, propagate(frame, node, { taints: union(incoming, keptNow), parts }, at));
  const sinks = sinksAt(frame, node);
  if (sinks.length > 0)
    arrive(
      frame,
      sinks.filter((match) => !match.spec.firstElement && isExact(tree, node, match)),
      union(fresh, keptNow),
    );
  return {
    fresh,
    kept,
    parts,
    object: object === undefined ? NO_VALUE : { taints: keptTaints(object.kept), parts: object.parts },
    indexes,
    at,
  };
}

function inherited(object: Reading | undefined, key: Key): Reading['kept'] {
  const kept = object?.kept;
  return kept === undefined || kept === 'clean' || kept === 'sanitized' ? kept : partOfGiven(kept, key);
}

function placeSources(frame: Frame, node: number, incoming: Taints, at: Location | undefined): Taints {
  const matches = sourcesAt(frame, node, true);
  if (matches.length === 0) return NO_TAINTS;
  const exact = matches.filter((match) => isExact(frame.analysis.tree, node, match));
  const only = exact.filter((match) => match.spec.bySideEffect === 'only');
  const also = exact.filter((match) => match.spec.bySideEffect === 'yes');
  const rest = matches.filter((match) => !only.includes(match) && !also.includes(match));
  const kept = union(fromSources(frame, only, incoming), fromSources(frame, also, incoming));
  if (at !== undefined && kept.size > 0) frame.env.add(at.variable, at.path, kept, undefined, undefined);
  return union(fromSources(frame, rest, incoming), fromSources(frame, also, incoming));
}

/** The value of a place as an expression. */
export function fetchPlace(frame: Frame, place: Place, base?: Value): Value {
  const reading = readPlace(frame, place, base);
  const value = valueOfReading(frame, place, reading);
  if (place.kind === 'name' || place.getter === undefined || reading.kept === 'sanitized') return value;
  const got = frame.got(frame, place, reading.object);
  if (isClean(got)) return value;
  const sinks = sinksAt(frame, place.node);
  if (sinks.length > 0) arrive(frame, sinks, gathered(got));
  return joinValues(value, got);
}

export function valueOfReading(frame: Frame, place: Place, reading: Reading): Value {
  if (reading.kept === 'sanitized' && reading.fresh.size === 0) return NO_VALUE;
  const value = withoutSafeTypes(frame, place.node, { taints: union(reading.fresh, keptTaints(reading.kept)), parts: reading.parts });
  arriveWith(frame, sinksAt(frame, place.node), value);
  return value;
}

/** Writes a value to a target; `node` is the assignment's, whose sinks see what the target holds, or -1. */
export function writeTarget(frame: Frame, target: Target, value: Value, node: number): void {
  switch (target.kind) {
    case 'place':
      writePlace(frame, target.place, value, node);
      return;
    case 'elements': {
      for (const [index, element] of target.elements.entries())
        if (element !== undefined) writeTarget(frame, element, partValue(value, `#${index}`), -1);
      if (target.rest !== undefined) writeTarget(frame, target.rest, { taints: gathered(value), parts: undefined }, -1);
      return;
    }
    case 'members': {
      for (const { key, target: inner } of target.members) writeTarget(frame, inner, partValue(value, key), -1);
      if (target.rest !== undefined) writeTarget(frame, target.rest, value, -1);
      return;
    }
    case 'all': {
      const all: Value = { taints: gathered(value), parts: undefined };
      for (const inner of target.targets) writeTarget(frame, inner, all, -1);
    }
  }
}

export function partValue(value: Value, key: Key): Value {
  if (isMethodKey(key)) return valueOf(givenByMethod(partOfGiven(value.taints, key), value.parts, key));
  const cell = partOf({ taints: undefined, parts: value.parts }, key);
  if (cell?.taints !== undefined) return valueOfCell(cell);
  return { taints: partOfGiven(value.taints, key), parts: cell?.parts };
}

function writePlace(frame: Frame, place: Place, value: Value, node: number): void {
  const where = locationOf(place);
  if (place.kind === 'name') frame.env.resize(place.variable, undefined);
  const before = where === undefined ? undefined : frame.env.cell(where.variable);
  const reading = readPlace(frame, place);
  const held = union(reading.fresh, keptTaints(reading.kept));
  if (node >= 0) {
    const sinks = sinksAt(frame, node);
    if (sinks.length > 0) arrive(frame, sinks, held);
  }
  const { at } = reading;
  if (at === undefined) return;
  const kept = withoutSafeTypes(frame, place.node, value);
  if (!isClean(kept)) {
    // A new value takes the old one's place, unless a source acted on the variable just now, or it is one of many parts.
    if (frame.env.cell(at.variable) === before && !at.path.includes(ANY_KEY)) wipe(frame, at);
    frame.env.add(
      at.variable,
      at.path,
      kept.taints,
      kept.parts,
      place.node < 0 || !frame.analysis.options.traced ? undefined : spanOf(frame, place.node),
    );
  }
  // Clean from here on, unless a source or sanitizer acted on the variable just now.
  else if (frame.env.cell(at.variable) === before) wipe(frame, at);
  addKeys(frame, { variable: at.variable, path: at.path.slice(0, -1) }, reading.indexes);
}

/** Keeps what a key of an object holds under which something is put into it. */
export function addKeys(frame: Frame, object: Location, keys: Taints): void {
  if (keys.size > 0 && !frame.analysis.options.onlyThroughAssignments)
    frame.env.add(object.variable, [...object.path, KEYS_KEY], keys, undefined, undefined);
}
