/** Ranges around a range: the index finds what a look at each of them finds, in the same order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexEnclosing } from '../../server/src/core/formula/enclosing.js';

const range = fc.tuple(fc.nat(40), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }));

test('finds what a look at each range finds', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 80 }), fc.array(range, { maxLength: 10 }), (ranges, inners) => {
      const index = indexEnclosing(ranges);
      for (const inner of inners)
        expect(index.enclosing(inner)).toEqual(ranges.filter(({ start, end }) => start <= inner.start && end >= inner.end));
    }),
  );
});
