/**
 * An audit as a comment on a pull request. The same commits give the same bytes (no date, no time), a hidden mark in the first line lets the next run find and
 * replace it, and it is never longer than a comment may be. Nothing of the repository is anything but text in it.
 */
import type { AddedFinding, AuditReport, CommitAudit } from '../audit/report.js';
import { layerName } from '../model/maestro.js';
import type { RuleInfo, Severity } from '../model/rule.js';
import { cweId } from './findingNote.js';
import { AT_LEAST, attributionSentence, headline, restSentence, SET_APART, SEVERITY_WORDS, shortSha } from './auditWords.js';
import { fitSections, inertCode, inertInline } from './markdownParts.js';
import type { MarkdownSection } from './markdownParts.js';

/** The first line of the comment; what writes comments looks for it. */
export const AUDIT_MARKER = '<!-- countersign:audit -->';
const RANK: Readonly<Record<Severity, number>> = { ERROR: 0, WARNING: 1, INFO: 2 };

/** The rules that looked, by id. */
export interface AuditedBy {
  readonly rules: ReadonlyMap<string, RuleInfo>;
}

/** @param maxLength UTF-16 code units */
export function formatAuditMarkdown(report: AuditReport, { rules }: AuditedBy, maxLength?: number): string {
  const { total } = report;
  const head = [
    AUDIT_MARKER,
    `## Countersign: ${headline(total)}`,
    `${inertCode(report.range)}${report.head === '' ? '' : `, head ${inertCode(shortSha(report.head))}`}. ${attributionSentence({ ...report, agents: plainKeys(report.agents) })}`,
  ].join('\n\n');
  const sections: readonly MarkdownSection[] = [
    {
      title: 'Read these first',
      rows: total.readingOrder.map((item) => `${place(item.path, item.start, item.end)} ${inertInline(item.why)}`),
      numbered: true,
      ...(total.readingOrder.length === 0 ? {} : { lead: restSentence(total) }),
    },
    {
      title: 'What it changes about its own audit',
      rows: total.governance.map((change) => `${place(change.path, change.line)} ${inertInline(change.message)}`),
      ...(total.governance.length === 0
        ? {}
        : { lead: 'The configuration, rules and suppressions of the base commit were used; these changes were not.' }),
    },
    { title: 'Findings added', rows: sorted(total.added).map((added) => findingRow(added, rules)) },
    {
      title: 'Checks removed',
      rows: bySeverity(total.removedChecks).map(
        (check) =>
          `**${SEVERITY_WORDS[check.severity]}** ${place(check.path, check.line)} ${inertInline(check.message)} Was: ${inertCode(check.was)}`,
      ),
    },
    {
      title: 'Permissions widened',
      rows: bySeverity(total.widened).map(
        (wider) =>
          `**${SEVERITY_WORDS[wider.severity]}** ${place(wider.path, wider.line)} ${inertInline(wider.message)} ${inertCode(wider.setting)}: ${inertCode(wider.was)} → ${inertCode(wider.now)}`,
      ),
    },
    {
      title: 'Suppressions added',
      rows: total.suppressions.map((added) => `${place(added.path, added.line)} for ${inertCode(added.tool)}: ${inertCode(added.text)}`),
      ...(total.suppressions.length === 0 ? {} : { lead: 'They do not count in this audit.' }),
    },
    {
      title: 'Dependencies and install scripts',
      rows: total.dependencies.map(
        (entry) =>
          `${place(entry.path, entry.line)} ${inertCode(entry.name)} ${entry.was === undefined ? '' : `${inertCode(entry.was)} → `}${entry.version === undefined ? '' : inertCode(entry.version)} (${entry.kind.replaceAll('-', ' ')})${entry.concern === undefined ? '' : `: ${inertInline(entry.concern)}`}`,
      ),
    },
    { title: 'Workflows changed', rows: total.workflows.map((path) => inertCode(path)) },
    { title: `Commits and evidence (${report.commits.length})`, folded: true, rows: report.commits.toReversed().map(commitRow) },
    {
      title: `Not read line by line (${total.setApart.length})`,
      folded: true,
      rows: total.setApart.map((file) => `${inertCode(file.path)} ${SET_APART[file.why]}`),
    },
    { title: 'Not looked at', rows: [...report.problems, ...total.problems].map((problem) => inertInline(problem)) },
  ];
  return fitSections(
    head,
    sections.filter(({ rows }) => rows.length > 0),
    `<sub>${AT_LEAST}</sub>`,
    maxLength,
  );
}

function findingRow({ finding, why, recorded }: AddedFinding, rules: AuditedBy['rules']): string {
  const cwe = rules.get(finding.ruleId)?.metadata.cwe[0];
  const tags = [
    inertCode(finding.ruleId),
    finding.layer === undefined ? undefined : `MAESTRO ${finding.layer} ${layerName(finding.layer)}`,
    cwe === undefined ? undefined : inertInline(cweId(cwe)),
    why === 'new' ? undefined : why === 'unsuppressed' ? 'its suppression was removed' : 'reaches further than before',
    recorded === true ? 'line recorded as an agent’s' : undefined,
  ].filter((tag) => tag !== undefined);
  return `**${SEVERITY_WORDS[finding.severity]}** ${place(finding.path, finding.range.start.line + 1)} ${inertInline(finding.message)} (${tags.join(', ')})`;
}

function commitRow(commit: CommitAudit): string {
  const { attribution, author } = commit;
  const evidence = attribution.evidence.map(
    ({ source, text, caveat }) => `${source} ${inertCode(text)}${caveat === undefined ? '' : ` (${inertInline(caveat)})`}`,
  );
  const who = attribution.tier === 'unknown' ? 'unknown' : `${attribution.tier}: ${inertCode(attribution.agent ?? 'an agent')}`;
  const rest = [...evidence, ...attribution.lost.map((text) => `lost: ${inertInline(text)}`)];
  return `${inertCode(shortSha(commit.sha))} ${inertCode(commit.subject, 120)} by ${inertCode(author.name, 80)}; ${who}; ${headline(commit)}${rest.length === 0 ? '' : `; ${rest.slice(0, 6).join(', ')}${rest.length > 6 ? `, and ${rest.length - 6} more` : ''}`}`;
}

/** `src/a.py:3` or `src/a.py:3-9`, as code. */
function place(path: string, start: number, end = start): string {
  return inertCode(`${path}:${start}${end > start ? `-${end}` : ''}`, 260);
}

function sorted(added: readonly AddedFinding[]): readonly AddedFinding[] {
  return added.toSorted((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity]);
}

function bySeverity<T extends { readonly severity: Severity }>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** Ids of agents are ours; one that is not looks like nothing else. */
function plainKeys(agents: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(agents).map(([agent, count]) => [/^[a-z][a-z\d-]{0,40}$/.test(agent) ? agent : 'other', count]));
}
