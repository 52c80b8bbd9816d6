/** The lines of a change that a reader of a report sees: what was removed and added between two lines of the new file, and a little around it. */
import type { FileChange } from './change.js';
import type { ExcerptLine } from './report.js';

const AROUND = 2;
const MOST_LINES = 40;
const LONGEST = 300;

/** @param start 1-based, of the new file; @param end inclusive. Empty where the texts were not read. */
export function excerptOf({ before, after, hunks, status }: FileChange, start: number, end: number): readonly ExcerptLine[] {
  const old = before === undefined ? [] : before.split(/\r\n|\r|\n/);
  const now = after === undefined ? [] : after.split(/\r\n|\r|\n/);
  const lines: ExcerptLine[] = [];
  const say = (sign: ExcerptLine['sign'], line: number, text: string | undefined): void => {
    if (text !== undefined) lines.push({ sign, line, text: text.slice(0, LONGEST) });
  };
  if (status === 'deleted') {
    for (let line = start; line <= Math.min(old.length, start + MOST_LINES - 1); line++) say('-', line, old[line - 1]);
    return lines;
  }
  const near = hunks.filter((hunk) => hunk.newStart <= end && hunk.newStart + Math.max(0, hunk.newLines - 1) >= start);
  const first = Math.max(1, start - AROUND);
  const last = Math.min(now.length, end + AROUND);
  const removed = (hunk: (typeof near)[number]): void => {
    for (let line = 0; line < hunk.oldLines; line++) say('-', hunk.oldStart + line, old[hunk.oldStart + line - 1]);
  };
  for (let line = first; line <= last && lines.length < MOST_LINES; line++) {
    // Lines that were only removed stand after the line that the hunk names.
    for (const hunk of near) if (hunk.newLines > 0 && hunk.newStart === line) removed(hunk);
    const added = hunks.some((hunk) => line >= hunk.newStart && line < hunk.newStart + hunk.newLines);
    say(added ? '+' : ' ', line, now[line - 1]);
    for (const hunk of near) if (hunk.newLines === 0 && hunk.newStart === line) removed(hunk);
  }
  return lines.slice(0, MOST_LINES);
}
