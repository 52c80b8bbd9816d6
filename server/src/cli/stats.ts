/** `--stats`: where the time went and what came of it. Times are of this machine, so they never go into a report. */
import { allFindings } from './result.js';
import type { ScanResult } from './result.js';

/** Milliseconds. */
export interface StageTimes {
  readonly discovery: number;
  readonly scan: number;
  readonly report: number;
}

export function statsLines(result: ScanResult, times: StageTimes, jobs: number): readonly string[] {
  const bytes = result.files.reduce((sum, { target, report }) => sum + (report.coverage.state === 'skipped' ? 0 : target.size), 0);
  const byRule = new Map<string, number>();
  for (const { finding } of allFindings(result)) byRule.set(finding.ruleId, (byRule.get(finding.ruleId) ?? 0) + 1);
  const top = [...byRule].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10);
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  const rows: readonly (readonly [string, string])[] = [
    ['files', `${result.files.length}, ${(bytes / 1e6).toFixed(1)} MB scanned, ${result.skipped.length} paths passed over`],
    ['rules', String(result.rules.size)],
    ['threads', `at most ${jobs}`],
    ['finding files', seconds(times.discovery)],
    ['scanning', `${seconds(times.scan)}, ${(bytes / 1e6 / Math.max(times.scan / 1_000, 0.001)).toFixed(1)} MB/s`],
    ['reporting', seconds(times.report)],
    ['memory', `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB resident`],
  ];
  return [
    ...rows.map(([label, value]) => `${label.padEnd(15)}${value}`),
    ...top.map(([rule, count]) => `${String(count).padStart(13)}  ${rule}`),
  ];
}
