/** Where in the commit's tree a reader looks for a check that is gone, or finds what is new, and whether it was taken away alone. */
import { lineAfter, lineAt, lineText, type Pair, type Side } from './side.js';
import type { Matched, Unit } from './units.js';

/** A check with what it says and the lines around it. */
const FEW_LINES = 8;

/** A line, and what follows where it ends in the middle of something. */
function saidAt(side: Side, line: number): string {
  let said = lineText(side, line);
  for (let next = line + 1; next < line + 8 && /[([{,=]$|=>$/.test(said) && !/\)\s*\{$/.test(said) && said.length < 160; next++)
    said = `${said}${/[([{]$/.test(said) ? '' : ' '}${lineText(side, next)}`;
  return said.slice(0, 200);
}

/** Where checks of one commit are shown. */
export type Places = ReturnType<typeof createPlaces>;

export function createPlaces(changes: ReadonlyMap<Side, Pair>, matched: Matched) {
  /** Where in the commit's tree a reader looks for what is gone. */
  const ofGone = (unit: Unit, node: number): { path: string; line: number; was: string } => {
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    const was = saidAt(unit.side, line);
    const change = changes.get(unit.side)?.change;
    const now = matched.became.get(unit);
    if (change?.after !== undefined && (now === undefined || changes.get(now.side)?.change === change))
      return { path: change.path, line: lineAfter(change, line), was };
    if (now !== undefined) return { path: now.side.path, line: lineAt(now.side, now.tree.start[now.node] as number), was };
    return { path: unit.side.path, line, was };
  };
  const ofNew = (unit: Unit, node: number): { path: string; line: number; was: string } => {
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    return { path: unit.side.path, line, was: lineText(unit.side, line) };
  };
  /** Whether the hunk that took a line away holds little else and puts nothing in its place. */
  const wasTakenAlone = (unit: Unit, node: number): boolean => {
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    const hunk = changes.get(unit.side)?.change.hunks.find(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines);
    return hunk !== undefined && hunk.newLines === 0 && hunk.oldLines <= FEW_LINES;
  };
  /** Where a line of the parent's file stands, where no hunk touches it. */
  const stays = (unit: Unit, node: number): number | undefined => {
    const change = changes.get(unit.side)?.change;
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    if (change === undefined || change.hunks.some(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines))
      return undefined;
    return lineAfter(change, line);
  };
  return { ofGone, ofNew, wasTakenAlone, stays };
}
