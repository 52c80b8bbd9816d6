/**
 * The module that the editor loads as `extensionTestsPath`: `run()` is what @vscode/test-electron, and code-server through the browser,
 * call in the extension host. It runs one suite, test by test, and reports every result; it rejects when one failed, as VS Code expects.
 */
import { auditSuite } from './auditSuite.js';
import { put } from './outside.js';
import { ENV, RESULTS_FILE } from './protocol.js';
import type { HostResult, SuiteName } from './protocol.js';
import { restrictedSuite } from './restrictedSuite.js';
import type { HostTest } from './suite.js';
import { trustedSuite } from './trustedSuite.js';

/** Longest that one test may take. */
const TEST_LIMIT_MS = 60_000;

const SUITES: Readonly<Record<SuiteName, readonly HostTest[]>> = { trusted: trustedSuite, restricted: restrictedSuite, audit: auditSuite };

export async function run(): Promise<void> {
  const name = process.env[ENV.suite];
  const suite = name === undefined ? undefined : SUITES[name as SuiteName];
  if (suite === undefined) throw new Error(`${ENV.suite} names no suite: ${String(name)}`);
  const results: HostResult[] = [];
  for (const test of suite) results.push(await runOne(test));
  await put(RESULTS_FILE, results);
  const failed = results.filter(({ failure }) => failure !== undefined);
  if (failed.length > 0) throw new Error(`${failed.length} of ${results.length} failed: ${failed.map((each) => each.name).join(', ')}`);
}

async function runOne(test: HostTest): Promise<HostResult> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${TEST_LIMIT_MS} ms`)), TEST_LIMIT_MS);
  });
  try {
    await Promise.race([test.body(), limit]);
    return { name: test.name };
  } catch (error) {
    return { name: test.name, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
