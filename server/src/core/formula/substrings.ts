/**
 * Which of many strings occur in a text, found in one pass (Aho and Corasick, 1975). Letters of ASCII are compared in any
 * case, so an answer is an over-approximation for strings whose case matters.
 */

export interface SubstringTable {
  /** String in lower case -> index in the answers. */
  readonly indexes: ReadonlyMap<string, number>;
  /** Node x 128 + character -> node; failure links are worked in. */
  readonly next: Int32Array;
  /** Node -> answers that end there, through `link`. */
  readonly ends: Int32Array;
  /** Node -> the next shorter node at which a string ends, or 0. */
  readonly link: Int32Array;
}

const ALPHABET = 128;

/** Strings with other than ASCII characters are left out: `indexes` does not have them. */
export function createSubstringTable(strings: readonly string[]): SubstringTable {
  const unique = [...new Set(strings.map((text) => text.toLowerCase()))].filter(isAscii);
  const size = unique.reduce((sum, text) => sum + text.length, 1);
  const next = new Int32Array(size * ALPHABET);
  const ends = new Int32Array(size).fill(-1);
  const link = new Int32Array(size);
  let count = 1;
  for (const [index, text] of unique.entries()) {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const at = node * ALPHABET + text.charCodeAt(i);
      if (next[at] === 0) next[at] = count++;
      node = next[at] as number;
    }
    ends[node] = index;
  }
  const fail = new Int32Array(count);
  const queue: number[] = [];
  for (let c = 0; c < ALPHABET; c++) if (next[c] !== 0) queue.push(next[c] as number);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head] as number;
    const shorter = fail[node] as number;
    link[node] = (ends[shorter] as number) >= 0 ? shorter : (link[shorter] as number);
    for (let c = 0; c < ALPHABET; c++) {
      const at = node * ALPHABET + c;
      const child = next[at] as number;
      const fallback = next[shorter * ALPHABET + c] as number;
      if (child === 0) next[at] = fallback;
      else {
        fail[child] = fallback;
        queue.push(child);
      }
    }
  }
  return { indexes: new Map(unique.map((text, index) => [text, index])), next, ends, link };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= ALPHABET) return false;
  return text !== '';
}

/** 1 for each string of the table that occurs. */
export function findSubstrings(text: string, table: SubstringTable): Uint8Array {
  const { next, ends, link } = table;
  const found = new Uint8Array(table.indexes.size);
  let node = 0;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit >= ALPHABET) {
      node = 0;
      continue;
    }
    if (unit >= 65 && unit <= 90) unit += 32;
    node = next[node * ALPHABET + unit] as number;
    for (let at = (ends[node] as number) >= 0 ? node : (link[node] as number); at !== 0; at = link[at] as number)
      found[ends[at] as number] = 1;
  }
  return found;
}
