/** The generic language: words and punctuation of any text, blocks by indentation. */
import { describe, expect, test } from 'vitest';
import { linesFound, ruleYaml, scan, textInput } from '../support.js';
import { testCases } from './cases.js';

testCases('generic', [
  { name: 'words whatever the spaces', pattern: 'proxy_pass $X;', code: 'proxy_pass   http;\nproxy_pass a b;\n', lines: [1] },
  { name: 'whole words only', pattern: 'allow all', code: 'allow all\nallowall\nallow  all2\n', lines: [1] },
  { name: 'the same word twice', pattern: '$A = $A', code: 'a = a\na = b\n', lines: [1] },
  {
    name: 'any word between two, however they are spaced',
    pattern: 'set $X to $Y;',
    code: 'set a\n\tto\r\n b;\nset a to;\nset é to b;\nset a_1 to 2 ;',
    lines: [1, 6],
  },
  { name: 'any word in brackets', pattern: 'f($X, $Y)', code: 'f( a,b )\nf(a)\nff(a, b)\nf((a), b)\nf(\na, b)\n', lines: [1, 5] },
  { name: 'any word before another', pattern: '$X now', code: 'go now\n; now\ngo\n\nnow\n', lines: [1, 3] },
  { name: 'words of two lines, with either end of a line', pattern: 'a\nb', code: 'a\r\nb\na b\n\na\n\tc\nb', lines: [1, 3] },
  { name: 'something between', pattern: 'begin ... end', code: 'begin a\nb end\n', lines: [1] },
  { name: 'not more than ten lines of it', pattern: 'begin ... end', code: `begin\n${'x\n'.repeat(10)}end\n`, lines: [] },
  {
    name: 'as many as the rule says',
    pattern: 'begin ... end',
    extra: 'options:\n  generic_ellipsis_max_span: 20',
    code: `begin\n${'x\n'.repeat(10)}end\n`,
    lines: [1],
  },
  { name: 'comments may be left out', pattern: 'a b', extra: 'options:\n  generic_comment_style: shell', code: 'a # c\nb\n', lines: [1] },
  {
    name: 'an indented pattern asks for an indented block',
    pattern: 'server {\n  ...\n  debug on\n}',
    code: 'server {\n  debug on\n}\nserver {\ndebug on\n}\n',
    lines: [1],
  },
]);

describe('generic rules', () => {
  test('look at files of any language', async () => {
    const report = await scan(ruleYaml('generic', 'do not ship'), textInput('a.py', 'x = 1  # do not ship\n'));
    expect(report.findings.map((finding) => finding.range.start.line)).toEqual([0]);
  });
  test('end on text that could be matched in many ways', async () => {
    const report = await scan(ruleYaml('generic', 'a ... a ... a ... a ... b'), textInput('a.txt', 'a '.repeat(5000)));
    expect(report.findings).toEqual([]);
  });
});

test('patterns are not looked for in text without a layout, which is said', async () => {
  const long = `secret = 1 ${'x'.repeat(600)}\n`;
  const report = await scan(ruleYaml('generic', 'secret = $X'), textInput('a.txt', long));
  expect(report.findings).toEqual([]);
  expect(report.coverage.reasons.map((reason) => (reason.kind === 'file' ? reason.code : ''))).toEqual(['minified']);
  expect(await linesFound('generic', 'secret = $X', `${long}${'a line\n'.repeat(10)}`)).toEqual([1]);
  // What a rule asks to be looked at is looked at.
  const nested =
    'patterns:\n  - pattern: run("$C")\n  - metavariable-pattern:\n      metavariable: $C\n      language: generic\n      pattern: secret = $X';
  expect(await linesFound('python', nested, `run("${long.trim()}")\n`)).toEqual([1]);
});
