/** Files of data in parts: each part is read for itself, and a file that is cut short is no file. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readParted, writeParted } from '../../server/src/host/node/parted.js';

const folder = mkdtempSync(path.join(tmpdir(), 'parted-'));
const data = { head: { names: ['a', 'b'] }, parts: [{ long: 'x'.repeat(200_000) }, [1, 2], new Map([['k', 'v']])] };

test('gives head and parts, in any order, as new copies', () => {
  const file = path.join(folder, 'whole.bin');
  writeParted(file, data);
  const read = readParted(file);
  expect(read?.head).toEqual(data.head);
  for (const index of [2, 0, 1]) expect(read?.part(index)).toEqual(data.parts[index]);
  expect(read?.part(1)).not.toBe(read?.part(1));
  expect(() => read?.part(3)).toThrow('has no part 3');
});

test('is nothing where the file is missing, empty or ends in its head', () => {
  expect(readParted(path.join(folder, 'none.bin'))).toBeUndefined();
  writeParted(path.join(folder, 'from.bin'), data);
  for (const length of [0, 3, 20]) {
    const file = path.join(folder, `${length}.bin`);
    writeFileSync(file, readFileSync(path.join(folder, 'from.bin')).subarray(0, length));
    expect(readParted(file)).toBeUndefined();
  }
});
