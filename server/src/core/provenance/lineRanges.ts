/** Sets of lines as ranges: 1-based, inclusive, the way git and both record formats count. Work grows with the number of ranges, never with what they span. */

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface Painted<T> extends LineRange {
  readonly value: T;
}

/** The greatest line that a record may name: more is a mistake, or mischief. */
export const MAX_LINE = 10_000_000;

export function isRange(start: number, end: number): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 1 && end >= start && end <= MAX_LINE;
}

/**
 * Ranges laid over each other: of what overlaps, the later one is seen. In order, disjoint, neighbours of one value joined.
 */
export function paint<T>(ranges: readonly Painted<T>[]): readonly Painted<T>[] {
  const edges = [...new Set(ranges.flatMap(({ start, end }) => [start, end + 1]))].toSorted((a, b) => a - b);
  const position = new Map(edges.map((edge, at) => [edge, at]));
  const values: (T | undefined)[] = Array.from({ length: edges.length });
  // `next[at]`: the first segment at or after `at` that nothing covers yet, found in almost constant time.
  const next = edges.map((_, at) => at);
  const free = (from: number): number => {
    let at = from;
    while (next[at] !== undefined && next[at] !== at) {
      next[at] = next[next[at] ?? at] ?? at;
      at = next[at] ?? at;
    }
    return at;
  };
  const covered = new Set<number>();
  for (const { start, end, value } of ranges.toReversed()) {
    const stop = position.get(end + 1) ?? 0;
    for (let at = free(position.get(start) ?? stop); at < stop; at = free(at)) {
      values[at] = value;
      covered.add(at);
      next[at] = at + 1;
    }
  }
  const painted: Painted<T>[] = [];
  for (let at = 0; at < edges.length - 1; at++) {
    if (!covered.has(at)) continue;
    const start = edges[at] ?? 1;
    const end = (edges[at + 1] ?? 1) - 1;
    const value = values[at] as T;
    const last = painted.at(-1);
    if (last !== undefined && last.end + 1 === start && last.value === value)
      painted[painted.length - 1] = { start: last.start, end, value };
    else painted.push({ start, end, value });
  }
  return painted;
}

/** What of `range` lies in `others`, which are in order and disjoint. */
export function intersect(range: LineRange, others: readonly LineRange[]): readonly LineRange[] {
  return others
    .filter(({ start, end }) => start <= range.end && end >= range.start)
    .map(({ start, end }) => ({ start: Math.max(start, range.start), end: Math.min(end, range.end) }));
}
