/** What a name stands for, in terms. */
import { flowTraitsOf } from '../language/registry.js';
import { textOf } from '../language/tree.js';
import { memberKey, type Lowering } from './lowerContext.js';
import type { Place } from './terms.js';

/** The variable, or the member of the object around it, that a name means. */
export function nameTerm(lowering: Lowering, node: number): Place {
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
