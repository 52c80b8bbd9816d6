/** The suites that run inside a real VS Code, with one test here for each test there, so that what is counted is what was checked. */
import { describe, expect, it } from 'vitest';
import type { SuiteName } from './inHost/protocol.js';
import { runSuite } from './runSuite.js';

const SUITES: readonly SuiteName[] = ['trusted', 'restricted', 'audit'];

for (const suite of SUITES) {
  const results = await runSuite(suite);
  if (results.length === 0) throw new Error(`the ${suite} suite has no tests`);
  describe(`VS Code, ${suite}`, () => {
    for (const { name, failure } of results) {
      it(name, () => {
        expect(failure).toBeUndefined();
      });
    }
  });
}
