/**
 * Objects of a repository by their hashes: one long-lived `git cat-file --batch`. An object that is missing (a partial clone, a shallow one, a broken one) is an
 * answer, and a git that dies of one is started again for the others. What is larger than asked for is passed over without being kept.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { startGit } from './run.js';
import type { GitPlace } from './run.js';

export type GitObject =
  | { readonly kind: 'blob' | 'tree' | 'commit' | 'tag'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'missing' };

export interface ObjectReader {
  /** @param hash hexadecimal, in full; @param maxBytes 0 is no limit. Never rejects. */
  read(hash: string, maxBytes: number): Promise<GitObject>;
  /** Ends git. Whoever still waits gets `missing`. */
  close(): void;
}

interface Request {
  readonly hash: string;
  readonly maxBytes: number;
  readonly answer: (object: GitObject) => void;
}

const MISSING: GitObject = { kind: 'missing' };
const HASH = /^(?:[\da-f]{40}|[\da-f]{64})$/;

export function createObjectReader(place: GitPlace): ObjectReader {
  let child: ChildProcessWithoutNullStreams | undefined;
  let waiting: Request[] = [];
  let closed = false;
  /** Parsing of the answer at hand. */
  let header: Buffer = Buffer.alloc(0);
  let body: { readonly kind: string; readonly size: number; left: number; readonly keep: Buffer[] | undefined } | undefined;
  /** After a body comes one line feed. */
  let skipEnd = false;

  const start = (): ChildProcessWithoutNullStreams => {
    const started = startGit(place, ['cat-file', '--batch']);
    header = Buffer.alloc(0);
    body = undefined;
    skipEnd = false;
    started.stdout.on('data', (chunk: Buffer) => take(chunk));
    started.stderr.resume();
    started.stdin.on('error', () => undefined);
    let over = false;
    const ended = (): void => {
      if (over || child !== started) return;
      over = true;
      child = undefined;
      // It died of the one that it was about to answer.
      waiting.shift()?.answer(MISSING);
      if (closed || waiting.length === 0) return giveUpIfClosed();
      child = start();
      for (const { hash } of waiting) child.stdin.write(`${hash}\n`);
    };
    started.on('error', ended);
    started.on('close', ended);
    return started;
  };

  const giveUpIfClosed = (): void => {
    if (!closed) return;
    for (const { answer } of waiting) answer(MISSING);
    waiting = [];
  };

  const settle = (object: GitObject): void => waiting.shift()?.answer(object);

  const take = (chunk: Buffer): void => {
    let at = 0;
    while (at < chunk.length) {
      if (skipEnd) {
        at++;
        skipEnd = false;
        continue;
      }
      if (body !== undefined) {
        const length = Math.min(body.left, chunk.length - at);
        body.keep?.push(chunk.subarray(at, at + length));
        body.left -= length;
        at += length;
        if (body.left === 0) finishBody();
        continue;
      }
      const end = chunk.indexOf(10, at);
      if (end < 0) {
        header = Buffer.concat([header, chunk.subarray(at)]);
        return;
      }
      const line = Buffer.concat([header, chunk.subarray(at, end)]).toString('latin1');
      header = Buffer.alloc(0);
      at = end + 1;
      const [, kind = '', size] = line.split(' ');
      if (size === undefined) {
        settle(MISSING);
        continue;
      }
      const limit = waiting[0]?.maxBytes ?? 0;
      const bytes = Number(size);
      body = { kind, size: bytes, left: bytes, keep: limit > 0 && bytes > limit ? undefined : [] };
      if (bytes === 0) finishBody();
    }
  };

  const finishBody = (): void => {
    const done = body;
    body = undefined;
    skipEnd = true;
    if (done === undefined) return;
    if (done.keep === undefined) settle({ kind: 'too-large', size: done.size });
    else settle({ kind: done.kind as 'blob' | 'tree' | 'commit' | 'tag', bytes: Buffer.concat(done.keep) });
  };

  return {
    read(hash, maxBytes) {
      if (closed || !HASH.test(hash)) return Promise.resolve(MISSING);
      return new Promise((answer) => {
        waiting.push({ hash, maxBytes, answer });
        child ??= start();
        if (child.stdin.writable) child.stdin.write(`${hash}\n`);
      });
    },
    close() {
      closed = true;
      const running = child;
      child = undefined;
      giveUpIfClosed();
      running?.stdin.end();
      running?.kill();
    },
  };
}
