/**
 * An audit on a thread of its own, for callers that must go on answering: an editor's server types on while a hundred commits are compared. What is sent back is
 * plain data, with what the caller would otherwise have to make from the rules, which stay here.
 */
import { parentPort } from 'node:worker_threads';
import type { AuditReport } from '../../../core/audit/report.js';
import { formatAuditMarkdown } from '../../../core/page/auditMarkdown.js';
import { maskAudit } from '../../../core/page/auditSecrets.js';
import { auditRange } from '../audit.js';
import type { AuditOptions } from '../audit.js';

/** What the thread is started with. */
export interface AuditTask {
  readonly task: 'audit';
  readonly options: Omit<AuditOptions, 'workerUrl' | 'cancel' | 'onProgress'>;
  /** Of the built worker entry. */
  readonly worker: string;
}

export interface ThreadedAudit {
  readonly kind: 'audited';
  /** As it was found: a countersignature binds to it. */
  readonly report: AuditReport;
  /** The same without secrets: what people are shown. */
  readonly masked: AuditReport;
  /** The report as a comment on a pull request. */
  readonly markdown: string;
  readonly rulesDigest: string;
  /** Rules and packs that did not run as they were asked for, one sentence each. */
  readonly failures: readonly string[];
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  | ThreadedAudit
  | { readonly kind: 'unusable'; readonly reason: string; readonly message: string };

export function isAuditTask(data: unknown): data is AuditTask {
  return typeof data === 'object' && data !== null && 'task' in data && data.task === 'audit';
}

/** Entry point of the worker bundle for this task; ends when it has answered. */
export async function runAuditThread({ options, worker }: AuditTask): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file is a worker: start countersign instead');
  const post = (message: ThreadMessage): void => port.postMessage(message);
  const outcome = await auditRange({
    ...options,
    workerUrl: new URL(worker),
    onProgress: (done, all) => post({ kind: 'progress', done, all }),
  });
  if (outcome.kind === 'unusable') {
    post(outcome);
    return;
  }
  const { report, rules, ruleErrors, failures, rulesDigest } = outcome.run;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const masked = maskAudit(report, byId);
  post({
    kind: 'audited',
    report,
    masked,
    markdown: formatAuditMarkdown(masked, { rules: byId }),
    rulesDigest,
    failures: [...failures, ...ruleErrors.flatMap((error) => (error.kind === 'rule' && error.level !== 'error' ? [] : [error.message]))],
  });
}
