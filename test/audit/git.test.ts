/** Reading git: what runs, what does not, and what a broken repository answers. */
import { existsSync, writeFileSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createObjectReader } from '../../server/src/host/node/git/objects.js';
import { openRepository } from '../../server/src/host/node/git/repository.js';
import { findGitProgram, runGit } from '../../server/src/host/node/git/run.js';
import { makeRepository, temporaryFolder } from './repository.js';

describe('a repository is opened', () => {
  test('with its top folder, from below', async () => {
    const made = makeRepository();
    made.commit({ files: { 'src/a.py': 'a = 1\n' } });
    const opened = await openRepository(path.join(made.directory, 'src'));
    expect(opened).toMatchObject({ kind: 'open', repository: { directory: made.directory, bare: false, shallow: false, hash: 'sha1' } });
  });
  test('and a folder without one says so', async () => {
    expect(await openRepository(temporaryFolder())).toMatchObject({ kind: 'closed', reason: 'no-repository' });
    expect(await openRepository('/nowhere/at/all')).toMatchObject({ kind: 'closed', reason: 'no-folder' });
  });
});

describe('git', () => {
  test('is never the one inside the repository', () => {
    const made = makeRepository();
    const planted = path.join(made.directory, 'git');
    writeFileSync(planted, '#!/bin/sh\ntouch "$0.ran"\n');
    chmodSync(planted, 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${made.directory}${path.delimiter}.${path.delimiter}${before ?? ''}`;
    try {
      expect(findGitProgram(made.directory)).not.toBe(planted);
      expect(findGitProgram(made.directory)).toBeDefined();
    } finally {
      process.env['PATH'] = before;
    }
  });
  test('runs no program that the repository names', async () => {
    const made = makeRepository();
    const trap = path.join(made.directory, 'trap.sh');
    writeFileSync(trap, '#!/bin/sh\ntouch "$(dirname "$0")/ran"\ncat\n');
    chmodSync(trap, 0o755);
    made.commit({ files: { 'a.txt': 'one\n', '.gitattributes': '*.txt diff=trap filter=trap\n' } });
    const sha = made.commit({ files: { 'a.txt': 'two\n' } });
    for (const key of [
      'diff.trap.textconv',
      'diff.trap.command',
      'diff.external',
      'core.fsmonitor',
      'core.pager',
      'gpg.program',
      'core.sshCommand',
    ])
      made.git(['config', key, trap]);
    made.git(['config', 'log.showSignature', 'true']);
    const opened = await openRepository(made.directory);
    if (opened.kind !== 'open') throw new Error(opened.message);
    for (const args of [
      ['log', '-p', '--no-ext-diff', '--no-textconv', '--end-of-options', sha],
      ['diff-tree', '-r', '-p', '--no-ext-diff', '--no-textconv', '--end-of-options', sha],
    ])
      expect(await runGit(opened.repository, args)).toMatchObject({ kind: 'ok' });
    expect(existsSync(path.join(made.directory, 'ran'))).toBe(false);
  });
  test('says what was wrong in one line', async () => {
    const made = makeRepository();
    const opened = await openRepository(made.directory);
    if (opened.kind !== 'open') throw new Error(opened.message);
    const failed = await runGit(opened.repository, ['rev-parse', '--verify', '--end-of-options', 'nothing^{commit}']);
    expect(failed).toMatchObject({ kind: 'failed', reason: 'refused', message: 'Needed a single revision' });
    expect(await runGit(opened.repository, ['help', '-a'], { maxBytes: 10 })).toMatchObject({ kind: 'failed', reason: 'too-much' });
  });
});

describe('objects', () => {
  test('are read in any number, missing and large ones answered', async () => {
    const made = makeRepository();
    const contents = ['', 'a\n', 'x'.repeat(200_000), 'no line feed at the end', '\0\n\0'];
    const hashes = contents.map((text) => made.git(['hash-object', '-w', '--stdin'], { input: text }));
    const opened = await openRepository(made.directory);
    if (opened.kind !== 'open') throw new Error(opened.message);
    const reader = createObjectReader(opened.repository);
    const asked = [...hashes, '0'.repeat(40), 'HEAD\nHEAD'];
    const read = await Promise.all([...asked.map((hash) => reader.read(hash, 0)), reader.read(hashes[2] ?? '', 1_000)]);
    expect(read.map((object) => ('bytes' in object ? object.bytes.toString('utf8') : object.kind))).toEqual([
      ...contents,
      'missing',
      'missing',
      'too-large',
    ]);
    reader.close();
    expect(await reader.read(hashes[0] ?? '', 0)).toEqual({ kind: 'missing' });
  });
});
