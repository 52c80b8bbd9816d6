/**
 * A code frame: the finding's lines and one line around them, numbers, and carets under what was found. Source
 * text is escaped; a line that is too long is cut so that the carets stay in view.
 */
import type { Range } from '../../core/index.js';
import { displayWidth, escapeSource } from '../terminal.js';
import type { Paint, Style } from '../terminal.js';

/** A source line by 0-based number; `undefined` beyond the text. */
export type LineOf = (line: number) => string | undefined;

export interface FrameOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly style: Style;
  /** Shown before the number of a marked line. */
  readonly indent: string;
}

const CONTEXT_LINES = 1;
const MAX_MARKED_LINES = 6;
/** Code units looked at on each side of a finding in an over-long line. */
const WINDOW = 400;

/** Lines of the frame without line breaks. Line numbers shown are 1-based. */
export function renderFrame(range: Range, lineOf: LineOf, options: FrameOptions): readonly string[] {
  const { paint, style, indent } = options;
  const first = range.start.line;
  // A range that ends at the start of a line does not cover that line.
  const last = range.end.line > first && range.end.column === 0 ? range.end.line - 1 : range.end.line;
  const shown = shownLines(first, last).filter((line) => line === undefined || lineOf(line) !== undefined);
  while (shown.length > 0 && isBlankContext(shown[0], first, last, lineOf)) shown.shift();
  while (shown.length > 0 && isBlankContext(shown.at(-1), first, last, lineOf)) shown.pop();
  const digits = Math.max(...shown.map((line) => String((line ?? 0) + 1).length), 3);
  const room = Math.max(20, options.width - indent.length - digits - 5);
  const out: string[] = [];
  for (const line of shown) {
    if (line === undefined) {
      out.push(`${indent}${' '.repeat(digits)}  ${paint('dim', '⋮')}`);
      continue;
    }
    const text = lineOf(line) ?? '';
    const marked = line >= first && line <= last;
    const from = line === first ? range.start.column : marked ? text.length - text.trimStart().length : 0;
    const to = !marked ? 0 : line === last && line === range.end.line ? range.end.column : text.trimEnd().length;
    const cut = cutLine(text, from, Math.max(from, to), room);
    const number = String(line + 1).padStart(digits);
    const gutter = marked ? paint([style, 'bold'], number) : paint('dim', number);
    const code = marked ? cut.before + paint([style, 'bold'], cut.inside) + cut.after : paint('dim', cut.before + cut.inside + cut.after);
    out.push(`${indent}${gutter} ${paint('dim', '│')} ${code}`.trimEnd());
    if (marked && first === last) {
      const carets = '^'.repeat(Math.max(1, displayWidth(cut.inside)));
      out.push(
        `${indent}${' '.repeat(digits)} ${paint('dim', '│')} ${' '.repeat(displayWidth(cut.before))}${paint([style, 'bold'], carets)}`,
      );
    }
  }
  return out;
}

/** `undefined` stands for lines left out. */
function shownLines(first: number, last: number): (number | undefined)[] {
  const lines: (number | undefined)[] = [];
  for (let line = Math.max(0, first - CONTEXT_LINES); line <= last + CONTEXT_LINES; line++) {
    const hidden = last - first + 1 > MAX_MARKED_LINES && line >= first + MAX_MARKED_LINES - 2 && line < last;
    if (!hidden) lines.push(line);
    else if (lines.at(-1) !== undefined) {
      lines.push(undefined);
      line = last - 1;
    }
  }
  return lines;
}

function isBlankContext(line: number | undefined, first: number, last: number, lineOf: LineOf): boolean {
  return line !== undefined && (line < first || line > last) && (lineOf(line) ?? '').trim() === '';
}

interface CutLine {
  readonly before: string;
  readonly inside: string;
  readonly after: string;
}

/** Splits a line at the marked columns and cuts it to `room` terminal columns, keeping the mark's start in view. */
function cutLine(text: string, from: number, to: number, room: number): CutLine {
  const start = Math.max(0, from - WINDOW);
  const end = Math.min(text.length, Math.max(to, from) + WINDOW, from + 2 * WINDOW);
  let before = escapeSource(text.slice(start, from));
  const inside = escapeSource(text.slice(from, Math.min(to, end)));
  let after = escapeSource(text.slice(Math.min(to, end), end));
  const total = displayWidth(before) + displayWidth(inside) + displayWidth(after);
  if (start === 0 && end === text.length && total <= room) return { before, inside, after };
  const insideRoom = Math.min(displayWidth(inside), Math.max(10, room - 12));
  const beforeRoom = Math.max(0, Math.min(displayWidth(before), room - insideRoom - 1));
  if (start > 0 || displayWidth(before) > beforeRoom) before = `…${lastColumns(before, Math.max(0, beforeRoom - 1))}`;
  const insideLeft = room - displayWidth(before);
  if (displayWidth(inside) > insideLeft) return { before, inside: `${firstColumns(inside, insideLeft - 1)}…`, after: '' };
  const afterLeft = insideLeft - displayWidth(inside);
  if (end < text.length || displayWidth(after) > afterLeft) after = afterLeft > 0 ? `${firstColumns(after, afterLeft - 1)}…` : '';
  return { before, inside, after };
}

function firstColumns(text: string, columns: number): string {
  let used = 0;
  let head = '';
  for (const char of text) {
    used += displayWidth(char);
    if (used > columns) break;
    head += char;
  }
  return head;
}

function lastColumns(text: string, columns: number): string {
  let used = 0;
  let tail = '';
  for (const char of [...text].toReversed()) {
    used += displayWidth(char);
    if (used > columns) break;
    tail = char + tail;
  }
  return tail;
}
