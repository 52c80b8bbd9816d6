/**
 * GitLab's code quality report: a JSON list of issues, which a merge request shows as a widget and beside its lines. Every issue needs a fingerprint of its own.
 */
import { createHash } from 'node:crypto';
import { auditItems } from '../../core/audit/items.js';
import type { AuditReport } from '../../core/audit/report.js';
import { layerName } from '../../core/index.js';
import type { Severity } from '../../core/index.js';
import { visible } from '../../core/page/markdown.js';
import { allFindings } from '../result.js';
import type { ScanResult } from '../result.js';
import { inertJson } from './inertJson.js';

interface Issue {
  readonly message: string;
  readonly name: string;
  readonly severity: Severity;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly key: string;
}

/** GitLab's words; a finding is never a `blocker`, which is for the pipeline to decide. */
const SEVERITIES: Readonly<Record<Severity, 'critical' | 'major' | 'minor'>> = { ERROR: 'critical', WARNING: 'major', INFO: 'minor' };

export function formatGitlab(result: ScanResult): string {
  return codeQuality(
    allFindings(result).flatMap(({ target, finding }) =>
      finding.suppression !== undefined
        ? []
        : {
            message:
              finding.layer === undefined ? finding.message : `${finding.message} [MAESTRO ${finding.layer} ${layerName(finding.layer)}]`,
            name: finding.ruleId,
            severity: finding.severity,
            path: target.path,
            line: finding.range.start.line + 1,
            key: `${target.path}\0${finding.fingerprint}`,
          },
    ),
  );
}

/** Added findings, removed checks, widened settings and whatever else the audit found. */
export function formatAuditGitlab(report: AuditReport): string {
  return codeQuality(
    auditItems(report.total).map((item) => ({
      ...item,
      name: item.kind === 'finding' ? item.name : `countersign/${item.kind}/${item.name}`,
    })),
  );
}

function codeQuality(issues: readonly Issue[]): string {
  const seen = new Map<string, number>();
  return inertJson(
    issues.map(({ message, name, severity, path, line, key }) => {
      const times = seen.get(key) ?? 0;
      seen.set(key, times + 1);
      return {
        description: visible(message.replace(/\s+/g, ' ').trim()),
        check_name: visible(name),
        fingerprint: createHash('sha256').update(`${key}\0${times}`).digest('hex'),
        severity: SEVERITIES[severity],
        location: { path, lines: { begin: Math.max(1, line) } },
      };
    }),
  );
}
