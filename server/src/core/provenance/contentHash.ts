/**
 * Agent Trace's hash of a range's content, `murmur3:9f2e8a1b`. Its specification names the function and leaves open what exactly is hashed, so the lines are
 * tried with and without the last line feed. Equal hashes say that these are the lines; different ones say nothing.
 */
import type { LineRange } from './lineRanges.js';

/** UTF-16 code units of one search: a longer one is not made. */
const MAX_HASHED_UNITS = 16 * 1024 * 1024;

/** Where in `lines` the content with this hash is: at `expected` first, else at the one other place that has it. @param hash as the record has it */
export function findContent(hash: string, lines: readonly string[], expected: LineRange): LineRange | undefined {
  const wanted = /^murmur3:(?:0x)?([\da-f]{1,8})$/i.exec(hash)?.[1];
  if (wanted === undefined) return undefined;
  const value = Number.parseInt(wanted, 16);
  const count = expected.end - expected.start + 1;
  if (hashesTo(value, lines, expected.start, count)) return expected;
  const units = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (units * count > MAX_HASHED_UNITS) return undefined;
  const found: LineRange[] = [];
  for (let start = 1; start + count - 1 <= lines.length && found.length < 2; start++) {
    if (start !== expected.start && hashesTo(value, lines, start, count)) found.push({ start, end: start + count - 1 });
  }
  return found.length === 1 ? found[0] : undefined;
}

/** Whether this is a hash that can be recomputed. */
export function isKnownHash(hash: string): boolean {
  return /^murmur3:(?:0x)?[\da-f]{1,8}$/i.test(hash);
}

function hashesTo(wanted: number, lines: readonly string[], start: number, count: number): boolean {
  if (start + count - 1 > lines.length) return false;
  const text = lines.slice(start - 1, start - 1 + count).join('\n');
  return murmur3(utf8(text)) === wanted || murmur3(utf8(`${text}\n`)) === wanted;
}

function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

/** MurmurHash3, 32 bits, seed 0. */
export function murmur3(bytes: Uint8Array): number {
  let hash = 0;
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) {
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    hash ^= mixed(word);
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at--) tail = (tail << 8) | (bytes[at] ?? 0);
  if (whole !== bytes.length) hash ^= mixed(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(word: number): number {
  const first = Math.imul(word, 0xcc9e2d51);
  return Math.imul((first << 15) | (first >>> 17), 0x1b873593);
}
