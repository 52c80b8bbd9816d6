/** Files as commits have them: the text of one, and where one stood before, for whoever shows the two beside each other. */
import { createTreeDiffs } from './changes.js';
import { readCommit } from './log.js';
import { createObjectReader } from './objects.js';
import type { Repository } from './repository.js';
import { messageText } from './text.js';
import { createTreePaths } from './treePaths.js';

export type FileVersion =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' | 'binary' | 'too-large' | 'missing' | 'no-file' };

/** A file before and after; undefined where it did not exist. Paths are relative to the repository. */
export interface FileSides {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** @param commit full hash; @param path `/` between folders */
export async function fileAt(repository: Repository, commit: string, path: string, maxBytes: number): Promise<FileVersion> {
  const reader = createObjectReader(repository);
  try {
    const known = await readCommit(reader, commit);
    if (known === undefined) return { kind: 'missing' };
    const entry = await createTreePaths(reader).at(known.tree, path);
    if (entry === undefined) return { kind: 'none' };
    // A folder or a submodule; of a link, where it leads is its text.
    if (!entry.mode.startsWith('10') && entry.mode !== '120000') return { kind: 'no-file' };
    const object = await reader.read(entry.hash, maxBytes);
    if (object.kind === 'too-large') return { kind: 'too-large' };
    if (object.kind !== 'blob') return { kind: 'missing' };
    return object.bytes.subarray(0, 8_000).includes(0)
      ? { kind: 'binary' }
      : { kind: 'text', text: messageText(object.bytes, undefined).replace(/^\ufeff/, '') };
  } finally {
    reader.close();
  }
}

/**
 * @param base full hash, or undefined where nothing was before; @param head full hash, or undefined for the working tree
 * @param path in the head, or in the base where the head has it no more
 */
export async function fileSides(
  repository: Repository,
  base: string | undefined,
  head: string | undefined,
  path: string,
): Promise<FileSides> {
  const reader = createObjectReader(repository);
  const diffs = createTreeDiffs(repository);
  try {
    const before = base === undefined ? undefined : await readCommit(reader, base);
    const after = head === undefined ? undefined : await readCommit(reader, head);
    const paths = createTreePaths(reader);
    const had = before !== undefined && (await paths.at(before.tree, path)) !== undefined;
    if (head === undefined) return { before: had ? path : undefined, after: path };
    const has = after !== undefined && (await paths.at(after.tree, path)) !== undefined;
    const entries = before === undefined || after === undefined ? undefined : await diffs.between(before.tree, after.tree);
    const entry = entries?.find((each) => each.path === path && each.status !== 'deleted');
    const moved = entry?.status === 'renamed' || entry?.status === 'copied' ? entry.oldPath : undefined;
    return { before: moved ?? (had ? path : undefined), after: has ? path : undefined };
  } finally {
    reader.close();
    diffs.close();
  }
}
