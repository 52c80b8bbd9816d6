/**
 * Which lines of two texts differ. Not git's own diff: what a repository's attributes and settings say about diffs must not hide a line from an audit.
 * Lines that are unique on both sides hold the texts together, between them the shortest edit is looked for, within bounds.
 */
import { firstAtLeast } from '../model/sorted.js';
import { diffArrays } from 'diff';
import type { Hunk } from './change.js';

/** Edits that are looked for between two anchors; beyond that all of it counts as changed. */
const MAX_EDITS = 600;

/** Lines without their ends; a last line without a line feed counts, nothing after the last line feed does not. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** As `diffLines` of their lines. What both begin and end with is not cut into lines first: most changes are small. */
export function diffTexts(before: string, after: string): readonly Hunk[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  let linesBefore = 0;
  let at = 0;
  for (; at < shorter; at++) {
    const unit = before.charCodeAt(at);
    if (unit !== after.charCodeAt(at)) break;
    if (unit !== NEWLINE) continue;
    start = at + 1;
    linesBefore++;
  }
  let same = 0;
  // Where one is the beginning of the other, a last line without an end belongs to the beginning.
  const most = at === shorter ? 0 : shorter - start;
  for (let length = 1; length <= most; length++) {
    if (before.charCodeAt(before.length - length) !== after.charCodeAt(after.length - length)) break;
    // What stays is whole lines: either side has a line end before it.
    if (before.charCodeAt(before.length - length - 1) === NEWLINE && after.charCodeAt(after.length - length - 1) === NEWLINE) same = length;
  }
  const part = (text: string): readonly string[] => linesOf(text.slice(start, text.length - same));
  const hunks = diffLines(part(before), part(after));
  if (linesBefore === 0) return hunks;
  return hunks.map((hunk) => ({ ...hunk, oldStart: hunk.oldStart + linesBefore, newStart: hunk.newStart + linesBefore }));
}

const NEWLINE = 10;

/** Hunks without context, in order. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]): Int32Array =>
    Int32Array.from(lines, (line) => {
      let number = numbers.get(line);
      if (number === undefined) numbers.set(line, (number = numbers.size));
      return number;
    });
  const a = numbered(before);
  const b = numbered(after);
  const pairs: (readonly [number, number])[] = [];
  align(a, 0, a.length, b, 0, b.length, pairs);
  return hunksOf(pairs, a.length, b.length);
}

/** Old line (0-based) of each new line that stayed, by the hunks between the texts; -1 for those that are new. */
export function oldLines(hunks: readonly Hunk[], newCount: number): Int32Array {
  const map = new Int32Array(newCount).fill(-1);
  let line = 0;
  let shift = 0;
  for (const hunk of hunks) {
    const start = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    for (; line < start && line < newCount; line++) map[line] = line + shift;
    line = start + hunk.newLines;
    shift += hunk.oldLines - hunk.newLines;
  }
  for (; line < newCount; line++) map[line] = line + shift;
  return map;
}

function hunksOf(pairs: readonly (readonly [number, number])[], oldCount: number, newCount: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const [oldLine, newLine] of [...pairs, [oldCount, newCount] as const]) {
    const oldLines = oldLine - oldAt;
    const newLines = newLine - newAt;
    if (oldLines > 0 || newLines > 0)
      hunks.push({
        oldStart: oldLines === 0 ? oldAt : oldAt + 1,
        oldLines,
        newStart: newLines === 0 ? newAt : newAt + 1,
        newLines,
      });
    oldAt = oldLine + 1;
    newAt = newLine + 1;
  }
  return hunks;
}

/** Pushes the pairs of lines that stayed, in order. */
function align(
  a: Int32Array,
  aFrom: number,
  aTo: number,
  b: Int32Array,
  bFrom: number,
  bTo: number,
  pairs: (readonly [number, number])[],
): void {
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) pairs.push([aFrom++, bFrom++]);
  let same = 0;
  while (aFrom < aTo - same && bFrom < bTo - same && a[aTo - 1 - same] === b[bTo - 1 - same]) same++;
  const aEnd = aTo - same;
  const bEnd = bTo - same;
  if (aFrom < aEnd && bFrom < bEnd) {
    const anchors = anchorsBetween(a, aFrom, aEnd, b, bFrom, bEnd);
    if (anchors.length === 0) shortestEdit(a, aFrom, aEnd, b, bFrom, bEnd, pairs);
    else {
      let [x, y] = [aFrom, bFrom];
      for (const [ax, by] of anchors) {
        // Lines around an anchor may have been taken along by the one before.
        if (ax < x || by < y) continue;
        align(a, x, ax, b, y, by, pairs);
        pairs.push([ax, by]);
        [x, y] = [ax + 1, by + 1];
      }
      align(a, x, aEnd, b, y, bEnd, pairs);
    }
  }
  for (let i = 0; i < same; i++) pairs.push([aEnd + i, bEnd + i]);
}

/** Lines that occur once on either side, as many as keep their order (the longest increasing run). */
function anchorsBetween(
  a: Int32Array,
  aFrom: number,
  aTo: number,
  b: Int32Array,
  bFrom: number,
  bTo: number,
): readonly (readonly [number, number])[] {
  const inB = new Map<number, number>();
  for (let i = bFrom; i < bTo; i++) inB.set(b[i] as number, inB.has(b[i] as number) ? -1 : i);
  const inA = new Map<number, number>();
  for (let i = aFrom; i < aTo; i++) inA.set(a[i] as number, inA.has(a[i] as number) ? -1 : i);
  const common: (readonly [number, number])[] = [];
  for (const [line, at] of inA) {
    const there = inB.get(line);
    if (at >= 0 && there !== undefined && there >= 0) common.push([at, there]);
  }
  const tops: number[] = [];
  const previous: number[] = [];
  const piles: number[] = [];
  for (const [index, [, y]] of common.entries()) {
    const low = firstAtLeast(tops, y);
    tops[low] = y;
    piles[low] = index;
    previous[index] = low === 0 ? -1 : (piles[low - 1] as number);
  }
  const chosen: (readonly [number, number])[] = [];
  for (let index = piles.at(-1) ?? -1; index >= 0; index = previous[index] as number)
    chosen.push(common[index] as readonly [number, number]);
  return chosen.toReversed();
}

/** The shortest edit (Myers, 1986), as far as `MAX_EDITS`; beyond it nothing is paired. */
function shortestEdit(
  a: Int32Array,
  aFrom: number,
  aTo: number,
  b: Int32Array,
  bFrom: number,
  bTo: number,
  pairs: (readonly [number, number])[],
): void {
  const changes = diffArrays([...a.subarray(aFrom, aTo)], [...b.subarray(bFrom, bTo)], { maxEditLength: MAX_EDITS });
  if (changes === undefined) return;
  let [x, y] = [aFrom, bFrom];
  for (const { added, removed, count } of changes) {
    if (!added && !removed) for (let i = 0; i < count; i++) pairs.push([x + i, y + i]);
    if (!added) x += count;
    if (!removed) y += count;
  }
}
