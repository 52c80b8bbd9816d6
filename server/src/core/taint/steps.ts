/**
 * The way of data. Ways are shared: a step refers to what came before it, and going through a function refers to the way inside of it, so that a call
 * costs the same however long that is. Read out as a list only where a finding shows it.
 */
import type { FlowDoubt, Place } from '../formula/ranges.js';

/** Latest first. */
export type Way = Step | Within | Doubt;

/** What a reader sees. */
export interface Stop {
  readonly span: Place;
  readonly kind: 'assigned' | 'called';
}

interface Step extends Stop {
  readonly before: Way | undefined;
  /** Steps up to here, however often they are the same. */
  readonly length: number;
}

interface Within {
  readonly kind: 'within';
  /** The way inside of a function that was called. */
  readonly inner: Way;
  readonly before: Way | undefined;
  readonly length: number;
}

/** From here on it is less than certain that what arrives is what came. */
interface Doubt {
  readonly kind: FlowDoubt;
  readonly before: Way | undefined;
  readonly length: number;
}

/** What a trace may have. */
const MAX_STOPS = 40;
/** What a way may have before it is read out: longer ones go round. */
const MAX_LENGTH = 400;
const DOUBT_LENGTH = 100;

export function step(before: Way | undefined, span: Place, kind: Stop['kind']): Way | undefined {
  if (before !== undefined && before.kind === kind && samePlace(before.span, span)) return before;
  const length = before?.length ?? 0;
  return length >= MAX_LENGTH ? before : { kind, span, before, length: length + 1 };
}

/** With a doubt more. Counts as a long way, so that any other is preferred. */
export function doubted(before: Way | undefined, kind: FlowDoubt): Way {
  return before?.kind === kind ? before : { kind, before, length: (before?.length ?? 0) + DOUBT_LENGTH };
}

/** The way goes on as it does inside of a function. */
export function within(before: Way | undefined, inner: Way | undefined): Way | undefined {
  if (before === undefined || inner === undefined) return before ?? inner;
  const length = before.length + inner.length;
  return length > MAX_LENGTH ? before : { kind: 'within', inner, before, length };
}

export interface Stops {
  /** First to last. Into a call and out of it is one step, and so is the same place twice in a row. */
  readonly stops: readonly Stop[];
  /** What lies in the middle of a long way is left out. */
  readonly cut: boolean;
  readonly doubts: readonly FlowDoubt[];
}

export function stopsOf(way: Way | undefined): Stops {
  const latestFirst: Stop[] = [];
  const doubts = new Set<FlowDoubt>();
  const waiting: (Way | undefined)[] = [way];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (at === undefined) continue;
    waiting.push(at.before);
    if (at.kind === 'within') waiting.push(at.inner);
    else if ('span' in at) latestFirst.push(at);
    else doubts.add(at.kind);
  }
  const stops = firstOf(latestFirst.toReversed(), MAX_STOPS + 1);
  if (stops.length <= MAX_STOPS) return { stops, cut: false, doubts: [...doubts] };
  const half = MAX_STOPS / 2;
  return { stops: [...stops.slice(0, half), ...firstOf(latestFirst, half).toReversed()], cut: true, doubts: [...doubts] };
}

function firstOf(all: readonly Stop[], most: number): readonly Stop[] {
  const stops: Stop[] = [];
  for (const { kind, span } of all) {
    const last = stops.at(-1);
    const known = kind === 'called' ? stops.some((one) => samePlace(one.span, span)) : last !== undefined && samePlace(last.span, span);
    if (!known) stops.push({ kind, span });
    if (stops.length >= most) break;
  }
  return stops;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end && a.file?.path === b.file?.path;
}
