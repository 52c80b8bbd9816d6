/** Where in the commit's tree a reader looks for a check that is gone, or finds what is new, and what else was taken away or put there with it. */
import { Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import type { FileChange, Hunk } from './change.js';
import { linesOf } from './lineDiff.js';
import { lineAfter, lineAt, lineText, type Pair, type Side } from './side.js';
import type { Matched, Unit } from './units.js';

/** A line that only says something. */
const SAYING =
  /^\s*(?:await\s+)?(?:[\p{L}_][\p{L}\p{N}_]*\.)*(?:log|logger|echo|print\w*|debug|info|warn\w*|error|trace)\s*\(.*\)\s*;?\s*$/u;

/** A check with what it says and the lines around it. */
const FEW_LINES = 8;

/** Hunks with no more lines than that between them are one place of the change. */
const NEAR = 3;
/** A statement of more lines is no statement of its own: it holds others. */
const LONGEST_STATEMENT = 25;

/** Inclusive, 1-based. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

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
  /** Lines of the commit's file that came where a place of the parent's went. */
  const cameFor = (unit: Unit, node: number): readonly LineRange[] => {
    const change = changes.get(unit.side)?.change;
    if (change === undefined) return [];
    return hunksNear(change, lineAt(unit.side, unit.tree.start[node] as number))
      .filter(({ newLines }) => newLines > 0)
      .map(({ newStart, newLines }) => ({ first: newStart, last: newStart + newLines - 1 }));
  };
  /** Whether nothing but remarks came where a place of the parent's file went. */
  const noCodeCame = (unit: Unit, node: number): boolean => {
    const lines = linesOf(changes.get(unit.side)?.change.after ?? '');
    return cameFor(unit, node).every(({ first, last }) =>
      lines.slice(first - 1, last).every((line) => bareLine(line) === '' || SAYING.test(line)),
    );
  };
  let come: ReadonlySet<string> | undefined;
  const oldLinesOf = new Map<FileChange, readonly string[]>();
  /** How many lines of code went with a place of the parent's file and are nowhere in what came: not counted those of its own statement. */
  const wentWith = (unit: Unit, node: number): number => {
    const change = changes.get(unit.side)?.change;
    if (change?.before === undefined) return 0;
    come ??= linesThatCame(new Set([...changes.values()].map((pair) => pair.change)));
    const own = statementAround(unit, node);
    const left = come;
    const after = linesOf(change.after ?? '');
    let lines = oldLinesOf.get(change);
    if (lines === undefined) oldLinesOf.set(change, (lines = linesOf(change.before)));
    let count = 0;
    const shapes = new Set(cameFor(unit, node).flatMap(({ first, last }) => after.slice(first - 1, last).map(shapeOf)));
    for (const { oldStart, oldLines } of hunksNear(change, lineAt(unit.side, unit.tree.start[node] as number))) {
      for (let line = oldStart; line < oldStart + oldLines; line++) {
        if (line >= own.first && line <= own.last) continue;
        const text = bareLine(lines[line - 1] ?? '');
        // With other names it is the same line.
        if (text !== '' && !left.has(text) && !shapes.has(shapeOf(text))) count++;
      }
    }
    return count;
  };
  /** Names that came where a place of the parent's file went and were not there before: none where the change only took away. */
  const namesThatCame = (unit: Unit, node: number): readonly string[] => {
    const change = changes.get(unit.side)?.change;
    if (change?.before === undefined || change.after === undefined) return [];
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    const hunks = change.hunks.filter(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines);
    const said = (text: string, of: (hunk: Hunk) => readonly [number, number]): Set<string> => {
      const lines = linesOf(text);
      return new Set(hunks.flatMap((hunk) => lines.slice(...of(hunk)).flatMap((line) => namesIn(line))));
    };
    const was = said(change.before, ({ oldStart, oldLines }) => [oldStart - 1, oldStart - 1 + oldLines]);
    const is = said(change.after, ({ newStart, newLines }) => (newLines === 0 ? [0, 0] : [newStart - 1, newStart - 1 + newLines]));
    return [...is].filter((name) => !was.has(name));
  };
  /** Whether the commit wrote the line of its file that an offset is in. */
  const isWritten = (unit: Unit, offset: number): boolean => {
    const change = changes.get(unit.side)?.change;
    const line = lineAt(unit.side, offset);
    return change === undefined || change.hunks.some(({ newStart, newLines }) => line >= newStart && line < newStart + newLines);
  };
  /** Whether all lines of a node of the commit's file are new, and none went for them. */
  const isAllNew = (unit: Unit, node: number): boolean => {
    const change = changes.get(unit.side)?.change;
    const first = lineAt(unit.side, unit.tree.start[node] as number);
    const last = lineAt(unit.side, Math.max(unit.tree.start[node] as number, (unit.tree.end[node] as number) - 1));
    return (
      change?.hunks.some(
        ({ oldLines, newStart, newLines }) => oldLines === 0 && first >= newStart && last < newStart + newLines && first < last,
      ) === true
    );
  };
  return { ofGone, ofNew, wasTakenAlone, stays, wentWith, namesThatCame, cameFor, noCodeCame, isWritten, isAllNew };
}

/** The hunk that a line of the parent's file is in, and those near it. */
function hunksNear({ hunks }: FileChange, line: number): readonly Hunk[] {
  const at = hunks.findIndex(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines);
  if (at < 0) return [];
  let [from, to] = [at, at];
  const gap = (a: Hunk, b: Hunk): number => b.oldStart - (a.oldStart + a.oldLines);
  while (from > 0 && gap(hunks[from - 1] as Hunk, hunks[from] as Hunk) <= NEAR) from--;
  while (to + 1 < hunks.length && gap(hunks[to] as Hunk, hunks[to + 1] as Hunk) <= NEAR) to++;
  return hunks.slice(from, to + 1);
}

/** Lines of the statement that a node is in; of a condition, those of all that it decides. */
function statementAround({ side, tree, node: unit }: Unit, node: number): LineRange {
  const lines = (of: number): LineRange => ({
    first: lineAt(side, tree.start[of] as number),
    last: lineAt(side, Math.max(tree.start[of] as number, (tree.end[of] as number) - 1)),
  });
  let at = node;
  while (tree.tag[at] !== Tag.If) {
    const parent = tree.parent[at] as number;
    if (parent < 0 || parent <= unit || isHolder(tree, parent)) break;
    at = parent;
  }
  const whole = lines(at);
  return whole.last - whole.first >= LONGEST_STATEMENT ? lines(node) : whole;
}

function isHolder(tree: SyntaxTree, node: number): boolean {
  const tag = tree.tag[node];
  return tag === Tag.Block || tag === Tag.Func || tag === Tag.Class;
}

/** A line with every name left out. */
function shapeOf(line: string): string {
  return bareLine(line).replaceAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu, 'x');
}

const KEYWORDS = new Set(
  `const let var return await async if else elif for while def function new this self not and or is in of true false True False None null undefined nil err
   try catch except finally throw raise class export import from as func void public private static final with yield then do end`.split(
    /\s+/,
  ),
);

/** Names of a line of code, without those of its remarks and texts. */
function namesIn(line: string): string[] {
  if (bareLine(line) === '') return [];
  const code = line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ' ').replace(/(?:\s\/\/|\s#\s).*$/, '');
  return (code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).filter((name) => !KEYWORDS.has(name));
}

function linesThatCame(changed: ReadonlySet<FileChange>): ReadonlySet<string> {
  const come = new Set<string>();
  for (const { after, hunks } of changed) {
    if (after === undefined) continue;
    const lines = linesOf(after);
    for (const { newStart, newLines } of hunks)
      for (let line = newStart; line < newStart + newLines; line++) come.add(bareLine(lines[line - 1] ?? ''));
  }
  return come;
}

/** A line without what says nothing; empty for a remark or for brackets alone. */
function bareLine(line: string): string {
  const text = line.trim();
  return /^(?:\/\/|#|\*|\/\*|<!--|--|"""|''')|^[^\p{L}\p{N}]*$/u.test(text) ? '' : text.replace(/[\s,;{(]+$/, '');
}
