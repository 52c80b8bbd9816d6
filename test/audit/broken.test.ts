/** Input that is broken or unusual: a clear sentence, and the rest of the report. */
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../cli/support.js';
import { addedIn, audit, rulesFile } from './audit.js';
import { ALICE, cloneRepository, makeRepository, repositoryIn, temporaryFolder } from './repository.js';
import type { TestRepository } from './repository.js';

const bad = (name: string): string => `def ${name}(code):\n    exec(code)\n`;

function three(): TestRepository {
  const made = makeRepository();
  made.commit({ files: { 'a.py': bad('a') }, message: 'first\n' });
  made.commit({ files: { 'b.py': bad('b') }, message: 'second\n' });
  made.commit({ files: { 'c.py': bad('c') }, message: 'third\n' });
  return made;
}

describe('repositories', () => {
  test('a shallow clone', async () => {
    const shallow = cloneRepository(three(), ['--depth', '2']);
    const { report } = await audit(shallow.directory, 'HEAD');
    expect(report.problems.join('\n')).toContain('this clone is shallow');
    expect(report.commits).toHaveLength(2);
    expect(addedIn(report.commits[1] ?? { added: [] })).toEqual(['test-exec c.py:1 new'.replace(':1', ':2')]);
  });
  test('a partial clone: what is missing is named, and nothing is fetched', async () => {
    const partial = cloneRepository(three(), ['--filter=blob:none', '--no-checkout']);
    partial.git(['read-tree', '--empty']);
    const { report } = await audit(partial.directory, 'HEAD~1..HEAD');
    expect(report.problems.join('\n')).toContain('partial clone');
    expect(report.total.problems.join('\n')).toContain('c.py: this version is not in the repository');
    expect(report.total.setApart).toMatchObject([{ path: 'c.py', why: 'missing' }]);
    expect(report.commits[0]?.subject).toBe('third');
  });
  test('a missing blob and a missing tree', async () => {
    const made = three();
    const lose = (name: string): void => {
      const hash = made.git(['rev-parse', name]);
      rmSync(path.join(made.directory, '.git/objects', hash.slice(0, 2), hash.slice(2)), { force: true });
    };
    lose('HEAD~1:b.py');
    lose('HEAD~2^{tree}');
    const { report } = await audit(made.directory, 'HEAD');
    expect(report.commits.map(({ subject }) => subject)).toEqual(['first', 'second', 'third']);
    expect(report.commits[0]?.problems.join('\n')).toContain('objects are missing or broken');
    expect(addedIn(report.commits[2] ?? { added: [] })).toEqual(['test-exec c.py:2 new']);
  });
  test('a missing commit in the middle', async () => {
    const made = three();
    const hash = made.git(['rev-parse', 'HEAD~1']);
    rmSync(path.join(made.directory, '.git/objects', hash.slice(0, 2), hash.slice(2)), { force: true });
    const { report } = await audit(made.directory, { kind: 'commit', revision: 'HEAD' });
    expect(`${report.problems.join('\n')}\n${report.commits[0]?.problems.join('\n') ?? ''}`).toContain('is not in the repository');
  });
  test('notes that are broken', async () => {
    const made = three();
    made.note('ai', 'HEAD', '\0\u0001 not a note at all\n---\n{"schema_version": 7, ');
    made.git(['update-ref', 'refs/notes/countersign', 'HEAD']);
    const { report } = await audit(made.directory, 'HEAD~1..HEAD');
    expect(addedIn(report.total)).toEqual(['test-exec c.py:2 new']);
  });
  test('a bare one', async () => {
    const made = three();
    const bare = repositoryIn(temporaryFolder());
    bare.git(['-c', 'protocol.file.allow=always', 'clone', '-q', '--bare', `file://${made.directory}`, '.']);
    expect(addedIn((await audit(bare.directory, 'HEAD~1..HEAD')).report.total)).toEqual(['test-exec c.py:2 new']);
    await expect(audit(bare.directory, { kind: 'staged' })).rejects.toThrow('bare');
  });
  test('a worktree, a detached head, a folder below', async () => {
    const made = three();
    const folder = path.join(temporaryFolder(), 'tree');
    made.git(['worktree', 'add', '-q', '--detach', folder, 'HEAD~1']);
    expect(addedIn((await audit(folder, 'HEAD~1..HEAD')).report.total)).toEqual(['test-exec b.py:2 new']);
    made.git(['checkout', '-q', '--detach']);
    mkdirSync(path.join(made.directory, 'below'));
    expect(addedIn((await audit(path.join(made.directory, 'below'), 'HEAD~1..HEAD')).report.total)).toEqual(['test-exec c.py:2 new']);
  });
  test('a submodule', async () => {
    const made = three();
    const inner = three();
    made.git(['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.directory, 'inner']);
    made.commit({ message: 'With a submodule\n' });
    const { report } = await audit(made.directory, 'HEAD~1..HEAD');
    expect(report.total.setApart).toMatchObject([{ path: 'inner', why: 'submodule' }]);
  });
  test('an empty one, none at all, and one that is in no repository', async () => {
    await expect(audit(makeRepository().directory, { kind: 'range' })).rejects.toThrow('no commit yet');
    await expect(audit(temporaryFolder(), { kind: 'range' })).rejects.toThrow('no git repository');
    await expect(audit(three().directory, 'nothing..HEAD')).rejects.toThrow('there is no commit `nothing` here');
    await expect(audit(three().directory, '--output=/tmp/x')).rejects.toThrow('there is no commit');
  });
  test('an empty one with staged files', async () => {
    const made = makeRepository();
    made.write({ 'a.py': bad('a') });
    made.git(['add', '-A']);
    expect(addedIn((await audit(made.directory, { kind: 'staged' })).report.total)).toEqual(['test-exec a.py:2 new']);
    expect(addedIn((await audit(made.directory, { kind: 'worktree' })).report.total)).toEqual(['test-exec a.py:2 new']);
  });
  test('without git in the path', async () => {
    const made = three();
    const run = await runCli(['audit', '--repo', made.directory, 'HEAD~1..HEAD'], { env: { PATH: temporaryFolder() } });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('git was not found in PATH');
  });
});

describe('names and messages', () => {
  test('that are not UTF-8 are told apart and shown inert', async () => {
    const made = makeRepository();
    made.commit({ files: { 'a.txt': 'a\n' } });
    const file = (byte: number): Buffer => Buffer.concat([Buffer.from(`${made.directory}/caf`), Buffer.from([byte]), Buffer.from('.py')]);
    writeFileSync(file(0xe9), bad('one'));
    writeFileSync(file(0xe8), bad('two'));
    writeFileSync(path.join(made.directory, 'tab\tand\nline\u001b[2J.py'), bad('three'));
    const message = Buffer.concat([Buffer.from('R\xe9sum\xe9 \u001b[31mred\n', 'latin1')]);
    made.commit({ message, gitArgs: ['-c', 'i18n.commitEncoding=ISO-8859-1'], author: { ...ALICE, name: 'Evil\u202eName' } });
    const { report } = await audit(made.directory, 'HEAD~1..HEAD');
    expect(report.commits[0]?.subject).toBe('Résumé \u001b[31mred');
    expect(report.total.added.map(({ finding }) => finding.path)).toEqual(['caf\\xe8.py', 'caf\\xe9.py', 'tab\tand\nline\u001b[2J.py']);
    const run = await runCli(['audit', '--repo', made.directory, 'HEAD~1..HEAD', '-c', rulesFile()]);
    expect(run.stdout).toContain('caf\\xe9.py');
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(run.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(run.code).toBe(1);
  });
});

describe('a hostile repository', () => {
  test('runs nothing of its own, and is not written to', async () => {
    const made = three();
    const trap = path.join(made.directory, 'trap.sh');
    writeFileSync(trap, '#!/bin/sh\ntouch "$(dirname "$0")/ran"\ncat\n');
    chmodSync(trap, 0o755);
    writeFileSync(path.join(made.directory, '.gitattributes'), '*.py filter=trap diff=trap merge=trap\n');
    for (const key of [
      'filter.trap.clean',
      'filter.trap.smudge',
      'filter.trap.process',
      'diff.trap.textconv',
      'diff.trap.command',
      'diff.external',
      'core.fsmonitor',
      'core.sshCommand',
      'gpg.program',
      'core.pager',
      'pager.diff-tree',
      'core.hooksPath',
      'core.alternateRefsCommand',
    ])
      made.git(['config', key, key === 'core.hooksPath' ? made.directory : trap]);
    made.git(['config', 'log.showSignature', 'true']);
    made.write({ 'a.py': `${bad('a')}# changed\n`, 'd.py': bad('d') });
    const before = readdirSync(path.join(made.directory, '.git')).toSorted();
    expect(addedIn((await audit(made.directory, { kind: 'worktree' })).report.total)).toEqual(['test-exec d.py:2 new']);
    await audit(made.directory, 'HEAD~1..HEAD');
    await audit(made.directory, { kind: 'staged' });
    expect(readdirSync(made.directory)).not.toContain('ran');
    expect(readdirSync(path.join(made.directory, '.git')).toSorted()).toEqual(before);
  });
});

test('the same history gives the same bytes, whatever the number of threads', async () => {
  const made = makeRepository();
  const files = (from: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`p${at}.py`, bad(`f${at + from}`)]));
  made.commit({ files: files(0) });
  for (let at = 1; at < 4; at++) made.commit({ files: files(at) });
  const run = (jobs: string) => runCli(['audit', '--repo', made.directory, 'HEAD', '--format', 'json', '-j', jobs, '-c', rulesFile()]);
  const [one, two] = [await run('1'), await run('2')];
  expect(one.stdout.length).toBeGreaterThan(1_000);
  expect(one.stdout).toBe(two.stdout);
});

test('a merge of very many files ends', async () => {
  const made = makeRepository({ bare: true });
  const person = (at: number): string => `committer A <a@example.org> ${1_767_600_000 + at} +0000\n`;
  const file = (name: string, text: string): string => `M 100644 inline ${name}\ndata ${text.length}\n${text}\n`;
  const many = Array.from({ length: 50_000 }, (_, at) => file(`d${at % 100}/f${at}.txt`, `${at}\n`)).join('');
  made.git(['fast-import', '--quiet'], {
    input: [
      `commit refs/heads/main\nmark :1\n${person(1)}data 5\nfirst\n${file('a.py', 'a = 1\n')}\n`,
      `commit refs/heads/vendor\nmark :2\n${person(2)}data 6\nvendor\nfrom :1\n${many}\n`,
      `commit refs/heads/main\nmark :3\n${person(3)}data 4\nmine\nfrom :1\n${file('b.py', bad('b'))}\n`,
      `commit refs/heads/main\nmark :4\n${person(4)}data 5\nmerge\nfrom :3\nmerge :2\n${many}\n`,
    ].join(''),
  });
  const { report } = await audit(made.directory, 'main~1..main', { maxFiles: 200 });
  expect(report.commits.map(({ subject }) => subject)).toEqual(['vendor', 'merge']);
  expect(report.commits[1]).toMatchObject({ files: 0, added: [] });
  expect(report.total.files).toBe(50_000);
  expect(report.total.problems.join('\n')).toContain('49800 more changed files were not compared');
});
