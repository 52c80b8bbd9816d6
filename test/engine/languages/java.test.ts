/** Java: full names through imports, types of variables, modifiers and annotations, fragments. */
import { testCases } from './cases.js';

const inMethod = (body: string): string => `class A {\n  void m(String p, Foo q) {\n${body}  }\n}\n`;

testCases('java', [
  {
    name: 'try alone, whatever is caught',
    pattern: 'try { ... }',
    code: 'class A {\n  void f() {\n    try { //<\n      g();\n    } catch (E e) {\n    } catch (F e) {\n    }\n    h();\n  }\n}\n',
  },
  { name: 'expressions need no semicolon', pattern: '$X.run(...)', code: inMethod('    a.run(1); //<\n    b.go();\n') },
  {
    name: 'a full name through an import',
    pattern: 'new java.util.Random()',
    code: 'import java.util.Random;\nclass A {\n  Object a = new Random(); //<\n  Object b = new Other();\n}\n',
  },
  {
    name: 'a full name through an import of everything',
    pattern: 'java.util.Random.of(...)',
    code: 'import java.util.*;\nclass A {\n  Object a = Random.of(1); //<\n}\n',
  },
  { name: 'typed metavariables', pattern: '(String $X).trim()', code: inMethod('    p.trim(); //<\n    q.trim();\n    "a".trim(); //<\n') },
  {
    name: 'a method of an imported class has no typed receiver',
    pattern: '(Foo $X).$M($ARG)',
    code: 'import static a.b.Tools.clean;\nclass A {\n  void m(Foo f, String s) {\n    clean(s);\n    f.go(s); //<\n  }\n}\n',
  },
  {
    name: 'types of fields',
    pattern: '(Foo $X).go()',
    code: 'class A {\n  private Foo f;\n  Bar b;\n  void m() {\n    f.go(); //<\n    this.f.go(); //<\n    b.go();\n  }\n}\n',
  },
  { name: 'a cast is no typed metavariable', pattern: '(Foo) $X', code: inMethod('    a = (Foo) b; //<\n    a = b;\n') },
  {
    name: 'methods by annotation',
    pattern: '@Path("...")\npublic $T $M(...) { ... }',
    code: 'class A {\n  @Path("a") //<\n  @Other\n  public int a(int x) { return 1; }\n  public int b() { return 1; }\n  @Path("a")\n  int c() { return 1; }\n}\n',
  },
  {
    name: 'classes by what they implement',
    pattern: 'class $C implements Runnable { ... }',
    code: 'class A implements X, Runnable {} //<\nclass B extends Runnable {}\ninterface C {}\n',
  },
  {
    name: 'members of a class in any order',
    pattern: 'class $C {\n  ...\n  Foo $F;\n  ...\n  $T $M(...) {\n    ...\n    $F.go();\n    ...\n  }\n  ...\n}',
    code: 'class A { //<\n  void m() {\n    f.go();\n  }\n  Foo f;\n}\nclass B {\n  Foo f;\n}\n',
  },
  {
    name: 'definitions with and without a value',
    pattern: '$T $X = new Foo();',
    code: inMethod('    Foo a = new Foo(); //<\n    Foo b;\n    c = new Foo();\n'),
  },
  { name: 'any string in an array', pattern: 'byte[] $X = { ... };', code: 'class A {\n  byte[] a = {1, 2}; //<\n  byte[] b = c();\n}\n' },
  {
    name: 'try, whatever it catches',
    pattern: 'try { ... } catch (Exception $E) { ... }',
    code: inMethod('    try { a(); } catch (Exception e) { } //<\n    try { a(); } catch (Error e) { }\n'),
  },
  { name: 'an import', pattern: 'import java.util.Random;', code: 'import java.util.Random; //<\nimport java.util.List;\n' },
  {
    name: 'an assignment in a condition always runs',
    pattern: 'if (true) { ... }',
    code: inMethod('    boolean a;\n    if (a = true) { }\n    if (a) { } //<\n'),
  },
]);
