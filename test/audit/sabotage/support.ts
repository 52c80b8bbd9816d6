/** A case is a project and edits; this makes the changes of its commit as git would show them, and reviews them. */
import type { FileChange, Hunk } from '../../../server/src/core/audit/change.js';
import { reviewChanges, type Review } from '../../../server/src/core/audit/review.js';
import { readWasm } from '../../../server/src/host/node/session.js';
import { createParser } from '../../../server/src/host/parser/treeSitter.js';
import type { Tree } from './projects.js';

/** `[path, old, new]` changes a file, `[path, text]` adds or replaces it, `[path]` deletes it; `{ from, to }` moves it. */
export type Edit =
  | readonly [string, string, string]
  | readonly [string, string]
  | readonly [string]
  | { readonly from: string; readonly to: string };

export function edited(tree: Tree, edits: readonly Edit[]): { readonly after: Tree; readonly moved: ReadonlyMap<string, string> } {
  const after: Record<string, string> = { ...tree };
  const moved = new Map<string, string>();
  for (const edit of edits) {
    if ('from' in edit) {
      const text = after[edit.from];
      if (text === undefined) throw new Error(`no ${edit.from}`);
      Reflect.deleteProperty(after, edit.from);
      after[edit.to] = text;
      moved.set(edit.to, edit.from);
      continue;
    }
    const [path, old, fresh] = edit;
    if (old === undefined) Reflect.deleteProperty(after, path);
    else if (fresh === undefined) after[path] = old;
    else {
      const text = after[path];
      if (text === undefined || !text.includes(old)) throw new Error(`${path} does not hold ${JSON.stringify(old)}`);
      after[path] = text.replaceAll(old, () => fresh);
    }
  }
  return { after, moved };
}

export function changesBetween(before: Tree, after: Tree, moved: ReadonlyMap<string, string>): FileChange[] {
  const sources = new Set(moved.values());
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return paths.flatMap((path): FileChange[] => {
    const oldPath = moved.get(path) ?? path;
    const was = sources.has(path) && oldPath === path ? undefined : before[oldPath];
    const now = after[path];
    if (was === undefined && now === undefined) return [];
    if (was === now && oldPath === path) return [];
    return [
      {
        status: was === undefined ? 'added' : now === undefined ? 'deleted' : oldPath === path ? 'modified' : 'renamed',
        path,
        ...(was === undefined ? {} : { oldPath, before: was }),
        ...(now === undefined ? {} : { after: now }),
        oldMode: was === undefined ? '000000' : '100644',
        newMode: now === undefined ? '000000' : '100644',
        hunks: hunksOf(was ?? '', now ?? ''),
      },
    ];
  });
}

/** Runs of lines outside of a longest common subsequence. */
function hunksOf(before: string, after: string): Hunk[] {
  const a = before === '' ? [] : before.replace(/\n$/, '').split('\n');
  const b = after === '' ? [] : after.replace(/\n$/, '').split('\n');
  const longest = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (longest[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    const [fromA, fromB] = [i, j];
    while ((i < a.length || j < b.length) && (i >= a.length || j >= b.length || a[i] !== b[j])) {
      if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    hunks.push({
      oldStart: i === fromA ? fromA : fromA + 1,
      oldLines: i - fromA,
      newStart: j === fromB ? fromB : fromB + 1,
      newLines: j - fromB,
    });
  }
  return hunks;
}

const parser = createParser(readWasm);

export async function review(tree: Tree, edits: readonly Edit[]): Promise<Review> {
  const { after, moved } = edited(tree, edits);
  return reviewChanges(changesBetween(tree, after, moved), { parser: await parser });
}

/** Kinds above INFO, in the order of the review, of the checks that a change from some files to others takes away. */
export async function lostKinds(before: Tree, after: Tree, least: 'INFO' | 'WARNING' = 'WARNING'): Promise<readonly string[]> {
  const gone = Object.keys(before).flatMap((path) => (after[path] === undefined ? [[path] as const] : []));
  const { removedChecks } = await review(before, [...Object.entries(after), ...gone]);
  return removedChecks.filter(({ severity }) => least === 'INFO' || severity !== 'INFO').map(({ kind }) => kind);
}

/** Everything that a reviewer is shown, the gravest first, one entry for each place. */
export function shown(found: Review): { readonly path: string; readonly line: number; readonly rank: number; readonly text: string }[] {
  const rank = { ERROR: 2, WARNING: 1, INFO: 0 } as const;
  return [
    ...found.removedChecks.map(({ path, line, kind, message, severity, was }) => ({
      path,
      line,
      rank: rank[severity],
      text: `${kind}: ${message} | ${was}`,
    })),
    ...found.widened.map(({ path, line, kind, message, severity }) => ({ path, line, rank: rank[severity], text: `${kind}: ${message}` })),
    ...found.dependencies.map(({ path, line, kind, name, concern }) => ({
      path,
      line,
      rank: concern === undefined ? 0 : 1,
      text: `${kind} ${name}: ${concern ?? ''}`,
    })),
  ].toSorted((a, b) => b.rank - a.rank);
}
