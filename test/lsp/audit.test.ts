/** Requests about commits, over real repositories: what a reviewer's view is told, that it is told once, and that it can be stopped. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { NOTES_REF } from '../../server/src/host/node/git/countersignNotes.js';
import type {
  AuditParams,
  AuditResult,
  AuditSides,
  AuditSidesParams,
  AuditView,
  GitTextParams,
  RecordedLinesParams,
  RecordedLinesResult,
  SignParams,
  SignResult,
} from '../../server/src/protocol/audit.js';
import { AUDIT_METHOD, AUDIT_SIDES_METHOD, GIT_TEXT_METHOD, RECORDED_LINES_METHOD, SIGN_METHOD } from '../../server/src/protocol/audit.js';
import { cloneRepository, makeRepository, temporaryFolder } from '../audit/repository.js';
import type { TestRepository } from '../audit/repository.js';
import { startClient, uriOf } from './client.js';
import type { TestClient } from './client.js';

const TEST_FILE = 'def test_run():\n    assert run("1") == 1\n\n\ndef test_refuses():\n    assert refuses("import os")\n';
const TRAILER = 'Co-Authored-By: Claude <noreply@anthropic.com>';

/** Nobody's own settings: whoever signs is named by the repository's test environment only. */
const before = { ...process.env };
beforeEach(() => {
  process.env['HOME'] = temporaryFolder();
  delete process.env['XDG_CONFIG_HOME'];
});
afterEach(() => {
  process.env = { ...before };
});

/** `main`, and a branch with a commit of an agent that adds a finding and takes a test away, and one of a person. */
function branchOfAnAgent(): { readonly made: TestRepository; readonly agent: string; readonly person: string } {
  const made = makeRepository();
  made.commit({
    files: { 'src/run.py': 'def run(x):\n    return 1\n', 'tests/test_run.py': TEST_FILE, 'old.py': 'a = 1\nb = 2\nc = 3\n' },
  });
  made.branch('feature');
  const agent = made.commit({
    files: {
      'src/run.py': 'def run(x):\n    return exec(x)\n',
      'tests/test_run.py': TEST_FILE.replace('def test_refuses', '@pytest.mark.skip\ndef test_refuses'),
    },
    message: `Run it\u202e \`now\` [x](command:y)\n\n${TRAILER}\n`,
  });
  const person = made.commit({ moves: { 'old.py': 'lib/new.py' }, message: 'Move it\n' });
  return { made, agent, person };
}

function ask(client: TestClient, made: TestRepository, more: Partial<AuditParams> = {}): Promise<AuditResult> {
  const params: AuditParams = { folder: pathToFileURL(made.directory).href, question: { kind: 'branch' }, ...more };
  return client.connection.sendRequest(AUDIT_METHOD, params);
}

async function viewOf(client: TestClient, made: TestRepository, more: Partial<AuditParams> = {}): Promise<AuditView> {
  const result = await ask(client, made, more);
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  return result.report;
}

describe('an audit for an editor', () => {
  it('says who wrote the branch, what it added and took away, and what to read first', async () => {
    const { made, agent, person } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    const view = await viewOf(client, made);
    expect(view.range).toBe('main..HEAD');
    expect(view.summary).toMatch(/^At least 1 of 2 commits is AI-assisted \(Claude Code 1\)/);
    expect(view.commits.map(({ sha, tier, agent: name }) => [sha, tier, name])).toEqual([
      [person, 'unknown', undefined],
      [agent, 'declared', 'Claude Code'],
    ]);
    expect(view.commits[1]?.evidence).toEqual([{ agent: 'Claude Code', source: 'trailer', text: TRAILER }]);
    expect(view.total.entries).toMatchObject([
      { kind: 'finding', path: 'src/run.py', startLine: 1, ruleId: 'py-exec', severity: 'error' },
      { kind: 'check', path: 'tests/test_run.py', severity: 'warning' },
    ]);
    expect(view.total.readingOrder[0]).toMatchObject({ path: 'src/run.py', startLine: 1, severity: 'error' });
    expect(view.markdown).toContain('### Read these first');
  });

  it('gives texts of the repository as one plain line, with what is hidden spelled out', async () => {
    const { made } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    expect((await viewOf(client, made)).commits[1]?.subject).toBe('Run it\\u{202E} `now` [x](command:y)');
  });

  it('reports progress on the client’s token, and answers at once when nothing has changed', async () => {
    const { made } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    await viewOf(client, made, { workDoneToken: 'first' });
    const progress = (token: string) =>
      client.notifications.filter(({ method, params }) => method === '$/progress' && (params as { token: string }).token === token);
    expect(progress('first').length).toBeGreaterThan(2);
    await viewOf(client, made, { workDoneToken: 'second' });
    // It begins and ends: nothing was looked at again.
    expect(progress('second').length).toBe(2);
    await viewOf(client, made, { workDoneToken: 'third', fresh: true });
    expect(progress('third').length).toBeGreaterThan(2);
  });

  it('looks again when the head has moved', async () => {
    const { made } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    expect((await viewOf(client, made)).commits.length).toBe(2);
    made.commit({ files: { 'src/more.py': 'exec(y)\n' } });
    const view = await viewOf(client, made);
    expect(view.commits.length).toBe(3);
    expect(view.total.entries.filter(({ kind }) => kind === 'finding').length).toBe(2);
  });

  it('looks at what is not committed', async () => {
    const { made } = branchOfAnAgent();
    made.write({ 'src/pending.py': 'exec(z)\n' });
    const client = await startClient({ folders: [made.directory] });
    const { total, commits } = await viewOf(client, made, { question: { kind: 'worktree' } });
    expect(commits).toEqual([]);
    expect(total.head).toBeUndefined();
    expect(total.entries).toMatchObject([{ kind: 'finding', path: 'src/pending.py', startLine: 0 }]);
  });

  it('can be stopped, and asked again', async () => {
    const { made } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    const stop = new CancellationTokenSource();
    const asked: Promise<AuditResult> = client.connection.sendRequest(
      AUDIT_METHOD,
      { folder: pathToFileURL(made.directory).href, question: { kind: 'branch' }, workDoneToken: 'stopped' },
      stop.token,
    );
    await client.message('$/progress', ({ token }: { token: string }) => token === 'stopped');
    stop.cancel();
    expect(await asked).toEqual({ kind: 'cancelled' });
    expect((await viewOf(client, made)).commits.length).toBe(2);
  });

  it('says plainly what it cannot look at', async () => {
    const { made } = branchOfAnAgent();
    const client = await startClient();
    const reason = async (folder: string, more: Partial<AuditParams> = {}) => {
      const result = await ask(client, { ...made, directory: folder }, more);
      return result.kind === 'unusable' ? result.reason : result.kind;
    };
    expect(await reason(temporaryFolder())).toBe('no-repository');
    expect(await reason(path.join(made.directory, 'nowhere'))).toBe('no-folder');
    expect(await reason(made.directory, { question: { kind: 'range', range: 'nothing..HEAD' } })).toBe('range');
    expect(await ask(client, made, { folder: 'untitled:x' })).toMatchObject({ kind: 'unusable' });
    const shallow = cloneRepository(made, ['--depth', '1', '--branch', 'feature']);
    expect((await viewOf(client, shallow, { question: { kind: 'commit', revision: 'HEAD' } })).problems.join()).toMatch(/shallow/);
    process.env['PATH'] = temporaryFolder();
    expect(await reason(made.directory)).toBe('no-git');
  });
});

describe('a file before and after', () => {
  it('is found where it stood, through a move, and read from the commit', async () => {
    const { made, agent, person } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    const folder = pathToFileURL(made.directory).href;
    const base = made.git(['rev-parse', 'main']);
    const sides = (params: Omit<AuditSidesParams, 'folder'>): Promise<AuditSides | null> =>
      client.connection.sendRequest(AUDIT_SIDES_METHOD, { folder, ...params });
    const text = (params: GitTextParams): Promise<string> => client.connection.sendRequest(GIT_TEXT_METHOD, params);
    expect(await sides({ base, head: person, path: 'lib/new.py' })).toEqual({
      before: { folder, commit: base, path: 'old.py' },
      after: { folder, commit: person, path: 'lib/new.py' },
    });
    expect(await sides({ base: agent, head: person, path: 'old.py' })).toEqual({ before: { folder, commit: agent, path: 'old.py' } });
    expect(await sides({ base: person, path: 'src/run.py' })).toEqual({
      before: { folder, commit: person, path: 'src/run.py' },
      after: { uri: uriOf(made.directory, 'src/run.py') },
    });
    expect(await text({ folder, commit: base, path: 'src/run.py' })).toBe('def run(x):\n    return 1\n');
    expect(await text({ folder, commit: base, path: '../../etc/passwd' })).toBe('');
    expect(await text({ folder, commit: '--output=x', path: 'src/run.py' })).toBe('');
  });
});

describe('countersigning from an editor', () => {
  const sign = (client: TestClient, made: TestRepository, params: Omit<SignParams, 'folder'>): Promise<SignResult> =>
    client.connection.sendRequest(SIGN_METHOD, { folder: pathToFileURL(made.directory).href, ...params });

  it('writes the note that the command line verifies, and the next look shows it', async () => {
    const { made, agent } = branchOfAnAgent();
    made.git(['config', 'user.name', 'Carol Example']);
    made.git(['config', 'user.email', 'carol@example.org']);
    const client = await startClient({ folders: [made.directory] });
    const written = await sign(client, made, { commit: agent, decision: 'reject', note: 'the sandbox is gone' });
    if (written.kind === 'failed') throw new Error(written.message);
    expect(written.message).toMatch(/^Rejected [\da-f]{12} as Carol Example \(1 error, 1 warning\), not signed/);
    expect(made.git(['notes', '--ref', NOTES_REF, 'show', agent])).toContain('the sandbox is gone');
    const view = await viewOf(client, made);
    expect(view.commits[1]?.countersigned).toMatchObject([
      { decision: 'reject', reviewer: 'Carol Example', note: 'the sandbox is gone', signature: 'unsigned' },
    ]);
    expect(view.commits[0]?.countersigned).toEqual([]);
  });

  it('says why it cannot', async () => {
    const { made } = branchOfAnAgent();
    const client = await startClient({ folders: [made.directory] });
    expect(await sign(client, made, { commit: 'HEAD', decision: 'approve' })).toMatchObject({ kind: 'failed' });
    expect(await sign(client, made, { commit: 'f'.repeat(40), decision: 'approve' })).toMatchObject({ kind: 'failed' });
  });
});

describe('recorded attribution of an open file', () => {
  it('follows the lines of a record to where they are in the editor', async () => {
    const made = makeRepository();
    const sha = made.commit({ files: { 'a.py': 'one = 1\ntwo = 2\nthree = 3\nfour = 4\n' } });
    const record = {
      schema_version: 'authorship/3.0.0',
      git_ai_version: '1.0.0',
      base_commit_sha: sha,
      prompts: { abcd1234abcd1234: { agent_id: { tool: 'claude', id: 's1', model: 'claude-sonnet-4-5' }, human_author: null } },
    };
    made.note('ai', sha, `a.py\n  abcd1234abcd1234 2-3\n---\n${JSON.stringify(record)}\n`);
    const client = await startClient({ folders: [made.directory] });
    const uri = uriOf(made.directory, 'a.py');
    const lines = async (edited = false): Promise<readonly unknown[]> => {
      const params: RecordedLinesParams = { uri, edited };
      const result: RecordedLinesResult = await client.connection.sendRequest(RECORDED_LINES_METHOD, params);
      return result.lines.map(({ startLine, endLine, agent, model }) => [startLine, endLine, agent, model]);
    };
    expect(await lines()).toEqual([[1, 2, 'Claude Code', 'claude-sonnet-4-5']]);
    client.open(uri, 'zero = 0\none = 1\ntwo = 2\nmine = 5\nthree = 3\nfour = 4\n');
    expect(await lines(true)).toEqual([
      [2, 2, 'Claude Code', 'claude-sonnet-4-5'],
      [4, 4, 'Claude Code', 'claude-sonnet-4-5'],
    ]);
    // The note is taken away: known to an edit only when git is asked again.
    made.git(['update-ref', '-d', 'refs/notes/ai']);
    expect((await lines(true)).length).toBe(2);
    expect(await lines()).toEqual([]);
  });
});
