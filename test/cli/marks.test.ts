import { describe, expect, it } from 'vitest';
import { parseMarks } from '../../server/src/cli/fixture/marks.js';
import { judge } from '../../server/src/cli/fixture/verdict.js';

function marksOf(text: string, id = 'a') {
  const { ruleid, ok, todoruleid, todook } = parseMarks(text).get(id) ?? { ruleid: [], ok: [], todoruleid: [], todook: [] };
  return { ruleid, ok, todoruleid, todook };
}

describe('marks of a fixture', () => {
  const none = { ruleid: [], ok: [], todoruleid: [], todook: [] };
  it.each([
    ['hash', '# ruleid: a\nx()', { ...none, ruleid: [2] }],
    ['no space', '#ruleid:a\nx()', { ...none, ruleid: [2] }],
    ['slashes', '// ok: a\nx()', { ...none, ok: [2] }],
    ['block comment', '/* ruleid: a */\nx()', { ...none, ruleid: [2] }],
    ['HTML comment', '<!-- ruleid: a -->\nx()', { ...none, ruleid: [2] }],
    ['JSX comment', '{/* ruleid: a */}\n<X/>', { ...none, ruleid: [2] }],
    ['Jinja comment', '{# ok: a #}\n<p>', { ...none, ok: [2] }],
    ['a list of ids', '# ruleid: b, a\nx()', { ...none, ruleid: [2] }],
    ['several kinds in one line', '# ruleid: b ok: a\nx()', { ...none, ok: [2] }],
    ['kinds that share ids', '# ruleid: deepok: a\nx()', { ...none, ruleid: [2] }],
    ['commentary after the id', '# ok: a because it is constant\nx()', { ...none, ok: [2] }],
    ['stacked marks speak of the same line', '# ruleid: a\n# ok: b\nx()', { ...none, ruleid: [3] }],
    ['todo marks', '# todoruleid: a\nx()\n# todook: a\ny()', { ...none, todoruleid: [2], todook: [4] }],
    ['marks of other engines', '# proruleid: a\nx()\n# deepok: a\ny()', none],
    ['a comment of several lines', '/*\n * ruleid: a\n */\nx()', { ...none, ruleid: [4] }],
    ['a comment of several lines, several marks', '<!--\n  ruleid: a\n  ok: b\n-->\n<p>', { ...none, ruleid: [5] }],
    ['code that only looks like the end of a comment', '# ruleid: a\n"""\ntext\n"""', { ...none, ruleid: [2] }],
    ['a mark after code', 'x() # ruleid: a\ny()', { ...none, ruleid: [2] }],
    ['Windows line ends', '# ruleid: a\r\nx()\r\n', { ...none, ruleid: [2] }],
    ['inside a notebook cell', '   "# ruleid: a\\n",\n   "exec(x)"', { ...none, ruleid: [2] }],
    ['a word that only ends like a mark', 'notok: a\nx()', none],
  ])('%s', (_name, text, expected) => {
    expect(marksOf(text)).toEqual(expected);
  });

  it('does not take an object key for a mark line', () => {
    expect(marksOf('# ruleid: a\nf({ ok: value })').ruleid).toEqual([2]);
  });
});

describe('verdict', () => {
  const marks = { ruleid: [2, 4], ok: [6], todoruleid: [8], todook: [10], elsewhere: [12] };
  it('passes when exactly the marked lines are found, todo lines aside', () => {
    expect(judge(marks, [4, 2, 2], false)).toMatchObject({ passed: true, actual: [2, 4] });
    expect(judge(marks, [2, 4, 8, 10, 12], false)).toMatchObject({ passed: true });
  });
  it('tells missed, refuted and unmarked lines apart', () => {
    expect(judge(marks, [2, 6, 7], false)).toMatchObject({ passed: false, missed: [4], refuted: [6], unmarked: [7] });
  });
  it('is strict about todos that have come true', () => {
    expect(judge(marks, [2, 4, 10], true)).toMatchObject({ passed: true, doneTodos: [] });
    expect(judge(marks, [2, 4, 8], true)).toMatchObject({ passed: false, doneTodos: [8, 10] });
  });
});
