/**
 * What a function means to those that call it, written down so that it can be compared after an edit elsewhere: a summary without the objects of the run that
 * made it. Two are the same where callers that were run with the one would find the same with the other.
 */
import type { Move, Print } from '../formula/kept.js';
import type { OtherFile, Place } from '../formula/ranges.js';
import { shiftOf } from '../formula/moves.js';
import { spanOfValue } from '../matching/bindings.js';
import type { SinkEffect, Summary, Value } from './analysis.js';
import type { Cell } from './cells.js';
import type { Way } from './steps.js';
import type { Origin, SpecMatch, Taint, Taints } from './taints.js';
import type { Program } from './terms.js';

/** Of a summary that says nothing: most do. */
const EMPTY: Print = { words: '', places: new Int32Array() };

/** Places of one print: larger summaries are not compared. */
const MAX_PLACES = 4_000;

/** Stands in the place of an end: what is before it is a node. */
const NODE = -1;
/** Stands for what an edit touched, in the place of both. */
const TOUCHED = -2;

/** Undefined for a summary that is not compared: it is too large, or waits for what a caller brings. */
export function printOf({ returned, effects, calls, writes }: Summary, program: Program): Print | undefined {
  const words: string[] = [];
  const places: number[] = [];
  let isSaid = true;
  /** Ways and matches are shared: each is written once. */
  const known = new Map<object, number>();
  const isKnown = (one: object): boolean => {
    const before = known.get(one);
    if (before === undefined) known.set(one, known.size);
    else words.push(`=${before}`);
    return before !== undefined;
  };
  const place = (start: number, end: number, file: OtherFile | undefined): void => {
    // In another file nothing moves.
    if (file !== undefined) words.push(`@${start}:${end}:${file.path}`);
    else if (places.push(start, end) > MAX_PLACES) isSaid = false;
  };
  const matched = (match: SpecMatch<unknown>): void => {
    if (isKnown(match)) return;
    words.push(`m${match.index}`);
    place(match.start, match.end, match.file);
    for (let at = match.env; at !== undefined; at = at.next) {
      const { start, end } = spanOfValue(at.value);
      words.push(at.name);
      place(start, end, match.file);
    }
  };
  const wayOf = (way: Way | undefined): void => {
    for (let at = way; at !== undefined; at = at.before) {
      if (isKnown(at)) return;
      words.push(`${at.kind}${at.length}`);
      if (at.kind === 'within') {
        words.push('(');
        wayOf(at.inner);
        words.push(')');
      } else if (at.kind !== 'blurred') spot(at.span);
    }
  };
  const spot = ({ start, end, file }: Place): void => place(start, end, file);
  const originOf = (origin: Origin): void => {
    if (origin.kind === 'parameter') words.push(`p${origin.index}`);
    else {
      const owner = program.variableOwners[origin.variable] ?? -1;
      const name = owner < 0 ? program.globalKey(origin.variable) : program.variableNames[origin.variable];
      isSaid &&= name !== undefined;
      words.push(`v${name}`);
      if (owner >= 0) places.push(owner, NODE);
    }
  };
  const taint = (one: Taint): void => {
    if (one.kind === 'source') {
      isSaid &&= one.condition === undefined;
      matched(one.match);
      words.push(one.label);
    } else {
      isSaid &&= one.relabel === undefined;
      originOf(one.origin);
      words.push(one.path.join(' '));
    }
    wayOf(one.steps);
  };
  const all = (taints: Taints): void => {
    words.push('[');
    for (const one of taints.values()) taint(one);
    words.push(']');
  };
  const cellOf = ({ taints, parts }: Cell): void => {
    if (taints === 'clean') words.push('clean');
    else if (taints !== undefined) all(taints);
    partsOf(parts);
  };
  const partsOf = (parts: Cell['parts']): void => {
    if (parts === undefined) return;
    words.push('{');
    for (const [key, cell] of parts) {
      words.push(key);
      cellOf(cell);
    }
    words.push('}');
  };
  const valueOf = (value: Value): void => {
    all(value.taints);
    partsOf(value.parts);
  };
  const effectOf = ({ sink, taints, entry }: SinkEffect): void => {
    words.push('!');
    matched(sink);
    all(taints);
    if (entry !== undefined) spot(entry);
  };
  if (returned.taints.size === 0 && returned.parts === undefined && effects.length + calls.length + writes.length === 0) return EMPTY;
  valueOf(returned);
  effects.forEach(effectOf);
  for (const { origin, args } of calls) {
    words.push('call');
    originOf(origin);
    args.forEach(valueOf);
  }
  for (const { origin, path, taints } of writes) {
    words.push('write');
    originOf(origin);
    words.push(path.join(' '));
    all(taints);
  }
  return isSaid ? { words: words.join('\n'), places: Int32Array.from(places) } : undefined;
}

/** A print after some edits, oldest first. */
export function movedPrint(print: Print, moves: readonly Move[]): Print {
  if (moves.length === 0 || print.places.length === 0) return print;
  const places = print.places.slice();
  for (let at = 0; at < places.length; at += 2) {
    for (const move of moves) {
      const [start, end] = [places[at] as number, places[at + 1] as number];
      if (start === TOUCHED) break;
      if (end === NODE) places[at] = nodeAfter(move, start);
      else {
        const by = shiftOf(move, start, end, true);
        places[at] = by === undefined ? TOUCHED : start + by;
        places[at + 1] = by === undefined ? TOUCHED : end + by;
      }
    }
  }
  return { words: print.words, places };
}

/** A function's node: one that holds what was replaced stays what it is. */
function nodeAfter({ from, toBefore, nodes }: Move, node: number): number {
  return node < from ? node : node >= toBefore ? node + nodes : TOUCHED;
}

/** @param before it is where it was before these edits */
export function samePrint(before: Print | undefined, now: Print | undefined, moves: readonly Move[]): boolean {
  if (before === undefined || now === undefined || before.words !== now.words || before.places.length !== now.places.length) return false;
  if (now === before) return true;
  const { places } = movedPrint(before, moves);
  for (let at = 0; at < places.length; at++) if (places[at] === TOUCHED || places[at] !== now.places[at]) return false;
  return true;
}
