/** What an edit is confined to: the part of a text beyond which every name means what it meant; and that findings are those of the text alone. */
import { expect, test } from 'vitest';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { createNames } from '../../server/src/core/language/names.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import { textOf, type SyntaxTree } from '../../server/src/core/language/tree.js';
import { noRanges } from '../../server/src/core/formula/keptRanges.js';
import { editsSince, sinceKept } from '../../server/src/core/formula/since.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';
import { DEFAULT_LIMITS } from '../../server/src/core/index.js';
import { sessionFor, textInput } from './support.js';

const GRAMMARS = ['python', 'typescript', 'java', 'php'] as const;
const parser = await createParser(readWasm);
await parser.ensure(GRAMMARS);

function treeOf(text: string, grammar: (typeof GRAMMARS)[number]): SyntaxTree {
  const raw = parser.parse(text, grammar);
  if (raw === undefined) throw new Error('not parsed');
  return lowerTree(raw, text, loweringOf(grammar));
}

/** The text of the run as it is now; undefined where the edit may have changed anything. */
function confinedTo(before: string, after: string, grammar: (typeof GRAMMARS)[number] = 'python'): string | undefined {
  const [a, b] = [treeOf(before, grammar), treeOf(after, grammar)];
  const kept = {
    tree: a,
    names: createNames(a),
    matches: [],
    ranges: noRanges(),
    regexes: new Map(),
    flows: new Map(),
    functions: new Map(),
    inert: new Map(),
  };
  const since = sinceKept(editsSince([kept], b), b, createNames(b));
  if (since === undefined) return undefined;
  const { from, toAfter } = since.edit;
  return from < toAfter ? textOf(b, from) : '';
}

const PYTHON = `import os
import json
LIMIT = "LIMIT"

class Kind:
    STATUS = "s"
    SIZE = 1

def f(a):
    x = a
    g(x, LIMIT, "STATUS")

def h(b):
    os.run(b.STATUS)
    f(b)
`;

test.each([
  ['a call, and nothing is set', 'os.run(b.STATUS)', 'os.run(b.STATUS, 1)', 'os.run(b.STATUS, 1)'],
  ['a variable is set: its function', 'x = a', 'x = a + 1', 'def f(a):\n    x = a + 1\n    g(x, LIMIT, "STATUS")'],
  ['a parameter: its function', 'def f(a)', 'def f(a, c)', 'def f(a, c):\n    x = a\n    g(x, LIMIT, "STATUS")'],
  ['a comment: nothing', 'def f', '# once\ndef f', ''],
  ['an import that something uses: anything', 'import os', 'import os as o', undefined],
  ['an import that nothing uses', 'import json', 'import json as j', 'import json as j'],
  ['an import in a function of what it uses: anything', '    f(b)', '    import os as f\n    f(b)', undefined],
  ['the name of a function that is called: anything', 'def f', 'def k', undefined],
  ['the name of a function that becomes that of one that is called: anything', 'def h', 'def g', undefined],
  ['the name of a function that nobody calls', 'def h', 'def k', 'def k(b):\n    os.run(b.STATUS)\n    f(b)'],
  ['a name that is lent from the module: anything', '    f(b)', '    global x\n    x = 1', undefined],
  ['a variable of the module that a function reads: anything', '"LIMIT"', '"OTHER"', undefined],
  ['a variable of a class, which has another member and a string outside that are spelled so', '"s"', '"t"', 'STATUS = "t"'],
  ['a variable of a class that becomes one that a function reads: anything', 'SIZE', 'LIMIT', undefined],
  ['a member that is set: anything', '    f(b)', '    b.size = 1\n    f(b)', undefined],
])('%s', (_, from, to, run) => {
  expect(confinedTo(PYTHON, PYTHON.replace(from, to))).toBe(run);
});

test('a class whose members are statements: what the header says, and a text in it', () => {
  const typed = PYTHON.replace('class Kind:', 'class Kind(Base):');
  expect(confinedTo(PYTHON, typed)).toMatch(/^class Kind\(Base\)/);
  expect(confinedTo(typed, typed.replace('    STATUS =', '    """Of it."""\n    STATUS ='))).toMatch(/^(?:class .*\s+)?"{3}Of it/);
});

test('names of the module beside one that changes mean what they meant only if their values do', () => {
  const text = 'if on:\n    A = "x"\n    B = A + "y"\ndef f():\n    run(B)\n';
  expect(confinedTo(text, text.replace('"x"', '"z"'))).toBeUndefined();
  expect(confinedTo(text.replace('B = A', 'B = C'), text.replace('B = A', 'B = C').replace('"x"', '"z"'))).toBe('A = "z"');
});

test('an inner function that sets nothing outside is enough', () => {
  const text = 'function f() {\n  let n = 0;\n  return items.map((item) => {\n    const m = item;\n    return m;\n  });\n}\n';
  expect(confinedTo(text, text.replace('m = item', 'm = item + 1'), 'typescript')).toMatch(/^\(item\) => \{/);
  expect(confinedTo(text, text.replace('m = item;', 'm = item; n = m;'), 'typescript')).toMatch(/^function f/);
});

test('where classes declare members, one is used by its name alone, and as that of the object', () => {
  const text =
    'class A {\n  private String name = "a";\n  private int size = 1;\n  void f() { run(name); }\n  void g() { run(this.size); }\n}\n';
  expect(confinedTo(text, text.replace('"a"', '"b"'), 'java')).toBeUndefined();
  expect(confinedTo(text, text.replace('1;', '2;'), 'java')).toBeUndefined();
  const alone = text.replace('this.size', 'this.other');
  expect(confinedTo(alone, alone.replace('1;', '2;'), 'java')).toBe('private int size = 2;');
});

test('where case does not count in names, it does not here', () => {
  const text = '<?php\nuse function a\\RUN;\nuse function a\\go;\nfunction f($x) { run($x); }\n';
  expect(confinedTo(text, text.replace('a\\RUN', 'b\\RUN'), 'php')).toBeUndefined();
  expect(confinedTo(text, text.replace('a\\go', 'b\\go'), 'php')).toBe('use function b\\go;');
});

// ---- and what is found

const RULES = `rules:
  - {id: constant, message: "$X", severity: INFO, languages: [python, java], pattern: 'run("=~/^rm/")'}
  - {id: alias, message: x, severity: INFO, languages: [python], pattern: os.system(...)}
  - {id: in-class, message: $C, severity: INFO, languages: [python], patterns: [{pattern: "class $C(...): ..."}, {pattern-not: "class $C(...):\\n  ...\\n  $M = 1\\n  ..."}]}
  - {id: beside, message: $F, severity: INFO, languages: [python], patterns: [{pattern: $F(...)}, {pattern-not-inside: "...\\ndef $F(...):\\n  ...\\n..."}, {pattern-not-inside: "def $F(...):\\n  ...\\n..."}]}
  - {id: symbolic, message: x, severity: INFO, languages: [python], options: {symbolic_propagation: true}, pattern: run(make($X))}
  - {id: flow, message: x, severity: ERROR, languages: [python], mode: taint, pattern-sources: [{pattern: ask(...)}], pattern-sinks: [{pattern: run(...)}], pattern-sanitizers: [{patterns: [{pattern: $F(...)}, {pattern-not-inside: "def $F(...):\\n  ...\\n..."}, {metavariable-regex: {metavariable: $F, regex: 'wash'}}]}]}
`;

const limits = { ...DEFAULT_LIMITS, timeoutMs: 600_000 };

/** Each step takes the place of something in the text. */
test.each([
  [
    'a constant of the module',
    'import os\nMODE = "ls"\n\ndef f():\n    run(MODE)\n',
    [
      ['"ls"', '"rm"'],
      ['"rm"', '"rmdir"'],
      ['MODE = "rmdir"', 'MOD = "rm"'],
      ['MOD =', 'MODE ='],
    ],
  ],
  [
    'a constant that another one is made of',
    'A = "ls"\nB = A\nC = 1\n\ndef f():\n    run(B)\n',
    [
      ['"ls"', '"rm"'],
      ['C = 1', 'A = "ls"'],
      ['A = "ls"', 'C = 2'],
    ],
  ],
  [
    'an import as it is written',
    'x = 1\n\ndef f(a):\n    s(a)\n    system(a)\n',
    [
      ['x = 1', 'from os import sys'],
      ['sys', 'system'],
      ['system', 'system as s'],
      ['as s', 'as ss'],
    ],
  ],
  [
    'a class as it is written',
    'import os\nclass A(B):\n    x = 2\n\ndef f():\n    A(os)\n',
    [
      ['x = 2', 'x = 1'],
      ['x = 1', '"""x = 1"""'],
      ['(B)', '(B, C)'],
      ['class A', 'class D'],
      ['class D', 'class A'],
    ],
  ],
  [
    'the name of a function',
    'def f(a):\n    g(a)\n\ndef k(a):\n    f(a)\n\ndef wash(a):\n    return a\n\ndef t():\n    run(wash(ask()))\n',
    [
      ['def k', 'def g'],
      ['def g', 'def gg'],
      ['def wash', 'def was'],
      ['def was', 'def wash'],
    ],
  ],
  [
    'a value that stands for a variable',
    'V = make(1)\nW = make(2)\n\ndef f():\n    run(V)\n',
    [
      ['make(2)', 'made(2)'],
      ['make(1)', 'made(1)'],
      ['V = made', 'V = make'],
    ],
  ],
  [
    'a member and a variable of one name',
    'class K:\n    M = "ls"\n\ndef f(k):\n    run(k.M)\n    run(M)\n',
    [
      ['"ls"', '"rm"'],
      ['run(M)', 'run(N)'],
      ['"rm"', '"ls"'],
    ],
  ],
  [
    'comments at the top, in a flow, in a call and at the end',
    'import os\n\ndef f():\n    x = ask()\n    run(\n        x,\n    )\n\nrun(ask())\n',
    [
      ['import os', 'import os\n# once'],
      ['x = ask()', 'x = ask()\n    # twice'],
      ['        x,', '        # it\n        x,'],
      ['# once', '# once\n\n# more'],
      ['run(ask())\n', 'run(ask())  # last\n'],
      ['# twice', ''],
    ],
  ],
] as const)('%s', async (_, text, steps) => {
  const session = await sessionFor(RULES);
  const found = new Set<string>();
  let now: string = text;
  for (const [from, to] of [['', ''] as const, ...steps]) {
    expect(now).toContain(from);
    now = now.replace(from, to);
    const input = textInput('code.py', now);
    const [kept, alone] = [await session.scan(input, { reuseKey: 'typed', limits }), await session.scan(input, { limits })];
    expect(JSON.stringify(kept.findings), now).toBe(JSON.stringify(alone.findings));
    found.add(alone.findings.map(({ ruleId, range }) => `${ruleId} ${range.start.line}`).join());
  }
  expect(found.size).toBeGreaterThan(1);
});
