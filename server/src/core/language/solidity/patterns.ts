/** Solidity patterns: `...` where the grammar wants a statement, a member or a parameter, and fragments of a function or contract. */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS, metavariableOf, standsForSeveral } from '../holes.js';
import { isTerminated, placeOf } from '../positions.js';
import { Role, Tag } from '../tags.js';
import { firstChildWithRole, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { WHOLE, bodyOfOnly } from '../wrappings.js';

const SHAPES = {
  typeHead: /\b(?:contract|interface|library|struct)\b[^;{}()]*$/,
  valueHead: /(?:\benum\b[^;{}]*|\.\s*[\w$]+\s*|\bnew\s+[\w$.]+\s*|[=(,]\s*)$/,
};
const ANY_FOR = /for\s*\(\s*\.\.\.\s*\)/y;
const DEFINITION =
  /^\s*(?:abstract\s+)?(?:contract|interface|library|function|pragma|import|struct|enum|error|using|event|modifier|constructor|receive|fallback)\b/;

function spell(hole: HoleContext): string | undefined {
  const { kind, name, inString, pattern, at, end, bracket } = hole;
  if (kind === 'metavariable' || inString) return undefined;
  if (pattern[bracket] === '(' && /\bfor\s*$/.test(pattern.slice(0, bracket))) {
    // `for (x; ...)`: the last two parts at once.
    const parts = pattern.slice(bracket, at).split(';').length;
    return parts === 2 && /^\s*\)/.test(pattern.slice(end)) ? `${name};` : undefined;
  }
  const place = placeOf(hole, SHAPES);
  if (place === 'inside') return undefined;
  if (place === 'member') return `${name} ${name};`;
  return isTerminated(hole) ? undefined : `${name};`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  if (tag !== Tag.VarDef && tag !== Tag.Param) return undefined;
  const name = firstChildWithRole(tree, node, Role.Name);
  // In a list of parameters a name alone is a type.
  const at = name >= 0 ? name : firstChildWithRole(tree, node, Role.Type);
  const text = at < 0 ? '' : textOf(tree, at);
  const isHole = standsForSeveral(text);
  return isHole || (tag === Tag.Param && name < 0 && metavariableOf(text) !== undefined) ? text : undefined;
}

const inFunction = (after: string): Wrapping => ({ before: 'function cs_f() { ', after, pick: (tree) => bodyOfOnly(tree, Tag.Func) });
const member: Wrapping = { before: 'contract cs_c { ', after: '\n}', pick: (tree) => bodyOfOnly(tree, Tag.Class) };

export const solidityPatterns: PatternSyntax = {
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
    return anyFor === null ? undefined : { length: anyFor[0].length, text: `for (${ELLIPSIS};;)` };
  },
  holeAt,
  wrappings: (text) => (DEFINITION.test(text) ? [WHOLE, member] : [inFunction('\n}'), inFunction(';\n}'), member, WHOLE]),
};
