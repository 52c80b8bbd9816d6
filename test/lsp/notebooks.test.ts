import { describe, expect, it } from 'vitest';
import type { SuppressEditResult } from '../../server/src/protocol/messages.js';
import { RICH, spell, startClient } from './client.js';
import type { TestClient } from './client.js';

const NOTEBOOK = 'file:///w/agent.ipynb';
const cellUri = (name: string): string => `vscode-notebook-cell:/w/agent.ipynb#${name}`;
/** Cell kinds of the protocol. */
const MARKUP = 1;
const CODE = 2;

interface Cell {
  readonly name: string;
  readonly kind: number;
  readonly text: string;
  readonly languageId?: string;
}

function open(client: TestClient, cells: readonly Cell[]): void {
  void client.connection.sendNotification('notebookDocument/didOpen', {
    notebookDocument: {
      uri: NOTEBOOK,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: cells.map(({ name, kind }) => ({ kind, document: cellUri(name) })),
    },
    cellTextDocuments: cells.map(textDocument),
  });
}

function textDocument({ name, kind, text, languageId }: Cell): object {
  return { uri: cellUri(name), languageId: languageId ?? (kind === MARKUP ? 'markdown' : 'python'), version: 1, text };
}

function changed(client: TestClient, version: number, cells: object): void {
  void client.connection.sendNotification('notebookDocument/didChange', {
    notebookDocument: { uri: NOTEBOOK, version },
    change: { cells },
  });
}

const CELLS: readonly Cell[] = [
  { name: 'title', kind: MARKUP, text: '# exec(x) in words' },
  { name: 'setup', kind: CODE, text: '%pip install x\n!ls -la\nx = 1\n' },
  { name: 'act', kind: CODE, text: 'reply = ask()\nexec(reply)\n' },
];

describe('notebooks', () => {
  it('show findings on the cell, at places in the cell', async () => {
    const client = await startClient();
    open(client, CELLS);
    expect(spell(await client.diagnostics(cellUri('act')))).toEqual(['1:0-1:11 py-exec']);
    expect(await client.diagnostics(cellUri('setup'))).toEqual([]);
    expect(await client.diagnostics(cellUri('title'))).toEqual([]);
  });

  it('follow edits in a cell', async () => {
    const client = await startClient();
    open(client, CELLS);
    await client.diagnostics(cellUri('act'));
    changed(client, 2, {
      textContent: [
        {
          document: { uri: cellUri('setup'), version: 2 },
          changes: [{ range: { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }, text: 'exec(y)' }],
        },
      ],
    });
    expect(spell(await client.diagnostics(cellUri('setup'), (found) => found.length > 0))).toEqual(['2:0-2:7 py-exec']);
  });

  it('follow cells that are added, moved and removed', async () => {
    const client = await startClient();
    open(client, CELLS);
    await client.diagnostics(cellUri('act'));
    const added: Cell = { name: 'new', kind: CODE, text: 'exec(z)\n' };
    changed(client, 2, {
      structure: { array: { start: 0, deleteCount: 0, cells: [{ kind: CODE, document: cellUri('new') }] }, didOpen: [textDocument(added)] },
    });
    expect(spell(await client.diagnostics(cellUri('new'), (found) => found.length > 0))).toEqual(['0:0-0:7 py-exec']);
    changed(client, 3, { structure: { array: { start: 3, deleteCount: 1 }, didClose: [{ uri: cellUri('act') }] } });
    expect(await client.diagnostics(cellUri('act'), (found) => found.length === 0)).toEqual([]);
  });

  it('lose their diagnostics when they close', async () => {
    const client = await startClient();
    open(client, CELLS);
    await client.diagnostics(cellUri('act'), (found) => found.length > 0);
    void client.connection.sendNotification('notebookDocument/didClose', {
      notebookDocument: { uri: NOTEBOOK },
      cellTextDocuments: CELLS.map(({ name }) => ({ uri: cellUri(name) })),
    });
    expect(await client.diagnostics(cellUri('act'), (found) => found.length === 0)).toEqual([]);
  });

  it('are pushed even where documents are pulled, and not twice', async () => {
    const client = await startClient({ capabilities: { ...RICH, textDocument: { ...RICH.textDocument, diagnostic: {} } } });
    open(client, CELLS);
    expect(spell(await client.diagnostics(cellUri('act')))).toEqual(['1:0-1:11 py-exec']);
    expect(await client.pull(cellUri('act'))).toEqual({ kind: 'full', items: [] });
  });

  it('answer hovers and suppress in a cell', async () => {
    const client = await startClient({ initializationOptions: { clientCommands: true } });
    open(client, CELLS);
    await client.diagnostics(cellUri('act'));
    const hover = await client.hover(cellUri('act'), { line: 1, character: 2 });
    expect(JSON.stringify(hover?.contents)).toContain('Whoever writes the text decides what runs.');
    const result = await client.connection.sendRequest<SuppressEditResult>('countersign/suppressEdit', {
      ...{ uri: cellUri('act'), ruleId: 'py-exec', line: 1, character: 0 },
      reason: 'made here',
    });
    expect(result).toEqual({
      ...{ kind: 'edit', uri: cellUri('act'), version: 1, line: 1, character: 0 },
      newText: '# countersign: ignore[py-exec] -- made here\n',
    });
  });

  it('are read as raw files by clients without notebooks', async () => {
    const client = await startClient({ capabilities: {} });
    const raw = JSON.stringify({
      cells: [{ cell_type: 'code', metadata: {}, outputs: [], source: ['exec(x)\n'] }],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
    });
    client.open('file:///w/raw.ipynb', raw);
    const [found] = await client.diagnostics('file:///w/raw.ipynb');
    const { start, end } = found?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    expect(start.line).toBe(0);
    expect(raw.slice(start.character, end.character)).toBe('exec(x)');
  });
});
