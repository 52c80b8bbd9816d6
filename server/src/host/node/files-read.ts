/**
 * One file from disk as text, or the reason why not. Opened without following a link and without waiting on a
 * pipe, so that a file swapped after it was listed cannot lead out of the tree or hang the run.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileError, RepoPath } from '../../core/index.js';
import { errorCode } from './files-small.js';

export type SourceText =
  | { readonly kind: 'text'; readonly text: string; readonly problems: readonly FileError[] }
  | { readonly kind: 'skipped'; readonly problem: FileError };

export interface ReadOptions {
  /** Bytes; 0 reads any size that fits a string. */
  readonly maxBytes: number;
  /** A file that was named is read even if it looks generated. */
  readonly named: boolean;
}

/** Strings of more than half a gigabyte do not exist in this runtime. */
const HARD_MAX_BYTES = 256 * 1024 * 1024;
const SNIFF_BYTES = 8_192;

export async function readSource(absolute: string, path: RepoPath, options: ReadOptions): Promise<SourceText> {
  let bytes: Buffer;
  try {
    const handle = await open(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return skipped('unreadable', path, 'it is no longer a regular file');
      const limit = options.maxBytes > 0 ? Math.min(options.maxBytes, HARD_MAX_BYTES) : HARD_MAX_BYTES;
      if (stats.size > limit) {
        return skipped('too-large', path, `${stats.size} bytes, more than the limit of ${limit} (--max-target-bytes)`);
      }
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = errorCode(error);
    return code === 'ELOOP'
      ? skipped('symlink', path, 'it became a link; not followed')
      : skipped('unreadable', path, `the file cannot be read (${code})`);
  }
  return decodeSource(bytes, path, options);
}

/** Pure part: bytes to text. A byte order mark is left out of the text. */
export function decodeSource(bytes: Uint8Array, path: RepoPath, options: Pick<ReadOptions, 'named'>): SourceText {
  const wide = utf16Label(bytes);
  if (wide !== undefined) return { kind: 'text', text: new TextDecoder(wide).decode(bytes), problems: [] };
  if (bytes.subarray(0, SNIFF_BYTES).includes(0)) return skipped('binary', path, 'NUL bytes: not a text file');
  let text: string;
  const problems: FileError[] = [];
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('utf-8').decode(bytes);
    if (looksBinary(text)) return skipped('binary', path, 'mostly bytes that are not text');
    problems.push({ kind: 'file', code: 'not-utf8', path, message: 'not valid UTF-8: read with replacement characters' });
  }
  if (!options.named && isMinified(path, text)) {
    return skipped('minified', path, 'lines too long for a person: generated code; name the file to scan it');
  }
  return { kind: 'text', text, problems };
}

function skipped(code: FileError['code'], path: RepoPath, message: string): SourceText {
  return { kind: 'skipped', problem: { kind: 'file', code, path, message } };
}

/** A byte order mark, or NUL in (nearly) every second place of one side and nowhere on the other. */
function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, SNIFF_BYTES);
  if (head.length < 4 || bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = head.length / 2;
  if (even === 0 && odd > most * 0.7) return 'utf-16le';
  if (odd === 0 && even > most * 0.7) return 'utf-16be';
  return undefined;
}

function looksBinary(text: string): boolean {
  const head = text.slice(0, SNIFF_BYTES);
  let strange = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27)) strange++;
  }
  return strange > Math.max(16, head.length * 0.3);
}

const MINIFIABLE = /\.(?:[cm]?jsx?|css)$/i;
const MINIFIED_MIN_LENGTH = 5_000;
const MINIFIED_MEAN_LINE = 400;

/** By the mean: one padded line in an ordinary file must not hide the file. */
function isMinified(path: string, text: string): boolean {
  if (text.length < MINIFIED_MIN_LENGTH || !MINIFIABLE.test(path)) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > MINIFIED_MEAN_LINE;
}
