/**
 * What is not committed yet: the index or the working tree against the head. Git only says which files may differ; it never reads a file of the working tree
 * here, as it would run the filters that the repository's settings name. Moves in the working tree are so two files; the audit finds them by their text.
 */
import { parseEntries } from './changes.js';
import type { ChangedEntry } from './changes.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';
import { pathText } from './text.js';

export type PendingChanges =
  | { readonly kind: 'entries'; readonly entries: readonly ChangedEntry[] }
  | { readonly kind: 'failed'; readonly message: string };

const ZEROS = '0'.repeat(40);

/** @param tree what to compare with: a commit or a tree, full hash */
export async function pendingChanges(repository: Repository, what: 'staged' | 'worktree', tree: string): Promise<PendingChanges> {
  const common = ['diff-index', '--raw', '-z', '--no-abbrev', '--no-ext-diff', '--no-textconv'];
  const listed = await runGit(repository, [
    ...common,
    ...(what === 'staged' ? ['--cached', repository.partial ? '-M100%' : '-M60%'] : ['--no-renames', '--ignore-submodules=dirty']),
    tree,
    '--',
  ]);
  if (listed.kind === 'failed') return { kind: 'failed', message: listed.message };
  const entries = parseEntries(listed.stdout);
  if (what === 'staged') return { kind: 'entries', entries };
  const others = await runGit(repository, ['ls-files', '--others', '--exclude-standard', '-z', '--full-name']);
  if (others.kind === 'failed') return { kind: 'failed', message: others.message };
  return { kind: 'entries', entries: [...entries, ...untracked(others.stdout)] };
}

function untracked(bytes: Buffer): readonly ChangedEntry[] {
  const entries: ChangedEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break;
    const path = pathText(bytes.subarray(at, end));
    at = end + 1;
    // A folder is a repository of its own.
    if (path.endsWith('/')) continue;
    entries.push({ status: 'added', path, oldMode: '000000', newMode: '100644', oldBlob: ZEROS, newBlob: ZEROS });
  }
  return entries;
}
