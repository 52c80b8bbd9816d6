/**
 * `CommitsHost` on Node: the same functions that the command line asks, with the settings that it has by default, so that an audit in the editor and one in CI say
 * the same, and what is countersigned here is verified there. The editor's own settings have no say: the base commit's configuration governs.
 */
import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { auditInThread } from '../host/node/audit/inThread.js';
import type { RunningAudit } from '../host/node/audit/inThread.js';
import { auditState } from '../host/node/audit/state.js';
import { readCountersignatures, signatureState, signCommit } from '../host/node/git/countersign.js';
import type { AuditQuestion } from '../host/node/git/range.js';
import { recordedLines } from '../host/node/git/recordedLines.js';
import { openRepository } from '../host/node/git/repository.js';
import type { Repository } from '../host/node/git/repository.js';
import { fileAt, fileSides } from '../host/node/git/versions.js';
import type { CommitsHost, Countersignature } from './commitsHost.js';
import { VERSION } from './version.js';

const LIMITS = { timeoutMs: 5_000, maxBytes: 1_000_000 } as const;
const MAX_COMMITS = 1_000;
const MAX_SHOWN_BYTES = 20_000_000;
const MAX_JOBS = 4;

const UNREADABLE = {
  none: '',
  binary: '(This file is binary.)',
  'too-large': '(This file is too large to be shown.)',
  missing: '(This version of the file is not in this copy of the repository.)',
  'no-file': '(This is no file: a submodule or a folder.)',
} as const;

export interface NodeCommitsOptions {
  /** Folder of the built-in packs. */
  readonly rulesDirectory: string;
  /** The built worker entry. */
  readonly workerUrl: URL;
}

export function createNodeCommits({ rulesDirectory, workerUrl }: NodeCommitsOptions): CommitsHost {
  const start = (directory: string, question: AuditQuestion, onProgress: (done: number, all: number) => void): RunningAudit =>
    auditInThread({
      ...{ directory, question, rulesDirectory, workerUrl, onProgress },
      maxCommits: MAX_COMMITS,
      configs: [],
      useProjectConfig: true,
      cwd: directory,
      limits: LIMITS,
      // One thread stays free for the editor.
      jobs: Math.max(1, Math.min(MAX_JOBS, os.availableParallelism() - 1)),
      perCommit: true,
    });
  return {
    state: (directory, question) => auditState(directory, question, MAX_COMMITS),
    audit: start,
    async countersignatures(directory, commits) {
      const repository = await openOrNothing(directory);
      const read = repository === undefined ? undefined : await readCountersignatures(repository);
      if (read?.kind !== 'read') return new Map();
      const { byNote, config } = read.all;
      const found = new Map<string, Countersignature[]>();
      for (const commit of commits) {
        // A note that git copied along with a rewritten commit speaks of another one.
        const lines = (byNote.get(commit)?.lines ?? []).filter(({ record }) => record.commit === commit);
        const entries: Countersignature[] = [];
        for (const line of lines.toReversed()) entries.push({ record: line.record, signature: (await signatureState(config, line)).kind });
        if (entries.length > 0) found.set(commit, entries);
      }
      return found;
    },
    async sign(directory, { commit, decision, note }, onProgress) {
      const failed = (message: string) => ({ kind: 'failed', message }) as const;
      const repository = await openOrNothing(directory);
      if (repository === undefined) return failed('This folder is in no git repository that can be read.');
      const outcome = await start(repository.directory, { kind: 'commit', revision: commit }, onProgress).outcome;
      if (outcome.kind === 'unusable') return failed(outcome.message);
      if (outcome.kind === 'cancelled') return failed('It was stopped.');
      const [audit] = outcome.report.commits;
      if (audit === undefined || outcome.failures.length > 0)
        return failed(`The commit could not be audited: ${[...outcome.failures, ...outcome.report.problems].join('; ')}`);
      const written = await signCommit(repository, {
        ...{ commit, audit, decision },
        tool: { version: VERSION, rules: outcome.rulesDigest },
        ...(note === undefined ? {} : { note }),
        now: new Date(),
      });
      if (written.kind === 'failed') return failed(written.message);
      const { record, signature, ignored } = written;
      return {
        kind: 'written',
        record,
        ...(signature === undefined ? {} : { format: signature.format }),
        warnings: [...ignored, ...outcome.report.problems, ...audit.problems],
      };
    },
    async sides(directory, base, head, file) {
      const repository = await openOrNothing(directory);
      if (repository === undefined) return undefined;
      return { ...(await fileSides(repository, base, head, file)), file: path.join(repository.directory, ...file.split('/')) };
    },
    async text(directory, commit, file) {
      const repository = await openOrNothing(directory);
      if (repository === undefined) return UNREADABLE.missing;
      const version = await fileAt(repository, commit, file, MAX_SHOWN_BYTES);
      return version.kind === 'text' ? version.text : UNREADABLE[version.kind];
    },
    async recordedLines(file) {
      const repository = await openOrNothing(path.dirname(file));
      if (repository === undefined || repository.bare) return undefined;
      const below = path.relative(real(repository.directory), real(file));
      if (below.startsWith('..') || path.isAbsolute(below)) return undefined;
      return recordedLines(repository, below.split(path.sep).join('/'), LIMITS.maxBytes);
    },
  };
}

async function openOrNothing(directory: string): Promise<Repository | undefined> {
  const opened = await openRepository(directory);
  return opened.kind === 'open' ? opened.repository : undefined;
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
