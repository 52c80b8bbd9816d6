import { describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { ResponseError } from 'vscode-languageserver/node';
import { RICH, spell, startClient, uriOf, workspaceWith } from './client.js';

const PULL = { ...RICH, textDocument: { ...RICH.textDocument, diagnostic: { codeDescriptionSupport: true, dataSupport: true } } };

describe('pushed diagnostics', () => {
  it('arrive when a document opens, with what a person and a client need', async () => {
    const client = await startClient();
    client.open('file:///w/a.py', 'x = 1\nexec(x)\n');
    const found = await client.diagnostics('file:///w/a.py');
    expect(found).toMatchObject([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } },
        severity: 1,
        code: 'py-exec',
        source: 'countersign',
        message: 'exec() runs whatever `x` holds. [MAESTRO L3 Agent Frameworks, CWE-95]',
      },
    ]);
    expect(found[0]).not.toHaveProperty('tags');
    expect(found[0]?.data).toMatchObject({ fingerprint: expect.any(String) });
  });

  it('map severities to Error, Warning and Information', async () => {
    const client = await startClient();
    client.open('file:///w/a.py', 'import yaml\nexec(x)\nyaml.load(x)\nbreakpoint()\n');
    const found = await client.diagnostics('file:///w/a.py');
    expect(found.map(({ severity }) => severity)).toEqual([1, 2, 3]);
  });

  it('follow incremental edits, for the newest version', async () => {
    const client = await startClient();
    const uri = 'file:///w/a.py';
    client.open(uri, 'exec(x)\n');
    await client.diagnostics(uri);
    for (let i = 0; i < 20; i++) {
      client.change(uri, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: '# one more line\n' }]);
    }
    const found = await client.diagnostics(uri, (_all, version) => version === 21);
    expect(spell(found)).toEqual(['20:0-20:7 py-exec']);
    // Edits in quick succession are one scan: no version in between was published after the first.
    expect(client.published.filter((each) => each.uri === uri).map(({ version }) => version)).toEqual([1, 21]);
  });

  it('go when the document closes', async () => {
    const client = await startClient();
    client.open('file:///w/a.py', 'exec(x)\n');
    await client.diagnostics('file:///w/a.py');
    client.close('file:///w/a.py');
    expect(await client.diagnostics('file:///w/a.py', (found) => found.length === 0)).toEqual([]);
  });

  it('count UTF-16 units where characters are longer', async () => {
    const client = await startClient();
    client.open('file:///w/a.py', 'print("🤖 läuft 𝔘"); exec(x)\n');
    expect(spell(await client.diagnostics('file:///w/a.py'))).toEqual(['0:22-0:29 py-exec']);
    client.change('file:///w/a.py', [{ range: { start: { line: 0, character: 7 }, end: { line: 0, character: 9 } }, newText: '🧨🧨' }]);
    expect(spell(await client.diagnostics('file:///w/a.py', (_all, version) => version === 2))).toEqual(['0:24-0:31 py-exec']);
  });

  it('count every line break that the protocol knows', async () => {
    const client = await startClient();
    client.open('file:///w/a.py', 'a = 1\r\nb = 2\nexec(a)\r\n');
    expect(spell(await client.diagnostics('file:///w/a.py'))).toEqual(['2:0-2:7 py-exec']);
  });

  it('leave out suppressed findings, or show them as hints where a person wants that', async () => {
    const text = '# countersign: ignore[py-exec] -- a constant of ours\nexec(x)\nexec(y)\n';
    const quiet = await startClient();
    quiet.open('file:///w/a.py', text);
    expect(spell(await quiet.diagnostics('file:///w/a.py'))).toEqual(['2:0-2:7 py-exec']);
    const loud = await startClient({ settings: () => ({ showSuppressed: true }) });
    loud.open('file:///w/a.py', text);
    const found = await loud.diagnostics('file:///w/a.py');
    expect(found.map(({ severity }) => severity)).toEqual([4, 1]);
    expect(found[0]?.message).toContain('a constant of ours');
  });

  it('are the same for every spelling of a Windows path', async () => {
    const client = await startClient();
    for (const uri of ['file:///c%3A/Users/a%20b/run.py', 'file:///C:/Users/a b/other.py', 'untitled:Untitled-1']) {
      client.open(uri, 'exec(x)\n', 'python');
      expect(spell(await client.diagnostics(uri))).toEqual(['0:0-0:7 py-exec']);
    }
  });

  it('reach a client that can do nothing else', async () => {
    const folder = await workspaceWith();
    const client = await startClient({ capabilities: {}, folders: [folder], oldRoot: true });
    expect(client.initialized.capabilities).not.toHaveProperty('codeActionProvider');
    expect(client.initialized.capabilities).not.toHaveProperty('notebookDocumentSync');
    expect(client.initialized.capabilities).not.toHaveProperty('positionEncoding');
    const uri = uriOf(folder, 'a.py');
    client.open(uri, 'exec(x)\n');
    const found = await client.diagnostics(uri);
    expect(spell(found)).toEqual(['0:0-0:7 py-exec']);
    expect(found[0]).not.toHaveProperty('data');
    expect(client.published[0]).not.toHaveProperty('version');
    expect(client.requests).toEqual([]);
  });
});

describe('pulled diagnostics', () => {
  it('answer for a document, and are not pushed as well', async () => {
    const client = await startClient({ capabilities: PULL });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ identifier: 'countersign', workspaceDiagnostics: true });
    client.open('file:///w/a.py', 'exec(x)\n');
    const report = await client.pull('file:///w/a.py');
    expect(report.kind === 'full' && spell(report.items)).toEqual(['0:0-0:7 py-exec']);
    client.close('file:///w/a.py');
    await client.pull('file:///w/b.py');
    expect(client.published).toEqual([]);
  });

  it('say `unchanged` while nothing has', async () => {
    const client = await startClient({ capabilities: PULL });
    const uri = 'file:///w/a.py';
    client.open(uri, 'exec(x)\n');
    const first = await client.pull(uri);
    client.change(uri, 'exec(x)\n# a remark\n');
    const second = await client.pull(uri, first.resultId);
    expect(second).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.change(uri, '\nexec(x)\n');
    const third = await client.pull(uri, second.resultId);
    expect(third.kind).toBe('full');
  });

  it('answer about the newest text only', async () => {
    const client = await startClient({ capabilities: PULL });
    const uri = 'file:///w/a.py';
    client.open(uri, 'exec(x)\n');
    await client.pull(uri);
    const early = client.pull(uri).catch((error: unknown) => error);
    client.change(uri, '\nexec(x)\n');
    const late = await client.pull(uri);
    expect(late.kind === 'full' && spell(late.items)).toEqual(['1:0-1:7 py-exec']);
    // The overtaken one answered in time, or said that it should be asked again.
    const answer = await early;
    const outcome = answer instanceof ResponseError ? (answer.data as { retriggerRequest?: boolean }).retriggerRequest : 'in time';
    expect(['in time', true]).toContain(outcome);
  });

  it('cover the workspace, with `unchanged` for what the client has', async () => {
    const folder = await workspaceWith({ 'a.py': 'exec(x)\n', 'b.py': 'x = 1\n', 'sub/c.ts': 'eval(x);\n' });
    const client = await startClient({ capabilities: PULL, folders: [folder] });
    const ask = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> =>
      client.connection.sendRequest('workspace/diagnostic', { previousResultIds });
    const first = await ask([]);
    expect(first.items.map(({ uri }) => uri)).toEqual([uriOf(folder, 'a.py'), uriOf(folder, 'sub/c.ts')]);
    const again = await ask(first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' })));
    expect(again.items.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
    expect(client.published).toEqual([]);
  });

  it('leave a client alone that wants pushes', async () => {
    const client = await startClient({ capabilities: PULL, initializationOptions: { diagnostics: 'push' } });
    expect(client.initialized.capabilities).not.toHaveProperty('diagnosticProvider');
    client.open('file:///w/a.py', 'exec(x)\n');
    expect(spell(await client.diagnostics('file:///w/a.py'))).toEqual(['0:0-0:7 py-exec']);
  });
});
