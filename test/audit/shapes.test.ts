/** How much a shape of change proves: each with a case that is a loss and one that looks like it and is none. */
import { describe, expect, it } from 'vitest';
import { review } from './sabotage/support.js';

type Files = Readonly<Record<string, string>>;

/** Kinds above INFO that a change of these files brings. */
async function loud(before: Files, after: Files): Promise<readonly string[]> {
  const edits = Object.entries(after).map(([path, text]) => [path, text] as const);
  const gone = Object.keys(before).flatMap((path) => (after[path] === undefined ? [[path] as const] : []));
  const { removedChecks } = await review(before, [...edits, ...gone]);
  return removedChecks.filter(({ severity }) => severity !== 'INFO').map(({ kind }) => kind);
}

const py = (text: string): Files => ({ 'src/a.py': text });

describe('a condition whose words name no protection', () => {
  const read = (body: string): Files => py(`def read(data, logos):\n    logo = logos.get(data)\n${body}    return send(logo, data)\n`);

  it.each([
    ['that measures', "    if len(data) > 4096:\n        raise ValueError('long')\n", '', ['validation']],
    ['that looks for a part', "    if '..' in data:\n        raise ValueError('path')\n", '', ['validation']],
    ['whether something is there', "    if logo is None:\n        raise ValueError('no logo')\n", '', []],
    ['how many there are', "    if len(data) > 0:\n        raise ValueError('rest')\n", '', []],
    ['of which kind it is', "    if isinstance(logo, Old):\n        raise ValueError('old')\n", '', []],
    ['in which state it is', "    if data.kind == 'call':\n        raise ValueError('no calls')\n", '', []],
    [
      'and something else is done then',
      "    if len(data) > 4096:\n        raise ValueError('long')\n",
      '    if len(data) > 4096:\n        data = cut(data, 4096)\n',
      [],
    ],
    [
      'and it is only said then',
      "    if len(data) > 4096:\n        raise ValueError('long')\n",
      "    if len(data) > 4096:\n        log.warning('long')\n",
      ['validation'],
    ],
  ] as const)('%s', async (_name, was, now, expected) => {
    expect(await loud(read(was), read(now))).toEqual(expected);
  });
});

describe('options', () => {
  const ts = (line: string): Files => ({ 'src/a.ts': `export function start(args: string[]) {\n  ${line}\n}\n` });
  const plain = ts('return run(args);');

  it.each([
    ['one that is used', "return run([...args, '--yolo']);", ['approval']],
    ['an expression that looks for one', 'return /pass --trust,\\s*--yolo/i.test(args[0]) && run(args);', []],
    ['one that is compared', "return run(args[0] === '--yolo' ? [] : args);", []],
    ['one that is looked for', "return run(args.includes('--yolo') ? [] : args);", []],
    ['a right of a container', "return run(['docker', 'run', '--privileged', ...args]);", ['sandbox']],
    ['a right of something else', "return run(['token', 'create', '--privileged', ...args]);", []],
  ] as const)('%s', async (_name, line, expected) => {
    expect(await loud(plain, ts(line))).toEqual(expected);
  });
});

describe('scripts and pipelines', () => {
  const script = (text: string): Files => ({ 'scripts/smoke.sh': text });
  const flow = (steps: string): Files => ({
    '.github/workflows/check.yml': `on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
  });

  it('one more command that may fail, beside one that may not', async () => {
    const old = 'start_app --port 1\nread_all\n';
    expect(await loud(script(old), script(`${old}start_app --port 1 || true\n`))).toEqual([]);
    expect(await loud(script(old), script('start_app --port 1 || true\nread_all\n'))).toEqual(['error-handling']);
  });

  it('a tool that is named as a group of packages', async () => {
    const run = '      - run: uv run pytest\n';
    const groups = flow(`      - run: uv sync --extra dev --extra mypy\n${run}`);
    expect(await loud(groups, flow(`      - run: uv sync --all-extras\n${run}`))).toEqual([]);
    expect(await loud(flow(`      - run: uv run mypy .\n${run}`), flow(run))).toEqual(['ci-check']);
  });

  it('a tool that a script runs now', async () => {
    const old = flow('      - uses: astral-sh/ruff-action@v1\n');
    const now = flow('      - run: python scripts/lint.py\n');
    expect(await loud(old, now)).toEqual(['ci-check']);
    expect(await loud(old, { ...now, 'scripts/lint.py': "run(['ruff', 'check', '.'])\n" })).toEqual([]);
  });

  it('a lock that a pipeline holds to by itself', async () => {
    const install = (line: string): Files => flow(`      - run: ${line}\n      - run: make\n`);
    expect(await loud(install('pnpm install --frozen-lockfile'), install('pnpm install'))).toEqual([]);
    expect(await loud(install('uv sync --locked'), install('uv sync'))).toEqual(['ci-check']);
  });
});

describe('errors', () => {
  const start = (body: string): Files => py(`def start(own):\n${body}    prepare(own)\n    return own.name\n`);

  it('a way of its own that is tried, beside the old one', async () => {
    const tried = '    try:\n        prepare(own)\n    except Exception:\n        pass\n';
    expect(await loud(start(''), start(`    if own.quick:\n${tried.replaceAll(/^/gm, '    ').trimEnd()}\n        return own\n`))).toEqual([]);
    expect(await loud(start(''), py(`def start(own):\n${tried}    return own.name\n`))).toEqual(['error-handling']);
  });

  it('an answer that is handed back as it is', async () => {
    const mode = (kind: string, line: string): Files => ({
      'src/a.rs': `impl Client {\n    fn mode(&self) -> Result<${kind}, Error> {\n        self.note();\n        ${line}\n    }\n}\n`,
    });
    const old = mode('Option<Mode>', 'Ok(Some(self.read_mode()?))');
    expect(await loud(old, mode('Mode', 'self.read_mode()'))).toEqual([]);
    expect(await loud(old, mode('Option<Mode>', 'self.read_mode();\n        Ok(None)'))).toEqual(['error-handling']);
  });
});

describe('tests', () => {
  it('a linter that is silenced for a file of tests', async () => {
    const silenced = '# mypy: ignore-errors\ndef load():\n    return 1\n';
    expect(await loud({}, { 'tests/test_a.py': silenced })).toEqual([]);
    expect(await loud({}, { 'src/a.py': silenced })).toEqual(['lint-suppressed']);
  });

  it('marks of all tests of a file', async () => {
    const marked = (mark: string): Files => ({
      'tests/test_a.py': `import pytest\n\npytestmark = ${mark}\n\n\ndef test_a(load):\n    assert load() == 1\n`,
    });
    const old = marked("pytest.mark.skipif(not KEY, reason='no key')");
    const list = (more: string): Files => marked(`[\n    pytest.mark.skipif(not KEY, reason='no key'),\n${more}]`);
    expect(await loud(old, list('    # as those marked xfail and skip below\n    pytest.mark.timeout(600),\n'))).toEqual([]);
    expect(await loud(old, list("    pytest.mark.skip(reason='slow'),\n"))).toEqual(['test-skipped']);
  });

  it('a test of a script that was deleted with it', async () => {
    const own = "SCRIPT = Path(__file__).with_name('stop_all.py')\n\n\ndef test_stops(run):\n    assert run(SCRIPT) == 0\n";
    const kept = { 'hooks/hooks.json': '{"stop": 1}\n' };
    const old = { ...kept, 'hooks/stop_all.py': 'print(1)\n', 'hooks/test_stop_all_hook.py': own };
    expect(await loud(old, { 'hooks/hooks.json': '{"stop": 0}\n' })).toEqual([]);
    expect(await loud(old, { 'hooks/hooks.json': '{"stop": 0}\n', 'hooks/stop_all.py': 'print(1)\n' })).toEqual(['test-deleted']);
  });

  it('an assertion of the test of a file with a short name that changed with it', async () => {
    const both = (code: string, line: string): Files => ({
      'src/mcp.py': `def read(params):\n${code}    return params.arguments\n`,
      'tests/test_mcp.py': `def test_prompt(run):\n    data = run('a')\n${line}    assert data['language'] == 'python'\n`,
    });
    const name = "    assert data['name'] == 'code_help'\n";
    expect(await loud(both("    params.arguments = {'key': 1}\n", name), both('', ''))).toEqual([]);
    expect(await loud(both('', name), both('', ''))).toEqual(['assertion-removed']);
  });

  it('a test that fails under one of two conditions now', async () => {
    const check = (line: string): Files => ({
      'a_test.go': `package a\n\nfunc TestPlan(t *testing.T) {\n\tplan := Plan("a")\n\terr := plan.Check()\n\t${line} {\n\t\tt.Fatalf("got %v", err)\n\t}\n}\n`,
    });
    const both = 'if err != nil && err.Error() != "node"';
    expect(await loud(check(both), check('if err != nil'))).toEqual([]);
    expect(await loud(check('if err.Error() != "node"'), check('if err == nil'))).toEqual(['assertion-weakened']);
  });
});
