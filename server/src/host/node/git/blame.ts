/**
 * Where the lines of a file come from: `git blame`, through renames, moves within the file and changes of white space. Commits before the base are not looked
 * through: their lines belong to the base.
 */
import type { Repository } from './repository.js';
import { runGit } from './run.js';
import { unquotePath } from './text.js';

/** A run of lines of the file, and what they were in the commit that wrote them. */
export interface BlamedRun {
  readonly commit: string;
  /** In that commit's tree. */
  readonly path: string;
  /** 1-based line in that commit's file, and in the file that was asked about. */
  readonly originalStart: number;
  readonly start: number;
  readonly count: number;
  /** The search ended here: the base's, or where history is cut off. */
  readonly boundary: boolean;
}

/** @param head full hash; @param base full hash, or undefined for all of history. Undefined: git cannot tell. */
export async function blame(repository: Repository, head: string, path: string, base?: string): Promise<readonly BlamedRun[] | undefined> {
  const output = await runGit(repository, [
    // A list of commits to pass over would be the repository's own say.
    ...['-c', 'blame.ignoreRevsFile=', 'blame', '--porcelain', '-w', '-M', '--no-textconv'],
    // Without a base nothing lies before the first commit: its lines are its own.
    ...(base === undefined ? ['--root', head] : [head, `^${base}`]),
    ...['--', path],
  ]);
  return output.kind === 'ok' ? parseBlame(output.stdout.toString('utf8')) : undefined;
}

/** @param text of `git blame --porcelain`: what a commit says of itself comes with its first line only */
export function parseBlame(text: string): readonly BlamedRun[] {
  const paths = new Map<string, string>();
  const boundaries = new Set<string>();
  const heads: { commit: string; originalStart: number; start: number; count: number; key: string }[] = [];
  let current: (typeof heads)[number] | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('\t')) continue;
    const head = /^([\da-f]{40,64}) (\d+) (\d+)(?: (\d+))?$/.exec(line);
    if (head !== null) {
      const [, commit = '', originalStart = '1', start = '1', count] = head;
      if (count !== undefined) {
        current = { commit, originalStart: Number(originalStart), start: Number(start), count: Number(count), key: '' };
        heads.push(current);
      }
    } else if (line.startsWith('filename ') && current !== undefined) {
      current.key = unquotePath(line.slice('filename '.length));
      paths.set(current.commit, current.key);
    } else if (line === 'boundary' && current !== undefined) boundaries.add(current.commit);
  }
  return heads.map(({ key, ...run }) => ({
    ...run,
    path: key === '' ? (paths.get(run.commit) ?? '') : key,
    boundary: boundaries.has(run.commit),
  }));
}
