/** Python patterns: f-strings, `...` in a dictionary, a lone decorator, `key: value` alone. */
import type { HoleContext, Interpolation, PatternSyntax, StringSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, METAVARIABLE_PREFIX, TYPED_PREFIX } from '../holes.js';
import { Tag } from '../tags.js';
import { childrenOf, tagOf } from '../tree.js';
import { typedHead, typedIn } from '../typedHoles.js';
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
  spell: (hole: HoleContext) =>
    hole.kind === 'ellipsis' && !/:\s*$/.test(hole.pattern.slice(0, hole.at)) && dictBraces(hole.pattern).has(hole.bracket)
      ? `**${ELLIPSIS}`
      : undefined,
  wrappings: (text) => (MEMBER_SHAPE.test(text) && /^\s*['"]/.test(text) ? [WHOLE, decorator, member] : [WHOLE, decorator]),
  rewrite(pattern, at) {
    const typed = typedHead(pattern, at);
    if (typed === undefined) return typedArgument(pattern, at);
    // The type stays what it is; only the parentheses become an index.
    const type = pattern.slice(at + typed.length, typed.close);
    return {
      length: typed.close + 1 - at,
      text: `${TYPED_PREFIX}${typed.name}[${type.replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, `${METAVARIABLE_PREFIX}$1`)}]`,
    };
  },
  typedAt: typedIn,
  explicitCalls: true,
  keywords: new Map([[Tag.Try, 'try']]),
  plainTokens: true,
};

/** `f($X: T)`: in a call the type needs no parentheses of its own. */
function typedArgument(pattern: string, at: number): { readonly length: number; readonly text: string } | undefined {
  if (pattern[at] !== '(' && pattern[at] !== ',') return undefined;
  const before = pattern.slice(0, at);
  if (/\b(?:def|class|lambda)\b[^\n]*$/.test(before) || (pattern[at] === '(' && !/[\w)\]]$/.test(before))) return undefined;
  if (pattern[at] === ',' && !/\w\([^(){}[\]]*$/.test(before)) return undefined;
  const found = /^([(,]\s*)\$([A-Z_][A-Z_0-9]*)\s*:\s*([\w.[\]]+)(?=\s*[,)])/.exec(pattern.slice(at));
  return found === null
    ? undefined
    : { length: found[0].length, text: `${found[1] ?? ''}${TYPED_PREFIX}${found[2] ?? ''}[${found[3] ?? ''}]` };
}

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
