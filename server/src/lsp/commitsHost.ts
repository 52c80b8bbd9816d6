/** What the language server asks about commits: one interface, so that a host without git simply leaves it out. Paths are absolute, hashes in full. */
import type { AuditReport } from '../core/audit/report.js';
import type { CountersignRecord, Decision } from '../core/audit/record.js';
import type { AttributedLines, Evidence } from '../core/provenance/attribution.js';

export type CommitsQuestion =
  | { readonly kind: 'range'; readonly range?: string }
  | { readonly kind: 'commit'; readonly revision: string }
  | { readonly kind: 'worktree' };

export interface Unusable {
  readonly kind: 'unusable';
  readonly reason: string;
  readonly message: string;
}

export interface AuditedCommits {
  readonly kind: 'audited';
  /** Without secrets. */
  readonly masked: AuditReport;
  readonly markdown: string;
  readonly failures: readonly string[];
}

export interface RunningCommitsAudit {
  /** Never rejects. */
  readonly outcome: Promise<AuditedCommits | Unusable | { readonly kind: 'cancelled' }>;
  stop(): void;
}

export interface Countersignature {
  readonly record: CountersignRecord;
  /** E.g. `good`, `unsigned`, `bad`. */
  readonly signature: string;
}

export interface SignedCommit {
  readonly record: CountersignRecord;
  /** How, e.g. `ssh`; undefined: not signed. */
  readonly format?: string;
  readonly warnings: readonly string[];
}

export interface CommitsHost {
  /** Equal keys: equal reports. `key` undefined: no two are known to be equal. */
  state(directory: string, question: CommitsQuestion): Promise<Unusable | { readonly kind: 'state'; readonly key: string | undefined }>;
  audit(directory: string, question: CommitsQuestion, onProgress: (done: number, all: number) => void): RunningCommitsAudit;
  /** Of these commits, by commit, newest first. */
  countersignatures(directory: string, commits: readonly string[]): Promise<ReadonlyMap<string, readonly Countersignature[]>>;
  sign(
    directory: string,
    request: { readonly commit: string; readonly decision: Decision; readonly note?: string },
    onProgress: (done: number, all: number) => void,
  ): Promise<({ readonly kind: 'written' } & SignedCommit) | { readonly kind: 'failed'; readonly message: string }>;
  /** A file's paths before and after a change; undefined where it did not exist. `file`: where it is on disk. */
  sides(
    directory: string,
    base: string | undefined,
    head: string | undefined,
    path: string,
  ): Promise<{ readonly before: string | undefined; readonly after: string | undefined; readonly file: string } | undefined>;
  /** A file as a commit has it, or in parentheses why it cannot be shown. */
  text(directory: string, commit: string, path: string): Promise<string>;
  /** Of a file as the head has it. Lines are 1-based, inclusive. */
  recordedLines(
    file: string,
  ): Promise<{ readonly text: string; readonly lines: readonly AttributedLines[]; readonly evidence: readonly Evidence[] } | undefined>;
}
