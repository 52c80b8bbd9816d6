/** Objects with more parts than are told apart: a way that leads through one says so, and any other way is preferred. */
import { expect, test } from 'vitest';
import { bounded, type Cell } from '../../server/src/core/taint/cells.js';
import { stopsOf } from '../../server/src/core/taint/steps.js';
import { given, taintsOf, union, type Taints } from '../../server/src/core/taint/taints.js';

/** So many fields with so many entries, each with a taint of its own. */
function cells(fields: number, entries: number): ReadonlyMap<string, Cell> {
  const field = (at: number): Cell => ({
    taints: undefined,
    parts: new Map(
      Array.from({ length: entries }, (_, entry) => [`[${entry}`, { taints: taintOf(at * entries + entry), parts: undefined }]),
    ),
  });
  return new Map(Array.from({ length: fields }, (_, at) => [`.f${at}`, field(at)]));
}

function taintOf(index: number): Taints {
  return taintsOf([given({ kind: 'parameter', index }, [])]);
}

test('parts are told apart up to a bound', () => {
  const parts = cells(4, 10);
  expect(bounded(parts)).toBe(parts);
});

test('beyond it a field has the taints of its entries, and their ways say that they are blurred', () => {
  const first = bounded(cells(30, 24))?.get('.f0');
  expect(first?.parts).toBeUndefined();
  const taints = first?.taints instanceof Map ? (first.taints as Taints) : new Map();
  expect(taints.size).toBe(24);
  for (const { steps } of taints.values()) expect(stopsOf(steps)).toEqual({ stops: [], cut: false, doubts: ['blurred'] });
});

test('of two ways the one that is not blurred counts', () => {
  const first = bounded(cells(30, 24))?.get('.f0');
  const taints = first?.taints instanceof Map ? (first.taints as Taints) : new Map();
  const both = union(taints, taintOf(0));
  expect([...both.values()].map(({ steps }) => stopsOf(steps).doubts.length > 0)).toEqual([
    false,
    ...Array.from({ length: 23 }, () => true),
  ]);
});
