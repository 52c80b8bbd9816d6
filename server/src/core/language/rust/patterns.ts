/** Rust patterns: `...` as a statement or among parameters, fragments of a function. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { standsForSeveral } from '../holes.js';
import { isTerminated, placeOf } from '../positions.js';
import { Role, Tag } from '../tags.js';
import { firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { typedAsCast, typedIn } from '../typedHoles.js';
import { WHOLE, bodyOfOnly } from '../wrappings.js';

const SHAPES = {
  typeHead: /\b(?:struct|enum|union)\b[^;{}()]*$/,
  // `Name { ... }` holds values; a block stands after `)`, a type, a word or an operator.
  valueHead: /(?:=\s*|\(\s*|,\s*)[A-Z][\w:]*\s*$/,
};
const PARAMETERS_AFTER = /\bfn\s+[\w$]+\s*(?:<[^>]*>\s*)?$/;

function spell(hole: HoleContext): string | undefined {
  const { kind, name, inString, pattern, bracket } = hole;
  if (kind === 'metavariable' || inString) return undefined;
  if (pattern[bracket] === '(') return PARAMETERS_AFTER.test(pattern.slice(0, bracket)) ? `${name}: ${name}` : undefined;
  const place = placeOf(hole, SHAPES);
  if (place === 'inside') return undefined;
  if (place === 'member') return `${name}: ${name}`;
  return isTerminated(hole) ? undefined : `${name};`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) !== Tag.Param) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  const text = name < 0 ? '' : textOf(tree, name);
  return standsForSeveral(text) ? text : undefined;
}

/** Statements of a function's body. */
const inFunction = (after: string): Wrapping => ({
  before: 'fn cs_f() { ',
  after,
  pick: (tree) => bodyOfOnly(tree, Tag.Func),
});

export const rustPatterns: PatternSyntax = {
  strings: [
    { open: 'r#"', close: '"#', escapes: false },
    { open: 'r"', close: '"', escapes: false },
    { open: '"', close: '"' },
  ],
  lineComments: ['//'],
  spell,
  holeAt,
  typedAt: typedIn,
  // `($X : T)` is read as `(x as T)`.
  rewrite: typedAsCast,
  wrappings: () => [inFunction('\n}'), inFunction(';\n}'), WHOLE],
};
