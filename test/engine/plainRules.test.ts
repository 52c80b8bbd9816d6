/** Rule files that another thread has read: what they hold goes over as plain data, and says the same there, down to the place of each error. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RuleSource, Session } from '../../server/src/core/index.js';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { textInput } from './support.js';

const HEAD = (id: string): string => `  - id: ${id}\n    message: m\n    severity: WARNING\n    languages: [python]\n`;

/** Patterns that cannot be read, in each way that YAML has to write them down. */
const WRONG = `rules:
${HEAD('literal')}    pattern: |

      ok(1)
      ) f(
${HEAD('plain')}    pattern: f(1) ) g
${HEAD('quoted')}    pattern: "f(1) ) g"
${HEAD('folded')}    pattern: >
      f(1)
      ) g
${HEAD('alias')}    x-other: &bad "g(2) ( h"
    patterns:
      - pattern: *bad
${HEAD('comparison')}    patterns:
      - pattern: f($X)
      - metavariable-comparison:
          metavariable: $X
          comparison: $X > > 3
${HEAD('from-a-set')}    mode: taint
    pattern-sources:
      - use: broken
    pattern-sinks:
      - pattern: sink(...)
${HEAD('unknown-key')}    pattern: f(1)
    patern: g(1)
`;

const SETS = `sources:
  - id: broken
    languages: [python]
    pattern-sources:
      - pattern: "h(3) ( i"
  - id: given
    languages: [python]
    pattern-sources:
      - pattern: given()
`;

const RIGHT = `rules:
${HEAD('flow')}    mode: taint
    options: {taint_unify_mvars: true}
    pattern-sources:
      - use: given
      - pattern: asked()
    pattern-sanitizers:
      - pattern: clean(...)
    pattern-sinks:
      - patterns:
          - pattern: sink($X)
          - focus-metavariable: $X
${HEAD('question')}    patterns:
      - pattern: f($X)
      - metavariable-regex: {metavariable: $X, regex: "^[0-9]+$"}
      - metavariable-comparison: {metavariable: $X, comparison: "$X > 3"}
    fix: g($X)
${HEAD('newer')}    match:
      all:
        - pattern: f($X, $Y)
        - not: f($X, $X)
      where:
        - metavariable: $Y
          regex: "1|2"
`;

const SOURCES: readonly RuleSource[] = [
  { path: 'wrong.yaml', text: WRONG },
  { path: 'windows.yaml', text: WRONG.replaceAll('\n', '\r\n').replaceAll(/id: (\S+)/g, 'id: windows-$1') },
  { path: 'right.yaml', text: RIGHT },
  { path: 'no-yaml.yaml', text: 'rules: [' },
];

const CODE = 'f(2)\nf(7)\nf(a, 1)\nx = given()\nsink(x)\nsink(clean(asked()))\nsink(asked())\n';

describe('rules that another thread has read', () => {
  let own: Session;
  let there: Session;
  beforeAll(async () => {
    const config = { sources: SOURCES, sets: [{ path: 'sets.yaml', text: SETS }], profile: 'audit' as const };
    own = await createNodeSession(config);
    there = await createNodeSession({ ...config, sources: structuredClone(own.readSources()) });
    await own.prepareAll();
    await there.prepareAll();
  });

  test('have the same errors, each at its place', () => {
    expect(own.errors.length).toBeGreaterThan(12);
    expect(there.errors).toEqual(own.errors);
  });

  test('find the same', async () => {
    const mine = await own.scan(textInput('code.py', CODE));
    expect(mine.findings.map(({ ruleId, range }) => `${ruleId} ${range.start.line}`)).toEqual([
      'question 1',
      'newer 2',
      'flow 4',
      'flow 6',
    ]);
    expect(await there.scan(textInput('code.py', CODE))).toEqual(mine);
  });
});
