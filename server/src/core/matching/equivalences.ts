/**
 * A pattern and a node of different tags: which kinds of nodes stand for each other. `formula/starts.ts` lists the same
 * pairs (`ALSO`), since it chooses the nodes where a pattern is tried at all.
 */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { firstChildWithRole, isAssignmentTarget, nextOf, opOf, parentOf, roleOf, tagOf, textOf } from '../language/tree.js';
import type { NodePattern } from '../pattern/pattern.js';
import { matchAssign, matchAssignedFunction } from './assignments.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { matchFuncParts } from './definitions.js';
import { OP_FIELD, isExpression } from './expressions.js';
import { bind } from './holes.js';
import { matchRequire } from './imports.js';
import { matchLiteral, matchRegexLiteral } from './literals.js';
import { isDisplayOf } from './members.js';
import { matchPath, matchSymbolic, samePath } from './names.js';

/** The tags differ: the equivalences between kinds of nodes. */
export function matchUnlike(m: Matching, p: NodePattern, t: number, tag: number, env: Env | undefined, root: boolean, then: Then): void {
  const { tree } = m;
  if (p.tag === Tag.Dot) {
    if (p.path !== undefined) {
      if ((tag === Tag.Ident || tag === Tag.Call) && samePath(m, p.path, t)) then(env);
      else if (tag === Tag.Ident) matchSymbolic(m, p, t, env, root, then);
    } else if (tag === Tag.Ident) {
      // `os.$F` and `system`, imported from os: holes take parts of the imported path.
      const path = m.names.resolve(t);
      if (path !== undefined) matchPath(m, p, path, t, env, then);
      else matchSymbolic(m, p, t, env, root, then);
    }
    return;
  }
  if (isDisplayOf(m, p, t, tag)) {
    then(env);
    return;
  }
  if (p.tag === Tag.Assign && tag === Tag.VarDef) {
    const value = firstChildWithRole(tree, t, Role.Value);
    // A class's field that holds a function is the definition of one.
    const method = opOf(tree, t) === OP_FIELD && value >= 0 && tagOf(tree, value) === Tag.Func;
    if (value >= 0 && (method ? m.options.flddefAssign : m.options.vardefAssign)) matchAssign(m, p, childrenOf(m, t), env, then);
    return;
  }
  if (p.tag === Tag.Assign && tag === Tag.Func) {
    if (m.options.flddefAssign) matchAssignedFunction(m, p, t, env, then);
    return;
  }
  if (p.tag === Tag.Import && tag === Tag.VarDef) {
    matchRequire(m, p, t, env, then);
    return;
  }
  if (p.tag === Tag.Func && tag === Tag.VarDef && m.traits.functionValues) {
    matchFunctionValue(m, p, t, env, then);
    return;
  }
  if (p.tag === Tag.Pair && tag === Tag.Func) {
    matchMethod(m, p, t, env, then);
    return;
  }
  if (p.tag === Tag.Block && p.children.length === 1 && tag !== Tag.Block) {
    const [only] = p.children;
    if (only !== undefined) m.match(m, only, t, env, false, then);
    return;
  }
  if ((p.tag === Tag.Num || p.tag === Tag.Const || p.tag === Tag.Unary) && m.options.constantPropagation) {
    matchLiteral(m, p, t, env, then);
    return;
  }
  if (p.tag === Tag.Return && m.traits.implicitReturns && m.options.implicitReturn && isReturned(m, t)) {
    const [value] = p.children;
    if (value !== undefined) m.match(m, value, t, env, false, then);
    return;
  }
  if (p.tag === Tag.Regex && tag === Tag.Ident && m.options.constantPropagation && !isAssignmentTarget(tree, t)) {
    const value = m.names.scopes.reaching(t, textOf(tree, t))?.value ?? -1;
    if (value >= 0 && tagOf(tree, value) === Tag.Regex) matchRegexLiteral(m, p.text, value, env, then);
    return;
  }
  if (tag === Tag.Ident) matchSymbolic(m, p, t, env, root, then);
}

/** `function $F() {}` and `const f = () => {}`. */
function matchFunctionValue(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const name = p.children.find((child) => child.role === Role.Name);
  const children = childrenOf(m, t);
  const local = children.find((child) => roleOf(tree, child) === Role.Name);
  const value = children.find((child) => roleOf(tree, child) === Role.Value);
  if (
    name === undefined ||
    local === undefined ||
    value === undefined ||
    tagOf(tree, value) !== Tag.Func ||
    tagOf(tree, local) !== Tag.Ident
  )
    return;
  m.match(m, name, local, env, false, (next) => matchFuncParts(m, p, value, next, then));
}

/** `{ run: function () {} }` and `{ run() {} }`. */
function matchMethod(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const [key, value] = p.children;
  const name = childrenOf(m, t).find((child) => roleOf(m.tree, child) === Role.Name);
  if (key === undefined || value === undefined || name === undefined) return;
  m.match(m, key, name, env, false, (next) => {
    if (value.kind === 'node' && value.tag === Tag.Func) matchFuncParts(m, value, t, next, then);
    else if (value.kind === 'ellipsis') then(next);
    else if (value.kind === 'metavariable') bind(m, value.name, { kind: 'node', tree: m.tree, node: t }, next, then);
  });
}
/** Whether an expression is the last that a function evaluates, on some path. */
function isReturned(m: Matching, t: number): boolean {
  const { tree } = m;
  const tag = tagOf(tree, t);
  if (tag === Tag.Func || tag === Tag.Other || !isExpression(tree, t)) return false;
  for (let at = t, parent = parentOf(tree, t); parent >= 0; at = parent, parent = parentOf(tree, parent)) {
    const role = roleOf(tree, at);
    switch (tagOf(tree, parent)) {
      case Tag.Func:
        return role === Role.Body;
      case Tag.Block:
        if (nextOf(tree, at) !== nextOf(tree, parent)) return false;
        break;
      case Tag.If:
        if (role !== Role.Body && role !== Role.Alternative) return false;
        break;
      case Tag.Try: {
        // What runs last is `finally`.
        const last = childrenOf(m, parent).at(-1);
        if (last !== undefined && last !== at && tagOf(tree, last) === Tag.Finally) return false;
        break;
      }
      case Tag.Catch:
      case Tag.Else:
      case Tag.Finally:
        break;
      case Tag.Other:
        if (!/^(?:case|when|match|in$)/.test(internedText(opOf(tree, parent))) || nextOf(tree, at) === at + 1) return false;
        if (role === Role.Condition) return false;
        break;
      default:
        return false;
    }
  }
  return false;
}
