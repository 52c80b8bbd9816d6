/**
 * One pattern against one node: by the pattern's kind, then by the node's tag. What holds inside a tag is said in that
 * tag's module; two nodes of different tags go to `equivalences.ts`.
 */
import { intern, internedText } from '../language/interner.js';
import { MACRO, OPTIONAL_ACCESS, Role, Tag, TAGGED_TEMPLATE } from '../language/tags.js';
import { nextOf, opOf, parentOf, roleOf, tagOf, textOf } from '../language/tree.js';
import { ANY_FOR, type NodePattern, type PatternNode } from '../pattern/pattern.js';
import { matchArguments } from './arguments.js';
import { matchAssign, matchVarDef } from './assignments.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { matchClass, matchDecorator, matchFunc, matchParam } from './definitions.js';
import { matchUnlike } from './equivalences.js';
import { isExpression, isExpressionBody } from './expressions.js';
import { bind, boundNodes } from './holes.js';
import { matchImport, matchImportGroup } from './imports.js';
import { matchRegexLiteral, sameNumber } from './literals.js';
import { mayHold } from './mayHold.js';
import { matchJsx, matchMembers } from './members.js';
import { matchChain, matchIdent, matchSymbolic, samePath, symbolicValue } from './names.js';
import { matchBinary } from './operators.js';
import { hasEllipsis, matchInAnyOrder, matchInOrder, matchList, matchOne, withoutEllipsis } from './sequences.js';
import { matchBlock, matchCatch, matchIf, matchTry } from './statements.js';
import { matchPieces, matchString } from './strings.js';
import { matchTyped } from './types.js';

const OP_MACRO = intern(MACRO);
const OP_TAGGED = intern(TAGGED_TEMPLATE);
const OP_OPTIONAL = intern(OPTIONAL_ACCESS);

/** Roles that a pattern which does not mention them does not ask for. */
const LESS_IS_MORE = new Uint8Array(256);
for (const role of [Role.Decorator, Role.ReturnType, Role.TypeParameters, Role.Optional, Role.Type, Role.Alias]) LESS_IS_MORE[role] = 1;

/** Calls `then` for every way in which `p` holds at `t`; stops when the steps are used up. */
export function match(m: Matching, p: PatternNode, t: number, env: Env | undefined, root: boolean, then: Then): void {
  if (m.budget.left-- <= 0) return;
  const { tree } = m;
  switch (p.kind) {
    case 'metavariable':
      if (tagOf(tree, t) === Tag.Error) return;
      if (p.type !== undefined) {
        matchTypedHole(m, p.name, p.type, t, env, then);
        return;
      }
      bind(m, p.name, { kind: 'node', tree, node: t }, env, then);
      matchSymbolic(m, p, t, env, root, then);
      return;
    case 'ellipsis':
      then(env);
      return;
    case 'ellipsis-metavariable':
      bind(m, p.name, boundNodes(m, [t], t), env, then);
      return;
    case 'deep':
      matchDeep(m, p.child, t, env, 0, then);
      return;
    case 'ident':
      matchIdent(m, p, t, env, root, then);
      return;
    case 'string':
      matchString(m, p, t, env, then);
      return;
    case 'chain':
      matchChain(m, p.child, t, env, then);
      return;
    case 'node':
      matchNode(m, p, t, env, root, then);
  }
}

function matchTypedHole(m: Matching, name: string, type: PatternNode, t: number, env: Env | undefined, then: Then): void {
  matchTyped(m, type, t, env, (next) => bind(m, name, { kind: 'node', tree: m.tree, node: t }, next, then));
}

/** How many variables `<... ...>` follows to what they were set to. */
const MAX_FOLLOWED = 5;

/** `<... x ...>`: anywhere inside an expression, and with symbolic propagation inside what its variables were set to. */
function matchDeep(m: Matching, p: PatternNode, t: number, env: Env | undefined, followed: number, then: Then): void {
  const { tree, options } = m;
  const end = options.goDeeperExpr ? nextOf(tree, t) : t + 1;
  for (let node = t; node < end && m.budget.left > 0;) {
    // Statements of a function that stands in the expression are not in the expression.
    if (node !== t && tagOf(tree, node) === Tag.Block && !isExpressionBody(tree, node)) {
      node = nextOf(tree, node);
      continue;
    }
    if (node === t || isExpression(tree, node)) {
      m.match(m, p, node, env, false, then);
      const value = options.symbolicPropagation && followed < MAX_FOLLOWED ? symbolicValue(m, node) : -1;
      if (value >= 0 && nextOf(tree, value) > value + 1) {
        m.budget.left--;
        matchDeep(m, p, value, env, followed + 1, then);
      }
    }
    node++;
  }
}

function matchNode(m: Matching, p: NodePattern, t: number, env: Env | undefined, root: boolean, then: Then): void {
  const { tree } = m;
  const tag = tagOf(tree, t);
  if (tag === Tag.Cast && p.tag !== Tag.Cast && !root) {
    m.match(m, p, childrenOf(m, t)[0] as number, env, false, then);
    return;
  }
  if (p.group !== undefined) {
    matchImportGroup(m, p.group, t, env, then);
    return;
  }
  if (p.tag !== tag) {
    matchUnlike(m, p, t, tag, env, root, then);
    return;
  }
  switch (p.tag) {
    case Tag.Dot:
      matchDot(m, p, t, env, then);
      return;
    case Tag.Call:
    case Tag.New:
      matchCall(m, p, t, env, then);
      return;
    case Tag.Args:
      matchArguments(m, p, t, env, then);
      return;
    case Tag.Str:
      if (p.op === opOf(tree, t) || (m.traits.bareWords && p.op !== 0)) matchPieces(m, p.children, 0, childrenOf(m, t), 0, env, then);
      return;
    case Tag.Num:
      if (sameNumber(p.text, textOf(tree, t))) then(env);
      return;
    case Tag.Const:
      if (p.op === opOf(tree, t)) then(env);
      return;
    case Tag.Regex:
      if (p.children.length > 0) matchPieces(m, p.children, 0, childrenOf(m, t), 0, env, then);
      else matchRegexLiteral(m, p.text, t, env, then);
      return;
    case Tag.StrText:
    case Tag.JsxText:
      if (p.text.trim() === textOf(tree, t).trim()) then(env);
      return;
    case Tag.Binary:
      matchBinary(m, p, t, env, then);
      return;
    case Tag.Dict:
      matchMembers(m, p.children, childrenOf(m, t), env, m.traits.openMembers && m.options.implicitEllipsis, then);
      return;
    case Tag.Set:
      matchMembers(m, p.children, childrenOf(m, t), env, false, then);
      return;
    case Tag.Assign:
      // Go: `=` in a pattern also asks for `:=`, not the other way round.
      if (p.op === 0 || p.op === opOf(tree, t)) matchAssign(m, p, childrenOf(m, t), env, then);
      return;
    case Tag.VarDef:
      matchVarDef(m, p, t, env, then);
      return;
    case Tag.Func:
      matchFunc(m, p, t, env, then);
      return;
    case Tag.Class:
      matchClass(m, p, t, env, then);
      return;
    case Tag.Bases:
      matchInAnyOrder(m, withoutEllipsis(p.children), childrenOf(m, t), true, env, then);
      return;
    case Tag.JsxAttributes:
      matchInAnyOrder(m, withoutEllipsis(p.children), childrenOf(m, t), m.options.xmlAttrsImplicitEllipsis || hasEllipsis(p), env, then);
      return;
    case Tag.Block:
      // A file and a class are no blocks of statements by themselves.
      if (root && (parentOf(tree, t) < 0 || tagOf(tree, parentOf(tree, t)) === Tag.Class)) return;
      if (p.op === opOf(tree, t)) matchBlock(m, p.children, t, env, then);
      return;
    case Tag.If:
      matchIf(m, p, t, env, then);
      return;
    case Tag.Try:
      matchTry(m, p, t, env, then);
      return;
    case Tag.Import:
      matchImport(m, p, t, env, then);
      return;
    case Tag.Jsx:
      matchJsx(m, p, t, env, then);
      return;
    case Tag.Return: {
      const [value] = p.children;
      const [value2] = childrenOf(m, t);
      if (value === undefined ? value2 === undefined : value.kind === 'ellipsis') then(env);
      else if (value !== undefined && value2 !== undefined) m.match(m, value, value2, env, false, then);
      return;
    }
    case Tag.Error:
      return;
    case Tag.AugAssign:
    case Tag.Unary:
    case Tag.Spread:
      if (p.op === opOf(tree, t)) matchInOrder(m, p.children, childrenOf(m, t), 0, env, then);
      return;
    case Tag.Params:
      matchList(m, p.children, 0, childrenOf(m, t), 0, t, env, matchParam, then);
      return;
    case Tag.Param:
      matchParam(m, p, t, env, then);
      return;
    case Tag.Decorator:
      matchDecorator(m, p, t, env, then);
      return;
    case Tag.Catch:
      matchCatch(m, p, t, env, then);
      return;
    case Tag.Other:
      matchOther(m, p, t, env, then);
      return;
    default:
      matchList(m, p.children, 0, wantedChildren(m, p, t), 0, t, env, matchOne, then);
  }
}

function matchDot(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const op = opOf(m.tree, t);
  // `a\b` is no `a.b`.
  if (p.op !== op && (p.op !== 0 || op !== OP_OPTIONAL)) return;
  if (p.path === undefined) matchInOrder(m, p.children, childrenOf(m, t), 0, env, then);
  else matchDotted(m, p.path, p, t, env, then);
}

/** A dotted name, as it is written or as imports make it. */
function matchDotted(m: Matching, path: readonly string[], p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  let structural = false;
  matchInOrder(m, p.children, childrenOf(m, t), 0, env, (next) => {
    structural = true;
    then(next);
  });
  if (!structural && samePath(m, path, t)) then(env);
}

function matchCall(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const [callee, args] = p.children;
  const children = childrenOf(m, t);
  const [callee2, args2] = [children[0], children[1]];
  if (callee === undefined || args === undefined || callee2 === undefined || args2 === undefined) return;
  const op = opOf(m.tree, t);
  if (p.op !== op && (p.op === OP_MACRO || p.op === OP_TAGGED || op === OP_TAGGED)) return;
  if (m.traits.bareWords && callee.kind === 'ellipsis' && args.kind === 'node') {
    // `... bash ...`: the command's name is one of its words.
    matchList(m, [callee, ...args.children], 0, [callee2, ...childrenOf(m, args2)], 0, t, env, matchOne, then);
  } else if (mayHold(m, callee, callee2)) matchCalled(m, callee, callee2, args, args2, env, then);
}

function matchCalled(
  m: Matching,
  callee: PatternNode,
  callee2: number,
  args: PatternNode,
  args2: number,
  env: Env | undefined,
  then: Then,
): void {
  m.match(m, callee, callee2, env, false, (next) => matchArguments(m, args, args2, next, then));
}

/** Children of `t` without those parts that `p` leaves out and need not mention. */
function wantedChildren(m: Matching, p: NodePattern, t: number): readonly number[] {
  const children = childrenOf(m, t);
  const isLess = (child: number): boolean => LESS_IS_MORE[roleOf(m.tree, child)] === 1;
  if (!children.some(isLess)) return children;
  return children.filter((child) => !isLess(child) || p.children.some(({ role }) => role === roleOf(m.tree, child)));
}

function matchOther(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  if (p.op === ANY_FOR) {
    const body = childrenOf(m, t).find((child) => roleOf(m.tree, child) === Role.Body);
    const wanted = p.children[1];
    if (internedText(opOf(m.tree, t)).startsWith('for_') && body !== undefined && wanted !== undefined)
      m.match(m, wanted, body, env, false, then);
    return;
  }
  if (p.op !== opOf(m.tree, t)) return;
  const children = wantedChildren(m, p, t);
  if (p.children.length === 0 && children.length === 0) {
    if (p.text === textOf(m.tree, t)) then(env);
    return;
  }
  matchList(m, p.children, 0, children, 0, t, env, matchOne, then);
}
