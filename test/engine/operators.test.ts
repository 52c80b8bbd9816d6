/** The newer form of rules, and questions about metavariables: types, analyses, comparisons, other languages, places. */
import { describe, expect, test } from 'vitest';
import { find, linesFound, marked, type TestLanguage } from './support.js';

interface Case {
  readonly name: string;
  readonly language?: TestLanguage;
  readonly rule: string;
  readonly code: string;
}

function check(cases: readonly Case[]): void {
  test.each(cases)('$name', async ({ language, rule, code }) => {
    expect(await linesFound(language ?? 'python', rule, code)).toEqual(marked(code));
  });
}

describe('the newer form', () => {
  check([
    { name: 'text is a pattern', rule: 'match: f(...)', code: 'f(1) #<\ng(1)\n' },
    {
      name: 'all, any, not, inside',
      rule: 'match:\n  all:\n    - f(...)\n    - any:\n        - f(1, ...)\n        - f(2, ...)\n    - not: f(1, 2)\n    - inside: |\n        def $F(...):\n          ...',
      code: 'f(1)\ndef g():\n    f(1) #<\n    f(1, 2)\n    f(2, 2) #<\n    f(3)\n',
    },
    {
      name: 'not inside',
      rule: 'match:\n  all:\n    - os.environ\n    - not:\n        any:\n          - inside: os.environ.get(...)\n          - inside: os.environ[...]',
      code: 'f(os.environ) #<\nos.environ.get("a")\nos.environ["a"]\n',
    },
    { name: 'anywhere', rule: 'match:\n  all:\n    - f(...)\n    - anywhere: DEBUG = True', code: 'f(1) #<\nDEBUG = True\nf(2) #<\n' },
    { name: 'anywhere, elsewhere', rule: 'match:\n  all:\n    - f(...)\n    - anywhere: DEBUG = True', code: 'f(1)\nDEBUG = False\n' },
    { name: 'not anywhere', rule: 'match:\n  all:\n    - f(...)\n    - not:\n        anywhere: g()', code: 'f(1)\ng()\n' },
    {
      name: 'anywhere shares metavariables',
      rule: 'match:\n  all:\n    - $F(...)\n    - anywhere: |\n        def $F(...):\n          ...',
      code: 'def f():\n    pass\nf() #<\ng()\n',
    },
    { name: 'regex', rule: 'match:\n  all:\n    - f("...")\n    - regex: \\d+\\.\\d+', code: 'f("1.2") #<\nf("a")\n' },
    {
      name: 'where asks about text',
      rule: 'match:\n  pattern: f($X)\n  where:\n    - metavariable: $X\n      regex: .*bar',
      code: 'f(foobar) #<\nf(foo)\nA = "bar"\nf(A) #<\n',
    },
    {
      name: 'where asks about source text, constants left alone',
      rule: 'match:\n  pattern: f($X)\n  where:\n    - metavariable: $X\n      regex: .*bar\n      constant-propagation: false',
      code: 'f(foobar) #<\nA = "bar"\nf(A)\n',
    },
    {
      name: 'where compares, on an all',
      rule: 'match:\n  all:\n    - f($X)\n  where:\n    - comparison: $X > 10',
      code: 'f(11) #<\nf(9)\n',
    },
    {
      name: 'where with a formula, and where in it',
      rule: 'match:\n  pattern: f($X)\n  where:\n    - metavariable: $X\n      any:\n        - g(...)\n        - pattern: h($Y)\n          where:\n            - comparison: $Y == 1',
      code: 'f(g()) #<\nf(h(1)) #<\nf(h(2))\n',
    },
    {
      name: 'as binds what matched',
      rule: 'match:\n  all:\n    - pattern: |\n        def $F(...):\n          ...\n      as: $DEF\n  where:\n    - metavariable: $DEF\n      pattern: g()',
      code: 'def a(): #<\n    g()\ndef b():\n    h()\n',
    },
  ]);

  test('focus under where', async () => {
    const [finding] = await find('python', 'match:\n  pattern: f($X, $Y)\n  where:\n    - focus: $Y', 'f(a, bc)\n');
    expect(finding?.range.start.column).toBe(5);
  });

  test('a fix of its own for each alternative', async () => {
    const rule = 'match:\n  any:\n    - pattern: f($X)\n      fix: g($X)\n    - pattern: h($X)\n    - pattern: k($X)\n      fix: l($X)';
    const findings = await find('python', rule, 'f(1)\nh(2)\nk(3)\n', 'fix: m($X)');
    expect(findings.map((finding) => finding.fix?.text)).toEqual(['g(1)', 'm(2)', 'l(3)']);
  });
});

describe('types', () => {
  const typed = (type: string): string =>
    `patterns:\n  - pattern: $X.run()\n  - metavariable-type:\n      metavariable: $X\n      type: ${type}`;
  check([
    { name: 'of parameters', rule: typed('Job'), code: 'def f(a: Job, b: Other, c):\n    a.run() #<\n    b.run()\n    c.run()\n' },
    { name: 'of variables', rule: typed('Job'), code: 'a: Job = make()\na.run() #<\nb: Other = make()\nb.run()\n' },
    {
      name: 'of literals',
      rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-type:\n      metavariable: $X\n      type: str',
      code: 'f("a") #<\nf(1)\nf(x)\nA = "b"\nf(A) #<\n',
    },
    {
      name: 'any of several',
      rule: 'match:\n  pattern: f($X)\n  where:\n    - metavariable: $X\n      types: [str, int]',
      code: 'f("a") #<\nf(1) #<\nf(1.5)\n',
    },
    {
      name: 'in TypeScript',
      language: 'typescript',
      rule: typed('Job'),
      code: 'function f(a: Job, b: Other) {\n  a.run(); //<\n  b.run();\n  new Job().run(); //<\n}\n',
    },
    {
      name: 'with holes',
      language: 'typescript',
      rule: typed('List<$T>'),
      code: 'function f(a: List<string>, b: Set<string>) {\n  a.run(); //<\n  b.run();\n}\n',
    },
  ]);
});

describe('analyses', () => {
  const analysed = (analyzer: string): string =>
    `patterns:\n  - pattern: f("$X")\n  - metavariable-analysis:\n      metavariable: $X\n      analyzer: ${analyzer}`;
  check([
    {
      name: 'entropy: what looks drawn at random',
      rule: analysed('entropy'),
      code: [
        'f("hX9v2Kq7Zr4Lw8Tn3Bd6") #<',
        'f("9f86d081884c7d659a2feaa0c55ad015") #<',
        'f("please enter the name of another server")',
        'f("authentication_token_placeholder")',
        'f("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
        'f("aB3")',
        'f("")',
        '',
      ].join('\n'),
    },
    {
      name: 'redos: a repetition of a repetition, and something that can fail',
      rule: analysed('redos'),
      code: 'f("(a+)+$") #<\nf("^(a|b|[a-z]*)*x") #<\nf("([a-z])+$")\nf("(a+)+")\nf("^[a-z]+$")\nf("(a++)+b")\nf("(")\n',
    },
  ]);
});

describe('comparisons', () => {
  const compared = (comparison: string): string =>
    `patterns:\n  - pattern: f($X, $Y)\n  - metavariable-comparison:\n      comparison: ${comparison}`;
  const cases: readonly (readonly [comparison: string, args: string, holds: boolean])[] = [
    ['$X + $Y == 7', '3, 4', true],
    ['$X / $Y == 2', '5, 2', true],
    ['$X % $Y == 1', '5, 2', true],
    ['$X ** $Y == 8', '2, 3', true],
    ['$X & 2 == 2', '6, 0', true],
    ['~ $X == -1', '0, 0', true],
    ['-$X < 0', '1, 0', true],
    ['$X > 0o600', '0o644, 0', true],
    ['$X in [1, 2]', '2, 0', true],
    ['$X not in [1, 2]', '2, 0', false],
    ['str($X) in "abc"', '"b", 0', true],
    ['str($X) == str($Y)', 'a.b, a.b', true],
    ['$X == $Y', 'a, a', false],
    ['$X not in [1, 2]', 'a, 0', false],
    ['not $X == 1', '2, 0', true],
    ['$X == 1 or $Y == 2', '1, 3', true],
    ['$X == 1 or $Y == 2', '1, a', false],
    ['int($X) > 5', '"7", 0', true],
    ['len($X) == 3', '"abc", 0', true],
    ['re.match("a\\d+", $X)', '"a1", 0', true],
    ['strptime($X) < today()', '"2020-01-31", 0', true],
    ['strptime($X) < today()', '"2020-02-31", 0', false],
    ['$X == True', 'True, 0', true],
    ['$X == 1.5', '1.5, 0', true],
    ['$X < 9223372036854775807', '1, 0', true],
  ];
  test.each(cases)('%s on f(%s)', async (comparison, args, holds) => {
    expect(await linesFound('python', compared(JSON.stringify(comparison)), `f(${args})\n`)).toEqual(holds ? [1] : []);
  });

  test('strip reads text as a number', async () => {
    const rule =
      'patterns:\n  - pattern: f("$X")\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X > 5\n      strip: true';
    expect(await linesFound('python', rule, 'f("7")\nf("3")\nf("a")\n')).toEqual([1]);
  });
});

describe('questions in another language', () => {
  check([
    {
      name: 'a string read as shell code',
      rule: 'patterns:\n  - pattern: run("$CMD")\n  - metavariable-pattern:\n      metavariable: $CMD\n      language: bash\n      pattern: curl ...',
      code: 'run("curl http://a") #<\nrun("ls")\nrun(cmd)\n',
    },
    {
      name: 'the literal itself, bound whole',
      language: 'javascript',
      rule: 'patterns:\n  - pattern: run($CODE)\n  - metavariable-pattern:\n      metavariable: $CODE\n      language: python\n      patterns:\n        - pattern: eval($X)\n        - pattern-not: eval("...")',
      code: 'run("eval(x)"); //<\nrun(\'eval("1")\');\nrun(code);\n',
    },
    {
      name: 'as plain text',
      rule: 'patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n      language: regex\n      patterns:\n        - pattern-regex: a\\d\n        - pattern-not-regex: ^a1',
      code: 'f("a1")\nf("ba2") #<\nf("b")\n',
    },
    {
      name: 'questions do not see what others bind',
      rule: 'patterns:\n  - pattern: f($A)\n  - metavariable-pattern:\n      metavariable: $A\n      pattern: g($B)\n  - metavariable-pattern:\n      metavariable: $A\n      pattern: h($B)',
      code: 'f(k(g(1), h(2))) #<\nf(g(1))\n',
    },
    {
      name: 'a block of statements',
      rule: 'patterns:\n  - pattern: |\n      def $F():\n        $...BODY\n  - metavariable-pattern:\n      metavariable: $...BODY\n      pattern: |\n        a()\n        ...\n        b()',
      code: 'def f(): #<\n    a()\n    c()\n    b()\ndef g():\n    b()\n    a()\n',
    },
  ]);

  test('what the question binds has its place in the file', async () => {
    const rule =
      'patterns:\n  - pattern: run("$CMD")\n  - metavariable-pattern:\n      metavariable: $CMD\n      language: bash\n      pattern: curl $URL\n  - focus-metavariable: $URL';
    const [finding] = await find('python', rule, 'run("curl http://a")\n');
    expect(finding?.range.start.column).toBe(10);
    expect(finding?.metavariables['$URL']?.text).toBe('http://a');
  });

  test('groups of regular expressions have their own places', async () => {
    const [finding] = await find(
      'regex',
      'patterns:\n  - pattern-regex: key=(?<VALUE>\\w+);\n  - focus-metavariable: $VALUE',
      'a\nkey=abc;\n',
    );
    expect(finding?.range.start).toEqual({ line: 1, column: 4, offset: 6 });
    expect(finding?.range.end.column).toBe(7);
  });
});

describe('focus', () => {
  test('a list means any of them, several operators their common part', async () => {
    const any = await find('python', 'patterns:\n  - pattern: f($X, $Y)\n  - focus-metavariable: [$X, $Y]', 'f(a, b)\n');
    expect(any.map((finding) => finding.range.start.column)).toEqual([2, 5]);
    const both = await find(
      'python',
      'patterns:\n  - pattern: f($X, ...)\n  - pattern: $F(...)\n  - focus-metavariable: $X\n  - focus-metavariable: $F',
      'f(a, b)\n',
    );
    expect(both).toEqual([]);
  });
});

describe('associative and commutative operators', () => {
  check([
    { name: 'in any order, more of them allowed', rule: 'pattern: a & b', code: 'b & a #<\na & c & b #<\na & c\n' },
    { name: 'metavariables share what is left', rule: 'pattern: $X & $X', code: 'a & b & a #<\na & b\n' },
    { name: 'in a row, a metavariable for several', rule: 'pattern: a and $X and z', code: 'a and b and c and z #<\na and z\n' },
    { name: 'and is not commutative', rule: 'pattern: a and b', code: 'a and b #<\nb and a\n' },
    { name: 'unless a rule says so', rule: 'pattern: a and b\noptions:\n  commutative_boolop: true', code: 'b and a #<\n' },
  ]);
});

describe('options', () => {
  const option = (pattern: string, name: string, value: boolean): string => `pattern: ${pattern}\noptions:\n  ${name}: ${value}`;
  check([
    {
      name: 'implicit_ellipsis',
      language: 'javascript',
      rule: option("'({ x: $X })'", 'implicit_ellipsis', false),
      code: 'a = { x: 1 }; //<\nb = { x: 1, y: 2 };\n',
    },
    { name: 'let_is_var', language: 'javascript', rule: option('var $X = 1', 'let_is_var', false), code: 'var a = 1; //<\nlet b = 1;\n' },
    {
      name: 'arrow_is_function',
      language: 'javascript',
      rule: option("'$F = () => { ... }'", 'arrow_is_function', false),
      code: 'a = () => { b(); }; //<\nc = function () { b(); };\n',
    },
    {
      name: 'flddef_assign',
      language: 'javascript',
      rule: option("'$F = function () { ... }'", 'flddef_assign', true),
      code: 'class A {\n  m() { b(); } //<\n}\n',
    },
    { name: 'attr_expr', rule: option('f(...)', 'attr_expr', false), code: '@f(1)\ndef g():\n    f(2) #<\n' },
    {
      name: 'decorators_order_matters',
      rule: 'pattern: |\n  @a\n  @b\n  def $F(...):\n    ...\noptions:\n  decorators_order_matters: true',
      code: '@a #<\n@c\n@b\ndef f():\n    pass\n@b\n@a\ndef g():\n    pass\n',
    },
    { name: 'symmetric_eq', rule: option('$X == 1', 'symmetric_eq', true), code: 'a == 1 #<\n1 == a #<\n' },
    { name: 'go_deeper_expr', rule: option('f(<... x ...>)', 'go_deeper_expr', false), code: 'f(x) #<\nf(g(x))\n' },
    {
      name: 'xml_attrs_implicit_ellipsis',
      language: 'javascript',
      rule: option('<A />', 'xml_attrs_implicit_ellipsis', false),
      code: 'a = <A />; //<\nb = <A c="1" />;\n',
    },
    {
      name: 'xml_singleton_loose_matching',
      language: 'javascript',
      rule: option('<A />', 'xml_singleton_loose_matching', false),
      code: 'a = <A />; //<\nb = <A></A>;\n',
    },
    {
      name: 'unify_ids_strictly',
      rule: 'patterns:\n  - pattern: use($X)\n  - pattern-not-inside: |\n      ...\n      check($X)\n      ...\noptions:\n  unify_ids_strictly: false',
      code: 'check(a)\ndef f(a):\n    use(a)\ndef g(b):\n    use(b) #<\n',
    },
    {
      name: 'symbolic_propagation in order',
      rule: 'pattern: f(g($X))\noptions:\n  symbolic_propagation: true',
      code: 'a = g(1)\nf(a) #<\na = h(1)\nf(a)\n',
    },
  ]);
});
