/**
 * A client for tests: a real server on an in-memory duplex stream, spoken to in JSON-RPC. Waiting is always for a
 * message, never for time to pass.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  InitializeResult,
  MessageConnection,
  Position,
  PublishDiagnosticsParams,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  createConnection,
  createMessageConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { onTestFinished } from 'vitest';
import { createNodeHost } from '../../server/src/lsp/nodeHost.js';
import { startServer } from '../../server/src/lsp/server.js';
import type { InitializationOptions } from '../../server/src/protocol/settings.js';
import { root } from '../../scripts/root.mjs';

export const PACKS = path.join(root, 'test/lsp/fixtures/packs');

/** What VS Code says it can do, as far as it matters here. */
export const RICH: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, dataSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
      dataSupport: true,
    },
  },
  notebookDocument: { synchronization: {} },
  window: { workDoneProgress: true },
};

export interface StartOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly initializationOptions?: InitializationOptions;
  /** Answers `workspace/configuration`; by scope URI, `undefined` for no scope. */
  readonly settings?: (scopeUri: string | undefined) => unknown;
  /** `workspaceFolders` are sent by default; `rootUri` alone is what old clients do. */
  readonly oldRoot?: boolean;
}

export interface TestClient {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  /** Everything that the server pushed, oldest first. */
  readonly published: readonly PublishDiagnosticsParams[];
  readonly requests: readonly { readonly method: string; readonly params: unknown }[];
  readonly notifications: readonly { readonly method: string; readonly params: unknown }[];
  readonly logged: readonly string[];
  open(uri: string, text: string, languageId?: string): void;
  /** Replaces the whole text, or edits it. */
  change(uri: string, edit: string | readonly TextEdit[]): void;
  close(uri: string): void;
  text(uri: string): string;
  version(uri: string): number;
  /** The newest push for a document that satisfies `wanted`: one that has come, or the next to come. */
  diagnostics(
    uri: string,
    wanted?: (diagnostics: readonly Diagnostic[], version: number | undefined) => boolean,
  ): Promise<readonly Diagnostic[]>;
  /** The first message from the server, past or coming, that satisfies `wanted`. */
  message<T>(method: string, wanted?: (params: T) => boolean): Promise<T>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  hover(uri: string, position: Position): Promise<Hover | null>;
  actions(uri: string, position: Position, only?: string[]): Promise<CodeAction[]>;
  /** Applies an edit to the open documents, as an editor does, and tells the server. */
  apply(edit: WorkspaceEdit): void;
}

export async function startClient(options: StartOptions = {}): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const host = createNodeHost({ rulesDirectory: PACKS, workerUrl: pathToFileURL(path.join(root, 'server/dist/worker.mjs')) });
  startServer(server, host, { name: 'Countersign', version: 'test' });
  server.listen();

  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: PublishDiagnosticsParams[] = [];
  const requests: { method: string; params: unknown }[] = [];
  const notifications: { method: string; params: unknown }[] = [];
  const logged: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  connection.onNotification((method, params) => {
    notifications.push({ method, params });
    if (method === 'textDocument/publishDiagnostics') published.push(params as unknown as PublishDiagnosticsParams);
    if (method === 'window/logMessage') logged.push((params as unknown as { message: string }).message);
    wake();
  });
  connection.onUnhandledProgress((params) => {
    notifications.push({ method: '$/progress', params });
    wake();
  });
  connection.onRequest((method, params) => {
    requests.push({ method, params });
    wake();
    if (method === 'workspace/configuration') {
      const { items } = params as unknown as { items: { scopeUri?: string }[] };
      return items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null);
    }
    return null;
  });
  connection.listen();

  const folders = (options.folders ?? []).map((folder) => ({ name: path.basename(folder), uri: pathToFileURL(folder).href }));
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: null,
    capabilities: options.capabilities ?? RICH,
    rootUri: folders[0]?.uri ?? null,
    ...(options.oldRoot === true ? {} : { workspaceFolders: folders.length === 0 ? null : folders }),
    ...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
  });
  await connection.sendNotification('initialized', {});

  onTestFinished(async () => {
    await connection.sendRequest('shutdown');
    connection.dispose();
    server.dispose();
  });

  const documents = new Map<string, TextDocument>();
  const documentOf = (uri: string): TextDocument => {
    const document = documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  };
  const send = (method: string, params: unknown): void => void connection.sendNotification(method, params);

  const client: TestClient = {
    ...{ connection, initialized, published, requests, notifications, logged },
    open(uri, text, languageId = languageOf(uri)) {
      documents.set(uri, TextDocument.create(uri, languageId, 1, text));
      send('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    },
    change(uri, edit) {
      const document = documentOf(uri);
      const version = document.version + 1;
      const contentChanges =
        typeof edit === 'string'
          ? [{ text: edit }]
          : // Bottom up, so that each range holds in the text that the ones before it left.
            edit
              .toSorted((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
              .map(({ range, newText }) => ({ range, text: newText }));
      documents.set(uri, TextDocument.update(document, contentChanges, version));
      send('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    },
    close(uri) {
      documents.delete(uri);
      send('textDocument/didClose', { textDocument: { uri } });
    },
    text: (uri) => documentOf(uri).getText(),
    version: (uri) => documentOf(uri).version,
    async diagnostics(uri, wanted = () => true) {
      return new Promise((resolve) => {
        const look = (): void => {
          const last = published.findLast((each) => each.uri === uri);
          if (last === undefined || !wanted(last.diagnostics, last.version)) return;
          waiting.delete(look);
          resolve(last.diagnostics);
        };
        waiting.add(look);
        look();
      });
    },
    async message<T>(method: string, wanted: (params: T) => boolean = () => true) {
      return new Promise<T>((resolve) => {
        const look = (): void => {
          const found = [...notifications, ...requests].find((each) => each.method === method && wanted(each.params as T));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.params as T);
        };
        waiting.add(look);
        look();
      });
    },
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      }),
    hover: (uri, position) => connection.sendRequest('textDocument/hover', { textDocument: { uri }, position }),
    actions(uri, position, only) {
      const diagnostics = published.findLast((each) => each.uri === uri)?.diagnostics ?? [];
      return connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics, ...(only === undefined ? {} : { only }) },
      });
    },
    apply(edit) {
      for (const [uri, edits] of Object.entries(edit.changes ?? {})) client.change(uri, edits);
      for (const change of edit.documentChanges ?? []) {
        if (!('textDocument' in change)) throw new Error('only text edits are expected');
        client.change(change.textDocument.uri, change.edits as TextEdit[]);
      }
    },
  };
  return client;
}

function languageOf(uri: string): string {
  const languages: Readonly<Record<string, string>> = {
    '.py': 'python',
    '.js': 'javascript',
    '.jsx': 'javascriptreact',
    '.ts': 'typescript',
    '.tsx': 'typescriptreact',
    '.sh': 'shellscript',
    '.md': 'markdown',
    '.yaml': 'yaml',
    '.ipynb': 'json',
  };
  return languages[path.extname(new URL(uri).pathname)] ?? 'plaintext';
}

/** A folder with these files, removed after the test. */
export async function workspaceWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'countersign-lsp-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await write(folder, name, text);
  return folder;
}

export async function write(folder: string, name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

export function uriOf(folder: string, name: string): string {
  return pathToFileURL(path.join(folder, name)).href;
}

/** `line:character-line:character rule`, 0-based: short to write, and to read in a failure. */
export function spell(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(
    ({ range: { start, end }, code }) => `${start.line}:${start.character}-${end.line}:${end.character} ${String(code)}`,
  );
}
