/**
 * Java patterns: `(T $X)`, `...` where the grammar wants a statement, a member or a parameter, and fragments: an expression without its
 * semicolon, a member, an annotation, the head of a class, a `catch` or `finally` clause alone.
 */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, TYPED_PREFIX, standsForSeveral, UNTYPED } from '../holes.js';
import { internedText } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, opOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { WHOLE, wholeOf } from '../wrappings.js';

const ANY_FOR = /for\s*\(\s*\.\.\.\s*\)/y;
/** A type and a metavariable in parentheses, of which a cast has only the type. */
const TYPED = /\(\s*((?:final\s+)?[\w$.]+(?:\s*<[^()]*>)?(?:\s*\[\s*\])*)\s+\$([A-Z_][A-Z_0-9]*)\s*\)/y;
const NOT_BEFORE_TYPED = /(?:[\w$>\]]|\b(?:catch|for|try))\s*$/;
const WORDS_BEFORE_EXPRESSION = /\b(?:return|throw|else|case|assert|if|while|switch|yield|do)\s*$/;
const CLASS_HEAD = /\b(?:class|interface|enum|record)\b[^;{}()]*(?:\([^;{}]*\)[^;{}()]*)?$/;
const ANONYMOUS_CLASS = /\bnew\s+[\w$.<>,\s?[\]]+\((?:[^;{}]|\{[^{}]*\})*\)\s*$/;

function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

/** Whether the parenthesis at `open` begins the parameters of a method, constructor or `catch`. */
function opensParameters(pattern: string, open: number): boolean {
  const before = pattern.slice(0, open);
  if (/\bcatch\s*$/.test(before)) return true;
  if (!/[\w$]\s*$/.test(before) || /\b(?:if|for|while|switch|synchronized|try)\s*$/.test(before)) return false;
  if (/(?:\bnew\s+[\w$.]+(?:<[^()]*>)?|@[\w$.]+|(?<!\.\.)\.\s*[\w$]+)\s*$/.test(before)) return false;
  const close = closingParenthesis(pattern, open);
  const after = close < 0 ? '' : pattern.slice(close + 1);
  if (/^\s*(?:\{|throws\b)/.test(after)) return true;
  // A method without a body: a type stands before its name.
  return (
    /^\s*(?:;|$)/.test(after) &&
    /[\w$>\]]\s+[\w$]+\s*$/.test(before) &&
    !/\b(?:return|throw|new|else|assert|case|yield)\s+[\w$]+\s*$/.test(before)
  );
}

function spell({ kind, name, pattern, at, end, bracket, inString }: HoleContext): string | undefined {
  if (inString) return undefined;
  if (kind === 'metavariable') {
    // A parameter of any type: `f(..., $X, ...) { ... }`.
    const alone = /[(,]\s*$/.test(pattern.slice(0, at)) && /^\s*[,)]/.test(pattern.slice(end));
    if (!alone || pattern[bracket] !== '(' || /\bcatch\s*$/.test(pattern.slice(0, bracket))) return undefined;
    return opensParameters(pattern, bracket) ? `${UNTYPED} ${name}` : undefined;
  }
  const open = pattern[bracket];
  const before = pattern.slice(0, at).trimEnd();
  const after = pattern.slice(end);
  if (open === '(') {
    const callee = pattern.slice(0, bracket);
    const inside = pattern.slice(bracket + 1, Math.max(bracket + 1, closingParenthesis(pattern, bracket)));
    if (/@[\w$.]+\s*$/.test(callee)) return /[\w$]\s*=(?!=)/.test(inside) ? `${name} = ${name}` : undefined;
    if (!opensParameters(pattern, bracket)) return undefined;
    // Java's own: `String... $X`.
    if (kind === 'ellipsis' && /[\w$>\]]$/.test(before) && /^\s*[\w$]/.test(after)) return '...';
    return `${name} ${name}`;
  }
  if (open === '{' || bracket < 0) {
    const head = bracket < 0 ? '' : pattern.slice(0, bracket);
    // An array's elements.
    if (/[=\],({]\s*$/.test(head)) return undefined;
    const starts = before === '' || /[;{}:]$/.test(before) || /\.\.\.$|\n\s*$/.test(pattern.slice(0, at));
    // `= ...;`, `f(...) + ...`: an operand.
    if (!starts || /[=+\-*/%&|<>!?,(]$/.test(before) || WORDS_BEFORE_EXPRESSION.test(before)) return undefined;
    if (/^\s*(?:[,.)\]?]|[-+*/%&|<>=]=?)/.test(after)) return undefined;
    if (CLASS_HEAD.test(head) || ANONYMOUS_CLASS.test(head)) return /\benum\b[^;{}]*$/.test(head) ? name : `${name} ${name};`;
    return /^\s*;/.test(after) ? undefined : `${name};`;
  }
  return undefined;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  if (tag === Tag.Catch) return textOf(tree, node).includes(ANY_CATCH) ? ELLIPSIS : undefined;
  if (tag === Tag.Other) {
    const [only, second] = childrenOf(tree, node);
    const constant = only !== undefined && second === undefined && internedText(opOf(tree, node)) === 'enum_constant';
    return constant && textOf(tree, only) === ELLIPSIS ? ELLIPSIS : undefined;
  }
  if (tag !== Tag.VarDef && tag !== Tag.Param && tag !== Tag.Keyword) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const text = name < 0 ? '' : textOf(tree, name);
  return standsForSeveral(text) ? text : undefined;
}

const ANY_CATCH = 'cs_any_catch';
/** `try { ... }` alone: whatever is caught. */
const tryHead: Wrapping = { before: '', after: ` catch (${ANY_CATCH} e) {}`, pick: wholeOf };

/** `super(...)` and `this(...)`. */
const constructorCall: Wrapping = {
  before: 'class cs_c { cs_c() { ',
  after: ';\n} }',
  pick(tree) {
    const [constructor] = membersOf(tree, 0);
    const body = constructor === undefined ? -1 : firstChildWithRole(tree, constructor, Role.Body);
    return body < 0 ? [] : childrenOf(tree, body);
  },
};

const statement: Wrapping = { before: '', after: ';', pick: wholeOf };

const member: Wrapping = {
  before: 'class cs_c { ',
  after: '\n}',
  pick: (tree) => membersOf(tree, 0),
};

function membersOf(tree: SyntaxTree, at: number): readonly number[] {
  const [only] = childrenOf(tree, at);
  const body = only === undefined || tagOf(tree, only) !== Tag.Class ? -1 : firstChildWithRole(tree, only, Role.Body);
  return body < 0 ? [] : childrenOf(tree, body);
}

/** Annotations alone. */
const annotation: Wrapping = {
  before: '',
  after: '\nclass cs_c {}',
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    return only === undefined ? [] : childrenOf(tree, only).filter((child) => tagOf(tree, child) === Tag.Decorator);
  },
};

/** `class $A` or a method's head without a body. */
const head: Wrapping = { before: '', after: ` { ${ELLIPSIS}; }`, pick: wholeOf };
/** The same of a class, whose body holds members. */
const classHead: Wrapping = { before: '', after: ' {}', pick: wholeOf };

const clause: Wrapping = {
  before: 'try { } ',
  after: '',
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    return only === undefined ? [] : childrenOf(tree, only).filter((child) => tagOf(tree, child) !== Tag.Block);
  },
};

export const javaPatterns: PatternSyntax = {
  strings: [
    { open: '"""', close: '"""' },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  lineComments: ['//'],
  semicolons: true,
  spell,
  rewrite(pattern, at) {
    ANY_FOR.lastIndex = at;
    const anyFor = /[\w$.]/.test(pattern[at - 1] ?? '') ? null : ANY_FOR.exec(pattern);
    if (anyFor !== null) return { length: anyFor[0].length, text: `for (${ELLIPSIS};;)` };
    TYPED.lastIndex = at;
    const typed = TYPED.exec(pattern);
    if (typed === null) return undefined;
    const before = pattern.slice(0, at);
    if (NOT_BEFORE_TYPED.test(before) && !WORDS_BEFORE_EXPRESSION.test(before)) return undefined;
    if (/^\s*(?:->|\{)/.test(pattern.slice(at + typed[0].length))) return undefined;
    // An index with a cast in it: the one expression that may stand on both sides of an assignment and holds a type.
    const type = (typed[1] ?? '').replaceAll(/\$\.\.\.([A-Z_][A-Z_0-9]*)/g, 'cs_em_$1').replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, 'cs_mv_$1');
    return { length: typed[0].length, text: `${TYPED_PREFIX}${typed[2] ?? ''}[(${type.replaceAll('...', ELLIPSIS)}) cs_t]` };
  },
  holeAt,
  typedAt(tree, node) {
    if (tagOf(tree, node) !== Tag.Index) return undefined;
    const [object, cast] = childrenOf(tree, node);
    if (object === undefined || cast === undefined || tagOf(tree, object) !== Tag.Ident) return undefined;
    const name = textOf(tree, object);
    const [type] = childrenOf(tree, cast);
    return type !== undefined && name.startsWith(TYPED_PREFIX) ? { name: name.slice(TYPED_PREFIX.length), type } : undefined;
  },
  wrappings(text) {
    const plain = [WHOLE, statement, member];
    if (/^\s*@/.test(text)) return [...plain, classHead, head, annotation];
    if (/^\s*(?:super|this)\s*\(/.test(text)) return [...plain, constructorCall];
    // As a member it would be the constructor of a record called `try`.
    if (/^\s*try\b/.test(text)) return [WHOLE, statement, tryHead];
    if (/^\s*(?:catch|finally)\b/.test(text)) return [clause];
    return /\b(?:class|interface|enum|record)\b/.test(text) ? [...plain, classHead] : [...plain, head];
  },
};
