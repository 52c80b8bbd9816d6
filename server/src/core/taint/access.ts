/**
 * What calls on containers do to what is known of their parts. Where the text says how long a list is, its elements are told apart by their places;
 * otherwise whatever is put in may come out anywhere.
 */
import type { Arguments, Frame, Value } from './analysis.js';
import { joinCells, type Cell } from './cells.js';
import { addKeys, locationOf, partValue, wipe, type Location } from './places.js';
import { ANY_KEY, type Access, type Call, type Key } from './terms.js';
import { cellOfValue, gathered, isClean, joinValues, NO_VALUE, valueOf, valueOfCell } from './values.js';

/** The call's value; undefined where it means nothing special here. */
export function accessContainer(frame: Frame, call: Call, access: Access, args: Arguments, object: Value): Value | undefined {
  const { callee } = call;
  if (callee.kind !== 'part' || (callee.object.kind !== 'name' && callee.object.kind !== 'part')) return undefined;
  const at = locationOf(callee.object);
  if (at === undefined) return undefined;
  const given = (index: number): Value => args.list[index]?.value ?? NO_VALUE;
  switch (access.op) {
    case 'read':
      return read(object, access.keys, args);
    case 'write':
      put(frame, at, access.keys, given(access.value));
      if (access.keys.length === 1 && access.keys[0] === ANY_KEY) addKeys(frame, at, gathered(given(0)));
      return NO_VALUE;
    case 'offer':
      frame.env.add(at.variable, [...at.path, access.key], given(access.value).taints, given(access.value).parts, undefined);
      if (access.key === ANY_KEY) addKeys(frame, at, gathered(given(0)));
      return joinValues(partValue(object, access.key), given(access.value));
    case 'push': {
      const size = sizeOf(frame, at);
      put(frame, at, [size === undefined ? ANY_KEY : `#${size}`], given(access.value));
      if (size !== undefined) frame.env.resize(at.variable, size + 1);
      return NO_VALUE;
    }
    case 'insert': {
      const size = sizeOf(frame, at);
      const place = access.at;
      if (size !== undefined && place !== undefined && place <= size) {
        renumber(frame, at, (index) => (index < place ? index : index + 1));
        put(frame, at, [`#${place}`], given(access.value));
        frame.env.resize(at.variable, size + 1);
      } else {
        mix(frame, at);
        put(frame, at, [ANY_KEY], given(access.value));
      }
      return NO_VALUE;
    }
    case 'remove': {
      const size = sizeOf(frame, at);
      const place = access.at === 'last' ? (size ?? 0) - 1 : access.at;
      if (size === undefined || place < 0 || place >= size) {
        if (access.at !== 'last') mix(frame, at);
        return valueOf(gathered(object));
      }
      const value = partValue(object, `#${place}`);
      renumber(frame, at, (index) => (index < place ? index : index === place ? undefined : index - 1));
      frame.env.resize(at.variable, size - 1);
      return value;
    }
    case 'extend':
      for (const { value } of args.list) {
        // Another dictionary's members become this one's.
        if (value.parts !== undefined && [...value.parts.keys()].every((key) => key.startsWith('"')))
          frame.env.add(at.variable, at.path, value.taints, value.parts, undefined);
        else put(frame, at, [ANY_KEY], valueOf(gathered(value)));
      }
      frame.env.resize(at.variable, undefined);
      return NO_VALUE;
    case 'make':
      return undefined;
    case 'shuffle':
      mix(frame, at);
      return undefined;
    case 'clear':
      wipe(frame, at);
      if (at.path.length === 0) frame.env.resize(at.variable, 0);
      return NO_VALUE;
  }
}

function read(object: Value, keys: readonly Key[], args: Arguments): Value | undefined {
  // Members of an object with methods of its own: what a method of it does with a name is not known.
  if (object.parts !== undefined && [...object.parts.keys()].some((key) => key.startsWith('.'))) return undefined;
  let value = object;
  for (const key of keys) value = partValue(value, key);
  for (const { value: fallback } of args.list.slice(keys.length)) value = joinValues(value, fallback);
  return value;
}

function put(frame: Frame, at: Location, keys: readonly Key[], value: Value): void {
  const path = [...at.path, ...keys];
  const place: Location = { variable: at.variable, path };
  if (!path.includes(ANY_KEY) && (isClean(value) || frame.env.cell(at.variable) !== undefined)) wipe(frame, place);
  if (!isClean(value)) frame.env.add(at.variable, path, value.taints, value.parts, undefined);
}

/** How long the list is, where that is known. */
function sizeOf(frame: Frame, at: Location): number | undefined {
  return at.path.length === 0 ? frame.env.sizes.get(at.variable) : undefined;
}

function cellAt(frame: Frame, at: Location): Cell | undefined {
  let cell = frame.env.cell(at.variable);
  for (const key of at.path) cell = cell?.parts?.get(key);
  return cell;
}

/** Gives elements other places; undefined takes one away. */
function renumber(frame: Frame, at: Location, change: (index: number) => number | undefined): void {
  const cell = cellAt(frame, at);
  if (cell?.parts === undefined || at.path.length > 0) return;
  const parts = new Map<Key, Cell>();
  for (const [key, part] of cell.parts) {
    const index = key.startsWith('#') ? change(Number(key.slice(1))) : Number.NaN;
    if (Number.isNaN(index)) parts.set(key, part);
    else if (index !== undefined) parts.set(`#${index}`, part);
  }
  frame.env.set(at.variable, { taints: cell.taints, parts });
}

/** Any element may be anywhere from here on. */
function mix(frame: Frame, at: Location): void {
  if (at.path.length > 0) return;
  frame.env.resize(at.variable, undefined);
  const cell = cellAt(frame, at);
  if (cell?.parts === undefined) return;
  const parts = new Map<Key, Cell>();
  let any: Cell | undefined;
  for (const [key, part] of cell.parts) {
    if (!key.startsWith('#') && key !== ANY_KEY) parts.set(key, part);
    else any = joinCells(any, cellOfValue(valueOfCell(part)));
  }
  if (any !== undefined) parts.set(ANY_KEY, any);
  frame.env.set(at.variable, { taints: cell.taints, parts });
}
