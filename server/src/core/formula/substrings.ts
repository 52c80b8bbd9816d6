/**
 * Which of many strings occur in a text, found in one pass (Aho and Corasick, 1975). Letters of ASCII are compared in any
 * case, so an answer is an over-approximation for strings whose case matters.
 */
import { OTHER, type Units } from './units.js';

export interface SubstringTable {
  /** String in lower case -> index in the answers. */
  readonly indexes: ReadonlyMap<string, number>;
  /** Character -> column of `next`; 0 for those that stand in no string. */
  readonly columns: Uint8Array;
  readonly width: number;
  /**
   * Node x `width` + column -> node, breadth first so that the nodes of most characters lie close together; failure links are
   * worked in. `FOUND` is added where strings end.
   */
  readonly next: Uint16Array | Uint32Array;
  /** The bit of `next` that says so. */
  readonly FOUND: number;
  /** Node -> answer that ends there, or -1. */
  readonly ends: Int32Array;
  /** Node -> the next shorter node at which a string ends, or 0. */
  readonly link: Int32Array;
}

const NARROW = 0x8000;
const WIDE = 0x8000_0000;

/** Strings with other than ASCII characters are left out: `indexes` does not have them. */
export function createSubstringTable(strings: readonly string[]): SubstringTable {
  const unique = [...new Set(strings.map((text) => text.toLowerCase()))].filter(isAscii);
  /** 0 for what is not ASCII, too. */
  const columns = new Uint8Array(OTHER + 1);
  let width = 1;
  for (const text of unique) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (columns[unit] === 0) columns[unit] = width++;
    }
  }
  for (let unit = 65; unit <= 90; unit++) columns[unit] = columns[unit + 32] as number;

  // A trie, level by level, so that nodes are numbered breadth first.
  const nodes: { readonly children: Map<number, number>; readonly members: readonly number[] }[] = [];
  nodes.push({ children: new Map(), members: unique.map((_, index) => index) });
  const ends: number[] = [-1];
  const depths: number[] = [0];
  for (let node = 0; node < nodes.length; node++) {
    const { children, members } = nodes[node] as (typeof nodes)[number];
    const depth = depths[node] as number;
    const groups = new Map<number, number[]>();
    for (const member of members) {
      const text = unique[member] as string;
      if (text.length === depth) {
        ends[node] = member;
        continue;
      }
      const column = columns[text.charCodeAt(depth)] as number;
      const group = groups.get(column);
      if (group === undefined) groups.set(column, [member]);
      else group.push(member);
    }
    for (const [column, group] of groups) {
      children.set(column, nodes.length);
      nodes.push({ children: new Map(), members: group });
      ends.push(-1);
      depths.push(depth + 1);
    }
  }

  const count = nodes.length;
  const next = new Uint32Array(count * width);
  const fail = new Int32Array(count);
  const link = new Int32Array(count);
  for (let node = 0; node < count; node++) {
    const shorter = fail[node] as number;
    link[node] = (ends[shorter] as number) >= 0 ? shorter : (link[shorter] as number);
    const { children } = nodes[node] as (typeof nodes)[number];
    for (let column = 1; column < width; column++) {
      const child = children.get(column);
      const fallback = node === 0 ? 0 : (next[shorter * width + column] as number);
      if (child !== undefined) fail[child] = fallback;
      next[node * width + column] = child ?? fallback;
    }
  }
  const FOUND = count < NARROW ? NARROW : WIDE;
  const marked = next.map((node) => ((ends[node] as number) >= 0 || link[node] !== 0 ? node + FOUND : node));
  return {
    indexes: new Map(unique.map((text, index) => [text, index])),
    columns,
    width,
    next: FOUND === NARROW ? Uint16Array.from(marked) : marked,
    FOUND,
    ends: Int32Array.from(ends),
    link,
  };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= OTHER) return false;
  return text !== '';
}

/**
 * 1 for each string of the table that occurs in `[start, end)`.
 * @param found one for each string, all 0
 */
export function findSubstrings(units: Units, start: number, end: number, table: SubstringTable, found: Uint8Array): void {
  const { next, ends, link, columns, width, FOUND } = table;
  let node = 0;
  for (let at = start; at < end; at++) {
    node = next[node * width + (columns[units[at] as number] as number)] as number;
    if (node < FOUND) continue;
    node -= FOUND;
    let ending = (ends[node] as number) >= 0 ? node : (link[node] as number);
    // Where a string was found before, so were those that it ends with.
    for (; ending !== 0 && found[ends[ending] as number] === 0; ending = link[ending] as number) found[ends[ending] as number] = 1;
  }
}
