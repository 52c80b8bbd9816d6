/**
 * What a function means to those that call it, written down: to be compared after an edit elsewhere, and to be read back in place of running the function again. Two
 * that are the same lead callers to find the same.
 */
import type { Move, Print } from '../formula/kept.js';
import { shiftOf } from '../formula/moves.js';
import type { OtherFile, Place } from '../formula/ranges.js';
import { spanOfValue } from '../matching/bindings.js';
import type { SinkEffect, Summary, Value } from './analysis.js';
import type { Cell } from './cells.js';
import type { Matches, Specs } from './spec.js';
import type { Way } from './steps.js';
import { given, sourceTaint, taintsOf, type Origin, type SpecMatch, type Taint, type Taints } from './taints.js';
import type { Key, Program } from './terms.js';

// What is written is one JSON text. Numbers named `at` count places, `match` and `way` entries of the two lists.

/** A parameter by its index; a variable by its key, or by its name and where its function stands. */
type WrittenOrigin = number | readonly [key: string] | readonly [name: string, at: number];
type WrittenTaint =
  | readonly [match: number, label: string, way: number]
  | readonly [match: -1, origin: WrittenOrigin, path: readonly Key[], way: number];
type WrittenParts = readonly (readonly [key: Key, taints: readonly WrittenTaint[] | 'clean' | null, parts: WrittenParts | null])[];
type WrittenValue = readonly [taints: readonly WrittenTaint[], parts: WrittenParts | null];
/** Names and values' places of what it bound follow; in another file the place is text. */
type WrittenMatch = readonly [list: 'source' | 'sink', index: number, at: number | string, ...bound: (string | number)[]];
type WrittenWay = readonly [kind: Way['kind'], length: number, before: number, innerOrAt: number | string];

interface Written {
  readonly matches: WrittenMatch[];
  readonly ways: WrittenWay[];
  readonly returned: WrittenValue;
  readonly effects: readonly (readonly [match: number, taints: readonly WrittenTaint[], entry: number | string | null])[];
  readonly calls: readonly (readonly [origin: WrittenOrigin, args: readonly WrittenValue[]])[];
  readonly writes: readonly (readonly [origin: WrittenOrigin, path: readonly Key[], taints: readonly WrittenTaint[]])[];
}

/** Of a summary that says nothing: most do. */
const EMPTY: Print = { words: '', places: new Int32Array(), isWhole: true };
const NOTHING: Value = { taints: new Map(), parts: undefined };

/** Numbers of the places of one print: larger summaries are not compared. */
const MAX_PLACES = 4_000;

/** Stands in the place of an end: what is before it is a node. */
const NODE = -1;
/** Stands for what an edit touched, in the place of both. */
const TOUCHED = -2;

/** Undefined for a summary that is not compared: it is too large, or waits for what a caller brings. */
export function printOf({ returned, effects, calls, writes }: Summary, program: Program): Print | undefined {
  if (returned.taints.size === 0 && returned.parts === undefined && effects.length + calls.length + writes.length === 0) return EMPTY;
  const places: number[] = [];
  const matches: WrittenMatch[] = [];
  const ways: WrittenWay[] = [];
  /** Ways and matches are shared: each is written once. */
  const known = new Map<object, number>();
  let isSaid = true;
  let isWhole = true;

  const placeOf = (start: number, end: number, file: OtherFile | undefined): number | string => {
    if (file === undefined) return places.push(start, end) / 2 - 1;
    // Nothing moves there, and what is there is not found again from here.
    isWhole = false;
    return `${start}:${end}:${file.path}`;
  };
  const spot = ({ start, end, file }: Place): number | string => placeOf(start, end, file);
  const matchOf = (list: 'source' | 'sink', match: SpecMatch<unknown>): number => {
    const before = known.get(match);
    if (before !== undefined) return before;
    const bound: (string | number)[] = [];
    const at = placeOf(match.start, match.end, match.file);
    for (let next = match.env; next !== undefined; next = next.next) {
      const { start, end } = spanOfValue(next.value);
      bound.push(next.name, placeOf(start, end, match.file));
    }
    known.set(match, matches.length);
    return matches.push([list, match.index, at, ...bound]) - 1;
  };
  const wayOf = (way: Way | undefined): number => {
    // They are long: from the first to the latest without a call for each.
    const latestFirst: Way[] = [];
    for (let at = way; at !== undefined && !known.has(at); at = at.before) latestFirst.push(at);
    for (const one of latestFirst.toReversed()) {
      const before = one.before === undefined ? -1 : (known.get(one.before) as number);
      const rest = one.kind === 'within' ? wayOf(one.inner) : 'span' in one ? spot(one.span) : -1;
      known.set(one, ways.push([one.kind, one.length, before, rest]) - 1);
    }
    return way === undefined ? -1 : (known.get(way) as number);
  };
  const originOf = (origin: Origin): WrittenOrigin => {
    if (origin.kind === 'parameter') return origin.index;
    const owner = program.variableOwners[origin.variable] ?? -1;
    if (owner >= 0) {
      places.push(owner, NODE);
      return [program.variableNames[origin.variable] ?? '', places.length / 2 - 1];
    }
    const key = program.globalKey(origin.variable);
    isSaid &&= key !== undefined;
    return [key ?? ''];
  };
  const taintOf = (taint: Taint): WrittenTaint => {
    if (taint.kind === 'source') {
      isSaid &&= taint.condition === undefined;
      return [matchOf('source', taint.match), taint.label, wayOf(taint.steps)];
    }
    isSaid &&= taint.relabel === undefined;
    return [-1, originOf(taint.origin), taint.path, wayOf(taint.steps)];
  };
  const all = (taints: Taints): readonly WrittenTaint[] => [...taints.values()].map(taintOf);
  const partsOf = (parts: Cell['parts']): WrittenParts | null =>
    parts === undefined
      ? null
      : [...parts].map(([key, { taints, parts: inner }]) => [
          key,
          taints === undefined ? null : taints === 'clean' ? taints : all(taints),
          partsOf(inner),
        ]);
  const valueOf = (value: Value): WrittenValue => [all(value.taints), partsOf(value.parts)];
  const effectOf = ({ sink, taints, entry }: SinkEffect): Written['effects'][number] => [
    matchOf('sink', sink),
    all(taints),
    entry === undefined ? null : spot(entry),
  ];
  const written: Written = {
    returned: valueOf(returned),
    effects: effects.map(effectOf),
    calls: calls.map(({ origin, args }) => [originOf(origin), args.map(valueOf)]),
    writes: writes.map(({ origin, path, taints }) => [originOf(origin), path, all(taints)]),
    matches,
    ways,
  };
  return isSaid && places.length <= MAX_PLACES ? { words: JSON.stringify(written), places: Int32Array.from(places), isWhole } : undefined;
}

/** Finds matches by where they are. */
export type MatchAt = (list: 'source' | 'sink', index: number, start: number, end: number) => SpecMatch<unknown> | undefined;

/** What several rounds over one file ask for. */
export function matchesAt({ sources, sinks }: Pick<Specs, 'sources' | 'sinks'>): MatchAt {
  const index = (matches: Matches<unknown>): Map<string, SpecMatch<unknown> | undefined> => {
    const found = new Map<string, SpecMatch<unknown> | undefined>();
    for (const match of matches.all) {
      const key = `${match.index}:${match.start}:${match.end}`;
      // Two that only differ in what they bound are not told apart.
      found.set(key, found.has(key) ? undefined : match);
    }
    return found;
  };
  const known = new Map<string, ReturnType<typeof index>>();
  return (list, number, start, end) => {
    let found = known.get(list);
    if (found === undefined) known.set(list, (found = index(list === 'source' ? sources : sinks)));
    return found.get(`${number}:${start}:${end}`);
  };
}

/** The summary that a print is of, in its places now; undefined where a part of it is not there any more. */
export function summaryFrom({ words, places, isWhole }: Print, program: Program, matchAt: MatchAt): Summary | undefined {
  if (words === '') return { returned: NOTHING, effects: [], calls: [], writes: [] };
  if (!isWhole || places.includes(TOUCHED)) return undefined;
  const written = JSON.parse(words) as Written;
  let isThere = true;
  const placeAt = (at: number | string): Place => ({
    start: places[2 * (at as number)] as number,
    end: places[2 * (at as number) + 1] as number,
  });
  const matches = written.matches.map(([list, index, at]) => {
    const { start, end } = placeAt(at);
    const match = matchAt(list, index, start, end);
    isThere &&= match !== undefined;
    return match;
  });
  const ways: Way[] = [];
  for (const [kind, length, previous, rest] of written.ways) {
    const before = ways[previous];
    if (kind === 'within') ways.push({ kind, length, before, inner: ways[rest as number] as Way });
    else if (kind === 'assigned' || kind === 'called') ways.push({ kind, length, before, span: placeAt(rest) });
    else ways.push({ kind, length, before });
  }
  if (!isThere) return undefined;
  const originOf = (origin: WrittenOrigin): Origin => {
    if (typeof origin === 'number') return { kind: 'parameter', index: origin };
    const [name, at] = origin;
    const variable = at === undefined ? program.globalOf(name) : program.localOf(places[2 * at] as number, name);
    isThere &&= variable !== undefined;
    return { kind: 'variable', variable: variable ?? -1 };
  };
  const taintOf = (taint: WrittenTaint): Taint =>
    taint[0] === -1
      ? given(originOf(taint[1] as WrittenOrigin), taint[2] as readonly Key[], ways[taint[3] as number])
      : sourceTaint(matches[taint[0]] as Parameters<typeof sourceTaint>[0], taint[1] as string, undefined, ways[taint[2] as number]);
  const all = (taints: readonly WrittenTaint[]): Taints => taintsOf(taints.map(taintOf));
  const partsOf = (parts: WrittenParts | null): Cell['parts'] =>
    parts === null
      ? undefined
      : new Map(
          parts.map(([key, taints, inner]) => [
            key,
            { taints: taints === null ? undefined : taints === 'clean' ? taints : all(taints), parts: partsOf(inner) },
          ]),
        );
  const valueOf = ([taints, parts]: WrittenValue): Value => ({ taints: all(taints), parts: partsOf(parts) });
  const summary: Summary = {
    returned: valueOf(written.returned),
    effects: written.effects.map(([match, taints, entry]) => ({
      sink: matches[match] as SinkEffect['sink'],
      taints: all(taints),
      entry: entry === null ? undefined : placeAt(entry),
    })),
    calls: written.calls.map(([origin, args]) => ({ origin: originOf(origin), args: args.map(valueOf) })),
    writes: written.writes.map(([origin, path, taints]) => ({ origin: originOf(origin), path, taints: all(taints) })),
  };
  return isThere ? summary : undefined;
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
  return { ...print, places };
}

/** A function's node: one that holds what was replaced stays what it is. */
function nodeAfter({ from, toBefore, nodes }: Move, node: number): number {
  return node < from ? node : node >= toBefore ? node + nodes : TOUCHED;
}

/** @param moves edits since the first one was made, oldest first */
export function samePrint(before: Print | undefined, now: Print | undefined, moves: readonly Move[]): boolean {
  if (before === undefined || now === undefined || before.words !== now.words || before.places.length !== now.places.length) return false;
  if (now === before) return true;
  const { places } = movedPrint(before, moves);
  for (let at = 0; at < places.length; at++) if (places[at] === TOUCHED || places[at] !== now.places[at]) return false;
  return true;
}
