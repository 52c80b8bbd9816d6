/**
 * What differs between two trees: `git diff-tree`, one long-lived process for as many pairs of trees as an audit has. It is only asked for names, modes and
 * hashes; texts are read by their hashes and compared by our own diff, so that no attribute of the repository hides a line.
 *
 * A merge is compared with each of its parents: what it brings in itself is what differs from all of them.
 */
import { randomUUID } from 'node:crypto';
import { startGit } from './run.js';
import type { Repository } from './repository.js';
import { pathText } from './text.js';

export interface ChangedEntry {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied' | 'mode-changed';
  /** In the new tree; of a deleted file, in the old one. */
  readonly path: string;
  readonly oldPath?: string;
  readonly oldMode: string;
  readonly newMode: string;
  /** Zeros where there is none, or where the file is on disk only. */
  readonly oldBlob: string;
  readonly newBlob: string;
}

export interface TreeDiffs {
  /** @param before, after hashes of trees, in full. `undefined`: git cannot tell, e.g. a tree is missing. */
  between(before: string, after: string): Promise<readonly ChangedEntry[] | undefined>;
  close(): void;
}

/** Above so many added and deleted files git looks for equal ones only: the comparison of all pairs would not end. */
const RENAME_LIMIT = 1_500;

export function createTreeDiffs(repository: Repository): TreeDiffs {
  // In a partial clone the texts that a likeness is judged by may not be here.
  const renames = repository.partial ? '-M100%' : '-M60%';
  // Git prints a line that is no hash as it is, and flushes: the end of an answer. No path can hold it.
  const end = `end-${randomUUID()}`;
  const mark = Buffer.from(`${end}\n`);
  let queue: Promise<unknown> = Promise.resolve();
  let child: ReturnType<typeof startGit> | undefined;
  let closed = false;
  let chunks: Buffer[] = [];
  let answer: ((entries: readonly ChangedEntry[] | undefined) => void) | undefined;

  const settle = (entries: readonly ChangedEntry[] | undefined): void => {
    const settled = answer;
    answer = undefined;
    chunks = [];
    settled?.(entries);
  };
  const start = (): ReturnType<typeof startGit> => {
    const started = startGit(repository, [
      ...['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-abbrev', renames, `-l${RENAME_LIMIT}`],
      ...['--no-ext-diff', '--no-textconv', '--ignore-submodules=none'],
    ]);
    started.stdin.on('error', () => undefined);
    started.stderr.resume();
    started.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const tail = chunk.length >= mark.length ? chunk : Buffer.concat(chunks.slice(-mark.length));
      if (!tail.subarray(-mark.length).equals(mark)) return;
      const whole = Buffer.concat(chunks);
      const bytes = whole.subarray(0, whole.length - mark.length);
      // The line with the two trees comes first, unless one of them cannot be read.
      settle(bytes.length === 0 ? undefined : parseEntries(bytes));
    });
    const ended = (): void => {
      if (child !== started) return;
      child = undefined;
      settle(undefined);
    };
    started.on('error', ended);
    started.on('close', ended);
    return started;
  };

  return {
    between(before, after) {
      const asked = queue.then(
        () =>
          new Promise<readonly ChangedEntry[] | undefined>((resolve) => {
            if (closed) {
              resolve(undefined);
              return;
            }
            answer = resolve;
            child ??= start();
            child.stdin.write(`${before} ${after}\n${end}\n`);
          }),
      );
      queue = asked;
      return asked;
    },
    close() {
      closed = true;
      const running = child;
      child = undefined;
      settle(undefined);
      running?.stdin.end();
      running?.kill();
    },
  };
}

/** @param bytes `:modes hashes status NUL path NUL [path NUL]` after a line with the hashes of the trees */
export function parseEntries(bytes: Buffer): readonly ChangedEntry[] {
  const entries: ChangedEntry[] = [];
  const parts: Buffer[] = [];
  let at = bytes[0] === 0x3a ? 0 : bytes.indexOf(':');
  if (at < 0) return entries;
  while (at < bytes.length) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break;
    parts.push(bytes.subarray(at, end));
    at = end + 1;
  }
  for (let i = 0; i < parts.length;) {
    const head = (parts[i++] ?? Buffer.alloc(0)).toString('latin1');
    const match = /^:(\d+) (\d+) ([\da-f]+) ([\da-f]+) ([A-Z])\d*$/.exec(head);
    if (match === null) break;
    const [, oldMode = '', newMode = '', oldBlob = '', newBlob = '', letter = ''] = match;
    const first = pathText(parts[i++] ?? Buffer.alloc(0));
    const two = letter === 'R' || letter === 'C';
    const second = two ? pathText(parts[i++] ?? Buffer.alloc(0)) : first;
    const status = statusOf(letter, oldMode, newMode, oldBlob === newBlob);
    entries.push({
      status,
      path: second,
      ...(status === 'added' ? {} : { oldPath: first }),
      oldMode,
      newMode,
      oldBlob,
      newBlob,
    });
  }
  return entries;
}

function statusOf(letter: string, oldMode: string, newMode: string, sameText: boolean): ChangedEntry['status'] {
  switch (letter) {
    case 'A':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
    case 'C':
      return 'copied';
    default:
      return sameText && oldMode !== newMode ? 'mode-changed' : 'modified';
  }
}
