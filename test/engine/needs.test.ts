/** The filter before parsing: it must never pass over a file in which its rule would match. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containedIn, needOfExpression, quotedIn, wholeIn, type RegexNeed } from '../../server/src/core/formula/regexLiterals.js';
import { createGates, likelyRules } from '../../server/src/core/formula/gates.js';
import { allOf, anyOf, type Need } from '../../server/src/core/formula/needs.js';
import { readText } from '../../server/src/core/formula/readText.js';
import { createNeedTables, createTextIndex, indexOfNeed } from '../../server/src/core/formula/textIndex.js';
import { createSubstringTable, findSubstrings } from '../../server/src/core/formula/substrings.js';
import { toUnits } from '../../server/src/core/formula/units.js';
import { createWordTable, findHits, wordsWithin, bitsOf } from '../../server/src/core/formula/words.js';
import { compileRegex, type TextRegex } from '../../server/src/core/model/regex.js';
import { linesFound, marked } from './support.js';

function regex(source: string): TextRegex {
  const compiled = compileRegex(source, false);
  if ('error' in compiled) throw new Error(compiled.error);
  return compiled.regex;
}

function holds(need: RegexNeed, text: string): boolean {
  if (need.kind === 'strings') return need.anyOf.some((string) => text.includes(string));
  return need.kind === 'all' ? need.needs.every((part) => holds(part, text)) : need.needs.some((part) => holds(part, text));
}

/** Expressions, and texts that each matches from its start. */
const matching: readonly (readonly [string, readonly string[]])[] = [
  ['(?i)ignore\\s+(?:all|previous)', ['IGNORE  previous', 'ignore all']],
  ['ab?c+d', ['acd', 'abccd']],
  ['(?:foo|bar)?baz', ['baz', 'foobaz']],
  ['^(?:get|post)$', ['get', 'post']],
  ['(?is).*(?:\\b|_)(?:repl|code_?exec)\\b(?:\\(.*\\))?$', ['my_repl', 'x.code_exec(1)', 'REPL']],
  ['x{0}yes', ['yes']],
  ['[Aa]pi(?=key)', ['apikey']],
  ['a\\.b|c', ['a.b', 'c']],
  ['(?:.*[._])?runner$', ['runner', 'a.b_runner']],
  ['^[^"]*code', ['the code', 'code']],
  ['tool\\w*name', ['toolname', 'tool_call_name']],
  ['gh[pousr]_[a-z]{2}', ['ghp_ab', 'ghs_zz']],
  ['(?i)a?(?:call|ask)_?(?:the_)?(?:llm|gpt[0-9]*)', ['ACALL_the_gpt4', 'askllm']],
  ['(?:ab)+c(?:d|ef)+g', ['ababcdefg', 'abcdg']],
  ['[^x]yz+(?<=z)w', ['1yzzw']],
  ['(?i)^(?:[\\w.]+[._])?(?:api_?key|mac)$', ['mac', 'self.api_key', 'my_apikey']],
  ['(?i)\\s*(?:insert\\s+into\\b|drop\\s+table\\b)', ['INSERT  INTO', 'drop\ttable']],
  ['^(?:\\w+_)?token(?:_\\w+)?$', ['token', 'a_token_b']],
];

describe('regular expressions', () => {
  test.each(matching)('%s', (source, texts) => {
    for (const text of texts) {
      expect(regex(source).matchesAtStart(text), `${source} should match ${text}`).toBeDefined();
      const need = needOfExpression(source);
      expect(holds(need, text.toLowerCase()), `${JSON.stringify(need)} in ${text}`).toBe(true);
      // Wherever the text stands in a file.
      const anywhere = containedIn(source) ?? '';
      expect(regex(anywhere).find(`q1${text}2q`, 0), `${anywhere} in ${text}`).toBeDefined();
      const whole = wholeIn(source) ?? '';
      expect(regex(whole).find(`q1=${text}-2q`, 0), `${whole} in ${text}`).toBeDefined();
      const quoted = source.startsWith('^') && source.endsWith('$') ? (quotedIn(source) ?? '') : '';
      expect(regex(quoted).find(`f('${text}')`, 0), `${quoted} in ${text}`).toBeDefined();
    }
  });
});

test('a name is looked for as a whole where an expression is over a whole name', () => {
  const whole = wholeIn('(?i)^(?:ssn|dob\\w*)$') ?? '';
  expect(regex(whole).find('x.className', 0)).toBeUndefined();
  expect(regex(whole).find('x.ssn,', 0)).toBeDefined();
  expect(regex(wholeIn('^exec') ?? '').find('x_exec()', 0)).toBeUndefined();
  expect(regex(wholeIn('^[(]exec') ?? '').find('x(exec()', 0)).toBeDefined();
});

describe('one pass over a text', () => {
  const text = fc
    .array(fc.constantFrom('exec', 'eval', 'ex', 'ec', '_', '(', ' ', '\n', 'as', '=', 'A', 'é', '9'), { maxLength: 30 })
    .map((parts) => parts.join(''));
  const strings = fc.uniqueArray(fc.constantFrom('exec', 'ex', 'xe', 'eval', 'c(', 'a', 'eva', '9'), { minLength: 1 });

  test('finds the substrings that a search one by one finds', () => {
    fc.assert(
      fc.property(text, strings, (value, wanted) => {
        const table = createSubstringTable(wanted);
        const found = new Uint8Array(table.indexes.size);
        findSubstrings(toUnits(value), 0, value.length, table, found);
        for (const [string, index] of table.indexes) expect(found[index] === 1).toBe(value.toLowerCase().includes(string));
      }),
    );
  });

  test('finds the words that a regular expression finds', () => {
    fc.assert(
      fc.property(text, (value) => {
        const table = createWordTable(['exec', 'eval', 'ex']);
        const found = new Uint8Array(table.words.length);
        const units = toUnits(value);
        wordsWithin(findHits(units, table), units, 0, value.length, table, found);
        for (const [word, index] of table.indexes) {
          expect(((found[index] ?? 0) & bitsOf(false)) !== 0).toBe(new RegExp(`(?<![A-Za-z0-9_])${word}(?![A-Za-z0-9_])`).test(value));
          const isCalled = new RegExp(`(?<![A-Za-z0-9_])${word}\\s*\\(`).test(value);
          expect(!isCalled || ((found[index] ?? 0) & bitsOf(true)) !== 0).toBe(true);
        }
      }),
    );
  });
});

describe('rules hang on the names and strings that they need', () => {
  const literal = fc.record({
    kind: fc.constantFrom('word' as const, 'called' as const, 'part' as const, 'folded' as const),
    text: fc.constantFrom('exec', 'eval', 'ex', 'as', 'é'),
  });
  const needs = fc.letrec<{ need: Need }>((tie) => ({
    need: fc.oneof(
      { maxDepth: 3 },
      literal.map((one): Need => ({ kind: 'literal', literal: one })),
      fc.constant<Need>({ kind: 'regex', regex: regex('e[vx]') }),
      fc
        .record({ kind: fc.constantFrom('all' as const, 'any' as const), needs: fc.array(tie('need'), { maxLength: 3 }) })
        .map(({ kind, needs: parts }): Need => (kind === 'all' ? allOf(parts) : anyOf(parts))),
    ),
  })).need;
  const text = fc.array(fc.constantFrom('exec', 'eval', 'ex', '(', ' ', 'as ', 'é', 'x'), { maxLength: 12 }).map((parts) => parts.join(''));

  test('none is passed over that a text satisfies', () => {
    fc.assert(
      fc.property(fc.array(needs, { minLength: 1, maxLength: 6 }), text, (wanted, value) => {
        const tables = createNeedTables(wanted);
        const asks = Int32Array.from(wanted, (need) => indexOfNeed(need, tables));
        const index = createTextIndex(readText(value));
        const { words, substrings } = index.found(tables);
        const likely = likelyRules(createGates(asks, tables), words, substrings);
        const satisfied = wanted.flatMap((need, rule) => (index.satisfies(need, tables) ? [rule] : []));
        expect(likely).toEqual(expect.arrayContaining(satisfied));
      }),
    );
  });
});

/** Names written in ways that a filter over words could miss. */
test.each([
  ['python', 'os.system(...)', 'from os import (\n    system as run,\n)\nrun(x) #<\n'],
  ['python', 'exec(...)', 'exec \\\n  (x) #<\n'],
  ['javascript', 'f({ "=~/^shell$/": true })', 'f({ shell: true }); //<\n'],
] as const)('%s: %s', async (language, pattern, code) => {
  const lines = marked(code);
  expect((await linesFound(language, pattern, code)).length).toBe(lines.length);
});
