/** Scala patterns: `...` among parameters, members alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, metavariableOf, standsForSeveral } from '../holes.js';
import { internedText } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, opOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { LINES, bodyOfOnly } from '../wrappings.js';

/** The end of a text after which a parenthesis holds parameters. */
const PARAMETERS_AFTER = /\b(?:def|class)\s+[\w$]+\s*(?:\[[^\]]*\]\s*)?(?:\([^()]*\)\s*)*$/;

function spell({ kind, name, pattern, bracket, inString }: HoleContext): string | undefined {
  if (kind === 'metavariable' || inString) return undefined;
  if (pattern[bracket] === '{' && /\b(?:catch|match)\s*$/.test(pattern.slice(0, bracket))) return `case ${name} =>`;
  if (pattern[bracket] !== '(') return undefined;
  return PARAMETERS_AFTER.test(pattern.slice(0, bracket)) ? `${name}: ${name}` : undefined;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  if (tag === Tag.Catch || (tag === Tag.Other && internedText(opOf(tree, node)) === 'case')) {
    const [pattern, body] = childrenOf(tree, node);
    const any = pattern !== undefined && body !== undefined && textOf(tree, pattern) === ELLIPSIS && childrenOf(tree, body).length === 0;
    return any ? ELLIPSIS : undefined;
  }
  if (tag !== Tag.Param) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const text = name < 0 ? '' : textOf(tree, name);
  return standsForSeveral(text) ? text : undefined;
}

/** Members of a class alone. */
const member: Wrapping = {
  before: 'class cs_c {\n',
  after: '\n}\n',
  pick: (tree) => bodyOfOnly(tree, Tag.Class),
};

export const scalaPatterns: PatternSyntax = {
  strings: [
    { open: '"""', close: '"""', escapes: false },
    { open: '"', close: '"' },
  ],
  lineComments: ['//'],
  spell,
  holeAt,
  typedAt(tree, node) {
    if (tagOf(tree, node) !== Tag.Other || internedText(opOf(tree, node)) !== 'ascription_expression') return undefined;
    const [value, type] = childrenOf(tree, node);
    const name = value === undefined ? undefined : metavariableOf(textOf(tree, value));
    return name === undefined || type === undefined ? undefined : { name: name.slice(1), type };
  },
  wrappings: () => [LINES, member],
};
