/** Julia: calls with keywords and `do` blocks, short and long functions, types, bodies without nodes of their own, imports. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `using Sockets: connect as dial
import Base.Filesystem as FS
run(cmd; wait=false) = spawn(cmd)
function serve(port::Int, host="all")
  if port < 1024
    return open(port)
  elseif port == 0
    warn("no $port")
  end
  for p in ports
    dial(p, "x")
  end
end
limit::Vector{Int} = [1, 2]
try
  FS.rm("/tmp/a", recursive=true)
catch e
  rethrow(e)
end
map(xs) do x
  eval(x)
end
squares = [n^2 for n in ns]
`;

test('calls, strings, imports', async () => {
  expect(await linesFound('julia', 'Sockets.connect(...)', CODE)).toEqual([11]);
  expect(await linesFound('julia', 'Base.Filesystem.rm("...", ..., recursive=true)', CODE)).toEqual([16]);
  expect(await linesFound('julia', 'map(..., x -> ...)', CODE)).toEqual([20]);
  expect(await linesFound('julia', 'eval($X)', CODE)).toEqual([21]);
  expect(await linesFound('julia', 'rm("...", ...)', 'rm("a")\nrm(b)\n')).toEqual([1]);
});

test('functions and statements', async () => {
  expect(await linesFound('julia', 'function $F(...)\n  ...\nend', CODE)).toEqual([3, 4]);
  expect(await linesFound('julia', 'if $C\n  ...\nend', CODE)).toContain(5);
  expect(await linesFound('julia', 'for $X in ports\n  ...\nend', CODE)).toEqual([10]);
  expect(await linesFound('julia', 'try\n  ...\ncatch $E\n  ...\nend', CODE)).toEqual([15]);
  expect(await linesFound('julia', '[$A for $B in $C]', CODE)).toEqual([23]);
});

test('types', async () => {
  const code = 'a::Int64 = read()\nf(a)\nb = read()\nf(b)\nf((1 | 2)::Int64)\n';
  const typed = 'patterns:\n  - pattern: f($X)\n  - metavariable-type:\n      metavariable: $X\n      type: Int64';
  expect(await linesFound('julia', typed, code)).toEqual([2, 5]);
  const compared = 'patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X & 2 == 2';
  expect(await linesFound('julia', compared, code)).toEqual([5]);
});
