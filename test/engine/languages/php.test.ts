/** PHP: variables and names, capitals, what looks like a call, classes, `use`. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `<?php
use Acme\\Store\\Client as Shop;
class Cart extends Base {
  protected $items = [];
  public function total(array $items, $tax = 0) {
    $client = new Shop($this->url, ['retry' => true]);
    echo "total $tax", PHP_EOL;
    Include $items[0] . '.php';
    if ($tax == 0) { RUN($client); } else { $client->run($tax); }
    return $client->orders()->first()->id;
  }
}
`;

test('functions and classes are the same in capitals, variables and methods are not', async () => {
  expect(await linesFound('php', 'run(...)', CODE)).toEqual([9]);
  expect(await linesFound('php', '$X->run(...)', CODE)).toEqual([9]);
  expect(await linesFound('php', '$X->RUN(...)', CODE)).toEqual([]);
  expect(await linesFound('php', '$Client', CODE)).toEqual([]);
  expect(await linesFound('php', '$client->orders()-> ... ->id', CODE)).toEqual([10]);
});

test('words that call', async () => {
  expect(await linesFound('php', 'include $X . "...";', CODE)).toEqual([8]);
  expect(await linesFound('php', 'echo ..., PHP_EOL;', CODE)).toEqual([7]);
  expect(await linesFound('php', 'exit(...);', '<?php\nexit(1);\ndie("no");\nexits(2);\n')).toEqual([2, 3]);
});

test('classes, fields, methods, arrays', async () => {
  expect(await linesFound('php', 'class $C extends base { ... }', CODE)).toEqual([3]);
  expect(await linesFound('php', '$items = [];', CODE)).toEqual([4]);
  expect(await linesFound('php', 'public function $F(..., $X = 0) { ... }', CODE)).toEqual([5]);
  expect(await linesFound('php', "[..., 'retry' => true, ...]", CODE)).toEqual([6]);
  expect(await linesFound('php', 'new Acme\\Store\\Client(...)', CODE)).toEqual([6]);
});

test('an if without else is not one with', async () => {
  expect(await linesFound('php', 'if (...) { ... }', CODE)).toEqual([]);
  expect(await linesFound('php', 'if ($X == 0)', CODE)).toEqual([9]);
});
