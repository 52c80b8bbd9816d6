/** A flow in an editor: each place on its way is related information, in the document that it is in, for clients that show it. */
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import type { Finding, RepoPath, ScanInput } from '../../server/src/core/index.js';
import { readClientFeatures, type ClientFeatures } from '../../server/src/lsp/clientFeatures.js';
import { toDiagnostic } from '../../server/src/lsp/toDiagnostic.js';
import { RICH, startClient, uriOf, workspaceWith } from './client.js';

const RULE = `rules:
  - id: reply-exec
    message: A reply reaches exec().
    severity: ERROR
    languages: [python]
    mode: taint
    pattern-sources:
      - pattern: ask(...)
    pattern-sinks:
      - pattern: exec(...)
`;

const features = (capabilities: ClientCapabilities): ClientFeatures => readClientFeatures({ capabilities } as InitializeParams, {});

async function findingIn(input: ScanInput): Promise<Finding> {
  const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: RULE }], profile: 'audit' });
  const [finding] = (await session.scan(input)).findings;
  if (finding === undefined) throw new Error('nothing was found');
  return finding;
}

describe('a finding with a trace', () => {
  const file: ScanInput = { kind: 'text', path: 'a.py' as RepoPath, text: 'reply = ask()\nexec(reply)\n' };

  it('names every place', async () => {
    const { relatedInformation } = toDiagnostic(await findingIn(file), undefined, features(RICH), () => 'file:///w/a.py');
    expect(relatedInformation).toEqual([
      {
        location: { uri: 'file:///w/a.py', range: { start: { line: 0, character: 8 }, end: { line: 0, character: 13 } } },
        message: 'Comes from here: ask()',
      },
      {
        location: { uri: 'file:///w/a.py', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } } },
        message: 'Goes into: reply',
      },
      {
        location: { uri: 'file:///w/a.py', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 11 } } },
        message: 'Arrives here: exec(reply)',
      },
    ]);
  });

  it('leaves out the middle of a long way, and says so', async () => {
    const long = Array.from({ length: 30 }, (_, at) => `v${at + 1} = v${at}`).join('\n');
    const text = `v0 = ask()\n${long}\nexec(v30)\n`;
    const { relatedInformation } = toDiagnostic(await findingIn({ ...file, text }), undefined, features(RICH), () => 'file:///w/a.py');
    const messages = relatedInformation?.map(({ message }) => message) ?? [];
    expect(messages).toHaveLength(18);
    expect(messages.slice(7, 11)).toEqual(['Goes into: v6', 'Goes into: v7', 'After 15 more steps, goes into: v23', 'Goes into: v24']);
    expect(messages.at(-1)).toBe('Arrives here: exec(v30)');
  });

  it('keeps to what the client shows', async () => {
    expect(toDiagnostic(await findingIn(file), undefined, features({}), () => 'file:///w/a.py')).not.toHaveProperty('relatedInformation');
  });

  it('goes from cell to cell of a notebook', async () => {
    const cells = ['reply = ask()', 'exec(reply)'].map((text, index) => ({ index, kind: 'code' as const, language: 'python', text }));
    const finding = await findingIn({ kind: 'notebook', path: 'a.ipynb' as RepoPath, cells });
    const { relatedInformation } = toDiagnostic(finding, undefined, features(RICH), (cell) => `cell:${cell}`);
    expect(relatedInformation?.map(({ location }) => `${location.uri} ${location.range.start.line}`)).toEqual([
      'cell:0 0',
      'cell:0 0',
      'cell:1 0',
    ]);
  });
});

describe('an open file and its neighbours', () => {
  const files = {
    'countersign.yaml': 'rules: [rules.yaml]\n',
    'rules.yaml': RULE.replace('exec(...)', 'act(...)'),
    'model.py': 'def reply():\n    return ask("x")\n',
    'main.py': 'from model import reply\nact(reply())\n',
    'run.py': 'def run(code):\n    act(code)\n',
    'calls.py': 'from run import run\nrun(ask("y"))\n',
  };

  it('shows what comes from another file, one click away', async () => {
    const folder = await workspaceWith(files);
    const client = await startClient({ folders: [folder] });
    const uri = uriOf(folder, 'main.py');
    client.open(uri, files['main.py']);
    const [found] = await client.diagnostics(uri);
    expect(found).toMatchObject({ code: 'reply-exec', range: { start: { line: 1, character: 0 } } });
    expect(found?.relatedInformation?.[0]).toMatchObject({
      location: { uri: uriOf(folder, 'model.py'), range: { start: { line: 1, character: 11 } } },
      message: 'Comes from here: ask("x")',
    });
  });

  it('shows what ends in another file at the call', async () => {
    const folder = await workspaceWith(files);
    const client = await startClient({ folders: [folder] });
    const uri = uriOf(folder, 'calls.py');
    client.open(uri, files['calls.py']);
    const [found] = await client.diagnostics(uri);
    expect(found).toMatchObject({ code: 'reply-exec', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 13 } } });
    expect(found?.relatedInformation?.at(-1)).toMatchObject({
      location: { uri: uriOf(folder, 'run.py') },
      message: 'Arrives here: act(code)',
    });
  });

  it('is looked at again when a neighbour is edited, by what stands in the editor', async () => {
    const folder = await workspaceWith(files);
    const client = await startClient({ folders: [folder] });
    const main = uriOf(folder, 'main.py');
    const model = uriOf(folder, 'model.py');
    client.open(main, files['main.py']);
    await client.diagnostics(main, (found) => found.length === 1);
    client.open(model, files['model.py']);
    await client.diagnostics(model);
    const word = { start: { line: 1, character: 11 }, end: { line: 1, character: 19 } };
    client.change(model, [{ range: word, newText: '"fixed"' }]);
    expect(await client.diagnostics(main, (found) => found.length === 0)).toEqual([]);
    client.change(model, [{ range: { ...word, end: { line: 1, character: 18 } }, newText: 'ask("z")' }]);
    expect(await client.diagnostics(main, (found) => found.length === 1)).toMatchObject([{ code: 'reply-exec' }]);
  });
});
