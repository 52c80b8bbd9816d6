/** Scala: definitions, parameters, blocks as arguments, named operators, imports. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `import acme.io.{Reader, Pipe => Tube}
class Feed(client: Client) extends Base {
  val title = "news"
  def load(url: String, tries: Int = 2): Page = {
    val page = client.fetch(url, retries = tries)
    Tube.open(page)
    items map show
    page.run { p => p.close() }
  }
}
`;

test('definitions', async () => {
  expect(await linesFound('scala', 'def $F(..., $U: String, ...) = {\n  ...\n}', CODE)).toEqual([4]);
  expect(await linesFound('scala', 'class $C (..., $X: Client, ...) {\n  ...\n}', CODE)).toEqual([2]);
  expect(await linesFound('scala', 'class $C (..., $X: Server, ...) {\n  ...\n}', CODE)).toEqual([]);
  expect(await linesFound('scala', '$X = "news"', CODE)).toEqual([3]);
});

test('calls and imports', async () => {
  expect(await linesFound('scala', '$C.fetch(..., retries = $N)', CODE)).toEqual([5]);
  expect(await linesFound('scala', 'acme.io.Pipe.open(...)', CODE)).toEqual([6]);
  expect(await linesFound('scala', '$XS.map($F)', CODE)).toEqual([7]);
  expect(await linesFound('scala', '$X.run(...)', CODE)).toEqual([8]);
  expect(await linesFound('scala', 'import acme.io.$X', CODE)).toEqual([1]);
});
