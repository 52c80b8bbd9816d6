/** What a scalar says where that is not what stands there: escapes in double quotes, folded lines. */
import { childrenOf, startOf, textOf, type SyntaxTree } from '../tree.js';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  e: '\u001b',
  '"': '"',
  '/': '/',
  '\\': '\\',
  ' ': ' ',
};

export function yamlValue(tree: SyntaxTree, node: number): string | undefined {
  const start = startOf(tree, node);
  const text = childrenOf(tree, node)
    .map((piece) => textOf(tree, piece))
    .join('');
  if (tree.text[start] === '"') {
    if (!text.includes('\\')) return undefined;
    return text.replaceAll(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([\s\S]))/g, (whole, two?: string, four?: string, one?: string) => {
      const code = two ?? four;
      return code === undefined ? (ESCAPES[one ?? ''] ?? whole) : String.fromCharCode(Number.parseInt(code, 16));
    });
  }
  // `>`: one line break is a space, more are one less.
  if (!/>[-+\d]*$/.test(tree.text.slice(Math.max(0, start - 4), start))) return undefined;
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  const body = text.slice(0, end);
  return body.replaceAll(/\n(\n*)/g, (_, more: string) => (more === '' ? ' ' : more)) + text.slice(body.length);
}
