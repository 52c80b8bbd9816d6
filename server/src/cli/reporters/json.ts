/**
 * Semgrep's JSON, so that what reads Semgrep reads us: lines and columns 1-based, offsets 0-based in UTF-16 code
 * units. What Semgrep has no place for is under `extra.countersign` and `countersign`. The same input gives the
 * same bytes: no time, no machine.
 */
import type { FileError, FileReport, Range, ScanError, Trace, TracePlace } from '../../core/index.js';
import { allFindings, oneBased, scoreOf, shownPath } from '../result.js';
import type { PlacedFinding, ScanResult } from '../result.js';
import { semgrepReason, summariseCoverage } from './coverage.js';
import { inertJson } from './inertJson.js';

export function formatJson(result: ScanResult): string {
  return inertJson(jsonDocument(result));
}

/** What is printed, before it is: an audit adds to it. */
export function jsonDocument(result: ScanResult) {
  const coverage = summariseCoverage(result);
  return {
    version: result.version,
    results: allFindings(result).map((placed) => resultEntry(placed, result)),
    errors: [
      ...result.ruleErrors.map((error) => errorEntry(error)),
      ...result.files.flatMap(({ target, report }) => fileErrors(report).map((error) => errorEntry(error, target.shown))),
      ...result.problems.map((message) => ({ code: 2, level: 'error', type: 'Other syntax error', message })),
    ],
    paths: {
      scanned: result.files.filter(({ report }) => report.coverage.state !== 'skipped').map(({ target }) => target.shown),
      skipped: coverage.gaps
        .filter((gap) => gap.state === 'skipped')
        .map((gap) => ({ path: gap.shown, reason: semgrepReason(gap.reason), details: gap.message })),
    },
    countersign: {
      rules: result.rules.size,
      disabled_rules: result.disabledRules,
      coverage: {
        scanned: coverage.scanned,
        partial: coverage.partial,
        skipped: coverage.skipped,
        gaps: coverage.gaps.map((gap) => ({
          path: gap.shown,
          state: gap.state,
          reason: gap.reason,
          message: gap.message,
          ...(gap.isDirectory ? { directory: true } : {}),
          ...(gap.ruleId === undefined ? {} : { rule_id: gap.ruleId }),
          ...(gap.line === undefined ? {} : { line: gap.line + 1, col: (gap.column ?? 0) + 1 }),
        })),
        languages: languageCounts(result),
      },
    },
  };
}

/** What went wrong with a file, each once. A file that was passed over on purpose (too large, binary) is no error. */
function fileErrors(report: FileReport): readonly ScanError[] {
  const all = [...report.errors, ...report.coverage.reasons].filter((error) => error.kind !== 'file' || !ON_PURPOSE.has(error.code));
  return [...new Map(all.map((error) => [JSON.stringify(error), error])).values()];
}

const ON_PURPOSE: ReadonlySet<FileError['code']> = new Set(['too-large', 'binary', 'minified', 'symlink'] as const);

function resultEntry({ target, finding }: PlacedFinding, result: ScanResult) {
  const rule = result.rules.get(finding.ruleId);
  const aivss = scoreOf(result, finding);
  return {
    check_id: finding.ruleId,
    path: target.shown,
    start: oneBased(finding.range.start),
    end: oneBased(finding.range.end),
    extra: {
      message: finding.message,
      severity: finding.severity,
      metadata: rule?.metadata.raw ?? {},
      metavars: Object.fromEntries(
        Object.entries(finding.metavariables).map(([name, binding]) => [name, { ...span(binding.range), abstract_content: binding.text }]),
      ),
      lines: finding.lines,
      fingerprint: finding.fingerprint,
      ...(finding.fix === undefined ? {} : { fix: finding.fix.text }),
      ...(finding.trace === undefined ? {} : { dataflow_trace: traceEntry(finding.trace, target) }),
      is_ignored: finding.suppression !== undefined,
      engine_kind: 'OSS',
      countersign: {
        ...(finding.layer === undefined ? {} : { layer: finding.layer }),
        layers: rule?.metadata.maestro ?? [],
        tier: finding.tier,
        ...(aivss === undefined ? {} : { aivss }),
        ...(finding.cell === undefined
          ? {}
          : { cell: { index: finding.cell.index, number: finding.cell.index + 1, ...span(finding.cell.range) } }),
        ...(rule?.metadata.safe === undefined ? {} : { safe: rule.metadata.safe }),
        ...(finding.fix === undefined ? {} : { fix: { ...span(finding.fix.range), text: finding.fix.text } }),
        ...(finding.suppression === undefined
          ? {}
          : { suppression: { reason: finding.suppression.reason, ...span(finding.suppression.range) } }),
      },
    },
  };
}

/** The way of the data in Semgrep's shape. */
function traceEntry({ source, steps, sink }: Trace, target: PlacedFinding['target']) {
  const location = (place: TracePlace) => ({ path: shownPath(target, place.path), ...span(place.range) });
  return {
    taint_source: ['CliLoc', [location(source), source.text]],
    intermediate_vars: steps.filter(({ kind }) => kind === 'assigned').map((step) => ({ location: location(step), content: step.text })),
    taint_sink: ['CliLoc', [location(sink), sink.text]],
  };
}

/** One error in Semgrep's shape; `shown` replaces the path that the engine was given. */
export function errorEntry(error: ScanError, shown: string = error.path) {
  const rule = error.ruleId === undefined ? {} : { rule_id: error.ruleId };
  switch (error.kind) {
    case 'rule':
      return {
        code: 4,
        level: error.level === 'error' ? 'error' : 'warn',
        type: 'Rule parse error',
        message: error.message,
        path: shown,
        ...rule,
        spans: [{ file: shown, ...span(error.range) }],
        countersign: { code: error.code },
      };
    case 'file':
      return {
        code: error.code === 'timeout' ? 2 : 3,
        level: 'warn',
        type: FILE_ERROR_TYPES[error.code] ?? 'Other syntax error',
        message: error.message,
        path: shown,
        ...rule,
        ...(error.range === undefined ? {} : { spans: [{ file: shown, ...span(error.range) }] }),
        countersign: { code: error.code },
      };
    case 'internal':
      return { code: 2, level: 'error', type: 'Internal matching error', message: error.message, path: shown, ...rule };
  }
}

const FILE_ERROR_TYPES: Readonly<Record<string, string>> = {
  'parse-error': 'Syntax error',
  timeout: 'Timeout',
  'too-many-matches': 'Too many matches',
};

function span(range: Range) {
  return { start: oneBased(range.start), end: oneBased(range.end) };
}

function languageCounts(result: ScanResult): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { report } of result.files) for (const name of report.coverage.languages) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
