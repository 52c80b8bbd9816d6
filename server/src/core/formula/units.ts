/**
 * A text as one byte for each UTF-16 code unit, the form in which names and strings of many rules are looked for: a typed array is read
 * several times as fast as a string. ASCII stands for itself, everything else is `OTHER`; offsets are those of the text.
 */

export type Units = Uint8Array;

/** Of every code unit beyond ASCII. */
export const OTHER = 128;

const SPACE = 32;

export function toUnits(text: string): Units {
  const { length } = text;
  const units = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    units[at] = unit < OTHER ? unit : OTHER;
  }
  return units;
}

/** A copy with spaces in place of `parts`. */
export function blanked(units: Units, parts: readonly { readonly start: number; readonly end: number }[]): Units {
  const copy = units.slice();
  for (const { start, end } of parts) copy.fill(SPACE, start, end);
  return copy;
}

/** A copy with one digit in place of each of `parts`, as `abridge` has it: ascending and apart from each other. */
export function abridgedUnits(units: Units, parts: readonly { readonly start: number; readonly end: number }[]): Units {
  const left = parts.reduce((sum, { start, end }) => sum - (end - start) + 1, units.length);
  const copy = new Uint8Array(left);
  let from = 0;
  let to = 0;
  for (const { start, end } of parts) {
    copy.set(units.subarray(from, start), to);
    to += start - from;
    copy[to++] = 48;
    from = end;
  }
  copy.set(units.subarray(from), to);
  return copy;
}

/** 1 for letters, digits and underscores of ASCII. */
export const IN_WORD: Uint8Array = Uint8Array.from({ length: OTHER + 1 }, (_, unit) =>
  unit < OTHER && /\w/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** Where `name` first stands in `[from, to)`, or -1. Characters beyond ASCII are taken for each other. */
export function indexOfUnits(units: Units, name: Units, from: number, to: number): number {
  const first = name[0];
  const last = to - name.length;
  for (let at = from; at <= last; at++) {
    if (units[at] !== first) continue;
    let same = 1;
    while (same < name.length && units[at + same] === name[same]) same++;
    if (same === name.length) return at;
  }
  return -1;
}

/** Many short texts in one array. */
export interface Spellings {
  readonly units: Units;
  /** Text -> where it begins in `units`; one more for the end of the last. */
  readonly starts: Int32Array;
}

export function spellingsOf(texts: readonly string[]): Spellings {
  const starts = new Int32Array(texts.length + 1);
  for (const [index, text] of texts.entries()) starts[index + 1] = (starts[index] as number) + text.length;
  return { units: toUnits(texts.join('')), starts };
}

export function spelledLength({ starts }: Spellings, index: number): number {
  return (starts[index + 1] as number) - (starts[index] as number);
}
