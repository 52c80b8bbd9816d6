/** JSON and YAML: members have no order, one entry alone is looked for wherever it stands. */
import { expect, test } from 'vitest';
import { ruleYaml, sessionFor, textInput } from '../support.js';
import { testCases } from './cases.js';

testCases('json', [
  { name: 'one member', pattern: '"a": $X', code: '{\n  "b": 1,\n  "a": 2 //<\n}\n' },
  { name: 'members in any order', pattern: '{ ..., "a": 1, "b": 2, ... }', code: '[\n  {"b": 2, "c": 3, "a": 1}, //<\n  {"a": 1}\n]\n' },
  { name: 'no more members than listed', pattern: '{ "a": 1 }', code: '[\n  {"a": 1}, //<\n  {"a": 1, "b": 2}\n]\n' },
  { name: 'elements', pattern: '[..., "x", ...]', code: '[\n  ["a", "x"], //<\n  ["a"]\n]\n' },
  { name: 'the content of a string', pattern: '"v": "=~/^1[.]/"', code: '[\n  {"v": "1.2"}, //<\n  {"v": "2.1."}\n]\n' },
]);

testCases('yaml', [
  {
    name: 'one entry',
    pattern: 'privileged: true',
    code: 'a:\n  privileged: true #<\nb:\n  privileged: false\nc:\n  privileged: yes #<\n',
  },
  { name: 'entries in any order', pattern: 'image: $I\n...\nuser: root', code: '- user: root #<\n  image: a\n  x: 1\n- image: b\n' },
  {
    name: 'items of a sequence',
    pattern: 'volumes:\n  - ...\n  - /sock\n  - ...',
    code: 'a:\n  volumes: #<\n    - /a\n    - /sock\nb:\n  volumes:\n    - /a\n',
  },
  { name: 'in either notation', pattern: 'on: [..., push, ...]', code: 'on: [pull, push] #<\n---\non: #<\n  - push\n---\non: pull\n' },
  { name: 'quotes do not count', pattern: 'name: "a b"', code: '- name: a b #<\n- name: "a b" #<\n- name: \'a b\' #<\n- name: c\n' },
  { name: 'an alias is what its anchor holds', pattern: 'use:\n  a: 1', code: 'base: &b\n  a: 1\nuse: *b #<\nother:\n  a: 1\n' },
  { name: 'text blocks', pattern: 'run: "=~/curl .*/"', code: '- run: | #<\n    curl x\n- run: ls\n', lines: [1] },
]);

test('YAML that nests deeper than its grammar can bear is read up to there, and takes no other file with it', async () => {
  const session = await sessionFor(ruleYaml('yaml', 'shell: $X'));
  const deep = [
    `shell: a\n${'- '.repeat(5_000)}b\n`,
    `shell: a\n${Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')}\n`,
    `shell: a\n${'? '.repeat(5_000)}b\n`,
  ];
  for (const text of deep) {
    const report = await session.scan(textInput('a.yaml', text));
    expect(report.errors).toEqual([]);
    expect(report.coverage.state).toBe('partial');
    expect(report.findings.map((finding) => finding.range.start.line)).toEqual([0]);
  }
  const after = await session.scan(
    textInput('b.yaml', `shell: a\nb:\n${Array.from({ length: 150 }, (_, at) => `${' '.repeat(at + 1)}a:`).join('\n')}\n`),
  );
  expect(after.coverage.state).toBe('scanned');
  expect(after.findings).toHaveLength(1);
});
