/**
 * The language server as a Node process: over standard streams, Node's own channel to its parent, or a socket. Run
 * directly it starts at once; `countersign lsp` imports it and calls `start`.
 */
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { describeError } from './guard.js';
import { createNodeHost } from './nodeHost.js';
import { startServer } from './server.js';
import { VERSION } from './version.js';

const TRANSPORT = /^--(node-ipc|stdio|socket|pipe)(=|$)/;

/**
 * V8 collects garbage once the heap has grown by so many percent since the last time; left alone it lets a server that rests between edits grow to several times
 * what it holds. Each collection makes somebody who types wait, so the heap may grow by as much as there is room for: a part of what is missing is made up for at
 * each look.
 */
const GROWTH_PERCENT = { start: 36, least: 12, most: 120 } as const;
/** Resident, in bytes, to be had. The budget is 250 MB; some is for what comes before the next look. */
const ROOM = 227_000_000;
const MADE_UP_FOR = 0.5;
/** Upwards it is a factor at most: a process that has begun just now is small. */
const STEP_UP = 1.2;
const HEAP_CHECK_MS = 1_000;

let growthPercent: number = GROWTH_PERCENT.start;

function limitGrowth(): void {
  const { rss, heapUsed } = process.memoryUsage();
  const missing = (100 * (ROOM - rss)) / heapUsed;
  const wanted = Math.min(growthPercent + MADE_UP_FOR * missing, growthPercent * STEP_UP);
  growthPercent = Math.min(GROWTH_PERCENT.most, Math.max(GROWTH_PERCENT.least, wanted));
  setFlagsFromString(`--heap-growing-percent=${Math.round(growthPercent)}`);
  // V8 sets it back for all when it starts another thread, and what has grown stays.
  keepYoungSmall();
}

/** Two halves of up to 16 MB each, for young objects, saved an edit 4 percent of its time when it was measured, and cost 20 to 30 MB. */
function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** How much bytecode a function runs before V8 looks whether to optimise it: while the server starts, and V8's own default afterwards. */
const INTERRUPT_BUDGET = { starting: 400_000, usual: 67_584 } as const;
const STARTING_MS = 3_000;
/** Up to how much bytecode V8 inlines into one function; its own default is 920. */
const INLINED_BYTECODE = 250;

/** Two cores compile what the first edits run while these wait for it: a start took a quarter longer, edits by a tenth or more. */
function limitCompiling(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${INLINED_BYTECODE}`);
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET.starting}`);
  setTimeout(() => setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET.usual}`), STARTING_MS).unref();
}

/** Starts serving on this process's transport; standard streams where none is named. */
export function start(): void {
  limitCompiling();
  keepYoungSmall();
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
