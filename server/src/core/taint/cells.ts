/**
 * What is known about variables at one point of a function: for each a cell that says whether it is tainted or clean, and the same for parts of
 * it that differ. A part without a cell is as its object. Cells are immutable; an environment is copied when two that share it part ways.
 */
import { doubtedTaints, NO_TAINTS, sameTaints, stepped, union, type Taints } from './taints.js';
import { ANY_KEY, ELEMENT_KEY, KEYS_KEY, STORED_KEY, type Key, type VariableId } from './terms.js';
import type { FlowDoubt, Place } from '../formula/ranges.js';

export interface Cell {
  /** Undefined: nothing is known here, so that the object around it decides. */
  readonly taints: Taints | 'clean' | undefined;
  readonly parts: ReadonlyMap<Key, Cell> | undefined;
}

const CLEAN: Cell = { taints: 'clean', parts: undefined };
const EMPTY: Cell = { taints: undefined, parts: undefined };

/** Parts that are told apart; further ones are one. */
const MAX_PARTS = 64;
/** Parts of parts that are told apart: a tree whose nodes hold their parents and children would go on without end. */
const MAX_HEIGHT = 5;
/** Parts, and taints in them, that one value has in all; where there are more, those that lie deep are not told apart. */
const MAX_COUNT = 500;

export function ownTaints(cell: Cell | undefined): Taints {
  return cell?.taints === undefined || cell.taints === 'clean' ? NO_TAINTS : cell.taints;
}

type Parts = ReadonlyMap<Key, Cell>;

interface Extent {
  readonly height: number;
  /** Of parts and the taints that each has. */
  readonly count: number;
}

/** Cells are asked again and again, and never change. */
const extents = new WeakMap<Parts, Extent>();

function extentOf(parts: Parts): Extent {
  const known = extents.get(parts);
  if (known !== undefined) return known;
  let height = 1;
  let count = 0;
  for (const part of parts.values()) {
    count += 1 + ownTaints(part).size;
    if (part.parts === undefined) continue;
    const inner = extentOf(part.parts);
    height = Math.max(height, 1 + inner.height);
    count += inner.count;
  }
  const extent = { height, count };
  extents.set(parts, extent);
  return extent;
}

/** The same, of which it is less than certain that it arrives. */
export function doubtedCell(cell: Cell, why: FlowDoubt): Cell {
  const taints = cell.taints instanceof Map ? doubtedTaints(cell.taints, why) : cell.taints;
  return {
    taints,
    parts: cell.parts === undefined ? undefined : new Map([...cell.parts].map(([key, part]) => [key, doubtedCell(part, why)])),
  };
}

/** How much work it is to look at all parts. */
export function sizeOf(parts: Parts | undefined): number {
  return parts === undefined ? 0 : extentOf(parts).count;
}

/** Parts down to a bounded depth, and so many; what lies deeper is one with what it lies in. */
export function bounded(parts: Parts | undefined, height: number = MAX_HEIGHT): Parts | undefined {
  if (parts === undefined) return parts;
  let kept = flattened(parts, height);
  for (let less = height - 1; less >= 1 && extentOf(kept).count > MAX_COUNT; less--) kept = flattened(kept, less);
  return kept;
}

function limited(parts: Parts): Parts {
  return extentOf(parts).count <= MAX_COUNT ? parts : (bounded(parts) as Parts);
}

function flattened(parts: Parts, height: number): Parts {
  if (extentOf(parts).height <= height) return parts;
  const result = new Map<Key, Cell>();
  for (const [key, cell] of parts) {
    if (cell.parts === undefined) result.set(key, cell);
    else if (height > 1) result.set(key, { taints: cell.taints, parts: flattened(cell.parts, height - 1) });
    else {
      const all = union(ownTaints(cell), doubtedTaints(partTaints(cell.parts), 'blurred'));
      result.set(key, { taints: all.size === 0 ? cell.taints : all, parts: undefined });
    }
  }
  return result;
}

/** Of the value and all of its parts. */
export function allTaints(cell: Cell | undefined): Taints {
  return cell === undefined ? NO_TAINTS : union(ownTaints(cell), partTaints(cell.parts));
}

/** Parts are read far more often than they are made. */
const taintsOfParts = new WeakMap<Parts, Taints>();

export function partTaints(parts: Parts | undefined): Taints {
  if (parts === undefined) return NO_TAINTS;
  const known = taintsOfParts.get(parts);
  if (known !== undefined) return known;
  let taints = NO_TAINTS;
  for (const part of parts.values()) taints = union(taints, allTaints(part));
  taintsOfParts.set(parts, taints);
  return taints;
}

/** What is known of one part; undefined when nothing is. */
export function partOf(cell: Cell | undefined, key: Key): Cell | undefined {
  const parts = cell?.parts;
  if (parts === undefined) return undefined;
  if (key === KEYS_KEY) return parts.get(key);
  if (key.startsWith(STORED_KEY)) return storedIn(parts, key);
  if (key === ELEMENT_KEY) return joinCells(elementsOf(parts), parts.get(KEYS_KEY));
  if (key !== ANY_KEY)
    return parts.get(key) ?? (key.startsWith('.') ? parts.get(ANY_KEY) : joinCells(parts.get(ELEMENT_KEY), parts.get(ANY_KEY)));
  let found: Cell | undefined;
  for (const [name, part] of parts) if (name !== KEYS_KEY) found = joinCells(found, part);
  return found;
}

/** What is kept in a store under one name, or under any. */
function storedIn(parts: Parts, key: Key): Cell | undefined {
  if (key !== STORED_KEY) return joinCells(parts.get(key), parts.get(STORED_KEY));
  let found: Cell | undefined;
  for (const [name, part] of parts) if (name.startsWith(STORED_KEY)) found = joinCells(found, part);
  return found;
}

/** What stands under any of the keys of a container. */
export function elementsOf(parts: Parts): Cell | undefined {
  let found: Cell | undefined;
  for (const [name, part] of parts) if (!name.startsWith('.') && name !== KEYS_KEY) found = joinCells(found, part);
  return found;
}

export function joinCells(a: Cell | undefined, b: Cell | undefined): Cell | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  const taints =
    a.taints === undefined || a.taints === 'clean'
      ? b.taints === undefined || b.taints === 'clean'
        ? a.taints === 'clean' && b.taints === 'clean'
          ? 'clean'
          : (a.taints ?? b.taints)
        : b.taints
      : b.taints === undefined || b.taints === 'clean'
        ? a.taints
        : union(a.taints, b.taints);
  const parts = joinParts(a.parts, b.parts);
  if (taints === a.taints && parts === a.parts) return a;
  if (taints === b.taints && parts === b.parts) return b;
  return { taints: taints === 'clean' && parts !== undefined ? undefined : taints, parts };
}

export function joinParts(
  a: ReadonlyMap<Key, Cell> | undefined,
  b: ReadonlyMap<Key, Cell> | undefined,
): ReadonlyMap<Key, Cell> | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  let result: Map<Key, Cell> | undefined;
  // Clean on one path and as its object on the other: as its object.
  for (const [key, cell] of a) if (isClean(cell) && !b.has(key)) (result ??= new Map(a)).delete(key);
  for (const [key, cell] of b) {
    const own = a.get(key);
    if (own === undefined && isClean(cell)) continue;
    const joined = joinCells(own, cell) as Cell;
    if (joined === own) continue;
    result ??= new Map(a);
    if (own === undefined && result.size >= MAX_PARTS) {
      result.set(ANY_KEY, joinCells(result.get(ANY_KEY), joined) as Cell);
      continue;
    }
    result.set(key, joined);
  }
  return result === undefined ? a : limited(result);
}

function isClean(cell: Cell): boolean {
  return cell.taints === 'clean' && cell.parts === undefined;
}

function sameCells(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a.taints !== b.taints) {
    if (a.taints === undefined || b.taints === undefined || a.taints === 'clean' || b.taints === 'clean') return false;
    if (!sameTaints(a.taints, b.taints)) return false;
  }
  if (a.parts === b.parts) return true;
  if (a.parts === undefined || b.parts === undefined || a.parts.size !== b.parts.size) return false;
  for (const [key, cell] of a.parts) if (!sameCells(cell, b.parts.get(key))) return false;
  return true;
}

/** The cell with taints added at a part of it. */
function added(cell: Cell | undefined, path: readonly Key[], at: number, taints: Taints, parts: Cell['parts']): Cell | undefined {
  const own = cell ?? EMPTY;
  const key = path[at];
  if (key === undefined) {
    if (taints.size === 0 && parts === undefined) return cell;
    const before = own.taints === undefined || own.taints === 'clean' ? NO_TAINTS : own.taints;
    const all = union(before, taints);
    return { taints: all.size === 0 ? undefined : all, parts: joinParts(own.parts, bounded(parts, Math.max(1, MAX_HEIGHT - at))) };
  }
  const next = added(own.parts?.get(key), path, at + 1, taints, parts);
  if (next === undefined) return cell;
  const all = new Map(own.parts);
  // Any part: also each that is known.
  if (key === ANY_KEY)
    for (const [other, part] of all) if (other !== KEYS_KEY) all.set(other, added(part, path, at + 1, taints, parts) ?? part);
  const where = all.size >= MAX_PARTS && !all.has(key) ? ANY_KEY : key;
  all.set(where, where === key ? next : (joinCells(all.get(where), next) as Cell));
  return { taints: own.taints === 'clean' ? undefined : own.taints, parts: limited(all) };
}

function cleaned(cell: Cell | undefined, path: readonly Key[], at: number): Cell {
  const key = path[at];
  if (key === undefined) return CLEAN;
  const own = cell ?? EMPTY;
  if (key === ANY_KEY && at === path.length - 1) {
    const keys = own.parts?.get(KEYS_KEY);
    return keys === undefined ? CLEAN : { taints: undefined, parts: new Map([[KEYS_KEY, keys]]) };
  }
  const parts = new Map(own.parts);
  if (parts.size < MAX_PARTS || parts.has(key)) parts.set(key, cleaned(parts.get(key), path, at + 1));
  return { taints: own.taints, parts };
}

/** Changes that are kept beside what two environments share; with more, both get a new base. */
const MAX_CHANGES = 32;

const NO_SIZES: ReadonlyMap<VariableId, number> = new Map();

/** A part of a variable that is another place, too. */
export interface Alias {
  readonly path: readonly Key[];
  readonly other: { readonly variable: VariableId; readonly path: readonly Key[] };
}

const NONE_PENDING: Environment['pending'] = new Map();
const NONE_WAITING: Environment['waiting'] = new Map();
const NO_ALIASES: ReadonlyMap<VariableId, readonly Alias[]> = new Map();

/**
 * Mutable; `fork` makes a second one. Both share a base that neither changes, and keep what they changed since: then paths that meet again are
 * compared by their changes alone, however many variables there are.
 */
export class Environment {
  private base: ReadonlyMap<VariableId, Cell>;
  /** Undefined for a variable that has no cell any more. */
  private readonly changes: Map<VariableId, Cell | undefined>;
  /** How often cells were set. */
  private revision = 0;
  /** What taints whatever runs from here on. */
  control: Taints = NO_TAINTS;
  /** How long lists are, where the text says it. */
  sizes: ReadonlyMap<VariableId, number> = NO_SIZES;
  /** Places that are one and the same object: what is put into one of them is in the other. */
  aliases: ReadonlyMap<VariableId, readonly Alias[]> = NO_ALIASES;
  /** Between the two ends of a propagator. */
  pending: ReadonlyMap<string, Cell> = NONE_PENDING;
  waiting: ReadonlyMap<string, { readonly variable: VariableId; readonly path: readonly Key[] }> = NONE_WAITING;

  constructor(base: ReadonlyMap<VariableId, Cell> = new Map(), changes: ReadonlyMap<VariableId, Cell | undefined> = new Map()) {
    this.base = base;
    this.changes = new Map(changes);
  }

  fork(): Environment {
    if (this.changes.size > MAX_CHANGES) {
      const base = new Map(this.base);
      for (const [variable, cell] of this.changes)
        if (cell === undefined) base.delete(variable);
        else base.set(variable, cell);
      this.base = base;
      this.changes.clear();
    }
    const copy = new Environment(this.base, this.changes);
    copy.control = this.control;
    copy.pending = this.pending;
    copy.sizes = this.sizes;
    copy.aliases = this.aliases;
    return copy;
  }

  cell(variable: VariableId): Cell | undefined {
    return this.changes.has(variable) ? this.changes.get(variable) : this.base.get(variable);
  }

  set(variable: VariableId, cell: Cell | undefined): void {
    if (this.cell(variable) === cell) return;
    this.changes.set(variable, cell);
    this.revision++;
  }

  /** @param span of the variable's name, where it is one that a person wrote */
  add(variable: VariableId, path: readonly Key[], taints: Taints, parts: Cell['parts'], span: Place | undefined): void {
    const marked = span === undefined ? taints : stepped(taints, span, 'assigned');
    const markedParts = span === undefined || parts === undefined ? parts : stepParts(parts, span);
    this.set(variable, added(this.cell(variable), path, 0, marked, markedParts));
    for (const { path: own, other } of this.aliases.get(variable) ?? []) {
      if (own.length >= path.length || own.some((key, at) => key !== path[at])) continue;
      const there = [...other.path, ...path.slice(own.length)];
      this.set(other.variable, added(this.cell(other.variable), there, 0, marked, markedParts));
    }
  }

  /** From here on two places are the same object. */
  identify(variable: VariableId, path: readonly Key[], other: Alias['other']): void {
    if (variable === other.variable) return;
    const aliases = new Map(this.aliases);
    aliases.set(variable, [...(aliases.get(variable) ?? []), { path, other }]);
    aliases.set(other.variable, [...(aliases.get(other.variable) ?? []), { path: other.path, other: { variable, path } }]);
    this.aliases = aliases;
  }

  /** A variable gets another value: none of its parts is what it was. */
  separate(variable: VariableId): void {
    if (!this.aliases.has(variable)) return;
    const aliases = new Map<VariableId, readonly Alias[]>();
    for (const [each, all] of this.aliases)
      if (each !== variable)
        aliases.set(
          each,
          all.filter(({ other }) => other.variable !== variable),
        );
    this.aliases = aliases;
  }

  /** Clean, also where nothing was known: what a caller would bring does not count any more. */
  reset(variable: VariableId, path: readonly Key[]): void {
    this.set(variable, cleaned(this.cell(variable), path, 0));
  }

  /** @param size undefined where it is not known any more */
  resize(variable: VariableId, size: number | undefined): void {
    if (this.sizes.get(variable) === size) return;
    const sizes = new Map(this.sizes);
    if (size === undefined) sizes.delete(variable);
    else sizes.set(variable, size);
    this.sizes = sizes;
  }

  *entries(): Generator<[VariableId, Cell]> {
    for (const [variable, cell] of this.base) if (!this.changes.has(variable)) yield [variable, cell];
    for (const [variable, cell] of this.changes) if (cell !== undefined) yield [variable, cell];
  }

  /** Variables that have another cell here than in another environment. */
  *changesSince(other: Environment): Generator<[VariableId, Cell]> {
    const isOther = (variable: VariableId): boolean => this.cell(variable) !== other.cell(variable);
    for (const [variable, cell] of this.changes) if (cell !== undefined && isOther(variable)) yield [variable, cell];
    if (this.base === other.base) return;
    for (const [variable, cell] of this.base) if (!this.changes.has(variable) && isOther(variable)) yield [variable, cell];
  }

  /** Equal to an earlier one of the same environment where nothing changed since. */
  state(): EnvironmentState {
    const { revision, control, sizes, aliases, pending } = this;
    return { environment: this, revision, control, sizes, aliases, pending };
  }

  /** Takes in what another path brings; whether anything is new. */
  join(other: Environment): boolean {
    let changed = false;
    for (const variable of this.changes.keys()) changed = this.meet(variable, other) || changed;
    for (const variable of other.changes.keys()) if (!this.changes.has(variable)) changed = this.meet(variable, other) || changed;
    if (this.base !== other.base) {
      const { base } = this;
      const isNew = (variable: VariableId): boolean => !this.changes.has(variable) && !other.changes.has(variable);
      for (const variable of base.keys()) if (isNew(variable)) changed = this.meet(variable, other) || changed;
      for (const variable of other.base.keys()) if (!base.has(variable) && isNew(variable)) changed = this.meet(variable, other) || changed;
    }
    const control = union(this.control, other.control);
    if (control !== this.control) {
      this.control = control;
      changed = true;
    }
    if (this.sizes !== other.sizes) {
      for (const [variable, size] of this.sizes) {
        if (other.sizes.get(variable) === size) continue;
        this.resize(variable, undefined);
        changed = true;
      }
    }
    if (this.aliases !== other.aliases) this.aliases = joinAliases(this.aliases, other.aliases);
    if (this.pending !== other.pending && other.pending.size > 0) {
      const pending = new Map(this.pending);
      for (const [key, cell] of other.pending) pending.set(key, joinCells(pending.get(key), cell) as Cell);
      this.pending = pending;
    }
    this.waiting = NONE_WAITING;
    return changed;
  }

  /** Joins what is known of one variable. */
  private meet(variable: VariableId, other: Environment): boolean {
    const own = this.cell(variable);
    const theirs = other.cell(variable);
    if (own === theirs) return false;
    // Clean on one path and nothing known on the other: nothing known.
    const joined =
      (own === undefined && theirs !== undefined && isClean(theirs)) || (theirs === undefined && own !== undefined && isClean(own))
        ? undefined
        : joinCells(own, theirs);
    if (joined === own) return false;
    const isNews = !sameCells(own, joined);
    this.set(variable, joined);
    return isNews;
  }
}

export interface EnvironmentState extends Pick<Environment, 'control' | 'sizes' | 'aliases' | 'pending'> {
  readonly environment: Environment;
  readonly revision: number;
}

export function sameState(a: EnvironmentState, b: EnvironmentState): boolean {
  return (
    a.environment === b.environment &&
    a.revision === b.revision &&
    a.control === b.control &&
    a.sizes === b.sizes &&
    a.aliases === b.aliases &&
    a.pending === b.pending
  );
}

/** What may be the same on either path. */
function joinAliases(
  a: ReadonlyMap<VariableId, readonly Alias[]>,
  b: ReadonlyMap<VariableId, readonly Alias[]>,
): ReadonlyMap<VariableId, readonly Alias[]> {
  if (b.size === 0) return a;
  if (a.size === 0) return b;
  const result = new Map(a);
  for (const [variable, all] of b) {
    const own = a.get(variable) ?? [];
    const isNew = ({ path, other }: Alias): boolean =>
      !own.some(
        (one) =>
          one.other.variable === other.variable &&
          `${one.path.join(' ')}|${one.other.path.join(' ')}` === `${path.join(' ')}|${other.path.join(' ')}`,
      );
    result.set(variable, [...own, ...all.filter(isNew)]);
  }
  return result;
}

function stepParts(parts: ReadonlyMap<Key, Cell>, span: Place): ReadonlyMap<Key, Cell> {
  return new Map(
    [...parts].map(([key, cell]) => [
      key,
      {
        taints: cell.taints === undefined || cell.taints === 'clean' ? cell.taints : stepped(cell.taints, span, 'assigned'),
        parts: cell.parts === undefined ? undefined : stepParts(cell.parts, span),
      },
    ]),
  );
}
