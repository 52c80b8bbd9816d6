/** JavaScript and TypeScript patterns: templates, spreads, `for (...)`, a method, a field or `key: value` alone. */
import type { PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, METAVARIABLE_PREFIX, TYPED_PREFIX } from '../holes.js';
import { Tag } from '../tags.js';
import { childrenOf, tagOf, textOf } from '../tree.js';
import { typedHead, typedIn } from '../typedHoles.js';
import { MEMBER_SHAPE, membersOfOnly, PARENTHESISED, WHOLE, wholeOf } from '../wrappings.js';

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

/** A class, function, `if` or loop without its body. */
const head: Wrapping = { before: '', after: ` { ${ELLIPSIS} }`, pick: wholeOf };

const memberHead: Wrapping = { ...classMember, after: ` { ${ELLIPSIS} }\n}` };

/** Decorators alone. */
const decorators: Wrapping = {
  before: '',
  after: '\nclass cs_c {}',
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    return only === undefined ? [] : childrenOf(tree, only).filter((child) => tagOf(tree, child) === Tag.Decorator);
  },
};

/** `catch (e) { ... }` and `finally { ... }`. */
const clause: Wrapping = {
  before: 'try {} ',
  after: '',
  pick(tree) {
    const [only] = childrenOf(tree, 0);
    return only === undefined ? [] : childrenOf(tree, only).filter((child) => tagOf(tree, child) !== Tag.Block);
  },
};

const METHOD_SHAPE =
  /^(?:(?:async|static|get|set|public|private|protected)\s+|\*\s*)*(?!(?:function|if|for|while|switch|catch|with|do|else|try|class|return|new|async)\b)[\w#]+\s*\([^{}]*\)\s*(?::[^{}]+)?\{[\s\S]*\}\s*$/;

const NEXT_STATEMENT = /^[ \t]+(?:(?:if|for|while|do|return|var|let|const|throw|try|switch|function|class)\b|[$\w][$\w.]*\s*[(=](?!>))/;

/** A next line that begins with a bracket, comments before it aside. */
const CONTINUES = /^[ \t]*\n(?:\s|\/\/[^\n]*\n)*[([]/;

const ANY_FOR_HEADER = /for\s*\(\s*\.\.\.\s*\)/y;

export const javascriptPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"' },
    { open: "'", close: "'" },
    { open: '`', close: '`', interpolations: [{ open: '${', nested: '{', close: '}' }] },
  ],
  lineComments: ['//'],
  keywords: new Map([[Tag.Try, 'try']]),
  plainTokens: true,
  // `...x` is a spread, not an ellipsis before x.
  spell(hole) {
    const before = hole.pattern.slice(0, hole.at);
    // `function ...(` asks for a function of any name or none.
    if (hole.kind === 'ellipsis' && /\bfunction\s*\*?\s*$/.test(before)) return undefined;
    if (hole.kind === 'ellipsis' && /^[\w$([{"'`]/.test(hole.pattern.slice(hole.end))) return '...';
    if (hole.inString) return undefined;
    // Without a semicolon the next line would be its argument or index.
    if (
      hole.kind === 'ellipsis' &&
      hole.pattern[hole.bracket] === '{' &&
      /[{};]\s*$/.test(before) &&
      CONTINUES.test(hole.pattern.slice(hole.end))
    )
      return `${hole.name};`;
    // A statement on the same line as the next one.
    if (
      hole.kind === 'ellipsis' &&
      hole.pattern[hole.bracket] === '{' &&
      /[{};]\s*$/.test(before) &&
      NEXT_STATEMENT.test(hole.pattern.slice(hole.end))
    )
      return `${hole.name};`;
    // `import x from $M`: what is imported from is a string.
    if (hole.kind === 'metavariable' && /\b(?:from|import)\s+$/.test(before) && /^\s*;?\s*(?:\n|$)/.test(hole.pattern.slice(hole.end)))
      return `'${hole.name}'`;
    // `<a b=$X>`: an attribute's value stands in braces or quotes.
    return /<[\w$.][^<>]*\s[\w$-]+=$/.test(before) && /^\s*(?:[\w$/>.]|$)/.test(hole.pattern.slice(hole.end))
      ? `{${hole.name}}`
      : undefined;
  },
  typedAt: typedIn,
  rewrite(pattern, at, grammar) {
    const typed = typedHead(pattern, at);
    if (typed !== undefined) {
      const type = pattern.slice(at + typed.length, typed.close).replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, `${METAVARIABLE_PREFIX}$1`);
      const name = `${TYPED_PREFIX}${typed.name}`;
      return { length: typed.close + 1 - at, text: grammar === 'javascript' ? `${name}[${type}]` : `(${name} as ${type})` };
    }
    ANY_FOR_HEADER.lastIndex = at;
    const found = /[\w$.]/.test(pattern[at - 1] ?? '') ? null : ANY_FOR_HEADER.exec(pattern);
    return found === null ? undefined : { length: found[0].length, text: `for (${ELLIPSIS};;)` };
  },
  wrappings(text) {
    const plain = [WHOLE, classMember];
    if (/^\s*(?:catch|finally)\b/.test(text)) return [clause];
    if (/^\s*@/.test(text)) return [WHOLE, classMember, memberHead, head, decorators];
    if (/^\s*(?:(?:export|default|async|abstract)\s+)*(?:function|class|if|while|for)\b/.test(text)) return [...plain, head];
    // `name(...) { ... }` would also read as a call and a block, `key: value` as a labelled statement: Semgrep reads a method and a member.
    if (METHOD_SHAPE.test(text)) return [classMember, ...plain];
    if (MEMBER_SHAPE.test(text)) return [member, ...plain];
    // `{ a: $X }` is an object before it is a block, as in Semgrep, unless it reads only as statements.
    return text.trimStart().startsWith('{') ? [PARENTHESISED, ...plain] : plain;
  },
};
