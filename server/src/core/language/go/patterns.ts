/** Go patterns: `($X : T)`, `...` among imports, cases and elements, elements and fields alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, TYPED_PREFIX, standsForSeveral } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, opOf, stringTextOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { internedText } from '../interner.js';
import { LINES } from '../wrappings.js';

/** `($X : T)` is read as a type assertion on a name of its own kind. */
const TYPED = /\(\s*\$([A-Z_][A-Z_0-9]*)\s*:\s*/y;
/** `case ...` without its colon. */
const ANY_CASE = /case\s+\.\.\.(?!\s*[:,.\w])/y;

function spell(hole: HoleContext): string | undefined {
  if (hole.kind !== 'ellipsis' || hole.inString) return undefined;
  const before = hole.pattern.slice(0, Math.max(0, hole.bracket));
  if (hole.pattern[hole.bracket] === '(' && /\bimport\s*$/.test(before)) return `"${ELLIPSIS}"`;
  // `[...]T` is Go's own, `f(xs...)` too.
  const after = hole.pattern.slice(hole.end);
  if (/^\][\w*[$]/.test(after) && !/[\w)\]"'`]$/.test(before)) return '...';
  return /[\w)\]]$/.test(hole.pattern.slice(0, hole.at)) && /^\s*\)/.test(after) ? '...' : undefined;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  if (tag === Tag.Import) {
    const module = firstChildWithRole(tree, node, Role.Module);
    return module >= 0 && stringTextOf(tree, module) === ELLIPSIS ? ELLIPSIS : undefined;
  }
  // `..., x T` reads as two names of one type.
  if (tag === Tag.Param) {
    const [name, type] = childrenOf(tree, node);
    const text = name === undefined || type === undefined ? '' : textOf(tree, name);
    return standsForSeveral(text) ? text : undefined;
  }
  if (tag === Tag.Spread || (tag === Tag.Other && internedText(opOf(tree, node)).endsWith('_case'))) {
    const [first] = childrenOf(tree, node);
    return first !== undefined && textOf(tree, first) === ELLIPSIS ? ELLIPSIS : undefined;
  }
  return undefined;
}

/** Elements of a literal: `OK: true` alone, or all of `{..., OK: true}`. */
const elements = (before: string, after: string, whole: boolean): Wrapping => ({
  before,
  after,
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    const args = only === undefined || tagOf(tree, only) !== Tag.New ? undefined : childrenOf(tree, only)[1];
    if (args === undefined) return [];
    return whole ? [args] : childrenOf(tree, args);
  },
});

export const goPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"' },
    { open: '`', close: '`', escapes: false },
    { open: "'", close: "'" },
  ],
  lineComments: ['//'],
  spell,
  rewrite(pattern, at) {
    TYPED.lastIndex = at;
    const typed = TYPED.exec(pattern);
    if (typed !== null) return { length: typed[0].length, text: `${TYPED_PREFIX}${typed[1] ?? ''}.(` };
    ANY_CASE.lastIndex = at;
    const anyCase = ANY_CASE.exec(pattern);
    return anyCase === null ? undefined : { length: anyCase[0].length, text: `case ${ELLIPSIS}:` };
  },
  holeAt,
  typedAt(tree, node) {
    if (tagOf(tree, node) !== Tag.Other) return undefined;
    const [operand, type] = childrenOf(tree, node);
    if (operand === undefined || type === undefined || tagOf(tree, operand) !== Tag.Ident) return undefined;
    const name = textOf(tree, operand);
    return name.startsWith(TYPED_PREFIX) ? { name: name.slice(TYPED_PREFIX.length), type } : undefined;
  },
  wrappings(text) {
    if (/^\s*\{/.test(text)) return [elements('cs_t', '\n', true), LINES];
    return /^\s*\w+\s*:(?!=)/.test(text) ? [elements('cs_t{', '}\n', false), LINES] : [LINES, interfaceMethod];
  },
};

/** `Name(...) Result`, as in an interface. */
const interfaceMethod: Wrapping = {
  before: 'type cs_t interface { ',
  after: '\n}',
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    const body = only === undefined ? undefined : childrenOf(tree, only).find((child) => tagOf(tree, child) === Tag.Other);
    const members = body === undefined ? [] : childrenOf(tree, body);
    return members.every((member) => tagOf(tree, member) === Tag.Func) ? members : [];
  },
};
