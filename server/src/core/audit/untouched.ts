/**
 * A changed file without the parts that its change leaves alone: whole functions and blocks, the same on both sides, as empty lines. What a commit took away is in what it
 * touched and in what is around that, so only this much is parsed and compared. Lines keep their numbers. What was left out can still be asked for names.
 */
import { blocksOf } from '../language/blocks.js';
import { identifyFile } from '../language/identify.js';
import { syntaxOf } from '../language/registry.js';
import { createLineIndex } from '../model/position.js';
import type { FileChange, Hunk } from './change.js';
import { isTestPath } from '../model/testPaths.js';

/** A part that stands empty. */
export interface LeftOut {
  /** Of its first line in the side's text. */
  readonly at: number;
  readonly text: string;
}

export interface ShortSide {
  readonly text: string;
  readonly left: readonly LeftOut[];
}

export interface ShortChange {
  readonly before: ShortSide;
  readonly after: ShortSide;
}

/** Shorter texts are looked at whole, in UTF-16 code units. */
const SHORTEST = 2_000;
/** Longer ones are not parsed anyway. */
const LONGEST = 600_000;
/** A part must be worth it, in lines. */
const FEW = 4;
/** A touched function is looked at whole, unless it has more lines than that. */
const LARGE = 150;

/** Lines of the newer side, 0-based, both inclusive, that can stand empty. */
interface Part {
  readonly first: number;
  readonly last: number;
  /** What stands in the first of them then. */
  readonly filler: string;
}

/** Undefined where there is only one side, or nothing worth it to leave out. */
export function withoutUntouched(change: FileChange): ShortChange | undefined {
  const { before, after, hunks, path } = change;
  if (before === undefined || after === undefined || hunks.length === 0) return undefined;
  if (/\r(?!\n)/.test(after) || after.length < SHORTEST || before.length > LONGEST || after.length > LONGEST) return undefined;
  // What tests assert is weighed against all tests of the file.
  if (isTestPath(path)) return undefined;
  const file = identifyFile(path, after.slice(0, 200).split(/\r?\n/, 1)[0] ?? '');
  const touched = touchedBy(hunks);
  const parts =
    file.kind !== 'code'
      ? []
      : file.grammar === 'yaml'
        ? itemsOf(path, after, touched)
        : syntaxOf(file.grammar).outline === undefined
          ? blockParts(after, file.grammar, touched)
          : bodyParts(after, file.grammar, touched);
  if (parts.length === 0) return undefined;
  const shift = shiftBy(hunks);
  return {
    before: emptied(before, parts, (line) => line + shift(line)),
    after: emptied(after, parts, (line) => line),
  };
}

function emptied(text: string, parts: readonly Part[], lineOf: (line: number) => number): ShortSide {
  const lines = text.split('\n');
  const left: LeftOut[] = [];
  const offsets: { readonly line: number; readonly text: string }[] = [];
  for (const { first, last, filler } of parts) {
    const [from, to] = [lineOf(first), lineOf(last)];
    offsets.push({ line: from, text: lines.slice(from, to + 1).join('\n') });
    lines[from] = filler;
    for (let line = from + 1; line <= to; line++) lines[line] = '';
  }
  let at = 0;
  let line = 0;
  for (const part of offsets) {
    for (; line < part.line; line++) at += (lines[line] as string).length + 1;
    left.push({ at, text: part.text });
  }
  return { text: lines.join('\n'), left };
}

/** Whether a hunk touches any of these lines of the newer side (0-based, both inclusive). */
function touchedBy(hunks: readonly Hunk[]): (first: number, last: number) => boolean {
  return (first, last) => {
    let low = 0;
    let high = hunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { newStart, newLines } = hunks[middle] as Hunk;
      // The last line of the hunk, or the one before what was taken away.
      if (newStart - 1 + Math.max(newLines, 1) - 1 < first) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < hunks.length; at++) {
      const { newStart, newLines } = hunks[at] as Hunk;
      if (newLines > 0) return newStart - 1 <= last;
      if (newStart > last) return false;
      // Between the lines `newStart - 1` and `newStart`.
      if (newStart - 1 >= first) return true;
    }
    return false;
  };
}

/** What to add to an untouched line of the newer side for the same one of the older. */
function shiftBy(hunks: readonly Hunk[]): (line: number) => number {
  return (line) => {
    let shift = 0;
    for (const { newStart, newLines, oldLines } of hunks) {
      const start = newLines === 0 ? newStart : newStart - 1;
      if (start > line) break;
      shift += oldLines - newLines;
    }
    return shift;
  };
}

// ---- bodies of functions, where a language has an outline

function bodyParts(text: string, grammar: string, touched: (first: number, last: number) => boolean): readonly Part[] {
  const bodies = syntaxOf(grammar).outline?.(text)?.bodies ?? [];
  if (bodies.length === 0) return [];
  const lines = createLineIndex(text);
  const parts: Part[] = [];
  let doneUntil = 0;
  for (const { start, end } of bodies) {
    if (start < doneUntil) continue;
    const { line: first, column } = lines.positionAt(start);
    const last = lines.positionAt(end - 1).line;
    // The line of its name counts, too.
    if (touched(first - 1, last)) {
      if (last - first < LARGE) doneUntil = end;
      continue;
    }
    doneUntil = end;
    if (last - first + 1 >= FEW) parts.push({ first, last, filler: `${text.slice(start - column, start)}0` });
  }
  return parts;
}

// ---- blocks in curly brackets

/** What holds parts that stand for themselves: it is gone into where it is touched. */
const HOLDER =
  /\b(?:class|interface|namespace|module|impl|trait|struct|enum|extension|object|contract|describe|context|suite)\b(?![^]*(?:\)|=>)\s*$)|\b(?:describe|context|suite)\b[^;{}]*(?:=>|\))\s*$/;
/** Its names are what it is about. */
const NAMES = /^\s*(?:import|export)\s*(?:type\s*)?$/;

function blockParts(text: string, grammar: string, touched: (first: number, last: number) => boolean): readonly Part[] {
  const blocks = blocksOf(text, grammar)?.blocks ?? [];
  const parts: Part[] = [];
  /** Of blocks that are kept as they are, or left out: what is inside goes with them. */
  const done = new Uint8Array(blocks.length);
  for (const [at, { first, last, around, head, inTemplate }] of blocks.entries()) {
    if (around >= 0 && done[around] === 1) {
      done[at] = 1;
      continue;
    }
    if (inTemplate || NAMES.test(head)) {
      done[at] = 1;
      continue;
    }
    if (touched(first, last)) {
      if (!HOLDER.test(head) && last - first < LARGE) done[at] = 1;
      continue;
    }
    done[at] = 1;
    if (last - first - 1 >= FEW) parts.push({ first: first + 1, last: last - 1, filler: '' });
  }
  return parts;
}

// ---- items of a list that is all of a YAML document

/** Files that say what runs, may be done or is checked are compared whole. */
const TELLING = /^(?:[^#\n]*[&*]\w|---|\.\.\.|%)|^(?:\s*['"]?(?:action|statement|rules|verbs)\b)/im;

function itemsOf(path: string, text: string, touched: (first: number, last: number) => boolean): readonly Part[] {
  if (path.includes('.github/') || TELLING.test(text)) return [];
  const lines = text.split('\n');
  const starts: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('- ')) starts.push(at);
    else if (line !== '' && line !== '\r' && !/^[\s#]/.test(line)) return [];
  }
  const parts: Part[] = [];
  for (const [at, first] of starts.entries()) {
    const last = (starts[at + 1] ?? lines.length) - 1;
    if (!touched(first, last)) parts.push({ first, last, filler: '' });
  }
  return parts;
}
