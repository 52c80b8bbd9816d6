/** Ruby patterns: names of classes, `...` in hashes and as the arguments of a command, `key: value` alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, metavariableOf } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, parentOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { LINES } from '../wrappings.js';

/** A class is named with a capital. */
const CLASS_NAME = /(?:\b(?:class|module)\s+|\w::)$/;
/** `f ...`, `f ... do`: arguments without parentheses. */
const COMMAND = /[ \t]+\.\.\.(?=[ \t]*(?:\{|do\b|\)|\n|$))/y;
const NO_COMMANDS =
  /(?:^|[^\w.])(?:if|elsif|unless|while|until|return|when|case|and|or|not|in|then|do|else|yield|begin|ensure|rescue|puts)$/;

function spell({ kind, name, pattern, at, bracket, inString }: HoleContext): string | undefined {
  if (inString) return undefined;
  const before = pattern.slice(0, at);
  if (kind === 'metavariable') return CLASS_NAME.test(before) ? `C${name.slice(1)}` : undefined;
  // Among the members of a hash; a block's `{` follows a name, a call or `|x|`.
  if (pattern[bracket] !== '{' || /[\w?!)|.]\s*$/.test(pattern.slice(0, bracket))) return undefined;
  return /[{,]\s*$/.test(before) ? `**${name}` : undefined;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  // A body that is one metavariable: any body.
  if (tagOf(tree, node) === Tag.Block && parentOf(tree, node) >= 0) {
    const [only, second] = childrenOf(tree, node);
    const name = only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Ident ? '' : textOf(tree, only);
    return metavariableOf(name) === undefined ? undefined : name;
  }
  if (tagOf(tree, node) !== Tag.Ident) return undefined;
  const text = textOf(tree, node);
  return text.startsWith('Cs_') ? `c${text.slice(1)}` : undefined;
}

const pair: Wrapping = {
  before: 'cs_x = { ',
  after: '\n}',
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    const value = only === undefined ? -1 : firstChildWithRole(tree, only, Role.Right);
    return value >= 0 && tagOf(tree, value) === Tag.Dict ? childrenOf(tree, value) : [];
  },
};

const PAIR_SHAPE = /^\s*(?::?[\w$]+|:?"[^"\n]*"|'[^'\n]*')\s*(?:=>|:\s+[^:\s])/;

/** All statements; a name alone is not yet a call. */
const lines: Wrapping = {
  ...LINES,
  pick(tree) {
    const roots = childrenOf(tree, 0);
    const [only, second] = roots;
    if (only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Call) return roots;
    const [callee, args] = childrenOf(tree, only);
    const bare = callee !== undefined && args !== undefined && textOf(tree, args) === '' && textOf(tree, callee) === textOf(tree, only);
    return bare ? [callee] : roots;
  },
};

export const rubyPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"', interpolations: [{ open: '#{', nested: '{', close: '}' }] },
    { open: "'", close: "'" },
    { open: '`', close: '`', interpolations: [{ open: '#{', nested: '{', close: '}' }] },
  ],
  lineComments: ['#'],
  spell,
  rewrite(pattern, at) {
    COMMAND.lastIndex = at;
    const before = pattern.slice(0, at);
    const found = /[\w?!]$/.test(before) && !NO_COMMANDS.test(before) ? COMMAND.exec(pattern) : null;
    return found === null ? undefined : { length: found[0].length, text: `(${ELLIPSIS})` };
  },
  holeAt,
  unquotedStrings: true,
  wrappings: (text) => (PAIR_SHAPE.test(text) ? [pair] : [lines]),
};
