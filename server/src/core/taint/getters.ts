/** Methods that run where a part of an object is read: `get x()` of JavaScript, `@property` of Python. */
import { Role, Tag } from '../language/tags.js';
import { childrenOf, endOf, firstChildWithRole, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

const GET = /^(?:(?:static|override|public|private|protected|readonly|abstract)\s+)*get\s+[^\s(=:,;]*$/;
const PROPERTY = /^@?\s*(?:\w+\.)*(?:cached_?property|property|computed_field)\b/;
/** Of what stands before a name, in UTF-16 code units. */
const MAX_MODIFIERS = 80;

export function isGetter(tree: SyntaxTree, func: number): boolean {
  const name = firstChildWithRole(tree, func, Role.Name);
  if (name < 0) return false;
  const decorators = childrenOf(tree, func).filter((child) => tagOf(tree, child) === Tag.Decorator);
  if (decorators.some((decorator) => PROPERTY.test(textOf(tree, decorator)))) return true;
  const last = decorators.at(-1);
  const start = last === undefined ? startOf(tree, func) : endOf(tree, last);
  const end = endOf(tree, name);
  return end - start < MAX_MODIFIERS && GET.test(tree.text.slice(start, end).trim());
}
