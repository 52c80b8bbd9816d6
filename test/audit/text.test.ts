/** The terminal's report and the JSON of an audit, by the built command. */
import { describe, expect, test } from 'vitest';
import { runCli } from '../cli/support.js';
import { rulesFile } from './audit.js';
import { makeRepository } from './repository.js';

function made(): string {
  const repository = makeRepository();
  repository.commit({ files: { 'a.py': 'def one(code):\n    return code\n' } });
  repository.branch('change');
  repository.commit({
    files: { 'a.py': 'def one(code):\n    exec(code)\n    return code\n' },
    message: 'Run it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
  });
  repository.commit({ files: { 'b.py': 'def two(name):\n    return name\n' }, message: 'Another\n' });
  return repository.directory;
}

describe('an audit', () => {
  test('says who, what to read first and what was added', async () => {
    const run = await runCli(['audit', '--repo', made(), '-c', rulesFile()], { env: { COLUMNS: '80' } });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('main..HEAD  2 commits, 2 files');
    expect(run.stdout).toContain('At least 1 of 2 commits by agents: Claude Code 1');
    expect(run.stdout).toMatch(/1 {2}error {4}a\.py:2/);
    expect(run.stdout).toContain('Findings added          1 error');
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
  test('is JSON in the shape of a scan, with its commits', async () => {
    const run = await runCli(['audit', '--repo', made(), '-c', rulesFile(), '--format', 'json', '--fail-on', 'never']);
    expect(run.code).toBe(0);
    const document = JSON.parse(run.stdout) as { readonly results: readonly { readonly extra: { readonly fingerprint: string } }[] };
    const [result] = document.results;
    expect(document).toMatchObject({
      results: [{ check_id: 'test-exec', path: 'a.py', start: { line: 2, col: 5 } }],
      errors: [],
      paths: { scanned: ['a.py', 'b.py'], skipped: [] },
      audit: {
        range: 'main..HEAD',
        attributed: { recorded: 0, declared: 1, unknown: 1 },
        agents: { 'claude-code': 1 },
        commits: [
          {
            subject: 'Run it',
            attribution: { tier: 'declared', agent: 'claude-code' },
            added: [result?.extra.fingerprint],
            reading_order: [{ path: 'a.py', start: 2, end: 2, score: expect.any(Number), why: expect.stringContaining('test-exec') }],
          },
          { subject: 'Another', added: [], removed_findings: [], removed_checks: [] },
        ],
      },
    });
  });
  test('asks one question at a time, and says what is wrong', async () => {
    const directory = made();
    const both = await runCli(['audit', '--repo', directory, 'main..HEAD', '--staged']);
    expect(both).toMatchObject({ code: 2, stdout: '' });
    expect(both.stderr).toContain('a range and --staged ask about different things');
    const none = await runCli(['audit', '--repo', directory, 'nothing..HEAD']);
    expect(none.stderr).toContain('there is no commit `nothing` here');
  });
});
