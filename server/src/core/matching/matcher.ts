/**
 * Matches one compiled pattern against one lowered tree, all solutions: at a node, or as statements in a row. What equals
 * what follows Semgrep's documented pattern semantics; where a choice of ours differs, the comment there says so.
 */
import { traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { endOf, parentOf, roleOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { Pattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type MatchContext, type Matching } from './context.js';
import { isInDecorator } from './expressions.js';
import { findGeneric } from './generic.js';
import { match } from './node.js';
import { matchStatements } from './statements.js';
import { matchTyped } from './types.js';

/** One place where a pattern holds. Offsets are UTF-16, half-open. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly env: Env | undefined;
  /** Where it may end as well. */
  readonly mayEnd?: Ends;
  /** It rests on a mark (`marksOf`): the code chose to match, which may add a finding and never take one away. */
  readonly onMark?: true;
}

/** After any statement that the `...` at a match's end took. */
export interface Ends {
  readonly tree: SyntaxTree;
  readonly statements: readonly number[];
  /** How far these stand from where they stood when they were noted, in nodes. */
  readonly moved: number;
}

export function mayEndAt({ tree, statements, moved }: Ends, at: number): boolean {
  return statements.some((statement) => endOf(tree, statement + moved) === at);
}

/** A call of this name, as a statement, matches any pattern of a statement, as in Semgrep. */
const MARK = 'r_2_c_was_here';

export function mayHaveMarks(tree: SyntaxTree): boolean {
  return tree.text.includes(MARK);
}

/** The statements of a tree that are marks; undefined without any. */
export function marksOf(tree: SyntaxTree): ReadonlySet<number> | undefined {
  if (!mayHaveMarks(tree)) return undefined;
  const marks = new Set<number>();
  for (let node = 1; node < tree.count; node++) {
    if (tagOf(tree, node) !== Tag.Call || tagOf(tree, node + 1) !== Tag.Ident || textOf(tree, node + 1) !== MARK) continue;
    if (tagOf(tree, parentOf(tree, node)) === Tag.Block) marks.add(node);
  }
  return marks.size === 0 ? undefined : marks;
}

/** The record that the functions below take; one for a tree and a set of options, since it keeps what it learns about the tree. */
export function createMatching({ tree, names, constants, options, budget }: MatchContext, marks?: ReadonlySet<number>): Matching {
  const traits = traitsOf(tree.grammar);
  const kept = { types: undefined, known: [], lastStatement: -1, taken: [], marksTaken: 0 };
  return { tree, names, constants, options, budget, traits, match, marks, ...kept };
}

/** Matches with `node` as the root of a one-item pattern. */
export function matchAt(m: Matching, item: PatternNode, node: number, found: (match: Match) => void, given?: Env): void {
  if (item.kind === 'node' && item.words !== undefined) {
    const { tree, budget, options } = m;
    for (const match of findGeneric(tree, item.words, options.generic, given, budget)) found(match);
    return;
  }
  // With `attr_expr: false` a decorator is no call or name.
  if (!m.options.attrExpr && roleOf(m.tree, node) !== Role.Decorator && isInDecorator(m.tree, node)) return;
  const start = startOf(m.tree, node);
  const end = endOf(m.tree, node);
  m.match(m, item, node, given, true, (env) => found(m.marksTaken > 0 ? { start, end, env, onMark: true } : { start, end, env }));
}

/** Whether what the file says about the type of `node` is the type `wanted`. */
export function matchesType(m: Matching, wanted: PatternNode, node: number, found: () => void): void {
  matchTyped(m, wanted, node, undefined, found);
}

/**
 * Matches a sequence of statements anywhere inside the block `block`.
 * @param mayStart whether a statement may be the first of a match
 */
export function matchStatementsIn(
  m: Matching,
  pattern: Pattern,
  block: number,
  found: (match: Match) => void,
  mayStart?: (statement: number) => boolean,
): void {
  matchStatementsAmong(m, pattern, childrenOf(m, block), found, undefined, mayStart);
}

/** Matches a sequence of statements in this list of statements. */
export function matchStatementsAmong(
  m: Matching,
  pattern: Pattern,
  statements: readonly number[],
  found: (match: Match) => void,
  given?: Env,
  mayStart?: (statement: number) => boolean,
): void {
  const { items } = pattern;
  const open = items.length > 1 && items.at(-1)?.kind === 'ellipsis';
  let first = -1;
  const add = (env: Env | undefined): void => {
    const last = m.lastStatement;
    const { taken, tree } = m;
    found({
      start: startOf(tree, first),
      end: last < 0 ? endOf(tree, first) : Math.max(endOf(tree, last), endOf(tree, first)),
      env,
      ...(m.marksTaken > 0 ? { onMark: true } : {}),
      ...(open && taken.length > 0 ? { mayEnd: { tree, statements: taken, moved: 0 } } : {}),
    });
  };
  for (let from = 0; from < statements.length; from++) {
    first = statements[from] as number;
    if (mayStart?.(first) === false) continue;
    matchStatements(m, items, 0, statements, from, given, true, true, -1, add);
    // A leading ellipsis takes everything before the rest; other starts would only repeat it with less.
    if (items[0]?.kind === 'ellipsis') break;
  }
}
