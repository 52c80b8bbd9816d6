/**
 * Functions and classes: name, parameters, decorators and keywords, bases, body. What a pattern does not mention, such as
 * a decorator or a return type, the code may have.
 */
import { intern } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { opOf, parentOf, roleOf, tagOf } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { hasEllipsis, matchByRole, matchInAnyOrder, matchSubsequence, withoutEllipsis } from './sequences.js';

const OP_ASYNC = intern('async');

const OP_LAMBDA = intern('lambda');
const OP_PROTOTYPE = intern('prototype');

const ASYNC: ReadonlySet<number> = new Set([OP_ASYNC, intern('async arrow')]);

const ARROWS: ReadonlySet<number> = new Set([intern('arrow'), intern('async arrow')]);

/** A function with the name of the pattern, or a function expression where the pattern has none. */
export function matchFunc(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const name = p.children.find((child) => child.role === Role.Name);
  const name2 = childrenOf(m, t).find((child) => roleOf(tree, child) === Role.Name);
  if (name?.kind === 'ellipsis') matchFuncParts(m, p, t, env, then);
  else if (name === undefined) {
    // A function expression: a declaration is not one.
    const parent = parentOf(tree, t);
    if (name2 !== undefined && parent >= 0 && tagOf(tree, parent) === Tag.Block) return;
    matchFuncParts(m, p, t, env, then);
  } else if (name2 !== undefined) m.match(m, name, name2, env, false, (next) => matchFuncParts(m, p, t, next, then));
}

/** Everything but the name. */
export function matchFuncParts(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const op = opOf(tree, t);
  if (ASYNC.has(p.op) ? !ASYNC.has(op) : (p.op === OP_LAMBDA) !== (op === OP_LAMBDA)) return;
  // A prototype asks for no definition, though it mentions no body.
  if (p.op === OP_PROTOTYPE && op !== OP_PROTOTYPE) return;
  if (!m.options.arrowIsFunction && ARROWS.has(p.op) !== ARROWS.has(op)) return;
  const children = childrenOf(m, t);
  const decorators = p.children.filter((child) => child.role === Role.Decorator);
  const decorators2 = children.filter((child) => roleOf(tree, child) === Role.Decorator);
  const parts = p.children.filter((child) => child.role !== Role.Decorator && child.role !== Role.Name);
  matchDecorators(m, decorators, decorators2, env, (next) => matchByRole(m, parts, children, 0, next, then));
}

/** Each decorator of the pattern is one of the code's; with `decorators_order_matters` in the same order. */
export function matchDecorators(m: Matching, ps: readonly PatternNode[], ts: readonly number[], env: Env | undefined, then: Then): void {
  const wanted = withoutEllipsis(ps);
  if (!m.options.decoratorsOrderMatters) {
    matchInAnyOrder(m, wanted, ts, true, env, then);
    return;
  }
  // The order of keywords such as `static final` never matters.
  const isDecorator = (p: PatternNode): boolean => p.kind === 'node' && p.tag === Tag.Decorator;
  const isDecoratorHere = (t: number): boolean => tagOf(m.tree, t) === Tag.Decorator;
  const keywords = ts.filter((t) => !isDecoratorHere(t));
  matchInAnyOrder(
    m,
    wanted.filter((p) => !isDecorator(p)),
    keywords,
    true,
    env,
    (next) => matchSubsequence(m, wanted.filter(isDecorator), 0, ts.filter(isDecoratorHere), 0, next, then),
  );
}

/** `@f(...)` also asks for `@f`; a decorator that is no call (`@$X.y`) for what it is. */
export function matchDecorator(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const [wanted] = p.children;
  const [actual] = childrenOf(m, t);
  if (wanted !== undefined && actual !== undefined) m.match(m, wanted, actual, env, false, then);
}

/** A parameter, or what a hole in the place of one takes. */
export function matchParam(m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  if (p.kind !== 'node' || p.tag !== Tag.Param || tagOf(tree, t) !== Tag.Param) {
    if (p.kind === 'node' && p.tag === Tag.Param && tagOf(tree, t) === Tag.Spread) return;
    m.match(m, p, t, env, false, then);
    return;
  }
  const children = childrenOf(m, t);
  // `T...` is no `T`, and a type alone no named parameter.
  if (p.op === opOf(tree, t)) matchByRole(m, p.children, children, 0, env, then);
}

/** A class, interface or the like: less in the pattern is more in the code. */
export function matchClass(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const children = childrenOf(m, t);
  const decorators = p.children.filter((child) => child.role === Role.Decorator);
  const decorators2 = children.filter((child) => roleOf(tree, child) === Role.Decorator);
  const name = p.children.find((child) => child.role === Role.Name);
  const bases = p.children.filter((child) => child.kind === 'node' && child.tag === Tag.Bases);
  // A class is no interface, enumeration or record.
  if (p.op !== opOf(tree, t)) return;
  const body = p.children.find((child) => child.kind === 'node' && child.tag === Tag.Block);
  const name2 = children.find((child) => roleOf(tree, child) === Role.Name);
  const bases2 = children.filter((child) => tagOf(tree, child) === Tag.Bases);
  const body2 = children.find((child) => tagOf(tree, child) === Tag.Block);
  const matchBody = (next: Env | undefined): void => {
    if (body === undefined) then(next);
    else if (body2 !== undefined && body.kind === 'node')
      matchInAnyOrder(m, withoutEllipsis(body.children), childrenOf(m, body2), m.options.implicitEllipsis || hasEllipsis(body), next, then);
  };
  // `class C(x: T)`
  const params = p.children.find((child) => child.role === Role.Params);
  const params2 = children.find((child) => roleOf(tree, child) === Role.Params);
  const matchParams = (next: Env | undefined): void => {
    // `class C(...)` may also have none.
    const any = params?.kind === 'node' && withoutEllipsis(params.children).length === 0 && params.children.length > 0;
    if (params === undefined || any) matchBases(next);
    else if (params2 !== undefined) m.match(m, params, params2, next, false, (found) => matchBases(found));
  };
  // One list, or one for each of `extends` and `implements`.
  const matchBases = (next: Env | undefined, from = 0): void => {
    const wanted = bases[from];
    if (wanted === undefined) matchBody(next);
    else if (wanted.kind !== 'node' || withoutEllipsis(wanted.children).length === 0) matchBases(next, from + 1);
    else {
      const list = bases2.find((child) => opOf(tree, child) === wanted.op);
      if (list !== undefined) m.match(m, wanted, list, next, false, (found) => matchBases(found, from + 1));
    }
  };
  matchDecorators(m, decorators, decorators2, env, (next) => {
    if (name === undefined) matchParams(next);
    else if (name2 !== undefined) m.match(m, name, name2, next, false, matchParams);
  });
}
