/**
 * What following data found before an edit still holds where the edited function has no part in it: it was not run, and does not lead to both a source and a sink
 * now. `wanted.ts` says which functions an answer depends on. One exact question for each way by which a function could matter to others; where one of them has no
 * plain answer, the rule is run again.
 */
import type { FlowParts, FoundByFunction, FunctionFacts, KeptFlow } from '../formula/kept.js';
import type { FlowTrace, FormulaRange, Place, Span } from '../formula/ranges.js';
import type { Since } from '../formula/since.js';
import { endOf, nextOf, startOf, type SyntaxTree } from '../language/tree.js';
import { lookup, spanOfValue } from '../matching/bindings.js';
import { isInClass, type EditedFunction } from './editedFunction.js';
import type { Before, TaintRun } from './run.js';
import type { FoundSpecs } from './spec.js';
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
const NO_ENDS = [-1, -1, -1, -1] as const;

function extentsOf({ sources, sinks, sanitizers, propagators }: FoundSpecs): Int32Array {
  const extents: number[] = [];
  for (const [list, each] of [sources, sinks, sanitizers].entries())
    for (const [item, { ranges }] of each.entries()) for (const { start, end } of ranges) extents.push(list, item, start, end, ...NO_ENDS);
  for (const [item, { spec, ranges }] of propagators.entries())
    for (const { start, end, env } of ranges) {
      const [from, to] = [lookup(env, spec.from), lookup(env, spec.to)].map((value) =>
        value === undefined ? undefined : spanOfValue(value),
      );
      extents.push(PROPAGATORS, item, start, end, from?.start ?? -1, from?.end ?? -1, to?.start ?? -1, to?.end ?? -1);
    }
  return Int32Array.from(extents);
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
  const inside = insideOf(kept.extents, extents, edit, node, mover.span);
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
  const move = (functions: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...functions].flatMap((at) => moveFunction(at, since, node)));
  const { run, withSource, withSink } = involved;
  const moved = { run: move(run), withSource: move(withSource), withSink: move(withSink) };
  return { ...kept, matches, parts: wholeParts(kept.parts, since, node), involved: moved, extents, imports: imports() };
}

/** No more than one function, as a node of its own or -1, in its place after the edit; none for one that is gone. */
function moveFunction(at: number, { edit: { from, toBefore, nodes } }: Since, edited: number): readonly number[] {
  return at < from || at === edited ? [at] : at >= toBefore ? [at + nodes] : [];
}

function wholeParts(parts: KeptFlow['parts'], since: Since, edited: number): KeptFlow['parts'] {
  const moved = parts === undefined ? undefined : movedParts(parts, since, edited);
  if (parts === undefined || moved === undefined || moved.ends.length < parts.ends.length) return undefined;
  const whole = (found: Before['untraced']): FoundByFunction | undefined => {
    const all = [...found].flatMap(([at, ranges]) => (ranges === undefined ? [] : [[at, ranges] as const]));
    return all.length < found.size ? undefined : new Map(all);
  };
  const [untraced, traced] = [whole(moved.untraced), whole(moved.traced)];
  return untraced === undefined || traced === undefined ? undefined : { untraced, traced, ends: moved.ends };
}

function movedParts({ untraced, traced, ends }: FlowParts, since: Since, edited: number): Pick<Before, 'untraced' | 'traced' | 'ends'> {
  const { mover } = since;
  const move = (found: FoundByFunction): Before['untraced'] => {
    const all = new Map<number, readonly FormulaRange[] | undefined>();
    for (const [at, ranges] of found) {
      const moved = ranges.flatMap((range) => movedRange(range, mover) ?? []);
      for (const func of moveFunction(at, since, edited)) all.set(func, moved.length < ranges.length ? undefined : moved);
    }
    return all;
  };
  const places = ends.flatMap((place) => (place.file === undefined ? (mover.span(place) ?? []) : place));
  return { untraced: move(untraced), traced: move(traced), ends: places };
}

/** What a rule found before an edit that may have changed it, as far as that does not depend on the edited function. */
export function partsAfter(kept: KeptFlow, found: FoundSpecs, since: Since, { node }: EditedFunction): Before | undefined {
  const { parts, involved, extents } = kept;
  if (parts === undefined || involved === undefined) return undefined;
  if (insideOf(extents, extentsOf(found), since.edit, node, since.mover.span) === undefined) return undefined;
  const run = new Set([...involved.run].flatMap((at) => moveFunction(at, since, node)));
  return { edited: node, run, ...movedParts(parts, since, node) };
}

/** Which lists have something inside of the edited function; undefined unless they are the same outside of it, and nothing is both. */
function insideOf(
  was: KeptFlow['extents'],
  is: KeptFlow['extents'],
  { before, after }: Since['edit'],
  func: number,
  move: <S extends Span>(span: S) => S | undefined,
): ReadonlySet<number> | undefined {
  const [a, b] = [outside(was, before, func), outside(is, after, func)];
  if (a === undefined || b === undefined || a.left.length !== b.left.length) return undefined;
  // Formulas tell their matches in one order.
  for (const [at, row] of a.left.entries()) if (!isMoved(was, row, is, b.left[at] as number, move)) return undefined;
  return b.lists;
}

function isMoved(was: Int32Array, a: number, is: Int32Array, b: number, move: <S extends Span>(span: S) => S | undefined): boolean {
  if (was[a] !== is[b] || was[a + 1] !== is[b + 1]) return false;
  for (let at = 2; at < WIDTH; at += 2) {
    const [start, end] = [was[a + at] as number, was[a + at + 1] as number];
    if (start < 0 || (is[b + at] as number) < 0) {
      if (start !== is[b + at]) return false;
      continue;
    }
    const span = move({ start, end });
    if (span === undefined || span.start !== is[b + at] || span.end !== is[b + at + 1]) return false;
  }
  return true;
}

/** Extents that are not inside of a function, by where they begin in the list, and which lists have some inside; undefined where one only touches it, or holds it. */
function outside(
  extents: KeptFlow['extents'],
  tree: SyntaxTree,
  func: number,
): { readonly left: readonly number[]; readonly lists: ReadonlySet<number> } | undefined {
  const [start, end] = [startOf(tree, func), endOf(tree, func)];
  const left: number[] = [];
  const lists = new Set<number>();
  for (let row = 0; row < extents.length; row += WIDTH) {
    const [from, to] = [extents[row + 2] as number, extents[row + 3] as number];
    if (from >= start && to <= end) lists.add(extents[row] as number);
    else if (from < end && to > start) return undefined;
    else left.push(row);
  }
  return { left, lists };
}

function movedRange(range: FormulaRange, mover: Since['mover']): FormulaRange | undefined {
  const span = mover.span(range);
  const bound = mover.env(range.env);
  const trace = range.trace === undefined ? undefined : movedTrace(range.trace, mover);
  if (span === undefined || bound === undefined || (range.trace !== undefined && trace === undefined)) return undefined;
  return { ...span, env: bound.env, ...(trace === undefined ? {} : { trace }) };
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
