/** Lua patterns: `...` as a statement, expressions alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { LINES } from '../wrappings.js';

/** What a statement may follow. */
const STARTS = /(?:^|[;)\n]|\b(?:then|do|else|repeat))[ \t]*$/;

/** A name alone is no statement; a call is. */
function spell({ kind, name, pattern, at, end, bracket, inString }: HoleContext): string | undefined {
  if (inString || kind !== 'ellipsis' || bracket >= 0) return undefined;
  const alone = STARTS.test(pattern.slice(0, at)) && /^[ \t]*(?:;|\n|$|end\b)/.test(pattern.slice(end));
  return alone ? `${name}()` : undefined;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) !== Tag.Call) return undefined;
  const [callee, args] = childrenOf(tree, node);
  return callee !== undefined && args !== undefined && textOf(tree, callee) === ELLIPSIS && childrenOf(tree, args).length === 0
    ? ELLIPSIS
    : undefined;
}

const expression: Wrapping = {
  before: 'cs_x = ',
  after: '\n',
  pick(tree) {
    const [only, second] = childrenOf(tree, 0);
    const value = only === undefined || second !== undefined ? -1 : firstChildWithRole(tree, only, Role.Right);
    return value < 0 ? [] : [value];
  },
};

export const luaPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"' },
    { open: "'", close: "'" },
    { open: '[[', close: ']]', escapes: false },
  ],
  lineComments: ['--'],
  spell,
  holeAt,
  unquotedStrings: true,
  wrappings: () => [LINES, expression],
};
