/** What an expression that can't see beyond a line finds after an edit, told by the lines that changed. */
import { REGEX_STEPS, type TextRegex } from '../model/regex.js';
import type { TextChange } from '../model/textChange.js';
import type { Span } from './ranges.js';

/** A text before an edit and now. */
export interface EditedText {
  readonly before: string;
  readonly after: string;
  readonly change: TextChange;
}

/** The lines that changed, whole and with their line feeds: in the text before, and in the one after. */
export function changedLines({ before, after, change }: EditedText): { readonly was: Span; readonly is: Span } {
  const { start, endBefore, endAfter } = change;
  return { was: linesAround(before, start, endBefore), is: linesAround(after, start, endAfter) };
}

/**
 * Whether a text holds what stands in a line; undefined where the lines that changed do not tell.
 * @param held whether it did before
 */
export function holdsAfter(regex: TextRegex, held: boolean, edited: EditedText): boolean | undefined {
  const { was, is } = changedLines(edited);
  const budget = { left: REGEX_STEPS };
  // With the line feed before.
  const isIn = (text: string, { start, end }: Span): boolean =>
    regex.find(text.slice(Math.max(0, start - 1), end), 0, budget) !== undefined;
  const isNow = isIn(edited.after, is);
  if (budget.left <= 0) return undefined;
  if (isNow || !held) return isNow;
  // What held it was elsewhere, unless it was here.
  return isIn(edited.before, was) || budget.left <= 0 ? undefined : true;
}

function linesAround(text: string, start: number, end: number): Span {
  const next = text.indexOf('\n', end);
  return { start: start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? text.length : next + 1 };
}
