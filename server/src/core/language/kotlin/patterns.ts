/** Kotlin patterns: `...` among parameters, members alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { standsForSeveral } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { typedAsCast, typedIn } from '../typedHoles.js';
import { LINES, bodyOfOnly } from '../wrappings.js';

/** The end of a text after which a parenthesis holds parameters. */
const PARAMETERS_AFTER = /\b(?:fun|class)\s+(?:<[^>]*>\s*)?[\w$.]+\s*(?:<[^>]*>\s*)?$/;
/** The end of a text after which a brace holds members. */
const CLASS_HEAD = /\b(?:class|object|interface)\b[^{}()]*(?:\([^{}]*\)[^{}]*)?$/;

function spell({ kind, name, pattern, bracket, inString }: HoleContext): string | undefined {
  if (kind === 'metavariable' || inString || bracket < 0) return undefined;
  const head = pattern.slice(0, bracket);
  if (pattern[bracket] === '{') return CLASS_HEAD.test(head) ? `val ${name}: ${name}` : undefined;
  return pattern[bracket] === '(' && PARAMETERS_AFTER.test(head) ? `${name}: ${name}` : undefined;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) !== Tag.Param && tagOf(tree, node) !== Tag.VarDef) return undefined;
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

export const kotlinPatterns: PatternSyntax = {
  strings: [
    { open: '"""', close: '"""', escapes: false },
    { open: '"', close: '"', interpolations: [{ open: '${', nested: '{', close: '}' }] },
  ],
  lineComments: ['//'],
  spell,
  holeAt,
  typedAt: typedIn,
  // `($X : T)` is read as `(x as T)`.
  rewrite: typedAsCast,
  wrappings: () => [LINES, member],
};
