/** Lua: members, several targets, statements, tables. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `local name, size = "a", 2
function Store.load(path, mode)
  local file = io.open(path, "r")
  if file ~= nil then
    file:read("*a")
    os.execute("rm " .. path)
  end
  return { ok = true, path }
end
`;

test('calls and expressions', async () => {
  expect(await linesFound('lua', 'os.execute("..." .. $X)', CODE)).toEqual([6]);
  expect(await linesFound('lua', '$F:read(...)', CODE)).toEqual([5]);
  expect(await linesFound('lua', '$X ~= nil', CODE)).toEqual([4]);
  expect(await linesFound('lua', '$X = io.open(...)', CODE)).toEqual([3]);
});

test('statements', async () => {
  expect(await linesFound('lua', '$F = io.open(...)\n...\nreturn $R', CODE)).toEqual([3]);
  expect(await linesFound('lua', 'if (...) then\n  ...\nend', CODE)).toEqual([4]);
  expect(await linesFound('lua', 'function $F(path, ...)\n  ...\nend', CODE)).toEqual([2]);
});
