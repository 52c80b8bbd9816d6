/** Hard inputs with all built-in rules: each ends within the limit of a file, with no rule that gave up. Time is the process's own, not the machine's. */
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS, type RepoPath, type Session } from '../../server/src/core/index.js';
import { readRuleSources } from '../../server/src/host/node/rule-sources.js';
import { createNodeSession } from '../../server/src/host/node/session.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.join(root, 'rules');
let session: Session;

beforeAll(async () => {
  const { sources } = readRuleSources([folder], folder, root);
  session = await createNodeSession({ sources: sources.filter((source) => !/[\\/]self[\\/]/.test(source.path)), profile: 'default' });
  await session.prepareAll();
  const cpuMs = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  vi.spyOn(performance, 'now').mockImplementation(cpuMs);
});

afterAll(() => {
  vi.restoreAllMocks();
  session.dispose();
});

const lines = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join('\n');
const PY = 'import os\nfrom openai import OpenAI\nclient = OpenAI()\n';
const TS = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
const PY_REPLY = 'client.chat.completions.create(model="m", messages=[]).choices[0].message.content';
const TS_REPLY = "(await client.chat.completions.create({ model: 'm', messages: [] })).choices[0].message.content";

const inputs: readonly (readonly [string, string, string])[] = [
  [
    'a long function in Python',
    'a.py',
    `${PY}def run(c):\n    v0 = ${PY_REPLY}\n${lines(1000, (i) => `    v${i + 1} = v${i} + "a"\n    if c[${i}]:\n        v${i + 1} = f(v${i}, v0)`)}\n    exec(v1000)\n`,
  ],
  [
    'a long function in TypeScript',
    'a.ts',
    `${TS}async function run(c: any) {\n  let v0: any = ${TS_REPLY};\n${lines(1000, (i) => `  let v${i + 1} = v${i} + 'a';\n  if (c[${i}]) {\n    v${i + 1} = f(v${i}, v0); }`)}\n  eval(v1000);\n}\n`,
  ],
  [
    'a long function that writes two variables over and over',
    'b.py',
    `${PY}def run(c):\n    x = ${PY_REPLY}\n    y = ""\n${lines(750, (i) => `    if c == ${i}:\n        x = x + f(y)\n    else:\n        y = g(x, ${i})`)}\n    exec(x)\n`,
  ],
  [
    'a chain of functions in Python',
    'c.py',
    `${PY}${lines(5000, (i) => `def f${i}(a):\n    return f${i + 1}(a)`)}\ndef f5000(a):\n    exec(a)\nf0(${PY_REPLY})\n`,
  ],
  [
    'a chain of functions in TypeScript',
    'c.ts',
    `${TS}${lines(5000, (i) => `function f${i}(a: any): any { return f${i + 1}(a); }`)}\nfunction f5000(a: any) { eval(a); }\nf0(${TS_REPLY});\n`,
  ],
  [
    'a ring of functions in Python',
    'd.py',
    `${PY}${lines(5000, (i) => `def f${i}(a):\n    return f${(i + 1) % 5000}(a) + "a"`)}\nexec(f0(${PY_REPLY}))\n`,
  ],
  [
    'a ring of functions in TypeScript',
    'd.ts',
    `${TS}${lines(5000, (i) => `function f${i}(a: any): any { return f${(i + 1) % 5000}(a) + 'a'; }`)}\neval(f0(${TS_REPLY}));\n`,
  ],
  ['a long dictionary', 'e.py', `${PY}x = ${PY_REPLY}\ny = {\n${lines(20_000, (i) => `    "k${i}": [${i}, x],`)}\n}\nexec(y["k3"][1])\n`],
  ['a long list', 'f.py', `${PY}x = ${PY_REPLY}\ny = [\n${lines(20_000, (i) => `    ("k${i}", x),`)}\n]\nexec(y[3])\n`],
  ['a long object', 'f.ts', `${TS}const x = ${TS_REPLY};\nconst y = {\n${lines(20_000, (i) => `  k${i}: [${i}, x],`)}\n};\neval(y.k3);\n`],
];

test.each(inputs)('%s', async (_name, name, text) => {
  const report = await session.scan({ kind: 'text', path: name as RepoPath, text }, { limits: DEFAULT_LIMITS });
  expect(report.coverage.reasons.filter((reason) => reason.kind === 'internal' || reason.code === 'timeout')).toEqual([]);
  expect(report.findings.length).toBeGreaterThan(0);
});
