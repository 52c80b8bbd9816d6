/** JSON and YAML: members have no order, one entry alone is looked for wherever it stands. */
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
