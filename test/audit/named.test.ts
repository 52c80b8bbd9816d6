/** Words of names, settings and commands that look like a protection which went: where another reading is the likelier one, nothing above INFO is said. */
import { describe, expect, it } from 'vitest';
import { lostKinds } from './sabotage/support.js';

type Files = Readonly<Record<string, string>>;

const go = (body: string, other = ''): Files => ({
  'server/rss.go': `package server\n\nfunc (s *Service) Show(c Context) error {\n${body}\tpage := s.pages.Load(c.Param("id"))\n\treturn c.Send(page)\n}\n${other}`,
});
const ts = (body: string): Files => ({ 'src/dialog.ts': `export async function save(dialog: Dialog) {\n${body}  dialog.close();\n}\n` });
const py = (body: string): Files => ({ 'src/rows.py': `import json, shutil\n\ndef read(text, folder):\n${body}    return rows\n` });

it('compares no code of a file that grew too long to be read', async () => {
  const file = (count: number): Files => ({
    'rows_test.go': `package rows\n\nfunc TestReads(t *testing.T) {\n\trequire.Equal(t, "a", load())\n}\n\nvar rows = []string{\n${'\t"a row of data",\n'.repeat(count)}}\n`,
  });
  expect(await lostKinds(file(10), file(70_000), 'INFO')).toEqual([]);
});

describe('questions', () => {
  it('asks whether anonymous visitors are allowed, and refuses them where not', async () => {
    const asked = '\tif !s.Profile.AllowAnonymous() {\n\t\treturn c.Refuse(404)\n\t}\n';
    expect(await lostKinds(go(''), go(asked))).toEqual([]);
    expect(await lostKinds(go(''), go('\topen := s.Profile.AllowAnonymous()\n\ts.note(open)\n'))).toEqual([]);
    expect(await lostKinds(go(''), go('\ts.Profile.AllowAnonymous()\n'))).toEqual(['authentication']);
  });

  it('reads a text from a table', async () => {
    expect(await lostKinds(go(''), go('\tkind := safeString(c.Values, "type")\n\ts.note(kind)\n'))).toEqual([]);
  });
});

describe('what is done to something else', () => {
  it('a button that is called after what it confirms', async () => {
    expect(await lostKinds(ts("  dialog.confirmButton.removeAttribute('disabled');\n"), ts(''))).toEqual([]);
  });

  it('a text that is parted', async () => {
    expect(await lostKinds(ts("  dialog.scopes = oauth2Scopes.split(' ');\n"), ts('  dialog.scopes = scopes;\n'))).toEqual([]);
  });

  it('the same call on another object', async () => {
    const run = (on: string): Files =>
      go(`\tcount, err := ${on}.Run(c.Context(), s.client, []string{"a" + c.User()})\n\ts.note(count, err)\n`);
    expect(await lostKinds(run('AllowTokenBucketScript'), run('s.script'))).toEqual([]);
    expect(await lostKinds(run('AllowTokenBucketScript'), go(''))).toEqual(['rate-limit']);
  });
});

describe('settings', () => {
  it('which characters a text of JSON may hold', async () => {
    expect(await lostKinds(py('    rows = json.loads(text)\n'), py('    rows = json.loads(text, strict=False)\n'))).toEqual([]);
    expect(await lostKinds(py('    rows = parse_rows(text)\n'), py('    rows = parse_rows(text, strict=False)\n'))).toEqual(['validation']);
  });

  it('a folder that is cleaned up', async () => {
    const old = py('    shutil.rmtree(folder)\n    rows = []\n');
    expect(await lostKinds(old, py('    shutil.rmtree(folder, ignore_errors=True)\n    rows = []\n'))).toEqual([]);
  });
});

describe('scripts and pipelines', () => {
  const sh = (body: string): Files => ({ 'scripts/release.sh': `#!/bin/bash\nset -e\n${body}git push origin main\nset +e\n` });

  it('a command whose status is asked for', async () => {
    const command = 'git ls-remote --exit-code origin release\n';
    const asked = `set +e\n${command}CODE=$?\nif [[ $CODE == 0 ]]; then\n  exit 1\nfi\nset -e\n`;
    expect(await lostKinds(sh(command), sh(asked))).toEqual([]);
    expect(await lostKinds(sh(command), sh(`set +e\n${command}`))).toEqual(['error-handling']);
  });

  it('a folder that is left out in place of another', async () => {
    const flow = (path: string): Files => ({
      '.github/workflows/test.yml': `on:\n  pull_request:\n    paths-ignore:\n      - "docs/**"\n      - "${path}"\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n`,
    });
    expect(await lostKinds(flow('script/log/**'), flow('script/release/**'))).toEqual([]);
    expect(await lostKinds(flow('script/log/**'), flow('src/**'))).toEqual(['ci-check']);
  });

  it('an option that an error speaks of', async () => {
    const error =
      '\treturn fmt.Errorf("refusing to start on an open address: use a token or pass --allow-unauthenticated (%s)", c.Name())\n';
    const run = '\texec.Command("apt-get", "install", "--allow-unauthenticated", c.Name())\n';
    expect(await lostKinds(go(''), go(error))).toEqual([]);
    expect(await lostKinds(go(''), go(run))).toEqual(['validation']);
  });
});

describe('what it was about went', () => {
  const config = (check: string, rest: string): Files => ({
    'src/config.ts': `export function resolve(config: Config) {\n${check}  const result = load(config);\n${rest}  return result;\n}\n`,
  });
  const check = '  if ("unstable_passThrough" in config) {\n    throw new Error("unstable_passThrough is passThroughRequests now");\n  }\n';

  it('an option that is nowhere any more', async () => {
    const old = config(check, '  result.passThroughRequests = config.passThroughRequests;\n  result.copy(passThroughRequests);\n');
    expect(await lostKinds(old, config('', ''))).toEqual([]);
    expect(
      await lostKinds(old, config('', '  result.passThroughRequests = config.passThroughRequests;\n  result.copy(passThroughRequests);\n')),
    ).toEqual(['validation']);
  });
});

it('swallows no error where the work ends in another', async () => {
  const file = (handler: string, after: string): Files => ({
    'src/open.ts': `export async function open(path: string) {\n  const answer = await send(path);\n  let detail = 'failed';\n  try {\n    detail = String((await answer.json()).detail);\n  } catch (error) {\n    ${handler}\n  }\n  ${after}\n}\n`,
  });
  const reported = 'console.error(error);';
  expect(await lostKinds(file(reported, 'throw new Error(detail);'), file('/* ignore */', 'throw new Error(detail);'))).toEqual([]);
  expect(await lostKinds(file(reported, 'return detail;'), file('/* ignore */', 'return detail;'))).toEqual(['error-handling']);
});

describe('data of tests', () => {
  it('a list of what is left out, in a folder of data', async () => {
    const file = (path: string, line: string): Files => ({ [path]: `ID300\n${line}` });
    expect(await lostKinds(file('pkg/testdata/.trivyignore', ''), file('pkg/testdata/.trivyignore', 'ID400\n'))).toEqual([]);
    expect(await lostKinds(file('.trivyignore', ''), file('.trivyignore', 'ID400\n'))).toEqual(['scanner-suppressed']);
  });

  it('tests that others are run on', async () => {
    const tests = (path: string): Files => ({
      [path]: "import { test, expect } from 'vitest';\ntest('a', () => {\n  expect(load()).toBe(1);\n});\n",
    });
    expect(await lostKinds(tests('test/fixtures/run/a.test.ts'), {})).toEqual([]);
    expect(await lostKinds(tests('test/run/a.test.ts'), {})).toEqual(['test-deleted']);
  });
});

it('a remark about a comment that silences', async () => {
  const go = (line: string): Files => ({ 'a.go': `package a\n\nfunc f() {\n\tvar key = "a1b2c3d4"${line}\n}\n` });
  expect(await lostKinds(go(''), go('\n\t// set the ignore gitleaks:allow flag\n\tg()'))).toEqual([]);
  expect(await lostKinds(go(''), go(' // gitleaks:allow'))).toEqual(['scanner-suppressed']);
});

it('a team that looks at a pull request', async () => {
  const flow = (step: string): Files => ({
    '.github/workflows/ask.yml': `on: pull_request\njobs:\n  ask:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ask\n${step}`,
  });
  expect(await lostKinds(flow("        with:\n          team_reviewers: ['trivy-premium']\n"), flow(''))).toEqual([]);
  expect(await lostKinds(flow('      - run: trivy fs .\n'), flow(''))).toEqual(['ci-check']);
});

it('an error that is asked for behind a record', async () => {
  const go = (args: string, say: string): Files => ({
    'graph.go': `package graph\n\nfunc handle(ctx Context) error {\n\tdone, err := work.Reconcile(${args})\n${say}\tif err != nil {\n\t\treturn err\n\t}\n\treturn use(done)\n}\n`,
  });
  expect(await lostKinds(go('ctx', '\tlog.Info("done", "err", err)\n'), go('ctx, 1', ''))).toEqual([]);
});

it('what is cleaned up may not be there', async () => {
  const sh = (line: string): Files => ({ 'scripts/build.sh': `#!/bin/bash\nset -e\n${line}\nmake image\n` });
  expect(await lostKinds(sh('rm "out/scan/image.tar"'), sh('rm "out/scan/image.tar" || true'))).toEqual([]);
  expect(await lostKinds(sh('make verify'), sh('make verify || true'))).toEqual(['error-handling']);
});

it('how old a page of a cache may be', async () => {
  const file = (name: string, age: number): Files => ({ 'src/ask.py': `def ask(url):\n    return send(url, {"${name}": ${age}})\n` });
  expect(await lostKinds(file('maxAge', 3_600), file('maxAge', 86_400))).toEqual([]);
  expect(await lostKinds(file('sessionMaxAge', 3_600), file('sessionMaxAge', 86_400))).toEqual(['authentication']);
});

describe('failures that count', () => {
  it('a program whose failure did not count before', async () => {
    const run = (args: string): Files => ({
      'src/run.py': `import subprocess\n\ndef run(cmd):\n    return subprocess.run(cmd${args}).returncode\n`,
    });
    expect(await lostKinds(run(''), run(', check=False'))).toEqual([]);
    expect(await lostKinds(run(', check=True'), run(', check=False'))).toEqual(['error-handling']);
  });

  it('an option that a program offers', async () => {
    const file = (other: string): Files => ({
      'src/options.py': `OPTIONS = [\n    partial(Option, "--a", dest="a", help="A."),\n${other}]\n`,
    });
    const option = '    partial(Option, "--no-require-hashes", dest="no_hashes", action="store_true"),\n';
    expect(await lostKinds(file(''), file(option))).toEqual([]);
    expect(await lostKinds(file(''), file('    ["pip", "install", "--no-require-hashes"],\n'))).toEqual(['validation']);
  });

  it('tools of a language that nothing is written in any more', async () => {
    const flow = (step: string): Files => ({
      '.github/workflows/ci.yml': `on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n${step}`,
    });
    const code = Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`src/a${at}.ts`, `export const a = ${at};\n`]));
    const old = { ...flow('      - run: pnpm typecheck\n'), ...code };
    expect(await lostKinds(old, { ...flow(''), 'src/main.rs': 'fn main() {}\n' })).toEqual([]);
    expect(await lostKinds(old, { ...flow(''), ...code })).toEqual(['ci-check']);
  });
});

describe('tests that go on', () => {
  it('under its name in another file, made otherwise', async () => {
    const py = (body: string): string => `def test_git_has_commit(tmp_path):\n${body}`;
    const old = { 'tests/unit/test_vcs.py': py('    repo = make(tmp_path)\n    assert Git.has_commit(repo, "a") is True\n') };
    const now = { 'tests/unit/test_vcs.py': '', 'tests/functional/test_git.py': py('    script = start()\n    assert script.ask(1)\n') };
    expect(await lostKinds(old, now)).toEqual([]);
  });

  it('in a function of Kotlin that is called like a test', async () => {
    const kt = (body: string): Files => ({
      'src/test/kotlin/CacheTest.kt': `class CacheTest {\n    @Test\n    fun testNoStore() = run {\n${body}    }\n}\n`,
      'src/test/kotlin/Scenarios.kt': 'fun testNoStoreScenario(cache: Cache) {\n    assertTrue(cache.isEmpty())\n}\n',
    });
    const old = kt('        val cache = Cache()\n        assertTrue(cache.isEmpty())\n');
    delete (old as Record<string, string>)['src/test/kotlin/Scenarios.kt'];
    expect(await lostKinds(old, kt('        val cache = Cache()\n        testNoStoreScenario(cache)\n'))).toEqual([]);
  });
});
