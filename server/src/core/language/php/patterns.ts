/**
 * PHP patterns: a metavariable is a variable where one may stand and a name elsewhere; `...` as a statement or a member; fragments without
 * their semicolon, members of a class.
 */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, metavariableOf, standsForSeveral } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, parentOf, startOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { bodyOfOnly, wholeOf } from '../wrappings.js';

/** Variables that PHP itself sets. */
const SUPERGLOBAL = /^\$_(?:SERVER|GET|POST|FILES|COOKIE|SESSION|REQUEST|ENV)(?!\w)/;
/** Where only a name may stand. */
const BEFORE_NAME = /(?:\b(?:class|interface|trait|enum|function|extends|implements|goto|namespace|const)\s+|\\|#\[\s*)$/i;
const CLASS_HEAD = /\b(?:class|interface|trait|enum)\b[^;{}()]*$/;
const WORDS_BEFORE_EXPRESSION =
  /\b(?:return|echo|print|throw|include|include_once|require|require_once|case|else|new|clone|yield|and|or)\s*$/i;

/** Whether a string in single quotes is open at the end of `before`. */
function inSingleQuotes(before: string): boolean {
  let open = '';
  for (let at = 0; at < before.length; at++) {
    const char = before[at] as string;
    if (char === '\\' && open !== '') at++;
    else if (open === '' && (char === "'" || char === '"' || char === '`')) open = char;
    else if (char === open) open = '';
  }
  return open === "'";
}

function spell({ kind, name, pattern, at, end, bracket, inString }: HoleContext): string | undefined {
  const before = pattern.slice(0, at);
  const after = pattern.slice(end);
  if (inString) {
    // `"$X"` asks for a string; in `"a $X"` it is what is interpolated.
    const whole = pattern[at - 1] === '"' && pattern[end] === '"';
    return whole || inSingleQuotes(before) ? undefined : `$${name}`;
  }
  const lines = /^\s*use\b[^;{]*$/.test(before.slice(before.lastIndexOf(';') + 1));
  if (BEFORE_NAME.test(before) || lines) return undefined;
  // A type before a parameter or a field, a type after the parameters.
  if (/^\s+\$\w/.test(after) && kind === 'metavariable' && /[(,]\s*$|\b(?:public|private|protected|static|var)\s+$/.test(before))
    return undefined;
  if (/\)\s*:\s*\??\s*$/.test(before)) return undefined;
  if (kind === 'metavariable' || (bracket >= 0 && pattern[bracket] !== '{')) return `$${name}`;
  const trimmed = before.trimEnd();
  const starts = trimmed === '' || /[;{}:]$/.test(trimmed) || /\.\.\.$|\n\s*$/.test(before);
  if (!starts || /(?:[=+\-*/%&|<>!?,(]|\.)$/.test(trimmed.replace(/\.\.\.$/, ';')) || WORDS_BEFORE_EXPRESSION.test(trimmed))
    return `$${name}`;
  if (/^\s*(?:[,)\]?;]|->|::|[-+*/%&|<>=]=?)/.test(after)) return `$${name}`;
  return CLASS_HEAD.test(bracket < 0 ? '' : pattern.slice(0, bracket)) ? `var $${name};` : `$${name};`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  // `if (...) $S;`: any statement.
  if (tag === Tag.Block && parentOf(tree, node) >= 0 && tree.text[startOf(tree, node)] !== '{') {
    const [only, second] = childrenOf(tree, node);
    const name = only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Ident ? '' : textOf(tree, only).slice(1);
    return metavariableOf(name) === undefined ? undefined : name;
  }
  if (tag === Tag.Ident) {
    const text = textOf(tree, node);
    return text.startsWith('$cs_') ? text.slice(1) : undefined;
  }
  if (tag !== Tag.VarDef && tag !== Tag.Param) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const text = name < 0 ? '' : textOf(tree, name).slice(1);
  return standsForSeveral(text) ? text : undefined;
}

const TAG = '<?php ';
const whole: Wrapping = { before: TAG, after: '', pick: wholeOf };
/** `if (...)` alone: whatever its branches. */
const condition: Wrapping = { before: TAG, after: ` { $${ELLIPSIS}; } else { $${ELLIPSIS}; }`, pick: wholeOf };
const statement: Wrapping = { before: TAG, after: ';', pick: wholeOf };

/** Members of a class alone. */
const member: Wrapping = {
  before: `${TAG}class cs_c { `,
  after: '\n}',
  pick: (tree) => bodyOfOnly(tree, Tag.Class),
};

export const phpPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"', interpolations: [{ open: '{', nested: '{', close: '}', when: (pattern, at) => pattern[at + 1] === '$' }] },
    { open: "'", close: "'" },
    { open: '`', close: '`' },
  ],
  lineComments: ['//'],
  semicolons: true,
  ownDollar: (rest) => SUPERGLOBAL.test(rest),
  spell,
  rewrite: (pattern, at) => {
    const tag = /<\?php\s*/y;
    tag.lastIndex = at;
    const found = tag.exec(pattern);
    return found === null ? undefined : { length: found[0].length, text: '' };
  },
  holeAt,
  unquotedStrings: true,
  wrappings: (text) => (/^\s*if\s*\(.*\)\s*$/s.test(text) ? [condition] : [whole, statement, member]),
};
