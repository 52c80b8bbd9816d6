/** What the comparisons of tests share: which part became which, which file a side is of, what the code itself lost. */
import type { CodeChange } from './codeChange.js';
import type { Places } from './places.js';
import { lineAt, type Pair, type Side } from './side.js';
import type { Matched, Unit } from './units.js';

export interface TestContext {
  readonly matched: Matched;
  readonly pairOf: ReadonlyMap<Side, Pair>;
  /** Names and strings that the code itself lost with this commit. */
  readonly gone: ReadonlySet<string>;
  readonly code: CodeChange;
  readonly where: Places;
}

export function startOf(unit: Unit): number {
  return unit.tree.start[unit.node] as number;
}

export function shown(unit: Unit): string {
  return unit.kind === 'call' ? unit.name.slice(unit.name.indexOf(' ') + 1) : `\`${unit.name}\``;
}

/** Whether the hunk that took a place of the parent's file away has one of these 1-based lines of the commit's file in what it put there. */
export function isReplaced(pair: Pair, was: Unit, node: number, lines: readonly number[]): boolean {
  const line = lineAt(was.side, was.tree.start[node] as number);
  const hunk = pair.change.hunks.find(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines);
  return hunk !== undefined && lines.some((other) => other >= hunk.newStart && other < hunk.newStart + hunk.newLines);
}
