/** What `sign`, `verify` and `log` share: the options that say where and with which rules, an audit of one commit, and a record in words. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { RecordVerdict, SignatureState } from '../core/audit/verdict.js';
import type { CountersignRecord } from '../core/audit/record.js';
import { auditRange } from '../host/node/audit.js';
import type { AuditRun } from '../host/node/audit.js';
import type { AuditQuestion } from '../host/node/git/range.js';
import { openRepository } from '../host/node/git/repository.js';
import type { Repository } from '../host/node/git/repository.js';
import { runGit } from '../host/node/git/run.js';
import { choice, repeatable, RULES_DIRECTORY, seconds, UsageError, wholeNumber, WORKER_URL } from './program.js';
import { escapeTerminal } from './terminal.js';

/** Options of an audit that a record's digest depends on: `sign` and `verify` must be asked with the same ones. */
export interface AuditingOptions {
  readonly repo: string;
  readonly config: readonly string[];
  readonly profile?: 'default' | 'audit';
  readonly projectConfig: boolean;
  readonly jobs?: number;
  readonly maxTargetBytes: number;
  readonly timeout: number;
}

const DEFAULT_MAX_JOBS = 4;

export function withAuditingOptions(command: Command): Command {
  return command
    .option('--repo <DIR>', 'a folder in the repository', '.')
    .addOption(
      repeatable('-c, --config <PACK|DIR|FILE>', 'rules: as for audit').default(
        [],
        'all built-in packs, and what the base commit’s countersign.yaml adds',
      ),
    )
    .addOption(
      choice('--profile <NAME>', 'default: what a reviewer would stop for; audit: everything', ['default', 'audit'], 'default').default(
        undefined,
        'default',
      ),
    )
    .option('--no-project-config', 'do not read the base commit’s countersign.yaml')
    .addOption(wholeNumber('-j, --jobs <N>', `threads (default: one per processor, at most ${DEFAULT_MAX_JOBS})`, 1))
    .addOption(wholeNumber('--max-target-bytes <N>', 'do not read larger versions of files; 0: no limit', 0).default(1_000_000))
    .addOption(seconds('--timeout <SECONDS>', 'time for one version of a file, all rules together').default(5));
}

/** @throws UsageError where nothing can be audited */
export async function auditFor(
  question: AuditQuestion,
  options: AuditingOptions,
  maxCommits: number,
  maxJobs = DEFAULT_MAX_JOBS,
): Promise<AuditRun> {
  const outcome = await auditRange({
    directory: path.resolve(options.repo),
    question,
    maxCommits,
    configs: options.config,
    useProjectConfig: options.projectConfig,
    rulesDirectory: RULES_DIRECTORY,
    cwd: process.cwd(),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    limits: { timeoutMs: options.timeout * 1_000, maxBytes: options.maxTargetBytes },
    jobs: options.jobs ?? Math.min(availableParallelism(), maxJobs),
    workerUrl: WORKER_URL,
    perCommit: true,
  });
  if (outcome.kind === 'unusable') throw new UsageError(outcome.message);
  if (outcome.run.failures.length > 0) throw new UsageError(outcome.run.failures.join('; '));
  return outcome.run;
}

/** @throws UsageError where there is none */
export async function openForCountersigning(directory: string): Promise<Repository> {
  const opened = await openRepository(path.resolve(directory));
  if (opened.kind === 'closed') throw new UsageError(opened.message);
  return opened.repository;
}

/** The full hash of a commit. @throws UsageError where there is no such commit */
export async function commitOf(repository: Repository, revision: string): Promise<string> {
  const found = await runGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (found.kind === 'failed') throw new UsageError(`${revision} is not a commit of this repository`);
  return found.stdout.toString('utf8').trim();
}

/** `signature good, key SHA256:...`. */
export function signatureText({ kind, key, detail }: SignatureState): string {
  const said = {
    unsigned: 'no signature',
    good: 'signature good',
    'unknown-key': 'signed by an unknown key',
    'no-list': 'signed, key not checked (gpg.ssh.allowedSignersFile is not set)',
    bad: 'SIGNATURE WRONG',
    unchecked: 'signature could not be checked',
  }[kind];
  return [said, key, detail]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => escapeTerminal(part ?? ''))
    .join(', ');
}

/** One record on one line, and its note on another. */
export function recordLines(record: CountersignRecord, signature: SignatureState, more: readonly string[] = []): readonly string[] {
  const { reviewer, findings } = record;
  const counted = `${findings.errors} errors, ${findings.warnings} warnings, ${findings.notes} notes`;
  const head = `${record.decision.padEnd(7)}  ${escapeTerminal(`${reviewer.name} <${reviewer.email}>`)}  ${escapeTerminal(record.date.slice(0, 10))}  ${signatureText(signature)}; saw ${counted}`;
  return [
    head,
    ...(record.note === undefined ? [] : [`  “${escapeTerminal(record.note.replace(/\s+/g, ' '))}”`]),
    ...more.map((text) => `  ${escapeTerminal(text)}`),
  ];
}

/** A record as JSON reports have it. */
export function recordJson(record: CountersignRecord, signature: SignatureState, more: Partial<RecordVerdict> = {}) {
  return {
    commit: record.commit,
    decision: record.decision,
    reviewer: record.reviewer,
    date: record.date,
    ...(record.note === undefined ? {} : { note: record.note }),
    signature: signature.kind,
    ...(signature.key === undefined ? {} : { key: signature.key }),
    ...(more.standing === undefined ? {} : { standing: more.standing }),
    ...(more.counts === undefined ? {} : { counts: more.counts }),
    ...(more.own === undefined ? {} : { own: more.own }),
    ...(more.says === undefined ? {} : { says: more.says }),
    findings: record.findings,
    tool: record.tool,
  };
}
