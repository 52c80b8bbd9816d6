/** Taint rules that are compiled beforehand, as the built-in ones are: plain data that survives a clone. */
import { expect, test } from 'vitest';
import type { CompiledTaint } from '../../server/src/core/formula/compiled.js';
import { prepareSources } from '../../server/src/core/index.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';
import { ruleYaml } from './support.js';

const RULE =
  'mode: taint\npattern-sources:\n  - pattern: source(...)\npattern-sinks:\n  - patterns:\n      - pattern: sink($X)\n      - focus-metavariable: $X';

test('a program with a taint rule can be kept', async () => {
  const { programs } = await prepareSources([{ path: 'rule.yaml', text: ruleYaml('python', RULE) }], await createParser(readWasm));
  const kept = programs.get('python');
  const [body] = (kept?.parts ?? []).map((part) => structuredClone(part) as { readonly taint: CompiledTaint });
  expect(body?.taint.sinks[0]?.spec.focused).toBe(true);
  expect(structuredClone(kept?.head)).toMatchObject({ grammar: 'python', rules: [{ id: 'test-rule' }] });
});
