/**
 * An audit's report as an editor shows it: the sentences that the command line prints, lines counted from 0, and every text of the repository on one line, with
 * what cannot be seen spelled out. What is shown is text and nothing else; a client may still never read it as Markdown.
 */
import type { AddedFinding, AuditReport, CommitAudit, DependencyChange } from '../core/audit/report.js';
import { layerName } from '../core/index.js';
import type { Severity } from '../core/index.js';
import {
  attributionSentence,
  headline,
  restSentence,
  SET_APART,
  SEVERITY_WORDS,
  severityOfPlace,
  shortSha,
} from '../core/page/auditWords.js';
import { visible } from '../core/page/markdown.js';
import { AGENTS } from '../core/provenance/agents.js';
import type { Attribution, Evidence } from '../core/provenance/attribution.js';
import type {
  AuditedChange,
  AuditedCommit,
  AuditEntry,
  AuditEvidence,
  AuditPlace,
  AuditSeverity,
  AuditView,
  Countersigned,
} from '../protocol/audit.js';
import type { AuditedCommits, Countersignature } from './commitsHost.js';

const LONGEST_TEXT = 400;
const AGENT_NAMES: ReadonlyMap<string, string> = new Map(AGENTS.map(({ id, name }) => [id, name]));
const SEVERITY: Readonly<Record<Severity, AuditSeverity>> = { ERROR: 'error', WARNING: 'warning', INFO: 'note' };

export function auditView(
  { masked, markdown, failures }: AuditedCommits,
  countersigned: ReadonlyMap<string, readonly Countersignature[]>,
): AuditView {
  const agents = Object.fromEntries(Object.entries(masked.agents).map(([id, count]) => [agentName(id), count]));
  return {
    range: plain(masked.range),
    summary: masked.commits.length === 0 ? whoPending(masked.total.attribution) : attributionSentence({ ...masked, agents }),
    headline: headline(masked.total),
    attributed: masked.attributed,
    commits: masked.commits.toReversed().map((commit) => commitView(commit, countersigned.get(commit.sha) ?? [])),
    total: changeView(masked.total, masked),
    problems: [...failures, ...masked.problems].map((text) => plain(text)),
    markdown,
  };
}

/** Of what is not committed: nobody has declared anything yet. */
function whoPending({ tier, agent }: Attribution): string {
  return tier === 'unknown' ? 'Not committed yet; no record says who wrote it.' : `Not committed yet; ${agentName(agent)} is recorded.`;
}

function commitView(commit: CommitAudit, signatures: readonly Countersignature[]): AuditedCommit {
  const { sha, subject, author, date, attribution, parents } = commit;
  const [base] = parents;
  return {
    sha,
    shortSha: shortSha(sha),
    subject: subject === '' ? '(no subject)' : plain(subject),
    author: plain(author.name),
    date: plain(date),
    tier: attribution.tier,
    ...(attribution.tier === 'unknown' ? {} : { agent: agentName(attribution.agent) }),
    evidence: attribution.evidence.map(evidenceView),
    lost: attribution.lost.map((text) => plain(text)),
    headline: headline(commit),
    change: changeView(commit, { base: base ?? '', head: sha }),
    countersigned: signatures.map(countersignedView),
  };
}

function changeView(commit: CommitAudit, { base, head }: Pick<AuditReport, 'base' | 'head'>): AuditedChange {
  return {
    ...(base === '' ? {} : { base }),
    // What is not committed is compared with the head itself.
    ...(head === '' || head === base ? {} : { head }),
    readingOrder: commit.readingOrder.map((item) => ({
      ...place(item.path, item.start, item.end),
      severity: SEVERITY[severityOfPlace(item)],
      why: plain(item.why),
    })),
    rest: restSentence(commit),
    entries: entriesOf(commit),
    setApart: commit.setApart.map(({ path, why }) => ({ shown: plain(path), why: SET_APART[why] })),
    problems: commit.problems.map((text) => plain(text)),
  };
}

function entriesOf(commit: CommitAudit): readonly AuditEntry[] {
  const entries: readonly AuditEntry[] = [
    ...commit.added.map(findingEntry),
    ...commit.removedChecks.map(({ path, line, was, message, severity }) => ({
      ...place(path, line),
      ...{ kind: 'check' as const, severity: SEVERITY[severity], message: plain(message), detail: `was: ${plain(was)}` },
    })),
    ...commit.widened.map(({ path, line, setting, was, now, message, severity }) => ({
      ...place(path, line),
      ...{ kind: 'widened' as const, severity: SEVERITY[severity], message: plain(message) },
      detail: plain(`${setting}: ${was === '' ? 'nothing' : was} → ${now === '' ? 'nothing' : now}`),
    })),
    ...commit.governance.map(({ path, line, message }) => ({
      ...place(path, line),
      ...{ kind: 'governance' as const, severity: 'warning' as const, message: plain(message) },
      detail: 'it did not count in this audit',
    })),
    ...commit.suppressions.map(({ path, line, tool, text }) => ({
      ...place(path, line),
      ...{ kind: 'suppression' as const, severity: 'warning' as const, message: plain(`Silences ${tool}: ${text}`) },
      detail: 'it did not count in this audit',
    })),
    ...commit.dependencies.map(dependencyEntry),
    ...commit.workflows.map((path) => ({
      ...place(path, 1),
      ...{ kind: 'workflow' as const, severity: 'note' as const, message: 'What runs in CI changes' },
    })),
  ];
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine));
}

function findingEntry({ finding, why, recorded }: AddedFinding): AuditEntry {
  const { path, range, severity, message, ruleId, layer } = finding;
  const detail = [
    ...(layer === undefined ? [] : [`MAESTRO ${layer} ${layerName(layer)}`]),
    ...(why === 'new' ? [] : [why === 'unsuppressed' ? 'its suppression was removed' : 'reaches further than before']),
    ...(recorded === true ? ['line recorded as an agent’s'] : []),
  ];
  return {
    ...place(path, range.start.line + 1, range.end.line + 1),
    ...{ kind: 'finding', severity: SEVERITY[severity], message: plain(message), ruleId: plain(ruleId) },
    ...(detail.length === 0 ? {} : { detail: detail.join(', ') }),
  };
}

function dependencyEntry({ path, line, kind, name, version, was, concern }: DependencyChange): AuditEntry {
  const what = {
    added: 'New dependency',
    'version-changed': 'Version of',
    'source-changed': 'Source of',
    'install-script': 'Install script',
  }[kind];
  const versions = [was, version].filter((text) => text !== undefined && text !== '').join(' → ');
  return {
    ...place(path, line),
    ...{ kind: 'dependency', severity: concern === undefined ? 'note' : 'warning', message: plain(`${what} ${name} ${versions}`) },
    ...(concern === undefined ? {} : { detail: plain(concern) }),
  };
}

/** @param start, end 1-based; 0 stands for the file as a whole */
function place(path: string, start: number, end = start): AuditPlace {
  const first = Math.max(0, start - 1);
  return { path, shown: plain(path), startLine: first, endLine: Math.max(first, end - 1) };
}

export function evidenceView({ agent, model, source, text, caveat }: Evidence): AuditEvidence {
  return {
    agent: agentName(agent),
    ...(model === undefined ? {} : { model: plain(model) }),
    source,
    text: plain(text),
    ...(caveat === undefined ? {} : { caveat: plain(caveat) }),
  };
}

export function countersignedView({ record, signature }: Countersignature): Countersigned {
  return {
    decision: record.decision,
    reviewer: plain(record.reviewer.name),
    date: plain(record.date),
    ...(record.note === undefined ? {} : { note: plain(record.note) }),
    signature,
  };
}

/** `2 errors, 1 note`, as a countersignature counts. */
export function countedText({
  errors,
  warnings,
  notes,
}: {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}): string {
  const parts = [
    [errors, SEVERITY_WORDS.ERROR],
    [warnings, SEVERITY_WORDS.WARNING],
    [notes, SEVERITY_WORDS.INFO],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`);
  return said.length === 0 ? 'nothing found' : said.join(', ');
}

function agentName(id: string | undefined): string {
  return AGENT_NAMES.get(id ?? '') ?? (id === undefined || id === 'other' ? 'an agent' : plain(id));
}

/** One line of text to show. */
export function plain(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ').trim());
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`;
}
