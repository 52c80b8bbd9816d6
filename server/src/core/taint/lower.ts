/**
 * Makes terms (`terms.ts`) of a lowered syntax tree: expressions here, statements that steer in `lowerControl.ts`. It knows the common vocabulary,
 * and of the grammars' own kinds only what steers; any other node is the value of all its parts, so that nothing that runs is left out.
 */
import { internedText } from '../language/interner.js';
import type { Names } from '../language/names.js';
import { flowTraitsOf, traitsOf } from '../language/registry.js';
import { enclosingFunction } from '../language/scopes.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, parentOf, roleOf, stringTextOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { createCalls } from './callees.js';
import { lowerControl } from './lowerControl.js';
import { lowerTarget } from './targets.js';
import {
  ANY_KEY,
  type Argument,
  type FunctionId,
  type FunctionTerm,
  type Key,
  type Parameter,
  type Place,
  type Program,
  type Term,
  type VariableId,
} from './terms.js';
import { createVariables, type Variables } from './variables.js';

/** What lowering one tree needs, passed down. */
export interface Lowering {
  readonly tree: SyntaxTree;
  readonly variables: Variables;
  /** Functions by node, as far as they have been met. */
  readonly functionIds: Map<number, FunctionId>;
  readonly outerNode: Map<number, number>;
  /** The innermost node around that a pattern can mean as a whole. */
  outer: number;
  /** Variables that something is assigned to. */
  readonly written: Set<VariableId>;
  /** As in `Program.fieldWrites`. */
  readonly fieldWrites: Map<string, number>;
  term(node: number): Term;
  block(nodes: readonly number[]): Term;
  defineFunction(node: number): FunctionId;
  /** Functions of this file that a call of `callee` can only mean. */
  targetsOf(callee: number, construction: boolean): readonly FunctionId[];
}

const COMPARISONS = new Set([
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '<=>',
  '=~',
  '!~',
  'in',
  'not in',
  'is',
  'is not',
  'instanceof',
  '<>',
]);
const LAZY = new Set(['&&', '||', 'and', 'or', '??', '?:']);

export const NOTHING: Term = { kind: 'literal', node: -1 };

export function lowerProgram(tree: SyntaxTree, names: Names): Program {
  const variables = createVariables(tree, names);
  const functions: (FunctionTerm | undefined)[] = [];
  const functionIds = new Map<number, FunctionId>();
  const outerNode = new Map<number, number>();
  const waiting: { readonly node: number; readonly id: FunctionId }[] = [];
  const calls = createCalls(tree, names, variables, (node) => lowering.defineFunction(node));
  const { lastIsValue } = flowTraitsOf(tree.grammar);

  const lowering: Lowering = {
    tree,
    variables,
    functionIds,
    outerNode,
    outer: -1,
    written: new Set(),
    fieldWrites: new Map(),
    term: (node) => lowerTerm(lowering, node),
    block: (nodes) => ({ kind: 'block', terms: nodes.map((node) => lowerTerm(lowering, node)) }),
    targetsOf: (callee, construction) => calls.targetsOf(callee, construction),
    defineFunction(node) {
      const known = functionIds.get(node);
      if (known !== undefined) return known;
      const id = functions.length;
      functions.push(undefined);
      functionIds.set(node, id);
      waiting.push({ node, id });
      return id;
    },
  };

  functions.push(undefined);
  const topBody = lowering.block(childrenOf(tree, 0));
  functions[0] = {
    id: 0,
    node: -1,
    name: undefined,
    isFunction: false,
    parameters: [],
    self: undefined,
    body: topBody,
    returnsLast: false,
    outer: -1,
    inline: false,
  };
  // Every function of the tree, whether anything around it was understood or not.
  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Func || tag === Tag.Class) lowering.defineFunction(node);
  }
  for (let at = 0; at < waiting.length; at++) {
    const { node, id } = waiting[at] as (typeof waiting)[number];
    const isClass = tagOf(tree, node) === Tag.Class;
    const inline = !isClass && isInline(lowering, node);
    const outer = functionIds.get(enclosingFunction(tree, node)) ?? 0;
    lowering.outer = inline ? node : -1;
    functions[id] = isClass
      ? classTerm(lowering, node, id, outer)
      : functionTerm(lowering, node, id, outer, inline, lastIsValue === 'always' || (inline && lastIsValue === 'inline'));
  }
  const all = functions.filter((one) => one !== undefined);
  return {
    functions: all,
    variableNames: variables.names,
    variableOwners: variables.owners,
    written: lowering.written,
    fieldWrites: lowering.fieldWrites,
    constantGlobals: variables.constantGlobals(),
    outerNode,
    order: orderOf(all),
  };
}

/** What runs when objects are made: the fields' values. */
function classTerm(lowering: Lowering, node: number, id: FunctionId, outer: FunctionId): FunctionTerm {
  const { tree } = lowering;
  const block = childrenOf(tree, node).find((child) => tagOf(tree, child) === Tag.Block);
  const body = lowering.block(block === undefined ? [] : childrenOf(tree, block));
  return { id, node, name: undefined, isFunction: false, parameters: [], self: undefined, body, returnsLast: false, outer, inline: false };
}

function functionTerm(
  lowering: Lowering,
  node: number,
  id: FunctionId,
  outer: FunctionId,
  inline: boolean,
  returnsLast: boolean,
): FunctionTerm {
  const { tree, variables } = lowering;
  const name = firstChildWithRole(tree, node, Role.Name);
  const self = variables.selfOf(node);
  const parameters: Parameter[] = [];
  const bodies: number[] = [];
  for (const child of childrenOf(tree, node)) {
    if (tagOf(tree, child) === Tag.Params) for (const param of childrenOf(tree, child)) addParameter(lowering, param, parameters);
    else if (roleOf(tree, child) === Role.Body || tagOf(tree, child) === Tag.Block) bodies.push(child);
  }
  if (self !== undefined && parameters[0]?.target.kind === 'place' && isSelf(parameters[0].target.place, self)) parameters.shift();
  const [body] = bodies;
  const isExpression = body !== undefined && tagOf(tree, body) !== Tag.Block;
  return {
    id,
    node,
    name: name < 0 ? undefined : textOf(tree, name),
    isFunction: true,
    parameters,
    self,
    body: body === undefined ? NOTHING : lowering.term(body),
    returnsLast: returnsLast || isExpression,
    outer,
    inline,
  };
}

function isSelf(place: Place, self: number): boolean {
  return place.kind === 'name' && place.variable === self;
}

function addParameter(lowering: Lowering, node: number, parameters: Parameter[]): void {
  const { tree } = lowering;
  const tag = tagOf(tree, node);
  // A receiver is the method's object.
  if (tag === Tag.Other && internedText(opOf(tree, node)) === 'receiver') return;
  const children = childrenOf(tree, node);
  const named =
    tag === Tag.Ident
      ? node
      : (children.find((child) => roleOf(tree, child) === Role.Name) ??
        children.find((child) => tagOf(tree, child) === Tag.Ident && roleOf(tree, child) !== Role.Type));
  const fallback = children.find((child) => roleOf(tree, child) === Role.Default);
  if (named === undefined) return;
  const spread =
    tag === Tag.Spread || tagOf(tree, named) === Tag.Spread || (tag === Tag.Param && /\.\.\./.test(internedText(opOf(tree, node))));
  const inner = tagOf(tree, named) === Tag.Spread ? (childrenOf(tree, named)[0] ?? named) : named;
  const isName = tagOf(tree, inner) === Tag.Ident;
  const target = lowerTarget(lowering, inner);
  parameters.push({
    node: isName ? inner : -1,
    name: isName ? textOf(tree, inner) : undefined,
    target,
    fallback: fallback === undefined ? undefined : lowering.term(fallback),
    rest: spread,
  });
}

/** Whether a function is written where its value is used. */
function isInline({ tree }: Lowering, node: number): boolean {
  if (firstChildWithRole(tree, node, Role.Name) < 0) return true;
  const parent = parentOf(tree, node);
  if (parent < 0) return false;
  const tag = tagOf(tree, parent);
  if (tag === Tag.Block || tag === Tag.Class || tag === Tag.Decorator) return false;
  return tag !== Tag.Other || !/^(?:export|labeled|declaration|template)/.test(internedText(opOf(tree, parent)));
}

/** Lowers `node` as something that a pattern can mean as a whole. */
function within<T>(lowering: Lowering, node: number, lower: () => T): T {
  const { outer } = lowering;
  if (!lowering.outerNode.has(node)) lowering.outerNode.set(node, outer);
  lowering.outer = node;
  const result = lower();
  lowering.outer = outer;
  return result;
}

/** Lowers what only steers: no pattern means it as a value. */
function beside<T>(lowering: Lowering, lower: () => T): T {
  const { outer } = lowering;
  const result = lower();
  lowering.outer = outer;
  return result;
}

function lowerTerm(lowering: Lowering, node: number): Term {
  const { tree } = lowering;
  switch (tagOf(tree, node)) {
    case Tag.Block:
      return beside(lowering, () => lowering.block(childrenOf(tree, node)));
    case Tag.Import:
    case Tag.Type:
    case Tag.Decorator:
    case Tag.Error:
    case Tag.Params:
    case Tag.Bases:
    case Tag.StrText:
    case Tag.JsxText:
      return NOTHING;
    case Tag.Func: {
      const inline = isInline(lowering, node);
      const id = lowering.defineFunction(node);
      if (!inline) return { kind: 'function', node, id, inline };
      return within(lowering, node, () => ({ kind: 'function', node, id, inline }));
    }
    case Tag.Class:
      lowering.defineFunction(node);
      return NOTHING;
    case Tag.If:
    case Tag.Try:
    case Tag.Return:
    case Tag.Other:
      return beside(lowering, () => lowerControl(lowering, node)) ?? within(lowering, node, () => lowerOther(lowering, node));
    case Tag.Ident: {
      const text = textOf(tree, node);
      if ((text === 'break' || text === 'continue') && tagOf(tree, Math.max(0, parentOf(tree, node))) === Tag.Block)
        return { kind: text, label: undefined };
      return within(lowering, node, () => nameTerm(lowering, node));
    }
    case Tag.Keyword:
    case Tag.Pair:
    case Tag.StrInterp:
    case Tag.Args:
    case Tag.JsxAttributes:
    case Tag.Spread: {
      const parts = childrenOf(tree, node).filter((child) => roleOf(tree, child) !== Role.Name);
      const [only, second] = parts;
      if (only !== undefined && second === undefined) return lowering.term(only);
      return { kind: 'union', node: -1, parts: parts.map((part) => lowering.term(part)), result: 'any' };
    }
    default:
      return within(lowering, node, () => lowerExpression(lowering, node));
  }
}

function lowerOther(lowering: Lowering, node: number): Term {
  const { tree } = lowering;
  const parts = childrenOf(tree, node)
    .filter((child) => !isPlainName(lowering, child))
    .map((child) => lowering.term(child));
  const [only, second] = parts;
  if (only !== undefined && second === undefined) return { kind: 'same', node, inner: only };
  const kind = internedText(opOf(tree, node));
  if (/^(?:sequence|comma)_expression/.test(kind)) return { kind: 'sequence', node, parts };
  return { kind: 'union', node, parts, result: COMPARISONS.has(kind.split(' ')[0] ?? '') ? 'comparison' : 'any' };
}

/** A name that no variable is meant by. */
function isPlainName({ tree }: Lowering, node: number): boolean {
  const role = roleOf(tree, node);
  return (
    tagOf(tree, node) === Tag.Ident &&
    (role === Role.Key || role === Role.Type || role === Role.ReturnType || role === Role.Module || role === Role.Alias)
  );
}

function nameTerm(lowering: Lowering, node: number): Place {
  const { tree, variables } = lowering;
  const text = textOf(tree, node);
  const { self: selfName, memberPrefix } = flowTraitsOf(tree.grammar);
  const variable = memberPrefix !== undefined && text.startsWith(memberPrefix) ? undefined : variables.at(node);
  if (text === selfName) {
    const self = variables.selfAt(node);
    if (self !== undefined) return { kind: 'name', node, variable: self };
  }
  if (variable !== undefined) return { kind: 'name', node, variable };
  // A member of the object around it.
  const self = variables.selfAt(node);
  if (self === undefined) return { kind: 'name', node, variable: variables.at(node) ?? 0 };
  return { kind: 'part', node, object: { kind: 'name', node: -1, variable: self }, key: memberKey(text), indexes: [] };
}

export function memberKey(name: string): Key {
  return `.${name.replace(/^[@$#]+/, '')}`;
}

function lowerExpression(lowering: Lowering, node: number): Term {
  const { tree } = lowering;
  const children = childrenOf(tree, node);
  const [first, second] = children;
  switch (tagOf(tree, node)) {
    case Tag.Dot: {
      if (first === undefined || second === undefined) return { kind: 'literal', node };
      return { kind: 'part', node, object: lowering.term(first), key: memberKey(textOf(tree, second)), indexes: [] };
    }
    case Tag.Index: {
      if (first === undefined) return { kind: 'literal', node };
      const indexes = children.slice(1);
      const [only] = indexes;
      return {
        kind: 'part',
        node,
        object: lowering.term(first),
        key: indexes.length === 1 && only !== undefined ? indexKey(tree, only) : ANY_KEY,
        indexes: indexes.map((index) => lowering.term(index)),
      };
    }
    case Tag.Call:
    case Tag.New: {
      if (first === undefined) return { kind: 'literal', node };
      const construction = tagOf(tree, node) === Tag.New;
      const args = children.find((child) => roleOf(tree, child) === Role.Args || tagOf(tree, child) === Tag.Args);
      const extra = children
        .slice(1)
        .filter((child) => child !== args && tagOf(tree, child) !== Tag.Type && roleOf(tree, child) !== Role.TypeParameters);
      return {
        kind: 'call',
        node,
        callee: lowering.term(first),
        args: [...(args === undefined ? [] : childrenOf(tree, args)), ...extra].map((arg) => argument(lowering, arg)),
        construction,
        targets: lowering.targetsOf(first, construction),
      };
    }
    case Tag.Assign:
    case Tag.VarDef: {
      const target = children.find((child) => roleOf(tree, child) === Role.Left || roleOf(tree, child) === Role.Name) ?? first;
      const value = children.find((child) => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value);
      if (target === undefined || value === undefined) return NOTHING;
      const lowered = lowering.term(value);
      return { kind: 'assign', node, target: lowerTarget(lowering, target), value: lowered, hidden: false };
    }
    case Tag.AugAssign: {
      if (first === undefined || second === undefined) return { kind: 'literal', node };
      const value: Term = { kind: 'union', node: -1, parts: [lowering.term(first), lowering.term(second)], result: 'any' };
      return { kind: 'assign', node, target: lowerTarget(lowering, first), value, hidden: false };
    }
    case Tag.Binary: {
      const op = internedText(opOf(tree, node));
      const parts = children.map((child) => lowering.term(child));
      if (LAZY.has(op)) return { kind: 'lazy', node, parts };
      return { kind: 'union', node, parts, result: COMPARISONS.has(op) ? 'comparison' : 'any' };
    }
    case Tag.Unary: {
      const op = internedText(opOf(tree, node));
      if (first === undefined) return { kind: 'literal', node };
      const inner = lowering.term(first);
      return op === '*' || op === '&' || op === '@' || op === '<-'
        ? { kind: 'same', node, inner }
        : { kind: 'union', node, parts: [inner], result: 'any' };
    }
    case Tag.Ternary: {
      const marked = firstChildWithRole(tree, node, Role.Condition);
      const condition = marked >= 0 ? marked : children[traitsOf(tree.grammar).conditionSecond ? 1 : 0];
      const branches = children.filter((child) => child !== condition).map((child) => lowering.term(child));
      return { kind: 'if', node, condition: condition === undefined ? NOTHING : lowering.term(condition), branches, complete: true };
    }
    case Tag.Cast: {
      const value = firstChildWithRole(tree, node, Role.Value);
      const inner = value >= 0 ? value : first;
      return inner === undefined ? { kind: 'literal', node } : { kind: 'same', node, inner: lowering.term(inner) };
    }
    case Tag.List:
    case Tag.Tuple:
      return { kind: 'elements', node, parts: children.map((child) => argument(lowering, child)) };
    case Tag.Const: {
      const word = textOf(tree, node);
      if (word !== 'this' && word !== 'self' && word !== 'super') return { kind: 'literal', node };
      const self = lowering.variables.selfAt(node);
      return self === undefined ? { kind: 'literal', node } : { kind: 'name', node, variable: self };
    }
    case Tag.Num:
    case Tag.Regex:
      return { kind: 'literal', node };
    case Tag.Dict:
      return { kind: 'union', node, parts: children.flatMap((child) => entryTerms(lowering, child)), result: 'any' };
    case Tag.Jsx: {
      const parts = children.filter((child) => roleOf(tree, child) !== Role.Name).map((child) => lowering.term(child));
      return { kind: 'union', node, parts, result: 'any' };
    }
    case Tag.JsxAttribute:
      return { kind: 'union', node, parts: children.slice(1).map((child) => lowering.term(child)), result: 'any' };
    default:
      return children.length === 0
        ? { kind: 'literal', node }
        : { kind: 'union', node, parts: children.map((child) => lowering.term(child)), result: 'any' };
  }
}

/** A dictionary's entry: computed keys are values too, plain names are not. */
function entryTerms(lowering: Lowering, node: number): readonly Term[] {
  const { tree } = lowering;
  if (tagOf(tree, node) !== Tag.Pair) return [lowering.term(node)];
  return childrenOf(tree, node)
    .filter((child) => !(tagOf(tree, child) === Tag.Ident && roleOf(tree, child) === Role.Key))
    .map((child) => lowering.term(child));
}

function argument(lowering: Lowering, node: number): Argument {
  const { tree } = lowering;
  const tag = tagOf(tree, node);
  const name = tag === Tag.Keyword ? firstChildWithRole(tree, node, Role.Name) : -1;
  return { name: name < 0 ? undefined : textOf(tree, name), value: lowering.term(node), spread: tag === Tag.Spread };
}

/** The key of a literal index. */
export function indexKey(tree: SyntaxTree, node: number): Key {
  const tag = tagOf(tree, node);
  if (tag === Tag.Num) return `#${textOf(tree, node)}`;
  const text = tag === Tag.Str ? stringTextOf(tree, node) : undefined;
  if (text !== undefined) return `"${text}`;
  // A symbol, as in Ruby.
  return tag === Tag.Other && internedText(opOf(tree, node)) === 'atom' ? `"${textOf(tree, node)}` : ANY_KEY;
}

/** Callees before their callers; in a cycle, in the order in which they stand. */
function orderOf(functions: readonly FunctionTerm[]): readonly FunctionId[] {
  const callees = functions.map((func) => [...calledIn(func.body)]);
  const state = new Uint8Array(functions.length);
  const order: FunctionId[] = [];
  for (const { id } of functions) {
    const path: { readonly id: FunctionId; next: number }[] = state[id] === 0 ? [{ id, next: 0 }] : [];
    if (path.length > 0) state[id] = 1;
    while (path.length > 0) {
      const at = path.at(-1) as { readonly id: FunctionId; next: number };
      const callee = callees[at.id]?.[at.next++];
      if (callee === undefined) {
        order.push(at.id);
        path.pop();
      } else if (state[callee] === 0) {
        state[callee] = 1;
        path.push({ id: callee, next: 0 });
      }
    }
  }
  return order;
}

/** Functions that are called, or written, in a term. */
function calledIn(term: Term): Set<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting: unknown[] = [term];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (typeof at !== 'object' || at === null) continue;
    if ('kind' in at && at.kind === 'call')
      for (const id of (at as unknown as { readonly targets: readonly FunctionId[] }).targets) found.add(id);
    if ('kind' in at && at.kind === 'function') found.add((at as unknown as { readonly id: FunctionId }).id);
    for (const part of Object.values(at)) if (typeof part === 'object') waiting.push(part);
  }
  return found;
}
