/** One target through one session: read, scan, and the reader's reasons joined to the session's. */
import type { FileReport, PackedTree, ProjectFiles, ScanLimits, Session } from '../../core/index.js';
import { decodeSource, readSource } from './files-read.js';
import type { SourceText } from './files-read.js';
import type { ScanTarget } from './files.js';
import { accountsOf } from './git/accounts.js';
import type { ObjectReader } from './git/objects.js';
import { createProjectFiles } from './project-files.js';

export interface TargetLimits {
  /** Milliseconds for all rules together on one file. */
  readonly timeoutMs: number;
  /** Bytes; 0 is no limit. */
  readonly maxBytes: number;
}

/** @param objects of the repository that holds targets which are not on disk */
export function readTarget(target: ScanTarget, limits: TargetLimits, objects?: ObjectReader): Promise<SourceText> {
  if (target.blob !== undefined) return readBlob(target, target.blob, limits, objects);
  return readSource(target.absolute, target.path, { maxBytes: limits.maxBytes, named: target.named });
}

async function readBlob(
  { path, named }: ScanTarget,
  hash: string,
  { maxBytes }: TargetLimits,
  objects?: ObjectReader,
): Promise<SourceText> {
  const object = await objects?.read(hash, maxBytes);
  if (object?.kind === 'blob') return decodeSource(object.bytes, path, { named });
  const problem =
    object?.kind === 'too-large'
      ? ({
          kind: 'file',
          code: 'too-large',
          path,
          message: `${object.size} bytes, more than the limit of ${maxBytes} (--max-target-bytes)`,
        } as const)
      : ({ kind: 'file', code: 'unreadable', path, message: 'this version of it is not in the repository' } as const);
  return { kind: 'skipped', problem };
}

/** The files around targets, by their roots. */
export function projectsAround(limits: TargetLimits): (target: ScanTarget) => ProjectFiles {
  const known = new Map<string, ProjectFiles>();
  return ({ root }) => {
    let project = known.get(root);
    if (project === undefined) known.set(root, (project = createProjectFiles(root, limits.maxBytes)));
    return project;
  };
}

/** Never throws: our own bugs come back as an `internal` error of this file only. */
export async function scanSource(
  session: Session,
  target: ScanTarget,
  source: SourceText,
  limits: TargetLimits,
  project?: ProjectFiles,
  onTree?: (tree: PackedTree) => void,
): Promise<FileReport> {
  if (source.kind === 'skipped') {
    const { path } = target;
    return { path, findings: [], errors: [source.problem], coverage: { path, state: 'skipped', languages: [], reasons: [source.problem] } };
  }
  const scanLimits: ScanLimits = {
    timeoutMs: limits.timeoutMs,
    maxLength: limits.maxBytes > 0 ? limits.maxBytes : Number.MAX_SAFE_INTEGER,
  };
  try {
    const report = await session.scan(
      { kind: 'text', path: target.path, text: source.text },
      {
        limits: scanLimits,
        accounts: accountsOf(target.root),
        ...(project === undefined ? {} : { project }),
        ...(onTree === undefined ? {} : { onTree }),
      },
    );
    return source.problems.length === 0 ? report : withProblems(report, source.problems);
  } catch (error) {
    return internalReport(target, `the scan failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function withProblems(report: FileReport, problems: FileReport['errors']): FileReport {
  const { coverage } = report;
  return {
    ...report,
    errors: [...problems, ...report.errors],
    coverage: {
      ...coverage,
      state: coverage.state === 'scanned' ? 'partial' : coverage.state,
      reasons: [...problems, ...coverage.reasons],
    },
  };
}

export function internalReport(target: ScanTarget, message: string): FileReport {
  const { path } = target;
  const error = { kind: 'internal', message, path } as const;
  return { path, findings: [], errors: [error], coverage: { path, state: 'skipped', languages: [], reasons: [error] } };
}

export function timeoutReport(target: ScanTarget, message: string): FileReport {
  const { path } = target;
  const error = { kind: 'file', code: 'timeout', message, path } as const;
  return { path, findings: [], errors: [error], coverage: { path, state: 'skipped', languages: [], reasons: [error] } };
}
