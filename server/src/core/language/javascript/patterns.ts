/** JavaScript and TypeScript patterns: templates, spreads, `for (...)`, a method, a field or `key: value` alone. */
import type { PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS } from '../holes.js';
import { Tag } from '../tags.js';
import { childrenOf, tagOf, textOf } from '../tree.js';
import { MEMBER_SHAPE, membersOfOnly, PARENTHESISED, WHOLE } from '../wrappings.js';

const STATEMENT_WORDS = new Set([
  'if',
  'for',
  'while',
  'do',
  'switch',
  'catch',
  'try',
  'finally',
  'with',
  'else',
  'function',
  'return',
  'throw',
  'case',
  'default',
]);

const member: Wrapping = { before: '({ ', after: '\n})', pick: membersOfOnly };

/** A method or field alone. */
const classMember: Wrapping = {
  before: 'class cs_c { ',
  after: '\n}',
  pick: (tree) => {
    const [only] = childrenOf(tree, 0);
    const body = only === undefined ? undefined : childrenOf(tree, only).find((child) => tagOf(tree, child) === Tag.Block);
    const members = body === undefined ? [] : childrenOf(tree, body);
    // `for (...) {}` would read as a method called `for`.
    return members.some((item) =>
      childrenOf(tree, item).some((name) => tagOf(tree, name) === Tag.Ident && STATEMENT_WORDS.has(textOf(tree, name))),
    )
      ? []
      : members;
  },
};

const METHOD_SHAPE =
  /^(?:(?:async|static|get|set|public|private|protected)\s+|\*\s*)*(?!(?:function|if|for|while|switch|catch|with|do|else|try|class|return|new|async)\b)[\w#]+\s*\([^{}]*\)\s*(?::[^{}]+)?\{[\s\S]*\}\s*$/;

const ANY_FOR_HEADER = /for\s*\(\s*\.\.\.\s*\)/y;

export const javascriptPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"' },
    { open: "'", close: "'" },
    { open: '`', close: '`', interpolations: [{ open: '${', nested: '{', close: '}' }] },
  ],
  lineComments: ['//'],
  // `...x` is a spread, not an ellipsis before x.
  spell: (hole) => (hole.kind === 'ellipsis' && /^[\w$([{"'`]/.test(hole.pattern.slice(hole.end)) ? '...' : undefined),
  rewrite(pattern, at) {
    ANY_FOR_HEADER.lastIndex = at;
    const found = /[\w$.]/.test(pattern[at - 1] ?? '') ? null : ANY_FOR_HEADER.exec(pattern);
    return found === null ? undefined : { length: found[0].length, text: `for (${ELLIPSIS};;)` };
  },
  wrappings(text) {
    const plain = [WHOLE, classMember];
    // `name(...) { ... }` would also read as a call and a block, `key: value` as a labelled statement: Semgrep reads a method and a member.
    if (METHOD_SHAPE.test(text)) return [classMember, ...plain];
    if (MEMBER_SHAPE.test(text)) return [member, ...plain];
    // `{ a: $X }` is an object before it is a block, as in Semgrep, unless it reads only as statements.
    return text.trimStart().startsWith('{') ? [PARENTHESISED, ...plain] : plain;
  },
};
