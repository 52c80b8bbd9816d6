/** Which of many ranges enclose a given one, without looking at all of them: a tree of latest ends over the ranges by their starts. */
import type { Span } from '../model/position.js';

export interface EnclosingIndex<R extends Span> {
  /** Those that begin at or before `inner` and end at or after it, in the order they were given in. */
  enclosing(inner: Span): readonly R[];
}

/** Fewer are looked through one by one. */
const FEW = 16;

export function indexEnclosing<R extends Span>(ranges: readonly R[]): EnclosingIndex<R> {
  if (ranges.length < FEW) {
    return { enclosing: (inner) => ranges.filter((range) => range.start <= inner.start && range.end >= inner.end) };
  }
  const order = ranges.map((_, at) => at).toSorted((a, b) => (ranges[a] as R).start - (ranges[b] as R).start || a - b);
  const { length } = order;
  let size = 1;
  while (size < length) size *= 2;
  /** Leaf `size + i` is the i-th range by start; each node holds the latest end below it. */
  const latest = new Float64Array(size * 2).fill(-1);
  for (const [i, at] of order.entries()) latest[size + i] = (ranges[at] as R).end;
  for (let node = size - 1; node > 0; node--) latest[node] = Math.max(latest[node * 2] as number, latest[node * 2 + 1] as number);

  const before = (start: number): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((ranges[order[mid] as number] as R).start <= start) low = mid + 1;
      else high = mid;
    }
    return low;
  };
  return {
    enclosing(inner) {
      const limit = before(inner.start);
      const found: number[] = [];
      const visit = (node: number, from: number, width: number): void => {
        if (from >= limit || (latest[node] as number) < inner.end) return;
        if (width === 1) {
          found.push(order[from] as number);
          return;
        }
        const half = width / 2;
        visit(node * 2, from, half);
        visit(node * 2 + 1, from + half, half);
      };
      visit(1, 0, size);
      return (found.length > 1 ? found.toSorted((a, b) => a - b) : found).map((at) => ranges[at] as R);
    },
  };
}
