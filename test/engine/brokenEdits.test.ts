/** Edits of a text that cannot be read as a program, as while an element of JSX has no end yet. */
import { expect, test } from 'vitest';
import { editsBetween } from '../../server/src/core/language/edit.js';
import { Tag } from '../../server/src/core/language/tags.js';
import { tagOf } from '../../server/src/core/language/tree.js';
import { treeOf } from './tsxTrees.js';

/** What a component's element reads while it is typed into a file that goes on behind it. */
const view = (element: string): string =>
  `import { use } from 'react';\n\nexport const View = () => {\n  const [items, set] = use();\n  return (\n    <div>\n      {items.map((x) => (\n        ${element}\n`;

test('have a run where nothing around them is a block, and say what differs', () => {
  const [before, after] = [treeOf(view('<Box si')), treeOf(view('<Box siz'))];
  expect(tagOf(before, 0)).not.toBe(Tag.Block);
  const [edit] = editsBetween(before, after);
  expect(edit).toBeDefined();
  const { from, toBefore } = edit?.least ?? { from: 0, toBefore: before.count };
  expect(from).toBeGreaterThan(0);
  expect(toBefore - from).toBeLessThan(3);
});

test('have none where the text is no program any more', () => {
  expect(editsBetween(treeOf(`${view('<Box />')}      ))}\n    </div>\n  );\n};\n`), treeOf(view('<Box')))).toEqual([]);
});
