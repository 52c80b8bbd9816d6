/**
 * A text with parts left out, and the way back: what is parsed is short, and every position in the tree is one of
 * the whole text.
 */
import type { RawTree } from './raw.js';

export interface Abridged {
  readonly text: string;
  /** Positions in `text` after each placeholder, ascending, and what to add from there on. */
  readonly after: readonly number[];
  readonly shift: readonly number[];
}

/** What stands for a part that was left out: an expression statement without names. */
const PLACEHOLDER = '0';

/** @param parts what to leave out: ascending, apart from each other, none empty */
export function abridge(text: string, parts: readonly { readonly start: number; readonly end: number }[]): Abridged {
  let out = '';
  let from = 0;
  const after: number[] = [];
  const shift: number[] = [];
  for (const { start, end } of parts) {
    out += text.slice(from, start) + PLACEHOLDER;
    from = end;
    after.push(out.length);
    shift.push(end - out.length);
  }
  return { text: out + text.slice(from), after, shift };
}

/** The tree of the abridged text, with the positions of the whole one. Changes the tree it is given. */
export function inWholeText(raw: RawTree, { after, shift }: Abridged): RawTree {
  move(raw.start, after, shift);
  move(raw.end, after, shift);
  return raw;
}

function move(positions: Uint32Array, after: readonly number[], shift: readonly number[]): void {
  let part = -1;
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number;
    // Neighbours in a tree are near each other: a step or two from the last one.
    while (part + 1 < after.length && (after[part + 1] as number) <= position) part++;
    while (part >= 0 && (after[part] as number) > position) part--;
    if (part >= 0) positions[i] = position + (shift[part] as number);
  }
}
