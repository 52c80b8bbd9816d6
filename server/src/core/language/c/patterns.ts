/** C and C++ patterns: `(T *$X)`, `...` where the grammar wants a statement, a member or a parameter, and fragments of a function. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, TYPED_PREFIX, metavariableOf, standsForSeveral } from '../holes.js';
import { isTerminated, placeOf } from '../positions.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, parentOf, startOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { typedIndexAt } from '../typedHoles.js';
import { WHOLE, bodyOfOnly, wholeOf } from '../wrappings.js';

/**
 * A type and a metavariable in parentheses, of which a cast has only the type. What reads as an operation, `($A && $B)` or `(flags & $X)`,
 * is one: `&` makes a type only where it touches the metavariable and follows a name, as in `(T &$X)`.
 */
const TYPED =
  /\(\s*((?:(?:const|volatile|unsigned|signed|short|long|struct|enum|union)\s+)*(?:[\w$:]+(?:\s*<[^()]*>)?(?:\s+|\s*\*[\s*]*)|[\w:]+(?:\s*<[^()]*>)?\s*&{1,2}))\$([A-Z_][A-Z_0-9]*)\s*\)/y;
const ANY_FOR = /for\s*\(\s*\.\.\.\s*\)/y;
const WORDS_BEFORE_EXPRESSION = /\b(?:return|throw|else|case|if|while|switch|do|new|delete)\s*$/;
const SHAPES = {
  typeHead: /\b(?:class|struct|union)\b[^;{}()]*$/,
  valueHead: /(?:\benum\b[^;{}]*|[=(,\]]\s*|\breturn\s*)$/,
};

function spell(hole: HoleContext): string | undefined {
  const { kind, name, inString } = hole;
  if (kind === 'metavariable' || inString) return undefined;
  const place = placeOf(hole, SHAPES);
  if (place === 'inside') return undefined;
  if (place === 'member') return `${name} ${name};`;
  return isTerminated(hole) ? undefined : `${name};`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  // `if (...) $S;`: any statement.
  if (tag === Tag.Block && parentOf(tree, node) >= 0 && tree.text[startOf(tree, node)] !== '{') {
    const [only, second] = childrenOf(tree, node);
    const name = only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Ident ? '' : textOf(tree, only);
    return metavariableOf(name) === undefined ? undefined : name;
  }
  if (tag !== Tag.VarDef && tag !== Tag.Param) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const type = firstChildWithRole(tree, node, Role.Type);
  // In a list of parameters a name alone is a type.
  const at = name >= 0 ? name : type;
  const text = at < 0 ? '' : textOf(tree, at);
  const isHole = standsForSeveral(text);
  return isHole || (tag === Tag.Param && name < 0 && metavariableOf(text) !== undefined) ? text : undefined;
}

/** Statements or declarations of a function's body. */
function inFunction(after: string): Wrapping {
  return {
    before: 'void cs_f() { ',
    after,
    pick: (tree) => bodyOfOnly(tree, Tag.Func),
  };
}

/** A function or a type without its body. */
const head: Wrapping = { before: '', after: ' {}', pick: wholeOf };
const statement: Wrapping = { before: '', after: ';', pick: wholeOf };

export const cPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  lineComments: ['//'],
  semicolons: true,
  spell,
  rewrite(pattern, at) {
    ANY_FOR.lastIndex = at;
    const anyFor = /[\w$]/.test(pattern[at - 1] ?? '') ? null : ANY_FOR.exec(pattern);
    if (anyFor !== null) return { length: anyFor[0].length, text: `for (${ELLIPSIS};;)` };
    TYPED.lastIndex = at;
    const typed = TYPED.exec(pattern);
    if (typed === null) return undefined;
    const before = pattern.slice(0, at);
    if (/[\w$>\])]\s*$/.test(before) && !WORDS_BEFORE_EXPRESSION.test(before)) return undefined;
    // An index with a cast in it: an expression that may stand on both sides of an assignment and holds a type.
    const type = (typed[1] ?? '').trim().replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, 'cs_mv_$1');
    return { length: typed[0].length, text: `${TYPED_PREFIX}${typed[2] ?? ''}[(${type}) cs_t]` };
  },
  holeAt,
  typedAt: typedIndexAt,
  unquotedStrings: true,
  wrappings: (text) => (/^\s*#/.test(text) ? [{ ...WHOLE, after: '\n' }] : [inFunction('\n}'), inFunction(';\n}'), WHOLE, statement, head]),
};
