/** Wrappings of pattern fragments that several languages share. */
import type { Wrapping } from './definition.js';
import { Tag } from './tags.js';
import { childrenOf, tagOf, type SyntaxTree } from './tree.js';

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

/** `key: value` alone. */
export const MEMBER_SHAPE = /^\s*(?:[\w$]+|'[^'\n]*'|"[^"\n]*")\s*:\s*[^:\s]/;
