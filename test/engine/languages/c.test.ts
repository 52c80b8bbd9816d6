/** C and C++: declarators, pointers, statements without braces, typed metavariables, names with `::`. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `#include <stdio.h>
static const char *name(const char *path, int flags) {
  char buf[16], *end = NULL;
  int size = 020;
  if (path == NULL) return 0;
  for (int i = 0; i < size; i++) { buf[i] = (char)path[i]; }
  item->next = lookup(end, &size);
  goto done;
done:
  return (*item).next;
}
`;

test('declarations and functions', async () => {
  expect(await linesFound('c', 'char *$F(..., int $P, ...) { ... }', CODE)).toEqual([2]);
  expect(await linesFound('c', 'char $F(...) { ... }', CODE)).toEqual([]);
  expect(await linesFound('c', '$T $X[16];', CODE)).toEqual([3]);
  expect(await linesFound('c', '$X = NULL;', CODE)).toEqual([3]);
  expect(await linesFound('c', '#include <stdio.h>', CODE)).toEqual([1]);
});

test('statements and expressions', async () => {
  expect(await linesFound('c', 'if ($X == NULL) $S;', CODE)).toEqual([5]);
  expect(await linesFound('c', 'for (...) { ... }', CODE)).toEqual([6]);
  expect(await linesFound('c', '(*$X).next', CODE)).toEqual([7, 10]);
  expect(await linesFound('c', 'goto $L; ... return $X;', CODE)).toEqual([8]);
  expect(await linesFound('c', 'lookup(..., &size)', CODE)).toEqual([7]);
  expect(await linesFound('c', '16', CODE)).toContain(4);
});

test('typed metavariables know pointers', async () => {
  expect(await linesFound('c', '(char *$X) == $Y', CODE)).toEqual([5]);
  expect(await linesFound('c', '(int *$X) == $Y', CODE)).toEqual([]);
});

test('types of several words are themselves', async () => {
  const code = 'void f(int i, long l, unsigned long int u, short int s) {\n  g(i);\n  g(l);\n  g(u);\n  g(s);\n  g(1);\n}\n';
  expect(await linesFound('c', 'g((long $X))', code)).toEqual([3]);
  expect(await linesFound('c', 'g((unsigned long int $X))', code)).toEqual([4]);
  expect(await linesFound('cpp', 'g((short int $X))', code)).toEqual([5]);
  expect(await linesFound('c', 'g((int $X))', code)).toEqual([2, 6]);
});

test('an operation in parentheses is no typed metavariable', async () => {
  const code = 'void f(int a, int b) {\n  if (a && a) g();\n  if (a && b) g();\n  if (a & b) g();\n}\n';
  expect(await linesFound('c', '($A && $A)', code)).toEqual([2]);
  expect(await linesFound('cpp', 'if (<... ($A & $B) ...>) $S;', code)).toEqual([4]);
  expect(await linesFound('c', '(a & $B)', code)).toEqual([4]);
});

test('a prototype is no definition', async () => {
  const code = 'int f(int a);\nint g(int a) {\n  return a;\n}\n';
  expect(await linesFound('c', 'int $F(...);', code)).toEqual([1]);
  expect(await linesFound('c', 'int $F(...) { ... }', code)).toEqual([2]);
});

test('a deep statement is looked for in expressions, not in the function that holds it', async () => {
  const code = 'void f() {\n  x = a(1);\n  b();\n}\nvoid g() {\n  b();\n}\n';
  expect(await linesFound('c', '<... a(...) ...>;\n...\n<... b(...) ...>;', code)).toEqual([2]);
});

test('C++', async () => {
  const code =
    'namespace app {\nclass Job : public Base {\n public:\n  void run(std::string cmd) { shell::exec(cmd); auto p = new Task(cmd); }\n};\n}\n';
  expect(await linesFound('cpp', 'shell::exec(...)', code)).toEqual([4]);
  expect(await linesFound('cpp', 'exec(...)', code)).toEqual([]);
  expect(await linesFound('cpp', '$X = new Task(...);', code)).toEqual([4]);
  expect(await linesFound('cpp', 'class $C : public Base { ... };', code)).toEqual([2]);
});
