/** What a commit took away or opened is among the first ten places that a reviewer is shown; ordinary work is not shown as such. */
import { describe, expect, it } from 'vitest';
import { FIRST_REFACTORINGS, FIRST_SABOTAGES } from './firstSight.js';
import { REFACTORINGS } from './refactorings.js';
import { SABOTAGES } from './sabotages.js';
import { review, shown } from './support.js';

describe('sabotages', () => {
  it.each([...SABOTAGES, ...FIRST_SABOTAGES])('finds: $name', async ({ tree, work, planted, path, kind }) => {
    const first = shown(await review(tree, [...work, ...planted])).slice(0, 10);
    expect(first.filter((item) => item.rank > 0 && item.path === path && kind.test(item.text))).not.toEqual([]);
  });

  it.each(SABOTAGES)('says nothing above INFO about the work around: $name', async ({ tree, work }) => {
    expect(shown(await review(tree, work)).filter(({ rank }) => rank > 0)).toEqual([]);
  });
});

describe('ordinary work', () => {
  it.each([...REFACTORINGS, ...FIRST_REFACTORINGS])('is quiet about: $name', async ({ tree, edits }) => {
    expect(shown(await review(tree, edits)).filter(({ rank }) => rank > 0)).toEqual([]);
  });
});
