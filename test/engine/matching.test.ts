/** What a pattern matches in the languages that most equivalences were written for; `languages/` has the others. */
import { testCases, type Case } from './languages/cases.js';

const python: readonly Case[] = [
  { name: 'calls with any arguments', pattern: 'exec(...)', code: 'exec(a) #<\nexec() #<\nexec(a, b, c=1) #<\nobj.exec(a)\nexecute(a)\n' },
  { name: 'one argument', pattern: 'f($X)', code: 'f(1) #<\nf()\nf(1, 2)\nf(x=1)\n' },
  { name: 'an argument somewhere', pattern: 'f(..., 1, ...)', code: 'f(1) #<\nf(0, 1) #<\nf(1, 2) #<\nf(0, 2)\n' },
  { name: 'typed metavariables', pattern: 'f(($X: str))', code: 'def g(a: str, b: int):\n    f(a) #<\n    f(b)\n    f("x") #<\n' },
  { name: 'literals side by side', pattern: '"..." "..."', code: 'a = ["a" "b"] #<\nb = ["a", "b"]\n' },
  { name: 'decorators are calls', pattern: 'functools.cache(...)', code: 'from functools import cache\n@cache #<\ndef f():\n    pass\n' },
  { name: 'everything of a package', pattern: 'os.system(...)', code: 'from os import *\nsystem(x) #<\n' },
  { name: 'an import further down does not count yet', pattern: 'sys.exit(...)', code: 'exit(1)\nfrom sys import exit\nexit(2) #<\n' },
  { name: 'straight-line assignments', pattern: 'f("...")', code: 'def g(x):\n    a = "s"\n    f(a) #<\n    a = x\n    f(a)\n' },
  {
    name: 'keyword arguments in any order',
    pattern: 'f(..., shell=True, ...)',
    code: 'f(x, shell=True, y=1) #<\nf(shell=True) #<\nf(x, shell=False)\nf(True)\n',
  },
  { name: 'two keywords, other way round', pattern: 'f(a=1, b=2)', code: 'f(b=2, a=1) #<\nf(a=1)\nf(a=1, b=2, c=3)\n' },
  { name: 'the same metavariable twice', pattern: '$X == $X', code: 'a == a #<\na == b\nf(x) == f( x ) #<\na.b == a.b #<\n' },
  { name: 'strings whatever their quotes', pattern: 'f("a")', code: 'f("a") #<\nf(\'a\') #<\nf("""a""") #<\nf("b")\nf(f"a") #<\n' },
  { name: 'any string', pattern: 'f("...")', code: 'f("") #<\nf("x") #<\nf(x)\nf(f"{x}")\nf("a" "b") #<\n' },
  { name: 'strings by regular expression', pattern: 'f("=~/^sk-/")', code: 'f("sk-1") #<\nf("ask-1")\n' },
  { name: 'the inside of a string', pattern: 'f("$X")', code: 'f("a") #<\nf(a)\n' },
  {
    name: 'constants of variables',
    pattern: 'f("...")',
    code: 'A = "x"\nf(A) #<\ndef g(b):\n    c = "y"\n    f(c) #<\n    f(b)\n    d = "1"\n    d = h()\n    f(d)\n',
  },
  { name: 'string building', pattern: 'f("ab")', code: 'x = "a"\nf(x + "b") #<\nf(f"{x}b") #<\nf("a" + y)\n' },
  { name: 'import as', pattern: 'subprocess.run(...)', code: 'import subprocess as sp\nsp.run(x) #<\nsubprocess.run(x) #<\nrun(x)\n' },
  { name: 'from import as', pattern: 'os.system(...)', code: 'from os import system as s\ns(x) #<\nos.system(x) #<\nsystem(x)\n' },
  { name: 'imports of another module do not count', pattern: 'os.system(...)', code: 'from mine import system\nsystem(x)\n' },
  {
    name: 'a parameter hides an import',
    pattern: 'os.system(...)',
    code: 'from os import system\ndef f(system):\n    system(x)\nsystem(x) #<\n',
  },
  {
    name: 'imports inside a function stay there',
    pattern: 'os.system(...)',
    code: 'def f():\n    from os import system\n    system(x) #<\ndef g():\n    system(x)\n',
  },
  {
    name: 'a hole in a dotted name',
    pattern: 'subprocess.$F(...)',
    code: 'from subprocess import check_output\nimport subprocess\ncheck_output(x) #<\nsubprocess.call(x) #<\nother.call(x)\n',
  },
  {
    name: 'import statements',
    pattern: 'import pickle',
    code: 'import pickle #<\nimport pickle as p #<\nfrom pickle import loads #<\nimport pickles\n',
  },
  {
    name: 'import prefixes',
    pattern: 'import langchain',
    code: 'from langchain.llms import X #<\nimport langchain.chains #<\nimport langchain_core\n',
  },
  { name: 'from import', pattern: 'from os import $X', code: 'from os import path #<\nfrom os import a, b #<\nfrom sys import a\n' },
  { name: 'method calls on anything', pattern: '$X.run(...)', code: 'a.run() #<\na.b().run(1) #<\nrun()\n' },
  { name: 'chains', pattern: '$X. ... .run()', code: 'a.run() #<\na.b().c(1).run() #<\na.run(1)\n' },
  { name: 'assignment', pattern: '$X = eval(...)', code: 'y = eval(a) #<\ny: int = eval(a) #<\neval(a)\nif (z := eval(b)): pass #<\n' },
  { name: 'tuple assignment', pattern: '$X = 1', code: 'a, b = 1, 2 #<\na, b = 2, 3\n' },
  { name: 'statements in a row', pattern: '$X = f()\n...\ng($X)', code: 'a = f() #<\nb = 1\ng(a)\nc = f()\ng(d)\n' },
  { name: 'later statements may be nested', pattern: '$X = f()\n...\ng($X)', code: 'a = f() #<\nif a:\n    while 1:\n        g(a)\n' },
  { name: 'expressions inside statements of a sequence', pattern: '$X = f()\n...\ng($X)', code: 'a = f() #<\nreturn_value = h(g(a))\n' },
  {
    name: 'functions',
    pattern: 'def $F(...):\n  ...\n  return eval($X)',
    code: '@d #<\ndef f(a, *b):\n    x = 1\n    return eval(x)\nasync def g() -> int: #<\n    return eval(a)\ndef h():\n    return 1\n',
  },
  {
    name: 'parameters',
    pattern: 'def $F(..., password="...", ...):\n  ...',
    code: 'def f(a, password="x"): #<\n    pass\ndef g(password=None):\n    pass\n',
  },
  {
    name: 'decorators',
    pattern: '@app.route(...)\ndef $F(...):\n  ...',
    code: '@app.route("/") #<\ndef f(): pass\n@other\ndef g(): pass\n',
  },
  {
    name: 'classes',
    pattern: 'class $C(BaseTool):\n  ...',
    code: 'class A(BaseTool, X): #<\n    def run(self): pass\nclass B(Tool): pass\n',
  },
  { name: 'dictionaries', pattern: '{..., "a": $X, ...}', code: 'd = {"b": 1, "a": 2} #<\nd = {"b": 1}\n' },
  { name: 'dictionaries without ellipsis', pattern: '{"a": $X}', code: 'd = {"a": 2} #<\nd = {"a": 1, "b": 2}\n' },
  { name: 'lists', pattern: '[..., "x", ...]', code: 'a = ["x"] #<\nb = ["y", "x"] #<\nc = ["y"]\n' },
  { name: 'a key that is a variable is no string', pattern: '{"shell": $X}', code: 'a = {"shell": 1} #<\nb = {shell: 1}\n' },
  { name: 'f-strings', pattern: 'f"...{$X}..."', code: 'a = f"b{c}d" #<\na = f"{c}" #<\na = "b{c}d"\n' },
  { name: 'deep expressions', pattern: 'f(<... secret ...>)', code: 'f(g(h(secret))) #<\nf(secret) #<\nf(g(x))\n' },
  { name: 'if, else does not matter', pattern: 'if $X:\n  f()', code: 'if a: #<\n    f()\nelse:\n    g()\nif b:\n    g()\n' },
  {
    name: 'try and except',
    pattern: 'try:\n  ...\nexcept $E:\n  pass',
    code: 'try: #<\n    f()\nexcept ValueError:\n    pass\ntry: #<\n    f()\nexcept E as e:\n    pass\n',
  },
  { name: 'with', pattern: 'with open(...) as $F:\n  ...', code: 'with open(p) as f: #<\n    pass\nwith other(p) as f:\n    pass\n' },
  { name: 'numbers by value', pattern: 'f(16)', code: 'f(16) #<\nf(0x10) #<\nf(1_6) #<\nf(17)\n' },
  { name: 'boolean chains', pattern: '$A or eval($X)', code: 'x = a or b or eval(c) #<\ny = a and eval(c)\nz = a or eval(c) #<\n' },
  { name: 'awaited calls', pattern: 'f(...)', code: 'async def g():\n    await f(1) #<\n' },
  { name: 'subscripts', pattern: '$X["a"]', code: 'b["a"] #<\nb["c"]\n' },
  { name: 'lambdas', pattern: 'lambda $X: $Y', code: 'f = lambda x: y #<\nf = lambda: y\n' },
  { name: 'arguments bound to a list', pattern: 'f($...ARGS)', code: 'f() #<\nf(1, 2) #<\ng()\n' },
];

const javascript: readonly Case[] = [
  {
    name: 'destructured require',
    pattern: 'child_process.exec(...)',
    code: 'const { exec: run } = require("child_process");\nrun(x); //<\nexec(x);\n',
  },
  {
    name: 'require of a member',
    pattern: 'child_process.exec(...)',
    code: "const e = require('node:child_process').exec;\ne(x); //<\nrequire('child_process').exec(x); //<\n",
  },
  {
    name: 'promisified',
    pattern: 'child_process.exec(...)',
    code: 'import { exec } from "node:child_process";\nimport util from "util";\nconst run = util.promisify(exec);\nawait run(x); //<\n',
  },
  {
    name: 'default and namespace imports',
    pattern: 'child_process.spawn(...)',
    code: 'import cp from "child_process";\nimport * as c from "node:child_process";\ncp.spawn(x); //<\nc.spawn(x); //<\nother.spawn(x);\n',
  },
  {
    name: 'a method of the same name is something else',
    pattern: 'child_process.exec(...)',
    code: 'import { exec } from "child_process";\nconst m = /a/.exec(s);\ndb.exec(sql);\nexec(s); //<\n',
  },
  { name: 'new', pattern: 'new Function(...)', code: 'new Function("a", b); //<\nnew Function; //<\nFunction(a);\nnew Other();\n' },
  {
    name: 'objects may have more members',
    pattern: 'spawn($C, { shell: true })',
    code: 'spawn(a, { shell: true, cwd: b }); //<\nspawn(a, { "shell": true }); //<\nspawn(a, { shell: false });\n',
  },
  {
    name: 'declarations as assignments',
    pattern: '$X = eval(...)',
    code: 'const a = eval(b); //<\nlet c = eval(d), e = eval(f); //<\ng = eval(h); //<\nclass A { x = eval(y); } //<\n',
  },
  { name: 'flags of a regular expression', pattern: '/.../g', code: 'a = /b/;\nc = /d/g; //<\n' },
  { name: 'a catch without a name', pattern: 'try { ... } catch ($E) { }', code: 'try { a(); } catch {} //<\n' },
  { name: 'statements of a block of its own', pattern: 'a();\n...\nb();', code: 'a(); //<\n{\n  b();\n}\n' },
  {
    name: 'deep expressions stop at statements',
    pattern: 'f(<... x ...>)',
    code: 'f(g(x)); //<\nf(() => x); //<\nf(() => { y(); x(); });\n',
  },
  { name: 'the same key, in quotes or not', pattern: '({ $K: $A, $K: $B })', code: 'a = { b: 1, "b": 2 }; //<\nc = { d: 1, e: 2 };\n' },
  { name: 'const only', pattern: 'const $X = f()', code: 'const a = f(); //<\nlet b = f();\n' },
  {
    name: 'template strings',
    pattern: 'exec(`...${$X}...`)',
    code: 'exec(`ls ${d}`); //<\nexec(`${d} -l`); //<\nexec(`ls`);\nexec("ls");\n',
  },
  {
    name: 'templates without holes are strings',
    pattern: 'exec("...")',
    code: 'exec(`ls`); //<\nexec(`ls ${d}`);\nconst a = "x";\nexec(`ls ${a}`); //<\n',
  },
  { name: 'arrows and functions', pattern: '(...) => { ... }', code: 'const f = (a) => { g(); }; //<\nconst h = a => g(); //<\n' },
  {
    name: 'functions and arrows by name',
    pattern: 'function $F(...) { ... }',
    code: 'function f(a) {} //<\nconst g = (a) => a; //<\nconst h = 1;\n',
  },
  { name: 'methods', pattern: '$M(...) { ... }', code: 'class A {\n  run() {} //<\n}\nrun();\n' },
  { name: 'key and value', pattern: 'shell: true', code: 'f({ shell: true }); //<\nf({ shell: false });\n' },
  { name: 'regular expressions', pattern: '/$X/', code: 'const a = /b+/g; //<\nconst c = "b";\n' },
  { name: 'any for loop', pattern: 'for (...) { ... }', code: 'for (const a of b) { c(); } //<\nfor (;;) { d(); } //<\nwhile (1) {}\n' },
  { name: 'optional chaining', pattern: '$X.run(...)', code: 'a?.run(1); //<\na.run?.(1); //<\n' },
  { name: 'spread is no ellipsis', pattern: 'f(...$X)', code: 'f(...a); //<\nf(a);\n' },
  {
    name: 'import equals require',
    pattern: "import $X from 'vm2'",
    code: "const vm = require('vm2'); //<\nimport v from 'vm2'; //<\nimport w from 'vm';\n",
  },
  {
    name: 'JSX attributes',
    pattern: '<$EL ... dangerouslySetInnerHTML={$X} ... />',
    code: 'const a = <div dangerouslySetInnerHTML={x} id="b" />; //<\nconst c = <p dangerouslySetInnerHTML={y}>t</p>; //<\nconst d = <p id="b" />;\n',
  },
  { name: 'computed string member', pattern: 'f(x["a"])', code: 'f(x["a"]); //<\nf(x[a]);\n' },
  { name: 'exports hold what they export', pattern: 'const $X = eval(...)', code: 'export const a = eval(b); //<\n' },
];

const typescript: readonly Case[] = [
  { name: 'casts do not hide', pattern: 'eval($X)', code: 'eval(a as string); //<\n(eval as any)(a);\n' },
  { name: 'casts inside arguments', pattern: 'f("...")', code: 'f("a" as const); //<\nf(b!);\n' },
  {
    name: 'types on parameters need not be named',
    pattern: 'function $F($X) { ... }',
    code: 'function f(a: string): void {} //<\nfunction g(a: string, b: number) {}\n',
  },
  {
    name: 'types that are named',
    pattern: 'function $F($X: string) { ... }',
    code: 'function f(a: string) {} //<\nfunction g(a: number) {}\n',
  },
  {
    name: 'typed metavariables',
    pattern: '($X: Foo).run()',
    code: 'function f(a: Foo, b: Bar) {\n  a.run(); //<\n  b.run();\n}\nconst c = new Foo();\nc.run(); //<\n',
  },
  { name: 'type arguments need not be named', pattern: 'f($X)', code: 'f<string>(a); //<\n' },
  { name: 'non-null', pattern: 'eval(x)', code: 'eval(x!); //<\n' },
];

const bash: readonly Case[] = [
  { name: 'commands', pattern: 'rm -rf ...', code: 'rm -rf a b #<\nrm -r a\n' },
  { name: 'command with holes', pattern: 'eval $X', code: 'eval "$y" #<\neval "$(curl a)" #<\neval a b\n' },
  { name: 'substitutions', pattern: 'eval "$(curl ...)"', code: 'eval "$(curl -s a)" #<\neval "$(cat a)"\n' },
  { name: 'pipelines', pattern: 'curl ... | bash', code: 'curl -s a | bash #<\ncurl -s a | bash | tee b #<\ncurl -s a | cat\n' },
  { name: 'any command name', pattern: '... bash ...', code: 'sudo bash -x #<\nbash #<\nzsh\n' },
  { name: 'assignments', pattern: 'X=$Y', code: 'X=1 #<\nX=1 cmd\nZ=1\n' },
  { name: 'quotes around one expansion', pattern: 'bash -c "$X"', code: 'bash -c "$b" #<\nbash -c "a $b"\nbash -c $b\n' },
  { name: 'quotes around some expansion', pattern: 'bash -c "..."', code: 'bash -c "a $b" #<\nbash -c a\nbash -c $b\n' },
  { name: 'one word alone', pattern: 'sudo', code: 'sudo ls #<\nexec sudo ls #<\nls\n' },
  { name: 'redirections do not count', pattern: 'a | b', code: 'a | b > c #<\na > c\n' },
  { name: 'declarations are assignments', pattern: 'X=$Y', code: 'declare -r X=1 #<\nexport X=2 #<\n' },
  { name: 'lines after a pipeline and a redirection', pattern: 'c $X', code: 'a | b\nc d #<\na | e > f\nc g #<\n' },
];

testCases('python', python);
testCases('javascript', javascript);
testCases('typescript', typescript);
testCases('bash', bash);
