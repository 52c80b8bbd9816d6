/** Where two versions of a text differ. */

/** One stretch of text that stands for another, in UTF-16 code units: everything between what both texts begin and end with. */
export interface TextChange {
  readonly start: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

/** Long stretches are compared at once. */
const STRIDE = 1_024;

export function changeIn(before: string, after: string): TextChange {
  if (before === after) return { start: 0, endBefore: 0, endAfter: 0 };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + STRIDE <= shorter && before.slice(start, start + STRIDE) === after.slice(start, start + STRIDE)) start += STRIDE;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let rest = 0;
  const most = shorter - start - STRIDE;
  while (rest <= most && endsAlike(before, after, rest)) rest += STRIDE;
  while (rest < shorter - start && before.charCodeAt(before.length - 1 - rest) === after.charCodeAt(after.length - 1 - rest)) rest++;
  return { start, endBefore: before.length - rest, endAfter: after.length - rest };
}

/** Whether the stretches that end `rest` before the ends are equal. */
function endsAlike(before: string, after: string, rest: number): boolean {
  const [a, b] = [before.length - rest, after.length - rest];
  return before.slice(a - STRIDE, a) === after.slice(b - STRIDE, b);
}
