/**
 * Data in parts as a file: the head and every part in the format of structured clones, so that a part is read without those before it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Parted, PartedData } from '../../core/index.js';

interface PartedFile {
  readonly head: unknown;
  /** Where each part ends, in bytes. */
  readonly ends: Uint32Array;
  /** One after the other. */
  readonly parts: Uint8Array;
}

export function writeParted(file: string, { head, parts }: PartedData): void {
  const written = parts.map((part) => serialize(part));
  let end = 0;
  const ends = Uint32Array.from(written, ({ length }) => (end += length));
  writeFileSync(file, serialize({ head, ends, parts: new Uint8Array(Buffer.concat(written)) } satisfies PartedFile));
}

/** @returns undefined for a file that is not there or cannot be read */
export function readParted(file: string): Parted | undefined {
  let read: PartedFile;
  try {
    read = deserialize(readFileSync(file)) as PartedFile;
  } catch {
    return undefined;
  }
  const { head, ends, parts } = read;
  return {
    head,
    part(index) {
      const end = ends[index];
      if (end === undefined) throw new Error(`${file} has no part ${index}`);
      return deserialize(parts.subarray(index === 0 ? 0 : ends[index - 1], end));
    },
  };
}
