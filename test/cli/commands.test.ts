import { describe, expect, it } from 'vitest';
import { makeTree, RULES, runCli } from './support.js';

interface Verdicts {
  readonly pairs: readonly {
    readonly rule_file: string;
    readonly target: string;
    readonly rules: Readonly<
      Record<string, { readonly expected: readonly number[]; readonly ok: readonly number[]; readonly actual: readonly number[] }>
    >;
    readonly errors: readonly { readonly message: string; readonly rule_id?: string }[];
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

const EXEC = RULES.slice(0, RULES.indexOf('  - id: test-yaml'));
const GOOD = '# ruleid: test-exec\nexec(a)\n# ok: test-exec\nprint(a)\n';

describe('countersign test', () => {
  it('passes when marks and findings agree', async () => {
    const root = makeTree({ 'r/exec.yaml': EXEC, 'r/exec.py': GOOD });
    const run = await runCli(['test', '--strict', 'r'], { cwd: root });
    expect(run).toMatchObject({ code: 0, stdout: '1 rule file, 1 fixture: 1 passed.\n' });
  });

  it.each([
    [
      'a missed mark',
      '# ruleid: test-exec\nrun(a)\n# ruleid: test-exec\nexec(b)\n# ok: test-exec\nx\n',
      '- r/exec.py:2  marked ruleid, not found  run(a)',
    ],
    ['a finding on an ok line', '# ruleid: test-exec\nexec(a)\n# ok: test-exec\nexec(b)\n', '+ r/exec.py:4  marked ok, found  exec(b)'],
    ['a finding that nothing marks', `${GOOD}exec(c)\n`, '+ r/exec.py:5  not marked, found  exec(c)'],
  ])('fails on %s', async (_name, fixture, line) => {
    const run = await runCli(['test', 'r'], { cwd: makeTree({ 'r/exec.yaml': EXEC, 'r/exec.py': fixture }) });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(line);
  });

  it('has a verdict where a rule runs, though one of its languages is not there', async () => {
    const rule = EXEC.replaceAll('[python]', '[python, ocaml]');
    expect(rule).not.toBe(EXEC);
    const root = makeTree({ 'r/exec.yaml': rule, 'r/exec.py': GOOD, 'r/exec.ml': '(* ruleid: test-exec *)\nexec(a)\n' });
    const run = await runCli(['test', 'r', '--json'], { cwd: root });
    const { pairs, summary } = JSON.parse(run.stdout) as { pairs: { target: string; rules: object }[]; summary: object };
    expect(pairs.map(({ target, rules }) => [target, Object.keys(rules)])).toEqual([
      ['r/exec.ml', []],
      ['r/exec.py', ['test-exec']],
    ]);
    expect([run.code, summary]).toMatchObject([2, { passed: 1, failed: 0, refused: 1 }]);
    const scan = await runCli(['scan', '--config', 'r/exec.yaml', 'r'], { cwd: root });
    expect([scan.code, scan.stderr]).toEqual([2, expect.stringContaining('[language-left-out]')]);
    expect(scan.stdout).toContain('1 rule did not run in all languages');
  });

  it('is strict on request: todos that came true, rules without marks, rules without fixtures', async () => {
    const root = makeTree({
      'r/exec.yaml': EXEC,
      'r/exec.py': `${GOOD}# todoruleid: test-exec\nexec(x)\n`,
      'r/bare.yaml': EXEC.replaceAll('test-exec', 'test-bare'),
      'r/none.yaml': EXEC.replaceAll('test-exec', 'test-none'),
      'r/none.py': 'x\n',
    });
    expect((await runCli(['test', 'r'], { cwd: root })).code).toBe(0);
    const run = await runCli(['test', '--strict', 'r'], { cwd: root });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('~ r/exec.py:6  a todo that has come true');
    expect(run.stdout).toContain('there is no fixture beside this rule file');
    expect(run.stdout).toContain('no fixture line is marked `ruleid: test-none`');
  });

  it('ignores a rule’s paths and reads a target in the rule’s language', async () => {
    const typescript = EXEC.replace('[python]', '[typescript]')
      .replace('exec($CODE)', 'eval($CODE)')
      .replace('    pattern:', '    paths: {include: ["nowhere/**"]}\n    pattern:');
    const root = makeTree({ 'r/exec.yaml': typescript, 'r/exec.js': '// ruleid: test-exec\neval(a);\n// ok: test-exec\nrun(a);\n' });
    expect(await runCli(['test', '--strict', 'r'], { cwd: root })).toMatchObject({ code: 0 });
  });

  it('prints lines as JSON, so that verdicts can be judged again', async () => {
    const root = makeTree({ 'r/exec.yaml': EXEC, 'r/exec.py': `${GOOD}exec(c)\nexec(c); exec(d)\n`, 'r/exec.ipynb': 'not a notebook' });
    const run = await runCli(['test', '--json', 'r'], { cwd: root });
    const { pairs, summary } = JSON.parse(run.stdout) as Verdicts;
    expect(pairs.map((pair) => pair.target)).toEqual(['r/exec.ipynb', 'r/exec.py']);
    expect(pairs[1]).toMatchObject({
      rule_file: 'r/exec.yaml',
      rules: { 'test-exec': { expected: [2], ok: [4], actual: [2, 5, 6] } },
      errors: [],
    });
    expect(summary).toMatchObject({ pairs: 2, failed: 1 });
  });

  it('reports a refused rule as refused and never as run', async () => {
    const refused = EXEC.replace('    pattern: exec($CODE)', '    pattern-nope: exec($CODE)');
    const root = makeTree({ 'r/exec.yaml': refused, 'r/exec.py': GOOD });
    const run = await runCli(['test', '--json', 'r'], { cwd: root });
    expect(run.code).toBe(2);
    const { pairs, summary } = JSON.parse(run.stdout) as Verdicts;
    expect(pairs[0]?.rules).toEqual({});
    expect(pairs[0]?.errors[0]).toMatchObject({ rule_id: 'test-exec' });
    expect(summary).toMatchObject({ refused: 1, passed: 0 });
  });

  it('compares the fixes with the .fixed file', async () => {
    const rule = `rules:\n${RULES.slice(RULES.indexOf('  - id: test-yaml'))}`;
    const fixture = 'import yaml\n# ruleid: test-yaml\nyaml.load(a)\n# ok: test-yaml\nyaml.safe_load(a)\n';
    const root = makeTree({ 'r/y.yaml': rule, 'r/y.py': fixture, 'r/y.fixed.py': fixture.replace('yaml.load(a)', 'yaml.safe_load(a)') });
    expect((await runCli(['test', 'r'], { cwd: root })).code).toBe(0);
    const wrong = makeTree({ 'r/y.yaml': rule, 'r/y.py': fixture, 'r/y.fixed.py': fixture });
    const run = await runCli(['test', 'r'], { cwd: wrong });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('the fixes do not lead to r/y.fixed.py');
  });
});

describe('countersign validate', () => {
  it('accepts good rules, and all built-in ones', async () => {
    const root = makeTree({ 'r/a.yaml': RULES });
    expect(await runCli(['validate', 'r'], { cwd: root })).toMatchObject({ code: 0, stdout: '' });
    expect(await runCli(['validate'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('puts every error at its file, line and column', async () => {
    const root = makeTree({
      'r/a.yaml': 'rules:\n  - id: a\n    languages: [python]\n    severity: ERROR\n    message: m\n    pattern-nope: x\n',
      'r/b.yaml': 'rules: [\n',
    });
    const run = await runCli(['validate', 'r'], { cwd: root });
    expect(run.code).toBe(2);
    expect(run.stdout).toMatch(/^r\/a\.yaml:6:5: error .*pattern-nope.*/m);
    expect(run.stdout).toMatch(/^r\/b\.yaml:\d+:\d+: error /m);
    const json = await runCli(['validate', '--json', 'r'], { cwd: root });
    const { errors, summary } = JSON.parse(json.stdout) as {
      errors: { path: string; level: string; spans: { start: { line: number; col: number } }[] }[];
      summary: { errors: number };
    };
    expect(json.code).toBe(2);
    expect(summary.errors).toBe(errors.filter((error) => error.level === 'error').length);
    expect(errors.find((error) => error.path === 'r/a.yaml')?.spans[0]?.start).toMatchObject({ line: 6, col: 5 });
  });
});

describe('countersign explain', () => {
  it('shows all that a rule says', async () => {
    const root = makeTree({ 'r.yaml': RULES });
    const { code, stdout } = await runCli(['explain', '--config', 'r.yaml', 'test-exec'], { cwd: root });
    expect(code).toBe(0);
    for (const text of [
      'exec() runs whatever',
      'MAESTRO L3 Agent Frameworks',
      'Input Validation Attacks (M3.3)',
      'CWE-95: Eval Injection',
      'LLM05:2025',
      'Whoever wrote the text',
      'ACTIONS[name]()',
      'https://cwe.mitre.org/data/definitions/95.html',
    ]) {
      expect(stdout).toContain(text);
    }
  });
  it('suggests what was meant', async () => {
    const root = makeTree({ 'r.yaml': RULES });
    expect((await runCli(['explain', '--config', 'r.yaml', 'test-exc'], { cwd: root })).stderr).toContain('Did you mean test-exec?');
  });
});
