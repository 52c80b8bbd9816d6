/** Python patterns: f-strings, `...` in a dictionary, a lone decorator, `key: value` alone. */
import type { HoleContext, Interpolation, PatternSyntax, StringSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS } from '../holes.js';
import { Tag } from '../tags.js';
import { childrenOf, tagOf } from '../tree.js';
import { MEMBER_SHAPE, membersOfOnly, WHOLE } from '../wrappings.js';

const interpolation: Interpolation = {
  open: '{',
  nested: '{',
  close: '}',
  when: (pattern, at) => pattern[at + 1] !== '{' && isFormatString(pattern, at),
};

const string = (quote: string): StringSyntax => ({ open: quote, close: quote, interpolations: [interpolation] });

const decorator: Wrapping = {
  before: '',
  after: '\ndef cs_f():\n  pass\n',
  pick: (tree) => {
    const [only, ...others] = childrenOf(tree, 0);
    if (only === undefined || others.length > 0 || tagOf(tree, only) !== Tag.Func) return [];
    return childrenOf(tree, only).filter((child) => tagOf(tree, child) === Tag.Decorator);
  },
};

const member: Wrapping = { before: '{ ', after: '\n}', pick: membersOfOnly };

export const pythonPatterns: PatternSyntax = {
  strings: [string('"""'), string("'''"), string('"'), string("'")],
  lineComments: ['#'],
  spell: (hole: HoleContext) => (hole.kind === 'ellipsis' && dictBraces(hole.pattern).has(hole.bracket) ? `**${ELLIPSIS}` : undefined),
  wrappings: (text) => (MEMBER_SHAPE.test(text) && /^\s*['"]/.test(text) ? [WHOLE, decorator, member] : [WHOLE, decorator]),
  explicitCalls: true,
};

/** Whether the string that holds position `at` was opened with an `f` prefix. Looks back to the nearest opening quote. */
function isFormatString(pattern: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    if (pattern[i] === '"' || pattern[i] === "'") {
      let quote = i;
      while (quote > 0 && pattern[quote - 1] === pattern[i]) quote--;
      return /[fF]/.test(pattern.slice(Math.max(0, quote - 2), quote));
    }
  }
  return false;
}

/** Offsets of the `{` that open dictionaries: a `:` stands directly inside them. */
function dictBraces(pattern: string): Set<number> {
  const found = new Set<number>();
  const stack: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '"' || c === "'") {
      const close = pattern.indexOf(c, i + 1);
      if (close > 0) i = close;
    } else if (c === '{' || c === '(' || c === '[') stack.push(i);
    else if (c === '}' || c === ')' || c === ']') stack.pop();
    else if (c === ':') {
      const open = stack.at(-1);
      if (open !== undefined && pattern[open] === '{') found.add(open);
    }
  }
  return found;
}
