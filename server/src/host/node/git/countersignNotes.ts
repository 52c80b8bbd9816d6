/**
 * Countersignatures in `refs/notes/countersign`: an ordinary notes tree, one record per line, so that `git notes` shows it and
 * `git notes merge --strategy=cat_sort_uniq` joins two reviewers'. Appending replaces nothing: the ref moves only from the commit that was read, and whoever comes
 * second reads again. No other ref, no working tree, no index and no remote is written, and no hook runs.
 */
import type { Person } from '../../../core/audit/record.js';
import { runGit } from './run.js';
import type { GitPlace } from './run.js';

export const NOTES_REF = 'refs/notes/countersign';

export interface StoredNote {
  /** The commit that it is a note of. */
  readonly commit: string;
  readonly text: string;
}

export type NotesRead =
  | { readonly kind: 'notes'; readonly notes: readonly StoredNote[]; readonly problems: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

export type Appended = { readonly kind: 'appended'; readonly notesCommit: string } | { readonly kind: 'failed'; readonly message: string };

interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly hash: string;
  readonly name: string;
}

const MAX_NOTE_BYTES = 2_000_000;
const MAX_ALL_NOTES_BYTES = 200_000_000;
const ATTEMPTS = 50;

/** All notes, by commit; none where the ref does not exist. */
export async function readNotes(place: GitPlace): Promise<NotesRead> {
  const tip = await notesTip(place);
  if (tip === undefined) return { kind: 'notes', notes: [], problems: [] };
  const listed = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', tip]);
  if (listed.kind === 'failed') return { kind: 'failed', message: `${NOTES_REF} cannot be read: ${listed.message}` };
  const entries = treeEntries(listed.stdout).flatMap((entry) => {
    const commit = entry.name.replaceAll('/', '');
    return entry.type === 'blob' && isHash(commit) ? [{ ...entry, commit }] : [];
  });
  const problems: string[] = [];
  const notes: StoredNote[] = [];
  const batch = await runGit(place, ['cat-file', '--batch'], {
    input: entries.map(({ hash }) => `${hash}\n`).join(''),
    maxBytes: MAX_ALL_NOTES_BYTES,
  });
  if (batch.kind === 'failed') return { kind: 'failed', message: `${NOTES_REF} cannot be read: ${batch.message}` };
  let at = 0;
  for (const { commit } of entries) {
    const end = batch.stdout.indexOf(10, at);
    const [, type, size] = batch.stdout.subarray(at, end).toString('latin1').split(' ');
    at = end + 1;
    if (type !== 'blob' || size === undefined) {
      problems.push(`the note of ${commit.slice(0, 12)} is missing from this copy`);
      continue;
    }
    const bytes = batch.stdout.subarray(at, at + Number(size));
    at += Number(size) + 1;
    if (bytes.length > MAX_NOTE_BYTES) problems.push(`the note of ${commit.slice(0, 12)} is larger than ${MAX_NOTE_BYTES} bytes`);
    else notes.push({ commit, text: bytes.toString('utf8') });
  }
  return { kind: 'notes', notes, problems };
}

/** Adds one line to the note of a commit. @param identity who the notes' own commit is by */
export async function appendNote(place: GitPlace, commit: string, line: string, identity: Person): Promise<Appended> {
  let message = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const done = await tryAppend(place, commit, line, identity);
    if (done.kind === 'appended') return done;
    message = done.message;
    if (!done.again) break;
    // Another reviewer was first. Waiting a little, differently each time, lets both through.
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20 * (attempt + 1)));
  }
  return { kind: 'failed', message: `${NOTES_REF} could not be written: ${message}` };
}

type Attempt = Appended | { readonly kind: 'failed'; readonly message: string; readonly again: boolean };

async function tryAppend(place: GitPlace, commit: string, line: string, identity: Person): Promise<Attempt & { readonly again?: boolean }> {
  const failed = (message: string, again = false) => ({ kind: 'failed' as const, message, again });
  const tip = await notesTip(place);
  const tree = await withNote(place, tip === undefined ? undefined : `${tip}^{tree}`, commit, line);
  if (typeof tree !== 'string') return failed(tree.message);
  const made = await runGit(
    place,
    ['commit-tree', ...(tip === undefined ? [] : ['-p', tip]), '-m', `Countersign ${commit}`, tree],
    // The notes' history is by whoever signs, whatever the repository's configuration says.
    {
      env: {
        GIT_AUTHOR_NAME: identity.name,
        GIT_AUTHOR_EMAIL: identity.email,
        GIT_COMMITTER_NAME: identity.name,
        GIT_COMMITTER_EMAIL: identity.email,
      },
    },
  );
  if (made.kind === 'failed') return failed(made.message);
  const notesCommit = made.stdout.toString('utf8').trim();
  // `--no-deref`: a repository may have made the ref a name for one of its branches.
  const updated = await runGit(place, [
    'update-ref',
    '--no-deref',
    '-m',
    'countersign: sign',
    NOTES_REF,
    notesCommit,
    tip ?? '0'.repeat(notesCommit.length),
  ]);
  if (updated.kind === 'ok') return { kind: 'appended', notesCommit };
  return failed(updated.message, true);
}

/** The notes tree with a line more in one note: its hash. */
async function withNote(
  place: GitPlace,
  tree: string | undefined,
  commit: string,
  line: string,
): Promise<string | { readonly message: string }> {
  const problem = (message: string) => ({ message });
  // From the root down to where the note is, or would be: two digits per level, as far as there are such folders.
  const levels: { readonly entries: readonly TreeEntry[]; readonly name: string }[] = [];
  let at = tree;
  let rest = commit;
  for (;;) {
    const listed = at === undefined ? undefined : await runGit(place, ['ls-tree', '-z', '--full-tree', '--end-of-options', at]);
    if (listed?.kind === 'failed') return problem(listed.message);
    const entries = listed === undefined ? [] : treeEntries(listed.stdout);
    const folder = entries.find((entry) => entry.type === 'tree' && entry.name === rest.slice(0, 2));
    if (folder === undefined || entries.some((entry) => entry.name === rest)) {
      levels.push({ entries, name: rest });
      break;
    }
    levels.push({ entries, name: folder.name });
    at = folder.hash;
    rest = rest.slice(2);
  }
  const old = levels.at(-1)?.entries.find((entry) => entry.name === rest);
  let before: Buffer = Buffer.alloc(0);
  if (old !== undefined) {
    const read = await runGit(place, ['cat-file', 'blob', old.hash], { maxBytes: MAX_NOTE_BYTES });
    if (read.kind === 'failed') return problem(`the note that is there cannot be read: ${read.message}`);
    before = read.stdout;
  }
  const glue = before.length > 0 && before.at(-1) !== 10 ? '\n' : '';
  const blob = await runGit(place, ['hash-object', '-w', '-t', 'blob', '--stdin'], {
    input: Buffer.concat([before, Buffer.from(`${glue}${line}\n`, 'utf8')]),
  });
  if (blob.kind === 'failed') return problem(blob.message);
  let entry: TreeEntry = { mode: '100644', type: 'blob', hash: blob.stdout.toString('utf8').trim(), name: rest };
  for (const { entries, name } of levels.toReversed()) {
    const next = [...entries.filter((other) => other.name !== name), { ...entry, name }];
    const made = await runGit(place, ['mktree', '-z', '--missing'], {
      input: Buffer.from(next.map(({ mode, type, hash, name: path }) => `${mode} ${type} ${hash}\t${path}\0`).join(''), 'latin1'),
    });
    if (made.kind === 'failed') return problem(made.message);
    entry = { mode: '040000', type: 'tree', hash: made.stdout.toString('utf8').trim(), name };
  }
  return entry.hash;
}

async function notesTip(place: GitPlace): Promise<string | undefined> {
  const found = await runGit(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${NOTES_REF}^{commit}`]);
  return found.kind === 'ok' ? found.stdout.toString('utf8').trim() : undefined;
}

/** Names stay bytes (one code unit each): a notes tree may hold files that are no notes, which are kept as they are. */
function treeEntries(output: Buffer): readonly TreeEntry[] {
  return output
    .toString('latin1')
    .split('\0')
    .flatMap((row) => {
      const match = /^(\d+) (\w+) ([\da-f]+)\t(.*)$/s.exec(row);
      return match === null ? [] : [{ mode: match[1] ?? '', type: match[2] ?? '', hash: match[3] ?? '', name: match[4] ?? '' }];
    });
}

function isHash(text: string): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(text);
}
