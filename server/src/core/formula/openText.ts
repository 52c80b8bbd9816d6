/** The text of an open document, read after an edit from what was read before it: only what changed is looked at again. */
import { firstAtLeast } from '../model/sorted.js';
import { changeIn, type TextChange } from '../model/textChange.js';
import type { EditedText } from './changedLines.js';
import type { ReadText } from './readText.js';
import { findSubstrings, type SubstringTable } from './substrings.js';
import { IN_WORD, toUnits, type Units } from './units.js';
import { findHits, type WordHits, type WordTable } from './words.js';

export interface OpenText extends ReadText {
  readonly knownHits: ReadonlyMap<WordTable, WordHits>;
  readonly knownChunks: ReadonlyMap<SubstringTable, Chunks>;
  /** What it was before the edit, and what changed. */
  readonly edited: EditedText | undefined;
}

/** @param before the same document before an edit; all that it knew is known of this text, too */
export function readOpenText(text: string, before: OpenText | undefined): OpenText {
  const change = before === undefined ? undefined : changeIn(before.text, text);
  const units = before === undefined || change === undefined ? toUnits(text) : unitsAfter(before.units, text, change);
  const knownHits = new Map<WordTable, WordHits>();
  const knownChunks = new Map<SubstringTable, Chunks>();
  if (before !== undefined && change !== undefined) {
    for (const [table, hits] of before.knownHits) knownHits.set(table, hitsAfter(hits, table, before.units, units, change));
    for (const [table, chunks] of before.knownChunks) knownChunks.set(table, chunksAfter(chunks, table, units, change));
  }
  return {
    text,
    units,
    knownHits,
    knownChunks,
    edited: before === undefined || change === undefined ? undefined : { before: before.text, after: text, change },
    hits(table) {
      let hits = knownHits.get(table);
      if (hits === undefined) knownHits.set(table, (hits = findHits(units, table)));
      return hits;
    },
    substrings(table) {
      let chunks = knownChunks.get(table);
      if (chunks === undefined) {
        const pieces = chunksIn(units, table, 0, units.length);
        knownChunks.set(table, (chunks = { pieces, counts: counted(new Uint32Array(table.indexes.size), pieces, 1) }));
      }
      return present(chunks.counts);
    },
  };
}

function unitsAfter(before: Units, text: string, { start, endBefore, endAfter }: TextChange): Units {
  const units = new Uint8Array(text.length);
  units.set(before.subarray(0, start));
  units.set(toUnits(text.slice(start, endAfter)), start);
  units.set(before.subarray(endBefore), endAfter);
  return units;
}

// ---- names

function hitsAfter(hits: WordHits, table: WordTable, before: Units, after: Units, { start, endBefore, endAfter }: TextChange): WordHits {
  // Words that touch the change may be others now.
  let from = start;
  while (from > 0 && IN_WORD[before[from - 1] as number] === 1) from--;
  let to = endBefore;
  while (to < before.length && IN_WORD[before[to] as number] === 1) to++;
  const by = endAfter - endBefore;
  const own = findHits(after.subarray(from, to + by), table);
  const known = hits.starts.subarray(0, hits.count);
  const [low, high] = [firstAtLeast(known, from), firstAtLeast(known, to)];
  const count = low + own.count + hits.count - high;
  const starts = new Int32Array(count);
  const words = new Int32Array(count);
  starts.set(hits.starts.subarray(0, low));
  words.set(hits.words.subarray(0, low));
  for (let at = 0; at < own.count; at++) starts[low + at] = (own.starts[at] as number) + from;
  words.set(own.words.subarray(0, own.count), low);
  const behind = low + own.count;
  for (let at = behind; at < count; at++) starts[at] = (hits.starts[at - behind + high] as number) + by;
  words.set(hits.words.subarray(high, hits.count), behind);
  return { count, starts, words };
}

// ---- strings

/** Stretches of a text, in order, and of each string of a table in how many of them it occurs. */
interface Chunks {
  readonly pieces: readonly Chunk[];
  readonly counts: Uint32Array;
}

interface Chunk {
  readonly start: number;
  readonly end: number;
  /** 1 for each string that ends in the stretch, and maybe for some that end shortly before it. */
  readonly found: Uint8Array;
}

const CHUNK = 2_048;

function chunksIn(units: Units, table: SubstringTable, from: number, to: number): Chunk[] {
  const count = Math.max(1, Math.round((to - from) / CHUNK));
  const length = Math.ceil((to - from) / count);
  const chunks: Chunk[] = [];
  for (let start = from; chunks.length < count; start += length) {
    const end = Math.min(to, start + length);
    const found = new Uint8Array(table.indexes.size);
    findSubstrings(units, Math.max(0, start - longestOf(table)), end, table, found);
    chunks.push({ start, end, found });
  }
  return chunks;
}

function chunksAfter({ pieces, counts }: Chunks, table: SubstringTable, units: Units, { start, endBefore, endAfter }: TextChange): Chunks {
  const by = endAfter - endBefore;
  const reach = longestOf(table);
  const isTouched = (chunk: Chunk): boolean => chunk.start - reach <= endBefore && chunk.end >= start;
  const touched = pieces.filter(isTouched);
  const [first, last] = [touched[0], touched.at(-1)];
  // The last one ends with the text, so that some are touched by any change.
  if (first === undefined || last === undefined) throw new Error('a change outside of the text');
  const own = chunksIn(units, table, first.start, last.end + by);
  return {
    pieces: [
      ...pieces.slice(0, pieces.indexOf(first)),
      ...own,
      ...pieces.slice(pieces.indexOf(last) + 1).map((chunk) => ({ ...chunk, start: chunk.start + by, end: chunk.end + by })),
    ],
    counts: counted(counted(counts.slice(), touched, -1), own, 1),
  };
}

function counted(counts: Uint32Array, chunks: readonly Chunk[], by: number): Uint32Array {
  for (const { found } of chunks) for (let at = 0; at < found.length; at++) if (found[at] === 1) counts[at] = (counts[at] as number) + by;
  return counts;
}

/** 1 for what is there at all. */
function present(counts: Uint32Array): Uint8Array {
  const found = new Uint8Array(counts.length);
  for (let at = 0; at < counts.length; at++) if ((counts[at] as number) > 0) found[at] = 1;
  return found;
}

const longest = new WeakMap<SubstringTable, number>();

function longestOf(table: SubstringTable): number {
  let length = longest.get(table);
  if (length === undefined) {
    length = 0;
    for (const text of table.indexes.keys()) length = Math.max(length, text.length);
    longest.set(table, length);
  }
  return length;
}
