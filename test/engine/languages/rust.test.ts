/** Rust: paths and what `use` brings in, statements, functions, casts. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `use acme::net::{self, Client as Http};
pub fn load(url: &str, mut tries: u32) -> Option<Page> {
    let mut page: Page = Http::get(url);
    net::close();
    if tries == 0 { return None; }
    unsafe { raw(page as u8); }
    page.lines().map(|l| l.trim())
}
`;

test('paths', async () => {
  expect(await linesFound('rust', 'acme::net::Client::get(...)', CODE)).toEqual([3]);
  expect(await linesFound('rust', 'acme::net::close()', CODE)).toEqual([4]);
  expect(await linesFound('rust', 'net::open()', CODE)).toEqual([]);
});

test('statements and functions', async () => {
  expect(await linesFound('rust', 'let mut $X = $C::get(...);\n...\nunsafe { ... }', CODE)).toEqual([3]);
  expect(await linesFound('rust', 'fn $F(..., $T: u32, ...) -> $R { ... }', CODE)).toEqual([2]);
  expect(await linesFound('rust', '$X.lines(). ... .map(...)', CODE)).toEqual([7]);
  expect(await linesFound('rust', 'raw(page)', CODE)).toEqual([6]);
});
