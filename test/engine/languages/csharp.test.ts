/** C#: attributes, types, initializers, named arguments, interpolated strings, typed metavariables. */
import { expect, test } from 'vitest';
import { linesFound, ruleYaml, sessionFor } from '../support.js';

const CODE = `using System.IO;
namespace Shop.Web
{
    [Area("admin"), Guarded]
    public class OrderPage : Page
    {
        private readonly Store store = new Store { Retries = 3 };
        public async Task<Result> Load([FromQuery] string id, int page = 1)
        {
            var log = $"order {id}";
            if (id == null) return Missing();
            using (var file = File.Open(path: id, mode: 2)) { Read(file); }
            store?.Find<Order>(id);
            return Ok(log);
        }
    }
}
`;

test('classes, attributes and members', async () => {
  expect(await linesFound('csharp', '[Guarded]\npublic class $C : Page { ... }', CODE)).toEqual([4]);
  expect(await linesFound('csharp', '[Area(...)]\nclass $C { ... }', CODE)).toEqual([4]);
  expect(await linesFound('csharp', '[Open]\nclass $C { ... }', CODE)).toEqual([]);
  expect(await linesFound('csharp', 'public async $T<Result> $M(..., int $P, ...) { ... }', CODE)).toEqual([8]);
  expect(await linesFound('csharp', '$T $M(..., long $P, ...) { ... }', CODE)).toEqual([]);
  expect(await linesFound('csharp', 'using System.IO;', CODE)).toEqual([1]);
});

test('calls, initializers, strings', async () => {
  expect(await linesFound('csharp', 'File.Open(..., mode: $M)', CODE)).toEqual([12]);
  expect(await linesFound('csharp', 'new Store { Retries = $N }', CODE)).toEqual([7]);
  expect(await linesFound('csharp', 'store.Find(...)', CODE)).toEqual([13]);
  expect(await linesFound('csharp', '$X = $"...";', CODE)).toEqual([10]);
  expect(await linesFound('csharp', 'if ($X == null) $S;', CODE)).toEqual([11]);
});

test('a typed metavariable asks for the declared type', async () => {
  expect(await linesFound('csharp', '(Store $S).Find(...)', CODE)).toEqual([13]);
  expect(await linesFound('csharp', '(Shelf $S).Find(...)', CODE)).toEqual([]);
});

test('a pattern that is no C# is refused', async () => {
  expect((await sessionFor(ruleYaml('csharp', 'class { if ('))).errors).toHaveLength(1);
});
