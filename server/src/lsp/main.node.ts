/**
 * The language server as a Node process: over standard streams, Node's own channel to its parent, or a socket. Run
 * directly it starts at once; `countersign lsp` imports it and calls `start`.
 */
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { describeError } from './guard.js';
import { limitCompiling, limitHeap } from './nodeHeap.js';
import { createNodeHost } from './nodeHost.js';
import { startServer } from './server.js';
import { VERSION } from './version.js';

const TRANSPORT = /^--(node-ipc|stdio|socket|pipe)(=|$)/;

/** Starts serving on this process's transport; standard streams where none is named. */
export function start(): void {
  limitCompiling();
  limitHeap();
  // Standard output carries the protocol. A stray print by any library would break it.
  /* oxlint-disable no-console */
  console.log = console.error;
  console.info = console.error;
  console.debug = console.error;
  /* oxlint-enable no-console */

  const named = process.argv.slice(2).some((argument) => TRANSPORT.test(argument));
  const connection = named ? createConnection(ProposedFeatures.all) : createConnection(ProposedFeatures.all, process.stdin, process.stdout);

  // One broken promise must not take everyone's diagnostics away. What was in flight is lost, the next edit works.
  process.on('uncaughtException', (error) => connection.console.error(`Uncaught: ${describeError(error)}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`Unhandled: ${describeError(reason)}`));
  // The library watches streams and the parent's process id; the channel to a parent that died is ours to watch.
  process.on('disconnect', () => process.exit(0));

  const host = createNodeHost({
    rulesDirectory: fileURLToPath(new URL('rules', import.meta.url)),
    workerUrl: new URL('worker.mjs', import.meta.url),
  });
  startServer(connection, host, { name: 'Countersign', version: VERSION });
  connection.listen();
}

if (process.argv[1] !== undefined && isThisFile(process.argv[1])) start();

function isThisFile(path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(fileURLToPath(import.meta.url));
  } catch {
    return false;
  }
}
