/** The built-in packs: every rule is complete, and does on its fixtures what their marks say. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MAESTRO_LAYERS, type RuleInfo } from '../../server/src/core/index.js';
import { readRuleSources } from '../../server/src/host/node/rule-sources.js';
import { createNodeSession } from '../../server/src/host/node/session.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Pair {
  readonly rule_file: string;
  readonly target: string;
  readonly rules: Readonly<
    Record<string, { readonly expected: readonly number[]; readonly ok: readonly number[]; readonly actual?: readonly number[] }>
  >;
  readonly errors: readonly unknown[];
}

const run = spawnSync(process.execPath, [path.join(root, 'server/dist/cli.mjs'), 'test', '--strict', '--json', path.join(root, 'rules')], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const { pairs } = JSON.parse(run.stdout) as { readonly pairs: readonly Pair[] };

describe('fixtures', () => {
  test('the runner is content', () => {
    expect(run.status, run.stderr).toBe(0);
    expect(pairs.length).toBeGreaterThan(100);
  });

  test.each(pairs.map((pair) => [path.relative(root, path.resolve(root, pair.target)), pair] as const))('%s', (_name, pair) => {
    expect(pair.errors).toEqual([]);
    for (const [id, lines] of Object.entries(pair.rules)) {
      expect({ id, found: [...new Set(lines.actual)] }).toEqual({ id, found: [...new Set(lines.expected)] });
      expect((lines.actual ?? []).filter((line) => lines.ok.includes(line))).toEqual([]);
    }
  });
});

const folder = path.join(root, 'rules');
const { sources } = readRuleSources([folder], folder, root);
/** `rules/self` is for this repository only: see self.test.ts. */
const shipped = sources.filter((source) => !source.path.includes('/self/') && !source.path.includes('\\self\\'));
const session = await createNodeSession({ sources: shipped.map((source) => ({ ...source, pack: 'built-in' })), profile: 'audit' });
await session.prepareAll();
const rules = session.rules.filter((rule) => rule.origin.pack !== undefined);

describe('rules', () => {
  test('are at least 45, in all seven layers, without errors', () => {
    expect(session.errors).toEqual([]);
    expect(rules.length).toBeGreaterThanOrEqual(45);
    expect(MAESTRO_LAYERS.filter((layer) => !rules.some((rule) => rule.metadata.maestro[0] === layer))).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))('%s is complete', (_id, rule: RuleInfo) => {
    const { metadata } = rule;
    expect(path.basename(rule.origin.path)).toBe(`${rule.id}.yaml`);
    expect(metadata.maestroThreats.length).toBeGreaterThan(0);
    expect(metadata.why ?? '').not.toBe('');
    expect(metadata.safe ?? '').not.toBe('');
    expect(metadata.references.length).toBeGreaterThan(0);
    expect(metadata.raw).toMatchObject({
      confidence: expect.stringMatching(/^(?:HIGH|MEDIUM|LOW)$/),
      tier: expect.stringMatching(/^(?:proved|likely|pattern|audit)$/),
    });
    expect(rule.message.length).toBeLessThan(400);
    expect(readFileSync(path.join(root, 'docs/rules', `${rule.id}.md`), 'utf8')).toContain(rule.id);
  });
});
