/** Edits that no rule needs to be run again for: which statements change nothing for others. */
import { expect, test } from 'vitest';
import { createConstants } from '../../server/src/core/language/constants.js';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { createNames } from '../../server/src/core/language/names.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import { noRanges } from '../../server/src/core/formula/keptRanges.js';
import type { InertStatements, KeptSearch } from '../../server/src/core/formula/kept.js';
import { editsSince, sinceKept } from '../../server/src/core/formula/since.js';
import { createFlowTree, type FlowTree } from '../../server/src/core/taint/flowTree.js';
import { writtenBy } from '../../server/src/core/taint/inert.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';

const parser = await createParser(readWasm);
type Grammar = 'python' | 'ruby' | 'typescript';
await parser.ensure(['python', 'ruby', 'typescript']);

function codeOf(text: string, grammar: Grammar): FlowTree {
  const raw = parser.parse(text, grammar);
  if (raw === undefined) throw new Error('not parsed');
  const tree = lowerTree(raw, text, loweringOf(grammar));
  const names = createNames(tree);
  return createFlowTree(tree, names, createConstants(tree, names));
}

/** Whether the last of some edits, one after the other, is inert. */
function isInert(grammar: Grammar, ...texts: readonly string[]): boolean {
  let inert: InertStatements = new Map();
  let before = codeOf(texts[0] ?? '', grammar);
  let last = false;
  for (const text of texts.slice(1)) {
    const code = codeOf(text, grammar);
    const kept: KeptSearch = {
      tree: before.tree,
      names: before.names,
      matches: [],
      ranges: noRanges(),
      regexes: new Map(),
      flows: new Map(),
      functions: new Map(),
      inert,
    };
    const since = sinceKept(editsSince([kept], code.tree), code.tree, code.names);
    const written = since === undefined ? undefined : writtenBy(since, code);
    inert = written?.statements ?? new Map();
    last = written?.inert !== undefined;
    before = code;
  }
  return last;
}

/** With a statement, or what it is given in place of one, where `@` stands. */
const at = (text: string, ...statements: readonly string[]): readonly string[] => statements.map((one) => text.replace('@', () => one));

const TS = `import { log } from './log';
const LIMIT = 3;
export class Box { value = 1; get size() { return 2; } }
function helper(x) { return x; }
export function outer(q, cb, rows) {
  let text = ask(q);
  const inner = (value) => run(value.note, { note: 1 });
  const list = [q, text];
  @
  text = text.trim();
  for (const row of rows) run(row.value, list[0]);
  return helper(text);
}
`;

test.each([
  ['', 'const note = 1;'],
  ['', 'const note = log(text, q);'],
  ['', 'const value = text;'],
  ['', 'log(text + LIMIT);'],
  ['', 'const { a, b: [c] } = await text.parts(q);'],
  ['', 'if (text) log(q); else log(text);'],
  ['', 'const note = new Date(q, `${text}`);'],
  ['', 'let note = `a ${q}`; note += text;'],
])('inert in TypeScript: %j, then %j', (...statements) => {
  expect(isInert('typescript', ...at(TS, ...statements))).toBe(true);
});

test('what was written is known when it is written on, and when it is taken back', () => {
  const texts = at(TS, '', 'const note = 1;', 'const note = log(', 'const note = log(text', 'const note = log(text);', '');
  expect(isInert('typescript', ...texts.filter((text) => !text.includes('log(\n') && !text.includes('log(text\n')))).toBe(true);
  expect(isInert('typescript', ...at(TS, 'const note = 1;', ''))).toBe(false);
});

test.each([
  // Others read it, or what it hides.
  ['', 'const text = q;'],
  ['', 'text = q;'],
  ['', 'const rows = [];'],
  ['', 'const helper = log;'],
  ['', 'q = 1;'],
  // It does something.
  ['', 'helper(q);'],
  ['', 'const note = helper(q);'],
  ['', 'cb(text);'],
  ['', 'log(cb, helper);'],
  ['', 'log(() => run(q));'],
  ['', 'list.push(q);'],
  ['', 'log(list);'],
  ['', 'text.note = q;'],
  ['', 'return text;'],
  ['', 'if (text) return q;'],
  ['', 'throw q;'],
  ['', 'const note = new Box().size;'],
  ['', "bus.emit('a', text);"],
  // It says something.
  ['', 'class Note {}'],
  ['', 'function note() {}'],
])('not inert in TypeScript: %j, then %j', (...statements) => {
  expect(isInert('typescript', ...at(TS, ...statements))).toBe(false);
});

const TRY = `export function outer(q) {
  let text = '';
  try {
    text = ask(q);
    @
    %
  } catch {
    run(text);
  }
}
`;

test.each([
  ["text = '';", 'log(q);', false],
  ["text = '';", 'const note = 1;', true],
  ['log(q);', 'log(q, text);', true],
  ['text = log(q);', 'log(q, text);', true],
  ['return log(q);', 'log(q, text);', true],
  ['for (const a of q) log(a);', 'log(q, text);', false],
  ['', 'log(q, text);', false],
] as const)('what a handler sees: before %j, %j', (next, statement, expected) => {
  expect(isInert('typescript', ...at(TRY.replace('%', next), '', statement))).toBe(expected);
});

const PY = `import log
def outer(q):
    text = ask(q)
    @
    run(text)
    %
`;

test.each([
  ['return 1', 'note = log.info(q)', true],
  ['return 1', 'a, b = q', true],
  ['return locals()', 'note = log.info(q)', false],
  ['return 1', 'global note', false],
  ['return 1', 'text = q', false],
  ['return 1', 'yield q', false],
  ['return 1', 'import json', false],
] as const)('in Python, with %j: %j', (rest, statement, expected) => {
  expect(isInert('python', ...at(PY.replace('%', rest), 'pass', '', statement))).toBe(expected);
});

test('the last statement is what a function gives, where the language has it so', () => {
  const [first, last] = ['def outer(q)\n  ask(q)\n  @\n  run(q)\nend\n', 'def outer(q)\n  ask(q)\n  run(q)\n  @\nend\n'];
  expect(isInert('ruby', ...at(first, '', 'note = 1'))).toBe(true);
  expect(isInert('ruby', ...at(last, '', 'note = 1'))).toBe(false);
});

test('only edits of statements in a function are looked at', () => {
  expect(isInert('typescript', 'const a = 1;\n', 'const a = 1;\nconst b = 2;\n')).toBe(false);
  expect(isInert('typescript', 'class A {\n  a = 1;\n}\n', 'class A {\n  a = 1;\n  b = 2;\n}\n')).toBe(false);
});
