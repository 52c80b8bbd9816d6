/**
 * Built-in rules that the build compiled find what the same rules find when they are compiled here: in another process, where interned
 * numbers differ, alone and beside a rule that nobody prepared.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, type Profile, type RepoPath } from '../../server/src/core/index.js';
import { builtinPacks, readRuleSources } from '../../server/src/host/node/rule-sources.js';
import { createNodeSession } from '../../server/src/host/node/session.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = path.join(root, 'server/dist');
const OWN = `rules:
  - id: my-own-print
    languages: [python]
    severity: INFO
    message: print of $X
    pattern: print($X)
`;
const EXTENSIONS = /\.(?:py|js|ts|tsx|sh|go|java|ipynb|md|txt)$/;
const folder = path.join(root, 'rules');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => EXTENSIONS.test(name))
  .toSorted();
const ownFile = path.join(mkdtempSync(path.join(tmpdir(), 'prepared-')), 'own.yaml');
writeFileSync(ownFile, OWN);

interface JsonReport {
  readonly results: readonly { readonly check_id: string; readonly path: string; readonly start: { readonly line: number } }[];
}

/** With what the build prepared. */
function built(configs: readonly string[], profile: Profile): readonly string[] {
  const named = configs.flatMap((config) => ['--config', config]);
  const args = [
    'scan',
    '--format',
    'json',
    '--timeout',
    `${PATIENCE_MS / 1_000}`,
    '--profile',
    profile,
    '--no-project-config',
    '--no-git-ignore',
    ...named,
    ...files,
  ];
  const run = spawnSync(process.execPath, [path.join(dist, 'cli.mjs'), ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const { results } = JSON.parse(run.stdout) as JsonReport;
  return results.map((result) => `${result.path}:${result.start.line} ${result.check_id}`).toSorted();
}

/** A busy machine changes no answer. */
const PATIENCE_MS = 600_000;

/** From the sources, beside which nothing is prepared. */
async function compiled(configs: readonly string[], profile: Profile): Promise<readonly string[]> {
  const { sources } = readRuleSources(configs, path.join(dist, 'rules'), root);
  const session = await createNodeSession({ sources, profile });
  await session.prepareAll();
  const found: string[] = [];
  for (const name of files) {
    const shown = name.split(path.sep).join('/') as RepoPath;
    const limits = { ...DEFAULT_LIMITS, timeoutMs: PATIENCE_MS };
    const report = await session.scan({ kind: 'text', path: shown, text: readFileSync(path.join(folder, name), 'utf8') }, { limits });
    for (const finding of report.findings) found.push(`${shown}:${finding.range.start.line + 1} ${finding.ruleId}`);
  }
  session.dispose();
  return found.toSorted();
}

const packs = builtinPacks(path.join(dist, 'rules'));

test.each([
  ['all of them', [], 'audit'],
  ['the default profile', [], 'default'],
  ['one pack', ['agent-code'], 'audit'],
  ['a rule of one’s own beside them', [...packs, ownFile], 'audit'],
] as const)('%s', async (_name, configs, profile) => {
  const found = built(configs, profile);
  expect(found.length).toBeGreaterThan(200);
  expect(found.some((line) => line.endsWith('my-own-print'))).toBe(configs.length > 1);
  expect(found).toEqual(await compiled(configs, profile));
});

test('the build prepared a program for every language of the built-in rules', () => {
  expect(readdirSync(path.join(dist, 'prepared')).toSorted()).toEqual(
    'bash c-sharp comment dockerfile go java javascript json kotlin php prose python regex ruby rules terraform tsx typescript yaml'
      .split(' ')
      .map((name) => `${name}.bin`),
  );
});
