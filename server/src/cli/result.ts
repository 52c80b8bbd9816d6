/**
 * What a scan hands to a reporter: plain data, in the order in which it is printed. Also the few questions that
 * every reporter asks of it.
 */
import { ruleScore } from '../core/aivss/ruleScore.js';
import type { AivssVersion, FileReport, Finding, RuleInfo, RuleScore, ScanError, Severity } from '../core/index.js';
import type { ScanTarget, SkippedPath } from '../host/node/files.js';

export interface ScannedFile {
  readonly target: ScanTarget;
  readonly report: FileReport;
  /** Masks the secrets that were found in this file in any other text of it. */
  readonly hide?: (text: string) => string;
}

export interface ScanResult {
  readonly version: string;
  /** By shown path. */
  readonly files: readonly ScannedFile[];
  /** Met and not read, by shown path. */
  readonly skipped: readonly SkippedPath[];
  /** By id. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  /** Rules and packs that could not be used as written. */
  readonly ruleErrors: readonly ScanError[];
  /** Whatever else kept the run from doing what was asked, one sentence each. */
  readonly problems: readonly string[];
  /** Rules that the project's configuration leaves out. */
  readonly disabledRules: readonly string[];
  /** The formula of scores. */
  readonly aivss: AivssVersion;
  readonly sort: SortOrder;
}

/** `path`: by shown path, then place. The others put the worst first, and go on by path. */
export const SORT_ORDERS = ['path', 'severity', 'score'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

export interface PlacedFinding {
  readonly target: ScanTarget;
  readonly finding: Finding;
}

/** All findings in the order that was asked for: by shown path, then as the engine sorts them, or the worst first. */
export function allFindings(result: ScanResult): readonly PlacedFinding[] {
  const byPath = result.files.flatMap(({ target, report }) => report.findings.map((finding) => ({ target, finding })));
  if (result.sort === 'path') return byPath;
  const scores = new Map(byPath.map(({ finding }) => [finding, scoreOf(result, finding)?.score ?? -1]));
  const score = ({ finding }: PlacedFinding): number => scores.get(finding) ?? -1;
  const severity = ({ finding }: PlacedFinding): number => RANK[finding.severity];
  const [first, second] = result.sort === 'score' ? [score, severity] : [severity, score];
  return byPath.toSorted((a, b) => first(b) - first(a) || second(b) - second(a));
}

/** The score of a finding's rule; lower where what the data arrives at is isolated. Undefined where the rule has no vector. */
export function scoreOf({ rules, aivss }: ScanResult, finding: Finding): RuleScore | undefined {
  const rule = rules.get(finding.ruleId);
  return rule === undefined ? undefined : ruleScore(rule.metadata, aivss, finding.lowered !== undefined);
}

/** How a person would name a file that is known by its path in the target's root. */
export function shownPath({ path, shown }: Pick<ScanTarget, 'path' | 'shown'>, other: string | undefined): string {
  if (other === undefined || other === path) return shown;
  if (shown.endsWith(path)) return shown.slice(0, shown.length - path.length) + other;
  // The run began in a folder of the root.
  const below = path.endsWith(shown) ? path.slice(0, path.length - shown.length) : '';
  return other.startsWith(below) ? other.slice(below.length) : other;
}

const RANK: Readonly<Record<Severity, number>> = { INFO: 1, WARNING: 2, ERROR: 3 };

export type FailOn = 'error' | 'warning' | 'info' | 'never';

/** Suppressed findings are reported and never fail a run. */
export function failsRun(result: ScanResult, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  const threshold = RANK[failOn === 'error' ? 'ERROR' : failOn === 'warning' ? 'WARNING' : 'INFO'];
  return allFindings(result).some(({ finding }) => finding.suppression === undefined && RANK[finding.severity] >= threshold);
}

/** `error`, `warning`, `info`: what a person reads. */
export function severityWord(severity: Severity): string {
  return severity.toLowerCase();
}

/** A file or rule error that stops the run from being complete in a way its caller must know. */
export function couldNotRun(result: ScanResult): boolean {
  return result.problems.length > 0 || result.ruleErrors.some((error) => error.kind !== 'rule' || error.level === 'error');
}

/** 1-based line and column, as Semgrep and people count. */
export function oneBased(position: { readonly line: number; readonly column: number; readonly offset: number }) {
  return { line: position.line + 1, col: position.column + 1, offset: position.offset };
}
