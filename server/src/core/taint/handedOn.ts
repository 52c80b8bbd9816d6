/** Calls of a language's own functions that are known to keep the parts of what they are given: copies, lists of several, one of many, pairs. */
import { flowTraitsOf } from '../language/registry.js';
import { textOf } from '../language/tree.js';
import type { Arguments, Frame, Value } from './analysis.js';
import { elementsOf } from './cells.js';
import { partValue } from './places.js';
import { NO_TAINTS } from './taints.js';
import { ANY_KEY, ELEMENT_KEY, KEYS_KEY, type Call, type Key } from './terms.js';
import { cellOfValue, isClean, joinValues, NO_VALUE, valueOf, valueOfCell } from './values.js';

/** The call's value; undefined where nothing is known of it. */
export function handedOn(frame: Frame, call: Call, args: Arguments): Value | undefined {
  const { tree } = frame.analysis;
  const { handingOn, choosing, gathering, pairing } = flowTraitsOf(tree.grammar);
  if (!('node' in call.callee) || call.callee.node < 0) return undefined;
  const name = textOf(tree, call.callee.node);
  if (choosing.includes(name)) return chosen(args);
  const given = args.list.filter(({ argument }) => argument.name === undefined);
  const before = Object.hasOwn(pairing, name) ? pairing[name] : undefined;
  if (before !== undefined && given.every(({ argument }) => !argument.spread))
    return listOf(tuple([...Array.from({ length: before }, () => NO_VALUE), ...given.map(({ value }) => partValue(value, ELEMENT_KEY))]));
  const listed = gathering.includes(name);
  if (!listed && !handingOn.includes(name)) return undefined;
  return args.list
    .map(({ argument, value }): Value => (listed && !argument.spread ? madeOf(ANY_KEY, value) : value))
    .reduce(joinValues, NO_VALUE);
}

/** What a method without arguments lists of a dictionary; undefined for any other. */
export function entriesOf({ analysis: { tree } }: Frame, { callee, args }: Call, { taints, parts }: Value): Value | undefined {
  if (callee.kind !== 'part' || args.length > 0) return undefined;
  const method = callee.key.slice(1);
  const { keysOf, valuesOf, keyed } = flowTraitsOf(tree.grammar);
  const listsKeys = keysOf.includes(method);
  const listsValues = valuesOf.includes(method);
  if (!listsKeys && !listsValues && !keyed.includes(method)) return undefined;
  const keys = partValue({ taints: NO_TAINTS, parts }, KEYS_KEY);
  const held = valueOfCell(parts === undefined ? undefined : elementsOf(parts));
  return joinValues(valueOf(taints), listOf(listsKeys ? keys : listsValues ? held : tuple([keys, held])));
}

function chosen(args: Arguments): Value {
  // What says how to choose is no element: `key=`.
  const given = args.list.filter(({ argument }) => argument.name === undefined || argument.name === 'default');
  const [only, second] = given;
  if (only !== undefined && second === undefined) return partValue(only.value, ANY_KEY);
  return given.map(({ value }) => joinValues(value, partValue(value, ANY_KEY))).reduce(joinValues, NO_VALUE);
}

/** An object of which one part is known. */
export function madeOf(key: Key, value: Value): Value {
  return isClean(value) ? NO_VALUE : { taints: NO_TAINTS, parts: new Map([[key, cellOfValue(value)]]) };
}

function tuple(elements: readonly Value[]): Value {
  return elements.map((element, at) => madeOf(`#${at}`, element)).reduce(joinValues, NO_VALUE);
}

function listOf(element: Value): Value {
  return madeOf(ELEMENT_KEY, element);
}
