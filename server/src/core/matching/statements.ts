/**
 * Statements: rows of them with `...` between, which also reaches into nested blocks, an expression as a statement
 * (which is looked for inside the code's statement), `if` and `try`.
 */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { nextOf, opOf, roleOf, tagOf } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { isExpression, isExpressionBody, isExpressionPattern, isTransparent } from './expressions.js';
import { bind, boundNodes } from './holes.js';
import { mayHold } from './mayHold.js';
import { matchByRole, matchInAnyOrder, matchInOrder, matchList, matchOne } from './sequences.js';

/** All statements of a block, where the pattern says nothing else with `...`. */
export function matchBlock(m: Matching, ps: readonly PatternNode[], t: number, env: Env | undefined, then: Then): void {
  if (ps.length === 1 && ps[0]?.kind === 'ellipsis') {
    then(env);
    return;
  }
  const statements = childrenOf(m, t);
  matchStatements(m, ps, 0, statements, 0, env, false, true, -1, then);
}

/**
 * Statements in a row.
 * @param lessOk whether more statements may follow
 * @param deeper whether statements after a `...` may also stand in blocks nested further down, as Semgrep searches them
 * @param last the statement that was matched before, or -1
 */
export function matchStatements(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  ts: readonly number[],
  j: number,
  env: Env | undefined,
  lessOk: boolean,
  deeper: boolean,
  last: number,
  then: Then,
): void {
  if (m.budget.left-- <= 0) return;
  const p = ps[i];
  if (p === undefined) {
    if (!lessOk && j < ts.length) return;
    m.lastStatement = last;
    then(env);
    return;
  }
  if (p.kind === 'ellipsis') {
    if (i === ps.length - 1) {
      // The longest extent is enough: it holds every shorter one.
      m.lastStatement = ts.at(-1) ?? last;
      m.taken = ts.slice(Math.max(0, j - 1));
      then(env);
      return;
    }
    for (let k = j; k <= ts.length; k++) {
      // After an ellipsis further statements may follow, as in Semgrep.
      matchStatements(m, ps, i + 1, ts, k, env, true, false, k > j ? (ts[k - 1] as number) : last, then);
    }
    if (deeper && m.options.goDeeperStmt) {
      const flat = flattenStatements(m, ts.slice(j));
      if (flat !== undefined) {
        for (let k = 0; k <= flat.length; k++) {
          // Positions that the flat list shares with this one were tried above.
          matchStatements(m, ps, i + 1, flat, k, env, true, false, k > 0 ? (flat[k - 1] as number) : last, then);
        }
      }
    }
    return;
  }
  if (p.kind === 'ellipsis-metavariable') {
    matchTaken(m, ps, i, p.name, ts, j, env, deeper, last, then);
    return;
  }
  const t = ts[j];
  if (t !== undefined && mayBeStatement(m, p, t)) matchNext(m, ps, i, p, ts, j, t, env, lessOk, deeper, then);
}

/** `$...BODY` and what follows. */
function matchTaken(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  name: string,
  ts: readonly number[],
  j: number,
  env: Env | undefined,
  deeper: boolean,
  last: number,
  then: Then,
): void {
  for (let k = j; k <= ts.length; k++) {
    const taken = ts.slice(j, k);
    bind(m, name, boundNodes(m, taken, ts[j] ?? 0), env, (next) =>
      matchStatements(m, ps, i + 1, ts, k, next, false, deeper, taken.at(-1) ?? last, then),
    );
  }
}

/** One statement, and then the others. */
function matchNext(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  p: PatternNode,
  ts: readonly number[],
  j: number,
  t: number,
  env: Env | undefined,
  lessOk: boolean,
  deeper: boolean,
  then: Then,
): void {
  matchStatement(m, p, t, env, (next) => matchStatements(m, ps, i + 1, ts, j + 1, next, lessOk, deeper, t, then));
}

/** Whether `matchStatement` may find anything. */
function mayBeStatement(m: Matching, p: PatternNode, t: number): boolean {
  if (mayHold(m, p, t) || m.marks?.has(t) === true) return true;
  return isExpressionPattern(p) && !NOT_LOOKED_INTO.has(tagOf(m.tree, t));
}

/** Statements in which an expression pattern is not looked for: what stands in them is a statement of its own. */
export const NOT_LOOKED_INTO: ReadonlySet<number> = new Set([Tag.Block, Tag.If, Tag.Try, Tag.Func, Tag.Class]);

/** One statement; an expression pattern also holds where the statement only contains the expression. */
export function matchStatement(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  if (m.marks?.has(t) === true) {
    m.marksTaken++;
    then(env);
    m.marksTaken--;
    return;
  }
  if (p.kind === 'deep') {
    matchDeepInStatement(m, p.child, t, env, then);
    return;
  }
  const { implicitDeepExprstmt, goDeeperExpr } = m.options;
  const isLookedFor = implicitDeepExprstmt && goDeeperExpr && isExpressionPattern(p) && !NOT_LOOKED_INTO.has(tagOf(tree, t));
  if (!isLookedFor) m.match(m, p, t, env, false, then);
  else if (!mayHold(m, p, t) || !matchesItself(m, p, t, env, then)) matchInStatement(m, p, t, env, then);
}

/** Whether the pattern holds at the node. */
function matchesItself(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): boolean {
  let matched = false;
  m.match(m, p, t, env, false, (next) => {
    matched = true;
    then(next);
  });
  return matched;
}

/** Where a statement contains an expression. */
function matchInStatement(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  const tag = tagOf(m.tree, t);
  if (tag === Tag.Other && !isExpression(m.tree, t)) return;
  // What a definition assigns and what is returned is looked through as `<... ...>` does.
  if (tag === Tag.VarDef || tag === Tag.Return) matchDeepInStatement(m, p, t, env, then);
  else matchImplicitly(m, p, t, env, then);
}

/** Where an expression that is a whole statement in the pattern may also stand: not as deep as `<... ...>` looks. */
function matchImplicitly(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  for (const child of childrenOf(m, t)) {
    if (!isTransparent(m.tree, t, child)) continue;
    if (mayHold(m, p, child) && isExpression(m.tree, child)) m.match(m, p, child, env, false, then);
    matchImplicitly(m, p, child, env, then);
  }
}

/** `<... x ...>` as a statement: anywhere in its expressions, but not in the statements that it holds, nor in a definition. */
function matchDeepInStatement(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const tag = tagOf(tree, t);
  if (tag === Tag.Func || tag === Tag.Class || tag === Tag.Try || tag === Tag.Block) return;
  for (let node = t, end = nextOf(tree, t); node < end;) {
    if (tagOf(tree, node) === Tag.Block && !isExpressionBody(tree, node)) {
      node = nextOf(tree, node);
      continue;
    }
    if (mayHold(m, p, node) && isExpression(tree, node)) m.match(m, p, node, env, false, then);
    node++;
  }
}

/** The statements and all statements nested in them, in source order; undefined when there is nothing nested. */
function flattenStatements(m: Matching, ts: readonly number[]): number[] | undefined {
  const { tree } = m;
  const flat: number[] = [];
  let nested = false;
  const visit = (node: number): void => {
    flat.push(node);
    // A block by itself.
    if (tagOf(tree, node) === Tag.Block) {
      nested = true;
      for (const statement of childrenOf(m, node)) visit(statement);
      return;
    }
    for (let child = node + 1, end = nextOf(tree, node); child < end;) {
      if (tagOf(tree, child) === Tag.Block) {
        nested = true;
        for (const statement of childrenOf(m, child)) visit(statement);
        child = nextOf(tree, child);
      } else child++;
    }
  };
  for (const statement of ts) visit(statement);
  return nested ? flat : undefined;
}

/** Less is more: a pattern without `else` holds for an `if` with one. */
export function matchIf(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  matchByRole(m, p.children, childrenOf(m, t), 0, env, then);
}

/** `try` with its handlers in any order; what the pattern lacks (`else`, `finally`) the code lacks too, unless it says `...`. */
export function matchTry(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const children = childrenOf(m, t);
  const has = (tag: number): PatternNode | undefined => p.children.find((child) => child.kind === 'node' && child.tag === tag);
  const has2 = (tag: number): number | undefined => children.find((child) => tagOf(tree, child) === tag);
  const open = p.children.some((child) => child.kind === 'ellipsis');
  for (const tag of [Tag.Else, Tag.Finally]) if (!open && (has(tag) === undefined) !== (has2(tag) === undefined)) return;
  const single = p.children.filter((child) => !(child.kind === 'node' && child.tag === Tag.Catch) && child.kind !== 'ellipsis');
  const catches = p.children.filter((child) => child.kind === 'node' && child.tag === Tag.Catch);
  const catches2 = children.filter((child) => tagOf(tree, child) === Tag.Catch);
  const others = children.filter((child) => tagOf(tree, child) !== Tag.Catch && !(open && tagOf(tree, child) === Tag.Finally));
  matchInOrder(m, single, others, 0, env, (next) => matchInAnyOrder(m, catches, catches2, true, next, then));
}

/** One handler: the exceptions that it names, and its body. */
export function matchCatch(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const children = childrenOf(m, t);
  const body = p.children.find((child) => child.role === Role.Body);
  const body2 = children.find((child) => roleOf(tree, child) === Role.Body);
  const heads = p.children.filter((child) => child !== body);
  const heads2 = children.filter((child) => child !== body2);
  const matchBody = (next: Env | undefined): void => {
    if (body === undefined) then(next);
    else if (body2 !== undefined) m.match(m, body, body2, next, false, then);
  };
  const [head] = heads;
  const [head2] = heads2;
  // `catch {}` catches without a name.
  if (head?.kind === 'ellipsis' || (head?.kind === 'metavariable' && head2 === undefined)) matchBody(env);
  else if (head === undefined || head2 === undefined) {
    if (heads.length === heads2.length) matchBody(env);
  } else {
    let matched = false;
    const found = (next: Env | undefined): void => {
      matched = true;
      matchBody(next);
    };
    // `except (..., E, ...)` also asks for `except E`.
    const several = head.kind === 'node' && head.tag === Tag.Tuple && tagOf(tree, head2) !== Tag.Tuple;
    if (several && head.kind === 'node') matchList(m, head.children, 0, [head2], 0, head2, env, matchOne, found);
    else m.match(m, head, head2, env, false, found);
    // `except E:` asks about the exception; that the code also names it does not matter.
    const [first] = childrenOf(m, head2);
    if (!matched && first !== undefined && internedText(opOf(tree, head2)).startsWith('as_pattern'))
      m.match(m, head, first, env, false, matchBody);
  }
}
