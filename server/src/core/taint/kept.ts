/**
 * What following data found before an edit still holds where the edited function has no part in it: it was not run, and does not lead to both a source and a sink
 * now. `wanted.ts` says which functions an answer depends on. One exact question for each way by which a function could matter to others; where one of them has no
 * plain answer, the rule is run again.
 */
import type { PropagatorSpec } from '../formula/compiled.js';
import { NO_MOVES, type FlowParts, type FunctionFacts, type KeptFlow, type KeptRun, type Print, type Prints } from '../formula/kept.js';
import type { FlowTrace, FormulaRange, Place, Span } from '../formula/ranges.js';
import type { Since } from '../formula/since.js';
import { endOf, nextOf, startOf } from '../language/tree.js';
import { lookup, spanOfValue } from '../matching/bindings.js';
import { isInClass, type EditedFunction } from './editedFunction.js';
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

/** Numbers of each extent: list, item, start and end, and start and end of what a propagator goes from and to; -1 for what it has not. */
const WIDTH = 8;

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
        if (list === PROPAGATORS) addEnds(extents, row, propagators[item]?.spec, range);
        row += WIDTH;
      }
    }
  }
  return extents;
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
  const matches: FormulaRange[] = [];
  for (const match of kept.matches) {
    const moved = movedRange(match, mover);
    if (moved === undefined) return undefined;
    matches.push(moved);
  }
  const { run, withSource, withSink } = involved;
  const moved = {
    run: moveFunctions(run, since, node),
    withSource: moveFunctions(withSource, since, node),
    withSink: moveFunctions(withSink, since, node),
  };
  return { ...kept, matches, parts: wholeParts(kept.parts, since, node), involved: moved, extents, imports: imports() };
}

/** A function, as a node of its own or -1, in its place after the edit; undefined for one that is gone. */
function moveFunction(at: number, { edit: { from, toBefore, nodes } }: Since, edited: number): number | undefined {
  return at < from || at === edited ? at : at >= toBefore ? at + nodes : undefined;
}

function moveFunctions(functions: ReadonlySet<number>, since: Since, edited: number): ReadonlySet<number> {
  if (functions.size === 0) return functions;
  const moved = new Set<number>();
  for (const at of functions) {
    const now = moveFunction(at, since, edited);
    if (now !== undefined) moved.add(now);
  }
  return moved;
}

function wholeParts(parts: KeptFlow['parts'], since: Since, edited: number): KeptFlow['parts'] {
  const moved = parts === undefined ? undefined : movedParts(parts, since, edited);
  if (parts === undefined || moved === undefined || moved.ends.length < parts.ends.length) return undefined;
  const whole = (run: RunBefore): KeptRun | undefined => {
    const all = [...run.found].flatMap(([at, ranges]) => (ranges === undefined ? [] : [[at, ranges] as const]));
    return all.length < run.found.size ? undefined : { ...run, found: new Map(all) };
  };
  const [untraced, traced] = [whole(moved.untraced), whole(moved.traced)];
  return untraced === undefined || traced === undefined ? undefined : { untraced, traced, ends: moved.ends };
}

function movedParts({ untraced, traced, ends }: FlowParts, since: Since, edited: number): Pick<Before, 'untraced' | 'traced' | 'ends'> {
  const { mover } = since;
  const places = ends.flatMap((place) => (place.file === undefined ? (mover.span(place) ?? []) : place));
  return { untraced: movedRun(untraced, since, edited), traced: movedRun(traced, since, edited), ends: places };
}

/** Places of prints are moved when they are compared: most never are. Until then what happened to them is noted, so many times. */
const MAX_MOVES = 16;

function movedRun({ found, first, last, leaving, moves }: KeptRun, since: Since, edited: number): RunBefore {
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
  const movePrints = (prints: Prints): Prints => {
    const now = new Map<number, Print | undefined>();
    for (const [at, print] of prints) {
      const func = moveFunction(at, since, edited);
      if (func !== undefined) now.set(func, print === undefined || !isLong ? print : movedPrint(print, all));
    }
    return now;
  };
  return {
    found: moved,
    first: movePrints(first),
    last: last === undefined ? undefined : movePrints(last),
    leaving: moveFunctions(leaving, since, edited),
    moves: isLong ? NO_MOVES : all,
  };
}

/** What a rule found before an edit that may have changed it, as far as that does not depend on the edited function. */
export function partsAfter(kept: KeptFlow, found: FoundSpecs, since: Since, { node }: EditedFunction): Before | undefined {
  const { parts, extents } = kept;
  if (parts === undefined) return undefined;
  if (insideOf(extents, extentsOf(found), since.edit, node, since.mover.shift) === undefined) return undefined;
  return { edited: node, ...movedParts(parts, since, node) };
}

/** Which lists have something inside of the edited function; undefined unless they are the same outside of it, and nothing is both. */
function insideOf(
  was: KeptFlow['extents'],
  is: KeptFlow['extents'],
  { before, after }: Since['edit'],
  func: number,
  shift: Since['mover']['shift'],
): ReadonlySet<number> | undefined {
  const [old, now] = [
    { start: startOf(before, func), end: endOf(before, func) },
    { start: startOf(after, func), end: endOf(after, func) },
  ];
  const lists = new Set<number>();
  // Formulas tell their matches in one order.
  for (let a = 0, b = 0; ;) {
    a = nextOutside(was, a, old);
    b = nextOutside(is, b, now, lists);
    if (a === TOUCHES || b === TOUCHES) return undefined;
    const [oldEnds, nowEnds] = [a >= was.length, b >= is.length];
    if (oldEnds || nowEnds) return oldEnds && nowEnds ? lists : undefined;
    if (!isMoved(was, a, is, b, shift)) return undefined;
    a += WIDTH;
    b += WIDTH;
  }
}

const TOUCHES = -1;

/** The first row from `row` on that is not inside of `func`; `TOUCHES` where one before that touches it only, or holds it. @param lists gets those of rows inside */
function nextOutside(extents: KeptFlow['extents'], row: number, func: Span, lists?: Set<number>): number {
  let at = row;
  for (; at < extents.length; at += WIDTH) {
    const [from, to] = [extents[at + 2] as number, extents[at + 3] as number];
    if (from >= func.start && to <= func.end) lists?.add(extents[at] as number);
    else return from < func.end && to > func.start ? TOUCHES : at;
  }
  return at;
}

function isMoved(was: Int32Array, a: number, is: Int32Array, b: number, shift: Since['mover']['shift']): boolean {
  if (was[a] !== is[b] || was[a + 1] !== is[b + 1]) return false;
  for (let at = 2; at < WIDTH; at += 2) {
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

function movedTrace({ source, steps, sink }: FlowTrace, mover: Since['mover']): FlowTrace | undefined {
  const place = (at: Place): Place | undefined => (at.file === undefined ? mover.span(at) : at);
  const [start, end] = [place(source), place(sink)];
  const moved: { span: Place; kind: FlowTrace['steps'][number]['kind'] }[] = [];
  for (const { span, kind } of steps) {
    const at = place(span);
    if (at === undefined) return undefined;
    moved.push({ span: at, kind });
  }
  return start === undefined || end === undefined ? undefined : { source: start, steps: moved, sink: end };
}

// ---- what functions mean to each other

/** What was known of functions before an edit, without the one that was edited and those in it. */
export function factsAfter({ edit, kept }: Since, { node }: EditedFunction): ReadonlyMap<number, FunctionFacts> {
  const { before, from, toBefore, nodes } = edit;
  const move = (at: number): number | undefined => (at < from ? at : at >= toBefore ? at + nodes : undefined);
  const limit = nextOf(before, node);
  const found = new Map<number, FunctionFacts>();
  for (const [at, facts] of kept.functions) {
    const func = at >= node && at < limit ? undefined : move(at);
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

/** What the edited function, and those inside of it, called in other files before. */
export function importedBefore(before: KeptFlow['imports'], { edit }: Since, { node }: EditedFunction): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [at, called] of before) if (at >= node && at < nextOf(edit.before, node)) for (const key of called) found.add(key);
  return found;
}
