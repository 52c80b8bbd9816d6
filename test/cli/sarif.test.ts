import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import ajvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { makeTree, RULES, runCli } from './support.js';

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly help: { readonly markdown: string };
            readonly properties: { readonly tags: readonly string[] };
          }[];
        };
      };
      readonly columnKind: string;
      readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly { readonly descriptor: { readonly id: string } }[];
          readonly toolConfigurationNotifications: readonly unknown[];
        },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions?: readonly { readonly justification: string }[];
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: Readonly<Record<string, unknown>>;
            };
          },
        ];
        readonly properties: Readonly<Record<string, unknown>>;
      }[];
    },
  ];
}

const require = createRequire(import.meta.url);
const schemaPath = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const ajv = new ajvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object);

async function sarifOf(root: string, ...args: readonly string[]): Promise<Sarif> {
  const run = await runCli(['scan', '--config', 'rules.yaml', '--format', 'sarif', ...args], { cwd: root });
  const log: unknown = JSON.parse(run.stdout);
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  return log as Sarif;
}

describe('SARIF', () => {
  it('is valid 2.1.0 and says all that we know', async () => {
    const root = makeTree({
      'rules.yaml': RULES,
      'a b/ü#?.py': 'import yaml\nexec(a)\nyaml.load(b)\n',
      'blob.py': Buffer.from([1, 0]),
      '.gitignore': 'x/\n',
      'x/y.py': '',
    });
    const [run] = (await sarifOf(root)).runs;
    expect(run.columnKind).toBe('utf16CodeUnits');
    const ids = run.tool.driver.rules.map((rule) => rule.id);
    expect(ids).toEqual(expect.arrayContaining(['test-exec', 'test-yaml']));
    const described = run.tool.driver.rules[ids.indexOf('test-exec')];
    expect(described?.properties.tags).toEqual(expect.arrayContaining(['MAESTRO L3 Agent Frameworks', 'external/cwe/cwe-95']));
    expect(described?.help.markdown).toContain('### What to write instead');
    expect(run.results).toHaveLength(2);
    const [first] = run.results;
    expect(first).toMatchObject({
      ruleId: 'test-exec',
      ruleIndex: ids.indexOf('test-exec'),
      level: 'error',
      properties: { layer: 'L3', tier: 'likely' },
    });
    expect(first?.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'a%20b/%C3%BC%23%3F.py', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 8, charOffset: 12, charLength: 7 },
    });
    expect(Object.values(first?.partialFingerprints ?? {})[0]).toMatch(/\S{8,}/);
    expect(run.originalUriBaseIds['%SRCROOT%']?.uri).toMatch(/^file:\/\/\/.*\/$/);
    expect(run.invocations[0].executionSuccessful).toBe(true);
    expect(run.invocations[0].toolExecutionNotifications.map((entry) => entry.descriptor.id).toSorted()).toEqual([
      'coverage/binary',
      'coverage/git-ignored',
    ]);
  });

  it('stays valid with hostile names, several roots, broken rules and nothing at all', async () => {
    const root = makeTree({
      'rules.yaml': `${RULES}  - id: broken\n    languages: [python]\n    severity: ERROR\n    message: m\n    pattern-nope: x\n`,
      'new\nline\u001b[0m <b>.py': 'exec("\u202e")\n',
      'empty/.keep': '',
    });
    const other = makeTree({ 'b.py': 'exec(b)\n' });
    execFileSync('git', ['init', '-q', other], { stdio: 'ignore' });
    const [run] = (await sarifOf(root, '.', other)).runs;
    expect(run.results).toHaveLength(2);
    expect(Object.keys(run.originalUriBaseIds)).toHaveLength(2);
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolConfigurationNotifications.length).toBeGreaterThan(0);
    await sarifOf(root, 'empty');
  });
});
