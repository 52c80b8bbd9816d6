/** What went from its place and is somewhere else, or was never a loss: each beside a change of nearly the same shape that is one. */
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../server/src/core/audit/change.js';
import { diffTexts } from '../../server/src/core/audit/lineDiff.js';
import { reviewChanges } from '../../server/src/core/audit/review.js';
import { createNodeParser } from '../../server/src/host/node/session.js';
import { lostKinds, review } from './sabotage/support.js';

type Files = Readonly<Record<string, string>>;

const parser = createNodeParser();

describe('options in texts', () => {
  const ts = (line: string): Files => ({ 'src/a.ts': `export function start(args, log) {\n  ${line}\n}\n` });
  const plain = ts('return run(args);');

  it.each([
    ['told to a person', "log.info('Start it with --dangerously-skip-permissions'); return run(args);", []],
    ['the description of one', "return offer({ name: 'x', description: 'agent --dangerously-skip-permissions', args });", []],
    ['one that a program takes', "return program.option('--yolo', 'asks nothing').run(args);", []],
    ['a point of a list', "return tell(['• --no-questions: passes --dangerously-skip-permissions']);", []],
    ['one of those that are refused', "const dangerousFlags = { docker: ['--privileged', '--network=host'] }; return run(args);", []],
    ['one that is written to a file', "file.write('docker run --privileged alpine'); return run(args);", ['sandbox']],
    ['one that is handed over', "return run(['docker', 'run', '--privileged', ...args]);", ['sandbox']],
    ['one that is pushed', "args.push('--dangerously-skip-permissions'); return run(args);", ['approval']],
    ['under a switch that says so', "if (args.skipPermissions) { args.push('--dangerously-skip-permissions'); } return run(args);", []],
    [
      'unless a switch says otherwise',
      "if (!args.askFirst) { args.push('--dangerously-skip-permissions'); } return run(args);",
      ['approval'],
    ],
    ['a longer option', "return run(['deno', '--allow-all-imports', ...args]);", []],
  ] as const)('%s', async (_name, line, expected) => {
    expect(await lostKinds(plain, ts(line))).toEqual(expected);
  });

  it('a list that is called one of what is refused is information, and no place that an option moved from', async () => {
    const refused = ts("const unsafeArgs = ['docker', 'run', '--privileged']; return run(args);");
    const entries = async (after: Files): Promise<readonly string[]> =>
      (await review(plain, Object.entries(after))).removedChecks.map(({ kind, severity }) => `${kind} ${severity}`);
    expect(await entries(refused)).toEqual(['sandbox INFO']);
    expect(await lostKinds(refused, ts("return run(['docker', 'run', '--privileged', ...args]);"))).toEqual(['sandbox']);
  });

  it('a script under another name', async () => {
    const scripts = (text: string): Files => ({ 'package.json': `{\n  "scripts": {\n${text}\n  }\n}\n` });
    const old = scripts('    "build": "deno compile --allow-all --output=bin/a src/main.ts"');
    const build = '    "build": "./safe-build.sh",\n';
    expect(await lostKinds(old, scripts(`${build}    "build:direct": "deno compile --allow-all --output=bin/a src/main.ts"`))).toEqual([]);
    const other = scripts(`${old['package.json']?.split('\n')[2]},\n    "start": "deno run --allow-all src/server.ts"`);
    expect(await lostKinds(old, other)).toEqual(['sandbox']);
  });

  it('a step that goes on after a failure and looks at the status', async () => {
    const run = (lines: string): Files => ({ 'ci/run.sh': `#!/bin/bash\nset -e\n${lines}dotnet test all\necho done\n` });
    const handled = 'set +e\ndotnet test one | tee log\nRESULT=${PIPESTATUS[0]}\nset -e\n';
    expect(await lostKinds(run('dotnet test one | tee log\n'), run(handled))).toEqual([]);
    expect(await lostKinds(run('dotnet test one | tee log\n'), run('set +e\ndotnet test one | tee log\n'))).toEqual(['error-handling']);
  });
});

describe('skipped tests', () => {
  const e2e = (line: string): Files => ({
    'test/page.e2e.ts': `test('shows the page', async ({ page }) => {\n${line}  await page.goto('/');\n  expect(await page.title()).toBe('A');\n});\n`,
  });

  it.each([
    ['where something holds', "  test.skip(process.env.FRAMEWORK === 'other', 'not there yet');\n", []],
    ['always', '  test.skip();\n', ['test-skipped']],
    ['where something without a name holds', '  test.skip(1 === 1);\n', ['test-skipped']],
    ['always, with a reason', "  test.skip(true, 'flaky');\n", ['test-skipped']],
  ] as const)('%s', async (_name, line, expected) => {
    expect(await lostKinds(e2e(''), e2e(line))).toEqual(expected);
  });

  it('on one device, or for now', async () => {
    const py = (mark: string): Files => ({ 'tests/test_a.py': `import pytest\n\n${mark}def test_sum(add):\n    assert add(1, 2) == 3\n` });
    expect(await lostKinds(py(''), py("@pytest.mark.skip_on_devices('npu')\n"))).toEqual([]);
    expect(await lostKinds(py(''), py("@pytest.mark.skip_browser('firefox')\n"))).toEqual([]);
    expect(await lostKinds(py(''), py('@pytest.mark.skip_for_now\n'))).toEqual(['test-skipped']);
    expect(await lostKinds(py(''), py('@skip_flaky("sometimes red")\n'))).toEqual(['test-skipped']);
    expect(await lostKinds(py(''), py("@unittest.skip('slow')\n"))).toEqual(['test-skipped']);
  });

  it('by an option of the run that leaves nothing out', async () => {
    const project = (options: string): Files => ({ 'pyproject.toml': `[tool.pytest.ini_options]\naddopts = [${options}]\n` });
    expect(await lostKinds(project('"-q"'), project('"-v", "--strict-markers"'))).toEqual([]);
    expect(await lostKinds(project('"-q"'), project('"-q", "-m", "not slow"'))).toEqual(['test-skipped']);
  });

  it('one that skips itself where it says so', async () => {
    const cs = (mark: string): Files => ({
      'test/ATests.cs': `public class ATests {\n    [${mark}]\n    public void Sends() {\n        Assert.Equal(1, Send());\n    }\n}\n`,
    });
    expect(await lostKinds(cs('Fact'), cs('SkippableFact'))).toEqual([]);
    expect(await lostKinds(cs('Fact'), cs('NetworkFact'))).toEqual([]);
    expect(await lostKinds(cs('Fact'), cs('Obsolete'))).toEqual(['test-skipped']);
  });

  it('one that others run now', async () => {
    const body = (head: string): string => `${head} {\n\tgot := count(all)\n\tif got != 3 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n`;
    const file = (text: string): Files => ({ 'a_test.go': `package a\n\nimport "testing"\n\n${text}` });
    const old = file(body('func TestCount(t *testing.T)'));
    const helper = body('func runTestCount(t *testing.T, all []int)');
    expect(await lostKinds(old, file(`${helper}\nfunc TestCount_Few(t *testing.T) {\n\trunTestCount(t, few)\n}\n`))).toEqual([]);
    expect(await lostKinds(old, file(helper))).toEqual(['test-skipped']);
  });

  it('in many files, as one decision', async () => {
    const files = (mark: string): Files =>
      Object.fromEntries(
        [1, 2, 3, 4, 5].map((at) => [
          `tests/test_${at}.py`,
          `import pytest\n\n${mark}def test_${at}(add):\n    assert add(${at}, 2) == ${at + 2}\n`,
        ]),
      );
    expect(await lostKinds(files(''), files('@pytest.mark.skip\n'))).toEqual(['test-skipped', 'test-skipped', 'test-skipped']);
  });
});

describe('tests that went', () => {
  const LONG = `    page = open_page('/table')\n    rows = page.rows('metadata')\n    assert rows.count == 4\n    assert rows.first == 'description'\n`;

  it('to another file, in other words', async () => {
    const old: Files = { 'src/table.py': 'X = 1\n', 'tests/test_script.py': `def test_metadata_rows():\n${LONG}` };
    const now = `def test_shows_rows_of_metadata(browser):\n${LONG.replace('open_page', 'browser.open_page')}`;
    expect(await lostKinds(old, { 'src/table.py': 'X = 1\n', 'tests/test_browser.py': now })).toEqual([]);
    const other = "def test_login(client):\n    assert client.login('a') == 200\n    assert client.name == 'a'\n";
    expect(await lostKinds(old, { 'src/table.py': 'X = 1\n', 'tests/test_browser.py': other })).toEqual(['test-deleted']);
  });

  it('a function that is named like a test and is handed over', async () => {
    const file = (line: string): Files => ({
      'tests/CommandTests.cs': `class CommandTests {\n    [Fact]\n    public void Fails() {\n        var testService = new Service();\n${line}        Assert.Equal(1, Run(testService));\n    }\n}\n`,
    });
    expect(await lostKinds(file('        testService.OnError = (message) => { shown = message; };\n'), file(''))).toEqual([]);
  });

  it('a file that cannot be compared is not gone', async () => {
    const before = 'def test_sum(add):\n    assert add(1, 2) == 3\n';
    const change = (more: Partial<FileChange>): FileChange => ({
      status: 'modified',
      path: 'tests/test_a.py',
      oldPath: 'tests/test_a.py',
      before,
      oldMode: '100644',
      newMode: '100644',
      hunks: diffTexts(before, ''),
      ...more,
    });
    const kinds = async (one: FileChange): Promise<readonly string[]> =>
      (await reviewChanges([one], { parser: await parser })).removedChecks.map(({ kind }) => kind);
    expect(await kinds(change({ unread: 'binary' }))).toEqual([]);
    expect(await kinds(change({ status: 'deleted' }))).toEqual(['test-deleted']);
  });
});

it('a test that another one of the file took up', async () => {
  const file = (options: string, second: string): Files => ({
    'test/deploy.test.ts': `it('deploys', async () => {\n  const output = await run('deploy'${options});\n  expect(logs(output)).toEqual(['a', 'b']);\n});\n${second}`,
  });
  const second = `it('deploys with details', async () => {\n  const output = await run('deploy', { verbose: true });\n  expect(logs(output)).toEqual(['a', 'b']);\n});\n`;
  expect(await lostKinds(file('', second), file(', { verbose: true }', ''))).toEqual([]);
  expect(await lostKinds(file('', second), file('', ''))).toEqual(['test-deleted']);
});

describe('skips under a condition', () => {
  const py = (mark: string): Files => ({ 'tests/test_a.py': `${mark}def test_load(load):\n    assert load('a').kind == 'b'\n` });
  const js = (options: string): Files => ({
    'test/a.test.js': `test('listens'${options}, async () => {\n  expect(await port()).toBe(1);\n});\n`,
  });
  const rb = (options: string): Files => ({
    'spec/a_spec.rb': `RSpec.describe Jobs do\n  it "records"${options} do\n    expect(jobs.count).to eq(1)\n  end\nend\n`,
  });

  it.each([
    [py, '@pytest.mark.xfail(is_free_threaded, reason="leaks")\n', []],
    [py, '@pytest.mark.xfail(reason="not decided yet")\n', ['test-skipped']],
    [py, '@pytest.mark.xfail(True, reason="later")\n', ['test-skipped']],
    [js, ', { skip: isMissing }', []],
    [js, ', { skip: true }', ['test-skipped']],
    [js, ", { skip: 'broken' }", ['test-skipped']],
    [rb, ', skip: VERSION < 6.1', []],
    [rb, ', skip: true', ['test-skipped']],
    [rb, ', skip: "broken"', ['test-skipped']],
  ] as const)('%o %s', async (file, mark, expected) => {
    expect(await lostKinds(file(''), file(mark))).toEqual(expected);
  });
});

it('a test that asserted what is always true', async () => {
  const file = (body: string): Files => ({ 'test/a.test.ts': `it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n${body}` });
  const old = (line: string): Files => file(`it('works', () => {\n  ${line}\n});\n`);
  expect(await lostKinds(old('expect(true).toBe(true);'), file(''))).toEqual([]);
  expect(await lostKinds(old('expect(mode()).toBe(true);'), file(''))).toEqual(['test-deleted']);
});

describe('silenced linters', () => {
  const config = (...overrides: readonly string[]): Files => ({
    '.oxlintrc.jsonc': `{\n\t"rules": { "no-eval": "error" },\n\t"overrides": [\n${overrides.map((each) => `\t\t${each},\n`).join('')}\t],\n}\n`,
  });
  const off = '{ "files": ["a/**"], "rules": { "no-eval": "off" } }';
  const other = '{ "files": ["b/**"], "rules": { "no-console": "off" } }';
  const same = '{ "rules": { "no-console": "off" } }';

  it('a rule of an override that nobody touched', async () => {
    expect(await lostKinds(config(off, other), config(off))).toEqual([]);
    expect(await lostKinds(config('{ "rules": { "no-eval": "off" } }', same), config('{ "rules": { "no-eval": "off" } }'))).toEqual([]);
    expect(await lostKinds(config('{ "files": ["a/**"], "rules": {} }', other), config(off, other))).toEqual(['scanner-suppressed']);
  });

  it('a table that got another name, and rules of style', async () => {
    const ruff = (table: string, ignore: string): Files => ({ 'pyproject.toml': `[${table}]\nselect = ["ALL"]\nignore = [${ignore}]\n` });
    expect(await lostKinds(ruff('tool.ruff', '"S608"'), ruff('tool.ruff.lint', '"S608"'))).toEqual([]);
    expect(await lostKinds(ruff('tool.ruff', '"E501"'), ruff('tool.ruff', '"E501", "B904"'))).toEqual([]);
    expect(await lostKinds(ruff('tool.ruff', '"E501"'), ruff('tool.ruff.lint', '"E501", "S608"'))).toEqual(['scanner-suppressed']);
  });

  it('a comment in place of another, and for what is no secret', async () => {
    const go = (line: string): Files => ({ 'a/a.go': `package a\n\nconst first = 1\n\n${line}\nconst last = 2\n` });
    const silent = (rule: string, value: string): string => `// #nosec ${rule} -- a name\nconst TokenEnv = "${value}"\n`;
    expect(await lostKinds(go(''), go(silent('G101', 'APP_INITIAL_ACCESS_TOKEN')))).toEqual([]);
    expect(await lostKinds(go(''), go(silent('G101', 'c2VjcmV0LXZhbHVlLTEyMzQ1Njc4')))).toEqual(['scanner-suppressed']);
    const read = (rule: string, call: string): Files => go(`var body, _ = ${call} // #nosec ${rule} -- own address\n`);
    expect(await lostKinds(read('G107', 'http.Get(base)'), read('G704', 'client.Do(request)'))).toEqual([]);
    expect(await lostKinds(read('G107', 'http.Get(base)'), go('var out = exec.Command(line) // #nosec G204\n'))).toEqual([
      'scanner-suppressed',
    ]);
    expect(await lostKinds(go('var body, _ = http.Get(base)\n'), read('G704', 'client.Do(request)'))).toEqual(['scanner-suppressed']);
  });
});

describe('protections', () => {
  const py = (text: string): Files => ({ 'src/a.py': text });

  it('a call that hands on what is allowed', async () => {
    const go = (line: string): Files => ({
      'a/a.go': `package a\n\nfunc Client(host string) *http.Client {\n\treturn New().\n\t\tTimeout(9)${line}.\n\t\tBuild()\n}\n`,
    });
    expect(await lostKinds(go(''), go('.\n\t\tWithInsecureHTTP(isLocal(host))'))).toEqual([]);
    expect(await lostKinds(go(''), go('.\n\t\tWithInsecureHTTP(true)'))).toEqual(['tls']);
  });

  it('the error of a function that has none any more', async () => {
    const go = (line: string, result: string, end: string): Files => ({
      'a/a.go': `package a\n\nfunc (m *home) Changed(item *Item) error {\n\t${line}\n\tm.menu.Show(item)\n\treturn nil\n}\n\nfunc (w *window) UpdateDiff(item *Item)${result} {\n\tif item == nil {\n\t\treturn${end}\n\t}\n\tw.diff.Set(item)\n}\n`,
    });
    const old = go('if err := m.window.UpdateDiff(item); err != nil {\n\t\treturn err\n\t}', ' error', ' nil');
    expect(await lostKinds(old, go('m.window.UpdateDiff(item)', '', ''))).toEqual([]);
    expect(await lostKinds(old, go('m.window.UpdateDiff(item)', ' error', ' nil'))).toEqual(['error-handling']);
  });

  it.each([
    ['a name of what is shown', '  const [ready, setReady] = useState({ canvas: false, sandbox: false });\n  return view(ready);', []],
    ['an option of what runs', '  const ready = start({ canvas: false, sandbox: false });\n  return view(ready);', ['sandbox']],
  ] as const)('a setting that is a state: %s', async (_name, body, expected) => {
    const ts = (text: string): Files => ({ 'src/a.ts': `export function Start(canvas: string) {\n${text}\n}\n` });
    const old = ts('  const ready = start({ canvas: false, sandbox: true });\n  return view(ready);');
    expect((await lostKinds(old, ts(body))).includes('sandbox')).toBe(expected.length > 0);
  });

  it('conditions that are asked one after the other', async () => {
    const ts = (body: string): Files => ({
      'src/a.ts': `export function pick(context: Context, type: string) {\n  const found = context.schema;\n${body}  return found.first;\n}\n`,
    });
    const old = ts(
      '  const read = new ContentType(type);\n  if (found.constructor === Object && read.isValid) {\n    if (found[read.media]) {\n      return found[read.media];\n    }\n    return false;\n  }\n',
    );
    const parts = (second: string): Files =>
      ts(
        `  if (found.constructor === Object) {\n    const read = new ContentType(type);\n    ${second} {\n      if (found[read.media]) {\n        return found[read.media];\n      }\n      return false;\n    }\n  }\n`,
      );
    expect(await lostKinds(old, parts('if (read.isValid)'))).toEqual([]);
  });

  it('a bound that a new call does not set', async () => {
    const ts = (more: string): Files => ({ 'src/a.ts': `const first = warning({ code: 'A', unlimited: true });\n${more}` });
    expect(await lostKinds(ts(''), ts("const second = warning({\n  code: 'B',\n  unlimited: true,\n});\n"))).toEqual([]);
    const limit = (line: string): Files => ({ 'src/b.ts': `export function start(app: App) {\n  app.use(limiter(${line}));\n}\n` });
    expect(await lostKinds(limit('{ window: 5 }'), limit('{ window: 5, unlimited: true }'))).toEqual(['rate-limit']);
  });

  it('what stands before the name of a property, and a parameter that was not given', async () => {
    const php = (line: string): Files => ({ 'src/A.php': `<?php\nclass A\n{\n    protected string $path = '';\n\n    ${line}\n}\n` });
    expect(await lostKinds(php("protected string $branch = 'main';"), php('protected ?string $branch = null;'))).toEqual([]);
    const old = py('def get(url, verify=True):\n    return send(url, verify)\n');
    expect(await lostKinds(old, py('def get(url, context=None, verify=None):\n    return send(url, context, verify)\n'))).toEqual([]);
    expect(await lostKinds(old, py('def get(url, verify=False):\n    return send(url, verify)\n'))).toEqual(['tls']);
    const route = (value: string): Files => py(`def get(url, require_auth=${value}):\n    return send(url, require_auth)\n`);
    expect(await lostKinds(route('True'), route('None'))).toEqual(['authentication']);
    const page = (value: string): Files => ({ 'src/routes.ts': `export const first = page({ path: '/a', protected: ${value} });\n` });
    expect(await lostKinds(page('true'), page('false'))).toEqual(['authentication']);
  });

  it('what is only called after a sandbox', async () => {
    const ts = (line: string): Files => ({
      'src/a.ts': `export async function start(code: string) {\n  await pull();\n${line}  return code;\n}\n`,
    });
    expect(await lostKinds(ts('  void pushModifiedFilesToSandbox();\n'), ts(''))).toEqual([]);
    expect(await lostKinds(ts('  await runInSandbox(code);\n'), ts('  await exec(code);\n'))).toEqual(['sandbox']);
  });

  it('a text that is asked for elsewhere', async () => {
    const go = (guard: string, rest: string): Files => ({
      'a/a.go': `package a\n\nfunc Sort(msg string, code int) *Fault {\n\tlow := lower(msg)\n${guard}\treturn none(low)\n}\n\nfunc Retry(msg string, code int) bool {\n\treturn code >= 500${rest}\n}\n`,
    });
    const guard = '\tif strings.Contains(msg, "../../secret") {\n\t\treturn refused(msg)\n\t}\n';
    expect(await lostKinds(go(guard, ''), go('', ' || strings.Contains(msg, "../../secret")'))).toEqual([]);
  });
});

describe('assertions', () => {
  const py = (lines: string): Files => ({
    'tests/test_a.py': `def test_load(load):\n    row = load('a')\n    assert row.kind == 'b'\n${lines}`,
  });

  it.each([
    ['handed to a helper with what they are about', "    assert row.size == len('abc')\n", "    wait_for_size(row, len('abc'))\n", []],
    ['gone', "    assert row.size == len('abc')\n", '', ['assertion-removed']],
    ['nothing in place of a value', '    assert row.list.all() == [[1, 2, 3]]\n', '    assert row.list is None\n', []],
    [
      'reached only where all failed',
      '    assert row.wait < 0.25\n',
      "    if row.wait < 0.25:\n        return\n    assert False, 'slow'\n",
      [],
    ],
    ['the opposite of what was part', "    assert 'a' in row.names\n", "    assert 'a' not in row.names\n    assert row.size == 2\n", []],
    ['a comparison turned around', '    assert 0 == row.code\n', '    assert row.code == 0\n', []],
    [
      'a comparison turned around, with a text',
      "    assert (0 == row.run('add-key').code), 'failed'\n",
      "    assert (row.run('add-key').code == 0), 'failed'\n",
      [],
    ],
    ['two values that changed places', '    assert row.list == [1, 2]\n', '    assert row.list == [2, 1]\n', []],
    ['what is always true', '    assert row.ready\n', '    assert not False\n', ['assertion-weakened']],
    ['a constant under a new name', '    assert row.text == FIRST_MESSAGE\n', '    assert row.text == FIRST_API_MESSAGE\n', []],
    [
      'another constant',
      '    row.show(FIRST_MESSAGE)\n    assert row.text == FIRST_MESSAGE\n',
      '    row.show(FIRST_MESSAGE)\n    assert row.text == LAST_MESSAGE\n',
      [],
    ],
  ] as const)('%s', async (_name, was, now, expected) => {
    expect(await lostKinds(py(was), py(now))).toEqual(expected);
  });

  it('nothing in place of a text', async () => {
    const cs = (line: string): Files => ({
      'test/ATests.cs': `public class ATests {\n    [Fact]\n    public void Reads() {\n        var info = Read("a");\n        Assert.NotNull(info);\n        ${line}\n    }\n}\n`,
    });
    const old = cs('Assert.Equal("dotnet add", info.Command);');
    expect(await lostKinds(old, cs('Assert.Empty(info.Command);'))).toEqual([]);
    expect(await lostKinds(old, cs('Assert.NotNull(info.Command);'))).toEqual(['assertion-weakened']);
  });

  it.each([
    ['nothing there fails the test', 'if got == nil {\n\t\tt.Fatal("no answer")\n\t}', 'require.NotNil(t, got, "no answer")', []],
    ['another value fails the test', 'if got != "a" {\n\t\tt.Fatalf("got %s", got)\n\t}', 'require.Equal(t, "a", got)', []],
    ['no error fails the test', 'if err == nil {\n\t\tt.Fatal("not refused")\n\t}', '_ = err', ['test-emptied']],
    ['any value will do', 'if got != "a" {\n\t\tt.Fatalf("got %s", got)\n\t}', 'require.NotEmpty(t, got)', ['assertion-weakened']],
  ] as const)('a condition of Go became a call: %s', async (_name, was, now, expected) => {
    const go = (line: string): Files => ({
      'a/a_test.go': `package a\n\nfunc TestAsk(t *testing.T) {\n\tgot, err := Ask("q")\n\t${line}\n}\n`,
    });
    expect(await lostKinds(go(was), go(now))).toEqual(expected);
  });

  it('what a test asserted is asserted in another one, with more', async () => {
    const file = (first: string, second: string): Files => ({
      'tests/test_b.py': `def test_init():\n    agent = Agent('a')\n    assert agent.name == 'a'\n${first}\n\ndef test_schema():\n    agent = Agent('a')\n${second}    assert agent.tools == []\n`,
    });
    const old = file("    assert agent.schema == {'step_count': int, 'exit_reason': str}\n", '');
    const moved = "    assert agent.schema == {'step_count': int, 'exit_reason': str, 'tokens': int}\n";
    expect(await lostKinds(old, file('', moved))).toEqual([]);
    expect(await lostKinds(old, file('', "    assert agent.schema == {'tokens': int}\n"))).toEqual(['assertion-removed']);
  });

  it.each([
    ['an error of its own', '    got = count(load("a"))\n    if got != 5:\n        raise CountError(5, got)\n', []],
    ['what is expected, handed to a call', '    run(load("a"), expected_rows=5)\n', []],
    ['nothing', '    count(load("a"))\n', ['test-emptied']],
  ] as const)('a test that says with %s what it asserted', async (_name, body, expected) => {
    const file = (text: string): Files => ({ 'tests/test_c.py': `def test_count(load, count):\n${text}` });
    expect(await lostKinds(file('    assert count(load("a")) == 5\n'), file(body))).toEqual(expected);
  });

  it('a number that may differ a little', async () => {
    const rb = (matcher: string): Files => ({
      'spec/b_spec.rb': `RSpec.describe Timer do\n  it "measures" do\n    expect(timer.latency).to ${matcher}\n  end\nend\n`,
    });
    const { removedChecks } = await review(rb('eq(expected)'), Object.entries(rb('be_within(1).of(expected)')));
    expect(removedChecks.map(({ message }) => message)).toEqual(['this assertion says less than before: an exact value became a part']);
  });

  it('a question for a value, and a case for each', async () => {
    const rs = (mark: string, line: string): Files => ({
      'tests/view.rs': `#[test]\nfn reads_head() {\n    let view = load("a");\n    assert_eq!(view.count(), 2);\n    ${line}\n}\n\n${mark}\nfn reads_all(kind: Kind) {\n    assert_eq!(load("b").kind(), kind);\n}\n`,
    });
    const old = rs('#[test]', 'assert_eq!(view.head(), RefTarget::absent_ref());');
    expect(await lostKinds(old, rs('#[test_case(Kind::A; "a")]', 'assert!(view.head(NAME).is_absent());'))).toEqual([]);
    expect(await lostKinds(old, rs('', 'assert_eq!(view.head(), RefTarget::absent_ref());'))).toEqual(['test-skipped']);
  });

  it('both compared by a function', async () => {
    const test = (line: string): Files => ({
      'tests/test_b.py': `class TestB(TestCase):\n    def test_rows(self):\n        got = load('a')\n        want = first('a')\n        ${line}\n`,
    });
    const old = test('self.assertEqual(got.rows, want.rows)');
    expect(await lostKinds(old, test('self.assertTrue(equivalent(got.rows, want.rows))'))).toEqual([]);
    expect(await lostKinds(old, test('self.assertTrue(got.rows)'))).toEqual(['assertion-weakened']);
  });
});

describe('checks', () => {
  it('of a call that names its types now', async () => {
    const go = (call: string, check: string): Files => ({
      'a.go': `package a\n\nfunc Handle(w Writer, r *Request) {\n\tlimit, err := ${call}(r, "limit")\n${check}\tlist(w, limit)\n}\n`,
    });
    const check = '\tif err != nil {\n\t\trenderError(w, err)\n\t\treturn\n\t}\n';
    expect(await lostKinds(go('queryInt', check), go('queryInt[int]', check))).toEqual([]);
  });

  it('of a field that is no longer there', async () => {
    const py = (condition: string, more: string): Files => ({
      'src/a.py': `def read(verdict, text):\n    if ${condition}:\n        raise ValueError('contradictory')\n    send(text, verdict.cites${more})\n    return verdict.cites\n`,
    });
    const asked = "verdict.handling not in ('none', 'mask')";
    expect(await lostKinds(py(asked, ', verdict.handling'), py('False', ''))).toEqual([]);
    expect(await lostKinds(py(asked, ', verdict.handling'), py('False', ', verdict.handling'))).toEqual(['validation']);
  });

  it('a record on another level, or with other details', async () => {
    const py = (line: string): Files => ({
      'src/a.py': `def login(user, log):\n    allowed = user.allowed\n    ${line}\n    return allowed\n`,
    });
    const old = py("log.warning('login was denied for this user', user=user.id)");
    expect(await lostKinds(old, py("log.info('login was denied for this user', user=user.id)"))).toEqual([]);
    expect(await lostKinds(old, py("log.warning('login was denied for this user')"))).toEqual([]);
    expect(await lostKinds(old, py('pass'))).toEqual(['logging']);
  });

  it('named in order to be left out', async () => {
    const rb = (line: string): Files => ({
      'app/pages.rb': `class PagesController < ApplicationController\n${line}  include Periodable\n\n  def show\n    @page = Page.find(1)\n  end\nend\n`,
    });
    expect(await lostKinds(rb('  skip_before_action :authenticate_user!, only: %i[early]\n'), rb(''))).toEqual([]);
    expect(await lostKinds(rb('  before_action :authenticate_user!\n'), rb(''))).toEqual(['authentication']);
  });

  it('a column of a table', async () => {
    const py = (rows: string): Files => ({ 'src/a.py': `def servers():\n    return {\n${rows}    }\n` });
    const row = (name: string, text: string): string => `        '${name}': {'name': '${name}', ${text}},\n`;
    const old = py(`${row('a', "'required': True")}${row('b', "'required': True")}`);
    const columns = py(`${row('a', "'requires_api_key': False")}${row('b', "'requires_api_key': True")}`);
    expect(await lostKinds(old, columns)).toEqual([]);
  });

  it('in a large change, only where the change itself shows it', async () => {
    const other = (from: number): Files =>
      Object.fromEntries([0, 1, 2].map((at) => [`src/b${at}.py`, Array.from({ length: 60 }, (_, i) => `x${i} = ${i + from}\n`).join('')]));
    const py = (line: string, text: string): Files => ({
      'src/a.py': `def save(row, store):\n    rest = row.rest\n${line}    store.put(${text}, rest)\n    return rest\n`,
    });
    const [was, gone, left] = [py('    validate_row(row)\n', 'row.text'), py('', 'row.text'), py('', 'row.text')];
    expect(await lostKinds(was, gone)).toEqual(['validation']);
    expect(await lostKinds({ ...was, ...other(0) }, { ...left, ...other(100) })).toEqual([]);
    const [escaped, plain] = [py('', 'escape_html(row.text)'), py('', 'row.text')];
    expect(await lostKinds({ ...escaped, ...other(0) }, { ...plain, ...other(100) })).toEqual(['escaping']);
  });

  it('of a sandbox, where what ran in it is run without one', async () => {
    const py = (line: string): Files => ({
      'src/a.py': `def run(code, client):\n    plan = client.plan(code)\n    ${line}\n    return plan\n`,
    });
    const old = py('plan.out = Sandbox(network=False).run(code)');
    expect(await lostKinds(old, py('exec(code, {})'))).toEqual(['sandbox']);
  });

  it('by hooks of commits, in place of a linter by itself', async () => {
    const ci = (step: string): Files => ({
      '.github/workflows/ci.yml': `name: CI\non: pull_request\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n${step}`,
    });
    expect(await lostKinds(ci('      - run: make lint\n'), ci('      - uses: pre-commit/action@v3\n'))).toEqual([]);
    expect(await lostKinds(ci('      - run: make test\n'), ci('      - uses: pre-commit/action@v3\n'))).toEqual(['ci-check']);
  });

  it('a workflow that no longer runs on pull requests, beside one that does more', async () => {
    const checks = (on: string): string =>
      `name: Lint\non:\n${on}  workflow_dispatch:\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint\n`;
    const all = (steps: string): string =>
      `name: All\non:\n  pull_request:\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run build\n${steps}`;
    const files = (lint: string, steps: string): Files => ({
      '.github/workflows/lint.yml': checks(lint),
      '.github/workflows/all.yml': all(steps),
    });
    const old = files('  pull_request:\n', '');
    expect(await lostKinds(old, files('', '      - run: |\n          npm ci\n          ./lane-lint.sh\n'))).toEqual([]);
    expect(await lostKinds(old, files('', ''))).toEqual(['ci-check']);
  });
});

describe('checks that run', () => {
  it('by the tool that a target of make runs', async () => {
    const ci = (run: string): Files => ({
      '.github/workflows/ci.yml': `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`,
    });
    expect(await lostKinds(ci('make test'), ci('./vendor/bin/phpunit'))).toEqual([]);
    expect(await lostKinds(ci('make test'), ci('npx vitest run'))).toEqual([]);
    expect(await lostKinds(ci('make test'), ci('./vendor/bin/build'))).toEqual(['ci-check']);
  });

  it('in the name of the repository in which a job runs', async () => {
    const ci = (steps: string): Files => ({
      '.github/workflows/stale.yml': `on: push\njobs:\n  stale:\n    if: github.repository == 'rubocop/rubocop'\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
    });
    const stale = '      - uses: actions/stale@v10\n';
    expect(await lostKinds(ci(stale), {})).toEqual([]);
    expect(await lostKinds(ci(`${stale}      - run: bundle exec rubocop\n`), {})).toEqual(['ci-check']);
  });

  it('of a few modules that is one of all of them now', async () => {
    const strict = 'disallow_untyped_defs = true\n';
    const part = '[[tool.mypy.overrides]]\nmodule = ["app.core"]\n';
    const mypy = (whole: string, one: string): Files => ({
      'pyproject.toml': `[tool.mypy]\nwarn_return_any = true\n${whole}${part}${one}`,
    });
    expect(await lostKinds(mypy('', strict), mypy(strict, ''))).toEqual([]);
    expect(await lostKinds(mypy('', strict), mypy('', ''))).toEqual(['lint-suppressed']);
    expect(await lostKinds(mypy(strict, ''), mypy('', strict))).toEqual(['lint-suppressed']);
  });

  it('of types, which are called unsafe as well', async () => {
    const lint = (rule: string, level: string): Files => ({ '.eslintrc.json': `{ "rules": { "${rule}": "${level}" } }\n` });
    const type = '@typescript-eslint/no-unsafe-assignment';
    expect(await lostKinds(lint(type, 'error'), lint(type, 'off'))).toEqual([]);
    expect(await lostKinds(lint('no-unsafe-innerhtml', 'error'), lint('no-unsafe-innerhtml', 'off'))).toEqual(['scanner-suppressed']);
  });
});
