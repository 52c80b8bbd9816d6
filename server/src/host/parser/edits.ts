/** Where the text of an open document changed, told to its tree; and what of it is still being typed. */
import type { Tree } from 'web-tree-sitter';
import type { Span } from '../../core/model/position.js';
import { changeIn, type TextChange } from '../../core/model/textChange.js';

export function applyEdit(tree: Tree, before: string, after: string, { start, endBefore, endAfter }: TextChange): void {
  if (endBefore === start && endAfter === start) return;
  const startPosition = pointAt(before, start, 0, 0, 0);
  tree.edit({
    startIndex: start,
    oldEndIndex: endBefore,
    newEndIndex: endAfter,
    startPosition,
    oldEndPosition: pointAt(before, endBefore, start, startPosition.row, startPosition.column),
    newEndPosition: pointAt(after, endAfter, start, startPosition.row, startPosition.column),
  } as Parameters<Tree['edit']>[0]);
}

function pointAt(text: string, offset: number, from: number, row: number, column: number): { row: number; column: number } {
  let line = row;
  let lineStart = from - column;
  for (let at = text.indexOf('\n', from); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { row: line, column: offset - lineStart };
}

/** A text with what is being typed left out, as long as the text. */
export interface Whole {
  readonly text: string;
  /** What is left out, in order. */
  readonly unfinished: readonly Span[];
}

/** More than this is no statement that somebody types, in UTF-16 code units. */
const MAX_UNFINISHED = 2_000;
const MAX_PLACES = 8;

/**
 * Texts that may be whole where the one after an edit is not: without the lines that changed, blank or one number, and without what was unfinished before.
 * Until a statement is finished the rest is read as if it were not there. None where a change is long.
 * @param unfinished of the text before, in its places
 */
export function withoutUnfinished(before: string, unfinished: readonly Span[], after: string): readonly Whole[] {
  const change = changeIn(before, after);
  const offset = change.endAfter - change.endBefore;
  let { start, endAfter } = change;
  const elsewhere: Span[] = [];
  for (const span of unfinished) {
    if (span.end < change.start) elsewhere.push(span);
    else if (span.start > change.endBefore) elsewhere.push({ start: span.start + offset, end: span.end + offset });
    else {
      start = Math.min(start, span.start);
      endAfter = Math.max(endAfter, span.end + offset);
    }
  }
  if (elsewhere.length > MAX_PLACES) return [];
  const rest = elsewhere.reduce((text, span) => blanked(text, span, ' '), after);
  const found: Whole[] = elsewhere.length === 0 ? [] : [{ text: rest, unfinished: elsewhere }];
  const first = start === 0 ? 0 : after.lastIndexOf('\n', start - 1) + 1;
  const newline = after.indexOf('\n', endAfter);
  const lines = after.slice(first, newline < 0 ? after.length : newline);
  const typed = lines.trim();
  if (typed === '' || lines.length > MAX_UNFINISHED) return found;
  const at = first + lines.indexOf(typed);
  const place = { start: at, end: at + typed.length };
  const all = [...elsewhere, place].toSorted((a, b) => a.start - b.start);
  // A function or a list may be nothing without it.
  for (const stand of [' ', '0']) found.push({ text: blanked(rest, place, stand), unfinished: all });
  return found;
}

function blanked(text: string, { start, end }: Span, first: string): string {
  const blank = text.slice(start, end).replaceAll(/[^\r\n]/g, ' ');
  return text.slice(0, start) + first + blank.slice(1) + text.slice(end);
}
