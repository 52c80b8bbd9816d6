/** Our diff against what it must do: put together again, it gives the new text, and what did not change stays. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, linesOf, oldLines } from '../../server/src/core/audit/lineDiff.js';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', '  }', 'return x'), { maxLength: 40 });

test('the hunks make the new text of the old one', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const hunks = diffLines(before, after);
      const made: string[] = [];
      let at = 0;
      for (const hunk of hunks) {
        const start = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
        made.push(...before.slice(at, start));
        const newStart = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
        expect(newStart).toBe(made.length);
        made.push(...after.slice(newStart, newStart + hunk.newLines));
        at = start + hunk.oldLines;
      }
      made.push(...before.slice(at));
      expect(made).toEqual(after);
      const map = oldLines(hunks, after.length);
      const stayed = [...map.entries()].filter(([, old]) => old >= 0);
      expect(stayed.map(([, old]) => before[old])).toEqual(stayed.map(([line]) => after[line]));
    }),
    { numRuns: 500 },
  );
});

test('one line among many', () => {
  const before = linesOf(Array.from({ length: 1000 }, (_, at) => `line ${at}\n`).join(''));
  const after = [...before.slice(0, 500), 'new', ...before.slice(500, 700), ...before.slice(702)];
  expect(diffLines(before, after)).toEqual([
    { oldStart: 500, oldLines: 0, newStart: 501, newLines: 1 },
    { oldStart: 701, oldLines: 2, newStart: 701, newLines: 0 },
  ]);
});

test('a shortest edit is found among lines that repeat', () => {
  const count = (before: string, after: string): number =>
    diffLines([...before], [...after]).reduce((sum, hunk) => sum + hunk.oldLines + hunk.newLines, 0);
  expect(count('abcabba', 'cbabac')).toBe(5);
  expect(count('', 'aaa')).toBe(3);
  expect(count('aaa', 'aaa')).toBe(0);
});
