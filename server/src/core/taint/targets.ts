/** What an assignment, a parameter or a pattern writes to: one place, or the parts of a value spread over several. */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, nextOf, opOf, parentOf, roleOf, tagOf, textOf } from '../language/tree.js';
import { indexKey, memberKey, type Lowering } from './lowerContext.js';
import { ANY_KEY, type Key, type Place, type Target, type Term } from './terms.js';
import { noteWrite } from './writes.js';

const NOWHERE: Target = { kind: 'all', targets: [] };

export function lowerTarget(lowering: Lowering, node: number): Target {
  const { tree } = lowering;
  const children = childrenOf(tree, node);
  switch (tagOf(tree, node)) {
    case Tag.Ident:
    case Tag.Dot:
    case Tag.Index:
    case Tag.Const:
      return placeTarget(lowering, lowering.term(node));
    case Tag.Unary:
    case Tag.Cast:
    case Tag.Keyword: {
      // `*p = x` writes to what `p` stands for.
      const inner = children.find((child) => roleOf(tree, child) === Role.Value) ?? children[0];
      return inner === undefined ? NOWHERE : lowerTarget(lowering, inner);
    }
    case Tag.VarDef:
    case Tag.Param: {
      const name = children.find((child) => roleOf(tree, child) === Role.Name) ?? children[0];
      return name === undefined ? NOWHERE : lowerTarget(lowering, name);
    }
    case Tag.Tuple:
    case Tag.List: {
      const keyed = children.length % 2 === 0 && children.some((child) => tagOf(tree, child) === Tag.Str);
      if (keyed) return keyedElements(lowering, children);
      const restAt = children.find((child) => tagOf(tree, child) === Tag.Spread);
      const [restInner] = restAt === undefined ? [] : childrenOf(tree, restAt);
      return {
        kind: 'elements',
        elements: children.map((child) => (child === restAt ? undefined : withoutDefault(lowering, child))),
        rest: restInner === undefined ? undefined : lowerTarget(lowering, restInner),
      };
    }
    case Tag.Dict: {
      const members: { readonly key: Key; readonly target: Target }[] = [];
      let rest: Target | undefined;
      for (const child of children) {
        const pair = tagOf(tree, child) === Tag.Other ? (childrenOf(tree, child)[0] ?? child) : child;
        const [key, value] = childrenOf(tree, pair);
        if (tagOf(tree, pair) === Tag.Pair && key !== undefined && value !== undefined)
          members.push({ key: keyOf(lowering, key), target: withoutDefault(lowering, value) });
        else if (tagOf(tree, pair) === Tag.Spread && key !== undefined) rest = lowerTarget(lowering, key);
        else if (tagOf(tree, pair) === Tag.Ident) members.push({ key: memberKey(textOf(tree, pair)), target: lowerTarget(lowering, pair) });
      }
      return { kind: 'members', members, rest };
    }
    case Tag.Other: {
      const kind = internedText(opOf(tree, node));
      const [first] = children;
      // `$x[] = y` adds to what `$x` holds.
      if (kind === 'append' && first !== undefined)
        return placeTarget(lowering, { kind: 'part', node, object: lowering.term(first), key: ANY_KEY, indexes: [] });
      if (kind === 'multi_variable_declaration' || kind === 'tuple_pattern')
        return { kind: 'elements', elements: children.map((child) => lowerTarget(lowering, child)), rest: undefined };
      return placesIn(lowering, node);
    }
    default:
      return placesIn(lowering, node);
  }
}

function placeTarget(lowering: Lowering, term: Term): Target {
  noteWrite(lowering, term);
  return term.kind === 'name' || term.kind === 'part' ? { kind: 'place', place: term } : NOWHERE;
}

/** `['a' => $x]` in PHP: keys and targets in turn. */
function keyedElements(lowering: Lowering, children: readonly number[]): Target {
  const members: { readonly key: Key; readonly target: Target }[] = [];
  for (let at = 0; at + 1 < children.length; at += 2)
    members.push({ key: keyOf(lowering, children[at] as number), target: lowerTarget(lowering, children[at + 1] as number) });
  return { kind: 'members', members, rest: undefined };
}

function keyOf({ tree }: Lowering, node: number): Key {
  if (tagOf(tree, node) === Tag.Ident) return memberKey(textOf(tree, node));
  return indexKey(tree, node);
}

/** `x = 1` in a pattern writes to `x`. */
function withoutDefault(lowering: Lowering, node: number): Target {
  const { tree } = lowering;
  const left = childrenOf(tree, node).find((child) => roleOf(tree, child) === Role.Left);
  const tag = tagOf(tree, node);
  return lowerTarget(lowering, left !== undefined && (tag === Tag.Other || tag === Tag.Assign) ? left : node);
}

/** Every name in a pattern that names no type, field or constant: each may hold any part of what is matched. */
export function placesIn(lowering: Lowering, node: number): Target {
  const { tree } = lowering;
  const targets: Target[] = [];
  for (let at = node, end = nextOf(tree, node); at < end; at++) {
    if (tagOf(tree, at) !== Tag.Ident) continue;
    const role = roleOf(tree, at);
    const around = parentOf(tree, at);
    // The field's name in `Foo { name: pattern }`.
    if (role === Role.Name && internedText(opOf(tree, around)).startsWith('field_pattern') && nextOf(tree, at) < nextOf(tree, around))
      continue;
    if (role === Role.Type || role === Role.Key || role === Role.Callee || /^[A-Z_]/.test(textOf(tree, at))) continue;
    const place = lowering.term(at) as Place;
    if (place.kind === 'name') targets.push(placeTarget(lowering, place));
  }
  return { kind: 'all', targets };
}
