/** Ruby: commands, blocks, symbols and named arguments, class bodies, implicit returns. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `require 'shell/words'
class Report < Base::Record
  audited :name, scope: :all
  def write(path, mode = 'w')
    out = "#{path}.txt"
    store.open out, :mode => mode do |f|
      f << \`cat #{out}\`
    end
    return unless done?
    File.stat(out)
  end
end
`;

test('a command is a call, a method without arguments a member', async () => {
  expect(await linesFound('ruby', 'audited ..., scope: $S', CODE)).toEqual([3]);
  expect(await linesFound('ruby', '$X.open(...)', CODE)).toEqual([6]);
  expect(await linesFound('ruby', '$X.open $F, mode: $M', CODE)).toEqual([6]);
  expect(await linesFound('ruby', 'store.$M', CODE)).toEqual([6]);
  expect(await linesFound('ruby', 'audited :title', CODE)).toEqual([]);
});

test('blocks', async () => {
  expect(await linesFound('ruby', 'store.open(...) do |$F|\n  ...\nend', CODE)).toEqual([6]);
  expect(await linesFound('ruby', 'store.open(...) { |$F, $G| ... }', CODE)).toEqual([]);
});

test('classes and methods', async () => {
  expect(await linesFound('ruby', 'class $C < Base::Record\n  ...\n  def $M(..., $P, ...)\n    ...\n  end\nend', CODE)).toEqual([2]);
  expect(await linesFound('ruby', 'class $C < Record\n  ...\nend', CODE)).toEqual([]);
});

test('strings, shells, imports, values', async () => {
  expect(await linesFound('ruby', '`...#{$X}...`', CODE)).toEqual([7]);
  expect(await linesFound('ruby', '"#{$X}.txt"', CODE)).toEqual([5]);
  expect(await linesFound('ruby', "require 'shell'", CODE)).toEqual([1]);
  expect(await linesFound('ruby', 'return $X.stat(...)', CODE)).toEqual([10]);
  expect(await linesFound('ruby', '{ ..., :a => $V, ... }', 'x = { b: 1, a: 2 }\n')).toEqual([1]);
});
