/** C# patterns: `(T $X)`, `...` where the grammar wants a statement or a member, and fragments: an expression, a member, a head alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { TYPED_PREFIX, metavariableOf, standsForSeveral } from '../holes.js';
import { isTerminated, placeOf } from '../positions.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, parentOf, startOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { typedIndexAt } from '../typedHoles.js';
import { WHOLE, bodyOfOnly, wholeOf } from '../wrappings.js';

/** A type and a metavariable in parentheses, of which a cast has only the type. */
const TYPED = /\(\s*([\w$.]+(?:\s*<[^()]*>)?(?:\s*\[\s*\])*\??)\s+\$([A-Z_][A-Z_0-9]*)\s*\)/y;
const NOT_BEFORE_TYPED = /(?:[\w$>\]]|\b(?:catch|for|foreach|using|fixed))\s*$/;
const WORDS_BEFORE_EXPRESSION = /\b(?:return|throw|else|case|await|if|while|switch|yield|do|in|is|as)\s*$/;
const SHAPES = {
  typeHead: /\b(?:class|interface|struct|record)\b[^;{}()]*(?:\([^;{}]*\)[^;{}()]*)?$/,
  valueHead: /(?:\bnew\b[^;{}]*|\benum\b[^;{}]*|[=(,]\s*)$/,
};

function spell(hole: HoleContext): string | undefined {
  const { kind, name, inString } = hole;
  if (inString) return undefined;
  // A name alone is no statement in the grammar; one with `!` after it is.
  if (kind === 'metavariable') {
    const alone = isTerminated(hole) && /(?:^|[;{})]|\b(?:else|do))\s*$/.test(hole.pattern.slice(0, hole.at));
    return alone ? `${name}!` : undefined;
  }
  const place = placeOf(hole, SHAPES);
  // A name alone is no statement in the grammar; one with `!` after it is.
  if (place === 'inside')
    return kind === 'ellipsis' && isTerminated(hole) && /\.\s*$/.test(hole.pattern.slice(0, hole.at)) ? `${name}!` : undefined;
  if (place === 'member') return `${name} ${name};`;
  return isTerminated(hole) ? `${name}!` : `${name}!;`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  // `if (...) $S;`: any statement.
  if (tag === Tag.Block && parentOf(tree, node) >= 0 && tree.text[startOf(tree, node)] !== '{') {
    const [only, second] = childrenOf(tree, node);
    const name = only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Ident ? '' : textOf(tree, only);
    return metavariableOf(name) === undefined ? undefined : name;
  }
  if (tag !== Tag.VarDef && tag !== Tag.Param && tag !== Tag.Keyword) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const text = name < 0 ? '' : textOf(tree, name);
  return standsForSeveral(text) ? text : undefined;
}

const statement: Wrapping = { before: '', after: ';', pick: wholeOf };

const expression: Wrapping = {
  before: 'cs_x = ',
  after: ';',
  pick(tree) {
    const [only, second] = childrenOf(tree, 0);
    const value = only === undefined || second !== undefined ? -1 : firstChildWithRole(tree, only, Role.Right);
    return value < 0 ? [] : [value];
  },
};

const member: Wrapping = {
  before: 'class cs_c { ',
  after: '\n}',
  pick: (tree) => bodyOfOnly(tree, Tag.Class),
};

/** A class or method without its body. */
const head: Wrapping = { before: '', after: ' {}', pick: wholeOf };

export const csharpPatterns: PatternSyntax = {
  strings: [
    { open: '"""', close: '"""', escapes: false },
    { open: '$@"', close: '"', escapes: false, interpolations: [{ open: '{', nested: '{', close: '}' }] },
    { open: '@$"', close: '"', escapes: false, interpolations: [{ open: '{', nested: '{', close: '}' }] },
    { open: '$"', close: '"', interpolations: [{ open: '{', nested: '{', close: '}' }] },
    { open: '@"', close: '"', escapes: false },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  lineComments: ['//'],
  semicolons: true,
  spell,
  rewrite(pattern, at) {
    TYPED.lastIndex = at;
    const typed = TYPED.exec(pattern);
    if (typed === null) return undefined;
    const before = pattern.slice(0, at);
    if (NOT_BEFORE_TYPED.test(before) && !WORDS_BEFORE_EXPRESSION.test(before)) return undefined;
    if (/^\s*(?:=>|\{)/.test(pattern.slice(at + typed[0].length))) return undefined;
    // An index with a cast in it: an expression that may stand on both sides of an assignment and holds a type.
    const type = (typed[1] ?? '').replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, 'cs_mv_$1');
    return { length: typed[0].length, text: `${TYPED_PREFIX}${typed[2] ?? ''}[(${type}) cs_t]` };
  },
  holeAt,
  typedAt: typedIndexAt,
  wrappings: () => [WHOLE, statement, expression, member, head],
};
