/** The built server as a process: its transports, its end, and that nothing a client sends takes it down. */
import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MessageConnection, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/root.mjs';

const SERVER = path.join(root, 'server/dist/lsp.mjs');
const COMMAND = path.join(root, 'server/bin/countersign.mjs');

interface Running {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

function running(child: ChildProcess, connection: MessageConnection): Running {
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  connection.onRequest(() => null);
  connection.listen();
  onTestFinished(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });
  return { process: child, connection, ended };
}

function overStdio(args: readonly string[]): Running {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  return running(child, createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
}

function overIpc(): Running {
  const child = fork(SERVER, ['--node-ipc'], { execArgv: [] });
  return running(child, createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)));
}

async function firstDiagnostics({ connection }: Running): Promise<PublishDiagnosticsParams> {
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', resolve);
  });
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: 'file:///w/a.py', languageId: 'python', version: 1, text: 'import yaml\nexec(input())\n' },
  });
  return published;
}

describe.each([
  ['countersign lsp --stdio', () => overStdio([COMMAND, 'lsp', '--stdio'])],
  ['the bundle over standard streams', () => overStdio([SERVER, '--stdio'])],
  ['the bundle over Node’s channel', overIpc],
])('%s', (_name, start) => {
  it('serves with the built-in packs, and ends when it is told to', async () => {
    expect(existsSync(SERVER)).toBe(true);
    const server = start();
    const { diagnostics } = await firstDiagnostics(server);
    expect(diagnostics.filter(({ range }) => range.start.line === 1).map(({ source }) => source)).toContain('countersign');
    await server.connection.sendRequest('shutdown');
    await server.connection.sendNotification('exit');
    expect(await server.ended).toBe(0);
  });
});

describe('the process', () => {
  it('ends with an error when it is told to go without warning', async () => {
    const server = overStdio([SERVER, '--stdio']);
    await firstDiagnostics(server);
    await server.connection.sendNotification('exit');
    expect(await server.ended).toBe(1);
  });

  it('does not outlive its client', async () => {
    const piped = overStdio([SERVER, '--stdio']);
    await firstDiagnostics(piped);
    piped.process.stdin?.end();
    expect(await piped.ended).toBe(1);
    const channelled = overIpc();
    await firstDiagnostics(channelled);
    channelled.process.disconnect();
    await channelled.ended;
  });

  it('survives requests that make no sense', async () => {
    const server = overStdio([SERVER, '--stdio']);
    await firstDiagnostics(server);
    const { connection } = server;
    const nonsense: readonly [string, unknown][] = [
      ['textDocument/hover', {}],
      ['textDocument/hover', { textDocument: { uri: '%%%' }, position: { line: -1, character: 1e9 } }],
      ['textDocument/codeAction', { textDocument: { uri: 'file:///w/a.py' } }],
      ['workspace/executeCommand', {}],
      ['countersign/suppressEdit', 7],
      ['countersign/explain', { ruleId: {} }],
      ['countersign/nothing', null],
    ];
    for (const [method, params] of nonsense) await connection.sendRequest(method, params).catch(() => undefined);
    for (const method of ['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose', 'workspace/didChangeWatchedFiles']) {
      await connection.sendNotification(method, { nonsense: true });
    }
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///w/a.py', version: 2 },
      contentChanges: [{ range: { start: { line: 99, character: 99 }, end: { line: 0, character: 0 } }, text: '\ud800exec(x)\0' }],
    });
    const hover = await connection.sendRequest('textDocument/hover', {
      textDocument: { uri: 'file:///w/a.py' },
      position: { line: 1, character: 1 },
    });
    expect(hover === null || typeof hover === 'object').toBe(true);
    expect(server.process.exitCode).toBeNull();
  });
});
