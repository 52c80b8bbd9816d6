/** `audit` in all its formats, `sign`, `verify` and `log`, as a person runs them: the built command line in real repositories. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../cli/support.js';
import type { CliRun } from '../cli/support.js';
import { BOB, makeRepository, temporaryFolder } from './repository.js';
import type { TestRepository } from './repository.js';

const RULES = `rules:
  - { id: runs-text, message: 'exec() runs $CODE.', severity: ERROR, languages: [python], pattern: exec($CODE), metadata: { maestro: [L3], cwe: ['CWE-95: Eval Injection'] } }
  - { id: waits, message: A sleep., severity: INFO, languages: [python], pattern: sleep(...) }
`;

interface Set {
  readonly made: TestRepository;
  readonly sha: string;
  readonly home: string;
  run(...args: readonly string[]): Promise<CliRun>;
}

/** A repository whose last commit is an agent's and adds an error, and a reviewer with an ssh key. */
function setUp(): Set {
  const made = makeRepository();
  const outside = temporaryFolder();
  writeFileSync(path.join(outside, 'rules.yaml'), RULES);
  made.commit({ files: { 'README.md': 'An agent\n', 'agent.py': 'import os\n' } });
  const sha = made.commit({
    files: { 'agent.py': 'import os\n\nexec(answer)\n' },
    message: 'Run the answer\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
  });
  const home = path.join(outside, 'home');
  mkdirSync(home);
  const key = path.join(home, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  writeFileSync(path.join(home, 'allowed'), `${BOB.email} ${readFileSync(`${key}.pub`, 'utf8')}`);
  writeFileSync(
    path.join(home, '.gitconfig'),
    `[user]\nname = ${BOB.name}\nemail = ${BOB.email}\nsigningKey = ~/key\n[gpg]\nformat = ssh\n[gpg "ssh"]\nallowedSignersFile = ~/allowed\n`,
  );
  const config = path.join(outside, 'rules.yaml');
  const run = (command = '', ...args: readonly string[]): Promise<CliRun> =>
    runCli([command, ...(command === 'log' ? [] : ['--config', config]), ...args], { cwd: made.directory, env: { HOME: home } });
  return { made, sha, home, run };
}

describe('sign and verify', () => {
  test('from nothing to a countersignature that holds, and back by an amend', async () => {
    const { made, sha, run } = setUp();
    const missing = await run('verify', 'HEAD~1..HEAD');
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain(
      '✗ Nobody has countersigned it: claude-code took part in it, and it adds 1 finding of ERROR or above.',
    );
    const signed = await run('sign', 'HEAD', '--note', 'Reads only\nwhat we wrote.');
    expect(signed).toMatchObject({ code: 0, stderr: '' });
    expect(signed.stdout).toContain('1 finding added (1 error)');
    expect(signed.stdout).toContain('Approved by Bob Example <bob@example.org>, signed with ssh.');
    const held = await run('verify', 'HEAD~1..HEAD', '--require-signature', '--second-person');
    expect(held).toMatchObject({ code: 0, stderr: '' });
    expect(held.stdout).toContain('✓ Signed by bob@example.org, unchanged since.');
    expect(held.stdout).toContain('1 commit, 1 need a countersignature, 1 of these have one.');
    const log = JSON.parse((await run('log', '--format', 'json')).stdout) as { commits: { sha: string; records: unknown[] }[] };
    expect(log.commits).toMatchObject([
      { sha, subject: 'Run the answer', records: [{ decision: 'approve', signature: 'good', findings: { errors: 1 } }] },
    ]);
    expect((await run('log', 'HEAD~1')).stdout).toBe('No countersignatures.\n');

    made.write({ 'agent.py': 'import os\n\nexec(answer)\nexec(other)\n' });
    made.git(['commit', '-q', '-a', '--amend', '--no-edit']);
    const amended = await run('verify', 'HEAD~1..HEAD', '--format', 'json');
    expect(amended.code).toBe(1);
    expect(JSON.parse(amended.stdout)).toMatchObject({ passes: false, commits: [{ state: 'changed-since-signed', passes: false }] });
  });
  test('a rejection fails a branch that needs nothing', async () => {
    const { made, run } = setUp();
    made.commit({ files: { 'docs.md': 'x\n' }, message: 'By a person' });
    expect((await run('verify', 'HEAD~1..HEAD')).code).toBe(0);
    expect((await run('sign', 'HEAD', '--decision', 'reject')).code).toBe(0);
    const rejected = await run('verify', 'HEAD~1..HEAD');
    expect(rejected.code).toBe(1);
    expect(rejected.stdout).toContain('✗ Rejected by bob@example.org.');
  });
  test('a rule that finds more makes a signature ask for another look', async () => {
    const { run, home } = setUp();
    await run('sign', 'HEAD');
    const rules = path.join(home, '..', 'rules.yaml');
    writeFileSync(rules, RULES.replace('pattern: sleep(...)', 'pattern: $X = 1'));
    expect((await run('verify', 'HEAD~1..HEAD')).code).toBe(0);
    writeFileSync(
      rules,
      `${RULES}  - { id: imports, message: An import., severity: WARNING, languages: [python], pattern: exec(answer) }\n`,
    );
    const more = await run('verify', 'HEAD~1..HEAD', '--fail-on', 'warning');
    expect(more.code).toBe(1);
    expect(more.stdout).toContain('The rules have changed since it was signed: 1 finding is not among the 1 when it was signed.');
    expect(more.stdout).toContain('new: agent.py:3');
  });
  test('say what is wrong with their arguments', async () => {
    const { run } = setUp();
    for (const args of [
      ['sign', 'no-such-commit'],
      ['sign', 'HEAD', '--as', 'somebody'],
      ['sign', '--', '--help'],
      ['verify', 'no..such'],
      ['log', '--output'],
      ['sign', 'HEAD', '--decision', 'maybe'],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(/^countersign: /);
    }
  });
});

describe('audit', () => {
  test('writes several reports of one run', async () => {
    const { run } = setUp();
    const folder = temporaryFolder();
    const names = ['json', 'sarif', 'html', 'gitlab', 'github', 'markdown'];
    const also = names.flatMap((name) => ['--also', `${name}=${path.join(folder, name)}`]);
    const { code, stdout } = await run('audit', 'HEAD~1..HEAD', ...also);
    expect(code).toBe(1);
    expect(stdout).toContain('agent.py');
    const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
    expect(names.filter((name) => !existsSync(path.join(folder, name)))).toEqual([]);
    expect(JSON.parse(read('json'))).toMatchObject({ results: [{ check_id: 'runs-text' }], audit: { attributed: { declared: 1 } } });
    expect(JSON.parse(read('sarif'))).toMatchObject({
      runs: [{ results: [{ ruleId: 'runs-text', properties: { provenance: { tier: 'declared', agent: 'claude-code' } } }] }],
    });
    expect(JSON.parse(read('gitlab'))).toMatchObject([{ check_name: 'runs-text', location: { path: 'agent.py', lines: { begin: 3 } } }]);
    expect(read('github')).toBe('::error file=agent.py,line=3,title=runs-text::exec() runs answer.\n');
    expect(read('markdown')).toContain('At least 1 of 1 commit is AI-assisted (claude-code 1): 1 by what they declare.');
    expect(read('html')).toContain('exec(answer)');
    expect((await run('audit', 'HEAD~1..HEAD', '--also', 'pdf=x')).code).toBe(2);
  });
});

describe('scan', () => {
  test.each([
    ['markdown', '- **error** `agent.py:3` exec() runs answer. (`runs-text`, MAESTRO L3 Agent Frameworks)'],
    ['html', '<h1>1 finding</h1>'],
    [
      'github',
      '::error file=agent.py,line=3,endLine=3,col=1,endColumn=13,title=runs-text::exec() runs answer. [MAESTRO L3 Agent Frameworks]',
    ],
    ['gitlab', '"check_name": "runs-text"'],
  ])('reports as %s', async (format, expected) => {
    const { run } = setUp();
    const { code, stdout, stderr } = await run('scan', '--format', format);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain(expected);
  });
});
