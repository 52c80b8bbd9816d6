/**
 * What scans find in the versions of files that an audit compares: each version once, however many commits have it on one of their sides, on worker threads that
 * read them from the repository by their hashes.
 */
import path from 'node:path';
import type { CancelSignal, FileReport, Finding, PackedTree, RepoPath, RuleInfo, ScanError, SessionConfig } from '../../../core/index.js';
import type { ScanTarget } from '../files.js';
import type { TargetLimits } from '../files-scan.js';
import type { ChangedEntry } from '../git/changes.js';
import type { Repository } from '../git/repository.js';
import { scanFiles } from '../workers.js';
import type { VersionTrees } from './trees.js';

export interface VersionScans {
  readonly rules: readonly RuleInfo[];
  readonly errors: readonly ScanError[];
  /** Findings of one side of an entry; none where it was not scanned. */
  findings(entry: ChangedEntry, which: 'old' | 'new'): readonly Finding[];
  /** Undefined: this version was not scanned. */
  report(entry: ChangedEntry, which: 'old' | 'new'): FileReport | undefined;
}

export interface VersionJob {
  readonly repository: Repository;
  /** Those of all commits; what is no regular file, or the same on both sides, is left out here. */
  readonly entries: Iterable<ChangedEntry>;
  readonly config: SessionConfig;
  readonly limits: TargetLimits;
  readonly jobs: number;
  readonly checkRules: boolean;
  readonly workerUrl: URL;
  readonly cancel?: CancelSignal;
  readonly onProgress?: (done: number, all: number) => void;
  /** Gets the trees that threads make, and hears which versions are done. */
  readonly trees?: VersionTrees;
}

const NOTHING = /^0+$/;
/** An estimate, for the order and size of batches: the sizes are not known before the texts are read. */
const GUESSED_BYTES = 8_192;
const NO_FINDINGS: readonly Finding[] = [];

export async function scanVersions(job: VersionJob): Promise<VersionScans> {
  const targets = new Map<string, ScanTarget>();
  const alone = new Set<string>();
  for (const entry of job.entries) {
    for (const which of ['old', 'new'] as const) {
      const key = versionKey(entry, which);
      if (key === undefined) continue;
      if (hasOneSide(entry)) alone.add(key);
      if (!targets.has(key)) targets.set(key, targetOf(job.repository, entry, which));
    }
  }
  for (const key of alone) targets.set(key, { ...(targets.get(key) as ScanTarget), tree: true });
  const keys = [...targets.keys()];
  job.trees?.expect([...alone]);
  const list = [...targets.values()];
  const reports = new Map<string, FileReport>();
  const compact = createCompact();
  let done = 0;
  const outcome = await scanFiles({
    targets: list,
    config: job.config,
    limits: job.limits,
    blobs: { program: job.repository.program, directory: job.repository.directory },
    jobs: job.jobs,
    checkRules: job.checkRules,
    workerUrl: job.workerUrl,
    ...(job.cancel === undefined ? {} : { cancel: job.cancel }),
    onReport(number, report) {
      reports.set(keys[number] ?? '', compact(report));
      job.trees?.done(keys[number] ?? '');
      job.onProgress?.(++done, list.length);
    },
    ...(job.trees === undefined ? {} : { onTree: (number: number, tree: PackedTree) => job.trees?.keep(keys[number] ?? '', tree) }),
  }).finally(() => job.trees?.end());
  const report = (entry: ChangedEntry, which: 'old' | 'new'): FileReport | undefined => {
    const key = versionKey(entry, which);
    return key === undefined ? undefined : reports.get(key);
  };
  return {
    rules: outcome.rules,
    errors: outcome.errors,
    report,
    findings: (entry, which) => report(entry, which)?.findings ?? NO_FINDINGS,
  };
}

/**
 * A report as it waits for its comparison, maybe together with thousands: without what only flows across files have, and with each text once. Versions of a file mostly have the
 * same findings.
 */
function createCompact(): (report: FileReport) => FileReport {
  const texts = new Map<string, string>();
  const shared = <T>(value: T): T => {
    if (typeof value === 'string') {
      const known = texts.get(value);
      if (known === undefined) texts.set(value, value);
      return (known ?? value) as T;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(shared) as T;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shared(part as unknown)])) as T;
  };
  return (report) => {
    if (report.findings.length === 0) return report;
    return { ...report, findings: report.findings.map(({ atSink: _elsewhere, ...rest }) => shared(rest)) };
  };
}

/** A file that only moved or changed its mode: no text of it is new. */
function isUnchanged(entry: ChangedEntry): boolean {
  return entry.oldBlob === entry.newBlob && !NOTHING.test(entry.oldBlob);
}

/** Of a file with two sides only what its change touches is parsed for comparing checks; of one with one side all of it, which a scan may have done. */
export function hasOneSide({ status }: ChangedEntry): boolean {
  return status === 'added' || status === 'deleted';
}

/** One version of one file by its hash and path; undefined where it is not scanned. */
export function versionKey(entry: ChangedEntry, which: 'old' | 'new'): string | undefined {
  if (isUnchanged(entry)) return undefined;
  const [mode, hash, name] =
    which === 'old' ? [entry.oldMode, entry.oldBlob, entry.oldPath ?? entry.path] : [entry.newMode, entry.newBlob, entry.path];
  return mode.startsWith('100') && !isInstalled(name) ? `${hash}\0${name}` : undefined;
}

/** Folders of installed packages: nobody's own code, as in a scan. */
export function isInstalled(name: string): boolean {
  return /(?:^|\/)(?:node_modules|bower_components|jspm_packages|site-packages|__pycache__|\.venv|\.tox|\.nox|\.yarn)\//.test(name);
}

function targetOf({ directory }: Repository, entry: ChangedEntry, which: 'old' | 'new'): ScanTarget {
  const name = which === 'old' ? (entry.oldPath ?? entry.path) : entry.path;
  const hash = which === 'old' ? entry.oldBlob : entry.newBlob;
  return {
    path: name as RepoPath,
    root: directory,
    absolute: path.join(directory, ...name.split('/')),
    shown: name,
    size: GUESSED_BYTES,
    named: false,
    ...(NOTHING.test(hash) ? {} : { blob: hash }),
  };
}
