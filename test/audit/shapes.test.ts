/**
 * How much a shape of change proves: each with a case that is a loss and one that looks like it and is none.
 * One file for the same reason as `ordinary.test.ts`, which holds what changes together; each `describe` stands alone.
 */
import { describe, expect, it } from 'vitest';
import { lostKinds } from './sabotage/support.js';

type Files = Readonly<Record<string, string>>;

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
    expect(await lostKinds(read(was), read(now))).toEqual(expected);
  });
});

it('whether something is told', async () => {
  const list = (line: string): Files => ({
    'src/List.cs': `class Files {\n    void List(string path) {\n        try { Read(path); Show(path); }\n        catch (IOException error) {\n            ${line}\n            Count(path);\n        }\n    }\n}\n`,
  });
  const told = (asked: string): string => `if (${asked}) { Tell("access denied", path); throw new AccessDenied(path); }`;
  expect(await lostKinds(list(told('this._logger.IsEnabled(LogLevel.Warning)')), list('Count(path);'))).toEqual([]);
  expect(await lostKinds(list(told('!this._owners.Has(path)')), list(''))).toEqual(['authorization']);
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
    expect(await lostKinds(plain, ts(line))).toEqual(expected);
  });
});

describe('questions', () => {
  const ask = (line: string): Files => py(`def choose(own):\n    say(own)\n    ${line}\n    return act(own) if answer == 'y' else None\n`);

  it('one in other words', async () => {
    const old = ask("answer = input('Choose [y] allow once / [N] deny: ')");
    expect(await lostKinds(old, ask('answer = input().strip()'))).toEqual([]);
    expect(await lostKinds(old, ask("answer = 'y'"))).toEqual(['approval']);
  });

  it('a constant of what is forbidden in a text', async () => {
    const check = (block: string): Files => py(`def check(kind, own):\n    if own.mark:\n        ${block}\n${rest}`);
    const rest = '    first = own.first(kind)\n    last = own.last(kind)\n    return join(first, last, own.name)\n';
    const none = py(`def check(kind, own):\n${rest}`);
    expect(await lostKinds(check("raise ToolError(f'{FORBIDDEN_IN_VALUE} in it')"), none)).toEqual([]);
    expect(await lostKinds(check('raise HTTPException(status.HTTP_403_FORBIDDEN)'), none)).toEqual(['authorization']);
  });
});

describe('scripts and pipelines', () => {
  const script = (text: string): Files => ({ 'scripts/smoke.sh': text });
  const flow = (steps: string): Files => ({
    '.github/workflows/check.yml': `on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
  });

  it('one more command that may fail, beside one that may not', async () => {
    const old = 'start_app --port 1\nread_all\n';
    expect(await lostKinds(script(old), script(`${old}start_app --port 1 || true\n`))).toEqual([]);
    expect(await lostKinds(script(old), script('start_app --port 1 || true\nread_all\n'))).toEqual(['error-handling']);
  });

  it('a tool that is named as a group of packages', async () => {
    const run = '      - run: uv run pytest\n';
    const groups = flow(`      - run: uv sync --extra dev --extra mypy\n${run}`);
    expect(await lostKinds(groups, flow(`      - run: uv sync --all-extras\n${run}`))).toEqual([]);
    expect(await lostKinds(flow(`      - run: uv run mypy .\n${run}`), flow(run))).toEqual(['ci-check']);
  });

  it('a tool that a script runs now', async () => {
    const old = flow('      - uses: astral-sh/ruff-action@v1\n');
    const now = flow('      - run: python scripts/report.py\n');
    expect(await lostKinds(old, now)).toEqual(['ci-check']);
    expect(await lostKinds(old, { ...now, 'scripts/report.py': "run(['ruff', 'check', '.'])\n" })).toEqual([]);
  });

  it.each([
    ['a command of the same purpose', '      - run: just lint\n', []],
    ['one that only reads files of that name', '      - run: ls lint\n', ['ci-check']],
    ['one that says so and does nothing', '      - run: echo lint\n', ['ci-check']],
    ['one whose failure does not count', '      - run: just lint || true\n', ['ci-check']],
    ['nothing', '', ['ci-check']],
  ] as const)('in the place of a linter: %s', async (_name, step, expected) => {
    const others = '      - run: ./build.sh\n      - run: ./package.sh\n';
    expect(await lostKinds(flow(`      - run: npx eslint .\n${others}`), flow(`${step}${others}`))).toEqual(expected);
  });

  it('a report that cannot be uploaded', async () => {
    const upload = (more: string): string =>
      `      - run: npm test\n      - uses: codecov/codecov-action@v4\n        with:\n          file: out.xml\n${more}`;
    expect(await lostKinds(flow(upload('')), flow(upload('          fail_ci_if_error: false\n')))).toEqual([]);
    const scan = (more: string): string => `      - uses: snyk/actions/node@v1\n        with:\n          args: --all\n${more}`;
    expect(await lostKinds(flow(scan('')), flow(scan('          fail-on: none\n')))).toEqual(['ci-check']);
  });

  it('a job that another workflow takes up, and a name in an environment', async () => {
    const jobs = (text: string): Files => ({ '.github/workflows/ci.yml': `on: pull_request\njobs:\n${text}` });
    const review = '  review:\n    runs-on: x\n    steps:\n      - uses: actions/dependency-review-action@v4\n';
    const build = '  build:\n    runs-on: x\n    steps:\n      - run: ./build.sh\n';
    expect(await lostKinds(jobs(review + build), jobs(build))).toEqual(['ci-check']);
    const shared = '  shared:\n    uses: org/flows/.github/workflows/quality.yml@v1\n';
    expect(await lostKinds(jobs(review + build), jobs(shared + build))).toEqual([]);
    expect(await lostKinds(jobs(`${build}    env:\n      BUNDLE_WITHOUT: rubocop\n`), jobs(build))).toEqual([]);
  });

  it('hooks that another program sets up', async () => {
    const husky = { '.husky/pre-commit': '#!/bin/sh\nnpx lint-staged\n', 'src/a.ts': 'export const a = 1;\n' };
    const { '.husky/pre-commit': _gone, ...none } = husky;
    expect(await lostKinds(husky, none)).toEqual(['ci-check']);
    expect(await lostKinds(husky, { ...none, 'lefthook.yml': 'pre-commit:\n  jobs:\n    - run: npx lint-staged\n' })).toEqual([]);
  });

  it('a step that a program wrote', async () => {
    const written = (mark: string, steps: string): Files => ({
      '.github/workflows/review.lock.yml': `${mark}\n${Object.values(flow(steps)).join('')}`,
    });
    const step = '      - run: npm test\n';
    const tolerated = `${step}        continue-on-error: true\n`;
    const mark = '# This file was automatically generated by a compiler. DO NOT EDIT.';
    expect(await lostKinds(written(mark, step), written(mark, tolerated))).toEqual([]);
    expect(await lostKinds(written('# Written by hand', step), written('# Written by hand', tolerated))).toEqual(['ci-check']);
    expect(await lostKinds(written('# Written by hand', step), written(mark, tolerated))).toEqual(['ci-check']);
  });

  it('one more step of a kind, which may fail', async () => {
    const step = (name: string, more = ''): string => `      - name: ${name}\n        uses: actions/github-script@v9\n${more}`;
    const tolerated = '        continue-on-error: true\n';
    expect(await lostKinds(flow(step('First')), flow(step('First') + step('Usage', tolerated)))).toEqual([]);
    expect(await lostKinds(flow(step('Verify first')), flow(step('Verify first', tolerated)))).toEqual(['ci-check']);
    expect(await lostKinds(flow(step('Tell others')), flow(step('Tell others', tolerated)))).toEqual([]);
  });

  it('a cache that is named after a tool, and another tool of the kind', async () => {
    const run = '      - run: uv run pytest\n';
    expect(await lostKinds(flow(`      - uses: actions/cache@v5\n        with:\n          key: mypy-lint\n${run}`), flow(run))).toEqual([]);
    expect(await lostKinds(flow(`      - run: mypy .\n${run}`), flow(`      - run: ty check\n${run}`))).toEqual([]);
  });

  it('a command that is still there with its lock', async () => {
    const make = (lines: string): Files => ({ Makefile: `install:\n\tuv sync --frozen --all-extras --group lint${lines}\n` });
    const docs = '\n\ndocs:\n\tuv sync --frozen --all-extras --group docs\n\tuv run mkdocs';
    expect(await lostKinds(make(docs), make('\n\nrest:\n\tuv run mkdocs'))).toEqual([]);
    expect(await lostKinds(make(''), { Makefile: 'install:\n\tuv sync --all-extras --group lint\n' })).toEqual(['ci-check']);
  });

  it('a lock that a pipeline holds to by itself', async () => {
    const install = (line: string): Files => flow(`      - run: ${line}\n      - run: make\n`);
    expect(await lostKinds(install('pnpm install --frozen-lockfile'), install('pnpm install'))).toEqual([]);
    expect(await lostKinds(install('uv sync --locked'), install('uv sync'))).toEqual(['ci-check']);
  });
});

describe('errors', () => {
  const start = (body: string): Files => py(`def start(own):\n${body}    prepare(own)\n    return own.name\n`);

  it('a way of its own that is tried, beside the old one', async () => {
    const tried = '    try:\n        prepare(own)\n    except Exception:\n        pass\n';
    expect(
      await lostKinds(start(''), start(`    if own.quick:\n${tried.replaceAll(/^/gm, '    ').trimEnd()}\n        return own\n`)),
    ).toEqual([]);
    expect(await lostKinds(start(''), py(`def start(own):\n${tried}    return own.name\n`))).toEqual(['error-handling']);
  });

  it('a value that a handler makes by calls', async () => {
    const handler = (value: string): Files =>
      py(`def target(url, own):\n    try:\n        return parse(url)\n    except ValueError:\n        ${value}\n`);
    expect(await lostKinds(handler("return own.join('a')"), handler('return None'))).toEqual([]);
    expect(await lostKinds(handler("own.tell('bad')"), handler('pass'))).toEqual([]);
    const broad = (value: string): Files =>
      py(`def target(url, own):\n    try:\n        return parse(url)\n    except Exception:\n        ${value}\n`);
    expect(await lostKinds(broad("return own.join('a')"), broad('return None'))).toEqual([]);
    expect(await lostKinds(broad("own.tell('bad')"), broad('pass'))).toEqual(['error-handling']);
  });

  it('errors that are counted, and thrown at the end', async () => {
    const close = (handler: string, last: string): Files => ({
      'src/a.ts': `export async function closeAll(own: Own) {\n  let failed = 0;\n  for (const path of own.paths) {\n    try {\n      await unmount(path, own);\n    } catch (error) {\n      ${handler}\n    }\n  }\n${last}}\n`,
    });
    const old = close('throw new CloseError(path, error);', '');
    expect(await lostKinds(old, close('failed += 1;', '  if (failed > 0) throw new CloseError(own.name, failed);\n'))).toEqual([]);
    expect(await lostKinds(old, close('failed += 1;', ''))).toEqual(['error-handling']);
  });

  it('an answer that is handed back as it is', async () => {
    const mode = (kind: string, line: string): Files => ({
      'src/a.rs': `impl Client {\n    fn mode(&self) -> Result<${kind}, Error> {\n        self.note();\n        ${line}\n    }\n}\n`,
    });
    const old = mode('Option<Mode>', 'Ok(Some(self.read_mode()?))');
    expect(await lostKinds(old, mode('Mode', 'self.read_mode()'))).toEqual([]);
    expect(await lostKinds(old, mode('Option<Mode>', 'self.read_mode();\n        Ok(None)'))).toEqual(['error-handling']);
  });
});

describe('scanners that are silenced', () => {
  const go = (line: string): string => `package a\n\nfunc Read(path string) string {\n\t${line}\n\treturn path\n}\n`;
  const files = (count: number, line: string): Files =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`pkg/part${at}/read.go`, go(line)]));

  it('in many files by one change', async () => {
    const plain = 'open(path)';
    const silenced = 'open(path) // #nosec G304 -- checked above';
    expect(await lostKinds(files(3, plain), files(3, silenced))).toHaveLength(3);
    expect(await lostKinds(files(9, plain), files(9, silenced))).toHaveLength(3);
    const others = { ...files(9, silenced), 'pkg/part8/read.go': go('run(path) // #nosec G204') };
    expect(await lostKinds(files(9, plain), others)).toHaveLength(4);
  });

  it('by configuration, for every assertion', async () => {
    const ruff = (ignore: string): Files => ({ 'pyproject.toml': `[tool.ruff.lint]\nselect = ["ALL"]\nignore = [${ignore}]\n` });
    expect(await lostKinds(ruff('"D100"'), ruff('"D100", "S101"'))).toEqual([]);
    expect(await lostKinds(ruff('"D100"'), ruff('"D100", "S608"'))).toEqual(['scanner-suppressed']);
  });

  it('for a text that is no secret', async () => {
    const constant = (text: string): Files => ({ 'a.go': `package a\n\nconst ErrCredentials = "${text}" // #nosec G101\n` });
    expect(await lostKinds({ 'a.go': 'package a\n' }, constant('invalid credentials'))).toEqual([]);
    expect(await lostKinds({ 'a.go': 'package a\n' }, constant('k3y9f8a7b6c5d4e3'))).toEqual(['scanner-suppressed']);
  });
});

describe('tests', () => {
  it('a linter that is silenced for a file of tests', async () => {
    const silenced = '# mypy: ignore-errors\ndef load():\n    return 1\n';
    expect(await lostKinds({}, { 'tests/test_a.py': silenced })).toEqual([]);
    expect(await lostKinds({}, { 'src/a.py': silenced })).toEqual(['lint-suppressed']);
  });

  it('marks of all tests of a file', async () => {
    const marked = (mark: string): Files => ({
      'tests/test_a.py': `import pytest\n\npytestmark = ${mark}\n\n\ndef test_a(load):\n    assert load() == 1\n`,
    });
    const old = marked("pytest.mark.skipif(not KEY, reason='no key')");
    const list = (more: string): Files => marked(`[\n    pytest.mark.skipif(not KEY, reason='no key'),\n${more}]`);
    expect(await lostKinds(old, list('    # as those marked xfail and skip below\n    pytest.mark.timeout(600),\n'))).toEqual([]);
    expect(await lostKinds(old, list("    pytest.mark.skip(reason='slow'),\n"))).toEqual(['test-skipped']);
  });

  it('a test of a script that was deleted with it', async () => {
    const own = "SCRIPT = Path(__file__).with_name('stop_all.py')\n\n\ndef test_stops(run):\n    assert run(SCRIPT) == 0\n";
    const kept = { 'hooks/hooks.json': '{"stop": 1}\n' };
    const old = { ...kept, 'hooks/stop_all.py': 'print(1)\n', 'hooks/test_stop_all_hook.py': own };
    expect(await lostKinds(old, { 'hooks/hooks.json': '{"stop": 0}\n' })).toEqual([]);
    expect(await lostKinds(old, { 'hooks/hooks.json': '{"stop": 0}\n', 'hooks/stop_all.py': 'print(1)\n' })).toEqual(['test-deleted']);
  });

  it('an assertion of the test of a file with a short name that changed with it', async () => {
    const both = (code: string, line: string): Files => ({
      'src/mcp.py': `def read(params):\n${code}    return params.arguments\n`,
      'tests/test_mcp.py': `def test_prompt(run):\n    data = run('a')\n${line}    assert data['language'] == 'python'\n`,
    });
    const name = "    assert data['name'] == 'code_help'\n";
    expect(await lostKinds(both("    params.arguments = {'key': 1}\n", name), both('', ''))).toEqual([]);
    expect(await lostKinds(both('', name), both('', ''))).toEqual(['assertion-removed']);
  });

  it('the opposite of what was the same thing', async () => {
    const both = (code: string, line: string): Files => ({
      'src/state.py': `def get(key):\n    return ${code}\n`,
      'tests/test_state.py': `def test_get(state):\n    first = state.get('a')\n    second = state.get('a')\n    ${line}\n    assert first.key == 'a'\n`,
    });
    const old = both('own[key]', 'assert first is second');
    expect(await lostKinds(old, both('copy(own[key])', 'assert first is not second'))).toEqual([]);
    expect(await lostKinds(old, both('copy(own[key])', 'assert first is not None'))).toEqual(['assertion-weakened']);
  });

  const go = (body: string): string =>
    `package a\n\nfunc TestPlan(t *testing.T) {\n\tplan := Plan("a")\n${body}\tif plan.Kind != "b" {\n\t\tt.Errorf("kind %v", plan.Kind)\n\t}\n}\n`;

  it('parts, where the whole is compared now', async () => {
    const part = '\tif plan.Name != "c" {\n\t\tt.Errorf("name %v", plan.Name)\n\t}\n';
    const whole = '\tif diff := cmp.Diff(want, plan); diff != "" {\n\t\tt.Errorf("diff %v", diff)\n\t}\n';
    expect(await lostKinds({ 'a_test.go': go(part) }, { 'a_test.go': go(whole) })).toEqual([]);
    expect(await lostKinds({ 'a_test.go': go(part) }, { 'a_test.go': go('') })).toEqual(['assertion-removed']);
  });

  it('whether there was an error, asked for each case or for all', async () => {
    const check = (condition: string): Files => ({
      'a_test.go': go(`\terr := plan.Check()\n\tif ${condition} {\n\t\tt.Fatalf("error %v", err)\n\t}\n`),
    });
    expect(await lostKinds(check('(err != nil) != tt.wantErr'), check('err != nil'))).toEqual([]);
  });

  it('a test of a file that went, which another file has under nearly the same name', async () => {
    const one = (name: string, body: string): string =>
      `package a\n\nfunc Test${name}(t *testing.T) {\n${body}\tif !server.Stopped() {\n\t\tt.Error("runs")\n\t}\n}\n`;
    const code = { 'server.go': 'package a\n\nconst Version = 1\n' };
    const now = { 'server.go': 'package a\n\nconst Version = 2\n' };
    const own = '\tserver := NewServer()\n\tserver.Cancel()\n';
    const old = {
      ...code,
      'run_test.go': one('ServerRunCancel', own),
      'run_go125_test.go': one('ServerRunCancelBubble', `${own}\twait()\n`),
    };
    expect(await lostKinds(old, { ...now, 'run_test.go': one('ServerRunCancel', `${own}\twait()\n`) })).toEqual([]);
    expect(await lostKinds(old, { ...now, 'run_test.go': one('ServerRunCancel', own) })).toEqual(['test-deleted']);
  });

  it('the same value, asked of something else', async () => {
    const both = (line: string): Files => ({ 'a_test.go': go(`\trequire.Equal(t, "c", ${line})\n`) });
    expect(await lostKinds(both('plan.Name(context.Background())'), both('plan.Name(t.Context())'))).toEqual([]);
    const other = { 'a_test.go': go('\trequire.Equal(t, "d", plan.Name())\n') };
    expect(await lostKinds(both('plan.Name()'), other)).toEqual([]);
    expect(await lostKinds(both('plan.Name()'), other, 'INFO')).toEqual(['assertion-weakened']);
  });

  it('an object with one more part, of whatever value', async () => {
    const both = (code: string, line: string): Files => ({
      'src/agent.py': `def run(own):\n    return own.ask(${code})\n`,
      'tests/test_run.py': `def test_run(run):\n    result = run('a')\n    ${line}\n    assert result.kind == 'b'\n`,
    });
    const old = both('1', "assert result.message == {'role': 'user', 'content': 'c'}");
    expect(await lostKinds(old, both('2', "assert result.message == {'role': 'user', 'content': 'c', 'metadata': ANY}"))).toEqual([]);
    expect(await lostKinds(old, both('2', "assert result.message == {'role': 'user', 'content': ANY}"))).toEqual(['assertion-weakened']);
  });

  it('tests that are left out of a run', async () => {
    const options = (own: string): Files => ({ 'pyproject.toml': `[tool.pytest.ini_options]\naddopts = "${own}"\n` });
    expect(await lostKinds(options('--ignore=tests/a'), options('--ignore=tests/a --junit-xml=results.xml'))).toEqual([]);
    expect(await lostKinds(options('--ignore=tests/a'), options('--ignore=tests/a --ignore=tests/b'))).toEqual(['test-skipped']);
  });

  it('the same value, said in another way', async () => {
    const both = (code: string, line: string): Files => ({
      'src/marks.ts': `export const marks = (own: Own) => own.list(${code});\n`,
      'test/marks.test.ts': `import { marks } from '../src/marks.js';\n\nit('lists', () => {\n  const found = marks(own);\n  ${line}\n  expect(found.done).toBe(true);\n});\n`,
    });
    const count = both('1', 'expect(found.calls).toBe(1);');
    expect(await lostKinds(count, both('2', 'expect(found.calls).toHaveLength(1);'))).toEqual([]);
    const name = both('1', "expect(found.name).toBe('a:1');");
    expect(await lostKinds(name, both('2', 'expect(found.name).toMatch(/^a:1:m\\d+$/);'))).toEqual([]);
    expect(await lostKinds(name, both('2', 'expect(found.name).toMatch(/a/);'))).toEqual(['assertion-weakened']);
  });

  it('the whole, compared by a function', async () => {
    const both = (line: string): Files => ({
      'tests/test_a.py': `def test_blob(load):\n    blob = load('a')\n    ${line}\n    assert blob.kind == 'b'\n`,
    });
    const old = both('assert blob.text == load.text');
    expect(await lostKinds(old, both('assert np.array_equal(blob.text, load.text)'))).toEqual([]);
    expect(await lostKinds(old, both('assert blob.text is not None'))).toEqual(['assertion-weakened']);
  });

  it('a test under nearly the same name in its place, which asks for less that is made', async () => {
    const one = (name: string, lines: string): Files => ({
      'src/serve.py': `def serve(app):\n    return app.run(${lines.length})\n`,
      'tests/test_transports.py': `def test_${name}(services):\n${lines}\n\ndef test_rest(services):\n    assert services.rest == 1\n`,
    });
    const lines = '    found = services.first()\n    assert found is not None\n';
    const more = `${lines}    assert services.build().kind == 'pipe'\n    assert services.other() == 'none'\n`;
    expect(await lostKinds(one('pipe_transport_is_set', more), one('pipe_transport_is_there_and_set', lines))).toEqual([]);
    expect(await lostKinds(one('pipe_transport_is_set', more), one('other', lines))).toEqual(['test-deleted']);
  });

  it('a test whose name says what the code has fewer of', async () => {
    const both = (code: string, tests: Files): Files => ({ 'src/capabilities.py': `class Capabilities:\n${code}    last = 1\n`, ...tests });
    const tests = { 'tests/test_serialization.py': "def test_experimental_fields_are_left_out(write):\n    assert write('a') == 'b'\n" };
    const marks = (mark: string): string => ['one', 'two', 'six'].map((name) => `    ${mark}\n    ${name} = 1\n`).join('');
    expect(await lostKinds(both(marks('# experimental_mark'), tests), both(marks('# none'), {}))).toEqual([]);
    expect(await lostKinds(both(marks('# usual'), tests), both(marks('# none'), {}))).toEqual(['test-deleted']);
  });

  it('a part for the whole, with more parts beside it', async () => {
    const both = (code: string, lines: string): Files => ({
      'src/glob.py': `def find(pattern):\n    return walk(pattern, ${code})\n`,
      'tests/test_find.py': `def test_finds(tool):\n    result = tool.find('*.py')\n${lines}    assert tool.calls == 1\n`,
    });
    const old = both('1', "    assert result == str(['/test.py'])\n");
    const part = "    assert '/test.py' in result\n";
    expect(await lostKinds(old, both('2', `${part}    assert '/more/test.py' in result\n    assert '/a.txt' not in result\n`))).toEqual([]);
    expect(await lostKinds(old, both('2', part))).toEqual(['assertion-weakened']);
  });

  it('a test that fails under one of two conditions now', async () => {
    const check = (line: string): Files => ({
      'a_test.go': `package a\n\nfunc TestPlan(t *testing.T) {\n\tplan := Plan("a")\n\terr := plan.Check()\n\t${line} {\n\t\tt.Fatalf("got %v", err)\n\t}\n}\n`,
    });
    const both = 'if err != nil && err.Error() != "node"';
    expect(await lostKinds(check(both), check('if err != nil'))).toEqual([]);
    expect(await lostKinds(check('if err.Error() != "node"'), check('if err == nil'))).toEqual(['assertion-weakened']);
  });
});

it('a refusal with another status, wrapped as an answer', async () => {
  const get = (answer: string): Files => ({
    'src/get.rs': `async fn get(own: &Own, id: &Id) -> Result<Response, Error> {\n    let known = own.has_session(id).await?;\n    if !known {\n        ${answer}\n    }\n    own.read(id).await\n}\n`,
  });
  const old = get('return Ok(own.reply(StatusCode::UNAUTHORIZED, "Unauthorized"));');
  expect(await lostKinds(old, get('return Ok(own.reply(StatusCode::NOT_FOUND, "unknown"));'))).toEqual([]);
  expect(await lostKinds(old, get('return Ok(own.reply(StatusCode::OK, "new"));'))).toEqual(['authentication']);
});

describe('Go', () => {
  const check = (block: string): Files => ({
    'a.go': `package a\n\nfunc check(body string, own Own) error {\n\tfirst := own.First()\n\tlast := own.Last(first)\n${block}\treturn fmt.Errorf("%s: %v", own.Name, last)\n}\n`,
  });

  it('a condition that only chose among errors', async () => {
    const chosen = '\tif strings.Contains(body, "version") {\n\t\treturn fmt.Errorf("%w", ErrVersion)\n\t}\n';
    expect(await lostKinds(check(chosen), check(''))).toEqual([]);
    expect(
      await lostKinds(check(`${chosen}\tif own.Fine() {\n\t\treturn nil\n\t}\n`), check('\tif own.Fine() {\n\t\treturn nil\n\t}\n')),
    ).toEqual(['validation']);
  });

  it('a value of a type that is named after a check', async () => {
    const made = '\tif own.Old {\n\t\treturn &validatedMeta{kind: last}\n\t}\n';
    expect(await lostKinds(check(made), check(''))).toEqual([]);
  });
});

describe('names', () => {
  const rust = (own: string, tested: string): Files => ({
    'src/a.rs': `fn options(mode: Mode) -> Options {\n    let mut options = Options::new(mode);\n${own}    options\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn starts() {\n        let mut options = options(Mode::Plain);\n${tested}        assert!(options.is_valid());\n    }\n}\n`,
  });

  it('what a test within a Rust file switches off', async () => {
    const line = 'options.dangerously_bypass_approvals = true;\n';
    expect(await lostKinds(rust('', ''), rust('', `        ${line}`))).toEqual([]);
    expect(await lostKinds(rust('', ''), rust(`    ${line}`, ''))).toEqual(['sandbox']);
  });

  it('a question whether something is exempt', async () => {
    const view = (line: string): Files => py(`def view(app, tool):\n    ${line}\n    return app.show(tool)\n`);
    expect(await lostKinds(view('pass'), view('app.note(guidance_is_exempt(tool))'))).toEqual([]);
    expect(await lostKinds(view('pass'), view('app.csrf.exempt(tool)'))).toEqual(['authentication']);
  });

  it('a name that is given', async () => {
    const form = (line: string): Files => ({
      'src/a.ts': `export function Form({ own }) {\n${line}  const [rows, setRows] = useState(own);\n  return show(rows, setRows);\n}\n`,
    });
    expect(await lostKinds(form('  const [isValidating, setIsValidating] = useState(false);\n'), form(''))).toEqual([]);
  });

  it('failures that do not count of what is new', async () => {
    const script = (lines: string): Files => ({ 'scripts/run.sh': `set -e\nstart_driver --all\n${lines}finish_driver --all\n` });
    const covered = (line: string): string => `set +e\n${line}\nset -e\n`;
    expect(await lostKinds(script(''), script(covered('stop_driver --socket')))).toEqual([]);
    expect(await lostKinds(script('stop_driver --socket\n'), script(covered('stop_driver --socket')))).toEqual(['error-handling']);
  });
});

describe('what is known by its words', () => {
  const rest = '  const first = await read(page);\n  const last = await read(own);\n  return join(first, last, own.name);\n';
  const show = (lines: string): Files => ({ 'src/a.ts': `export async function show(page: Page, own: Own) {\n${lines}${rest}}\n` });
  const guard = (condition: string): string => `  if (${condition}) throw new Unauthorized(page.id);\n`;

  it.each([
    ['a step that is left out of its statement', show('  send(escapeHtml(page.text));\n'), show('  send(page.text);\n'), ['escaping']],
    [
      'a step that went with how it was done',
      show("  const like = escapeLike(page.text) + '%';\n  send(like);\n"),
      show('  send({ from: page.text, to: after(page.text) });\n'),
      [],
    ],
    [
      'a value that is read where a step made it',
      show('  send({ source: sandboxPath(page), target: page.path });\n'),
      show('  send({ source: page.source, target: page.target });\n'),
      [],
    ],
    ['a condition that went alone', show(guard('!isAuthenticated(own)')), show(''), ['authentication']],
    ['a condition that asks for more', show(guard('!page.code')), show(guard('!page.code && !page.error')), []],
    ['one in whose place something asks for less', show('  requireAdmin(own);\n'), show('  allowAny(own);\n'), ['authorization']],
  ] as const)('%s', async (_name, before, after, expected) => {
    expect(await lostKinds(before, after)).toEqual(expected);
  });

  it('whether an address is one of a secure connection', async () => {
    const host = (line: string): Files => ({ 'src/a.ts': `export function hostOf(own: Own) {\n  note(own);\n  ${line}\n}\n` });
    expect(await lostKinds(host('return find(own.port);'), host('return { host: own.host, port: own.port, secure: false };'))).toEqual([]);
    expect(
      await lostKinds(host('return mailer({ host: own.host, secure: true });'), host('return mailer({ host: own.host, secure: false });')),
    ).toEqual(['tls']);
  });

  it('declarations of types, for which a linter is silenced', async () => {
    const silenced = '/* eslint-disable */\nexport interface Env {\n  name: string;\n}\n';
    expect(await lostKinds({}, { 'src/env.d.ts': silenced })).toEqual([]);
    expect(await lostKinds({}, { 'src/env.ts': silenced })).toEqual(['lint-suppressed']);
  });

  it('the same script, run by another program', async () => {
    const flow = (run: string): Files => ({
      '.github/workflows/check.yml': `on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`,
    });
    expect(await lostKinds(flow('npm run check'), flow('pnpm run check'))).toEqual([]);
    expect(await lostKinds(flow('npm run check'), flow('pnpm run build'))).toEqual(['ci-check']);
  });
});
