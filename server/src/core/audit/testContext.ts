/** What the comparisons of tests share: which part became which, which file a side is of, what the code itself lost. */
import type { Pair, Side } from './side.js';
import type { Matched, Unit } from './units.js';

export interface TestContext {
  readonly matched: Matched;
  readonly pairOf: ReadonlyMap<Side, Pair>;
  /** Names and strings that the code itself lost with this commit. */
  readonly gone: ReadonlySet<string>;
}

export function startOf(unit: Unit): number {
  return unit.tree.start[unit.node] as number;
}

export function shown(unit: Unit): string {
  return unit.kind === 'call' ? unit.name.slice(unit.name.indexOf(' ') + 1) : `\`${unit.name}\``;
}
