/** An audit's report without the secrets that its findings are about: in their own texts, and in whatever else is quoted from the same files. */
import type { AuditReport, CommitAudit } from '../audit/report.js';
import type { Finding } from '../model/finding.js';
import type { RuleInfo } from '../model/rule.js';
import { maskSecrets } from './secrets.js';
import type { FoundInFile } from './secrets.js';

/** @param rules by id */
export function maskAudit(report: AuditReport, rules: ReadonlyMap<string, RuleInfo>): AuditReport {
  const byPath = new Map<string, Finding[]>();
  for (const commit of [report.total, ...report.commits]) {
    for (const { finding } of commit.added) {
      const here = byPath.get(finding.path);
      if (here === undefined) byPath.set(finding.path, [finding]);
      else here.push(finding);
    }
  }
  const files: readonly FoundInFile[] = [...byPath].map(([path, findings]) => ({ target: { root: '', path }, report: { findings } }));
  const masked = new Map<Finding, Finding>();
  const hides: ((text: string) => string)[] = [];
  for (const [at, file] of maskSecrets(files, rules).entries()) {
    if (file.hide !== undefined) hides.push(file.hide);
    for (const [number, finding] of file.report.findings.entries()) {
      const before = files[at]?.report.findings[number];
      if (before !== undefined) masked.set(before, finding);
    }
  }
  // What a check or a setting was may stand in another file by now.
  const anywhere = (text: string): string => hides.reduce((rest, hide) => hide(rest), text);
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
