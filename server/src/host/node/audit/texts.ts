/**
 * The texts of changed files: read by their hashes (or from the working tree), decoded as a scan decodes them, compared line by line. What is no text, too large
 * or not here keeps its reason. The newest texts are kept, as the next commit's old side is mostly the last one's new side.
 */
import path from 'node:path';
import type { RepoPath } from '../../../core/index.js';
import type { FileChange, Hunk } from '../../../core/audit/change.js';
import { diffLines, diffTexts, linesOf, oldLines } from '../../../core/audit/lineDiff.js';
import { decodeSource, readSource } from '../files-read.js';
import type { ChangedEntry } from '../git/changes.js';
import type { ObjectReader } from '../git/objects.js';

export type BlobText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unread'; readonly why: NonNullable<FileChange['unread']> };

export interface TextStore {
  /** One side of an entry; `undefined` where there is none. */
  side(entry: ChangedEntry, which: 'old' | 'new'): Promise<BlobText | undefined>;
}

const NOTHING = /^0+$/;
/** UTF-16 code units of texts that are kept. */
const KEPT = 24 * 1024 * 1024;

/** @param worktree absolute folder of files that are on disk only; undefined: there are none */
export function createTextStore(reader: ObjectReader, maxBytes: number, worktree?: string): TextStore {
  const kept = new Map<string, BlobText>();
  let size = 0;
  const keep = (hash: string, text: BlobText): BlobText => {
    kept.set(hash, text);
    size += text.kind === 'text' ? text.text.length : 1;
    for (const [oldest, { ...value }] of kept) {
      if (size <= KEPT || oldest === hash) break;
      kept.delete(oldest);
      size -= value.kind === 'text' ? value.text.length : 1;
    }
    return text;
  };
  return {
    async side(entry, which) {
      const [mode, hash, name] =
        which === 'old' ? [entry.oldMode, entry.oldBlob, entry.oldPath ?? entry.path] : [entry.newMode, entry.newBlob, entry.path];
      if (mode === '000000') return undefined;
      if (mode === '160000') return { kind: 'unread', why: 'submodule' };
      if (mode === '120000') return { kind: 'unread', why: 'symlink' };
      if (NOTHING.test(hash)) return worktree === undefined ? { kind: 'unread', why: 'missing' } : fromDisk(worktree, name, maxBytes);
      const known = kept.get(hash);
      if (known !== undefined) return known;
      const object = await reader.read(hash, maxBytes);
      if (object.kind === 'too-large') return keep(hash, { kind: 'unread', why: 'too-large' });
      if (object.kind !== 'blob') return { kind: 'unread', why: 'missing' };
      return keep(hash, decoded(object.bytes, name));
    },
  };
}

function decoded(bytes: Uint8Array, name: string): BlobText {
  const source = decodeSource(bytes, name as RepoPath, { named: true });
  return source.kind === 'text' ? { kind: 'text', text: source.text } : { kind: 'unread', why: 'binary' };
}

async function fromDisk(worktree: string, name: string, maxBytes: number): Promise<BlobText> {
  const source = await readSource(path.join(worktree, ...name.split('/')), name as RepoPath, { maxBytes, named: true });
  if (source.kind === 'text') return { kind: 'text', text: source.text };
  const { code } = source.problem;
  return {
    kind: 'unread',
    why: code === 'too-large' ? 'too-large' : code === 'symlink' ? 'symlink' : code === 'binary' ? 'binary' : 'missing',
  };
}

/** With its texts; undefined: nothing differs after all. */
export async function fileChange(entry: ChangedEntry, store: TextStore): Promise<FileChange | undefined> {
  const [before, after] = await Promise.all([store.side(entry, 'old'), store.side(entry, 'new')]);
  const unread = after?.kind === 'unread' ? after.why : before?.kind === 'unread' && after === undefined ? before.why : undefined;
  const old = before?.kind === 'text' ? before.text : undefined;
  const now = after?.kind === 'text' ? sameLineEnds(after.text, old, NOTHING.test(entry.newBlob)) : undefined;
  if (entry.status === 'modified' && old !== undefined && old === now && entry.oldMode === entry.newMode) return undefined;
  // A side that cannot be read makes no hunks: the other one would look added or deleted.
  const comparable = (before === undefined || old !== undefined) && (after === undefined || now !== undefined);
  return {
    status: entry.status,
    path: entry.path,
    ...(entry.oldPath === undefined ? {} : { oldPath: entry.oldPath }),
    ...(old === undefined ? {} : { before: old }),
    ...(now === undefined ? {} : { after: now }),
    ...(unread === undefined ? {} : { unread }),
    oldMode: entry.oldMode,
    newMode: entry.newMode,
    hunks: comparable && old !== now ? diffTexts(old ?? '', now ?? '') : [],
  };
}

/** A working tree may have other line ends than what is committed. */
function sameLineEnds(text: string, old: string | undefined, onDisk: boolean): string {
  return onDisk && old !== undefined && !old.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

/**
 * What a merge brought in itself: its file as it would be had it only taken what one of its parents has, beside the file as it is. Undefined: nothing.
 *
 * @param change against the first parent; @param others the file in the other parents
 */
export function ownChangeOfMerge(change: FileChange, others: readonly (string | undefined)[]): FileChange | undefined {
  const { before, after } = change;
  if (after === undefined || before === undefined) {
    // Added or deleted against the first parent, and different from all others: their own lines are still not the merge's.
    const texts = others.filter((text) => text !== undefined);
    const [closest] = texts;
    if (after === undefined || closest === undefined) return change;
    return { ...change, status: 'modified', oldPath: change.path, before: closest, hunks: diffLines(linesOf(closest), linesOf(after)) };
  }
  const lines = linesOf(after);
  const old = linesOf(before);
  const maps = others.flatMap((text) => (text === undefined ? [] : [oldLines(diffLines(linesOf(text), lines), lines.length)]));
  const own = change.hunks.filter((hunk) => !maps.some((map) => isIn(hunk, map, lines.length)));
  if (own.length === 0) return undefined;
  const made: string[] = [];
  let at = 0;
  for (const hunk of own) {
    const start = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    made.push(...lines.slice(at, start));
    const from = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    made.push(...old.slice(from, from + hunk.oldLines));
    at = start + hunk.newLines;
  }
  made.push(...lines.slice(at));
  return { ...change, before: made.map((line) => `${line}\n`).join(''), hunks: diffLines(made, lines) };
}

/** Whether another parent has these very lines, or lacks the same ones at this place. */
function isIn(hunk: Hunk, map: Int32Array, count: number): boolean {
  const start = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
  for (let line = start; line < start + hunk.newLines; line++) {
    if ((map[line] ?? -1) < 0 || (line > start && map[line] !== (map[line - 1] ?? -1) + 1)) return false;
  }
  const above = start === 0 ? -1 : (map[start - 1] ?? -1);
  const next = start + hunk.newLines;
  const first = hunk.newLines > 0 ? (map[start] ?? -1) : next < count ? (map[next] ?? -1) : -1;
  // Nothing between the line above and this one over there, either.
  if (hunk.newLines === 0 && next >= count) return start === 0 || above >= 0;
  return (start === 0 || above >= 0) && first === above + 1;
}
