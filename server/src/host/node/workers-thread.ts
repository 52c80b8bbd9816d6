/**
 * The worker's side of the pool: one session, batches of paths in, one report per file out. Files are read
 * ahead while the current one is being scanned. Which file is being scanned is written to shared memory, so
 * that the pool can tell a hang from work without a message per file.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { FileReport, LanguageId, PackedTree, RuleInfo, ScanError, SessionConfig } from '../../core/index.js';
import type { ScanTarget } from './files.js';
import { projectsAround, readTarget, scanSource } from './files-scan.js';
import type { TargetLimits } from './files-scan.js';
import { createObjectReader } from './git/objects.js';
import type { GitPlace } from './git/run.js';
import { runtimeFailure } from '../parser/treeSitter.js';
import { createNodeSession } from './session.js';

/** `shared[0]`: number of the file being scanned, -1 between files; `shared[1]`: counts up with each change of it. */
export interface WorkerSetup {
  readonly limits: TargetLimits;
  readonly acrossFiles: boolean;
  /** Where targets with a `blob` are read from. */
  readonly blobs?: GitPlace;
  readonly shared: SharedArrayBuffer;
}

/** To the worker: once what to look for, then batches. */
export type PoolMessage = { readonly config: SessionConfig } | Batch;

/** Files by number. Empty: no more work, report errors and end. */
export type Batch = readonly { readonly number: number; readonly target: ScanTarget }[];

export type WorkerMessage =
  | { readonly kind: 'ready'; readonly rules: readonly RuleInfo[] }
  | { readonly kind: 'report'; readonly number: number; readonly report: FileReport; readonly tree?: PackedTree }
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'done';
      readonly errors: readonly ScanError[];
      /** As `Session.preparedLanguages`. */
      readonly languages: readonly LanguageId[];
    };

const READ_AHEAD_FILES = 16;

/** Entry point of the worker bundle. Ends when the pool says so. */
export async function runScanWorker(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file is a worker: start countersign instead');
  const setup = workerData as WorkerSetup;
  const shared = new Int32Array(setup.shared);
  const post = (message: WorkerMessage, handedOver: readonly ArrayBuffer[] = []): void => port.postMessage(message, handedOver);
  const mark = (number: number): void => {
    Atomics.store(shared, 0, number);
    Atomics.add(shared, 1, 1);
  };

  const around = projectsAround(setup.limits);
  const objects = setup.blobs === undefined ? undefined : createObjectReader(setup.blobs);
  // Threads start while the rules are being read that they are to have.
  let tell: (config: SessionConfig) => void;
  const opening = createNodeSession(new Promise<SessionConfig>((resolve) => (tell = resolve)));
  let queue: Promise<unknown> = opening;
  port.on('message', (message: PoolMessage) => {
    if ('config' in message) tell(message.config);
    else queue = queue.then(() => take(message));
  });
  const session = await opening;
  post({ kind: 'ready', rules: session.rules.map(plainRule) });

  const runBatch = async (batch: Batch): Promise<void> => {
    const reads = batch.slice(0, READ_AHEAD_FILES).map(({ target }) => readTarget(target, setup.limits, objects));
    for (const [at, { number, target }] of batch.entries()) {
      const source = await reads.shift();
      const later = batch[at + READ_AHEAD_FILES];
      if (later !== undefined) reads.push(readTarget(later.target, setup.limits, objects));
      if (source === undefined) continue;
      mark(number);
      let tree: PackedTree | undefined;
      const keepTree = (packed: PackedTree): void => void (tree = packed);
      const project = setup.acrossFiles ? around(target) : undefined;
      const report = await scanSource(session, target, source, setup.limits, project, target.tree === true ? keepTree : undefined);
      const failure = runtimeFailure();
      // The pool reports this file and starts another thread for the others.
      if (failure !== undefined) throw new Error(`the parser failed: ${failure}`);
      mark(-1);
      if (tree === undefined) post({ kind: 'report', number, report });
      else post({ kind: 'report', number, report, tree }, [tree.columns]);
    }
    post({ kind: 'idle' });
  };

  async function take(batch: Batch): Promise<void> {
    if (batch.length > 0) return runBatch(batch);
    post({ kind: 'done', errors: session.errors, languages: session.preparedLanguages() });
    session.dispose();
    objects?.close();
    port?.close();
  }
}

/** A session's rules may carry compiled parts, which cannot be sent. */
function plainRule({ id, message, severity, languages, metadata, origin, href }: RuleInfo): RuleInfo {
  return { id, message, severity, languages, metadata, origin, ...(href === undefined ? {} : { href }) };
}
