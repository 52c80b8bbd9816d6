/** Where comments may be, told without a parse: every comment that the parser finds is in there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentTexts } from '../../server/src/core/comment/comments.js';
import { remarksByMarks } from '../../server/src/core/comment/remarks.js';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { pythonOutline } from '../../server/src/core/language/python/outline.js';
import { loweringOf, syntaxOf } from '../../server/src/core/language/registry.js';
import { Tag } from '../../server/src/core/language/tags.js';
import { endOf, startOf, tagOf, textOf } from '../../server/src/core/language/tree.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';

const { comments } = syntaxOf('typescript');
const textsOf = (text: string): readonly string[] | undefined =>
  remarksByMarks(text, comments)?.map(({ start, end }) => text.slice(start, end));

test.each<[string, readonly string[]]>([
  ['a();', []],
  ['// one\na(); // two\n', ['// one', '// two']],
  ['/* one\n two */ a(); /**/ /*', ['/* one\n two */', '/**/', '/*']],
  ['/*/ one */ a(); // "/*"\nb();\n', ['/*/ one */', '// "/*"\nb();\n']],
  ['#!/usr/bin/node\n<!-- one\n--> two', ['#!/usr/bin/node', '<!-- one', '--> two']],
  // Strings may look like comments.
  ['glob("src/**/*.ts"); f();', ['/**/*.ts"); f();']],
])('%j', (text, remarks) => expect(textsOf(text)).toEqual(remarks));

test('a language that does not say so has none', () => {
  expect(remarksByMarks('# one', syntaxOf('python').comments)).toBeUndefined();
  expect(remarksByMarks('/* one /* two */ three */', syntaxOf('rust').comments)).toBeUndefined();
});

describe('whatever is written', async () => {
  const parser = await createParser(readWasm);
  await parser.ensure(['typescript', 'javascript', 'python']);

  test('comments are among the remarks', () => {
    const pieces = [
      '//',
      '/*',
      '*/',
      '/',
      '*',
      '"',
      "'",
      '`',
      '${',
      '}',
      '\n',
      '<!--',
      '-->',
      '#',
      'a',
      ' ',
      '(',
      ')',
      '=',
      '\\',
      '[',
      ']',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('typescript' as const, 'javascript' as const), (source, grammar) => {
        const raw = parser.parse(source, grammar);
        const found = raw === undefined ? [] : lowerTree(raw, source, loweringOf(grammar)).comments;
        const remarks = remarksByMarks(source, comments) ?? [];
        const missed = found.filter(({ start, end }) => {
          // After a slash of its own the parser counts the space before a comment to it.
          const from = end - source.slice(start, end).trimStart().length;
          return !remarks.some((span) => span.start <= from && end <= span.end);
        });
        expect(missed).toEqual([]);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });

  test('comments and docstrings of Python are among what its outline has', () => {
    const statements = [
      'x = 1  # one',
      `f("a # b", 'c')`,
      'def g():\n    """two"""\n    return "three"',
      'class C:\n    r"four" \\\n    "five"\n    y = {"k": [1, 2]}  # six',
      'if x:\n    f(\n        "seven",  # eight\n    )',
      'def h(): "ten"',
      'def i():\n    ("eleven")',
      '# twelve',
    ];
    // A bracket that was typed behind a line, or taken away.
    const text = fc
      .tuple(fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 6 }), fc.constantFrom(...'([{)]}'), fc.nat(), fc.boolean())
      .map(([parts, bracket, at, typed]) => {
        const whole = `${parts.join('\n')}\n`;
        const where = whole.indexOf(typed ? '\n' : bracket, at % whole.length);
        return where < 0 ? whole : whole.slice(0, where) + (typed ? bracket : '') + whole.slice(typed ? where : where + 1);
      });
    fc.assert(
      fc.property(text, (source) => {
        const outline = pythonOutline(source);
        const raw = parser.parse(source, 'python');
        if (raw === undefined || outline === undefined) return;
        const tree = lowerTree(raw, source, loweringOf('python'));
        const docstrings = commentTexts(tree).flatMap(({ span, docstring }) => (docstring ? [span] : []));
        const prefixAt = (at: number): number => /^[a-z]*/.exec(source.slice(at))?.[0].length ?? 0;
        const remarked = tree.comments.filter(({ start }) => source[start] !== '\\');
        const missed = [...remarked, ...docstrings].filter(
          ({ start, end }) => !outline.remarks.some((remark) => remark.start <= start + prefixAt(start) && end <= remark.end),
        );
        expect(missed.map(({ start, end }) => source.slice(start, end))).toEqual([]);
        const names = Array.from({ length: tree.count }, (_, node) => node).filter((node) => tagOf(tree, node) === Tag.Ident);
        const hidden = names.filter((node) =>
          outline.quoted.some((quoted) => quoted.start <= startOf(tree, node) && endOf(tree, node) <= quoted.end),
        );
        expect(hidden.map((node) => textOf(tree, node))).toEqual([]);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});
