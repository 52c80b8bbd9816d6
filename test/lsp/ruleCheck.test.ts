/** Rule files checked in a process of their own. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { checkRules, checkRulesApart } from '../../server/src/host/node/rule-check.js';

const WORKER = pathToFileURL(path.join(fileURLToPath(new URL('../..', import.meta.url)), 'server/dist/worker.mjs'));

const rule = (id: string, languages: string, pattern: string): string =>
  `rules:\n  - { id: ${id}, languages: [${languages}], severity: INFO, message: m, pattern: '${pattern}' }\n`;

it('finds what is wrong in any of the languages, in each file', async () => {
  const sources = [
    { path: 'a.yaml', text: rule('fine', 'python, java', 'f(...)') },
    { path: 'b.yaml', text: rule('wrong', 'go', 'f(') },
    { path: 'c.yaml', text: 'rules: 3\n' },
  ];
  const errors = await checkRulesApart(WORKER, sources, []);
  expect(errors.map((error) => error.path)).toEqual(['c.yaml', 'b.yaml']);
  expect(errors).toEqual(await checkRules(sources, []));
});

it('says when nobody answers', async () => {
  await expect(checkRulesApart(new URL('none.mjs', WORKER), [], [])).rejects.toThrow(/ended early \(1\)/);
});
