/**
 * What an audit was asked about, as trees and commits. `A..B` and `A...B` are what B has and A has not, from where they parted; one revision is what it has and
 * the default branch has not; nothing named is the current branch against its upstream, else against the default branch. The base governs the audit.
 */
import { listCommits } from './log.js';
import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';

export type AuditQuestion =
  | { readonly kind: 'range'; readonly range?: string }
  | { readonly kind: 'commit'; readonly revision: string }
  /** Of the current branch; any date that git understands. */
  | { readonly kind: 'since'; readonly date: string }
  | { readonly kind: 'staged' }
  | { readonly kind: 'worktree' };

export interface ResolvedRange {
  /** As a person would write it. */
  readonly shown: string;
  /** Full hash; undefined: there is nothing before the first commit. */
  readonly base: string | undefined;
  /** Full hash; undefined: nothing is committed yet. */
  readonly head: string | undefined;
  /** Oldest first; parents before children. */
  readonly commits: readonly { readonly sha: string; readonly parents: readonly string[] }[];
  /** Whether there are more than were asked for. */
  readonly cut: boolean;
  /** Changes that are not committed are looked at, too. */
  readonly also?: 'staged' | 'worktree';
  readonly problems: readonly string[];
}

export type RangeResult =
  | { readonly kind: 'range'; readonly range: ResolvedRange }
  | { readonly kind: 'unusable'; readonly message: string };

/** @param max commits at most: the newest */
export async function resolveRange(
  repository: Repository,
  reader: ObjectReader,
  question: AuditQuestion,
  max: number,
): Promise<RangeResult> {
  const asked: Asked = { repository, reader, max };
  const head = await commitOf(repository, 'HEAD');
  switch (question.kind) {
    case 'staged':
    case 'worktree':
      if (repository.bare)
        return {
          kind: 'unusable',
          message: `this repository is bare: it has no ${question.kind === 'staged' ? 'staged changes' : 'working tree'}`,
        };
      return {
        kind: 'range',
        range: { shown: `--${question.kind}`, base: head, head, commits: [], cut: false, also: question.kind, problems: [] },
      };
    case 'commit': {
      const sha = await commitOf(repository, question.revision);
      if (sha === undefined) return noCommit(question.revision);
      const { commits, problems } = await listCommits(repository, reader, { from: [sha], without: [], max: 1 });
      const base = commits[0]?.parents[0];
      return { kind: 'range', range: { shown: `--commit ${question.revision}`, base, head: sha, commits, cut: false, problems } };
    }
    case 'since': {
      if (head === undefined) return empty;
      return walk(asked, { shown: `--since ${question.date}`, head, since: question.date });
    }
    case 'range':
      return question.range === undefined ? currentBranch(asked, head) : namedRange(asked, question.range, head);
  }
}

interface Asked {
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly max: number;
}

const empty: RangeResult = { kind: 'unusable', message: 'this repository has no commit yet' };

function noCommit(revision: string): RangeResult {
  return { kind: 'unusable', message: `there is no commit \`${revision}\` here` };
}

async function namedRange(asked: Asked, range: string, head: string | undefined): Promise<RangeResult> {
  const { repository } = asked;
  const match = /^(.*?)(\.\.\.?)(.*)$/s.exec(range);
  if (match === null) {
    const sha = await commitOf(repository, range);
    if (sha === undefined) return noCommit(range);
    const against = await defaultBranch(repository, sha);
    return against === undefined || against.sha === sha
      ? walk(asked, { shown: range, head: sha })
      : between(asked, `${against.name}..${range}`, against.sha, sha);
  }
  const [, left = '', , right = ''] = match;
  const from = left === '' ? head : await commitOf(repository, left);
  const to = right === '' ? head : await commitOf(repository, right);
  if (from === undefined) return noCommit(left === '' ? 'HEAD' : left);
  if (to === undefined) return noCommit(right === '' ? 'HEAD' : right);
  return between(asked, range, from, to);
}

async function currentBranch(asked: Asked, head: string | undefined): Promise<RangeResult> {
  const { repository } = asked;
  if (head === undefined) return empty;
  const upstream = await commitOf(repository, '@{upstream}');
  if (upstream !== undefined && upstream !== head) return between(asked, '@{upstream}..HEAD', upstream, head);
  const against = await defaultBranch(repository, head);
  if (against !== undefined && against.sha !== head) return between(asked, `${against.name}..HEAD`, against.sha, head);
  return {
    kind: 'unusable',
    message:
      'the current branch has nothing that its upstream or the default branch has not: name a range, e.g. `HEAD~10..HEAD`, or a commit',
  };
}

/** What `to` has and `from` has not, from where they parted. */
async function between(asked: Asked, shown: string, from: string, to: string): Promise<RangeResult> {
  const { repository } = asked;
  const merged = await runGit(repository, ['merge-base', '--end-of-options', from, to]);
  const base = merged.kind === 'ok' ? merged.stdout.toString('latin1').trim() : undefined;
  const problems =
    base === undefined
      ? [
          repository.shallow
            ? 'the clone is shallow and where the branches parted is not here: compared with the named commit itself'
            : 'the two sides have no common commit: compared with the named commit itself',
        ]
      : [];
  return walk(asked, { shown, head: to, without: from, base: base ?? from }, problems);
}

interface Walk {
  readonly shown: string;
  readonly head: string;
  readonly without?: string;
  readonly base?: string;
  readonly since?: string;
}

async function walk(
  { repository, reader, max }: Asked,
  { shown, head, without, base, since }: Walk,
  problems: readonly string[] = [],
): Promise<RangeResult> {
  const listed = await listCommits(repository, reader, {
    from: [head],
    without: without === undefined ? [] : [without],
    max: max + 1,
    ...(since === undefined ? {} : { since }),
  });
  const cut = listed.commits.length > max;
  const commits = listed.commits.slice(cut ? 1 : 0);
  // A range without an end of its own begins before its oldest commit.
  const first = cut || base === undefined ? baseOf(commits) : base;
  const said = cut ? [`the range has more than ${max} commits: only the newest ${max} were looked at (--max-commits)`] : [];
  return { kind: 'range', range: { shown, base: first, head, commits, cut, problems: [...problems, ...listed.problems, ...said] } };
}

/** The parent that lies before all of them: of the oldest commit along first parents. */
function baseOf(commits: readonly { readonly sha: string; readonly parents: readonly string[] }[]): string | undefined {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  for (let commit = commits.at(-1); commit !== undefined;) {
    const parent = commit.parents[0];
    const next = parent === undefined ? undefined : known.get(parent);
    if (next === undefined) return parent;
    commit = next;
  }
  return undefined;
}

/** The branch that others are made from, as far as this repository knows one. */
async function defaultBranch(repository: Repository, head: string): Promise<{ readonly name: string; readonly sha: string } | undefined> {
  const remote = await runGit(repository, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  const named = remote.kind === 'ok' ? [remote.stdout.toString('utf8').trim()] : [];
  for (const name of [...named, 'origin/main', 'origin/master', 'main', 'master']) {
    const sha = await commitOf(repository, name);
    if (sha !== undefined && (sha !== head || name === 'main' || name === 'master')) return { name, sha };
  }
  return undefined;
}

/** The full hash of a commit that a person named; undefined where there is none, or the name is no revision. */
export async function commitOf(repository: Repository, revision: string): Promise<string | undefined> {
  if (revision === '' || /[\0\n]/.test(revision)) return undefined;
  const found = await runGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  const sha = found.kind === 'ok' ? found.stdout.toString('latin1').trim().split('\n').at(-1) : undefined;
  return sha !== undefined && /^[\da-f]{40,64}$/.test(sha) ? sha : undefined;
}
