/** Starts an audit on a thread of its own. Stopping it stops everything that it started: its threads end with it, and git at the end of its input. */
import { Worker } from 'node:worker_threads';
import type { AuditOptions } from '../audit.js';
import type { AuditTask, ThreadedAudit, ThreadMessage } from './thread.js';

export type ThreadOutcome =
  | ThreadedAudit
  | { readonly kind: 'unusable'; readonly reason: string; readonly message: string }
  | { readonly kind: 'cancelled' };

export interface RunningAudit {
  /** Never rejects. */
  readonly outcome: Promise<ThreadOutcome>;
  /** Its outcome is `cancelled` then, if it has none yet. */
  stop(): void;
}

export function auditInThread({ workerUrl, onProgress, ...options }: Omit<AuditOptions, 'cancel'>): RunningAudit {
  const task: AuditTask = { task: 'audit', options, worker: workerUrl.href };
  const worker = new Worker(workerUrl, { workerData: task, stderr: false, stdout: false });
  let settle: (outcome: ThreadOutcome) => void = () => undefined;
  const outcome = new Promise<ThreadOutcome>((resolve) => {
    settle = resolve;
  });
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'progress') return onProgress?.(message.done, message.all);
    settle(message);
    void worker.terminate();
  });
  worker.on('error', (error) => settle({ kind: 'unusable', reason: 'broken', message: `the audit failed: ${error.message}` }));
  worker.on('exit', () => settle({ kind: 'unusable', reason: 'broken', message: 'the audit ended before it had an answer' }));
  return {
    outcome,
    stop() {
      settle({ kind: 'cancelled' });
      void worker.terminate();
    },
  };
}
