/**
 * An audit's report as the reporters want it: with what is known about the rules beside it, secrets masked in all of its texts, and its added findings as a scan's
 * result where a format is shared with `scan`.
 */
import type { AivssVersion, FileReport, Finding, RepoPath, RuleInfo } from '../core/index.js';
import type { AuditReport, CommitAudit } from '../core/audit/report.js';
import { compareText } from '../host/node/files-small.js';
import type { ScannedFile, ScanResult } from './result.js';
import { maskSecrets } from './secrets.js';

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

/** The report without the secrets that its findings are about: in their own texts, and in whatever else is quoted from the same files. */
export function maskAudit(report: AuditReport, context: AuditContext): AuditReport {
  const all = [report.total, ...report.commits];
  const findings = all.flatMap((commit) => commit.added.map(({ finding }) => finding));
  // In order, per path: so are the masked ones.
  const scan = findingsAsScan(findings, context);
  const masked = new Map<Finding, Finding>();
  const hides = new Map<string, (text: string) => string>();
  const after = maskSecrets(scan);
  for (const [at, file] of after.files.entries()) {
    if (file.hide !== undefined) hides.set(file.target.path, file.hide);
    for (const [number, finding] of file.report.findings.entries()) {
      const before = scan.files[at]?.report.findings[number];
      if (before !== undefined) masked.set(before, finding);
    }
  }
  // What a check or a setting was may stand in another file by now.
  const anywhere = (text: string): string => [...hides.values()].reduce((rest, hide) => hide(rest), text);
  const maskCommit = (commit: CommitAudit): CommitAudit => ({
    ...commit,
    added: commit.added.map((added) => ({ ...added, finding: masked.get(added.finding) ?? added.finding })),
    removedChecks: commit.removedChecks.map((check) => ({ ...check, was: anywhere(check.was), message: anywhere(check.message) })),
    widened: commit.widened.map((wider) => ({
      ...wider,
      was: anywhere(wider.was),
      now: anywhere(wider.now),
      message: anywhere(wider.message),
    })),
    suppressions: commit.suppressions.map((added) => ({ ...added, text: anywhere(added.text) })),
    readingOrder: commit.readingOrder.map((item) => ({
      ...item,
      why: anywhere(item.why),
      ...(item.excerpt === undefined ? {} : { excerpt: item.excerpt.map((line) => ({ ...line, text: anywhere(line.text) })) }),
    })),
  });
  return { ...report, commits: report.commits.map(maskCommit), total: maskCommit(report.total) };
}
