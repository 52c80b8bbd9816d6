/** Terraform patterns: `...` among the members of a body or object, and expressions alone. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { standsForSeveral } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { LINES } from '../wrappings.js';

/** Among members, a hole is spelled as one. */
function spell({ kind, name, pattern, at, bracket, inString }: HoleContext): string | undefined {
  if (kind === 'metavariable' || inString) return undefined;
  if (bracket >= 0 && pattern[bracket] !== '{') return undefined;
  const before = pattern.slice(0, at).trimEnd();
  return /[=:?>+\-*/%!<&|]$/.test(before) ? undefined : `${name} = 1`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) !== Tag.VarDef) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const text = name < 0 ? '' : textOf(tree, name);
  const value = firstChildWithRole(tree, node, Role.Value);
  const isHole = standsForSeveral(text);
  return isHole && value >= 0 && textOf(tree, value) === '1' ? text : undefined;
}

const expression: Wrapping = {
  before: 'cs_x = ',
  after: '\n',
  pick(tree) {
    const [only, second] = childrenOf(tree, 0);
    const value = only === undefined || second !== undefined ? -1 : firstChildWithRole(tree, only, Role.Value);
    return value < 0 ? [] : [value];
  },
};

export const terraformPatterns: PatternSyntax = {
  strings: [{ open: '"', close: '"', interpolations: [{ open: '${', nested: '{', close: '}' }] }],
  lineComments: ['#', '//'],
  spell,
  holeAt,
  unquotedStrings: true,
  wrappings: () => [LINES, expression],
};
