/**
 * Findings whose data ends in another file: each report has them where they lead there, and a run that scans both files puts them where the data ends. A
 * flow that several files start is one finding, by the first of them.
 */
import type { FileReport, Finding } from '../model/finding.js';
import { UNUSED_SUPPRESSION } from '../suppression/rules.js';
import type { RuleInfo } from '../model/rule.js';
import { compareFindings, withFingerprints } from './findings.js';
import { supersedingOf, withoutSuperseded } from './supersede.js';

/**
 * @param reports in the order in which they are shown, all with paths of one root; undefined for files without one
 * @param rules of the run: what arrives may take the place of findings that stand there
 * @returns the same, of the same length
 */
export function placeAtSinks(
  reports: readonly (FileReport | undefined)[],
  rules: readonly RuleInfo[],
): readonly (FileReport | undefined)[] {
  const superseding = supersedingOf(rules);
  const numbers = new Map(reports.flatMap((report, number) => (report === undefined || !isScanned(report) ? [] : [[report.path, number]])));
  const arriving = new Map<number, Finding[]>();
  const leaving = new Map<number, Set<Finding>>();
  for (const [number, report] of reports.entries()) {
    for (const finding of report?.findings ?? []) {
      const { atSink, suppression } = finding;
      const goal = atSink === undefined ? undefined : numbers.get(atSink.path);
      if (atSink === undefined || goal === undefined) continue;
      const list = arriving.get(goal) ?? [];
      arriving.set(goal, list);
      // Accepted at the call is accepted, too.
      const accepted = atSink.suppression ?? (suppression === undefined ? undefined : { reason: suppression.reason, range: atSink.range });
      list.push(accepted === undefined ? atSink : { ...atSink, suppression: accepted });
      const left = leaving.get(number) ?? new Set();
      leaving.set(number, left.add(finding));
    }
  }
  if (arriving.size === 0) return reports;
  return reports.map((report, number) => {
    const more = arriving.get(number) ?? [];
    const less = leaving.get(number);
    if (report === undefined || (more.length === 0 && less === undefined)) return report;
    const own = report.findings.filter((finding) => less?.has(finding) !== true);
    const known = new Set(own.map(keyOf));
    const fresh = more.filter((finding) => !known.has(keyOf(finding)) && known.add(keyOf(finding)));
    const used = new Set(fresh.flatMap(({ suppression }) => (suppression === undefined ? [] : [suppression.range.start.offset])));
    const all = [...own, ...fresh].filter(({ ruleId, range }) => ruleId !== UNUSED_SUPPRESSION.id || !used.has(range.start.offset));
    return { ...report, findings: withFingerprints(withoutSuperseded(all, superseding).toSorted(compareFindings)) };
  });
}

function isScanned({ coverage }: FileReport): boolean {
  return coverage.state !== 'skipped';
}

function keyOf({ ruleId, range }: Finding): string {
  return `${ruleId}\0${range.start.offset}\0${range.end.offset}`;
}
