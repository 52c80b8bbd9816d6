/** Runs workspace scans one at a time, with the client's progress and cancellation where it has them. */
import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.js';
import type { ClosedFiles } from './closedFiles.js';
import type { ClosedView } from './closedView.js';
import type { Log } from './guard.js';
import { describeError } from './guard.js';
import type { LspHost } from './host.js';
import type { ProjectStore } from './projectStore.js';
import type { ScanProgress, WorkspaceScanResult } from './workspaceScan.js';
import { scanWorkspace } from './workspaceScan.js';

/** How a client follows a scan. */
export interface ScanRequest {
  /** Set when the client gave a token with its request; otherwise we create one. */
  readonly progress?: WorkDoneProgressReporter;
  readonly token: CancellationToken;
}

export interface ScanRunner {
  readonly everRan: boolean;
  readonly running: boolean;
  /** Without a request nobody is shown anything: rescans after a change of rules. Joins a scan that is under way. */
  run(request: ScanRequest | undefined): Promise<WorkspaceScanResult | undefined>;
  cancel(): void;
}

export interface ScanRunnerOptions {
  readonly connection: Pick<Connection, 'window'>;
  readonly features: ClientFeatures;
  readonly host: LspHost;
  readonly store: ProjectStore;
  readonly closed: ClosedFiles;
  readonly view: ClosedView;
  readonly log: Log;
  /** A scan has ended. */
  changed(): void;
  progressed(): void;
}

export function createScanRunner(options: ScanRunnerOptions): ScanRunner {
  const { connection, features, host, store, closed, view, log } = options;
  let current:
    | { readonly result: Promise<WorkspaceScanResult | undefined>; readonly signal: { cancelled: boolean }; readonly quiet: boolean }
    | undefined;
  let everRan = false;

  const start = async (request: ScanRequest | undefined, signal: { cancelled: boolean }): Promise<WorkspaceScanResult | undefined> => {
    const { progress, listen } = await openProgress(request);
    listen(() => {
      signal.cancelled = true;
    });
    request?.token.onCancellationRequested(() => {
      signal.cancelled = true;
    });
    try {
      const projects = await store.get();
      options.progressed();
      return await scanWorkspace({
        ...{ projects: projects.all, host, closed, progress },
        cancel: signal,
        fileDone: (uri) => view.show(uri),
      });
    } catch (error) {
      log.error(`The workspace scan failed: ${describeError(error)}`);
      progress.done('The scan failed; the log says why.');
      return undefined;
    }
  };

  const openProgress = async (
    request: ScanRequest | undefined,
  ): Promise<{ progress: ScanProgress; listen: (cancelled: () => void) => void }> => {
    const silent = { progress: { begin: () => undefined, report: () => undefined, done: () => undefined }, listen: () => undefined };
    if (request === undefined) return silent;
    if (request.progress !== undefined) return { progress: adapt(request.progress), listen: () => undefined };
    if (!features.workDoneProgress) return silent;
    try {
      const reporter = await connection.window.createWorkDoneProgress();
      return { progress: adapt(reporter), listen: (cancelled) => reporter.token.onCancellationRequested(cancelled) };
    } catch {
      return silent;
    }
  };

  return {
    get everRan() {
      return everRan;
    },
    get running() {
      return current !== undefined;
    },
    async run(request) {
      // A person who asks twice watches the first scan; new rules wait for a scan that someone watches.
      if (request !== undefined && current?.quiet === false) return current.result;
      for (let before = current; before !== undefined; before = current) {
        // What a quiet scan has found so far is overtaken.
        if (before.quiet) before.signal.cancelled = true;
        await before.result;
      }
      everRan = true;
      const signal = { cancelled: false };
      const result = start(request, signal).finally(() => {
        if (current?.signal === signal) current = undefined;
        options.changed();
      });
      current = { result, signal, quiet: request === undefined };
      return result;
    },
    cancel() {
      if (current !== undefined) current.signal.cancelled = true;
    },
  };
}

function adapt(reporter: WorkDoneProgressReporter): ScanProgress {
  return {
    begin: (title) => reporter.begin(title, 0, undefined, true),
    report: (percentage, message) => reporter.report(percentage, message),
    done(message) {
      reporter.report(100, message);
      reporter.done();
    },
  };
}
