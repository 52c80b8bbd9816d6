/** Taint mode: what goes into lists, dictionaries and settings comes out under the same place or key, and branches that the text decides do not run. */
import { describe, expect, test } from 'vitest';
import { linesFound, marked, type TestLanguage } from './support.js';

interface Case {
  readonly name: string;
  readonly language?: TestLanguage;
  readonly code: string;
}

const rule = 'mode: taint\npattern-sources:\n  - pattern: source(...)\npattern-sinks:\n  - pattern: sink(...)';

function check(cases: readonly Case[]): void {
  test.each(cases)('$name', async ({ language, code }) => {
    expect(await linesFound(language ?? 'python', rule, code)).toEqual(marked(code));
  });
}

const inFunction = (lines: string): string => `def f(c):\n${lines.replaceAll(/^(?=.)/gm, '    ')}`;

describe('lists', () => {
  check([
    {
      name: 'whose length is known keep their elements apart',
      code: inFunction('x = ["a"]\nx.append(source())\nsink(x[0])\nsink(x[1]) #<\nsink(x) #<\n'),
    },
    { name: 'lose their first element', code: inFunction('x = ["a", source()]\nx.pop(0)\nsink(x[0]) #<\nsink(x[1])\n') },
    { name: 'lose their last element', code: inFunction('x = [source()]\nsink(x.pop()) #<\nsink(x)\n') },
    {
      name: 'that are not known give nothing of the key that something is taken out by',
      code: inFunction('sink(c.pop(source()))\nsink(c.pop("a", source())) #<\nc.x = source()\nsink(c.pop("a")) #<\n'),
    },
    { name: 'make room', code: inFunction('x = [source()]\nx.insert(0, "a")\nsink(x[0])\nsink(x[1]) #<\n') },
    { name: 'are empty after they were cleared', code: inFunction('x = [source()]\nx.clear()\nx.append("a")\nsink(x[0])\n') },
    {
      name: 'whose length depends on a branch do not',
      code: inFunction('x = []\nif c:\n    x.append("a")\nx.append(source())\nsink(x[0]) #<\nsink(x[1]) #<\n'),
    },
    {
      name: 'that a loop fills do not',
      code: inFunction('x = []\nfor y in c:\n    x.append(source())\n    x.append("a")\nsink(x[3]) #<\n'),
    },
    {
      name: 'that were handed to something unknown do not',
      code: inFunction('x = ["a"]\nchange(x)\nx.append(source())\nsink(x[0]) #<\nsink(x[2]) #<\n'),
    },
    { name: 'that were sorted do not', code: inFunction('x = ["a", source()]\nx.sort()\nsink(x[0]) #<\n') },
    { name: 'take in another', code: inFunction('x = []\nx.extend([source()])\nsink(x[0]) #<\n') },
    {
      name: 'as fields',
      code: 'class A:\n    def __init__(self):\n        self.x = []\n    def f(self):\n        self.x.append(source())\n        sink(self.x) #<\n',
    },
    {
      name: 'in JavaScript',
      language: 'javascript',
      code: 'function f() {\n  const x = ["a"];\n  x.push(source());\n  x.shift();\n  sink(x[0]); //<\n}\n',
    },
    {
      name: 'in Java',
      language: 'java',
      code: 'class A { void f() {\n  List<String> x = new java.util.ArrayList<>();\n  x.add("a");\n  x.add(source());\n  sink(x.get(0));\n  sink(x.get(1)); //<\n  x.remove(c);\n  sink(x.get(0)); //<\n} }\n',
    },
  ]);
});

describe('dictionaries', () => {
  check([
    { name: 'give out what is under the key', code: inFunction('x = {}\nx["a"] = source()\nsink(x.get("b"))\nsink(x.get("a")) #<\n') },
    { name: 'or what stands in for it', code: inFunction('x = {}\nsink(x.get("b", source())) #<\n') },
    { name: 'with a key that is not known', code: inFunction('x = {"a": source()}\nsink(x.get(c)) #<\n') },
    { name: 'take in another', code: inFunction('x = {}\nx.update({"a": source(), "b": 1})\nsink(x["b"])\nsink(x["a"]) #<\n') },
    { name: 'keep what was there first', code: inFunction('x = {}\nx.setdefault("a", source())\nsink(x["b"])\nsink(x["a"]) #<\n') },
    {
      name: 'with sections',
      code: `import configparser\n${inFunction('x = configparser.ConfigParser()\nx.add_section("s")\nx.set("s", "a", source())\nx.set("s", "b", "1")\nsink(x.get("s", "b"))\nsink(x.get("s", "a")) #<\n')}`,
    },
    {
      name: 'in TypeScript',
      language: 'typescript',
      code: 'function f() {\n  const x = new Map<string, string>();\n  x.set("a", source());\n  sink(x.get("b"));\n  sink(x.get("a")); //<\n}\n',
    },
    {
      name: 'in Java',
      language: 'java',
      code: 'class A { void f() {\n  Map<String, String> x = new HashMap<>();\n  x.put("a", source());\n  sink(x.get("b"));\n  sink(x.get("a")); //<\n} }\n',
    },
    { name: 'are not every object with such a method', code: 'def f(client):\n    client.set("a", source())\n    sink(client)\n' },
  ]);
});

describe('branches that the text decides', () => {
  check([
    { name: 'arithmetic', code: inFunction('n = 86\nif 7 * 42 - n > 200:\n    x = 1\nelse:\n    x = source()\nsink(x)\n') },
    { name: 'the other way round', code: inFunction('n = 106\nif 7 * 42 - n > 200:\n    x = 1\nelse:\n    x = source()\nsink(x) #<\n') },
    { name: 'a choice', code: inFunction('n = 106\nx = 1 if 7 * 18 + n > 200 else source()\nsink(x)\n') },
    { name: 'part of a text', code: inFunction('t = "never"\nx = source()\nif "ever" in t:\n    x = 1\nsink(x)\n') },
    { name: 'not with something unknown', code: inFunction('if c > 200 or 1 > 2:\n    x = 1\nelse:\n    x = source()\nsink(x) #<\n') },
    {
      name: 'what may have changed',
      code: inFunction('n = 1\nif c:\n    n = 2\nif n == 1:\n    x = 1\nelse:\n    x = source()\nsink(x) #<\n'),
    },
    {
      name: 'a setting of the module may be another tomorrow',
      code: `SAFE = 1\n${inFunction('if SAFE == 1:\n    x = 1\nelse:\n    x = source()\nsink(x) #<\n')}`,
    },
    { name: 'a word alone stands in for a condition', code: inFunction('if True:\n    x = 1\nelse:\n    x = source()\nsink(x) #<\n') },
    {
      name: 'cases',
      code: inFunction(
        't = "ABC"\nmatch t[1]:\n    case "A":\n        x = source()\n    case "B" | "D":\n        x = 1\n    case _:\n        x = source()\nsink(x)\n',
      ),
    },
    {
      name: 'cases that cannot be told apart',
      code: inFunction('match c:\n    case "A":\n        x = source()\n    case _:\n        x = 1\nsink(x) #<\n'),
    },
    {
      name: 'in JavaScript',
      language: 'javascript',
      code: 'function f() {\n  const n = 3;\n  let x = n === 4 ? source() : 1;\n  sink(x);\n  if (n !== 4) x = source();\n  sink(x); //<\n}\n',
    },
  ]);
});

describe('one of several', () => {
  check([
    {
      name: 'has the fields of each, and no others',
      code: inFunction(
        'x = [{"a": source(), "b": 1}]\ny = random.choice(x)\nsink(y["a"]) #<\nsink(y["b"])\nsink(max(x, key=size)["a"]) #<\n',
      ),
    },
    { name: 'of arguments', code: inFunction('sink(max(source(), c)) #<\nsink(min(c, 1))\n') },
    { name: 'or something else', code: inFunction('sink(next(iter(c), source())) #<\n') },
  ]);
});

describe('trees that refer to themselves', () => {
  check([
    {
      name: 'end',
      code: `class Node:
    def __init__(self, parent, text):
        self.parent = parent
        self.text = text
        self.first = parent
        self.children = []

    def add(self, node):
        node.parent = self
        node.first = self.first
        node.last = self
        self.children.append(node)
        self.last = node

def f(c):
    root = Node(None, source())
    for x in c:
        node = Node(root, x)
        root.add(node)
        node.add(root)
        root = Node(node, node.last)
    sink(root.parent) #<
    return root
`,
    },
  ]);
});

describe('objects that something unknown makes', () => {
  check([
    {
      name: 'hold what they are given, with its own parts',
      code: inFunction('x = {}\nx["a"] = source()\ny = Context(x, c)\nsink(y.x["a"]) #<\nsink(y.x["b"])\nsink(y) #<\n'),
    },
    { name: 'are read by any name', code: inFunction('y = Context(source())\nsink(y.text) #<\nsink(y.text.lower()) #<\n') },
    {
      name: 'in TypeScript',
      language: 'typescript',
      code: 'function f(c) {\n  const x = { a: source(), b: 1 };\n  const y = new Context(x, c);\n  sink(y.x.b);\n  sink(y.x.a); //<\n  sink(y); //<\n}\n',
    },
  ]);
});

describe('promises and functions that functions return', () => {
  const ts = (name: string, code: string): Case => ({ name, language: 'typescript', code });
  check([
    ts(
      'what a promise is settled with',
      'async function f() {\n  const x = await new Promise((resolve, reject) => {\n    ask(source(), (error, text) => {\n      if (error) reject(error);\n      else resolve(text + source());\n    });\n  });\n  sink(x); //<\n}\n',
    ),
    ts(
      'not what it only looks at',
      'async function f() {\n  const x = await new Promise((resolve) => {\n    source();\n    resolve(1);\n  });\n  sink(x);\n}\n',
    ),
    ts(
      'another promise settles it',
      'async function f() {\n  const x = await new Promise((resolve) => {\n    source().then(resolve);\n  });\n  sink(x); //<\n}\n',
    ),
    ts(
      'what a returned function returns',
      'const make = (x) => () => x;\nfunction f() {\n  const read = make(source());\n  sink(read()); //<\n  sink(make(1)());\n}\n',
    ),
    ts(
      'and one that it returns among others',
      'const later = (x) => (write) => new Promise(async (resolve) => {\n  let text = "";\n  for await (const part of x) text += part;\n  resolve(text);\n});\nasync function g() {\n  return { first: later(source()), second: later(1) };\n}\nasync function f() {\n  const { first, second } = await g();\n  sink(await first(console.log)); //<\n  sink(await second(console.log));\n}\n',
    ),
  ]);
});

describe('parts that a method makes', () => {
  check([
    {
      name: 'of an object',
      code: 'class A:\n    def __init__(self, raw):\n        self.raw = raw\n    @property\n    def text(self):\n        return self.raw["text"]\n    @property\n    def size(self):\n        return 1\n\ndef f():\n    a = A(source())\n    sink(a.text) #<\n    sink(a.size)\n    sink(a.text.lower()) #<\n',
    },
    {
      name: 'that have a source themselves',
      code: 'class A:\n    @functools.cached_property\n    def text(self):\n        return source()\n    def other(self):\n        return source()\n    def f(self):\n        sink(self.text) #<\n        sink(self.other)\n',
    },
    {
      name: 'in TypeScript',
      language: 'typescript',
      code: 'class A {\n  private readonly raw: Raw;\n  constructor(raw: Raw) {\n    this.raw = raw ?? {};\n  }\n  get line(): string {\n    const v = this.raw.line;\n    return String(v);\n  }\n  static get nothing() {\n    return 1;\n  }\n}\nfunction f() {\n  const a = new A(source());\n  sink(a.line); //<\n  sink(a.nothing);\n}\n',
    },
  ]);
});

describe('names of the module', () => {
  check([
    {
      name: 'that its top level chooses are what it chose in the end',
      code: 'if c:\n    x = source()\nelse:\n    x = "a"\ny = source()\ny = "a"\ndef f():\n    sink(x) #<\n    sink(y)\n',
    },
    {
      name: 'that stand for a source are called',
      code: 'ask = lambda q: q\nask = source(1)\ndef f():\n    sink(ask(2)) #<\n',
    },
  ]);
});

describe('keys', () => {
  check([
    { name: 'come out of a loop', code: inFunction('x = {}\nx[source()] = 1\nfor k in x:\n    sink(k) #<\n') },
    { name: 'are not what is under them', code: inFunction('x = {}\nx[source()] = 1\nsink(x["a"])\nsink(x[c])\nsink(x.get(c))\n') },
    { name: 'are counted', code: inFunction('x = {}\nx[source()] += 1\nfor k in sorted(list(x)):\n    sink(k) #<\n') },
    {
      name: 'stand first in pairs',
      code: inFunction(
        'x = {}\nx[source()] = 1\nfor k, v in x.items():\n    sink(k) #<\n    sink(v)\nt = sorted(list(x.items()), key=c)\nsink([p[0] for p in t][:5]) #<\nsink([p[1] for p in t])\n',
      ),
    },
    {
      name: 'are told from values where both are listed',
      code: inFunction('x = {}\nx[c] = source()\nfor k in x.keys():\n    sink(k)\nfor v in x.values():\n    sink(v) #<\n'),
    },
    {
      name: 'of lists that something is added to',
      code: inFunction('x = {}\nx[c] = [source()]\nfor k in list(x.keys()):\n    sink(k)\nfor v in x.values():\n    sink(v) #<\n'),
    },
    {
      name: 'of what is a source itself',
      code: inFunction('for k in source().keys():\n    sink(k) #<\nfor k, v in source().items():\n    sink(v) #<\n'),
    },
    { name: 'are not among the values', code: inFunction('x = {}\nx[source()] = 1\nsink(x.values())\nsink(x.keys()) #<\n') },
    { name: 'stay when something else is put in', code: inFunction('x = {}\nx[source()] = 1\nx[c] = 2\nfor k in x:\n    sink(k) #<\n') },
    {
      name: 'are filled in by a function',
      code: 'def fill(x, k):\n    x[k] = 1\ndef f():\n    d = {}\n    fill(d, source())\n    for k in d:\n        sink(k) #<\n    sink(d["a"])\n',
    },
    {
      name: 'in JavaScript',
      language: 'javascript',
      code: 'function f(c) {\n  const x = {};\n  x[source()] = 1;\n  for (const k in x) sink(k); //<\n  for (const k of Object.keys(x)) sink(k); //<\n  sink(x.a);\n  const m = new Map();\n  m.set(source(), 1);\n  for (const [k] of m) sink(k); //<\n}\n',
    },
  ]);
});

describe('one object under two names', () => {
  const keeper =
    'class Keeper:\n    def __init__(self, items, name=None):\n        self.items = items\n        self.name = name or "x"\n    def put(self, value):\n        self.items["a"] = value\n';
  check([
    {
      name: 'is filled by the object that was given it',
      code: `${keeper}def f():\n    d = {}\n    k = Keeper(d)\n    k.put(source())\n    sink(d["a"]) #<\n    sink(d["b"])\n`,
    },
    {
      name: 'is filled after it was given',
      code: `${keeper}def f():\n    d = {}\n    k = Keeper(items=d)\n    d["a"] = source()\n    sink(k.items["a"]) #<\n    sink(k.items["b"])\n`,
    },
    {
      name: 'no longer, once the name has another value',
      code: `${keeper}def f():\n    d = {}\n    k = Keeper(d)\n    d = {}\n    k.put(source())\n    sink(d["a"])\n`,
    },
    {
      name: 'on one of two paths',
      code: `${keeper}def f(c):\n    d = {}\n    k = Keeper(d)\n    if c:\n        d = {}\n    k.put(source())\n    sink(d["a"]) #<\n`,
    },
    {
      name: 'is another where the constructor copies',
      code: 'class Keeper:\n    def __init__(self, items):\n        self.items = dict(items)\n    def put(self, value):\n        self.items["a"] = value\ndef f():\n    d = {}\n    k = Keeper(d)\n    k.put(source())\n    sink(d["a"])\n',
    },
    {
      name: 'in TypeScript',
      language: 'typescript',
      code: 'class Keeper {\n  constructor(private items: Record<string, string>) {}\n  put(value: string) { this.items.a = value; }\n}\nfunction f() {\n  const d: Record<string, string> = {};\n  const k = new Keeper(d);\n  k.put(source());\n  sink(d.a); //<\n  sink(d.b);\n}\n',
    },
  ]);
});

describe('methods that a base class of a library calls', () => {
  check([
    {
      name: 'are those of a visitor',
      code: 'import ast\nclass V(ast.NodeVisitor):\n    def __init__(self, found):\n        self.found = found\n    def visit_Call(self, node):\n        sink(node) #<\n        self.found[ast.unparse(node.func)] = node\n    def other(self, node):\n        sink(node)\ndef f():\n    d = {}\n    v = V(d)\n    v.visit(ast.parse(source()))\n    for k, n in d.items():\n        sink(k) #<\n        sink(n) #<\n',
    },
    {
      name: 'are those of a command loop',
      code: 'import cmd\nclass Loop(cmd.Cmd):\n    def do_run(self, line):\n        sink(line) #<\ndef f():\n    Loop().onecmd(source())\n',
    },
  ]);
});

describe('records', () => {
  check([
    {
      name: 'take their arguments in the order of their fields',
      code: 'from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Write:\n    """Planned."""\n    target: str\n    content: str = ""\n    def size(self):\n        return len(self.content)\ndef f():\n    w = Write("a", source())\n    sink(w.target)\n    sink(w.content) #<\n    all = []\n    all.append(Write(source(), content="b"))\n    for w in all:\n        sink(w.target) #<\n        sink(w.content)\n',
    },
    {
      name: 'that inherit fields do not',
      code: 'from dataclasses import dataclass\n@dataclass\nclass Write(Base):\n    target: str\n    content: str\ndef f():\n    w = Write("a", source())\n    sink(w.target) #<\n    sink(w.content) #<\n',
    },
  ]);
});
