/** Leaving function bodies out before parsing: the bodies are the parser's bodies, and no finding changes for it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { abridge } from '../../server/src/core/language/abridge.js';
import { pythonOutline } from '../../server/src/core/language/python/outline.js';
import { createNodeSession } from '../../server/src/host/node/session.js';
import type { Finding, RuleSource } from '../../server/src/core/index.js';
import { textInput } from './support.js';

const RULES = path.resolve(import.meta.dirname, '../../rules');

function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .toSorted()
    .map((name) => path.join(folder, name));
}

const bodiesOf = (code: string): string[] | undefined => pythonOutline(code)?.bodies.map(({ start, end }) => code.slice(start, end));

describe('the outline of a Python text', () => {
  test.each<[string, string, string[]]>([
    ['a body from its first statement to its last', 'def f():\n    a = 1\n    return a\n\nx = 2\n', ['a = 1\n    return a']],
    ['outer bodies before inner ones', 'def f():\n  def g():\n    1\n  2\n', ['def g():\n    1\n  2', '1']],
    ['methods, also asynchronous ones', 'class C:\n  async  def m(self):\n    pass\n', ['pass']],
    ['a header over several lines', 'def f(\n  a,\n  b={"x": 1},\n):  # here\n  go()\n', ['go()']],
    ['no body on the line of the colon', 'def f(): return 1\nx = 1\n', []],
    ['strings with less indentation', 'def f():\n  x = """\na\n"""\n  y()\nz()\n', ['x = """\na\n"""\n  y()']],
    ['brackets with less indentation', 'def f():\n  x = [\n1,\n]\n  y()\nz()\n', ['x = [\n1,\n]\n  y()']],
    ['comments with less indentation', 'def f():\n  x()\n# note\n  y()\n', ['x()\n# note\n  y()']],
    ['no comment after the last statement', 'def f():\n  x()  # why\n  # note\nz()\n', ['x()']],
    ['continued lines', 'def f():\n  x = 1 + \\\n2\n  y()\nz()\n', ['x = 1 + \\\n2\n  y()']],
    ['quotes in strings and comments', "def f():\n  x = \"it's\"  # it's\n  y = '\\'\"'\nz()\n", ["x = \"it's\"  # it's\n  y = '\\'\"'"]],
    ['Windows line ends', 'def f():\r\n  x()\r\n  y()\r\nz()\r\n', ['x()\r\n  y()']],
    ['tabs', 'def f():\n\tx()\n\ty()\nz()\n', ['x()\n\ty()']],
    ['the end of the file', 'def f():\n  x()', ['x()']],
    ['names that only begin alike', 'default = 1\nif a:\n  define()\n', []],
  ])('%s', (_, code, bodies) => expect(bodiesOf(code)).toEqual(bodies));

  test.each(['x = "open\n', '"""open', "f('''a\n"])('nothing is certain in %j', (code) => expect(pythonOutline(code)).toBeUndefined());

  test.each<[string, string[], string[]]>([
    ['f(1\n# one\nyes = "a # b"\n', ['# one'], ['# one', 'a # b']],
    ['f(1))  # one\ndef g():\n    "two"\n', ['# one', '"two"'], ['# one', 'two']],
    ['f(\ndef g():\n    r"two"\n    yes = "three"\n', ['"two"'], ['two', 'three']],
  ])('without certain bodies, comments and strings are known: %j', (code, remarks, quoted) => {
    const outline = pythonOutline(code);
    const texts = (spans: readonly { readonly start: number; readonly end: number }[] = []): string[] =>
      spans.map(({ start, end }) => code.slice(start, end));
    expect([outline?.bodies, texts(outline?.remarks), texts(outline?.quoted)]).toEqual([[], remarks, quoted]);
  });

  test('functions inside statements are known as such', () => {
    const code = 'if a:\n  class C:\n    def f(self):\n      1\ndef g():\n  2\n';
    expect(pythonOutline(code)?.bodies.map((body) => body.insideStatement)).toEqual([true, false]);
  });

  test('comments and docstrings', () => {
    const code = '"""Doc."""\nx = "no"  # one\ndef f():\n  r"""Two."""\n  # three\ndef g():\n  "Four" \\\n  r"and five"\n';
    expect(pythonOutline(code)?.remarks.map(({ start, end }) => code.slice(start, end))).toEqual([
      '"""Doc."""',
      '# one',
      '"""Two."""',
      '# three',
      '"Four" \\\n  r"and five"',
    ]);
  });

  test('positions lead back', () => {
    const code = 'def f():\n  long()\n  body()\nx = 1\n';
    const { text, after, shift } = abridge(code, pythonOutline(code)?.bodies ?? []);
    expect(text).toBe('def f():\n  0\nx = 1\n');
    const at = text.indexOf('x');
    expect(code[at + (shift[after.findLastIndex((position) => position <= at)] ?? 0)]).toBe('x');
  });
});

describe('findings', async () => {
  const sources = filesBelow(RULES, '.yaml')
    .filter((file) => !/(?:pack|\.test)\.yaml$/.test(file))
    .map((file): RuleSource => ({ path: path.basename(file), text: readFileSync(file, 'utf8') }));
  const session = await createNodeSession({ sources, profile: 'audit' });
  await session.prepareAll();
  const keys = (findings: readonly Finding[]): string[] =>
    findings.map(({ ruleId, range, message }) => `${ruleId} ${range.start.offset}-${range.end.offset} ${message}`);
  /** A file that is kept for incremental parsing is parsed whole. */
  const both = async (code: string): Promise<{ abridged: string[]; whole: string[] }> => {
    const input = textInput('app/service.py', code);
    // That both say the same is asked, not how soon on this machine.
    const limits = { timeoutMs: 120_000, maxLength: 1_000_000 };
    const abridged = await session.scan(input, { ignorePaths: true, limits });
    const whole = await session.scan(input, { ignorePaths: true, limits, reuseKey: 'whole' });
    session.release('whole');
    return { abridged: keys(abridged.findings), whole: keys(whole.findings) };
  };
  const filler = Array.from(
    { length: 60 },
    (_, i) => `def filler_${i}(a, b):\n    total = a + b\n    return [total for total in (a, b)]\n`,
  ).join('\n');
  const fixtures = filesBelow(RULES, '.py');

  test('are the same with and without what is left out', async () => {
    let found = 0;
    for (const file of fixtures) {
      const { abridged, whole } = await both(`${readFileSync(file, 'utf8')}\n\n${filler}`);
      expect(abridged, path.basename(file)).toEqual(whole);
      found += whole.length;
    }
    expect(found).toBeGreaterThan(fixtures.length);
  });

  test.each<[string, string]>([
    ['an import under another name', 'from os import system as s\n\ndef run(reply):\n    s(reply)\n'],
    [
      'an assignment to an outer name',
      'import subprocess\nCMD = "ls"\n\ndef change(reply):\n    global CMD\n    CMD = reply.text\n\ndef run():\n    subprocess.run(CMD, shell=True)\n',
    ],
    ['a function in a function', 'def agent():\n    def inner(reply):\n        exec(reply)\n    return inner\n'],
    [
      'a decorator and the function under it',
      'import pytest\n\n@pytest.mark.skip\n\n# why\ndef test_total():\n    total = 1\n    check(total, 1, 2, 3, 4, 5, 6, 7)\n',
    ],
    [
      'a loop beside a function in the same one',
      'def wait(n, report):\n    i = 0\n    def tell(text):\n        report(text, text.upper(), text.lower(), "so long a body counts")\n    while i < n:\n        tell("on")\n',
    ],
    [
      'a method by its name',
      'import os\n\nclass Payload:\n    def __reduce__(self):\n        command = "ls -la /tmp /var /usr /home /opt"\n        return (os.system, (command,))\n',
    ],
    ['a constant of the module', 'import subprocess\nSHELL = "bash"\n\ndef run(reply):\n    subprocess.run([SHELL, "-c", reply])\n'],
  ])('%s', async (_, code) => {
    const { abridged, whole } = await both(`${code}\n${filler}`);
    expect(abridged).toEqual(whole);
    expect(whole.length).toBeGreaterThan(0);
  });
});
