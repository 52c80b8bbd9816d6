/** The parameters and the body of one function, and the body of a class, as terms. */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { memberKey, NOTHING, type Lowering } from './lowerContext.js';
import { propertiesOf } from './parameterProperties.js';
import { lowerTarget } from './targets.js';
import type { FunctionTerm, Parameter, Place, Term } from './terms.js';
import { noteWrite } from './writes.js';

export type LoweredFunction = Pick<FunctionTerm, 'parameters' | 'body'>;

export function nameOf(tree: SyntaxTree, func: number): string | undefined {
  const name = firstChildWithRole(tree, func, Role.Name);
  return name < 0 ? undefined : textOf(tree, name);
}

export function bodyOf(tree: SyntaxTree, func: number): number | undefined {
  return childrenOf(tree, func).find((child) => tagOf(tree, child) !== Tag.Params && isBody(tree, child));
}

function isBody(tree: SyntaxTree, child: number): boolean {
  return roleOf(tree, child) === Role.Body || tagOf(tree, child) === Tag.Block;
}

/** What runs when objects are made: the fields' values. Nothing calls it. */
export function lowerClass(lowering: Lowering, node: number): LoweredFunction {
  const { tree } = lowering;
  const block = childrenOf(tree, node).find((child) => tagOf(tree, child) === Tag.Block);
  return { parameters: [], body: lowering.block(block === undefined ? [] : childrenOf(tree, block)) };
}

export function lowerFunction(lowering: Lowering, node: number): LoweredFunction {
  const { tree, variables } = lowering;
  const self = variables.selfOf(node);
  const parameters: Parameter[] = [];
  for (const child of childrenOf(tree, node))
    if (tagOf(tree, child) === Tag.Params) for (const param of childrenOf(tree, child)) addParameter(lowering, param, parameters);
  if (self !== undefined && parameters[0]?.target.kind === 'place' && isSelf(parameters[0].target.place, self)) parameters.shift();
  const body = bodyOf(tree, node);
  return { parameters, body: withProperties(lowering, node, self, body === undefined ? NOTHING : lowering.term(body)) };
}

/** A constructor's body, after what its parameters give to fields. */
function withProperties(lowering: Lowering, func: number, self: number | undefined, body: Term): Term {
  const properties = self === undefined ? [] : propertiesOf(lowering.tree, func);
  if (self === undefined || properties.length === 0) return body;
  const given = properties.map((node): Term => {
    const key = memberKey(textOf(lowering.tree, node));
    const place: Place = { kind: 'part', node: -1, object: { kind: 'name', node: -1, variable: self }, key, indexes: [] };
    noteWrite(lowering, place);
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
