/** How operators combine: conjunction, negation, questions about metavariables, focus, fixes. */
import { describe, expect, test } from 'vitest';
import { find, linesFound, marked, type TestLanguage } from './support.js';

const cases: readonly { readonly name: string; readonly language?: TestLanguage; readonly rule: string; readonly code: string }[] = [
  {
    name: 'pattern-not removes equal ranges only',
    rule: 'patterns:\n  - pattern: f(...)\n  - pattern-not: f("...")',
    code: 'f(a) #<\nf("a")\ng(f("b"))\nf(f("c")) #<\n',
  },
  {
    name: 'pattern-inside and pattern-not-inside',
    rule: 'patterns:\n  - pattern: f()\n  - pattern-inside: |\n      def $F(...):\n        ...\n  - pattern-not-inside: |\n      with g():\n        ...',
    code: 'f()\ndef h():\n    f() #<\n    with g():\n        f()\n',
  },
  {
    name: 'pattern-either',
    rule: 'pattern-either:\n  - pattern: f()\n  - patterns:\n      - pattern: g($X)\n      - pattern-not: g(1)',
    code: 'f() #<\ng(1)\ng(2) #<\n',
  },
  {
    name: 'metavariables agree across operators',
    rule: 'patterns:\n  - pattern: $X.send()\n  - pattern-inside: |\n      $X = socket()\n      ...',
    code: 'a = socket()\na.send() #<\nb.send()\n',
  },
  {
    name: 'variables of different functions are different',
    rule: 'patterns:\n  - pattern: use($X)\n  - pattern-not-inside: |\n      ...\n      check($X)\n      ...',
    code: 'def f(a):\n    use(a) #<\ndef g(a):\n    check(a)\n    use(a)\n',
  },
  {
    name: 'metavariable-regex is anchored on the left',
    rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: ab',
    code: 'f(abc) #<\nf(cab)\nf("ab")\n',
  },
  {
    name: 'metavariable-regex over constants',
    rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: ^http\n      constant-propagation: true',
    code: 'U = "http://a"\nf(U) #<\nV = "ftp://a"\nf(V)\n',
  },
  {
    name: 'metavariable-pattern',
    rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern: g(...)\n        - pattern-not: g(1)',
    code: 'f(g(2)) #<\nf(g(1))\nf(h)\n',
  },
  {
    name: 'metavariable-pattern with negations only',
    rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern-not: "1"',
    code: 'f(1)\nf(2) #<\n',
  },
  {
    name: 'metavariable-pattern reads strings as code',
    language: 'javascript',
    rule: 'patterns:\n  - pattern: run("$CODE")\n  - metavariable-pattern:\n      metavariable: $CODE\n      language: javascript\n      pattern: eval(...)',
    code: 'run("eval(x)"); //<\nrun("f(x)");\n',
  },
  {
    name: 'metavariable-comparison',
    rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X > 10 and $X != 12',
    code: 'f(11) #<\nf(12)\nf(9)\nN = 100\nf(N) #<\nf(x)\n',
  },
  {
    name: 'comparison with functions',
    rule: 'patterns:\n  - pattern: f("$X")\n  - metavariable-comparison:\n      comparison: len($X) > 3 or re.match("a.*", str($X))',
    code: 'f("abcd") #<\nf("ab") #<\nf("bc")\n',
  },
  {
    name: 'comparison with texts put together',
    rule: `patterns:\n  - pattern: route("$PATH", $NAME)\n  - metavariable-comparison:\n      comparison: '"{" + str($NAME) + "}" in str($PATH)'`,
    code: 'route("/a/{key}", key) #<\nroute("/a/{keys}", key)\nroute("/a/key", key)\nroute("/a/{key}", 1)\n',
  },
  {
    name: 'comparison in another base',
    rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X == 8\n      base: 8',
    code: 'f(0o10) #<\nf(8)\n',
  },
  {
    name: 'pattern-regex and pattern-not-regex',
    language: 'regex',
    rule: 'patterns:\n  - pattern-regex: key=\\w+\n  - pattern-not-regex: key=x+',
    code: 'key=abc #<\nkey=xxx\n',
  },
  {
    name: 'options: no constant propagation',
    rule: 'pattern: f("...")\noptions:\n  constant_propagation: false',
    code: 'A = "x"\nf(A)\nf("x") #<\n',
  },
  {
    name: 'options: symbolic propagation',
    rule: 'pattern: f(g($X))\noptions:\n  symbolic_propagation: true',
    code: 'a = g(1)\nf(a) #<\nb = h(1)\nf(b)\n',
  },
];

describe('formulas', () => {
  test.each(cases)('$name', async ({ language, rule, code }) => {
    expect(await linesFound(language ?? 'python', rule, code)).toEqual(marked(code));
  });

  test('focus-metavariable narrows the range', async () => {
    const [finding] = await find('python', 'patterns:\n  - pattern: f($X, ...)\n  - focus-metavariable: $X', 'f(abc, 1)\n');
    expect(finding?.range).toEqual({ start: { line: 0, column: 2, offset: 2 }, end: { line: 0, column: 5, offset: 5 } });
  });

  test('messages and fixes fill metavariables in, the longest name first', async () => {
    const [finding] = await find('python', 'patterns:\n  - pattern: f($X, $XY)', 'f(a, b)\n', 'fix: g($XY, $X)');
    expect(finding?.message).toBe('found a');
    expect(finding?.fix?.text).toBe('g(b, a)');
  });

  test('further lines of a fix begin where the match begins', async () => {
    const [finding] = await find('python', 'f($X)', 'def g():\n    f(a)\n', 'fix: |\n  if $X:\n      h($X)');
    expect(finding?.fix?.text).toBe('if a:\n        h(a)');
  });

  test('fix-regex replaces inside the match', async () => {
    const [finding] = await find('python', 'f(...)', 'f(http, http)\n', 'fix-regex:\n  regex: (ht)tp\n  replacement: \\1tps\n  count: 1');
    expect(finding?.fix?.text).toBe('f(https, http)');
  });

  test('findings come sorted, each range once, with a fingerprint that survives moving', async () => {
    const code = 'exec(a)\nexec(b)\n';
    const first = await find('python', 'pattern-either:\n  - pattern: exec(...)\n  - pattern: exec($X)', code);
    const moved = await find('python', 'pattern-either:\n  - pattern: exec(...)\n  - pattern: exec($X)', `\n\n${code}`);
    expect(first.map((finding) => finding.range.start.line)).toEqual([0, 1]);
    expect(moved.map((finding) => finding.fingerprint)).toEqual(first.map((finding) => finding.fingerprint));
    expect(new Set(first.map((finding) => finding.fingerprint)).size).toBe(2);
  });
});
