/** A file that takes the parser's runtime down costs nobody but itself. */
import { describe, expect, it } from 'vitest';
import { makeTree, runCli } from './support.js';

const RULES = `rules:
  - { id: shell, message: m, severity: ERROR, languages: [php], pattern: 'system(...)' }
  - { id: code, message: m, severity: ERROR, languages: [php, python], pattern: 'exec(...)' }
`;

/** Nested so deeply that the grammar's recursion leaves the stack of its runtime. */
const HOSTILE = `<?php\n${'$('.repeat(8_000)}exec(`;

describe('a file that takes the runtime down', () => {
  it.each([
    [3, 1],
    [30, 1],
    [30, 2],
  ])('among %i others, with %i threads, is the only one that is lost', async (others, jobs) => {
    const names = Array.from({ length: others }, (_, at) => `b${at}`);
    const root = makeTree({
      'rules.yaml': RULES,
      'src/a.php': HOSTILE,
      ...Object.fromEntries(
        names.map((name, at) => [`src/${name}.${at % 2 === 0 ? 'php' : 'py'}`, at % 2 === 0 ? '<?php\nsystem($x);\n' : 'exec(x)\n']),
      ),
    });
    const run = await runCli(['scan', '--config', 'rules.yaml', '--jobs', String(jobs), '--format', 'json', 'src'], { cwd: root });
    const report = JSON.parse(run.stdout) as {
      readonly results: readonly { readonly path: string }[];
      readonly errors: readonly { readonly path?: string }[];
    };
    expect(report.results).toHaveLength(others);
    expect(report.errors.map((error) => error.path)).toEqual(['src/a.php']);
    expect(run.code).toBe(1);
  });
});
