/** HTML: elements, attributes in any order, content. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `<!DOCTYPE html>
<main>
  <a target=_blank href="http://example.test">go <b>on</b></a>
  <meta http-equiv="refresh" content="5">
  <script src="/app.js" defer></script>
</main>
`;

test('elements and attributes', async () => {
  expect(await linesFound('html', '<a href="$URL">...</a>', CODE)).toEqual([3]);
  expect(await linesFound('html', '<a ... href="$URL">...</a>', CODE)).toEqual([3]);
  expect(await linesFound('html', '<meta ... http-equiv=...>', CODE)).toEqual([4]);
  expect(await linesFound('html', '<$T ... src="/app.js" ...>...</$T>', CODE)).toEqual([5]);
  expect(await linesFound('html', '<$T ... src="/other.js" ...>...</$T>', CODE)).toEqual([]);
});
