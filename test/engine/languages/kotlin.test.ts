/** Kotlin: properties, classes, named arguments, functions after calls, strings, imports. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `import acme.net.Client
@Keep
class Loader(val url: String) : Base(url), Closeable {
    private val cipher: Cipher = Cipher.of("plain")
    fun load(tries: Int, vararg more: String): Page? {
        val page = Client.fetch(url, retries = tries)!!.body
        if (page == null) return null
        page.lines.map { it.trim() }
        return Page("at $url")
    }
}
`;

test('definitions', async () => {
  expect(await linesFound('kotlin', 'val $X: Cipher = Cipher.of(...)', CODE)).toEqual([4]);
  expect(await linesFound('kotlin', '$X = Cipher.of("plain")', CODE)).toEqual([4]);
  expect(await linesFound('kotlin', 'fun $F(..., $T: Int, ...): $R {\n  ...\n}', CODE)).toEqual([5]);
  expect(await linesFound('kotlin', 'class $C(...) : Closeable {\n  ...\n}', CODE)).toEqual([2]);
  expect(await linesFound('kotlin', 'class $C(...) : Runnable {\n  ...\n}', CODE)).toEqual([]);
});

test('calls, strings, imports', async () => {
  expect(await linesFound('kotlin', 'acme.net.Client.fetch(..., retries = $N)', CODE)).toEqual([6]);
  expect(await linesFound('kotlin', '$X.map(...)', CODE)).toEqual([8]);
  expect(await linesFound('kotlin', 'Page("...")', CODE)).toEqual([]);
  expect(await linesFound('kotlin', 'import acme', CODE)).toEqual([1]);
  expect(await linesFound('kotlin', 'if ($X == null) return null', CODE)).toEqual([7]);
});
