import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CoverageResult, StatusParams } from '../../server/src/protocol/messages.js';
import type { StartOptions, TestClient } from './client.js';
import { RICH, spell, startClient, uriOf, workspaceWith, write } from './client.js';

const EXEC = 'exec(x)\n';
const OUR_RULE = `rules:
  - id: our-print
    languages: [python]
    severity: WARNING
    message: We log, we do not print.
    pattern: print(...)
`;

/** FileChangeType of the protocol. */
const CHANGED = 2;
const DELETED = 3;

function watched(client: TestClient, uri: string, type: number): void {
  void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
}

const coverage = (client: TestClient): Promise<CoverageResult> => client.connection.sendRequest('countersign/coverage');
const scan = (client: TestClient): Promise<unknown> =>
  client.connection.sendRequest('workspace/executeCommand', { command: 'countersign.scanWorkspace' });

describe('folders', () => {
  it('each follow their own countersign.yaml', async () => {
    const strict = await workspaceWith({ 'countersign.yaml': 'rules: [rules]\n', 'rules/our-print.yaml': OUR_RULE });
    const loose = await workspaceWith({ 'countersign.yaml': 'disable: [py-exec]\n' });
    const client = await startClient({ folders: [strict, loose] });
    const text = 'exec(x)\nprint(x)\n';
    client.open(uriOf(strict, 'a.py'), text);
    client.open(uriOf(loose, 'a.py'), text);
    client.open('file:///elsewhere/a.py', text);
    expect(spell(await client.diagnostics(uriOf(strict, 'a.py')))).toEqual(['0:0-0:7 py-exec', '1:0-1:8 our-print']);
    expect(spell(await client.diagnostics(uriOf(loose, 'a.py')))).toEqual([]);
    expect(spell(await client.diagnostics('file:///elsewhere/a.py'))).toEqual(['0:0-0:7 py-exec']);
  });

  it('come and go while the server runs', async () => {
    const folder = await workspaceWith({ 'countersign.yaml': 'disable: [py-exec]\n' });
    const client = await startClient();
    const uri = uriOf(folder, 'a.py');
    client.open(uri, EXEC);
    expect(await client.diagnostics(uri, (found) => found.length === 1)).toHaveLength(1);
    const event = (added: object[], removed: object[]): void =>
      void client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed } });
    const it = { uri: pathToFileURL(folder).href, name: 'it' };
    event([it], []);
    expect(await client.diagnostics(uri, (found) => found.length === 0)).toHaveLength(0);
    event([], [it]);
    expect(await client.diagnostics(uri, (found) => found.length === 1)).toHaveLength(1);
  });

  it('say what their own configuration switches off', async () => {
    const folder = await workspaceWith({ 'countersign.yaml': 'disable: [py-exec]\n' });
    const client = await startClient({ folders: [folder], initializationOptions: { clientCommands: true } });
    const status = await client.message<StatusParams>('countersign/status', ({ state }) => state === 'ready');
    expect(status.disabledByWorkspace).toEqual(['py-exec']);
    const { folders, text } = await coverage(client);
    expect(folders[0]?.disabledByFolder).toEqual(['py-exec']);
    expect(text).toContain('Switched off by countersign.yaml: py-exec');
  });

  it('can ask for more, never for less than a person chose', async () => {
    const audit = await workspaceWith({ 'countersign.yaml': 'profile: audit\n' });
    const meek = await workspaceWith({ 'countersign.yaml': 'profile: default\n' });
    const asks: StartOptions = { settings: (uri) => (uri === pathToFileURL(meek).href ? { profile: 'audit' } : {}) };
    const client = await startClient({ folders: [audit, meek], ...asks });
    for (const folder of [audit, meek]) {
      const uri = uriOf(folder, 'a.py');
      client.open(uri, 'open(name)\n');
      expect(spell(await client.diagnostics(uri))).toEqual(['0:0-0:10 py-audit-only']);
    }
  });

  it('cannot put a rule of their own in the place of a built-in one', async () => {
    const tame = OUR_RULE.replace('our-print', 'py-exec').replace('WARNING', 'INFO').replace('print(...)', 'never_called()');
    const folder = await workspaceWith({ 'countersign.yaml': 'rules: [tame.yaml]\n', 'tame.yaml': tame });
    const client = await startClient({ folders: [folder] });
    client.open(uriOf(folder, 'a.py'), EXEC);
    const found = await client.diagnostics(uriOf(folder, 'a.py'));
    expect(spell(found)).toContain('0:0-0:7 py-exec');
    expect(found.map(({ severity }) => severity)).toContain(1);
  });

  it('cannot name rules outside themselves', async () => {
    const outside = await workspaceWith({ 'our-print.yaml': OUR_RULE });
    const folder = await workspaceWith({ 'countersign.yaml': 'rules:\n  - ../x.yaml\n  - link\n  - none.yaml\n' });
    await symlink(outside, path.join(folder, 'link'));
    const client = await startClient({ folders: [folder] });
    const found = await client.diagnostics(uriOf(folder, 'countersign.yaml'), (all) => all.length === 3);
    expect(found.map(({ range, code }) => `${range.start.line}:${range.start.character} ${String(code)}`)).toEqual([
      '1:4 config-path',
      '2:4 rules-not-found',
      '3:4 rules-not-found',
    ]);
    client.open(uriOf(folder, 'a.py'), 'print(x)\n');
    expect(await client.diagnostics(uriOf(folder, 'a.py'))).toEqual([]);
  });
});

describe('settings', () => {
  it('count from the start, and again when they change', async () => {
    let settings: unknown = { disabledRules: ['py-exec'] };
    const client = await startClient({ settings: () => settings });
    client.open('file:///w/a.py', EXEC);
    expect(await client.diagnostics('file:///w/a.py')).toEqual([]);
    settings = { disabledRules: 'nonsense', profile: 7 };
    void client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(spell(await client.diagnostics('file:///w/a.py', (found) => found.length > 0))).toEqual(['0:0-0:7 py-exec']);
  });

  it('are taken from a client that only sends them', async () => {
    const client = await startClient({ capabilities: {} });
    client.open('file:///w/a.py', EXEC);
    expect(await client.diagnostics('file:///w/a.py', (found) => found.length === 1)).toHaveLength(1);
    void client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { countersign: { disabledRules: ['py-exec'] } },
    });
    expect(await client.diagnostics('file:///w/a.py', (found) => found.length === 0)).toHaveLength(0);
  });

  it('can name rule paths of the person', async () => {
    const rules = await workspaceWith({ 'our-print.yaml': OUR_RULE });
    const client = await startClient({ settings: () => ({ rulePaths: [rules] }) });
    client.open('file:///w/a.py', 'print(x)\n');
    expect(spell(await client.diagnostics('file:///w/a.py'))).toEqual(['0:0-0:8 our-print']);
  });
});

describe('rule and configuration files', () => {
  it('are read again when they change, and every open document is checked again', async () => {
    const folder = await workspaceWith({ 'countersign.yaml': 'rules: [rules]\n', 'rules/our-print.yaml': OUR_RULE });
    const client = await startClient({ folders: [folder] });
    client.open(uriOf(folder, 'a.py'), 'print(x)\n');
    client.open(uriOf(folder, 'b.py'), 'log(x)\n');
    expect(await client.diagnostics(uriOf(folder, 'a.py'), (found) => found.length === 1)).toHaveLength(1);
    await write(folder, 'rules/our-print.yaml', OUR_RULE.replace('print(...)', 'log(...)'));
    watched(client, uriOf(folder, 'rules/our-print.yaml'), CHANGED);
    expect(await client.diagnostics(uriOf(folder, 'a.py'), (found) => found.length === 0)).toHaveLength(0);
    expect(await client.diagnostics(uriOf(folder, 'b.py'), (found) => found.length === 1)).toHaveLength(1);
    await write(folder, 'countersign.yaml', 'rules: []\n');
    watched(client, uriOf(folder, 'countersign.yaml'), CHANGED);
    expect(await client.diagnostics(uriOf(folder, 'b.py'), (found) => found.length === 0)).toHaveLength(0);
  });

  it('are read again on save where the client watches nothing', async () => {
    const folder = await workspaceWith();
    const client = await startClient({ folders: [folder], capabilities: {} });
    client.open(uriOf(folder, 'a.py'), EXEC);
    expect(await client.diagnostics(uriOf(folder, 'a.py'), (found) => found.length === 1)).toHaveLength(1);
    const config = uriOf(folder, 'countersign.yaml');
    client.open(config, '');
    await write(folder, 'countersign.yaml', 'disable: [py-exec]\n');
    void client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: config } });
    expect(await client.diagnostics(uriOf(folder, 'a.py'), (found) => found.length === 0)).toHaveLength(0);
  });

  it('know sets of sources that another rule file has, on disk and in the editor', async () => {
    const user = (set: string): string =>
      `rules:\n  - id: uses-${set}\n    languages: [python]\n    severity: WARNING\n    message: m\n    mode: taint\n    pattern-sources:\n      - use: ${set}\n    pattern-sinks:\n      - pattern: sink(...)\n`;
    const folder = await workspaceWith({
      'countersign.yaml': 'rules: [rules]\n',
      'rules/our-sources.yaml': 'sources:\n  - id: ours\n    languages: [python]\n    pattern-sources:\n      - pattern: source(...)\n',
      'rules/uses.yaml': user('ours'),
      'rules/wrong.yaml': user('theirs'),
    });
    const client = await startClient({ folders: [folder] });
    const wrong = await client.diagnostics(uriOf(folder, 'rules/wrong.yaml'), (found) => found.length > 0);
    expect(wrong.map(({ message }) => message)).toEqual([expect.stringContaining('`theirs`')]);
    const uri = uriOf(folder, 'rules/uses.yaml');
    client.open(uri, user('ours'), 'yaml');
    expect(spell(await client.diagnostics(uri))).toEqual([]);
  });

  it('get diagnostics of their own, live while they are open', async () => {
    const broken = OUR_RULE.replace('pattern: print(...)', 'pattern-bogus: print(...)');
    const folder = await workspaceWith({ 'countersign.yaml': 'rules: [rules]\nspeed: fast\n', 'rules/our-print.yaml': broken });
    const client = await startClient({ folders: [folder] });
    expect(spell(await client.diagnostics(uriOf(folder, 'countersign.yaml'), (found) => found.length > 0))).toEqual(['1:0-1:5 config-key']);
    const rule = uriOf(folder, 'rules/our-print.yaml');
    const onDisk = await client.diagnostics(rule, (found) => found.length > 0);
    expect(onDisk.map(({ range, severity, source }) => [range.start.line, severity, source])).toEqual([[5, 1, 'countersign']]);
    client.open(rule, OUR_RULE);
    expect(await client.diagnostics(rule, (found) => found.length === 0)).toHaveLength(0);
    client.change(rule, broken);
    await client.diagnostics(rule, (found) => found.length > 0);
  });
});

describe('rules of a team that are many', () => {
  const many = `${OUR_RULE}${'# and so on\n'.repeat(10_000)}`;
  const text = 'exec(x)\nprint(x)  # countersign: ignore[our-print] -- a tool on the command line\nprint(y)\n';
  const all = ['0:0-0:7 py-exec', '2:0-2:8 our-print'];
  const folderOf = (): Promise<string> => workspaceWith({ 'countersign.yaml': 'rules: [rules]\n', 'rules/many.yaml': many });

  it('come in after what ships with Countersign, and nothing is said of their suppressions before', async () => {
    const folder = await folderOf();
    const client = await startClient({ folders: [folder], initializationOptions: { clientCommands: true } });
    const uri = uriOf(folder, 'a.py');
    client.open(uri, text);
    expect(spell(await client.diagnostics(uri, (found) => found.length > 1))).toEqual(all);
    expect(client.published.filter((each) => each.uri === uri).map(({ diagnostics }) => spell(diagnostics))).toEqual([[all[0]], all]);
    await client.message<StatusParams>('countersign/status', ({ state }) => state === 'ready');
  });

  it('are asked for again by a client that asks', async () => {
    const folder = await folderOf();
    const client = await startClient({
      folders: [folder],
      capabilities: { ...RICH, textDocument: { ...RICH.textDocument, diagnostic: {} } },
    });
    const uri = uriOf(folder, 'a.py');
    client.open(uri, text);
    expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'py-exec' }] });
    await expect.poll(() => client.requests.map(({ method }) => method)).toContain('workspace/diagnostic/refresh');
    expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'py-exec' }, { code: 'our-print' }] });
  });

  it('come in for documents outside of the folders too, where a folder has none', async () => {
    const own = await folderOf();
    const plain = await workspaceWith();
    const rulePaths = [path.join(own, 'rules')];
    const client = await startClient({ folders: [plain], settings: (scope) => (scope === undefined ? { rulePaths } : { rulePaths: [] }) });
    client.open('file:///elsewhere/a.py', text);
    expect(spell(await client.diagnostics('file:///elsewhere/a.py', (found) => found.length > 1))).toEqual(all);
  });

  it('may be switched off in countersign.yaml like any other, without a word', async () => {
    const folder = await workspaceWith({ 'countersign.yaml': 'rules: [rules]\ndisable: [our-print]\n', 'rules/many.yaml': many });
    const client = await startClient({ folders: [folder], initializationOptions: { clientCommands: true } });
    client.open(uriOf(folder, 'a.py'), 'print(x)\nexec(x)\n');
    await client.message<StatusParams>('countersign/status', ({ state }) => state === 'ready');
    expect((await coverage(client)).folders[0]).toMatchObject({ ruleErrors: [], disabledByFolder: ['our-print'] });
  });

  it('are waited for by a client that could not be told to ask again', async () => {
    const folder = await folderOf();
    const client = await startClient({ folders: [folder], capabilities: { textDocument: { diagnostic: {} } } });
    const uri = uriOf(folder, 'a.py');
    client.open(uri, text);
    expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'py-exec' }, { code: 'our-print' }] });
  });
});

describe('a workspace scan', () => {
  it('shows findings of files that nobody opened, and counts them', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC, 'sub/b.ts': 'eval(x);\n', 'clean.py': 'x = 1\n' });
    const client = await startClient({ folders: [folder], initializationOptions: { clientCommands: true } });
    expect(await scan(client)).toEqual({ state: 'complete', files: 3, findings: 2, notFullyScanned: 0 });
    expect(spell(await client.diagnostics(uriOf(folder, 'a.py')))).toEqual(['0:0-0:7 py-exec']);
    expect(spell(await client.diagnostics(uriOf(folder, 'sub/b.ts')))).toEqual(['0:0-0:7 js-eval']);
    const status = await client.message<StatusParams>('countersign/status', ({ errors }) => errors === 2);
    expect(status.layers).toEqual([{ layer: 'L3', name: 'Agent Frameworks', count: 2 }]);
    expect((await coverage(client)).folders[0]).toMatchObject({ scan: 'complete', counts: { scanned: 3, partial: 0, skipped: 0 } });
  });

  it('reports progress where the client shows it', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC });
    const client = await startClient({ folders: [folder] });
    await scan(client);
    const { token } = await client.message<{ token: string }>('window/workDoneProgress/create');
    const kinds = client.notifications
      .filter(({ method, params }) => method === '$/progress' && (params as { token: string }).token === token)
      .map(({ params }) => (params as { value: { kind: string } }).value.kind);
    expect(kinds[0]).toBe('begin');
    expect(kinds.at(-1)).toBe('end');
  });

  it('stops when it is cancelled, and keeps what it found', async () => {
    const files = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`f${i}.py`, EXEC]));
    const folder = await workspaceWith(files);
    const client = await startClient({ folders: [folder] });
    const answered = scan(client);
    const { token } = await client.message<{ token: string }>('window/workDoneProgress/create');
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    expect(await answered).toMatchObject({ state: 'cancelled' });
    expect((await coverage(client)).folders[0]?.scan).toBe('cancelled');
  });

  it('works on other threads where there are many files, and can be stopped there', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}.py`, EXEC]));
    const folder = await workspaceWith(files);
    const client = await startClient({ folders: [folder] });
    expect(await scan(client)).toEqual({ state: 'complete', files: 60, findings: 60, notFullyScanned: 0 });
    expect(spell(await client.diagnostics(uriOf(folder, 'f59.py')))).toEqual(['0:0-0:7 py-exec']);
    const first = await client.message<{ token: string }>('window/workDoneProgress/create');
    const again = scan(client);
    const { token } = await client.message<{ token: string }>('window/workDoneProgress/create', (params) => params.token !== first.token);
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    expect(await again).toMatchObject({ state: 'cancelled' });
  });

  it('leaves open documents to what is in the editor', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC });
    const client = await startClient({ folders: [folder] });
    const uri = uriOf(folder, 'a.py');
    client.open(uri, 'x = 1\n');
    await client.diagnostics(uri);
    await scan(client);
    expect(client.published.filter((each) => each.uri === uri && each.diagnostics.length > 0)).toEqual([]);
    // Closed without saving: what is on disk counts again.
    client.close(uri);
    expect(spell(await client.diagnostics(uri, (found) => found.length > 0))).toEqual(['0:0-0:7 py-exec']);
  });

  it('is kept current: files that change and files that go', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC, 'sub/b.py': EXEC });
    const client = await startClient({ folders: [folder] });
    await scan(client);
    const [a, b] = [uriOf(folder, 'a.py'), uriOf(folder, 'sub/b.py')];
    await write(folder, 'a.py', `\n${EXEC}`);
    watched(client, a, CHANGED);
    await client.diagnostics(a, (found) => found[0]?.range.start.line === 1);
    await rm(path.join(folder, 'sub'), { recursive: true });
    watched(client, uriOf(folder, 'sub'), DELETED);
    expect(await client.diagnostics(b, (found) => found.length === 0)).toEqual([]);
  });

  it('follows a change of the rules', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC });
    const client = await startClient({ folders: [folder] });
    await scan(client);
    expect(await client.diagnostics(uriOf(folder, 'a.py'), (found) => found.length === 1)).toHaveLength(1);
    await write(folder, 'countersign.yaml', 'disable: [py-exec]\n');
    watched(client, uriOf(folder, 'countersign.yaml'), CHANGED);
    expect(await client.diagnostics(uriOf(folder, 'a.py'), (found) => found.length === 0)).toHaveLength(0);
  });

  it('runs on opening only where that is set', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC });
    const client = await startClient({ folders: [folder], settings: () => ({ scanOnOpen: true }) });
    expect(spell(await client.diagnostics(uriOf(folder, 'a.py')))).toEqual(['0:0-0:7 py-exec']);
  });

  it('says what was not looked at, with hostile names made visible', async () => {
    const folder = await workspaceWith({ 'a.py': EXEC, 'blob.py': 'x\0y', 'bad\u202e\u001b[31m.py': 'x\0y' });
    await mkdir(path.join(folder, 'empty'));
    const client = await startClient({ folders: [folder] });
    await scan(client);
    const { folders, text } = await coverage(client);
    expect(folders[0]?.files.map(({ path: name, state }) => `${name} ${state}`)).toEqual([
      'bad\\u{202E}\\u{001B}[31m.py skipped',
      'blob.py skipped',
    ]);
    expect(text).toContain('NUL bytes');
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('commands of editors without a client of ours', () => {
  it('give pages as text', async () => {
    const client = await startClient();
    const run = (command: string, ...args: unknown[]): Promise<unknown> =>
      client.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
    expect(client.initialized.capabilities.executeCommandProvider?.commands).toEqual([
      'countersign.scanWorkspace',
      'countersign.explainFinding',
      'countersign.showCoverage',
    ]);
    expect(await run('countersign.explainFinding', 'py-exec')).toContain('# `py-exec`');
    expect(await run('countersign.explainFinding', 'no-such-rule')).toBeNull();
    expect(await run('countersign.showCoverage')).toContain('rules, profile "default"');
    await expect(run('countersign.nonsense')).rejects.toThrow('There is no command');
  });

  it('are left to a client that has them', async () => {
    const client = await startClient({ capabilities: RICH, initializationOptions: { clientCommands: true } });
    expect(client.initialized.capabilities).not.toHaveProperty('executeCommandProvider');
  });
});
