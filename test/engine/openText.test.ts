/** What is read of an open document after an edit is what is read of the text alone. */
import { expect, test } from 'vitest';
import { readOpenText, type OpenText } from '../../server/src/core/formula/openText.js';
import { readText } from '../../server/src/core/formula/readText.js';
import { createSubstringTable } from '../../server/src/core/formula/substrings.js';
import { createNeedTables, createTextIndex, type TextIndex } from '../../server/src/core/formula/textIndex.js';
import { createWordTable, type WordHits } from '../../server/src/core/formula/words.js';
import type { Need } from '../../server/src/core/formula/needs.js';
import { compileRegex, type TextRegex } from '../../server/src/core/model/regex.js';

const WORDS = ['run', 'exec', 'os', 'a', 'shell'];
const STRINGS = ['shell=', 'exec', 'verify=false', 'a b', 'run(', 'cr', 'x'.repeat(70)];
const PIECES = [
  'run',
  '(',
  ')',
  ' ',
  '\n',
  'ex',
  'ec',
  'a',
  'b',
  '_',
  '=',
  'shell',
  'verify=',
  'False',
  'é',
  'x'.repeat(35),
  'filler '.repeat(300),
];

function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >> 8) % below;
  };
}

function typed(text: string, next: (below: number) => number): string {
  const start = next(text.length + 1);
  const end = Math.min(text.length, start + (next(3) === 0 ? next(text.length > 20_000 ? 8_000 : 60) : 0));
  return text.slice(0, start) + (PIECES[next(PIECES.length)] ?? '') + text.slice(end);
}

function placesOf({ count, starts, words }: WordHits): string {
  return `${starts.subarray(0, count).join()} ${words.subarray(0, count).join()}`;
}

test('names and strings are found where they are', () => {
  const next = numbers(5);
  const [words, strings] = [createWordTable(WORDS), createSubstringTable(STRINGS)];
  let text = PIECES.join(' ');
  let open: OpenText | undefined;
  let longest = 0;
  for (let done = 0; done < 1_000; done++) {
    text = typed(text, next);
    open = readOpenText(text, open);
    longest = Math.max(longest, text.length);
    const alone = readText(text);
    expect(Buffer.compare(open.units, alone.units)).toBe(0);
    const [hits, own] = [alone.hits(words), open.hits(words)];
    expect(placesOf(own)).toBe(placesOf(hits));
    expect(open.substrings(strings)).toEqual(alone.substrings(strings));
  }
  // Several stretches.
  expect(longest).toBeGreaterThan(10_000);
});

/** In one line, at its edges, across lines. */
const SPELLED = ['ru[n(]+', '(?<![a-z])ex', 'a$', '(?m)^ *shell=', '(?m)a$', 'b\\n', '\\nrun', 'a[^b]{1,8}b', '\\Arun'];

function regexOf(source: string): TextRegex {
  const compiled = compileRegex(source, false);
  if ('error' in compiled) throw new Error(compiled.error);
  return compiled.regex;
}

test('whether expressions match is that of the text alone', () => {
  const needs = SPELLED.map((source): Need => ({ kind: 'regex', regex: regexOf(source) }));
  const tables = createNeedTables(needs);
  const next = numbers(11);
  let text = 'run os a b';
  let open: OpenText | undefined;
  let index: TextIndex | undefined;
  const answers = new Set<string>();
  for (let done = 0; done < 3_000; done++) {
    text = text.length > 200 ? 'run os a b' : typed(text, next).replace(/ filler.*/, '');
    open = readOpenText(text, open);
    index = createTextIndex(open, { before: index, edited: open.edited });
    const alone = createTextIndex(readText(text));
    const found = needs.map((need) => index?.satisfies(need, tables));
    expect([text, ...found]).toEqual([text, ...needs.map((need) => alone.satisfies(need, tables))]);
    for (const [at, yes] of found.entries()) answers.add(`${SPELLED[at]} ${yes}`);
  }
  expect(answers.size).toBe(2 * needs.length);
});

test('answers are those of the text alone', () => {
  const literal = (kind: 'word' | 'called' | 'part', text: string): Need => ({ kind: 'literal', literal: { kind, text } });
  const needs: readonly Need[] = [
    literal('word', 'run'),
    literal('called', 'exec'),
    literal('part', 'shell='),
    literal('part', 'é'),
    { kind: 'all', needs: [literal('word', 'os'), literal('part', 'a b')] },
    { kind: 'any', needs: [literal('called', 'run'), { kind: 'all', needs: [literal('word', 'shell'), literal('part', 'é')] }] },
  ];
  const tables = createNeedTables(needs);
  const next = numbers(8);
  let text = 'run os a b';
  let open: OpenText | undefined;
  let index: TextIndex | undefined;
  let carried = 0;
  for (let done = 0; done < 1_000; done++) {
    text = text.length > 300 ? 'run os a b' : typed(text, next);
    open = readOpenText(text, open);
    index = createTextIndex(open, { before: index });
    carried += index.answered.get(tables)?.known.filter((known) => known !== 0).length ?? 0;
    const alone = createTextIndex(readText(text));
    expect(needs.map((need) => index?.satisfies(need, tables))).toEqual(needs.map((need) => alone.satisfies(need, tables)));
  }
  expect(carried).toBeGreaterThan(1_000);
});
