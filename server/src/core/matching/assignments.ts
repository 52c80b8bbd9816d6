/**
 * Assignments and definitions of variables, which ask for each other: `$X = v` also holds for `var x = v`, for one of
 * `a, b = 1, 2`, and with `flddef_assign` for a method.
 */
import { intern } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { opOf, roleOf, tagOf } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { matchDecorators, matchFuncParts } from './definitions.js';
import { bind } from './holes.js';
import { mayHold } from './mayHold.js';
import { matchByRole } from './sequences.js';

const OP_VAR = intern('var');

const DECLARATION_KEYWORDS: ReadonlySet<number> = new Set([intern('var'), intern('let'), intern('const')]);

/** `$X = v` against [target, type?, value] of an assignment or definition. */
export function matchAssign(m: Matching, p: NodePattern, children: readonly number[], env: Env | undefined, then: Then): void {
  const { tree } = m;
  const target = childWithRole(m, children, Role.Left, Role.Name);
  const value = childWithRole(m, children, Role.Right, Role.Value);
  const left = partWithRole(p, Role.Left);
  const right = partWithRole(p, Role.Right);
  if (target === undefined || value === undefined || left === undefined || right === undefined) return;
  if ((mayHold(m, left, target) && mayHold(m, right, value)) || tagOf(tree, target) === Tag.Tuple)
    matchSides(
      m,
      { left, right, type: partWithRole(p, Role.Type) },
      { target, value, type: childWithRole(m, children, Role.Type) },
      env,
      then,
    );
}

function childWithRole(m: Matching, children: readonly number[], role: number, other = role): number | undefined {
  for (const child of children) {
    const own = roleOf(m.tree, child);
    if (own === role || own === other) return child;
  }
  return undefined;
}

function partWithRole(p: NodePattern, role: number): PatternNode | undefined {
  for (const child of p.children) if (child.role === role) return child;
  return undefined;
}

interface WantedSides {
  readonly left: PatternNode;
  readonly right: PatternNode;
  readonly type: PatternNode | undefined;
}

interface Sides {
  readonly target: number;
  readonly value: number;
  readonly type: number | undefined;
}

function matchSides(
  m: Matching,
  { left, right, type: wantedType }: WantedSides,
  { target, value, type }: Sides,
  env: Env | undefined,
  then: Then,
): void {
  const { tree } = m;
  const withType = (next: Env | undefined): void => {
    if (wantedType === undefined) then(next);
    else if (type !== undefined) m.match(m, wantedType, type, next, false, then);
  };
  let matched = false;
  m.match(m, left, target, env, false, (next) =>
    m.match(m, right, value, next, false, (last) => {
      matched = true;
      withType(last);
    }),
  );
  if (matched) return;
  // `a, b = 1, 2` is also `a = 1` and `b = 2`.
  if (tagOf(tree, target) === Tag.Tuple && tagOf(tree, value) === Tag.Tuple) {
    const targets = childrenOf(m, target);
    const values = childrenOf(m, value);
    if (targets.length !== values.length) return;
    for (const [at, one] of targets.entries()) {
      m.match(m, left, one, env, false, (next) => m.match(m, right, values[at] as number, next, false, then));
    }
  }
}

/** `f = function () { ... }` against a definition of `f`. */
export function matchAssignedFunction(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const left = p.children.find((child) => child.role === Role.Left);
  const right = p.children.find((child) => child.role === Role.Right);
  const name = childrenOf(m, t).find((child) => roleOf(m.tree, child) === Role.Name);
  if (left === undefined || right === undefined || name === undefined) return;
  m.match(m, left, name, env, false, (next) => {
    if (right.kind === 'node' && right.tag === Tag.Func) matchFuncParts(m, right, t, next, then);
    else if (right.kind === 'ellipsis') then(next);
    else if (right.kind === 'metavariable') bind(m, right.name, { kind: 'node', tree: m.tree, node: t }, next, then);
  });
}

/** `var x: T = v`; a pattern without a value asks for a definition without one. */
export function matchVarDef(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const op = opOf(tree, t);
  if (p.op !== op && !(m.options.letIsVar && p.op === OP_VAR && DECLARATION_KEYWORDS.has(op))) return;
  const children = childrenOf(m, t);
  const decorators = p.children.filter((child) => child.role === Role.Decorator);
  const hasValue = (roles: readonly number[]): boolean => roles.includes(Role.Value);
  if (!hasValue(p.children.map((child) => child.role)) && hasValue(children.map((child) => roleOf(tree, child)))) return;
  if (decorators.length === 0) matchByRole(m, p.children, children, 0, env, then);
  else {
    const rest = p.children.filter((child) => child.role !== Role.Decorator);
    const decorators2 = children.filter((child) => roleOf(tree, child) === Role.Decorator);
    matchDecorators(m, decorators, decorators2, env, (next) => matchByRole(m, rest, children, 0, next, then));
  }
}
