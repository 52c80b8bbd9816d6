/**
 * The language server as a Node process: over standard streams, Node's own channel to its parent, or a socket. Run
 * directly it starts at once; `countersign lsp` imports it and calls `start`.
 */
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { describeError } from './guard.js';
import { createNodeHost } from './nodeHost.js';
import { startServer } from './server.js';
import { VERSION } from './version.js';

const TRANSPORT = /^--(node-ipc|stdio|socket|pipe)(=|$)/;

/**
 * V8 collects garbage once the heap has grown by so many percent since the last time; left alone it lets a server that rests between edits grow to several times
 * what it holds. While the process has room the heap may grow by more, since each collection makes somebody who types wait; and a large heap, where going through it
 * takes longer still.
 */
const HEAP_GROWTH_PERCENT = 12;
const ROOMY_HEAP_GROWTH_PERCENT = 24;
const LARGE_HEAP_GROWTH_PERCENT = 30;
/** In use, in bytes: what two documents of 1,000 lines need is below. */
const LARGE_HEAP = 120_000_000;
/** Resident, in bytes: below the one there is room, above the other there is none, between them it stays as it was. The budget is 250 MB. */
const ROOM_BELOW = 225_000_000;
const NO_ROOM_ABOVE = 236_000_000;
const HEAP_CHECK_MS = 2_000;

let hasRoom = true;

function limitGrowth(): void {
  const resident = process.memoryUsage.rss();
  hasRoom = resident < ROOM_BELOW || (hasRoom && resident < NO_ROOM_ABOVE);
  const isLarge = getHeapStatistics().used_heap_size > LARGE_HEAP;
  const percent = isLarge ? LARGE_HEAP_GROWTH_PERCENT : hasRoom ? ROOMY_HEAP_GROWTH_PERCENT : HEAP_GROWTH_PERCENT;
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

/** Starts serving on this process's transport; standard streams where none is named. */
export function start(): void {
  // Two halves of up to 16 MB each, for young objects, saved an edit 4 percent of its time when it was measured, and cost 20 to 30 MB.
  setFlagsFromString('--semi-space-growth-factor=1');
  // Not yet while it starts: somebody waits for the first diagnostics, and most of what is made by then stays.
  setInterval(limitGrowth, HEAP_CHECK_MS).unref();
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
