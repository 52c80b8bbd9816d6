/**
 * `analyzer: entropy`: does a string look like a secret? It does when it is surprising for English, as a whole and by character:
 * every three letters in a row are looked up in a table of English, anything else counts as drawn from 62 characters.
 */
import { LETTER_BITS, TRIGRAMS } from './trigrams.js';

const OTHER_BITS = Math.log2(62);
/** A secret holds at least this many bits ... */
const MIN_BITS = 64;
/** ... and this many for each of its bytes. */
const MIN_BITS_PER_BYTE = 0.6 * 8;

export function looksRandom(text: string): boolean {
  const bytes = byteLetters(text);
  if (bytes.every((byte) => byte === bytes[0])) return false;
  let bits = 0;
  for (let at = 0; at < bytes.length; at++) {
    const window = bytes.slice(at, at + 3);
    bits += bitsOf(window) / window.length;
  }
  return bits > MIN_BITS && bits > MIN_BITS_PER_BYTE * bytes.length;
}

/** Per UTF-8 byte: a letter's number from 0, or a negative number that tells other bytes apart. */
function byteLetters(text: string): number[] {
  const result: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    const letter = (code | 32) - 97;
    if (code < 128) result.push(letter >= 0 && letter < 26 ? letter : -1 - code);
    else for (let bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; bytes > 0; bytes--) result.push(-1000 - code - bytes);
  }
  return result;
}

function bitsOf(window: readonly number[]): number {
  const [a, b, c] = window;
  if (a !== undefined && b !== undefined && c !== undefined && a >= 0 && b >= 0 && c >= 0) return trigramBits(a, b, c);
  return window.reduce((sum, letter) => sum + (letter < 0 ? OTHER_BITS : (LETTER_BITS[letter] as number)), 0);
}

function trigramBits(a: number, b: number, c: number): number {
  const code = (TRIGRAMS[a] as string).charCodeAt(b * 26 + c);
  // `!` stands for the quote, and the backslash is left out.
  const plain = code === 33 ? 39 : code > 92 ? code - 1 : code;
  return (plain - 35) / 2 + 5;
}
