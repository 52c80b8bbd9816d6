/** Audit reports as values, for tests of what reads them: every field has a plain default. */
import type { CommitAudit, AuditReport, AddedFinding } from '../../server/src/core/audit/report.js';
import type { Finding, Fingerprint, RepoPath, RuleId } from '../../server/src/core/index.js';

export interface FindingSpec extends Partial<Omit<Finding, 'ruleId' | 'path' | 'fingerprint'>> {
  readonly ruleId?: string;
  readonly path?: string;
  /** 1-based. */
  readonly line?: number;
  readonly fingerprint?: string;
}

/** On one line, from its first column to its end. */
export function makeFinding({ ruleId = 'test-exec', path = 'src/agent.py', line = 3, fingerprint, ...rest }: FindingSpec = {}): Finding {
  const lines = rest.lines ?? 'exec(answer)';
  return {
    message: 'exec() runs whatever `answer` holds.',
    severity: 'ERROR',
    tier: 'likely',
    layer: 'L3',
    range: {
      start: { line: line - 1, column: 0, offset: 0 },
      end: { line: line - 1, column: lines.length, offset: lines.length },
    },
    metavariables: {},
    ...rest,
    lines,
    ruleId: ruleId as RuleId,
    path: path as RepoPath,
    fingerprint: (fingerprint ?? `${ruleId}:${path}:${line}`) as Fingerprint,
  };
}

export function makeAdded(spec: FindingSpec = {}, why: AddedFinding['why'] = 'new'): AddedFinding {
  return { finding: makeFinding(spec), why };
}

export function makeCommit(spec: Partial<CommitAudit> = {}): CommitAudit {
  return {
    sha: '1'.repeat(40),
    parents: ['0'.repeat(40)],
    subject: 'Add an agent',
    author: { name: 'Alice Example', email: 'alice@example.org' },
    date: '2026-01-05T09:01:00+00:00',
    attribution: { tier: 'unknown', evidence: [], lines: [], lost: [] },
    added: [],
    removedFindings: [],
    removedChecks: [],
    widened: [],
    suppressions: [],
    dependencies: [],
    workflows: [],
    governance: [],
    setApart: [],
    readingOrder: [],
    rest: { files: 0, hunks: 0, addedLines: 0, deletedLines: 0 },
    files: 1,
    addedLines: 1,
    deletedLines: 0,
    problems: [],
    ...spec,
  };
}

/** A report of these commits; `total` has what all of them have unless the test says otherwise. */
export function makeReport(commits: readonly CommitAudit[], spec: Partial<AuditReport> = {}): AuditReport {
  const last = commits.at(-1) ?? makeCommit();
  const all = <K extends keyof CommitAudit>(key: K): CommitAudit[K] =>
    commits.flatMap((commit) => commit[key] as unknown[]) as unknown as CommitAudit[K];
  const count = (tier: string): number => commits.filter((commit) => commit.attribution.tier === tier).length;
  const agents: Record<string, number> = {};
  for (const { attribution } of commits)
    if (attribution.agent !== undefined) agents[attribution.agent] = (agents[attribution.agent] ?? 0) + 1;
  return {
    range: 'main..HEAD',
    base: '0'.repeat(40),
    head: last.sha,
    commits,
    total: makeCommit({
      sha: last.sha,
      added: all('added'),
      removedFindings: all('removedFindings'),
      removedChecks: all('removedChecks'),
      widened: all('widened'),
      suppressions: all('suppressions'),
      dependencies: all('dependencies'),
      workflows: all('workflows'),
      governance: all('governance'),
      setApart: all('setApart'),
      readingOrder: all('readingOrder'),
      rest: { files: 2, hunks: 5, addedLines: 40, deletedLines: 7 },
      files: 4,
      addedLines: 60,
      deletedLines: 12,
    }),
    attributed: { recorded: count('recorded'), declared: count('declared'), unknown: count('unknown') },
    agents,
    problems: [],
    rules: [],
    ...spec,
  };
}
