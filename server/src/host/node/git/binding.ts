/**
 * What ties a countersignature to a commit: its tree, parents, author, and a digest of its change alone. The digest is of git's diff with three lines around each
 * hunk, every space of it, without line numbers and hashes: a rebase onto other code leaves it as it is, a change of one character does not.
 */
import { createHash } from 'node:crypto';
import type { CommitBinding } from '../../../core/audit/record.js';
import { runGit } from './run.js';
import type { GitPlace } from './run.js';

export type CommitFacts = Omit<CommitBinding, 'change'>;

const MAX_DIFF_BYTES = 64 * 1024 * 1024;
const LONGEST_SUBJECT = 500;
const LONGEST_NAME = 300;

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Facts of commits, in the order of `hashes` (full ones); those that are missing are left out. */
export async function readFacts(place: GitPlace, hashes: readonly string[]): Promise<readonly CommitFacts[]> {
  if (hashes.length === 0) return [];
  const read = await runGit(
    place,
    [
      'log',
      '--no-walk=unsorted',
      '--stdin',
      '--ignore-missing',
      '-z',
      '--encoding=UTF-8',
      '--no-show-signature',
      '--date=iso-strict',
      '--format=%H%x01%T%x01%P%x01%an%x01%ae%x01%aI%x01%s',
    ],
    { input: hashes.map((hash) => `${hash}\n`).join('') },
  );
  return read.stdout
    .toString('utf8')
    .split('\0')
    .filter((row) => row !== '')
    .map((row) => {
      const [commit = '', tree = '', parents = '', name = '', email = '', date = '', ...subject] = row.split('\u0001');
      return {
        commit,
        tree,
        parents: parents.split(' ').filter((parent) => parent !== ''),
        author: { name: name.slice(0, LONGEST_NAME), email: email.slice(0, LONGEST_NAME), date },
        subject: subject.join('\u0001').slice(0, LONGEST_SUBJECT),
      };
    });
}

/** Digest of a commit's change against its first parent. */
export async function changeDigest(place: GitPlace, { commit, parents }: Pick<CommitFacts, 'commit' | 'parents'>): Promise<string> {
  const [parent] = parents;
  const revisions = parent === undefined ? ['--root', '--no-commit-id', commit] : [parent, commit];
  // Said in full, so that no configuration and no attribute has a say.
  const how = [
    '-r',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--no-relative',
    '--ignore-submodules=none',
    '-O/dev/null',
  ];
  const plain = { ...place, settings: [...(place.settings ?? []), ['diff.suppressBlankEmpty', 'false'] as const] };
  const patch = await runGit(
    plain,
    [
      'diff-tree',
      '-p',
      '--text',
      '--full-index',
      '-U3',
      '--inter-hunk-context=0',
      '--diff-algorithm=myers',
      '--no-indent-heuristic',
      '--submodule=short',
      '--src-prefix=a/',
      '--dst-prefix=b/',
      ...how,
      ...revisions,
    ],
    { maxBytes: MAX_DIFF_BYTES },
  );
  if (patch.kind === 'ok') return `sha256:${hashPatch(patch.stdout)}`;
  const raw = await runGit(plain, ['diff-tree', '--raw', '--full-index', '-z', ...how, ...revisions]);
  // Something that no other commit has: then nothing is taken for the same change.
  return raw.kind === 'ok' ? `raw-sha256:${sha256(raw.stdout)}` : `none:${commit}`;
}

/** Line by line: `index` lines are left out, of `@@` lines all but the mark. In a hunk every line begins with a space, `+`, `-` or a backslash. */
function hashPatch(patch: Buffer): string {
  const hash = createHash('sha256');
  for (let at = 0; at < patch.length;) {
    const found = patch.indexOf(10, at);
    const end = found < 0 ? patch.length : found + 1;
    const first = patch[at];
    if (first === 0x40) hash.update('@@\n');
    else if (first !== 0x69) hash.update(patch.subarray(at, end));
    at = end;
  }
  return hash.digest('hex');
}
