/** The sentences that the reports of an audit share: how much was found, who is said to have written it. Plain text. */
import type { AuditReport, CommitAudit, ReadingItem } from '../audit/report.js';
import type { Severity } from '../model/rule.js';
import { plural } from './plural.js';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { ERROR: 'error', WARNING: 'warning', INFO: 'note' };
const SEVERITIES: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];

/** How much a place in the reading order weighs, in the words of findings. */
export function severityOfPlace({ score }: Pick<ReadingItem, 'score'>): Severity {
  return score >= 28 ? 'ERROR' : score >= 10 ? 'WARNING' : 'INFO';
}

/** Said at the end of every report. */
export const AT_LEAST =
  'Attribution is what tools and authors said of themselves. It can be forged and it can be lost, so the numbers are “at least”, and a commit without a mark is not known to be a person’s.';

/** `3 findings added (1 error, 2 warnings), 2 checks removed`. */
export function headline(commit: CommitAudit): string {
  const { added, removedChecks, widened, governance, suppressions } = commit;
  const counts = SEVERITIES.map((severity) => ({ severity, count: added.filter(({ finding }) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, SEVERITY_WORDS[severity]));
  const parts = [
    added.length === 0 ? undefined : `${plural(added.length, 'finding')} added (${counts.join(', ')})`,
    removedChecks.length === 0 ? undefined : `${plural(removedChecks.length, 'check')} removed`,
    widened.length === 0 ? undefined : `${plural(widened.length, 'permission')} widened`,
    suppressions.length === 0 ? undefined : `${plural(suppressions.length, 'suppression')} added`,
    governance.length === 0 ? undefined : `${plural(governance.length, 'attempt')} to change the audit itself`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'nothing risky added, no check removed' : parts.join(', ');
}

/** `At least 4 of 6 commits are AI-assisted (claude-code 3, codex 1): 1 by a record, 3 by what they declare.` */
export function attributionSentence({ commits, attributed, agents }: AuditReport): string {
  const assisted = attributed.recorded + attributed.declared;
  const all = commits.length;
  if (all === 0) return 'No commit in this range.';
  if (assisted === 0) return `None of ${plural(all, 'commit')} says that an agent took part in it, which is no evidence that none did.`;
  const named = Object.entries(agents)
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([agent, count]) => `${agent} ${count}`);
  const how = [
    attributed.recorded === 0 ? undefined : `${attributed.recorded} by a tool’s record`,
    attributed.declared === 0 ? undefined : `${attributed.declared} by what they declare`,
  ].filter((part) => part !== undefined);
  return `At least ${assisted} of ${plural(all, 'commit')} ${assisted === 1 ? 'is' : 'are'} AI-assisted${named.length === 0 ? '' : ` (${named.join(', ')})`}: ${how.join(', ')}.`;
}

/** What nobody is told to read, counted. */
export function restSentence({ rest }: CommitAudit): string {
  if (rest.hunks === 0) return 'Nothing else was changed.';
  return `The rest: ${plural(rest.hunks, 'hunk')} in ${plural(rest.files, 'file')} (+${rest.addedLines} −${rest.deletedLines} lines). The rules found nothing there, which is not the same as somebody having read it.`;
}

/** Twelve digits of a hash; what is not committed says so. */
export function shortSha(sha: string): string {
  return sha === '' ? 'not committed' : sha.slice(0, 12);
}

export const SET_APART: Readonly<Record<CommitAudit['setApart'][number]['why'], string>> = {
  binary: 'binary',
  generated: 'generated',
  minified: 'minified',
  'lock-file': 'lock file',
  'too-large': 'too large',
  submodule: 'submodule',
  symlink: 'link',
  vendored: 'third-party code',
  missing: 'missing from this copy',
};
