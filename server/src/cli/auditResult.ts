/** What the reporters of an audit are given beside its report, and its added findings as a scan's result, where a format is shared with `scan`. */
import type { AivssVersion, FileReport, Finding, RepoPath, RuleInfo } from '../core/index.js';
import { compareText } from '../host/node/files-small.js';
import type { ScannedFile, ScanResult } from './result.js';

/** What a report is made with; nothing of it comes from the audited repository but `root`. */
export interface AuditContext {
  readonly version: string;
  /** By id. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly aivss: AivssVersion;
  /** Absolute: the repository's top folder. */
  readonly root: string;
}

/** Findings as a scan would report them, by path. */
export function findingsAsScan(findings: readonly Finding[], { version, rules, aivss, root }: AuditContext): ScanResult {
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    const here = byPath.get(finding.path);
    if (here === undefined) byPath.set(finding.path, [finding]);
    else here.push(finding);
  }
  const files = [...byPath]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([path, here]): ScannedFile => {
      const report: FileReport = {
        path: path as RepoPath,
        findings: here,
        errors: [],
        coverage: { path: path as RepoPath, state: 'scanned', languages: [], reasons: [] },
      };
      return { target: { path: path as RepoPath, shown: path, root, absolute: `${root}/${path}`, size: 0, named: false }, report };
    });
  return { version, files, skipped: [], rules, ruleErrors: [], problems: [], disabledRules: [], aivss, sort: 'path' };
}
