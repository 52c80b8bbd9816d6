/**
 * `node scripts/summary.mjs REPORT...`: adds up vitest's JSON reports and prints one plain last line, `N passed, N failed`.
 * A report that is missing or empty is a part that did not run: that is a failure, as is any skipped test.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

let passed = 0;
let failed = 0;
let problems = 0;

for (const file of process.argv.slice(2)) {
  const part = path.basename(file, '.json');
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  if (report === undefined || report.testResults.length === 0) {
    console.log(`${part}: did not run`);
    problems += 1;
    continue;
  }
  /** Files that failed before any of their tests could run count as one failure each. */
  const brokenFiles = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ each) => each.status === 'failed' && each.assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  console.log(`${part}: ${report.numPassedTests} passed, ${report.numFailedTests + brokenFiles} failed, ${skipped} skipped`);
  passed += report.numPassedTests;
  failed += report.numFailedTests + brokenFiles;
  if (skipped > 0 || report.success !== true) problems += 1;
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || problems > 0 ? 1 : 0);
