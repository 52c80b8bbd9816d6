/** Scores and the order of findings, as every report shows them. */
import { describe, expect, it } from 'vitest';
import { makeTree, runCli } from './support.js';

function rule(id: string, severity: string, pattern: string, metadata: string): string {
  return `  - id: ${id}
    languages: [python]
    severity: ${severity}
    message: ${id} is here.
    pattern: ${pattern}
    metadata: ${metadata}
`;
}

const HIGH = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const LOW = 'CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N';
const RULES = `rules:
${rule('grave', 'WARNING', 'grave()', `{ cvss: "${HIGH}", aivss-factors: [AA, SM, TU] }`)}
${rule('slight', 'ERROR', 'slight()', `{ cvss: "${LOW}", cvss-why: "Somebody has to sit there." }`)}
${rule('unscored', 'ERROR', 'unscored()', '{}')}
`;

const FILES = { 'rules.yaml': RULES, 'a.py': 'slight()\nunscored()\n', 'b.py': 'slight()\ngrave()\n', 'c.py': 'grave()\n' };
const SCAN = ['scan', '--config', 'rules.yaml', '--fail-on', 'never'];

interface Json {
  readonly results: readonly {
    readonly check_id: string;
    readonly path: string;
    readonly extra: { readonly countersign: { readonly aivss?: object } };
  }[];
}

async function jsonOf(root: string, ...args: readonly string[]): Promise<Json> {
  return JSON.parse((await runCli([...SCAN, '--format', 'json', ...args], { cwd: root })).stdout) as Json;
}

describe('scores', () => {
  it.each([
    ['v0.8', { version: 'v0.8', score: 9.5, band: 'Critical' }],
    ['v0.5', { version: 'v0.5', score: 6, band: 'Medium' }],
    ['v1', { version: 'v1', score: 9.5, band: 'Critical' }],
  ])('are in JSON, by %s', async (version, expected) => {
    const { results } = await jsonOf(makeTree(FILES), '--aivss', version);
    const found = results.find(({ check_id: id }) => id === 'grave')?.extra.countersign.aivss;
    expect(found).toEqual({ ...expected, cvss: 9.3, vector: HIGH });
    expect(results.find(({ check_id: id }) => id === 'unscored')?.extra.countersign).not.toHaveProperty('aivss');
  });

  it('are by the formula that the project names, unless another is asked for', async () => {
    const root = makeTree({ 'countersign.yaml': 'rules: [own]\naivss: v0.5\n', 'own/rules.yaml': RULES, 'c.py': 'grave()\n' });
    const scan = async (...args: readonly string[]): Promise<string> =>
      (await runCli(['scan', '--fail-on', 'never', 'c.py', ...args], { cwd: root })).stdout;
    expect(await scan()).toContain('[AIVSS v0.5 6.0]');
    expect(await scan('--aivss', 'v0.8')).toContain('[AIVSS v0.8 9.5]');
  });

  it('are what SARIF’s readers sort by', async () => {
    const { stdout } = await runCli([...SCAN, '--format', 'sarif'], { cwd: makeTree(FILES) });
    const log = JSON.parse(stdout) as {
      readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { id: string; properties: object }[] } } }[];
    };
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    const severity = Object.fromEntries(
      rules.map(({ id, properties }) => [id, (properties as Readonly<Record<string, unknown>>)['security-severity']]),
    );
    expect(severity).toMatchObject({ grave: '9.5', slight: '1.0', unscored: '8.0' });
  });

  it('are on a rule’s page', async () => {
    const root = makeTree({ ...FILES, 'rules.py': '# ruleid: slight\nslight()\n\n# ok: slight\nsleight()\n' });
    const { stdout } = await runCli(['explain', '--config', 'rules.yaml', 'slight', '--aivss', 'v0.5'], { cwd: root });
    expect(stdout).toContain('AIVSS v0.5 0.5 Low');
    expect(stdout).toContain('Somebody has to sit there.');
    expect(stdout).toMatch(/What it finds\n +slight\(\)\n\nWhat it leaves alone\n +sleight\(\)\n/);
  });
});

describe('--sort', () => {
  const orders: readonly (readonly [string, readonly string[]])[] = [
    ['path', ['a.py slight', 'a.py unscored', 'b.py slight', 'b.py grave', 'c.py grave']],
    ['severity', ['a.py slight', 'b.py slight', 'a.py unscored', 'b.py grave', 'c.py grave']],
    ['score', ['b.py grave', 'c.py grave', 'a.py slight', 'b.py slight', 'a.py unscored']],
  ];

  it.each(orders)('%s, in every format', async (order, expected) => {
    const root = makeTree(FILES);
    const { results } = await jsonOf(root, '--sort', order);
    expect(results.map((result) => `${result.path} ${result.check_id}`)).toEqual(expected);
    const sarif = JSON.parse((await runCli([...SCAN, '--format', 'sarif', '--sort', order], { cwd: root })).stdout) as {
      readonly runs: readonly {
        readonly results: readonly {
          readonly ruleId: string;
          readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
        }[];
      }[];
    };
    const placed = sarif.runs[0]?.results.map(
      ({ ruleId, locations }) => `${locations[0]?.physicalLocation.artifactLocation.uri} ${ruleId}`,
    );
    expect(placed).toEqual(expected);
    const { stdout } = await runCli([...SCAN, '--sort', order], { cwd: root });
    const shown = [...stdout.matchAll(/(\w+) is here\.[^]*?\n +([abc]\.py):\d+/g)].map(([, id, file]) => `${file} ${id}`);
    expect(shown).toEqual(expected);
  });

  it('knows no other order', async () => {
    const run = await runCli([...SCAN, '--sort', 'age'], { cwd: makeTree(FILES) });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('path, severity, score');
  });
});
