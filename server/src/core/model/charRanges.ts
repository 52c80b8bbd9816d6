/**
 * Sets of characters as ranges of code points: the ones that PCRE has names and letters for, and how sets are joined and
 * turned round. ASCII only where PCRE without its UCP flag is: `\w` is no letter with an accent.
 */

/** Inclusive code points, ascending, not touching. */
export type Ranges = readonly (readonly [number, number])[];

/** The last code point. */
export const MAX_CODE = 0x10ffff;

const DIGIT: Ranges = [[48, 57]];
const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: Ranges = [
  [9, 13],
  [32, 32],
];
const HORIZONTAL: Ranges = [
  [9, 9],
  [32, 32],
  [160, 160],
];
/** What `\v` and, one at a time, `\R` stand for. */
export const VERTICAL: Ranges = [
  [10, 13],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
/** What `\d`, `\w`, `\s`, `\h` and `\v` stand for, by their letter. */
export const SHORTHANDS: Readonly<Record<string, Ranges>> = { d: DIGIT, w: WORD, s: SPACE, h: HORIZONTAL, v: VERTICAL };

/** What `[:name:]` stands for in a class. */
export const POSIX: Readonly<Record<string, Ranges>> = {
  alpha: [
    [65, 90],
    [97, 122],
  ],
  digit: DIGIT,
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  upper: [[65, 90]],
  lower: [[97, 122]],
  space: SPACE,
  blank: [
    [9, 9],
    [32, 32],
  ],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  print: [[32, 126]],
  graph: [[33, 126]],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
  word: WORD,
  ascii: [[0, 127]],
};

/** Every code point that is not in `ranges`. */
export function complement(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  let from = 0;
  for (const [low, high] of ranges) {
    if (low > from) result.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= MAX_CODE) result.push([from, MAX_CODE]);
  return result;
}

/** The code points of all the parts. */
export function union(parts: readonly Ranges[]): Ranges {
  const sorted = parts.flat().toSorted((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [low, high] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else result.push([low, high]);
  }
  return result;
}
