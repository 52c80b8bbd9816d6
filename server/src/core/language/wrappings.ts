/** What the pattern syntaxes of several languages share: how fragments are wrapped and picked out again. */
import type { Wrapping } from './definition.js';
import { Role, Tag } from './tags.js';
import { childrenOf, firstChildWithRole, tagOf, type SyntaxTree } from './tree.js';

/** All top-level nodes. */
export function wholeOf(tree: SyntaxTree): readonly number[] {
  return childrenOf(tree, 0);
}

/** The fragment as it is. */
export const WHOLE: Wrapping = { before: '', after: '', pick: wholeOf };

/** The fragment as one or more lines, for grammars in which a line's end ends a statement. */
export const LINES: Wrapping = { before: '', after: '\n', pick: wholeOf };

export const PARENTHESISED: Wrapping = { before: '(', after: '\n)', pick: wholeOf };

/** Members of the one object or dictionary that the wrapped text is. */
export function membersOfOnly(tree: SyntaxTree): readonly number[] {
  const [only] = childrenOf(tree, 0);
  return only === undefined || tagOf(tree, only) !== Tag.Dict ? [] : childrenOf(tree, only);
}

/** What stands in the body of the one definition of `tag`, such as a class, that the wrapped text is. */
export function bodyOfOnly(tree: SyntaxTree, tag: number): readonly number[] {
  const [only] = childrenOf(tree, 0);
  const body = only === undefined || tagOf(tree, only) !== tag ? -1 : firstChildWithRole(tree, only, Role.Body);
  return body < 0 ? [] : childrenOf(tree, body);
}

/** `key: value` alone. */
export const MEMBER_SHAPE = /^\s*(?:[\w$]+|'[^'\n]*'|"[^"\n]*")\s*:\s*[^:\s]/;
