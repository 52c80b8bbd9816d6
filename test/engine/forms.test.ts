/** Values that code spells indirectly, questions in other languages, and forms that are or are not each other. */
import { expect, test } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { linesFound, ruleErrors, ruleYaml, textInput } from './support.js';

const marks = (...lines: string[]): string => lines.join('\n');

test('a private field is what the only constructor sets it to', async () => {
  const code = (more: string): string =>
    `class A {\n  private int port;\n  A() { this.port = 22; }\n  ${more}\n  void go() { dial(port); dial(this.port); }\n}\n`;
  expect(await linesFound('java', 'dial(22)', code(''))).toEqual([5]);
  expect(await linesFound('java', 'dial(22)', code('A(int p) {}'))).toEqual([]);
  expect(await linesFound('java', 'dial(22)', code('void set() { port = 1; }'))).toEqual([]);
  expect(await linesFound('java', 'dial(22)', code('void set(A o) { o.port = 1; }'))).toEqual([]);
});

test('symbolic values: what `with` enters, and inside `<... ...>`', async () => {
  const options = 'options: { symbolic_propagation: true }';
  const entered = 'with connect() as c:\n    c.run()\ntry:\n    c2()\nexcept Bad as e:\n    e.run()\n';
  expect(await linesFound('python', 'connect().run()', entered, options)).toEqual([2]);
  expect(await linesFound('python', 'Bad.run()', entered, options)).toEqual([]);
  const deep = 'a = not read(x)\nif a and b:\n    stop()\n';
  expect(await linesFound('python', 'if <... read(...) ...>:\n  ...', deep, options)).toEqual([2]);
  expect(await linesFound('python', 'if <... read(...) ...>:\n  ...', deep)).toEqual([]);
});

test('a variable that is a string on every path is one', async () => {
  const code =
    'def f(c):\n    if c:\n        a = "x"\n    else:\n        a = "y"\n    run(a)\n    if c:\n        b = "x"\n    else:\n        b = c\n    run(b)\n';
  expect(await linesFound('python', 'run("...")', code)).toEqual([6]);
  expect(await linesFound('javascript', 'f("a1")', 'f("a" + 1); f("a" + x);\n')).toEqual([1]);
});

test('a pattern-not that ends in `...` may end anywhere', async () => {
  const rule = marks(
    'patterns:',
    '  - pattern: |',
    '      a = f()',
    '      ...',
    '      g()',
    '  - pattern-not: |',
    '      a = f()',
    '      ...',
    '      h()',
    '      ...',
  );
  expect(await linesFound('python', rule, 'a = f()\nh()\ng()\ni()\n')).toEqual([]);
  expect(await linesFound('python', rule, 'a = f()\ng()\ni()\n')).toEqual([1]);
});

test('a statement of a definition is not one of the definition itself', async () => {
  expect(await linesFound('c', '<... risky(...) ...>;', 'void f() {\n  int x = risky(1);\n}\n')).toEqual([2]);
});

test('questions in another language', async () => {
  const nested = (language: string, pattern: string): string =>
    marks(
      'patterns:',
      '  - pattern: run("$CODE")',
      '  - metavariable-pattern:',
      '      metavariable: $CODE',
      `      language: ${language}`,
      pattern,
    );
  const code = 'run("x++;")\nrun("++x;")\n';
  expect(await linesFound('python', nested('c', '      pattern: $X++;'), code)).toEqual([1]);
  expect(await linesFound('python', nested('c', '      patterns:\n        - pattern-not: $X++;'), code)).toEqual([2]);
  expect(
    await linesFound('python', nested('php', '      pattern: $_GET'), 'run("echo $_GET;")\nrun("<?php echo $_GET;")\nrun("echo 1;")\n'),
  ).toEqual([1, 2]);
  const here = marks(
    'patterns:',
    '  - pattern: if ($C) { $S; }',
    '  - metavariable-pattern:',
    '      metavariable: $S',
    '      patterns:',
    '        - pattern-not: die(...);',
  );
  expect(await linesFound('php', here, '<?php\nif ($a) { die("x"); }\nif ($b) { echo "x"; }\n')).toEqual([3]);
  const yaml = marks(
    'patterns:',
    '  - pattern: content = "$TEXT"',
    '  - metavariable-pattern:',
    '      metavariable: $TEXT',
    '      language: yaml',
    "      pattern: 'kind: secret'",
  );
  expect(await linesFound('terraform', yaml, 'r "a" "b" {\n  content = <<E\n  kind: secret\n  name: x\nE\n}\n')).toEqual([2]);
});

test('a rule for any text asks in a language that nothing else has loaded', async () => {
  const yaml = `rules:
  - id: any-text
    message: x
    severity: INFO
    languages: [generic]
    patterns:
      - pattern: run $CODE
      - metavariable-pattern: {metavariable: $CODE, language: ruby, pattern: puts}
  - {id: code, message: x, severity: INFO, languages: [python], pattern: f(...)}
`;
  const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: yaml }], profile: 'audit' });
  const { errors, coverage, findings } = await session.scan(textInput('a.py', 'f()\n# run puts\n# run gets\n'));
  expect({ errors, reasons: coverage.reasons }).toEqual({ errors: [], reasons: [] });
  expect(findings.map(({ ruleId }) => ruleId)).toContain('code');
});

test('before is not behind', async () => {
  for (const [language, wrap] of [
    ['javascript', (s: string) => s],
    ['java', (s: string) => `class A { void f() {\n${s}\n} }`],
    ['csharp', (s: string) => `class A { void f() {\n${s}\n} }`],
    ['c', (s: string) => `void f() {\n${s}\n}`],
  ] as const) {
    const first = language === 'javascript' ? 1 : 2;
    expect(await linesFound(language, '$X++', wrap('a++;\n++a;'))).toEqual([first]);
    expect(await linesFound(language, '++$X', wrap('a++;\n++a;'))).toEqual([first + 1]);
  }
  expect(await linesFound('php', '++$X', '<?php\n$a++;\n++$a;\n')).toEqual([3]);
});

test('JavaScript and TypeScript forms', async () => {
  expect(await linesFound('javascript', 'a?.b', 'f(a.b);\nf(a?.b);\n')).toEqual([2]);
  expect(await linesFound('javascript', 'a.b', 'f(a.b);\nf(a?.b);\n')).toEqual([1, 2]);
  expect(await linesFound('javascript', 'sql(...)', 'sql(`a`);\nsql`a`;\n')).toEqual([1]);
  expect(await linesFound('javascript', 'sql`...`', 'sql(`a`);\nsql`a`;\n')).toEqual([2]);
  expect(await linesFound('javascript', '`$...T`', 'f(`a${b}c`);\nf("a");\n')).toEqual([1]);
  expect(await linesFound('javascript', '`...${...}...`', 'f(`a${b}c`);\nf(`a`);\n')).toEqual([1]);
  expect(await linesFound('typescript', "import { ..., b, ... } from 'm'", "import { a, b } from 'm';\nimport { a } from 'm';\n")).toEqual([
    1,
  ]);
  expect(await linesFound('typescript', 'class A implements C {\n}', 'class A implements B, C {\n}\n')).toEqual([1]);
  expect(await linesFound('javascript', 'function ...($X) { ... }', 'function f(a) {}\ng(function (b) {});\ng(c => 1);\n')).toContain(2);
  const injected =
    '@Injectable()\nclass A {\n  constructor(http: Http) {}\n  f() { return this.http.get(u); }\n}\nclass B {\n  constructor(http: Http) {}\n  f() { return this.http.get(u); }\n}\n';
  expect(await linesFound('typescript', '($X: Http).get(...)', injected)).toEqual([4]);
});

test('Rust: typed metavariables and macros', async () => {
  const code = 'fn f(a: Builder, b: Other) {\n  a.body(x);\n  b.body(x);\n  println!("a", x);\n  print("a");\n}\n';
  expect(await linesFound('rust', '($B : Builder).body(...)', code)).toEqual([2]);
  expect(await linesFound('rust', 'println!(...)', code)).toEqual([4]);
  expect(await linesFound('rust', '$M!(...)', code)).toEqual([4]);
  const named = marks('patterns:', '  - pattern: $F(...)', '  - metavariable-regex: { metavariable: $F, regex: "^print" }');
  expect(await linesFound('rust', named, code)).toEqual([4, 5]);
});

test('types in C: arrays have dimensions, a literal is no string', async () => {
  const typed = (type: string): string =>
    marks('patterns:', '  - pattern: f($X)', '  - metavariable-type:', '      metavariable: $X', `      type: ${type}`);
  const code = 'void g() {\n  char a[10];\n  char b[20];\n  f(a);\n  f(b);\n  f("x");\n}\n';
  expect(await linesFound('c', typed('"char[10]"'), code)).toEqual([4]);
  expect(await linesFound('c', typed('char *'), code)).toEqual([6]);
  expect(await linesFound('cpp', typed('string'), code)).toEqual([]);
});

test('JSON with a comma too many', async () => {
  expect(await linesFound('json', '"a": 1', '{\n  "a": 1,\n  "s": ",}",\n}\n')).toEqual([2]);
});

test('what cannot be read is still refused', async () => {
  expect((await ruleErrors(ruleYaml('rust', '($B : ).body()'))).length).toBeGreaterThan(0);
  expect((await ruleErrors(ruleYaml('xml', '<a><b></a>'))).length).toBeGreaterThan(0);
  expect((await ruleErrors(ruleYaml('julia', 'function f('))).length).toBeGreaterThan(0);
});

test('a keyword that a pattern says is asked for', async () => {
  const code = 'export function a() {}\nfunction b() {}\nexport default function c() {}\nexport const d = 1;\nconst e = 1;\n';
  expect(await linesFound('javascript', 'export function $F() { ... }', code)).toEqual([1, 3]);
  expect(await linesFound('javascript', 'export default function $F() { ... }', code)).toEqual([3]);
  expect(await linesFound('javascript', 'function $F() { ... }', code)).toEqual([1, 2, 3]);
  expect(await linesFound('javascript', 'export const $X = 1', code)).toEqual([4]);
  expect(await linesFound('java', 'import static $X;', 'import static a.B;\nimport a.C;\n')).toEqual([1]);
  expect((await ruleErrors(ruleYaml('bash', 'serve &'))).length).toBeGreaterThan(0);
});

test("Semgrep's mark stands for any statement, and never takes a finding away", async () => {
  const code = 'class A {\n  void go() {\n    stuff(1);\n    other();\n    r_2_c_was_here();\n  }\n}\n';
  expect(await linesFound('java', 'stuff($X);', code)).toEqual([3, 5]);
  expect(await linesFound('java', 'stuff($X)', code)).toEqual([3]);
  const rule = marks(
    'patterns:',
    '  - pattern: other()',
    '  - pattern-not-inside: |',
    '      void go() {',
    '        ...',
    '        check();',
    '      }',
  );
  expect(await linesFound('java', rule, code)).toEqual([4]);
  expect(await linesFound('java', rule, code.replace('r_2_c_was_here', 'check'))).toEqual([]);
});
