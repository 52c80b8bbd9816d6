/** Rust patterns: `...` as a statement or among parameters, fragments of a function. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { METAVARIABLE_PREFIX, standsForSeveral, TYPED_PREFIX } from '../holes.js';
import { isTerminated, placeOf } from '../positions.js';
import { Role, Tag } from '../tags.js';
import { firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { typedHead, typedIn } from '../typedHoles.js';
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
  rewrite(pattern, at) {
    const typed = typedHead(pattern, at);
    if (typed === undefined) return undefined;
    const type = pattern.slice(at + typed.length, typed.close).replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, `${METAVARIABLE_PREFIX}$1`);
    return { length: typed.close + 1 - at, text: `(${TYPED_PREFIX}${typed.name} as ${type})` };
  },
  wrappings: () => [inFunction('\n}'), inFunction(';\n}'), WHOLE],
};
