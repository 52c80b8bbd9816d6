/**
 * A language client without an editor: starts the built server over standard streams, opens and edits documents, and says when the
 * diagnostics of exactly that version are there. It pushes or pulls, as `pull` says.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** Milliseconds after which the server is taken for hung. */
const PATIENCE = 60_000;

/** @typedef {import('./programs.mjs').Edit} Edit */
/**
 * @typedef {object} BenchClient
 * @property {number} pid
 * @property {(uri: string, languageId: string, text: string) => Promise<number>} open resolves to how many diagnostics there are
 * @property {(uri: string, version: number, edit: Edit) => Promise<number>} change the same; versions count up from 2
 * @property {(uri: string) => Promise<void>} close
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} serverFile
 * @param {{ readonly pull: boolean, readonly folder?: string | undefined }} how `folder`: the workspace's, absolute
 * @returns {Promise<BenchClient>}
 */
export async function startServer(serverFile, { pull, folder }) {
  const child = spawn(process.execPath, [serverFile, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  /** @type {Map<string, { resolve: (count: number) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  const ended = new Promise((resolve) => {
    child.on('exit', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`the server ended with code ${code}`));
      resolve(undefined);
    });
  });
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (/** @type {{ uri: string, version?: number, diagnostics: unknown[] }} */ params) => {
      const key = `${params.uri}@${params.version}`;
      waiting.get(key)?.resolve(params.diagnostics.length);
      waiting.delete(key);
    },
  );
  connection.listen();

  /**
   * @param {string} uri
   * @param {number} version
   * @returns {Promise<number>}
   */
  const diagnostics = async (uri, version) => {
    if (pull) {
      const report = await patiently(connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }));
      return /** @type {{ items?: unknown[] }} */ (report).items?.length ?? 0;
    }
    return patiently(new Promise((resolve, reject) => waiting.set(`${uri}@${version}`, { resolve, reject })));
  };

  /**
   * @param {string} method
   * @param {object} params
   * @param {string} uri
   * @param {number} version
   * @returns {Promise<number>}
   */
  const send = async (method, params, uri, version) => {
    // Both at once: diagnostics must not arrive before anyone waits for them.
    const sent = connection.sendNotification(method, params);
    const [count] = await Promise.all([diagnostics(uri, version), sent]);
    return count;
  };

  await patiently(
    connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder === undefined ? null : pathToFileURL(folder).href,
      workspaceFolders: folder === undefined ? null : [{ uri: pathToFileURL(folder).href, name: 'bench' }],
      capabilities: {
        textDocument: {
          synchronization: {},
          publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
          ...(pull ? { diagnostic: {} } : {}),
        },
      },
    }),
  );
  await connection.sendNotification('initialized', {});

  return {
    pid: child.pid ?? 0,
    open: (uri, languageId, text) => send('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }, uri, 1),
    change: (uri, version, { range, text }) =>
      send('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] }, uri, version),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    async stop() {
      await patiently(connection.sendRequest('shutdown'));
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function patiently(promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the server did not answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}
