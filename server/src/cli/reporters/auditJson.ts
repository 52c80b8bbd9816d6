/**
 * An audit as JSON: a scan's document whose `results` are the findings added in total, and beside them `audit`, with everything that is known of each commit.
 * Keys are in snake case, lines 1-based; docs/audit.md describes them. The same history gives the same bytes.
 */
import type { AuditReport, CommitAudit } from '../../core/audit/report.js';
import type { ScanResult } from '../result.js';
import { inertJson } from './inertJson.js';
import { jsonDocument } from './json.js';

/** @param result the findings added in total, as a scan's result */
export function formatAuditJson(report: AuditReport, result: ScanResult): string {
  return inertJson({
    ...jsonDocument(result),
    audit: {
      range: report.range,
      base: report.base,
      head: report.head,
      attributed: report.attributed,
      agents: report.agents,
      problems: report.problems,
      commits: report.commits.map(commitEntry),
      total: commitEntry(report.total),
      rules: report.rules,
    },
  });
}

function commitEntry(commit: CommitAudit) {
  const { attribution } = commit;
  return {
    sha: commit.sha,
    parents: commit.parents,
    subject: commit.subject,
    author: commit.author,
    date: commit.date,
    attribution: {
      tier: attribution.tier,
      ...(attribution.agent === undefined ? {} : { agent: attribution.agent }),
      evidence: attribution.evidence,
      lines: attribution.lines,
      lost: attribution.lost,
    },
    added: commit.added.map(({ finding }) => finding.fingerprint),
    added_findings: commit.added.map(({ finding, why, recorded }) => ({
      fingerprint: finding.fingerprint,
      check_id: finding.ruleId,
      path: finding.path,
      line: finding.range.start.line + 1,
      end_line: finding.range.end.line + 1,
      severity: finding.severity,
      tier: finding.tier,
      ...(finding.layer === undefined ? {} : { layer: finding.layer }),
      message: finding.message,
      why,
      is_ignored: finding.suppression !== undefined,
      ...(recorded === undefined ? {} : { recorded }),
    })),
    removed_findings: commit.removedFindings.map(({ fingerprint, ruleId, path, line }) => ({ fingerprint, check_id: ruleId, path, line })),
    removed_checks: commit.removedChecks,
    widened: commit.widened,
    suppressions: commit.suppressions,
    dependencies: commit.dependencies,
    workflows: commit.workflows,
    governance: commit.governance,
    set_apart: commit.setApart,
    reading_order: commit.readingOrder.map(({ path, start, end, score, why }) => ({ path, start, end, score, why })),
    rest: {
      files: commit.rest.files,
      hunks: commit.rest.hunks,
      added_lines: commit.rest.addedLines,
      deleted_lines: commit.rest.deletedLines,
    },
    files: commit.files,
    added_lines: commit.addedLines,
    deleted_lines: commit.deletedLines,
    problems: commit.problems,
  };
}
