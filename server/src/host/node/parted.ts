/**
 * Data in parts as a file: the length of the first piece (four bytes, little-endian), that piece (the head, and where each part ends), and the
 * parts one after the other. Pieces are in the format of structured clones, so that a part is read without those before it.
 */
import { fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Parted, PartedData } from '../../core/index.js';

interface FirstPiece {
  readonly head: unknown;
  /** Where each part ends, in bytes after this piece. */
  readonly ends: Uint32Array;
}

const LENGTH_BYTES = 4;

export function writeParted(file: string, { head, parts }: PartedData): void {
  const written = parts.map((part) => serialize(part));
  let end = 0;
  const ends = Uint32Array.from(written, ({ length }) => (end += length));
  const first = serialize({ head, ends } satisfies FirstPiece);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(first.length);
  writeFileSync(file, Buffer.concat([length, first, ...written]));
}

/** Open as long as the process: a new build in the same place is none of this one's. */
const open = new Map<string, number>();

/** @returns undefined for a file that is not there or cannot be read */
export function readParted(file: string): Parted | undefined {
  try {
    const descriptor = open.get(file) ?? openSync(file, 'r');
    open.set(file, descriptor);
    const length = readBytes(descriptor, 0, LENGTH_BYTES).readUInt32LE();
    const start = LENGTH_BYTES + length;
    if (!(start <= fstatSync(descriptor).size)) return undefined;
    const { head, ends } = deserialize(readBytes(descriptor, LENGTH_BYTES, length)) as FirstPiece;
    return {
      head,
      part(index) {
        const end = ends[index];
        if (end === undefined) throw new Error(`${file} has no part ${index}`);
        const from = index === 0 ? 0 : (ends[index - 1] ?? 0);
        return deserialize(readBytes(descriptor, start + from, end - from));
      },
    };
  } catch {
    return undefined;
  }
}

/** From so many bytes on, memory comes from the system, as far as glibc is concerned. */
const LARGE = 128 * 1024;
const PAGE_BYTES = 65_536;

/**
 * Memory that goes back to the system when it is collected. Of what `malloc` gave, glibc keeps up to twice the largest piece that was ever freed, for each
 * thread that asked it for any.
 */
function apart(length: number): ArrayBuffer {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(length / PAGE_BYTES) }).buffer;
  } catch {
    return new ArrayBuffer(length); // addresses are limited: each such memory keeps gigabytes of them
  }
}

/** @throws when the file ends before */
function readBytes(descriptor: number, from: number, length: number): Buffer {
  const bytes = length < LARGE ? Buffer.alloc(length) : Buffer.from(apart(length), 0, length);
  for (let read = 0; read < length;) {
    const more = readSync(descriptor, bytes, read, length - read, from + read);
    if (more === 0) throw new Error('the file is shorter than it says');
    read += more;
  }
  return bytes;
}
