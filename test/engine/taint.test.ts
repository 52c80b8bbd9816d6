/** Taint mode: what counts as a flow from a source to a sink, one behaviour a case. What a finding says of its flow is in `flowFindings.test.ts`. */
import { describe, expect, test } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { find, linesFound, marked, ruleYaml, sessionFor, textInput, type TestLanguage } from './support.js';

interface Case {
  readonly name: string;
  readonly language?: TestLanguage;
  readonly rule?: string;
  readonly extra?: string;
  readonly code: string;
}

const sources = 'pattern-sources:\n  - pattern: source(...)';
const sinks = 'pattern-sinks:\n  - pattern: sink(...)';
const plain = `mode: taint\n${sources}\n${sinks}`;

function check(cases: readonly Case[]): void {
  test.each(cases)('$name', async ({ language, rule, code, extra }) => {
    expect(await linesFound(language ?? 'python', rule ?? plain, code, extra)).toEqual(marked(code));
  });
}

describe('variables', () => {
  check([
    { name: 'straight', code: 'x = source()\nsink(x) #<\nsink(y)\n' },
    { name: 'in one expression', code: 'sink("a" + source()) #<\n' },
    { name: 'overwritten', code: 'x = source()\nx = 1\nsink(x)\n' },
    { name: 'on one of two branches', code: 'if c:\n    x = source()\nelse:\n    x = 1\nsink(x) #<\n' },
    { name: 'clean on both branches', code: 'x = source()\nif c:\n    x = 1\nelse:\n    x = 2\nsink(x)\n' },
    { name: 'after a jump nothing runs', code: 'def f():\n    x = source()\n    return 1\n    sink(x)\n' },
    { name: 'around a loop', code: 'def f():\n    x = 1\n    while c:\n        sink(x) #<\n        x = source()\n' },
    {
      name: 'break brings what it has',
      code: 'def f():\n    x = 1\n    while True:\n        if c:\n            x = source()\n            break\n    sink(x) #<\n',
    },
    { name: 'elements of what is gone through', code: 'for x in source():\n    sink(x) #<\n' },
    { name: 'a comprehension', code: 'y = [f(x) for x in source()]\nsink(y) #<\n' },
    { name: 'destructuring takes parts', code: 'a, b = source(), 1\nsink(a) #<\nsink(b)\n' },
    { name: 'f-strings', code: 'x = source()\nsink(f"a {x}") #<\n' },
    { name: 'augmented assignment', code: 'x = "a"\nx += source()\nsink(x) #<\n' },
    { name: 'with', code: 'with source() as x:\n    sink(x) #<\n' },
    {
      name: 'a handler sees what ran before',
      code: 'def f():\n    x = 1\n    try:\n        x = source()\n        g()\n    except E:\n        sink(x) #<\n',
    },
    {
      name: 'a handler of what cannot throw',
      code: 'def f():\n    x = 1\n    try:\n        pass\n    except E:\n        x = source()\n    sink(x)\n',
    },
    { name: 'one function does not see the other', code: 'def f():\n    x = source()\ndef g():\n    x = 1\n    sink(x)\n' },
    {
      name: 'what a handler of cases binds',
      language: 'rust',
      code: 'fn f() {\n  match source() {\n    Some(v) => sink(v), //<\n    None => {}\n  }\n}\n',
    },
    {
      name: 'a case that falls through',
      language: 'javascript',
      code: 'switch (c) {\n  case 1: x = source();\n  case 2: sink(x); //<\n}\n',
    },
    {
      name: 'a case that does not',
      language: 'javascript',
      code: 'let x = 1;\nswitch (c) {\n  case 1: x = source(); break;\n  case 2: sink(x);\n}\n',
    },
    { name: 'object patterns', language: 'javascript', code: 'const { a, b: c } = source();\nsink(a); //<\nsink(c); //<\nsink(b);\n' },
    {
      name: 'words and variables of a shell',
      language: 'bash',
      rule: 'mode: taint\npattern-sources:\n  - pattern: $(curl ...)\npattern-sinks:\n  - pattern: eval ...',
      code: 'x=$(curl a)\neval "$x" #<\neval x\nfor y in $x; do\n  eval $y #<\ndone\n',
    },
    { name: 'templates', language: 'javascript', code: 'const x = source();\nsink(`a ${x}`); //<\n' },
    { name: 'await', language: 'javascript', code: 'async function f() {\n  const x = await source();\n  sink(x); //<\n}\n' },
    { name: 'a jump to a label', language: 'c', code: 'void f() {\n  int x = source();\n  goto end;\n  x = 1;\nend:\n  sink(x); //<\n}\n' },
  ]);
});

describe('parts', () => {
  check([
    { name: 'a part of something tainted', code: 'x = source()\nsink(x.a.b) #<\n' },
    { name: 'another part', code: 'x.a = source()\nsink(x.b)\nsink(x.a) #<\n' },
    { name: 'a whole with a tainted part', code: 'x.a = source()\nsink(x) #<\n' },
    { name: 'a part that is clean', code: 'x = source()\nx.a = 1\nsink(x.a)\nsink(x.b) #<\n' },
    { name: 'constant indexes', code: 'x = [source(), 1]\nsink(x[0]) #<\nsink(x[1])\nsink(x[i]) #<\n' },
    { name: 'members of a literal', code: 'x = {"a": source(), "b": 1}\nsink(x["a"]) #<\nsink(x["b"])\nsink(x) #<\n' },
    {
      name: 'members of a copy',
      language: 'javascript',
      code: 'const x = { a: source(), b: 1 };\nconst y = { ...x, c: 2 };\nsink(y.a); //<\nsink(y.b);\nsink(y["a"]); //<\n',
    },
    { name: 'constant keys', code: 'x["a"] = source()\nsink(x["a"]) #<\nsink(x["b"])\n' },
    { name: 'a tainted index', code: 'sink(x[source()]) #<\n' },
    {
      name: 'fields of the object, in one method',
      language: 'java',
      code: 'class A {\n  String x;\n  void f() {\n    this.x = source();\n    sink(x); //<\n    sink(this.y);\n  }\n}\n',
    },
    {
      name: 'a field that a class gives once',
      language: 'java',
      code: 'class A {\n  private String x = source();\n  void f() {\n    sink(x); //<\n  }\n}\n',
    },
    {
      name: 'generated accessors',
      language: 'java',
      code: 'class A {\n  void f(B b) {\n    b.setX(source());\n    sink(b.getX()); //<\n    sink(b.getY());\n  }\n}\n',
    },
  ]);
});

describe('calls', () => {
  check([
    { name: 'an unknown call hands on its arguments', code: 'sink(f(1, source())) #<\n' },
    { name: 'a method hands on its object', code: 'x = source()\nsink(x.strip()) #<\n' },
    {
      name: 'not with taint_assume_safe_functions',
      extra: 'options:\n  taint_assume_safe_functions: true',
      code: 'sink(source()) #<\nx = f(source())\nsink(x)\n',
    },
    { name: 'not through indexes', extra: 'options:\n  taint_assume_safe_indexes: true', code: 'sink(x[source()])\n' },
    { name: 'not through comparisons', extra: 'options:\n  taint_assume_safe_comparisons: true', code: 'x = source() == 1\nsink(x)\n' },
    {
      name: 'not in booleans',
      extra: 'options:\n  taint_assume_safe_booleans: true',
      language: 'java',
      code: 'class A {\n  void f() {\n    boolean x = source();\n    sink(x);\n    sink("a" + (source() != null));\n  }\n}\n',
    },
    {
      name: 'not in what counts, by its name',
      extra: 'options:\n  taint_assume_safe_numbers: true',
      code: 'x = source()\nsink(count_tokens(x))\nsink(model.get_num_tokens(x))\nsink(token_count(x))\nsink(country_of(x)) #<\nsink(num_to_text(x)) #<\n',
    },
    { name: 'not in numbers', extra: 'options:\n  taint_assume_safe_numbers: true', code: 'x = source()\nsink(x - 1)\nsink(x) #<\n' },
    {
      name: 'only through assignments',
      extra: 'options:\n  taint_only_propagate_through_assignments: true',
      code: 'x = source()\ny = x\nsink(y) #<\nz = f(x)\nsink(z)\nsink(x + "a")\n',
    },
  ]);
});

describe('functions of the file', () => {
  check([
    { name: 'what a function returns', code: 'def f():\n    return source()\nsink(f()) #<\n' },
    { name: 'what it makes of its argument', code: 'def f(a, b):\n    return a\nsink(f(source(), 1)) #<\nsink(f(1, source()))\n' },
    { name: 'a value of its own', code: 'def f(a):\n    return 1\nsink(f(source()))\n' },
    { name: 'a sink in it', code: 'def f(a):\n    sink(a) #<\nf(source())\n' },
    { name: 'a sink of a part', code: 'def f(o):\n    sink(o.a) #<\n    sink(o.b)\nx.a = source()\nf(x)\n' },
    { name: 'by two calls', code: 'def f(a):\n    g(a)\ndef g(b):\n    sink(b) #<\nf(source())\n' },
    { name: 'keyword arguments', code: 'def f(a, b=1):\n    sink(b) #<\n    sink(a)\nf(1, b=source())\n' },
    { name: 'what it writes to', code: 'def f(o):\n    o.a = source()\nx = g()\nf(x)\nsink(x.a) #<\nsink(x.b)\n' },
    {
      name: 'functions that call each other',
      code: 'def f(a):\n    if c:\n        return g(a)\n    sink(a) #<\ndef g(b):\n    return f(b)\nf(source())\n',
    },
    {
      name: 'a circle of functions, and what calls either of them',
      code: 'def even(n):\n    if n:\n        return odd(n)\n    return source()\ndef odd(n):\n    return even(n)\ndef f():\n    sink(odd(1)) #<\n    sink(even(1)) #<\n',
    },
    {
      name: 'what a function leaves in the module, for one that nobody calls',
      code: 'last = None\ndef f():\n    global last\n    last = source()\ndef g():\n    f()\ng()\ndef h():\n    sink(last) #<\n',
    },
    {
      name: 'methods',
      code: 'class A:\n    def f(self, a):\n        self.g(a)\n    def g(self, b):\n        sink(b) #<\nA().f(source())\n',
    },
    {
      name: 'an object remembers',
      code: 'class A:\n    def __init__(self, a):\n        self.a = a\n        self.b = 1\n    def f(self):\n        sink(self.a) #<\n        sink(self.b)\nx = A(source())\nx.f()\n',
    },
    { name: 'inherited methods', code: 'class A:\n    def f(self, a):\n        sink(a) #<\nclass B(A):\n    pass\nB().f(source())\n' },
    {
      name: 'what one method leaves in an object, another finds',
      language: 'javascript',
      code: 'class A {\n  set() {\n    this.a = source();\n    this.b = 1;\n  }\n  get() {\n    sink(this.a); //<\n    sink(this.b);\n  }\n}\n',
    },
    {
      name: 'what a function leaves in the module',
      code: 'last = None\ndef f():\n    global last\n    last = source()\ndef g():\n    sink(last) #<\n',
    },
    { name: 'members as keyword arguments', code: 'def f(a, b):\n    sink(a) #<\n    sink(b)\nd = {"a": source(), "b": 1}\nf(**d)\n' },
    {
      name: 'what a callback returns',
      language: 'javascript',
      code: 'function retry(f) {\n  return f();\n}\nsink(retry(() => source())); //<\n',
    },
    {
      name: 'closures',
      language: 'javascript',
      code: 'function f() {\n  const x = source();\n  function g() {\n    sink(x); //<\n  }\n  g();\n}\n',
    },
    { name: 'functions as values', language: 'javascript', code: 'const f = (a) => a;\nsink(f(source())); //<\n' },
    {
      name: 'callbacks of higher-order methods',
      language: 'javascript',
      code: 'source().map((x) => sink(x)); //<\nother().map((x) => sink(x));\n',
    },
    { name: 'a promise', language: 'javascript', code: 'source().then((x) => {\n  sink(x); //<\n});\n' },
    { name: 'called where it is written', language: 'javascript', code: '((x) => sink(x))(source()); //<\n' },
    {
      name: 'a function that is given to a function of the file',
      language: 'javascript',
      code: 'function each(xs, cb) {\n  cb(xs);\n}\neach(source(), (x) => sink(x)); //<\neach(1, (y) => sink(y));\n',
    },
    {
      name: 'a named function as a callback',
      language: 'javascript',
      code: 'function show(x) {\n  sink(x); //<\n}\nsource().forEach(show);\n',
    },
    {
      name: 'a named function that an unknown one may call',
      language: 'javascript',
      code: 'function f() {\n  const x = source();\n  function later() {\n    sink(x); //<\n  }\n  setTimeout(later, 1);\n}\n',
    },
    {
      name: 'receivers',
      language: 'go',
      code: 'package p\nfunc (s *S) set() { s.a = source() }\nfunc f() {\n  s := &S{}\n  s.set()\n  sink(s.a) //<\n  sink(s.b)\n}\n',
    },
    { name: 'a constant of the module', code: 'X = source()\ndef f():\n    sink(X) #<\n' },
  ]);

  test('are not followed when told not to', async () => {
    const code = 'def f(a):\n    sink(a)\nf(source())\n';
    const session = await createNodeSession({
      sources: [{ path: 'rule.yaml', text: ruleYaml('python', plain) }],
      profile: 'audit',
      flowAcrossFunctions: false,
    });
    expect((await session.scan(textInput('code.py', code))).findings).toEqual([]);
  });
});

describe('sources, sinks and sanitizers', () => {
  check([
    {
      name: 'a parameter',
      rule: `mode: taint\npattern-sources:\n  - patterns:\n      - pattern: |\n          def $F(..., $X, ...):\n            ...\n      - focus-metavariable: $X\n${sinks}`,
      code: 'def f(a):\n    sink(a) #<\n    sink(b)\n',
    },
    {
      name: 'by side effect',
      rule: `mode: taint\npattern-sources:\n  - patterns:\n      - pattern: read($X)\n      - focus-metavariable: $X\n    by-side-effect: true\n${sinks}`,
      code: 'sink(x)\nread(x)\nsink(x) #<\n',
    },
    {
      name: 'by nothing but side effect',
      rule: `mode: taint\npattern-sources:\n  - patterns:\n      - pattern: read($X)\n      - focus-metavariable: $X\n    by-side-effect: only\n${sinks}`,
      code: 'y = read(x)\nsink(y)\nsink(x) #<\n',
    },
    {
      name: 'control',
      rule: `mode: taint\npattern-sources:\n  - pattern: begin()\n    control: true\n${sinks}`,
      code: 'def f():\n    sink(1)\n    begin()\n    sink(2) #<\n',
    },
    {
      name: 'not what is inside of an exact source',
      rule: `mode: taint\npattern-sources:\n  - pattern: source(...)\n    exact: true\n${sinks}`,
      code: 'sink(source(a)) #<\nsource(sink(a))\n',
    },
    {
      name: 'nor a function that is handed to one',
      rule: `mode: taint\npattern-sources:\n  - pattern: source(...)\n    exact: true\n${sinks}`,
      code: 'def f(b):\n    y = source(key, lambda a: sink(b), 1)\n    return sink(y) #<\n',
    },
    {
      name: 'what is inside of a source',
      rule: `mode: taint\n${sources}\npattern-sinks:\n  - pattern: sink($X)`,
      code: 'y = source(sink(a)) #<\n',
    },
    {
      name: 'an argument of a sink',
      rule: `mode: taint\n${sources}\npattern-sinks:\n  - patterns:\n      - pattern: sink(..., key=$X, ...)\n      - focus-metavariable: $X`,
      code: 'sink(source(), key=1)\nsink(1, key=source()) #<\n',
    },
    { name: 'an exact sink is what it is as a whole', code: 'sink(1 if source() else 2)\n' },
    {
      name: 'a sink that is not exact',
      rule: `mode: taint\n${sources}\npattern-sinks:\n  - pattern: sink(...)\n    exact: false`,
      code: 'sink(1 if source() else 2) #<\n',
    },
    {
      name: 'a sink at the end of a function',
      rule: `mode: taint\n${sources}\npattern-sinks:\n  - pattern: sink(...)\n    at-exit: true`,
      code: 'def f(c):\n    x = source()\n    sink(x)\n    if c:\n        return sink(x) #<\n    g(x)\n    sink(x) #<\n',
    },
    {
      name: 'a sanitizer',
      rule: `${plain}\npattern-sanitizers:\n  - pattern: clean(...)`,
      code: 'x = source()\nsink(clean(x))\ny = clean(x)\nsink(y)\nsink(x) #<\n',
    },
    {
      name: 'a sanitizer by side effect',
      rule: `${plain}\npattern-sanitizers:\n  - patterns:\n      - pattern: check($X)\n      - focus-metavariable: $X\n    by-side-effect: true`,
      code: 'x = source()\ncheck(x)\nsink(x)\n',
    },
    {
      name: 'what is inside of a sanitizer',
      rule: `${plain}\npattern-sanitizers:\n  - pattern: clean(...)`,
      code: 'clean(sink(source()))\n',
    },
    {
      name: 'what is inside of an exact sanitizer',
      rule: `${plain}\npattern-sanitizers:\n  - pattern: clean(...)\n    exact: true`,
      code: 'clean(sink(source())) #<\n',
    },
    {
      name: 'a sanitizer that is a sink too',
      rule: `${plain}\npattern-sanitizers:\n  - pattern: $F(...)\n    not_conflicting: true`,
      code: 'x = source()\ny = other(x)\nsink(y)\nsink(x) #<\n',
    },
    {
      name: 'a whole branch as a sanitizer',
      rule: `${plain}\npattern-sanitizers:\n  - pattern: |\n      if check($X):\n        ...`,
      code: 'x = source()\nif check(x):\n    sink(x)\nsink(x) #<\n',
    },
    {
      name: 'a question about a list',
      rule: 'taint:\n  sources:\n    - pattern: source($A)\n      where:\n        - comparison: $A == []\n  sinks:\n    - sink(...)\nmode: taint',
      code: 'sink(source([])) #<\nsink(source([1]))\nsink(source(x))\n',
    },
    {
      name: 'the newer form',
      rule: 'taint:\n  sources:\n    - source(...)\n  sinks:\n    - pattern: sink(...)\n  sanitizers:\n    - clean(...)\nmode: taint',
      code: 'sink(source()) #<\nsink(clean(source()))\n',
    },
    { name: 'at the source', extra: 'options:\n  taint_focus_on: source', code: 'x = source() #<\nsink(x)\n' },
  ]);
});

describe('functions that reach a call through data', () => {
  check([
    { name: 'a table', code: 'def run(x):\n    sink(x) #<\nT = {"run": run}\nT[name](source())\n' },
    {
      name: 'an entry by its name',
      code: 'def run(x):\n    sink(x)\ndef show(x):\n    pass\nT = {"run": run, "show": show}\nT["show"](source())\n',
    },
    {
      name: 'looked up',
      code: 'def run(x):\n    sink(x) #<\nT = {"run": run}\ndef go(name):\n    tool = T.get(name)\n    tool(source())\n',
    },
    {
      name: 'a registry that a decorator fills',
      code: 'R = {}\ndef register(name):\n    def decorate(f):\n        R[name] = f\n        return f\n    return decorate\n@register("run")\ndef run(x):\n    sink(x) #<\nR[name](source())\n',
    },
    { name: 'a loop over functions', code: 'def a(x):\n    return x\ndef b(x):\n    sink(x) #<\nfor f in (a, b):\n    f(source())\n' },
    {
      name: 'a function that a function returns',
      code: 'def make():\n    def ask():\n        return source()\n    return ask\nask = make()\nsink(ask()) #<\n',
    },
    {
      name: 'an object that can be called',
      code: 'class Model:\n    def __call__(self, p):\n        return source()\ndef go():\n    ask = Model()\n    sink(ask(1)) #<\n',
    },
    {
      name: 'a callback that a nested function calls',
      code: 'def ask(done):\n    def work():\n        done(source())\n    start(work)\ndef run(x):\n    sink(x) #<\nask(run)\n',
    },
    {
      name: 'a table of arrows',
      language: 'typescript',
      code: 'const tools = {\n  run: (x) => sink(x), //<\n};\nfunction go(name) {\n  tools[name](source());\n}\n',
    },
    {
      name: 'a parameter that is a field',
      language: 'typescript',
      code: 'class Model {\n  ask() { return source(); }\n}\nclass Agent {\n  constructor(private readonly model: Model) {}\n  go() {\n    sink(this.model.ask()); //<\n  }\n}\n',
    },
  ]);
});

describe('parts stay apart', () => {
  check([
    {
      name: 'in elements',
      code: 'def f():\n    for x in [{"a": source(), "b": 1} for y in z]:\n        sink(x["a"]) #<\n        sink(x["b"])\n',
    },
    {
      name: 'in what is gathered',
      code: 'def one(n):\n    return {"a": source(), "b": n}\ndef f():\n    for x in asyncio.run(asyncio.gather(*(one(n) for n in p))):\n        sink(x["a"]) #<\n        sink(x["b"])\n',
    },
    {
      name: 'of an object whose methods are not known: what their names speak of',
      code: 'def f(o):\n    o.messages = source()\n    sink(o.get_folder())\n    sink(o.get_last_message()) #<\n    sink(o.render()) #<\n',
    },
    {
      name: 'of an object that a function is given, by the names of its methods',
      code: 'def folder(o):\n    return join(o.get_folder(), "x")\ndef told(o):\n    return o.get_messages()\ndef f(o):\n    o.messages = source()\n    sink(folder(o))\n    sink(told(o)) #<\n',
    },
    {
      name: 'of what a function hands to another, one of many at a time',
      code: 'def each(f, all):\n    return [f(one) for one in all]\ndef work(given):\n    a, b = given\n    sink(a) #<\n    sink(b)\ntasks = []\ntasks.append((source(), 1))\neach(work, tasks)\n',
    },
    {
      name: 'of a loop in another function',
      code: 'def first(all):\n    for a, b in all:\n        sink(a) #<\n        sink(b)\nall = []\nall.append((source(), 1))\nfirst(all)\n',
    },
    {
      name: 'of pairs: a place and what stands there',
      code: 'for i, x in enumerate(source()):\n    sink(i)\n    sink(x) #<\nfor a, b in zip(source(), n):\n    sink(a) #<\n    sink(b)\nsink(enumerate(source())) #<\n',
    },
    {
      name: 'of a dictionary: what it holds, not its keys',
      code: 'd = {}\nd["a"] = source()\nfor k, v in d.items():\n    sink(k)\n    sink(v) #<\nfor k, v in source().items():\n    sink(k) #<\n    sink(v) #<\n',
    },
    { name: 'in named fields', code: 'p = Point(x=source(), y=1)\nsink(p.x) #<\nsink(p.y)\nsink(p) #<\n' },
    {
      name: 'in what a function hands back',
      code: 'def same(x):\n    return x\np = same({"a": source(), "b": 1})\nsink(p["a"]) #<\nsink(p["b"])\n',
    },
    { name: 'where text is no container', code: 'def put(w):\n    w["a"] = source()\ndef f(path: str):\n    put(path)\n    sink(path)\n' },
  ]);
});

describe('propagators', () => {
  const propagator = (more: string): string =>
    `${plain}\npattern-propagators:\n  - pattern: $TO.add($FROM)\n    from: $FROM\n    to: $TO${more}`;
  check([
    { name: 'into the object', rule: propagator(''), code: 'x.add(source())\nsink(x) #<\nsink(y)\n' },
    {
      name: 'as an element, whose parts stay apart',
      rule: propagator('\n    as-element: true'),
      code: 'x.add({"a": source(), "b": 1})\nfor y in x:\n    sink(y["a"]) #<\n    sink(y["b"])\n',
    },
    {
      name: 'as an element, while members stay what they are',
      rule: propagator('\n    as-element: true'),
      code: 'x.add(source())\nsink(x.path)\nsink(x[0]) #<\nsink(x["a"]) #<\nsink(x.get()) #<\nsink(x) #<\n',
    },
    {
      name: 'as an element, through methods of its class',
      rule: propagator('\n    as-element: true'),
      code: 'class Log:\n    def add(self, item):\n        self.count += 1\n    def text(self):\n        sink(self.path)\n        return self.path\ndef f():\n    x = Log()\n    x.add(source())\n    sink(x.text())\n',
    },
    { name: 'not by side effect', rule: propagator('\n    by-side-effect: false'), code: 'x.add(source())\nsink(x)\n' },
    {
      name: 'to an argument further left',
      rule: `${plain}\npattern-propagators:\n  - pattern: copy($TO, $FROM)\n    from: $FROM\n    to: $TO`,
      code: 'copy(x, source())\nsink(x) #<\n',
    },
  ]);
});

describe('labels', () => {
  const two = 'mode: taint\npattern-sources:\n  - pattern: source(...)\n    label: A\n  - pattern: mark($X)\n    label: B\n    requires: A';
  check([
    {
      name: 'a sink that wants one',
      rule: `${two}\npattern-sinks:\n  - pattern: sink(...)\n    requires: B`,
      code: 'x = source()\nsink(x)\nsink(mark(x)) #<\nsink(mark(1))\n',
    },
    {
      name: 'both and not',
      rule: `${two}\npattern-sinks:\n  - pattern: sink(...)\n    requires: A and not B`,
      code: 'x = source()\nsink(x) #<\nsink(mark(x))\n',
    },
    { name: 'a sink without requires wants no labels', rule: `${two}\n${sinks}`, code: 'sink(source())\n' },
    {
      name: 'a propagator relabels',
      rule: `${two}\npattern-sinks:\n  - pattern: sink(...)\n    requires: C\npattern-propagators:\n  - pattern: turn($FROM, $TO)\n    from: $FROM\n    to: $TO\n    label: C\n    requires: A`,
      code: 'x = source()\nturn(x, y)\nsink(y) #<\nsink(x)\n',
    },
    {
      name: 'across functions',
      rule: `${two}\npattern-sinks:\n  - pattern: sink(...)\n    requires: B`,
      code: 'def f(a):\n    sink(mark(a)) #<\ndef g(a):\n    sink(mark(a))\nf(source())\ng(1)\n',
    },
  ]);
});

describe('metavariables', () => {
  const rule = 'mode: taint\npattern-sources:\n  - pattern: source($X)\npattern-sinks:\n  - pattern: sink($Y, $X)';
  check([
    { name: 'are independent', rule, code: 'a = source(x)\nsink(a, y) #<\n' },
    {
      name: 'agree with taint_unify_mvars',
      rule,
      extra: 'options:\n  taint_unify_mvars: true',
      code: 'a = source(x)\nsink(a, y)\nsink(a, x) #<\n',
    },
  ]);

  test("come from both, the sink's first", async () => {
    const [finding] = await find(
      'python',
      'mode: taint\npattern-sources:\n  - pattern: source($X, $S)\npattern-sinks:\n  - pattern: sink($X)',
      'a = source(1, 2)\nsink(a)\n',
    );
    expect(finding?.message).toBe('found a');
    expect(finding?.metavariables['$S']?.text).toBe('2');
  });
});

describe('large inputs end', () => {
  const done = async (language: TestLanguage, path: string, code: string): Promise<number> => {
    // That it ends is asked, not how soon on this machine.
    const limits = { timeoutMs: 120_000, maxLength: 10_000_000 };
    const report = await (await sessionFor(ruleYaml(language, plain))).scan(textInput(path, code), { limits });
    expect(report.coverage.reasons.filter((reason) => reason.kind === 'internal' || reason.code === 'timeout')).toEqual([]);
    return report.findings.length;
  };
  const lines = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join('\n');

  test('a long function', async () => {
    const body = lines(3000, (i) => `    v${i} = v${Math.max(0, i - 1)} + source()\n    if v${i}:\n        v${i} = f(v${i})`);
    expect(await done('python', 'a.py', `def g():\n    v0 = source()\n${body}\n    sink(v2999)\n`)).toBe(1);
  });

  test('many functions that call each other', async () => {
    const functions = lines(5000, (i) => `def f${i}(a):\n    return f${(i + 1) % 5000}(a) + f${(i * 7) % 5000}(a)`);
    expect(await done('python', 'a.py', `${functions}\nsink(f0(source()))\n`)).toBe(1);
  });

  test('a long chain of functions', async () => {
    const functions = lines(5000, (i) => `def f${i}(a):\n    return f${i + 1}(a)`);
    expect(await done('python', 'a.py', `${functions}\ndef f5000(a):\n    sink(a)\nf0(source())\n`)).toBe(1);
  });

  test('a long literal', async () => {
    const entries = lines(20_000, (i) => `  "k${i}": [${i}, x],`);
    expect(await done('python', 'a.py', `x = source()\ny = {\n${entries}\n}\nsink(y)\n`)).toBe(1);
  });

  test('loops in loops', async () => {
    const depth = 14;
    const heads = lines(depth, (i) => `${'  '.repeat(i)}while (c${i}) { x${i} = x${i + 1}; x${i + 1} = x${i};`);
    expect(await done('javascript', 'a.js', `x${depth} = source();\n${heads}\nsink(x0);\n${'}'.repeat(depth)}\n`)).toBe(1);
  });

  test('functions in functions', async () => {
    const depth = 40;
    const code = `${lines(depth, (i) => `f(function (a${i}) { x = x + a${i};`)}sink(x);${'});'.repeat(depth)}`;
    expect(await done('javascript', 'a.js', `let x = source();\n${code}\n`)).toBe(1);
  });
});
