/**
 * Scans many files on worker threads and returns what every one of them became. The pool is ours because the
 * hard part is not dispatch: a worker that hangs or dies costs exactly the file it was on, which is reported,
 * and everything else it held goes to its replacement.
 *
 * Few files are scanned on this thread: a worker costs more to start than they do to scan.
 */
import { Worker } from 'node:worker_threads';
import { grammarsOf, identifyFile, languageById, languageOfGrammar } from '../../core/index.js';
import type { CancelSignal, FileReport, LanguageId, PackedTree, RuleInfo, ScanError, SessionConfig } from '../../core/index.js';
import type { ScanTarget } from './files.js';
import { internalReport, projectsAround, readTarget, scanSource, timeoutReport } from './files-scan.js';
import type { TargetLimits } from './files-scan.js';
import { createObjectReader } from './git/objects.js';
import type { GitPlace } from './git/run.js';
import { runtimeFailure } from '../parser/treeSitter.js';
import { createNodeSession } from './session.js';
import type { Batch, PoolMessage, WorkerMessage, WorkerSetup } from './workers-thread.js';

export interface ScanJob {
  readonly targets: readonly ScanTarget[];
  readonly config: SessionConfig;
  readonly limits: TargetLimits;
  /** Follow data into the files that imports lead to. */
  readonly acrossFiles?: boolean;
  /** The repository that targets with a `blob` are read from. */
  readonly blobs?: GitPlace;
  /** Worker threads at most. */
  readonly jobs: number;
  /** Compile every rule for every language, so that the errors do not depend on which files there are. */
  readonly checkRules?: boolean;
  /** The built worker entry. */
  readonly workerUrl: URL;
  /** Called once per target, in any order; `number` is the target's index. */
  readonly onReport: (number: number, report: FileReport) => void;
  /** Called before a target's report with its tree, where that is wanted and a thread made one of the whole file. */
  readonly onTree?: (number: number, tree: PackedTree) => void;
  /** Looked at between files and a few times a second; a cancelled job resolves early, with the reports it had. */
  readonly cancel?: CancelSignal;
}

export interface ScanOutcome {
  readonly rules: readonly RuleInfo[];
  /** Errors of rules and packs, in any order, each once. */
  readonly errors: readonly ScanError[];
}

const FEW_FILES = 20;
const FEW_BYTES = 100_000;
const BATCH_FILES = 64;
const BATCH_BYTES = 512 * 1024;
/** One batch being scanned and one waiting, so that a worker never idles while the pool thinks. */
const BATCHES_PER_WORKER = 2;
const WATCH_EVERY_MS = 250;
/** The engine watches its own soft limit; a worker still on the same file after this many times that is hung. */
const HARD_LIMIT_FACTOR = 3;
const HARD_LIMIT_EXTRA_MS = 5_000;
const MAX_IDLE_DEATHS = 3;
/** With more than two threads, a smaller young heap each: 50 MB less in all for a few percent of time. */
const MANY_THREADS = { maxYoungGenerationSizeMb: 16 };

export function scanFiles(job: ScanJob): Promise<ScanOutcome> {
  const bytes = job.targets.reduce((sum, target) => sum + target.size, 0);
  return job.targets.length < FEW_FILES && bytes < FEW_BYTES ? scanHere(job) : scanOnWorkersAndCheck(job);
}

/** Rules are read on this thread, for all; those that no other thread needs are compiled here as well, since it has nothing else to do. */
async function scanOnWorkersAndCheck(job: ScanJob): Promise<ScanOutcome> {
  if (job.checkRules !== true) return scanOnWorkers(job, Promise.resolve(job.config));
  const checking = createNodeSession(job.config);
  const scanning = scanOnWorkers(
    job,
    checking.then((session) => ({ ...job.config, sources: session.readSources() })),
  );
  const session = await checking;
  try {
    // While the others scan.
    await Promise.all([scanning, session.prepareAll(languagesAmong(job.targets))]);
    const { languages, ...outcome } = await scanning;
    await session.prepareAll(languages);
    return { ...outcome, errors: unique([...session.errors, ...outcome.errors]) };
  } finally {
    session.dispose();
  }
}

/** By their names: languages with one grammar, whose rules the first file has compiled. */
function languagesAmong(targets: readonly ScanTarget[]): ReadonlySet<LanguageId> {
  const found = new Set<LanguageId>(['generic']);
  for (const extension of new Set(targets.map(({ path }) => path.slice(path.lastIndexOf('.'))))) {
    const file = identifyFile(`file${extension}`, '');
    const language = file.kind === 'code' ? languageOfGrammar(file.grammar) : undefined;
    if (language !== undefined && grammarsOf(languageById(language)).length === 1) found.add(language);
  }
  return found;
}

async function scanHere(job: ScanJob): Promise<ScanOutcome> {
  const { targets, config, limits, onReport, cancel, checkRules } = job;
  const around = projectsAround(limits);
  const objects = job.blobs === undefined ? undefined : createObjectReader(job.blobs);
  const session = await createNodeSession(config);
  try {
    for (const [number, target] of targets.entries()) {
      if (cancel?.cancelled === true) break;
      onReport(
        number,
        await scanSource(
          session,
          target,
          await readTarget(target, limits, objects),
          limits,
          job.acrossFiles === true ? around(target) : undefined,
        ),
      );
      if (runtimeFailure() === undefined) continue;
      const rest = number + 1;
      const later = {
        ...job,
        targets: targets.slice(rest),
        onReport: (number: number, report: FileReport) => onReport(rest + number, report),
      };
      const outcome = await scanOnWorkers(later, Promise.resolve(config));
      return { rules: session.rules, errors: unique([...session.errors, ...outcome.errors]) };
    }
    if (checkRules === true) await session.prepareAll();
    return { rules: session.rules, errors: unique(session.errors) };
  } finally {
    objects?.close();
    session.dispose();
  }
}

interface Slot {
  readonly worker: Worker;
  readonly shared: Int32Array;
  readonly held: Map<number, ScanTarget>;
  /** Whether it knows what to look for. */
  told: boolean;
  batches: number;
  seen: number;
  since: number;
  ended: boolean;
}

/**
 * @param config the job's, once it is what the threads shall have
 * @returns also the languages whose rules some thread has compiled
 */
function scanOnWorkers(
  job: ScanJob,
  config: Promise<SessionConfig>,
): Promise<ScanOutcome & { readonly languages: ReadonlySet<LanguageId> }> {
  const wanted = Math.max(1, Math.min(job.jobs, Math.ceil(job.targets.length / 8)));
  const hardLimit = job.limits.timeoutMs * HARD_LIMIT_FACTOR + HARD_LIMIT_EXTRA_MS;
  // Largest first, so that no worker is left alone with a large file at the end.
  const order = [...job.targets.keys()].toSorted((a, b) => (job.targets[b]?.size ?? 0) - (job.targets[a]?.size ?? 0) || a - b);
  const retry: number[] = [];
  const slots = new Set<Slot>();
  let next = 0;
  let left = job.targets.length;
  let idleDeaths = 0;
  let rules: readonly RuleInfo[] = [];
  const errors: ScanError[] = [];
  const languages = new Set<LanguageId>();

  return new Promise((resolve, reject) => {
    const watch = setInterval(stopHung, WATCH_EVERY_MS);

    const finish = (failure?: Error): void => {
      clearInterval(watch);
      for (const slot of slots) {
        slot.ended = true;
        void slot.worker.terminate();
      }
      slots.clear();
      if (failure === undefined) resolve({ rules, errors: unique(errors), languages });
      else reject(failure);
    };

    const takeBatch = (): Batch => {
      const batch: { number: number; target: ScanTarget }[] = [];
      let bytes = 0;
      while (batch.length < BATCH_FILES && bytes < BATCH_BYTES) {
        const number = retry.pop() ?? order[next++];
        const target = number === undefined ? undefined : job.targets[number];
        if (number === undefined || target === undefined) break;
        batch.push({ number, target });
        bytes += target.size;
      }
      return batch;
    };

    const send = (slot: Slot, message: PoolMessage): void => slot.worker.postMessage(message);

    const feed = (slot: Slot): void => {
      while (slot.told && slot.batches < BATCHES_PER_WORKER) {
        const batch = takeBatch();
        if (batch.length === 0) break;
        for (const { number, target } of batch) slot.held.set(number, target);
        slot.batches++;
        send(slot, batch);
      }
    };

    const settle = (number: number, report: FileReport): void => {
      job.onReport(number, report);
      left--;
      // Every file is in: the workers now only owe their rule errors.
      if (left === 0) for (const slot of slots) if (slot.told) send(slot, []);
    };

    const onMessage = (slot: Slot, message: WorkerMessage): void => {
      if (slot.ended) return;
      switch (message.kind) {
        case 'ready':
          rules = message.rules;
          break;
        case 'report':
          idleDeaths = 0;
          if (!slot.held.delete(message.number)) break;
          if (message.tree !== undefined) job.onTree?.(message.number, message.tree);
          settle(message.number, message.report);
          break;
        case 'idle':
          slot.batches--;
          feed(slot);
          break;
        case 'done':
          errors.push(...message.errors);
          for (const language of message.languages) languages.add(language);
          slot.ended = true;
          slots.delete(slot);
          if (slots.size === 0) finish();
          break;
      }
    };

    /** The file the worker was on is reported, the rest of what it held is tried again elsewhere. */
    const bury = (slot: Slot, reason: string, hung: boolean): void => {
      if (slot.ended) return;
      slot.ended = true;
      slots.delete(slot);
      void slot.worker.terminate();
      const current = Atomics.load(slot.shared, 0);
      const target = slot.held.get(current);
      slot.held.delete(current);
      retry.push(...[...slot.held.keys()].toReversed());
      if (target === undefined && ++idleDeaths >= MAX_IDLE_DEATHS) {
        finish(new Error(`the scan threads do not start: ${reason}`));
        return;
      }
      // The replacement starts first: `settle` tells every living worker when nothing is left.
      start();
      if (target !== undefined) settle(current, hung ? timeoutReport(target, reason) : internalReport(target, reason));
      for (const other of slots) feed(other);
    };

    function stopHung(): void {
      if (job.cancel?.cancelled === true) {
        finish();
        return;
      }
      const now = performance.now();
      for (const slot of slots) {
        const seen = Atomics.load(slot.shared, 1);
        if (seen !== slot.seen || Atomics.load(slot.shared, 0) < 0) {
          slot.seen = seen;
          slot.since = now;
        } else if (now - slot.since > hardLimit) {
          bury(slot, `no answer after ${Math.round(hardLimit / 1000)} s: the file was given up`, true);
        }
      }
    }

    function start(): void {
      const shared = new SharedArrayBuffer(8);
      const setup: WorkerSetup = {
        limits: job.limits,
        acrossFiles: job.acrossFiles === true,
        shared,
        ...(job.blobs === undefined ? {} : { blobs: job.blobs }),
      };
      const cells = new Int32Array(shared);
      cells[0] = -1;
      const worker = new Worker(job.workerUrl, {
        workerData: setup,
        execArgv: [],
        ...(wanted > 2 ? { resourceLimits: MANY_THREADS } : {}),
      });
      const slot: Slot = {
        worker,
        shared: cells,
        held: new Map(),
        told: false,
        batches: 0,
        seen: 0,
        since: performance.now(),
        ended: false,
      };
      slots.add(slot);
      worker.on('message', (message: WorkerMessage) => onMessage(slot, message));
      worker.on('error', (error: unknown) =>
        bury(slot, `the scan thread failed: ${error instanceof Error ? error.message : String(error)}`, false),
      );
      worker.on('exit', (code) => bury(slot, `the scan thread ended unexpectedly (${code})`, false));
      config.then((known) => {
        if (slot.ended) return;
        slot.told = true;
        send(slot, { config: known });
        feed(slot);
        // Nothing to scan, or nothing left: a worker still owes its word on the rules.
        if (left === 0) send(slot, []);
      }, finish);
    }

    for (let i = 0; i < wanted; i++) start();
  });
}

function unique(errors: readonly ScanError[]): readonly ScanError[] {
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}
