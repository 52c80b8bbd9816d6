import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSource, readSource } from '../../server/src/host/node/files-read.js';
import { discoverFiles } from '../../server/src/host/node/files.js';
import type { Discovery, DiscoveryOptions } from '../../server/src/host/node/files.js';
import type { RepoPath } from '../../server/src/core/index.js';
import { makeTree } from './support.js';

function discover(root: string, named: readonly string[] = ['.'], options: Partial<DiscoveryOptions> = {}): Discovery {
  return discoverFiles(named, { cwd: root, include: [], exclude: [], useGitIgnore: true, ...options });
}

const shown = (found: Discovery): readonly string[] => found.targets.map((target) => target.shown);
const reasons = (found: Discovery) => Object.fromEntries(found.skipped.map((entry) => [entry.shown, entry.reason]));

function git(root: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', ['-C', root, ...identity, ...args], { stdio: 'ignore' });
}

const IGNORING = {
  '.gitignore': '*.log\n/build/\n!keep.log\n',
  'a.py': 'x',
  'keep.log': 'x',
  'drop.log': 'x',
  'build/out.py': 'x',
  'src/b.py': 'x',
  'src/build/c.py': 'x',
  'src/.gitignore': 'secret.py\n!important.log\n',
  'src/secret.py': 'x',
  'src/important.log': 'x',
  'src/deep/secret.py': 'x',
};
const KEPT = ['.gitignore', 'a.py', 'keep.log', 'src/.gitignore', 'src/b.py', 'src/build/c.py', 'src/important.log'];

describe('git-ignored files', () => {
  it.each(['with git', 'without a repository'])('are passed over and accounted for, %s', (way) => {
    const root = makeTree(IGNORING);
    if (way === 'with git') git(root, 'init', '-q');
    const found = discover(root);
    expect(shown(found)).toEqual(KEPT);
    expect(reasons(found)).toMatchObject({
      build: 'git-ignored',
      'drop.log': 'git-ignored',
      'src/secret.py': 'git-ignored',
    });
  });

  it('are scanned when git tracks them all the same', () => {
    const root = makeTree({ '.gitignore': 'build/\n', 'build/tracked.py': 'x', 'build/other.py': 'x' });
    git(root, 'init', '-q');
    git(root, 'add', '-f', 'build/tracked.py');
    expect(shown(discover(root))).toEqual(['.gitignore', 'build/tracked.py']);
  });

  it('are scanned when named, as a file or as a folder', () => {
    const root = makeTree(IGNORING);
    git(root, 'init', '-q');
    expect(shown(discover(root, ['drop.log', 'build']))).toEqual(['build/out.py', 'drop.log']);
  });

  it('are scanned with --no-git-ignore', () => {
    const root = makeTree(IGNORING);
    git(root, 'init', '-q');
    const found = discover(root, ['.'], { useGitIgnore: false });
    expect(shown(found)).toEqual(Object.keys(IGNORING).toSorted());
  });

  it('follow .git/info/exclude and the rules of a repository inside the repository', () => {
    const root = makeTree({ 'a.py': 'x', 'local.txt': 'x', 'inner/.gitignore': '*.tmp\n', 'inner/b.tmp': 'x', 'inner/c.py': 'x' });
    git(root, 'init', '-q');
    git(path.join(root, 'inner'), 'init', '-q');
    writeFileSync(path.join(root, '.git/info/exclude'), 'local.txt\n');
    expect(shown(discover(root))).toEqual(['a.py', 'inner/.gitignore', 'inner/c.py']);
  });

  it('never run what the repository configures', () => {
    const root = makeTree({ 'a.py': 'x', 'hook.sh': `#!/bin/sh\ntouch "${'$'}(dirname "${'$'}0")/ran"\n` });
    git(root, 'init', '-q');
    git(root, 'config', 'core.fsmonitor', path.join(root, 'hook.sh'));
    git(root, 'config', 'core.hooksPath', root);
    execFileSync('chmod', ['+x', path.join(root, 'hook.sh')]);
    expect(shown(discover(root))).toEqual(['a.py', 'hook.sh']);
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });
});

describe('everything else on the way', () => {
  it('is passed over with a reason', () => {
    const root = makeTree({
      'a.py': 'x',
      'node_modules/p/i.js': 'x',
      'env/pyvenv.cfg': '',
      'env/lib.py': 'x',
      '.countersignignore': 'gen/\n',
      'gen/g.py': 'x',
      'sub/b.py': 'x',
    });
    symlinkSync('/etc/hostname', path.join(root, 'out'));
    symlinkSync('.', path.join(root, 'loop'));
    symlinkSync('..', path.join(root, 'sub/up'));
    symlinkSync('a.py', path.join(root, 'same.py'));
    symlinkSync('nowhere', path.join(root, 'dead'));
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    const found = discover(root);
    expect(shown(found)).toEqual(['.countersignignore', 'a.py', 'sub/b.py']);
    expect(reasons(found)).toEqual({
      dead: 'symlink',
      env: 'default-skipped',
      gen: 'countersign-ignored',
      loop: 'symlink',
      node_modules: 'default-skipped',
      out: 'symlink',
      pipe: 'special-file',
      'same.py': 'symlink',
      'sub/up': 'symlink',
    });
    expect(found.skipped.find((entry) => entry.shown === 'out')?.message).toContain('out of the scanned folder');
  });

  it('respects --include and --exclude as an ignore file would', () => {
    const root = makeTree({ 'a.py': 'x', 'b.js': 'x', 'tests/c.py': 'x', 'src/tests/d.py': 'x', 'src/e.py': 'x' });
    expect(shown(discover(root, ['.'], { include: ['*.py'] }))).toEqual(['a.py', 'src/e.py', 'src/tests/d.py', 'tests/c.py']);
    expect(shown(discover(root, ['.'], { exclude: ['tests'] }))).toEqual(['a.py', 'b.js', 'src/e.py']);
    expect(shown(discover(root, ['.'], { exclude: ['/tests/'] }))).toEqual(['a.py', 'b.js', 'src/e.py', 'src/tests/d.py']);
    expect(shown(discover(root, ['.'], { include: ['src/**/*.py'], exclude: ['**/tests/**'] }))).toEqual(['src/e.py']);
  });

  it('names paths as they were asked for, and each file once', () => {
    const root = makeTree({ 'src/a.py': 'x', 'src/b.py': 'x' });
    expect(shown(discover(root, ['./src/', 'src/a.py']))).toEqual(['src/a.py', 'src/b.py']);
    expect(shown(discover(root, [path.join(root, 'src')]))).toEqual([path.join(root, 'src/a.py'), path.join(root, 'src/b.py')]);
    expect(discover(root, ['src/a.py']).targets[0]).toMatchObject({ path: 'src/a.py', root, named: true });
  });

  it('says which named paths cannot be used', () => {
    const root = makeTree({ 'a.py': 'x' });
    expect(discover(root, ['missing', 'a.py']).unusable).toEqual([
      { shown: 'missing', message: 'there is no such file or folder, or it cannot be read' },
    ]);
  });

  it('does not wait for a pipe, nor follow a link, where an ignore file should be', () => {
    const root = makeTree({ 'a.py': 'x', 'sub/b.py': 'x' });
    execFileSync('mkfifo', [path.join(root, '.gitignore')]);
    symlinkSync('/dev/zero', path.join(root, 'sub/.gitignore'));
    execFileSync('mkfifo', [path.join(root, '.countersignignore')]);
    expect(shown(discover(root))).toEqual(['a.py', 'sub/b.py']);
  });

  it('copes with any file name', () => {
    const root = makeTree({
      'new\nline.py': 'x',
      '-c': 'x',
      '[x](command:y).py': 'x',
      '\u001b[31m.py': 'x',
      '#hash !bang .py': 'x',
      'ünïcode 你.py': 'x',
    });
    mkdirSync(path.join(root, '\u202edir'));
    writeFileSync(path.join(root, '\u202edir', ':glob*'), 'x');
    // A name that is not UTF-8 cannot be opened by the name we were told: accounted for, not lost.
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x2e, 0x70, 0x79])]), 'x');
    const found = discover(root);
    expect(shown(found)).toHaveLength(7);
    expect(found.skipped).toMatchObject([{ reason: 'unreadable', message: 'the file name is not valid UTF-8' }]);
  });
});

describe('bytes to text', () => {
  const decode = (bytes: Uint8Array, name = 'a.py', named = false) => decodeSource(bytes, name as RepoPath, { named });
  const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

  it('reads UTF-8, with or without a mark', () => {
    expect(decode(utf8('\uFEFFé你'))).toEqual({ kind: 'text', text: 'é你', problems: [] });
  });
  it('reads UTF-16 in both orders, with or without a mark', () => {
    const little = Buffer.from('print(1)\n', 'utf16le');
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toMatchObject({ text: 'print(1)\n' });
    expect(decode(little)).toMatchObject({ text: 'print(1)\n' });
    expect(decode(Buffer.from(little).swap16())).toMatchObject({ text: 'print(1)\n' });
  });
  it('calls a file with NUL bytes binary', () => {
    expect(decode(Buffer.from([1, 0, 2, 3, 4, 5]))).toMatchObject({ kind: 'skipped', problem: { code: 'binary' } });
  });
  it('reads Latin-1 with replacement characters and says so', () => {
    expect(decode(Buffer.from('caf\xe9 = 1\n', 'latin1'))).toMatchObject({
      kind: 'text',
      text: 'caf\ufffd = 1\n',
      problems: [{ code: 'not-utf8' }],
    });
  });
  it('passes over generated code unless it is named', () => {
    const bundle = utf8(`${'var a=1;'.repeat(2_000)}\n`);
    expect(decode(bundle, 'app.js')).toMatchObject({ kind: 'skipped', problem: { code: 'minified' } });
    expect(decode(bundle, 'app.js', true)).toMatchObject({ kind: 'text' });
    expect(decode(bundle, 'one-line.ipynb')).toMatchObject({ kind: 'text' });
    // One padded line must not hide an ordinary file.
    expect(decode(utf8(`${'let x = 1;\n'.repeat(2_000)}${'y'.repeat(10_000)}`), 'app.js')).toMatchObject({ kind: 'text' });
  });
  it('does not open what is too large, a link or a pipe', async () => {
    const root = makeTree({ 'big.py': 'x'.repeat(100) });
    symlinkSync('big.py', path.join(root, 'link.py'));
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    const read = (name: string) => readSource(path.join(root, name), name as RepoPath, { maxBytes: 99, named: true });
    expect(await read('big.py')).toMatchObject({ problem: { code: 'too-large' } });
    expect(await read('link.py')).toMatchObject({ problem: { code: 'symlink' } });
    expect(await read('pipe')).toMatchObject({ problem: { code: 'unreadable' } });
    expect(await read('missing')).toMatchObject({ problem: { code: 'unreadable', message: 'the file cannot be read (ENOENT)' } });
  });
});
