/**
 * What following data found before an edit still holds where the edited function has no part in it: it was not run, and does not lead to both a source and a sink
 * now. `wanted.ts` says which functions an answer depends on. One exact question for each way by which a function could matter to others; where one of them has no
 * plain answer, the rule is run again.
 */
import type { PropagatorSpec } from '../formula/compiled.js';
import { NO_MOVES, type FlowParts, type FunctionFacts, type KeptFlow, type KeptRun, type Print, type Prints } from '../formula/kept.js';
import type { FlowTrace, FormulaRange, Place, Span } from '../formula/ranges.js';
import type { Since } from '../formula/since.js';
import type { Edit } from '../language/edit.js';
import { endOf, nextOf, startOf } from '../language/tree.js';
import { lookup, spanOfValue } from '../matching/bindings.js';
import { changedWith, type Changed } from './changed.js';
import { functionsIn, isInClass, type EditedFunction } from './editedFunction.js';
import type { FlowTree } from './flowTree.js';
import type { InertEdit } from './inert.js';
import { movedPrint } from './prints.js';
import type { RunBefore } from './rerun.js';
import type { Before, TaintRun } from './run.js';
import type { Found, FoundSpecs } from './spec.js';
import type { Imported, Program } from './terms.js';

// ---- what is kept

/** @param imports as in `KeptFlow` */
export function keptFlow(
  found: FoundSpecs,
  { matches, parts, involved }: TaintRun,
  around: string,
  imports: KeptFlow['imports'],
): KeptFlow {
  return { matches, parts, involved, extents: extentsOf(found), around, imports };
}

/** Of the lists of extents. */
const SOURCES = 0;
const SINKS = 1;
const PROPAGATORS = 3;

/** Numbers of each extent: list, item, start and end, start and end of what a propagator goes from and to (-1 for what it has not), and what is bound. */
const WIDTH = 9;
const BOUND = 8;

const NO_EXTENTS = new Int32Array();

function extentsOf({ sources, sinks, sanitizers, propagators }: FoundSpecs): Int32Array {
  const lists: readonly (readonly Found<unknown>[])[] = [sources, sinks, sanitizers, propagators];
  let count = 0;
  for (const list of lists) for (const { ranges } of list) count += ranges.length;
  if (count === 0) return NO_EXTENTS;
  const extents = new Int32Array(count * WIDTH).fill(-1);
  let row = 0;
  // A rule has many items, and most match nothing: this runs for every rule after every edit.
  for (let list = 0; list < lists.length; list++) {
    const items = lists[list] ?? [];
    for (let item = 0; item < items.length; item++) {
      for (const range of items[item]?.ranges ?? []) {
        extents[row] = list;
        extents[row + 1] = item;
        extents[row + 2] = range.start;
        extents[row + 3] = range.end;
        extents[row + BOUND] = digestOf(range.env);
        if (list === PROPAGATORS) addEnds(extents, row, propagators[item]?.spec, range);
        row += WIDTH;
      }
    }
  }
  return extents;
}

/** Of a long value only its two ends count. */
const DIGEST_ENDS = 16;

/** Equal for the same names bound to the same text, and hardly ever for others. */
function digestOf(env: FormulaRange['env']): number {
  let digest = 0;
  const add = (text: string, from: number, to: number): void => {
    for (let at = from; at < to; at++) digest = (Math.imul(digest, 31) + text.charCodeAt(at)) | 0;
    digest = (Math.imul(digest, 31) + to - from) | 0;
  };
  for (let bound = env; bound !== undefined; bound = bound.next) {
    const { name, value } = bound;
    add(name, 0, name.length);
    const { start, end } = value.kind === 'text' ? { start: 0, end: value.text.length } : spanOfValue(value);
    const text = value.kind === 'text' ? value.text : value.tree.text;
    const middle = Math.min(end, start + DIGEST_ENDS);
    add(text, start, middle);
    add(text, Math.max(middle, end - DIGEST_ENDS), end);
    digest = (Math.imul(digest, 31) + end - start) | 0;
  }
  return digest;
}

/** Where what a propagator goes from and to is. */
function addEnds(extents: Int32Array, row: number, spec: PropagatorSpec | undefined, { env }: FormulaRange): void {
  for (const [at, name] of (spec === undefined ? [] : [spec.from, spec.to]).entries()) {
    const value = lookup(env, name);
    const span = value === undefined ? undefined : spanOfValue(value);
    if (span !== undefined) extents.set([span.start, span.end], row + 4 + 2 * at);
  }
}

/**
 * A rule's flows after an edit, as they were but for their places; undefined where they may be others.
 * @param leads whether a call into another file, that the function did not make before, may lead anywhere
 */
export function flowAfter(
  kept: KeptFlow,
  found: FoundSpecs,
  since: Since,
  edited: EditedFunction,
  leads: (imported: Imported) => boolean,
  imports: () => KeptFlow['imports'],
): KeptFlow | undefined {
  const { edit, mover } = since;
  const { before, after, nodes } = edit;
  const { node } = edited;
  const { involved } = kept;
  if (involved === undefined) return undefined;
  for (let at = node; at < nextOf(before, node); at++) if (involved.run.has(at)) return undefined;
  const extents = extentsOf(found);
  const inside = insideOf(kept.extents, extents, edit, node, mover.shift);
  if (inside === undefined) return undefined;
  const { nodes: called, imports: imported, tells } = edited.calls();
  if (tells || imported.some(leads)) return undefined;
  const limit = nextOf(after, node);
  const leadsTo = (functions: ReadonlySet<number>): boolean =>
    called.some((at) => (at < node ? functions.has(at) : at >= limit && functions.has(at - nodes)));
  const hasSource = inside.has(SOURCES) || leadsTo(involved.withSource);
  const hasSink = inside.has(SINKS) || leadsTo(involved.withSink);
  // With both it is run; with what it had, those that call it are what they were.
  if ((hasSource && hasSink) || hasSource !== involved.withSource.has(node) || hasSink !== involved.withSink.has(node)) return undefined;
  // What a method takes from a source it may leave in its object, where methods with a sink find it.
  if (hasSource && (edited.isMethod || inside.has(PROPAGATORS))) return undefined;
  if (hasSink && [...involved.withSource].some((at) => at >= 0 && isInClass(before, at))) return undefined;
  return flowMoved(kept, { edit, mover }, node, extents, imports());
}

/** As `flowAfter`, after an edit of nothing but inert statements: whatever the rule has to do with the function around them. */
export function flowBeside(
  kept: KeptFlow,
  found: FoundSpecs,
  { edit, mover, was, is, again, atEnd, besideReads }: InertEdit,
  imports: KeptFlow['imports'],
): KeptFlow | undefined {
  if (atEnd && found.sinks.some(({ spec }) => spec.atExit)) return undefined;
  if (besideReads && !readsDoNothing(found)) return undefined;
  const isIn = ({ start, end }: Span, range: Span): boolean => range.start <= start && end <= range.end;
  if (again.some((span) => found.sinks.some(({ ranges }) => ranges.some((range) => isIn(span, range))))) return undefined;
  const extents = extentsOf(found);
  const inside = rowsInside(kept.extents, extents, was, is, mover.shift);
  return inside === undefined || inside.was.size + inside.is.size > 0
    ? undefined
    : flowMoved(kept, { edit, mover }, undefined, extents, imports);
}

/** Whether nothing comes of reading a variable but what it holds. */
function readsDoNothing({ sources, sanitizers, propagators }: FoundSpecs): boolean {
  return (
    [...sanitizers, ...propagators].every(({ ranges }) => ranges.length === 0) &&
    sources.every(({ spec, ranges }) => ranges.length === 0 || (spec.bySideEffect === 'no' && !spec.control))
  );
}

type Moving = Pick<Since, 'edit' | 'mover'>;

/** Undefined where something that was found touches what was replaced. @param edited a function that was replaced and is the same one still */
function flowMoved(
  kept: KeptFlow,
  moving: Moving,
  edited: number | undefined,
  extents: Int32Array,
  imports: KeptFlow['imports'],
): KeptFlow | undefined {
  const matches: FormulaRange[] = [];
  for (const match of kept.matches) {
    const moved = movedRange(match, moving.mover);
    if (moved === undefined) return undefined;
    matches.push(moved);
  }
  const { parts, involved } = kept;
  const move = (functions: ReadonlySet<number>): ReadonlySet<number> => moveFunctions(functions, moving, edited);
  const movedInvolved = involved && { run: move(involved.run), withSource: move(involved.withSource), withSink: move(involved.withSink) };
  return { ...kept, matches, parts: wholeParts(parts, moving, edited), involved: movedInvolved, extents, imports };
}

/** A function, as a node of its own or -1, in its place after the edit; undefined for one that is gone. */
function moveFunction(at: number, { edit: { from, toBefore, nodes } }: Moving, edited: number | undefined): number | undefined {
  return at < from || at === edited ? at : at >= toBefore ? at + nodes : undefined;
}

function moveFunctions(functions: ReadonlySet<number>, since: Moving, edited: number | undefined): ReadonlySet<number> {
  if (functions.size === 0) return functions;
  const moved = new Set<number>();
  for (const at of functions) {
    const now = moveFunction(at, since, edited);
    if (now !== undefined) moved.add(now);
  }
  return moved;
}

function wholeParts(parts: KeptFlow['parts'], since: Moving, edited: number | undefined): KeptFlow['parts'] {
  const moved = parts === undefined ? undefined : movedParts(parts, since, edited);
  if (parts === undefined || moved === undefined || moved.ends.length < parts.ends.length) return undefined;
  const whole = (run: RunBefore): KeptRun | undefined => {
    const all = [...run.found].flatMap(([at, ranges]) => (ranges === undefined ? [] : [[at, ranges] as const]));
    return all.length < run.found.size ? undefined : { ...run, found: new Map(all) };
  };
  const [untraced, traced] = [whole(moved.untraced), whole(moved.traced)];
  return untraced === undefined || traced === undefined ? undefined : { untraced, traced, ends: moved.ends };
}

function movedParts(
  { untraced, traced, ends }: FlowParts,
  since: Moving,
  edited: number | undefined,
): Pick<Before, 'untraced' | 'traced' | 'ends'> {
  const { mover } = since;
  const places = ends.flatMap((place) => (place.file === undefined ? (mover.span(place) ?? []) : place));
  return { untraced: movedRun(untraced, since, edited), traced: movedRun(traced, since, edited), ends: places };
}

/** Places of prints are moved when they are compared: most never are. Until then what happened to them is noted, so many times. */
const MAX_MOVES = 16;

function movedRun({ found, first, last, leaving, globals, settled, moves }: KeptRun, since: Moving, edited: number | undefined): RunBefore {
  const { mover } = since;
  const moved = new Map<number, readonly FormulaRange[] | undefined>();
  for (const [at, ranges] of found) {
    const func = moveFunction(at, since, edited);
    if (func === undefined) continue;
    const now = ranges.flatMap((range) => movedRange(range, mover) ?? []);
    moved.set(func, now.length < ranges.length ? undefined : now);
  }
  const all = [...moves, mover.move];
  const isLong = all.length > MAX_MOVES;
  const movePrint = (print: Print | undefined): Print | undefined => (print === undefined || !isLong ? print : movedPrint(print, all));
  const movePrints = (prints: Prints): Prints => {
    const now = new Map<number, Print | undefined>();
    for (const [at, print] of prints) {
      const func = moveFunction(at, since, edited);
      if (func !== undefined) now.set(func, movePrint(print));
    }
    return now;
  };
  return {
    found: moved,
    first: movePrints(first),
    last: last === undefined ? undefined : movePrints(last),
    leaving: movePrints(leaving),
    globals: movePrint(globals),
    settled: movePrint(settled),
    moves: isLong ? NO_MOVES : all,
  };
}

/** What a rule found before an edit that may have changed it, as far as that does not depend on the edited function. */
export function partsAfter(kept: KeptFlow, found: FoundSpecs, since: Since, { node }: EditedFunction, code: FlowTree): Before | undefined {
  const { parts, extents } = kept;
  if (parts === undefined) return undefined;
  if (insideOf(extents, extentsOf(found), since.edit, node, since.mover.shift) === undefined) return undefined;
  return { changed: functionsIn(code, node), atTop: false, ...movedParts(parts, since, node) };
}

/** As `partsAfter`, after an edit of which no more is known than which functions it changed. */
export function partsBeyond(kept: KeptFlow, found: FoundSpecs, changed: Changed, code: FlowTree): Before | undefined {
  const { parts, extents } = kept;
  if (parts === undefined) return undefined;
  const functions = changedWith(changed, rowsOfOneVersion(extents, extentsOf(found), changed), code);
  return { changed: functions, atTop: true, ...movedParts(parts, changed, changed.edited) };
}

/** Where rows are that only one version has, in places of the later one. */
function rowsOfOneVersion(was: KeptFlow['extents'], is: KeptFlow['extents'], { edit, mover }: Moving): readonly Span[] {
  const { start, endBefore } = edit.change;
  const spans: Span[] = [];
  /** Of those before, where they are now. */
  const rows = new Map<string, Span[]>();
  const moved = new Int32Array(WIDTH);
  for (let a = 0; a < was.length; a += WIDTH) {
    let isMoved = true;
    moved.set(was.subarray(a, a + WIDTH));
    for (let at = 2; at < BOUND; at += 2) {
      const [from, to] = [moved[at] as number, moved[at + 1] as number];
      const by = from < 0 ? 0 : mover.shift(from, to);
      isMoved &&= by !== undefined;
      moved[at] = from + (by ?? 0);
      moved[at + 1] = to + (by ?? 0);
    }
    if (isMoved) {
      const key = moved.join(' ');
      const same = rows.get(key) ?? [];
      rows.set(key, same);
      same.push({ start: moved[2] as number, end: moved[3] as number });
      continue;
    }
    // What it was about, and what is there now.
    const [from, to] = [was[a + 2] as number, was[a + 3] as number];
    const place = (offset: number): number => (offset >= endBefore ? offset + edit.offset : Math.min(offset, start));
    spans.push({ start: place(from), end: Math.max(place(to), endBefore + edit.offset) });
  }
  for (let b = 0; b < is.length; b += WIDTH) {
    const before = rows.get(is.subarray(b, b + WIDTH).join(' '))?.pop();
    if (before === undefined) spans.push({ start: is[b + 2] as number, end: is[b + 3] as number });
  }
  return [...spans, ...[...rows.values()].flat()];
}

/** Which lists have something inside of the edited function; undefined unless they are the same outside of it, and nothing is both. */
function insideOf(
  was: KeptFlow['extents'],
  is: KeptFlow['extents'],
  { before, after }: Since['edit'],
  func: number,
  shift: Since['mover']['shift'],
): ReadonlySet<number> | undefined {
  const old = { start: startOf(before, func), end: endOf(before, func) };
  return rowsInside(was, is, old, { start: startOf(after, func), end: endOf(after, func) }, shift)?.is;
}

interface Inside {
  /** Lists, before and after. */
  readonly was: ReadonlySet<number>;
  readonly is: ReadonlySet<number>;
}

/** Which lists have something inside of a part of the text; undefined unless they are the same outside of it, and nothing is both. */
function rowsInside(
  was: KeptFlow['extents'],
  is: KeptFlow['extents'],
  old: Span,
  now: Span,
  shift: Since['mover']['shift'],
): Inside | undefined {
  const inside = { was: new Set<number>(), is: new Set<number>() };
  // Formulas tell their matches in one order.
  for (let a = 0, b = 0; ;) {
    a = nextOutside(was, a, old, inside.was);
    b = nextOutside(is, b, now, inside.is);
    if (a === TOUCHES || b === TOUCHES) return undefined;
    const [oldEnds, nowEnds] = [a >= was.length, b >= is.length];
    if (oldEnds || nowEnds) return oldEnds && nowEnds ? inside : undefined;
    if (!isMoved(was, a, is, b, shift)) return undefined;
    a += WIDTH;
    b += WIDTH;
  }
}

const TOUCHES = -1;

/** The first row from `row` on that is not inside of `part`; `TOUCHES` where one before that touches it only, or holds it. @param lists gets those of rows inside */
function nextOutside(extents: KeptFlow['extents'], row: number, part: Span, lists: Set<number>): number {
  let at = row;
  for (; at < extents.length; at += WIDTH) {
    const [from, to] = [extents[at + 2] as number, extents[at + 3] as number];
    if (from >= part.start && to <= part.end) lists.add(extents[at] as number);
    else return from < part.end && to > part.start ? TOUCHES : at;
  }
  return at;
}

function isMoved(was: Int32Array, a: number, is: Int32Array, b: number, shift: Since['mover']['shift']): boolean {
  if (was[a] !== is[b] || was[a + 1] !== is[b + 1] || was[a + BOUND] !== is[b + BOUND]) return false;
  for (let at = 2; at < BOUND; at += 2) {
    const [start, end] = [was[a + at] as number, was[a + at + 1] as number];
    const by = start < 0 ? 0 : shift(start, end);
    if (by === undefined || start + by !== is[b + at] || end + by !== is[b + at + 1]) return false;
  }
  return true;
}

function movedRange(range: FormulaRange, mover: Since['mover']): FormulaRange | undefined {
  const span = mover.span(range);
  const bound = mover.env(range.env);
  const trace = range.trace === undefined ? undefined : movedTrace(range.trace, mover);
  const also = range.also?.flatMap((at) => (at.file === undefined ? (mover.span(at) ?? []) : at));
  if (span === undefined || bound === undefined || (range.trace !== undefined && trace === undefined)) return undefined;
  if (also !== undefined && also.length < (range.also?.length ?? 0)) return undefined;
  return { ...span, env: bound.env, ...(trace === undefined ? {} : { trace }), ...(also === undefined ? {} : { also }) };
}

function movedTrace(trace: FlowTrace, mover: Since['mover']): FlowTrace | undefined {
  const place = (at: Place): Place | undefined => (at.file === undefined ? mover.span(at) : at);
  const [start, end] = [place(trace.source), place(trace.sink)];
  const moved: { span: Place; kind: FlowTrace['steps'][number]['kind'] }[] = [];
  for (const { span, kind } of trace.steps) {
    const at = place(span);
    if (at === undefined) return undefined;
    moved.push({ span: at, kind });
  }
  return start === undefined || end === undefined ? undefined : { ...trace, source: start, steps: moved, sink: end };
}

// ---- what functions mean to each other

/** What was known of functions before an edit, without the one that was edited and those in it. @param node the edited one */
export function factsAfter({ edit, kept }: Pick<Since, 'edit' | 'kept'>, node: number | undefined): ReadonlyMap<number, FunctionFacts> {
  const { before, from, toBefore, nodes } = edit;
  const move = (at: number): number | undefined => (at < from ? at : at >= toBefore ? at + nodes : undefined);
  const isReplaced = (at: number): boolean => node !== undefined && at >= node && at < nextOf(before, node);
  const found = new Map<number, FunctionFacts>();
  for (const [at, facts] of kept.functions) {
    const func = isReplaced(at) ? undefined : move(at);
    if (func === undefined) continue;
    const { calls, writes } = facts;
    // Most functions are about nothing that moved.
    const stays = (place: number): boolean => move(place) === place;
    if (calls.every(stays) && writes.every((write) => stays(write.node))) {
      found.set(func, facts);
      continue;
    }
    const movedCalls = calls.flatMap((called) => (called === node ? called : (move(called) ?? [])));
    const movedWrites = writes.flatMap((write) => {
      const place = move(write.node);
      return place === undefined ? [] : { ...write, node: place };
    });
    if (movedCalls.length === calls.length && movedWrites.length === writes.length)
      found.set(func, { ...facts, calls: movedCalls, writes: movedWrites });
  }
  return found;
}

// ---- calls into other files

/** What functions call in other files, by their nodes. */
export function importsOf({ functions, imports }: Program): Map<number, ReadonlySet<string>> {
  const found = new Map<number, ReadonlySet<string>>();
  for (const { id, node } of functions) {
    const called = imports[id] ?? [];
    if (node >= 0 && called.length > 0) found.set(node, new Set(called.map(keyOfImported)));
  }
  return found;
}

/** Equal for what means the same in every file. */
export function keyOfImported({ path, method, receiver, byName, called }: Imported): string {
  return JSON.stringify([path, method, receiver, byName, called]);
}

/** As `importsOf`, after an edit. */
export function importsAfter(before: KeptFlow['imports'], { edit }: Since, edited: EditedFunction): Map<number, ReadonlySet<string>> {
  const end = nextOf(edit.before, edited.node);
  const found = new Map<number, ReadonlySet<string>>();
  for (const [node, called] of before) {
    if (node < edited.node) found.set(node, called);
    else if (node >= end) found.set(node + edit.nodes, called);
  }
  found.set(edited.node, new Set(edited.calls().imports.map(keyOfImported)));
  return found;
}

/** As `importsOf`, after an edit that has no part in it. */
export function importsMoved(before: KeptFlow['imports'], { from, nodes }: Edit): KeptFlow['imports'] {
  return new Map([...before].map(([node, called]) => [node < from ? node : node + nodes, called]));
}

/** What the edited function, and those inside of it, called in other files before. */
export function importedBefore(before: KeptFlow['imports'], { edit }: Since, { node }: EditedFunction): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [at, called] of before) if (at >= node && at < nextOf(edit.before, node)) for (const key of called) found.add(key);
  return found;
}
