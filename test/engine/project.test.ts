/** Data that goes from file to file: what imports mean in each language, and what is reported where. */
import { describe, expect, test } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import type { Finding, ProjectFiles, Session } from '../../server/src/core/index.js';
import { ruleYaml, textInput } from './support.js';

const RULE = 'mode: taint\npattern-sources:\n  - pattern: source(...)\npattern-sinks:\n  - pattern: sink(...)';

/** Files by path, as a host shows them. */
function projectOf(files: Readonly<Record<string, string>>): ProjectFiles {
  return {
    names(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      return new Set(
        Object.keys(files).flatMap((path) => (path.startsWith(start) ? [path.slice(start.length).split('/', 1).join('')] : [])),
      );
    },
    version: (path) => files[path],
    text: (path) => files[path],
  };
}

async function sessionOf(language: string, rule = RULE): Promise<Session> {
  return createNodeSession({ sources: [{ path: 'rule.yaml', text: ruleYaml(language, rule) }], profile: 'audit' });
}

async function scanAll(session: Session, files: Readonly<Record<string, string>>, order = Object.keys(files)): Promise<readonly Finding[]> {
  const project = projectOf(files);
  const found: Finding[] = [];
  for (const path of order.filter((one) => /\.(?:py|[cm]?[jt]sx?)$/.test(one)))
    found.push(...(await session.scan(textInput(path, files[path] ?? ''), { project })).findings);
  return found;
}

interface Case {
  readonly name: string;
  /** Lines that end in a `<` mark are those that must be found. */
  readonly files: Readonly<Record<string, string>>;
}

function marks(files: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, at) => (/(?:#|\/\/)<\s*$/.test(line) ? [`${path}:${at + 1}`] : [])),
  );
}

function check(language: string, cases: readonly Case[]): void {
  test.each(cases)('$name', async ({ files }) => {
    const session = await sessionOf(language);
    const found = await scanAll(session, files);
    expect([...new Set(found.map((finding) => `${finding.path}:${finding.range.start.line + 1}`))]).toEqual(marks(files));
  });
}

const HELPER = 'def ask(q):\n    return source(q)\n\ndef safe(q):\n    source(q)\n    return 1\n\ndef run(code):\n    sink(code)\n';

describe('Python', () => {
  check('python', [
    {
      name: 'an object in a field that is declared',
      files: {
        'a.py':
          'from typing import Optional\nfrom helper import Box\nclass A:\n    box: Optional[Box] = None\n    other: Other = None\n    def f(self):\n        self.box.run(source()) #<\n        self.other.run(source())\n',
        'helper.py': 'class Box:\n    def run(self, x):\n        sink(x)\n',
      },
    },
    {
      name: 'a file that others come before',
      files: {
        'a.py': `${Array.from({ length: 30 }, (_, at) => `from m${at} import f${at}\nf${at}(1)\n`).join('')}from helper import run\nrun(source()) #<\n`,
        ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`m${at}.py`, `def f${at}(x):\n    return x\n`])),
        'helper.py': 'def run(x):\n    sink(x)\n',
      },
    },
    { name: 'a relative import', files: { 'p/a.py': 'from .helper import ask\nsink(ask(1)) #<\n', 'p/helper.py': HELPER } },
    { name: 'what returns nothing of it', files: { 'p/a.py': 'from .helper import safe\nsink(safe(1))\n', 'p/helper.py': HELPER } },
    { name: 'a module of the same folder', files: { 'a.py': 'import helper\nsink(helper.ask(1)) #<\n', 'helper.py': HELPER } },
    { name: 'a module under another name', files: { 'a.py': 'import helper as h\nsink(h.ask(1)) #<\n', 'helper.py': HELPER } },
    { name: 'from . import', files: { 'p/a.py': 'from . import helper\nsink(helper.ask(1)) #<\n', 'p/helper.py': HELPER } },
    {
      name: 'from .. import',
      files: {
        'p/q/a.py': 'from ..helper import ask as b\nfrom .. import helper\nsink(b(1)) #<\nsink(helper.ask(1)) #<\n',
        'p/helper.py': HELPER,
      },
    },
    {
      name: 'the package by its name, and src',
      files: {
        'src/pkg/__init__.py': '',
        'src/pkg/helper.py': HELPER,
        'src/pkg/a.py': 'from pkg.helper import ask\nsink(ask(1)) #<\n',
        'tests/b.py': 'import pkg.helper\nsink(pkg.helper.ask(1)) #<\n',
      },
    },
    {
      name: 'given on by __init__',
      files: {
        'pkg/__init__.py': 'from .helper import ask\nfrom .all import *\n',
        'pkg/helper.py': HELPER,
        'pkg/all.py': 'def every():\n    return source()\n',
        'a.py': 'from pkg import ask, every\nimport pkg\nsink(ask(1)) #<\nsink(every()) #<\nsink(pkg.ask(1)) #<\n',
      },
    },
    {
      name: 'a package in its own package is another one',
      files: { 'pkg/__init__.py': '', 'pkg/helper.py': HELPER, 'pkg/a.py': 'from helper import ask\nsink(ask(1))\n' },
    },
    {
      name: 'a sink in the other file is found at the call',
      files: { 'a.py': 'from helper import run\nx = source()\nrun(x) #<\nrun(1)\n', 'helper.py': HELPER },
    },
    {
      name: 'a file that has neither',
      files: {
        'main.py': 'from helper import ask\nfrom runner import go\ntext = ask("x")\ngo(text) #<\n',
        'helper.py': HELPER,
        'runner.py': 'def go(text):\n    sink(text)\n',
      },
    },
    {
      name: 'through three files',
      files: {
        'a.py': 'from b import b\nsink(b()) #<\n',
        'b.py': 'from c import c\ndef b():\n    return c() + "."\n',
        'c.py': 'def c():\n    return source()\n',
      },
    },
    {
      name: 'objects and their fields',
      files: {
        'model.py':
          'class Model:\n    def __init__(self, name):\n        self.name = name\n    def ask(self):\n        return source()\n    def who(self):\n        return self.name\n    def keep(self, x):\n        self.kept = x\n',
        'a.py':
          'from model import Model\nm = Model(source())\nsink(m.who()) #<\nsink(m.ask()) #<\nn = Model("n")\nsink(n.who())\nn.keep(source())\nsink(n.kept) #<\nsink(n.name)\n',
      },
    },
    {
      name: 'methods of an imported class that is inherited, held and annotated',
      files: {
        'base.py': 'class Base:\n    def ask(self):\n        return source()\n',
        'shared.py': 'from base import Base\nshared = Base()\n',
        'a.py':
          'from base import Base\nfrom shared import shared\nclass A(Base):\n    def __init__(self):\n        self.held = Base()\n    def go(self):\n        sink(self.ask()) #<\n        sink(self.held.ask()) #<\n        sink(super().ask()) #<\ndef f(b: Base):\n    sink(b.ask()) #<\nsink(shared.ask()) #<\n',
      },
    },
    {
      name: 'files that import each other',
      files: {
        'a.py': 'from b import g\ndef f(n):\n    if n:\n        return g(n)\n    return source()\nsink(g(1)) #<\n',
        'b.py': 'from a import f\ndef g(n):\n    return f(n - 1)\ndef h():\n    sink(f(2)) #<\n',
      },
    },
    {
      name: 'a function that cleans what it is given',
      files: { 'clean.py': 'def clean(x):\n    return str(len("a"))\n', 'a.py': 'from clean import clean\nsink(clean(source()))\n' },
    },
    { name: 'a package that is not there', files: { 'a.py': 'from nowhere import f\nsink(f(source())) #<\nf(source())\n' } },
  ]);
});

describe('JavaScript and TypeScript', () => {
  const helper =
    'export function ask(q) { return source(q); }\nexport const safe = (q) => 1;\nexport default ask;\nexport function run(c) { sink(c); }\n';
  check('typescript', [
    {
      name: 'a function that something wraps',
      files: {
        'run.ts': 'export async function run(code: string) {\n  sink(code);\n}\n',
        'main.ts':
          "import { run } from './run';\nimport { retry } from 'retry';\nexport function main() {\n  const often = retry(run);\n  often(source()); //<\n}\n",
      },
    },
    { name: 'a relative import', files: { 'src/a.ts': "import { ask } from './helper';\nsink(ask(1)); //<\n", 'src/helper.ts': helper } },
    {
      name: 'with the extension of what is built',
      files: { 'a.ts': "import { ask as b } from './helper.js';\nsink(b(1)); //<\n", 'helper.ts': helper },
    },
    {
      name: 'what returns nothing of it',
      files: { 'a.ts': "import { safe } from './helper';\nsink(safe(source()));\n", 'helper.ts': helper },
    },
    { name: 'the default', files: { 'a.ts': "import whatever from './helper';\nsink(whatever(1)); //<\n", 'helper.ts': helper } },
    {
      name: 'a default without a name of its own',
      files: { 'a.ts': "import f from './f';\nsink(f()); //<\n", 'f.ts': 'export default async function () { return source(); }\n' },
    },
    { name: 'a namespace, and an index', files: { 'a.ts': "import * as h from './lib';\nsink(h.ask(1)); //<\n", 'lib/index.ts': helper } },
    {
      name: 'given on',
      files: {
        'a.ts': "import { b, ask, ns } from './index';\nsink(b(1)); //<\nsink(ask(1)); //<\nsink(ns.ask(1)); //<\n",
        'index.ts': "export { ask as b } from './helper';\nexport * from './helper';\nexport * as ns from './helper';\n",
        'helper.ts': helper,
      },
    },
    {
      name: 'export lists',
      files: {
        'a.ts': "import { out } from './b';\nsink(out()); //<\n",
        'b.ts': 'function inner() { return source(); }\nexport { inner as out };\n',
      },
    },
    {
      name: 'paths of tsconfig.json',
      files: {
        'tsconfig.json':
          '{\n  // where things are\n  "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "helper": ["src/lib/helper.ts"], },\n} }\n',
        'src/lib/helper.ts': helper,
        'src/app/a.ts':
          "import { ask } from '@/lib/helper';\nimport { ask as b } from 'helper';\nimport { ask as c } from 'src/lib/helper';\nsink(ask(1)); //<\nsink(b(1)); //<\nsink(c(1)); //<\n",
      },
    },
    {
      name: 'packages of the workspace',
      files: {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'packages/one/package.json': '{ "name": "@x/helper", "main": "dist/index.js" }',
        'packages/one/src/index.ts': helper,
        'packages/two/package.json': '{ "name": "two" }',
        'packages/two/a.ts': "import { ask } from '@x/helper';\nsink(ask(1)); //<\n",
      },
    },
    {
      name: 'a sink in the other file is found at the call',
      files: { 'a.ts': "import { run } from './helper';\nconst x = source();\nrun(x); //<\nrun(1);\n", 'helper.ts': helper },
    },
    {
      name: 'classes',
      files: {
        'model.ts':
          'export class Model {\n  constructor(name) { this.name = name; }\n  ask() { return source(); }\n  who() { return this.name; }\n}\n',
        'a.ts':
          "import { Model } from './model';\nconst m = new Model(source());\nsink(m.ask()); //<\nsink(m.who()); //<\nconst n = new Model(1);\nsink(n.who());\nclass A extends Model {\n  private held = new Model(2);\n  go() { sink(this.ask()); //<\n    sink(this.held.ask()); //<\n  }\n}\nfunction f(p: Model) { sink(p.ask()); } //<\n",
      },
    },
    {
      name: 'promises',
      files: {
        'a.ts': "import { get } from './b';\nexport async function f() {\n  const { text } = await get();\n  sink(text); //<\n}\n",
        'b.ts': 'export async function get() {\n  const text = await source();\n  return { text, other: 1 };\n}\n',
      },
    },
  ]);
  check('javascript', [
    {
      name: 'CommonJS',
      files: {
        'a.js':
          "const { ask, k } = require('./b');\nconst b = require('./b');\nconst run = require('./c');\nsink(ask()); //<\nsink(b.ask()); //<\nsink(k()); //<\nsink(run()); //<\n",
        'b.js': 'function ask() { return source(); }\nmodule.exports = { ask, k: () => source() };\n',
        'c.js': 'module.exports = function () { return source(); };\n',
      },
    },
    {
      name: 'exports.x',
      files: { 'a.js': "const { ask } = require('./b');\nsink(ask()); //<\n", 'b.js': 'exports.ask = function () { return source(); };\n' },
    },
  ]);
});

describe('whatever the order', () => {
  const files = {
    'a.py': 'from b import g\nfrom c import run\ndef f(n):\n    if n:\n        return g(n)\n    return source()\nrun(g(1))\n',
    'b.py': 'from a import f\nfrom d import Keeper\ndef g(n):\n    k = Keeper()\n    k.keep(f(n - 1))\n    return k.kept\n',
    'c.py': 'import d\ndef run(x):\n    d.deep(x)\n',
    'd.py': 'class Keeper:\n    def keep(self, x):\n        self.kept = x\ndef deep(x):\n    sink(x)\n',
  };

  test('the same is found', async () => {
    const paths = Object.keys(files);
    const byPath = (found: readonly Finding[]): readonly Finding[] => found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const first = byPath(await scanAll(await sessionOf('python'), files, paths));
    expect(first.map(({ path, atSink }) => [path, atSink?.path])).toEqual([['a.py', 'd.py']]);
    const session = await sessionOf('python');
    for (const order of [paths.toReversed(), ['c.py', 'a.py', 'd.py', 'b.py'], paths])
      expect(byPath(await scanAll(session, files, order))).toEqual(first);
  });

  test('a trace names the file of each place', async () => {
    const [finding] = await scanAll(await sessionOf('python'), files);
    const places = (trace: Finding['trace']): readonly unknown[] =>
      trace === undefined ? [] : [trace.source, ...trace.steps, trace.sink].map(({ path, text, range }) => [path, text, range.start.line]);
    expect(places(finding?.trace).at(0)).toEqual([undefined, 'source()', 5]);
    expect(places(finding?.trace).at(-1)).toEqual(['d.py', 'sink(x)', 4]);
    // The same way, told from its end.
    expect(places(finding?.atSink?.trace).at(0)).toEqual(['a.py', 'source()', 5]);
    expect(places(finding?.atSink?.trace).at(-1)).toEqual([undefined, 'sink(x)', 4]);
  });

  test('a part of what another one leads to is not told for itself', async () => {
    const rule = `${RULE}\n  - patterns:\n      - pattern-either: [{ pattern: db.run($Y) }, { pattern: text($Y) }]\n      - focus-metavariable: $Y`;
    const nested = { 'a.py': 'from helper import run\nrun(source())\n', 'helper.py': 'def run(x):\n    db.run(text(x))\n    text(x)\n' };
    const found = await scanAll(await sessionOf('python', rule), nested, ['a.py']);
    expect(found.map(({ atSink }) => [atSink?.range.start.line, atSink?.trace?.sink.text])).toEqual([
      [1, 'text(x)'],
      [2, 'x'],
    ]);
  });

  test('files that change are looked at again', async () => {
    const session = await sessionOf('python');
    const main = 'from helper import ask\nsink(ask())\n';
    const found = async (helper: string): Promise<number> =>
      (await scanAll(session, { 'a.py': main, 'helper.py': helper })).filter(({ path }) => path === 'a.py').length;
    expect(await found('def ask():\n    return source()\n')).toBe(1);
    expect(await found('def ask():\n    return 1\n')).toBe(0);
    expect(await found('from other import ask\n')).toBe(0);
    expect(await found('def ask():\n    return source()\n')).toBe(1);
  });
});

describe('notebooks', () => {
  test('cells are one program, which may import', async () => {
    const files = { 'lib/helper.py': HELPER, 'lib/a.ipynb': '' };
    const cells = ['from helper import ask, run', 'x = ask(1)\ny = source()', 'sink(x)', 'run(y)'].map((text, index) => ({
      ...{ index, kind: 'code' as const, language: 'python' },
      text,
    }));
    const session = await sessionOf('python');
    const path = textInput('lib/a.ipynb', '').path;
    const { findings } = await session.scan({ kind: 'notebook', path, cells }, { project: projectOf(files) });
    expect(findings.map(({ cell, trace }) => [cell?.index, trace?.source.path, trace?.sink.path])).toEqual([
      [2, 'lib/helper.py', undefined],
      [3, undefined, 'lib/helper.py'],
    ]);
  });
});

describe('what is large', () => {
  test('ends', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [
        `m${at}.py`,
        `from m${at + 1} import f${at + 1}\ndef f${at}(x):\n    return f${at + 1}(x)\n`,
      ]),
    );
    const circle = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => {
        const imports = Array.from({ length: 20 }, (__, other) => (other === at ? '' : `from c${other} import g${other}\n`)).join('');
        const calls = Array.from({ length: 20 }, (__, other) => (other === at ? '' : `    x = g${other}(x)\n`)).join('');
        return [`c${at}.py`, `${imports}def g${at}(x):\n${calls}    return x\n`];
      }),
    );
    const files = { 'a.py': 'from m0 import f0\nfrom c0 import g0\nsink(f0(source()))\nsink(g0(source()))\n', ...chain, ...circle };
    const session = await sessionOf('python');
    const report = await session.scan(textInput('a.py', files['a.py']), { project: projectOf(files) });
    expect(report.coverage.state).toBe('scanned');
    expect(report.findings.map((finding) => finding.range.start.line)).toEqual([2, 3]);
  });
});

test('a sink that is typed finds what another function left in the module before there was any', async () => {
  const session = await sessionOf('python');
  const text =
    'import b\n\nCODE = ""\n\ndef fill():\n    global CODE\n    CODE = source()\n\ndef use():\n    log(CODE)\n    b.f(1)\n\ndef sink(x):\n    pass\n';
  const scan = async (now: string, options: { readonly reuseKey?: string }): Promise<readonly Finding[]> => {
    const project = projectOf({ 'a.py': now, 'b.py': 'def f(x):\n    return x\n' });
    return (await session.scan(textInput('a.py', now), { ...options, project })).findings;
  };
  await scan(text, { reuseKey: 'typed' });
  const typed = text.replace('log(', 'sink(');
  const kept = await scan(typed, { reuseKey: 'typed' });
  expect(kept).toHaveLength(1);
  expect(kept).toEqual(await scan(typed, {}));
});

test.each([
  [4, 'proved'],
  [5, 'likely'],
])('a way through %i files is %s', async (count, tier) => {
  const session = await sessionOf('python', `metadata: {tier: proved}\n${RULE}`);
  // The first file asks; each of the others hands it on, but for the last one, where it arrives.
  const files: Record<string, string> = { 'a.py': 'import m1\nm1.f(source())\n', [`m${count - 1}.py`]: 'def f(x):\n    sink(x)\n' };
  for (let at = 1; at < count - 1; at++) files[`m${at}.py`] = `import m${at + 1}\n\ndef f(x):\n    y${at} = x\n    m${at + 1}.f(y${at})\n`;
  const found = await scanAll(session, files, ['a.py']);
  expect(found.map((finding) => finding.tier)).toEqual([tier]);
  expect(found[0]?.message.includes(`${count} files: likely, not proved`)).toBe(tier === 'likely');
});

describe('what a test hands in', () => {
  const files = {
    'src/tool.py': 'def run(code):\n    sink(code)\n',
    'tests/test_tool.py': 'from src.tool import run\n\nrun(source())\n',
    'src/main.py': 'from src.tool import run\n\nrun(source())\n',
  };
  const judged = async (extra: string, left: readonly string[]): Promise<readonly string[]> => {
    const rule = `${extra}\nmetadata:\n  tier: proved\n${RULE}`.trim();
    const session = await sessionOf('python', rule);
    const kept = Object.fromEntries(Object.entries(files).filter(([path]) => left.includes(path)));
    const found = await scanAll(session, kept, ['src/tool.py', ...left.filter((path) => path !== 'src/tool.py')]);
    return found.flatMap(({ atSink }) => atSink ?? []).map(({ severity, tier, message }) => `${severity} ${tier} ${message}`);
  };

  test('is likely, and keeps its severity', async () => {
    expect(await judged('', ['src/tool.py', 'src/main.py'])).toEqual(['WARNING proved found $X']);
    expect(await judged('', ['src/tool.py', 'tests/test_tool.py'])).toEqual([
      'WARNING likely found $X It begins in a test, or in a file that this rule leaves out: likely, not proved.',
    ]);
  });

  test('is information where the rule lowers what is doubtful', async () => {
    const [found] = await judged('options: { taint_lower_far: true }', ['src/tool.py', 'tests/test_tool.py']);
    expect(found).toMatch(/^INFO likely /);
  });
});
