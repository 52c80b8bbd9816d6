/** An audit as SARIF 2.1.0: its added findings, written as a scan's are, with who wrote the commit and on what evidence among their properties. */
import { visible } from '../../core/page/markdown.js';
import type { AuditReport, CommitAudit } from '../../core/audit/report.js';
import type { ScanResult } from '../result.js';
import { formatSarif } from './sarif.js';

/** @param result the added findings, as a scan's */
export function formatAuditSarif(report: AuditReport, result: ScanResult): string {
  const broughtBy = new Map<string, CommitAudit>();
  // The last commit that added it counts: an earlier one's may have been taken away again.
  for (const commit of report.commits) for (const { finding } of commit.added) broughtBy.set(finding.fingerprint, commit);
  const added = new Map(report.total.added.map((entry) => [entry.finding, entry]));
  // Nobody needs the pages of rules that found nothing.
  const found = new Set<string>(report.total.added.map(({ finding }) => finding.ruleId));
  const rules = new Map([...result.rules].filter(([id]) => found.has(id)));
  return formatSarif(
    { ...result, rules },
    {
      category: 'countersign/audit/',
      revision: report.head,
      notes: [...report.problems, ...report.total.problems],
      properties: {
        range: visible(report.range),
        base: report.base,
        head: report.head,
        attributed: report.attributed,
        agents: report.agents,
        removedChecks: report.total.removedChecks.length,
        widened: report.total.widened.length,
      },
      propertiesOf(finding) {
        const commit = broughtBy.get(finding.fingerprint);
        const entry = added.get(finding);
        return {
          added: entry?.why ?? 'new',
          provenance: {
            ...(commit === undefined || commit.sha === '' ? {} : { commit: commit.sha }),
            tier: commit?.attribution.tier ?? 'unknown',
            ...(commit?.attribution.agent === undefined ? {} : { agent: commit.attribution.agent }),
            ...(entry?.recorded === undefined ? {} : { recorded: entry.recorded }),
            evidence: (commit?.attribution.evidence ?? []).map(({ tier, source, agent, text }) => ({
              tier,
              source,
              agent,
              text: visible(text),
            })),
          },
        };
      },
    },
  );
}
