/**
 * One place, one finding, the best-founded: where a rule that says more found something (a flow with its way), what the rules that it
 * supersedes (`metadata: { supersedes: [...] }`) found at the same place is dropped. Findings of all other rules stay.
 */
import type { Finding } from '../model/finding.js';
import type { RuleInfo } from '../model/rule.js';

/** The id of a rule -> ids of the rules whose findings it takes the place of. */
export type Superseding = ReadonlyMap<string, ReadonlySet<string>>;

/** A rule of a project never takes the place of one that ships with Countersign. */
export function supersedingOf(rules: readonly RuleInfo[]): Superseding {
  const vetted = new Set(rules.filter((rule) => rule.origin.vetted === true).map((rule): string => rule.id));
  return new Map(
    rules
      .filter((rule) => rule.metadata.supersedes.length > 0)
      .map((rule) => [
        rule.id,
        new Set(rule.metadata.supersedes.filter((id) => id !== rule.id && (rule.origin.vetted === true || !vetted.has(id)))),
      ]),
  );
}

/** A suppressed finding stays, as the record of its suppression. A suppression of the better finding speaks for both. */
export function withoutSuperseded(findings: readonly Finding[], superseding: Superseding): readonly Finding[] {
  // One whose data ends in another file stands here for that place, and may go there yet (`sinks.ts`).
  const better = findings.filter((finding) => superseding.has(finding.ruleId) && finding.atSink === undefined);
  if (better.length === 0) return findings;
  return findings.filter(
    (finding) =>
      finding.suppression !== undefined ||
      !better.some((other) => superseding.get(other.ruleId)?.has(finding.ruleId) === true && isAtSamePlace(finding, other)),
  );
}

/** On the same line, or one inside the other where a statement takes several lines. */
function isAtSamePlace(a: Finding, b: Finding): boolean {
  if (a.cell?.index !== b.cell?.index) return false;
  if (a.range.start.line === b.range.start.line) return true;
  return a.range.start.offset < b.range.end.offset && b.range.start.offset < a.range.end.offset;
}
