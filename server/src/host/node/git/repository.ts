/**
 * Finds the repository around a folder, and says what it is: bare, shallow, a partial clone, which hash. Every reason why it cannot be read is one sentence
 * for a report.
 */
import { findGitProgram, runGit } from './run.js';
import type { GitPlace } from './run.js';
import { statOrUndefined } from '../files-small.js';

export interface Repository extends GitPlace {
  readonly bare: boolean;
  /** History is cut off: the oldest commits seem to have added everything. */
  readonly shallow: boolean;
  /** A partial clone: objects may be missing, and are not fetched. */
  readonly partial: boolean;
  readonly hash: 'sha1' | 'sha256';
  /** Of the tree without anything in it. */
  readonly emptyTree: string;
}

export type OpenedRepository =
  | { readonly kind: 'open'; readonly repository: Repository }
  | { readonly kind: 'closed'; readonly reason: 'no-folder' | 'no-git' | 'no-repository' | 'refused'; readonly message: string };

const EMPTY_TREES = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const;

/** @param directory absolute; anywhere inside the repository */
export async function openRepository(directory: string): Promise<OpenedRepository> {
  if (statOrUndefined(directory)?.isDirectory() !== true)
    return { kind: 'closed', reason: 'no-folder', message: 'there is no such folder' };
  const program = findGitProgram(directory);
  if (program === undefined)
    return { kind: 'closed', reason: 'no-git', message: 'git was not found in PATH: commits cannot be read without it' };
  const asked = await runGit({ program, directory }, [
    'rev-parse',
    '--is-bare-repository',
    '--is-shallow-repository',
    '--show-object-format',
  ]);
  if (asked.kind === 'failed') {
    const none = /not a git repository/i.test(asked.message);
    if (asked.reason === 'no-git') return { kind: 'closed', reason: 'no-git', message: asked.message };
    return none
      ? { kind: 'closed', reason: 'no-repository', message: 'this folder is in no git repository' }
      : { kind: 'closed', reason: 'refused', message: `git does not read this repository: ${asked.message}` };
  }
  const [bare, shallow, format] = asked.stdout.toString('utf8').trim().split('\n');
  const isBare = bare === 'true';
  const top = isBare ? undefined : await runGit({ program, directory }, ['rev-parse', '--show-toplevel']);
  // Inside `.git` there is no working tree, though the repository has one: then this folder will do.
  const root = top?.kind === 'ok' ? top.stdout.toString('utf8').replace(/\n$/, '') : directory;
  const promisor = await runGit({ program, directory: root }, [
    'config',
    '--get-regexp',
    '^(extensions\\.partialclone|remote\\..*\\.promisor)$',
  ]);
  const settings = await programsOff({ program, directory: root });
  const hash = format === 'sha256' ? 'sha256' : 'sha1';
  return {
    kind: 'open',
    repository: {
      program,
      directory: root,
      settings,
      bare: isBare,
      shallow: shallow === 'true',
      partial: promisor.kind === 'ok' && promisor.stdout.length > 0,
      hash,
      emptyTree: EMPTY_TREES[hash],
    },
  };
}

/** Git reads a changed file of the working tree through the filters that settings name: with empty names it runs none. */
async function programsOff(place: GitPlace): Promise<readonly (readonly [key: string, value: string])[]> {
  const listed = await runGit(place, ['config', '-z', '--name-only', '--get-regexp', '^filter\\.']);
  if (listed.kind === 'failed') return [];
  const names = new Set(
    listed.stdout
      .toString('utf8')
      .split('\0')
      .flatMap((key) => /^filter\.(.*)\.[^.]+$/s.exec(key)?.[1] ?? []),
  );
  return [...names].flatMap((name) => [
    [`filter.${name}.clean`, ''] as const,
    [`filter.${name}.smudge`, ''] as const,
    [`filter.${name}.process`, ''] as const,
    [`filter.${name}.required`, 'false'] as const,
  ]);
}
