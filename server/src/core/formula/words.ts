/**
 * Which of the names that rules ask for occur in a text, found in one pass over the text however many names there are:
 * each word is hashed as it is read and looked up in a table.
 */
import { firstAtLeast } from '../model/sorted.js';
import { IN_WORD, spelledLength, spellingsOf, type Spellings, type Units } from './units.js';

export interface WordTable {
  /** Word -> index in the answers. */
  readonly indexes: ReadonlyMap<string, number>;
  readonly words: readonly string[];
  readonly spelled: Spellings;
  /** Open addressing: word index + 1, 0 for free. */
  readonly slots: Int32Array;
  readonly mask: number;
}

/** Bits of an answer. */
const SEEN = 1;
const CALLED = 2;

export function createWordTable(words: readonly string[]): WordTable {
  const unique = [...new Set(words)].filter(isPlainWord);
  let size = 64;
  while (size < unique.length * 4) size *= 2;
  const slots = new Int32Array(size);
  const mask = size - 1;
  for (const [index, word] of unique.entries()) {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = index + 1;
  }
  return { indexes: new Map(unique.map((word, index) => [word, index])), words: unique, spelled: spellingsOf(unique), slots, mask };
}

/** Letters, digits and underscores of ASCII only: others are looked for one by one. */
export function isPlainWord(word: string): boolean {
  return /^\w+$/.test(word);
}

/** Where words of a table stand in a text, by place. */
export interface WordHits {
  readonly count: number;
  /** Ascending. */
  readonly starts: Int32Array;
  /** Indexes in the table. */
  readonly words: Int32Array;
}

export function findHits(units: Units, table: WordTable): WordHits {
  const { slots, mask, spelled } = table;
  const { length } = units;
  let starts = new Int32Array(64);
  let words = new Int32Array(64);
  let count = 0;
  for (let at = 0; at < length;) {
    let unit = units[at] as number;
    if (IN_WORD[unit] === 0) {
      at++;
      continue;
    }
    const start = at;
    let hash = 0;
    do {
      hash = (Math.imul(hash, 31) + unit) | 0;
      at++;
      unit = at < length ? (units[at] as number) : 0;
    } while (IN_WORD[unit] === 1);
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1;
      if (!standsAt(units, start, at - start, spelled, index)) continue;
      if (count === starts.length) {
        starts = longer(starts);
        words = longer(words);
      }
      starts[count] = start;
      words[count++] = index;
      break;
    }
  }
  return { count, starts, words };
}

function longer(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(numbers.length * 4);
  copy.set(numbers);
  return copy;
}

function standsAt(units: Units, start: number, length: number, { units: letters, starts }: Spellings, index: number): boolean {
  const first = starts[index] as number;
  if ((starts[index + 1] as number) - first !== length) return false;
  for (let i = 0; i < length; i++) if (units[start + i] !== letters[first + i]) return false;
  return true;
}

/**
 * For each word of the table that begins in `[start, end)`: bit 1 when it occurs, bit 2 when it is called or renamed somewhere.
 * @param code the text with spaces where no name of the program stands
 * @param answers one for each word, all 0
 */
export function wordsWithin(hits: WordHits, code: Units, start: number, end: number, table: WordTable, answers: Uint8Array): void {
  const { starts, words, count } = hits;
  for (let hit = firstAtLeast(starts.subarray(0, count), start); hit < count && (starts[hit] as number) < end; hit++) {
    const at = starts[hit] as number;
    const word = words[hit] as number;
    if (code[at] === SPACE || answers[word] === (SEEN | CALLED)) continue;
    answers[word] = isCalledOrRenamed(code, at, at + spelledLength(table.spelled, word)) ? SEEN | CALLED : SEEN;
  }
}

/** For each word of the table: where it stands in the code, in order; undefined for those that do not occur. */
export function positionsOf({ count, starts, words }: WordHits, code: Units): (number[] | undefined)[] {
  const positions: (number[] | undefined)[] = [];
  for (let hit = 0; hit < count; hit++) {
    const start = starts[hit] as number;
    if (code[start] === SPACE) continue;
    const list = positions[words[hit] as number];
    if (list === undefined) positions[words[hit] as number] = [start];
    else list.push(start);
  }
  return positions;
}

/** The bits of an answer of which one must be set for a word that is called, or only stands there. */
export function bitsOf(called: boolean): number {
  return called ? CALLED : SEEN;
}

const SPACE = 32;
const OPEN = 40;
const HASH = 35;
const AT = 64;
const BACKSLASH = 92;
const DOT = 46;

/** Whether `(` follows, maybe after spaces or a line break, or `as` with a new name, as in an import; or it decorates something. */
export function isCalledOrRenamed(units: Units, start: number, end: number): boolean {
  let at = end;
  // A backslash continues a line, a comment may end it.
  while (at < units.length && ((units[at] as number) <= 32 || units[at] === BACKSLASH)) at++;
  const unit = units[at];
  return unit === OPEN || unit === HASH || (unit === 97 && units[at + 1] === 115 && at > end) || isDecorating(units, start);
}

function isDecorating(units: Units, start: number): boolean {
  let at = start - 1;
  // Maybe at the end of a path.
  while (at > 0 && (units[at] === DOT || isWordUnit(units[at]))) at--;
  return at >= 0 && units[at] === AT;
}

/** Whether no letter, digit or underscore touches `[at, at + length)`. A name that itself begins with another character needs no boundary. */
export function isWordAt(units: Units, at: number, length: number): boolean {
  return !(isWordUnit(units[at]) && isWordUnit(units[at - 1])) && !(isWordUnit(units[at + length - 1]) && isWordUnit(units[at + length]));
}

function isWordUnit(unit: number | undefined): boolean {
  return unit !== undefined && IN_WORD[unit] === 1;
}
