/**
 * Binary operators: associative ones as one list of operands, commutative ones in any order, comparisons either way round
 * with `symmetric_eq`.
 */
import { intern } from '../language/interner.js';
import { Tag } from '../language/tags.js';
import { opOf, tagOf } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { bind, boundNodes } from './holes.js';
import { withoutEllipsis } from './sequences.js';

const ASSOCIATIVE: ReadonlySet<number> = new Set(['and', 'or', '&&', '||', '&', '|', '^', '.'].map(intern));

const COMMUTATIVE: ReadonlySet<number> = new Set(['&', '|', '^'].map(intern));

const BOOLEAN: ReadonlySet<number> = new Set(['and', 'or', '&&', '||'].map(intern));

const COMPARISONS: ReadonlySet<number> = new Set(['==', '!=', '===', '!=='].map(intern));

/** Operands that metavariables share in every way; with more there are too many ways. */
const MAX_SHARED = 3;

/** `a op b`. */
export function matchBinary(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree, options } = m;
  if (p.op !== opOf(tree, t)) return;
  const [left, right] = p.children;
  const [left2, right2] = childrenOf(m, t);
  if (left === undefined || right === undefined || left2 === undefined || right2 === undefined) return;
  if (options.acMatching && ASSOCIATIVE.has(p.op)) {
    const operands = flattenPattern(p, p.op);
    const operands2 = operandsOf(m, t, p.op);
    if (COMMUTATIVE.has(p.op) || (options.commutativeBoolop && BOOLEAN.has(p.op))) matchCommuted(m, operands, operands2, t, env, then);
    else matchAssociated(m, operands, 0, operands2, 0, env, then);
    return;
  }
  let matched = false;
  m.match(m, left, left2, env, false, (next) =>
    m.match(m, right, right2, next, false, (last) => {
      matched = true;
      then(last);
    }),
  );
  // `$X + ...` also holds for `a + b + c`: look down the left spine.
  if (!matched && right.kind === 'ellipsis' && tagOf(tree, left2) === Tag.Binary) matchBinary(m, p, left2, env, then);
  if (!matched && options.symmetricEq && COMPARISONS.has(p.op))
    m.match(m, left, right2, env, false, (next) => m.match(m, right, left2, next, false, then));
}

/** Operands in their order; a metavariable may stand for several in a row. */
function matchAssociated(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  ts: readonly number[],
  j: number,
  env: Env | undefined,
  then: Then,
): void {
  if (m.budget.left-- <= 0) return;
  const p = ps[i];
  if (p === undefined) {
    if (j === ts.length) then(env);
    return;
  }
  if (p.kind === 'ellipsis') {
    for (let k = i === ps.length - 1 ? ts.length : j; k <= ts.length; k++) matchAssociated(m, ps, i + 1, ts, k, env, then);
    return;
  }
  const t = ts[j];
  if (t === undefined) return;
  const next = (found: Env | undefined): void => matchAssociated(m, ps, i + 1, ts, j + 1, found, then);
  m.match(m, p, t, env, false, next);
  if (p.kind !== 'metavariable' || p.type !== undefined) return;
  for (let k = i === ps.length - 1 ? Math.max(ts.length, j + 2) : j + 2; k <= ts.length; k++)
    bind(m, p.name, boundNodes(m, ts.slice(j, k), t), env, (found) => matchAssociated(m, ps, i + 1, ts, k, found, then));
}

/**
 * Operands in any order, more of them allowed. What is no metavariable takes one operand each; metavariables share what is left, in
 * every way while that is little, and one by one otherwise, as in Semgrep.
 */
function matchCommuted(
  m: Matching,
  ps: readonly PatternNode[],
  ts: readonly number[],
  near: number,
  env: Env | undefined,
  then: Then,
): void {
  const isVariable = (p: PatternNode): boolean => p.kind === 'ellipsis' || (p.kind === 'metavariable' && p.type === undefined);
  const fixed = ps.filter((p) => !isVariable(p));
  const variables = withoutEllipsis(ps.filter(isVariable));
  const share = (from: number, left: readonly number[], next: Env | undefined): void => {
    if (m.budget.left-- <= 0) return;
    const p = variables[from];
    if (p === undefined) {
      then(next);
      return;
    }
    for (let at = 0; at < left.length; at++) {
      const others = left.filter((_, other) => other !== at);
      m.match(m, p, left[at] as number, next, false, (found) => share(from + 1, others, found));
      if (left.length > MAX_SHARED || p.kind !== 'metavariable') continue;
      // Two or more of the operands, together.
      for (let mask = 1; mask < 1 << others.length; mask++) {
        const taken = others.filter((_, other) => other >= at && (mask & (1 << other)) !== 0);
        if (taken.length === 0 || others.some((_, other) => other < at && (mask & (1 << other)) !== 0)) continue;
        const rest = others.filter((other) => !taken.includes(other));
        bind(m, p.name, boundNodes(m, [left[at] as number, ...taken], near), next, (found) => share(from + 1, rest, found));
      }
    }
  };
  const oneToOne = (from: number, left: readonly number[], next: Env | undefined): void => {
    if (m.budget.left-- <= 0) return;
    const p = fixed[from];
    if (p === undefined) {
      share(0, left, next);
      return;
    }
    for (let at = 0; at < left.length; at++) {
      const others = left.filter((_, other) => other !== at);
      m.match(m, p, left[at] as number, next, false, (found) => oneToOne(from + 1, others, found));
    }
  };
  oneToOne(0, ts, env);
}

function operandsOf(m: Matching, t: number, op: number): number[] {
  const { tree } = m;
  const operands: number[] = [];
  const visit = (node: number): void => {
    if (tagOf(tree, node) === Tag.Binary && opOf(tree, node) === op) for (const child of childrenOf(m, node)) visit(child);
    else operands.push(node);
  };
  visit(t);
  return operands;
}

function flattenPattern(p: PatternNode, op: number): PatternNode[] {
  return p.kind === 'node' && p.tag === Tag.Binary && p.op === op ? p.children.flatMap((child) => flattenPattern(child, op)) : [p];
}
