/**
 * Which of the names that rules ask for occur in a text, found in one pass over the text however many names there are:
 * each word is hashed as it is read and looked up in a table.
 */

export interface WordTable {
  /** Word -> index in the answers. */
  readonly indexes: ReadonlyMap<string, number>;
  readonly words: readonly string[];
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
  return { indexes: new Map(unique.map((word, index) => [word, index])), words: unique, slots, mask };
}

/** Letters, digits and underscores of ASCII only: others are looked for one by one. */
export function isPlainWord(word: string): boolean {
  return /^\w+$/.test(word);
}

/** For each word of the table: bit 1 when it occurs, bit 2 when it is called or renamed somewhere. */
export function findWords(text: string, table: WordTable): Uint8Array {
  const answers = new Uint8Array(table.words.length);
  eachWord(text, table, (index, start, end) => {
    if (answers[index] !== (SEEN | CALLED)) answers[index] = isCalledOrRenamed(text, start, end) ? SEEN | CALLED : SEEN;
  });
  return answers;
}

function eachWord(text: string, table: WordTable, visit: (index: number, start: number, end: number) => void): void {
  const { slots, mask, words } = table;
  const { length } = text;
  for (let at = 0; at < length;) {
    let unit = text.charCodeAt(at);
    if (!isWordUnit(unit)) {
      at++;
      continue;
    }
    const start = at;
    let hash = 0;
    do {
      hash = (Math.imul(hash, 31) + unit) | 0;
      at++;
      unit = at < length ? text.charCodeAt(at) : 0;
    } while (isWordUnit(unit));
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1;
      const word = words[index] as string;
      if (word.length === at - start && text.startsWith(word, start)) {
        visit(index, start, at);
        break;
      }
    }
  }
}

/** For each word of the table: where it stands in the text, in order; undefined for those that do not occur. */
export function findPositions(text: string, table: WordTable): (number[] | undefined)[] {
  const positions: (number[] | undefined)[] = [];
  eachWord(text, table, (index, start) => {
    const list = positions[index];
    if (list === undefined) positions[index] = [start];
    else list.push(start);
  });
  return positions;
}

export function wasSeen(answer: number, called: boolean): boolean {
  return (answer & (called ? CALLED : SEEN)) !== 0;
}

/** Whether `(` follows, maybe after spaces or a line break, or `as` with a new name, as in an import; or it decorates something. */
export function isCalledOrRenamed(text: string, start: number, end: number): boolean {
  let at = end;
  // A backslash continues a line, a comment may end it.
  while (at < text.length && (text.charCodeAt(at) <= 32 || text[at] === '\\')) at++;
  return text[at] === '(' || text[at] === '#' || (text.startsWith('as', at) && at > end) || isDecorating(text, start);
}

function isDecorating(text: string, start: number): boolean {
  let at = start - 1;
  // Maybe at the end of a path.
  while (at > 0 && (text.charCodeAt(at) === 46 || isWordUnit(text.charCodeAt(at)))) at--;
  return at >= 0 && text.charCodeAt(at) === 64;
}

/** Whether no letter, digit or underscore touches `[at, at + length)`. A name that itself begins with another character needs no boundary. */
export function isWordAt(text: string, at: number, length: number): boolean {
  const first = text.charCodeAt(at);
  const last = text.charCodeAt(at + length - 1);
  return !(isWordUnit(first) && isWordUnit(text.charCodeAt(at - 1))) && !(isWordUnit(last) && isWordUnit(text.charCodeAt(at + length)));
}

function isWordUnit(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95;
}
