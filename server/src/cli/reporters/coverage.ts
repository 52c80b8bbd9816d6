/**
 * What was not (fully) looked at, as one list for every report: files skipped on the walk, files skipped or cut
 * short by the engine, rules that did not finish on one file. Silence must mean clean.
 */
import type { ScanError } from '../../core/index.js';
import type { SkipReason } from '../../host/node/files.js';
import type { ScanResult } from '../result.js';

export interface CoverageGap {
  /** Untrusted text. */
  readonly shown: string;
  /** For SARIF: relative to `root`. */
  readonly path: string;
  readonly root: string;
  /** `skipped`: nothing of it was looked at. `partial`: something was not. */
  readonly state: 'skipped' | 'partial';
  readonly reason: SkipReason | 'internal' | 'rule' | 'unsupported';
  readonly message: string;
  readonly isDirectory: boolean;
  readonly ruleId?: string;
  /** 0-based, where one place is to blame. */
  readonly line?: number;
  readonly column?: number;
}

export interface CoverageSummary {
  /** Files, by state. Skipped directories are not in these numbers: nobody counted what is in them. */
  readonly scanned: number;
  readonly partial: number;
  readonly skipped: number;
  readonly gaps: readonly CoverageGap[];
}

export function summariseCoverage(result: ScanResult): CoverageSummary {
  let scanned = 0;
  let partial = 0;
  let skipped = 0;
  const gaps: CoverageGap[] = [];
  for (const { target, report } of result.files) {
    const { state, reasons } = report.coverage;
    if (state === 'scanned') scanned++;
    else if (state === 'partial') partial++;
    else skipped++;
    const base = { shown: target.shown, path: target.path, root: target.root, isDirectory: false };
    for (const reason of reasons) gaps.push({ ...base, state: state === 'skipped' ? 'skipped' : 'partial', ...describe(reason) });
    if (state !== 'scanned' && reasons.length === 0) {
      gaps.push({ ...base, state, reason: 'unsupported', message: 'no rule reads files of this kind' });
    }
  }
  for (const path of result.skipped) {
    if (!path.isDirectory) skipped++;
    gaps.push({ ...path, state: 'skipped' });
  }
  return { scanned, partial, skipped, gaps };
}

function describe(error: ScanError): Pick<CoverageGap, 'reason' | 'message' | 'ruleId' | 'line' | 'column'> {
  const rule = error.ruleId === undefined ? {} : { ruleId: error.ruleId };
  switch (error.kind) {
    case 'file':
      return {
        reason: error.code,
        message: error.message,
        ...rule,
        ...(error.range === undefined ? {} : { line: error.range.start.line, column: error.range.start.column }),
      };
    case 'internal':
      return { reason: 'internal', message: error.message, ...rule };
    case 'rule':
      return { reason: 'rule', message: error.message, ...rule };
  }
}

/** What a person reads for each reason. */
export function reasonText(reason: CoverageGap['reason']): string {
  return REASONS[reason];
}

const REASONS: Readonly<Record<CoverageGap['reason'], string>> = {
  'git-ignored': 'git-ignored',
  'countersign-ignored': 'named in .countersignignore',
  'default-skipped': 'third-party folder',
  excluded: 'excluded',
  'not-included': 'not included',
  'special-file': 'special file',
  'too-large': 'too large',
  'too-deep': 'nested too deeply',
  'too-many-matches': 'too many matches',
  'parse-error': 'syntax errors',
  'not-utf8': 'not UTF-8',
  'notebook-syntax': 'broken notebook',
  binary: 'binary',
  unreadable: 'unreadable',
  symlink: 'links',
  timeout: 'timed out',
  minified: 'generated',
  cancelled: 'cancelled',
  internal: 'our own error',
  rule: 'rule not usable here',
  unsupported: 'no rule for it',
};

/** Semgrep's word for it where Semgrep has one (`paths.skipped[].reason`). */
export function semgrepReason(reason: CoverageGap['reason']): string {
  return SEMGREP_REASONS[reason] ?? reason.replaceAll('-', '_');
}

const SEMGREP_REASONS: Readonly<Partial<Record<CoverageGap['reason'], string>>> = {
  'git-ignored': 'gitignore_patterns_match',
  'countersign-ignored': 'semgrepignore_patterns_match',
  'default-skipped': 'always_skipped',
  excluded: 'cli_exclude_flags_match',
  'not-included': 'cli_include_flags_do_not_match',
  'too-large': 'exceeded_size_limit',
  unreadable: 'insufficient_permissions',
  unsupported: 'wrong_language',
  internal: 'analysis_failed_parser_or_internal_error',
  'notebook-syntax': 'analysis_failed_parser_or_internal_error',
};
