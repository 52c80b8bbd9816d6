/** In which order functions are run. */
import { expect, test } from 'vitest';
import { circlesOf } from '../../server/src/core/taint/order.js';

test.each([
  { name: 'none', callees: [], circles: [] },
  { name: 'callees come first', callees: [[1], [2], []], circles: [[2], [1], [0]] },
  { name: 'a circle with what it calls before it', callees: [[1], [0, 2], [], [3], [1]], circles: [[2], [1, 0], [3], [4]] },
  {
    name: 'two circles, one of which calls the other',
    callees: [[1], [0, 2], [3], [2]],
    circles: [
      [3, 2],
      [1, 0],
    ],
  },
  { name: 'a circle in a circle is one', callees: [[1], [2, 0], [1]], circles: [[2, 1, 0]] },
])('$name', ({ callees, circles }) => {
  expect(circlesOf(callees)).toEqual(circles);
});

test('a chain that is deep', () => {
  const callees = Array.from({ length: 100_000 }, (_, id) => (id < 99_999 ? [id + 1] : [0]));
  expect(circlesOf(callees)).toHaveLength(1);
});
