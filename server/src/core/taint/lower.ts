/** Makes terms (`terms.ts`) of a lowered syntax tree: all of its functions, the bodies of its classes, and its top level. */
import { internedText } from '../language/interner.js';
import type { Constants } from '../language/constants.js';
import type { Names } from '../language/names.js';
import { flowTraitsOf } from '../language/registry.js';
import { enclosingFunction } from '../language/scopes.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { createCalls, type Calls } from './callees.js';
import { isGetter } from './getters.js';
import { createAccessOf } from './containers.js';
import { createDecisions } from './decisions.js';
import { lowerTerm } from './expressions.js';
import { isInline, memberKey, NO_TERM, NOTHING, type Lowering } from './lowerContext.js';
import { exitsOf } from './exits.js';
import { callsIn, orderOf } from './order.js';
import { propertiesOf } from './parameterProperties.js';
import { lowerTarget } from './targets.js';
import type { FunctionId, FunctionTerm, Imported, Parameter, Place, Program, Term } from './terms.js';
import { createVariables, type Variables } from './variables.js';

export function lowerProgram(tree: SyntaxTree, names: Names, constants: Constants): Program {
  const { lowering, variables, calls, functions } = lowerFunctions(tree, names, constants, undefined);
  const called = functions.map(callsIn);
  const callees = called.map((one) => one.functions);
  return {
    functions,
    variableNames: variables.names,
    variableOwners: variables.owners,
    written: lowering.written,
    fieldWrites: lowering.fieldWrites,
    constantGlobals: variables.constantGlobals(),
    settledGlobals: variables.settledGlobals(),
    outerNode: lowering.outerNode,
    exits: new Set(functions.flatMap(({ body }) => exitsOf(body))),
    writers: new Set([...lowering.writers].flatMap((node) => lowering.functionIds.get(node) ?? [])),
    callees,
    tellers: new Set(functions.flatMap(({ id }, at) => (called[at]?.tells === true ? [id] : []))),
    imports: called.map((one) => one.imports),
    defined: (start, more, method) => calls.defined(start, more, method),
    heirs: calls.heirs(),
    methodsOf: (className) => calls.methodsOf(className),
    order: orderOf(callees),
  };
}

/** What one function calls, and those inside of it, without looking into any other. */
export interface CalledIn {
  /** Func and Class nodes. */
  readonly nodes: readonly number[];
  readonly imports: readonly Imported[];
  readonly tells: boolean;
}

/** @param func a Func node */
export function calledIn(tree: SyntaxTree, names: Names, constants: Constants, func: number): CalledIn {
  const limit = nextOf(tree, func);
  const { functions } = lowerFunctions(tree, names, constants, (node) => node >= func && node < limit);
  const called = functions.filter(({ node }) => node >= func && node < limit).map(callsIn);
  return {
    nodes: called.flatMap((one) => one.functions.map((id) => functions[id]?.node ?? -1)),
    imports: called.flatMap((one) => one.imports),
    tells: called.some((one) => one.tells),
  };
}

interface Lowered {
  readonly lowering: Lowering;
  readonly variables: Variables;
  readonly calls: Calls;
  readonly functions: readonly FunctionTerm[];
}

/** @param only functions that are looked into, by node; undefined for all, and the top level */
function lowerFunctions(tree: SyntaxTree, names: Names, constants: Constants, only: ((node: number) => boolean) | undefined): Lowered {
  const variables = createVariables(tree, names);
  const functions: (FunctionTerm | undefined)[] = [];
  const functionIds = new Map<number, FunctionId>();
  const outerNode = new Int32Array(tree.count).fill(NO_TERM);
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
    writers: new Set(),
    fieldWrites: new Map(),
    term: (node) => lowerTerm(lowering, node),
    block: (nodes) => ({ kind: 'block', terms: nodes.map((node) => lowerTerm(lowering, node)) }),
    functionsAt: (node) => calls.functionsAt(node),
    targetsOf: (callee, construction) => calls.targetsOf(callee, construction),
    decisions: createDecisions(tree, names, constants),
    accessOf: createAccessOf(tree, names),
    importedBy: (callee, construction) => calls.importedBy(callee, construction),
    isGuessed: (callee, construction) => calls.isGuessed(callee, construction),
    getterOf: (node) => calls.getterOf(node),
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
  functions[0] = bodyTerm(-1, 0, -1, only === undefined ? lowering.block(childrenOf(tree, 0)) : NOTHING);
  // Every function of the tree, whether anything around it was understood or not.
  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Func || tag === Tag.Class) lowering.defineFunction(node);
  }
  for (let at = 0; at < waiting.length; at++) {
    const { node, id } = waiting[at] as (typeof waiting)[number];
    if (only?.(node) === false) {
      functions[id] = bodyTerm(node, id, 0, NOTHING);
      continue;
    }
    const isClass = tagOf(tree, node) === Tag.Class;
    const inline = !isClass && isInline(lowering, node);
    const outer = functionIds.get(enclosingFunction(tree, node)) ?? 0;
    lowering.outer = inline ? node : -1;
    functions[id] = isClass
      ? classTerm(lowering, node, id, outer)
      : functionTerm(lowering, node, id, outer, inline, lastIsValue === 'always' || (inline && lastIsValue === 'inline'));
  }
  return { lowering, variables, calls, functions: functions.filter((one) => one !== undefined) };
}

/** The top level, or the body of a class: nothing calls it. */
function bodyTerm(node: number, id: FunctionId, outer: FunctionId, body: Term): FunctionTerm {
  return {
    id,
    node,
    name: undefined,
    isGetter: false,
    isFunction: false,
    parameters: [],
    self: undefined,
    body,
    returnsLast: false,
    outer,
    inline: false,
  };
}

/** What runs when objects are made: the fields' values. */
function classTerm(lowering: Lowering, node: number, id: FunctionId, outer: FunctionId): FunctionTerm {
  const { tree } = lowering;
  const block = childrenOf(tree, node).find((child) => tagOf(tree, child) === Tag.Block);
  return bodyTerm(node, id, outer, lowering.block(block === undefined ? [] : childrenOf(tree, block)));
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
    isGetter: isGetter(tree, node),
    isFunction: true,
    parameters,
    self,
    body: withProperties(lowering, node, self, body === undefined ? NOTHING : lowering.term(body)),
    returnsLast: returnsLast || isExpression,
    outer,
    inline,
  };
}

/** A constructor's body, after what its parameters give to fields. */
function withProperties(lowering: Lowering, func: number, self: number | undefined, body: Term): Term {
  const properties = self === undefined ? [] : propertiesOf(lowering.tree, func);
  if (self === undefined || properties.length === 0) return body;
  const given = properties.map((node): Term => {
    const key = memberKey(textOf(lowering.tree, node));
    const place: Place = { kind: 'part', node: -1, object: { kind: 'name', node: -1, variable: self }, key, indexes: [] };
    const field = `${self}${key}`;
    lowering.fieldWrites.set(field, (lowering.fieldWrites.get(field) ?? 0) + 1);
    lowering.written.add(self);
    return { kind: 'assign', node: -1, target: { kind: 'place', place }, value: lowering.term(node), hidden: true };
  });
  return { kind: 'block', terms: [...given, body] };
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
