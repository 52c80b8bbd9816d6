import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTIVE, makeTree, parseReport, RULES, runCli } from './support.js';

const SOURCE = 'import yaml\n\n\ndef run(code, text):\n    exec(code)\n    return yaml.load(text)\n';
const SCAN = ['scan', '--config', 'rules.yaml'] as const;

describe('exit codes', () => {
  it('is 0 without findings, 1 with an error, and follows --fail-on', async () => {
    const root = makeTree({ 'rules.yaml': RULES, 'clean.py': 'x = 1\n', 'warn.py': 'import yaml\nyaml.load(x)\n', 'bad.py': SOURCE });
    const code = async (...args: readonly string[]) => (await runCli([...SCAN, ...args], { cwd: root })).code;
    expect(await code('clean.py')).toBe(0);
    expect(await code('warn.py')).toBe(0);
    expect(await code('warn.py', '--fail-on', 'warning')).toBe(1);
    expect(await code('bad.py')).toBe(1);
    expect(await code('bad.py', '--fail-on', 'never')).toBe(0);
  });

  it.each([
    [['scan', '--formt', 'json'], '(Did you mean --format?)'],
    [['scn'], '(Did you mean scan?)'],
    [['scan', '--format', 'xml'], 'Allowed choices are text, json, sarif'],
    [['scan', '--jobs', '0'], 'Give a whole number of at least 1'],
    [['scan', '--baseline-commit', 'HEAD~1'], '--baseline-commit is not available yet'],
    [['scan', '--dryrun'], '--dryrun needs --autofix'],
    [['scan', '--config', 'no-such-pack'], 'no-such-pack: neither a built-in pack'],
    [['explain', 'no-such-rule-anywhere'], 'there is no rule no-such-rule-anywhere'],
    [['test', 'missing-folder'], 'missing-folder: there is no such file or folder'],
    [['validate', 'missing-folder'], 'missing-folder: there is no such file or folder'],
  ])('is 2 for %j', async (args, message) => {
    const run = await runCli(args, { cwd: makeTree({}) });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });

  it('is 2 when a named path or a rule cannot be used, and still reports the rest', async () => {
    const root = makeTree({
      'rules.yaml': RULES,
      'broken.yaml':
        'rules:\n  - id: broken\n    languages: [python]\n    severity: ERROR\n    message: m\n    pattern: f($X\n    pattern-sources: []\n',
      'bad.py': SOURCE,
    });
    const missing = await runCli([...SCAN, 'bad.py', 'missing.py'], { cwd: root });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('missing.py: there is no such file');
    expect(missing.stdout).toContain('test-exec');
    const broken = await runCli([...SCAN, '--config', 'broken.yaml', 'bad.py'], { cwd: root });
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/broken\.yaml:\d+:\d+: error /);
    expect(broken.stdout).toContain('test-exec');
    expect(broken.stdout).toContain('1 rule did not run');
  });
});

describe('help', () => {
  it.each(['scan', 'test', 'validate', 'explain', 'lsp'])('of %s is complete and has examples', async (command) => {
    const run = await runCli([command, '--help']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`countersign ${command}`);
    expect(run.stdout).toContain('Examples:');
    expect(run.stdout.split('\n').every((line) => line.length <= 110)).toBe(true);
  });
  it('is what no command gets, and the version is the manifest’s', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../../server/package.json', import.meta.url), 'utf8')) as { version: string };
    expect((await runCli(['--version'])).stdout).toBe(`${manifest.version}\n`);
    const bare = await runCli([]);
    expect(bare.code).toBe(2);
    expect(bare.stdout + bare.stderr).toContain('Commands:');
  });
});

describe('json', () => {
  it('is Semgrep’s shape with 1-based places, and ours beside it', async () => {
    const root = makeTree({ 'rules.yaml': RULES, 'src/bad.py': SOURCE });
    const run = await runCli([...SCAN, '--format', 'json', 'src'], { cwd: root });
    const report = parseReport(run);
    expect(report.results).toHaveLength(2);
    expect(report.results[0]).toMatchObject({
      check_id: 'test-exec',
      path: 'src/bad.py',
      start: { line: 5, col: 5, offset: 39 },
      end: { line: 5, col: 15, offset: 49 },
      extra: {
        message: 'exec() runs whatever `code` holds.',
        severity: 'ERROR',
        lines: '    exec(code)',
        is_ignored: false,
        metadata: { tier: 'likely', maestro: ['L3', 'L1'] },
        metavars: { $CODE: { start: { line: 5, col: 10, offset: 44 }, end: { line: 5, col: 14, offset: 48 }, abstract_content: 'code' } },
        countersign: { layer: 'L3', layers: ['L3', 'L1'], tier: 'likely', safe: expect.stringContaining('ACTIONS[name]()') as string },
      },
    });
    expect(report.results[1]).toMatchObject({ check_id: 'test-yaml', extra: { fix: 'yaml.safe_load(text)' } });
    expect(report.paths.scanned).toEqual(['src/bad.py']);
    expect(report.errors).toEqual([]);
  });

  it('gives a notebook finding its cell', async () => {
    const notebook = JSON.stringify({
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# title\n', 'text'] },
        {
          cell_type: 'code',
          metadata: {},
          outputs: [],
          execution_count: null,
          source: ['%matplotlib inline\n', '!pip install x\n', 'exec(code)'],
        },
      ],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    });
    const root = makeTree({ 'rules.yaml': RULES, 'n.ipynb': notebook });
    const [result] = parseReport(await runCli([...SCAN, '--format', 'json', 'n.ipynb'], { cwd: root })).results;
    expect(result?.extra.countersign).toMatchObject({
      cell: { index: 1, number: 2, start: { line: 3, col: 1 }, end: { line: 3, col: 11 } },
    });
    expect(notebook.slice(result?.start.offset, result?.end.offset)).toBe('exec(code)');
    const text = await runCli([...SCAN, 'n.ipynb'], { cwd: root });
    expect(text.stdout).toContain('n.ipynb cell 2, line 3');
    expect(text.stdout).toContain('  3 │ exec(code)');
  });
});

describe('the same bytes', () => {
  it('come out of every run, whatever the number of threads', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`pkg${at % 7}/m${at}.py`, SOURCE.repeat(1 + (at % 5))]));
    const root = makeTree({ ...files, 'rules.yaml': RULES, 'blob.bin': Buffer.from([0, 1, 2]) });
    for (const format of ['json', 'sarif', 'text']) {
      const runs = [];
      for (const jobs of ['1', '2', '5', '2'])
        runs.push((await runCli([...SCAN, '--format', format, '--jobs', jobs], { cwd: root })).stdout);
      expect(new Set(runs).size).toBe(1);
      expect(runs[0]).toContain('test-exec');
    }
  });
});

describe('coverage', () => {
  it('names whatever was not scanned, and why', async () => {
    const root = makeTree({
      'rules.yaml': RULES,
      'a.py': SOURCE,
      'blob.py': Buffer.from([1, 0, 2]),
      'big.py': `x = 1\n${'#'.repeat(5_000)}\n`,
      'latin.py': Buffer.from('s = "caf\xe9"\n', 'latin1'),
      'half.py': 'exec(code)\n@@@ $$$ ?\n',
      '.gitignore': 'x.log\n',
      'x.log': '',
    });
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    symlinkSync('/', path.join(root, 'slash'));
    const args = [...SCAN, '--max-target-bytes', '4000'];
    const report = parseReport(await runCli([...args, '--format', 'json'], { cwd: root }));
    const skipped = Object.fromEntries(report.paths.skipped.map((entry) => [entry.path, entry.reason]));
    expect(skipped).toEqual({
      'big.py': 'exceeded_size_limit',
      'blob.py': 'binary',
      pipe: 'special_file',
      slash: 'symlink',
      'x.log': 'gitignore_patterns_match',
    });
    expect(report.countersign.coverage).toMatchObject({ partial: 2, skipped: 5 });
    expect(report.errors.map((error) => [error['path'], error['type']])).toEqual([
      ['half.py', 'Syntax error'],
      ['latin.py', 'Other syntax error'],
    ]);
    const text = (await runCli(args, { cwd: root })).stdout;
    for (const line of [
      /skipped: too large +1 {2}big\.py/,
      /skipped: binary +1 {2}blob\.py/,
      /in part: not UTF-8 +1 {2}latin\.py/,
      /in part: syntax errors +1 {2}half\.py/,
    ]) {
      expect(text).toMatch(line);
    }
    expect(text).toContain('2 of them only in part');
  });
});

describe('output', () => {
  it('goes to a file in one step and leaves nothing else behind', async () => {
    const root = makeTree({ 'rules.yaml': RULES, 'a.py': SOURCE, 'out/old.json': 'old' });
    const run = await runCli([...SCAN, 'a.py', '--format', 'json', '--output', 'out/old.json'], { cwd: root });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect((JSON.parse(readFileSync(path.join(root, 'out/old.json'), 'utf8')) as { results: unknown[] }).results).toHaveLength(2);
    expect(readdirSync(path.join(root, 'out'))).toEqual(['old.json']);
    expect((await runCli([...SCAN, 'a.py', '--output', 'no/such/folder'], { cwd: root })).code).toBe(2);
  });

  it('is the same on a second run that would meet the first report', async () => {
    const root = makeTree({ 'rules.yaml': RULES, 'a.py': SOURCE });
    const report = async (): Promise<string> => {
      await runCli([...SCAN, '--format', 'json', '--output', 'out.json'], { cwd: root });
      return readFileSync(path.join(root, 'out.json'), 'utf8');
    };
    expect(await report()).toBe(await report());
  });

  it('is coloured only when asked', async () => {
    const root = makeTree({ 'rules.yaml': RULES, 'a.py': SOURCE });
    expect((await runCli([...SCAN, 'a.py'], { cwd: root })).stdout).not.toContain('\u001b');
    expect((await runCli([...SCAN, 'a.py'], { cwd: root, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[31m');
  });

  it.each(['60', '80', '120'])('fits %s columns', async (COLUMNS) => {
    const long = `    exec(${'a_long_name_'.repeat(20)})\n`;
    const root = makeTree({ 'rules.yaml': RULES, 'some/quite/long/folder/names/a.py': `def f():\n${long}` });
    const { stdout } = await runCli([...SCAN], { cwd: root, env: { COLUMNS } });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(Number(COLUMNS));
    expect(stdout).toContain('[MAESTRO L3 Agent Frameworks, CWE-95]');
    expect(stdout).toContain('Instead: Parse the answer as data and choose');
  });
});

describe('autofix', () => {
  it('shows a diff with --dryrun, then changes exactly that', async () => {
    const before = 'import yaml\r\nexec("é")\r\na = yaml.load(b)  # keep\r\nc = yaml.load(d)\r\n';
    const root = makeTree({ 'rules.yaml': RULES, 'a.py': `\uFEFF${before}` });
    const file = path.join(root, 'a.py');
    chmodSync(file, 0o755);
    const dry = await runCli([...SCAN, 'a.py', '--autofix', '--dryrun'], { cwd: root });
    expect(dry.stdout).toContain('--- a/a.py');
    expect(dry.stdout).toContain('+a = yaml.safe_load(b)  # keep');
    expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${before}`);
    const run = await runCli([...SCAN, 'a.py', '--autofix'], { cwd: root });
    expect(run.stderr).toContain('2 fixes applied in 1 file');
    expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${before.replaceAll('yaml.load', 'yaml.safe_load')}`);
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(readdirSync(root)).toEqual(['a.py', 'rules.yaml']);
  });
});

describe('configuration', () => {
  const own = (id: string) => RULES.replaceAll('test-exec', id);
  it('of the project adds rules and leaves out single ones, and the report says so', async () => {
    const root = makeTree({ 'countersign.yaml': 'rules: [ours]\ndisable: [test-yaml]\n', 'ours/r.yaml': own('ours-exec'), 'a.py': SOURCE });
    const { stdout } = await runCli(['scan', 'a.py'], { cwd: root });
    expect(stdout).toContain('ours-exec');
    expect(stdout).not.toMatch(/^ +test-yaml$/m);
    expect(stdout).toMatch(/rules left out.*test-yaml/);
    const without = await runCli(['scan', 'a.py', '--no-project-config'], { cwd: root });
    expect(without.stdout).not.toContain('ours-exec');
  });

  it('takes a folder of rules, and never its fixtures', async () => {
    const root = makeTree({
      'r/one.yaml': RULES,
      'r/sub/two.yml': own('two-exec').replaceAll('test-yaml', 'two-yaml'),
      'r/one.test.yaml': 'not: rules\n',
      'r/pack.yaml': 'name: r\n',
      'a.py': SOURCE,
    });
    const report = parseReport(await runCli(['scan', '--config', 'r', 'a.py', '--format', 'json'], { cwd: root }));
    expect(report.results.map((result) => result.check_id).toSorted()).toEqual(['test-exec', 'test-yaml', 'two-exec', 'two-yaml']);
  });
});

describe('secrets', () => {
  // Made of pieces, so that no scanner takes this file for the leak.
  const body = 'Qx7'.repeat(21);
  const key = ['sk', 'test', `${'a1B2'.repeat(8)}9Zq4`].join('-');
  const rule = `rules:
  - id: test-key
    languages: [regex]
    severity: ERROR
    message: A key ($1) stands here.
    metadata: {cwe: ["CWE-798: Use of Hard-coded Credentials"]}
    pattern-either:
      - pattern-regex: '(sk-test-\\w+)'
      - pattern-regex: '-----BEGIN PRIVATE KEY-----\\s+\\w{20}'
`;

  it.each(['text', 'json', 'sarif'])('never appear in %s, only their last four characters', async (format) => {
    const pem = `-----BEGIN ${'PRIVATE'} KEY-----\n${body}A\n${body}B\n-----END ${'PRIVATE'} KEY-----\n`;
    const root = makeTree({
      'rules.yaml': rule,
      'more.yaml': RULES,
      'a.py': `KEY = "${key}"\nexec("${key}")\n`,
      'b.pem': pem,
      'c.json': JSON.stringify({ pem }),
    });
    const { stdout } = await runCli([...SCAN, '--config', 'more.yaml', '--format', format], { cwd: root });
    expect(stdout).toContain('test-key');
    expect(stdout).toContain('test-exec');
    expect(stdout).not.toContain(key.slice(8, 24));
    expect(stdout).not.toContain(body.slice(0, 24));
    expect(stdout).toContain(`****${key.slice(-4)}`);
  });
});

describe('hostile input', () => {
  const names = [
    'a\u001b[2J\u001b]0;owned\u0007.py',
    'new\nline.py',
    '[x](command:evil).py',
    '<img src=x onerror=y>.py',
    '\u202egnp.py',
    'c\u009b31m.py',
    '%SRCROOT%?#.py',
  ];
  const source = 'x = "\u001b[2J\u001b]0;owned\u0007 \u202e \u200b <script>alert(1)</script> [x](command:evil)"; exec(x)\n';

  it('comes out inert in every format', async () => {
    const root = makeTree({ 'rules.yaml': RULES, ...Object.fromEntries(names.map((name) => [name, source])) });
    for (const format of ['text', 'json', 'sarif']) {
      const run = await runCli([...SCAN, '--format', format, '--stats'], { cwd: root });
      expect(run.code).toBe(1);
      expect(ACTIVE.exec(run.stdout)).toBeNull();
      expect(ACTIVE.exec(run.stderr)).toBeNull();
    }
    const report = parseReport(await runCli([...SCAN, '--format', 'json'], { cwd: root }));
    expect(report.results.map((result) => result.path).toSorted()).toEqual(names.toSorted());
    expect(report.results[0]?.extra.lines).toBe(source.trimEnd());
  });

  it('in arguments comes out inert, too', async () => {
    const root = makeTree({ 'rules.yaml': RULES });
    const run = await runCli([...SCAN, 'no\u001b[2Jsuch\nfile'], { cwd: root });
    expect(run.code).toBe(2);
    expect(ACTIVE.exec(run.stderr)).toBeNull();
    expect(ACTIVE.exec((await runCli(['explain', '\u001b[2J'])).stderr)).toBeNull();
    expect(ACTIVE.exec((await runCli(['scan', '--\u001b[2J'])).stderr)).toBeNull();
  });

  it('in a rule comes out inert, too', async () => {
    const rule = RULES.replace('runs whatever', 'runs \\u{1b} \u0085 \u202e [x](command:evil) <b>whatever').replace(
      'id: test-exec',
      'id: "test-\\e[2Jexec"',
    );
    const root = makeTree({ 'rules.yaml': rule, 'a.py': SOURCE });
    for (const args of [
      [...SCAN, 'a.py'],
      [...SCAN, 'a.py', '--format', 'sarif'],
      ['explain', '--config', 'rules.yaml', '--all'],
      ['explain', '--config', 'rules.yaml', '--all', '--format', 'markdown'],
      ['validate', 'rules.yaml'],
    ]) {
      const run = await runCli(args, { cwd: root });
      expect(ACTIVE.exec(run.stdout)).toBeNull();
      expect(ACTIVE.exec(run.stderr)).toBeNull();
    }
  });

  it('never makes us follow a link out of the tree or write outside it', async () => {
    const outside = makeTree({ 'secret.py': 'exec(secret)\n' });
    const root = makeTree({ 'rules.yaml': RULES, 'a.py': 'x = 1\n' });
    symlinkSync(outside, path.join(root, 'dir'));
    symlinkSync(path.join(outside, 'secret.py'), path.join(root, 'file.py'));
    const report = parseReport(await runCli([...SCAN, '--format', 'json', '--autofix'], { cwd: root }));
    expect(report.results).toEqual([]);
    expect(report.paths.skipped.map((entry) => entry.reason)).toEqual(['symlink', 'symlink']);
    expect(existsSync(path.join(outside, 'secret.py'))).toBe(true);
  });
});
