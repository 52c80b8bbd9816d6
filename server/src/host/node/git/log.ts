/**
 * Commits: which ones a range has, and what each says of itself. Read from the commit objects themselves, so that no setting, mail map, graft or replacement of the
 * repository changes what an audit sees; only where history is cut off (a shallow clone) git's word on the parents counts.
 */
import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';
import { messageText } from './text.js';

export interface CommitPerson {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 with the offset of whoever made it; empty where it cannot be read. */
  readonly date: string;
}

export interface Commit {
  /** Full hash. */
  readonly sha: string;
  readonly tree: string;
  /** As far as they are here. */
  readonly parents: readonly string[];
  readonly author: CommitPerson;
  readonly committer: CommitPerson;
  /** All of it; untrusted text. */
  readonly message: string;
}

/** A commit's first line. */
export function subjectOf(message: string): string {
  return (
    message
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

export interface CommitList {
  /** Parents before children; all of a merged branch's commits come before the merge. */
  readonly commits: readonly { readonly sha: string; readonly parents: readonly string[] }[];
  readonly problems: readonly string[];
}

export interface CommitRange {
  /** Full hashes: what these have and `without` has not. */
  readonly from: readonly string[];
  readonly without: readonly string[];
  /** The newest so many. */
  readonly max: number;
  /** Any date that git understands. */
  readonly since?: string;
}

/** Never fails: where git does not walk through a broken history, what can be reached is walked here. */
export async function listCommits(repository: Repository, reader: ObjectReader, range: CommitRange): Promise<CommitList> {
  const { from, without, max, since } = range;
  const listed = await runGit(repository, [
    ...['rev-list', '--topo-order', '--parents', `--max-count=${max}`],
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...['--end-of-options', ...from, ...without.map((sha) => `^${sha}`), '--'],
  ]);
  if (listed.kind === 'failed') return walkHere(reader, range, listed.message);
  const commits = listed.stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [sha = '', ...parents] = line.split(' ');
      return { sha, parents };
    });
  return { commits: commits.toReversed(), problems: [] };
}

/** Commits that are walked through to find out what a range leaves out. */
const MAX_LEFT_OUT = 50_000;

async function walkHere(reader: ObjectReader, { from, without, max }: CommitRange, why: string): Promise<CommitList> {
  const left = new Set<string>();
  for (let next = [...without]; next.length > 0 && left.size < MAX_LEFT_OUT;) {
    const sha = next.pop() ?? '';
    if (left.has(sha)) continue;
    left.add(sha);
    next = [...next, ...((await readCommit(reader, sha))?.parents ?? [])];
  }
  const found = new Map<string, readonly string[]>();
  const missing = new Set<string>();
  const order: string[] = [];
  const pending: { readonly sha: string; readonly done: boolean }[] = from.map((sha) => ({ sha, done: false }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { sha, done } = next;
    if (done) order.push(sha);
    if (done || found.has(sha) || missing.has(sha) || left.has(sha) || found.size >= max) continue;
    const commit = await readCommit(reader, sha);
    if (commit === undefined) {
      missing.add(sha);
      continue;
    }
    found.set(sha, commit.parents);
    pending.push({ sha, done: true }, ...commit.parents.map((parent) => ({ sha: parent, done: false })));
  }
  return {
    commits: order.map((sha) => ({ sha, parents: found.get(sha) ?? [] })),
    problems: [`git does not walk through this history (${why}): only what can be reached was looked at`],
  };
}

/** Undefined where the commit is not here or is none. */
export async function readCommit(reader: ObjectReader, sha: string, parents?: readonly string[]): Promise<Commit | undefined> {
  const object = await reader.read(sha, MAX_COMMIT_BYTES);
  if (object.kind !== 'commit') return undefined;
  const { bytes } = object;
  const end = bytes.indexOf('\n\n');
  const head = (end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1');
  const fields = new Map<string, string>();
  const named: string[] = [];
  for (const line of head.split('\n')) {
    if (line.startsWith(' ')) continue; // goes on with the field before, e.g. a signature
    const space = line.indexOf(' ');
    const key = line.slice(0, space);
    if (key === 'parent') named.push(line.slice(space + 1));
    else if (!fields.has(key)) fields.set(key, line.slice(space + 1));
  }
  const encoding = fields.get('encoding');
  const text = (field: string): string => messageText(Buffer.from(fields.get(field) ?? '', 'latin1'), encoding);
  return {
    sha,
    tree: fields.get('tree') ?? '',
    parents: parents ?? named,
    author: person(text('author')),
    committer: person(text('committer')),
    message: end < 0 ? '' : messageText(bytes.subarray(end + 2), encoding),
  };
}

const MAX_COMMIT_BYTES = 16 * 1024 * 1024;

/** `Name <mail> 1700000000 +0100`; a broken one gives what can be read. */
function person(line: string): CommitPerson {
  const open = line.indexOf('<');
  const close = line.lastIndexOf('>');
  if (open < 0 || close < open) return { name: line.trim(), email: '', date: '' };
  return { name: line.slice(0, open).trim(), email: line.slice(open + 1, close), date: dateOf(line.slice(close + 1).trim()) };
}

function dateOf(text: string): string {
  const match = /^(-?\d{1,12})(?: ([+-])(\d{2})(\d{2}))?$/.exec(text);
  if (match === null) return '';
  const [, seconds = '0', sign = '+', hours = '00', minutes = '00'] = match;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const date = new Date((Number(seconds) + offset * 60) * 1000);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 19)}${sign}${hours}:${minutes}`;
}
