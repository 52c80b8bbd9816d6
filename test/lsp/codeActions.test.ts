import type { CodeAction, TextEdit } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import type { SuppressEditResult } from '../../server/src/protocol/messages.js';
import { RICH, spell, startClient } from './client.js';
import type { StartOptions, TestClient } from './client.js';

const OURS: StartOptions = { initializationOptions: { clientCommands: true } };

async function opened(uri: string, text: string, options: StartOptions = {}): Promise<TestClient> {
  const client = await startClient(options);
  client.open(uri, text);
  await client.diagnostics(uri);
  return client;
}

const titles = (actions: readonly CodeAction[]): readonly string[] => actions.map(({ title }) => title);

describe('fixes', () => {
  it('replace what the rule says, and the finding goes', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'import yaml\nd = yaml.load(f)\n');
    const [fix] = await client.actions(uri, { line: 1, character: 6 });
    expect(fix).toMatchObject({ title: 'Replace with yaml.safe_load(f) (Countersign)', kind: 'quickfix', isPreferred: true });
    expect(fix?.diagnostics).toEqual(client.published.at(-1)?.diagnostics);
    client.apply(fix?.edit ?? {});
    expect(client.text(uri)).toBe('import yaml\nd = yaml.safe_load(f)\n');
    expect(await client.diagnostics(uri, (_all, version) => version === 2)).toEqual([]);
  });

  it('name the version that they are for, where the client can check it', async () => {
    const uri = 'file:///w/a.py';
    const rich = await opened(uri, 'yaml.load(f)\n');
    expect((await rich.actions(uri, { line: 0, character: 1 }))[0]?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri, version: 1 } },
    ]);
    const old = await opened(uri, 'yaml.load(f)\n', { capabilities: { textDocument: RICH.textDocument ?? {} } });
    expect((await old.actions(uri, { line: 0, character: 1 }))[0]?.edit).toHaveProperty('changes');
  });

  it('are preferred only where the rule calls them safe', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'breakpoint()\n');
    const [fix] = await client.actions(uri, { line: 0, character: 1 });
    expect(fix?.title).toBe('Replace with pass (Countersign)');
    expect(fix).not.toHaveProperty('isPreferred');
  });

  it('are all applied at once only where they are safe, and only when asked for', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'yaml.load(a)\nbreakpoint()\nyaml.load(yaml.load(b))\n');
    expect(titles(await client.actions(uri, { line: 0, character: 0 }))).not.toContain('Apply all safe Countersign fixes');
    const [all, ...others] = await client.actions(uri, { line: 0, character: 0 }, ['source.fixAll']);
    expect(others).toEqual([]);
    expect(all?.kind).toBe('source.fixAll.countersign');
    client.apply(all?.edit ?? {});
    expect(client.text(uri)).toBe('yaml.safe_load(a)\nbreakpoint()\nyaml.safe_load(yaml.load(b))\n');
  });

  it('are left out when the client asks for another kind', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'yaml.load(a)\n');
    expect(await client.actions(uri, { line: 0, character: 0 }, ['refactor'])).toEqual([]);
  });
});

describe('suppressing', () => {
  it('is never preferred, and leaves asking for the reason to a client that can', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'if x:\n    exec(x)\n', OURS);
    const actions = await client.actions(uri, { line: 1, character: 5 });
    expect(actions).toMatchObject([
      {
        title: 'Suppress py-exec here, with a reason…',
        kind: 'quickfix',
        command: { command: 'countersign.suppress', arguments: [{ uri, ruleId: 'py-exec', line: 1, character: 4 }] },
      },
    ]);
    expect(actions[0]).not.toHaveProperty('isPreferred');
    expect(actions[0]).not.toHaveProperty('edit');
  });

  it.each([
    [
      'Python',
      'file:///w/a.py',
      'if x:\n    exec(x)\n',
      1,
      4,
      'py-exec',
      'if x:\n    # countersign: ignore[py-exec] -- made here\n    exec(x)\n',
    ],
    ['tabs', 'file:///w/a.py', 'if x:\n\texec(x)\n', 1, 1, 'py-exec', 'if x:\n\t# countersign: ignore[py-exec] -- made here\n\texec(x)\n'],
    [
      'Windows line breaks',
      'file:///w/a.py',
      'x = 1\r\nexec(x)\r\n',
      1,
      0,
      'py-exec',
      'x = 1\r\n# countersign: ignore[py-exec] -- made here\r\nexec(x)\r\n',
    ],
    ['TypeScript', 'file:///w/a.ts', '  eval(x);\n', 0, 2, 'js-eval', '  // countersign: ignore[js-eval] -- made here\n  eval(x);\n'],
    [
      'a second suppression on the line above',
      'file:///w/a.py',
      '# countersign: ignore[py-yaml-load] -- read by us\nexec(yaml.load(x))\n',
      1,
      0,
      'py-exec',
      '# countersign: ignore[py-yaml-load] -- read by us\n# countersign: ignore[py-exec] -- made here\nexec(yaml.load(x))\n',
    ],
  ])('writes the reason where it counts: %s', async (_name, uri, text, line, character, ruleId, expected) => {
    const client = await opened(uri, text, OURS);
    const result = await client.connection.sendRequest<SuppressEditResult>('countersign/suppressEdit', {
      ...{ uri, ruleId, line, character },
      reason: ' made\n here ',
    });
    if (result.kind !== 'edit') throw new Error(result.message);
    const at = { line: result.line, character: result.character };
    client.apply({ changes: { [uri]: [{ range: { start: at, end: at }, newText: result.newText }] } });
    expect(client.text(uri)).toBe(expected);
    const left = await client.diagnostics(uri, (_all, version) => version === 2);
    expect(left.filter(({ code }) => code === ruleId)).toEqual([]);
  });

  it('refuses a reason that is none', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'exec(x)\n', OURS);
    const result = await client.connection.sendRequest<SuppressEditResult>('countersign/suppressEdit', {
      ...{ uri, ruleId: 'py-exec', line: 0, character: 0 },
      reason: ' \u200b\n ',
    });
    expect(result).toEqual({ kind: 'refused', message: 'A suppression needs a reason.' });
  });

  it('is not offered where a comment would be text', async () => {
    const uri = 'file:///w/a.ts';
    const client = await opened(uri, 'const page = `\n  ${eval(x)} and\n`;\n', OURS);
    expect(spell(await client.diagnostics(uri))).toEqual(['1:4-1:11 js-eval']);
    expect(await client.actions(uri, { line: 1, character: 6 })).toEqual([]);
  });

  it('is refused inside JSX, with the reason', async () => {
    const uri = 'file:///w/a.tsx';
    const client = await opened(uri, 'const page = (\n  <p>\n    {eval(x)}\n  </p>\n);\n', OURS);
    const result = await client.connection.sendRequest<SuppressEditResult>('countersign/suppressEdit', {
      ...{ uri, ruleId: 'js-eval', line: 2, character: 5 },
      reason: 'made here',
    });
    expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('inside a string, a template or markup') });
  });

  it('leaves the place of the reason empty in other editors, and counts once one is written', async () => {
    const uri = 'file:///w/a.py';
    const client = await opened(uri, 'exec(x)\n');
    const [action] = await client.actions(uri, { line: 0, character: 1 });
    expect(action?.title).toBe('Suppress py-exec here, with a reason: inserts the comment, counts once you write why');
    client.apply(action?.edit ?? {});
    expect(client.text(uri)).toBe('# countersign: ignore[py-exec] -- \nexec(x)\n');
    expect(spell(await client.diagnostics(uri, (_all, version) => version === 2))).toContain('1:0-1:7 py-exec');
    const reason: TextEdit = { range: { start: { line: 0, character: 34 }, end: { line: 0, character: 34 } }, newText: 'made here' };
    client.change(uri, [reason]);
    expect(await client.diagnostics(uri, (_all, version) => version === 3)).toEqual([]);
  });
});
