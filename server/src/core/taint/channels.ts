/**
 * Functions that get what others leave for them, by way of a third: listeners of a topic what is told under its name, the steps of a graph what other steps
 * of it return. It holds inside of a file, for topics that are written out, and for what is known to come from a source.
 */
import { Tag } from '../language/tags.js';
import { stringTextOf, tagOf } from '../language/tree.js';
import type { Arguments, Channels, Frame, Summary, Value } from './analysis.js';
import type { Cell } from './cells.js';
import type { Call, FunctionId } from './terms.js';
import { NO_TAINTS, type Taints } from './taints.js';
import { isClean, joinValues, NO_VALUE } from './values.js';

const LISTENING = new Set(
  'on once addListener prependListener addEventListener add_listener subscribe listen register_handler add_handler'.split(' '),
);
const TELLING = new Set('emit emit_async publish dispatch trigger fire notify send_event'.split(' '));
const STEPS = new Set(['add_node', 'addNode']);

/** Whether a call of a method of this name may have to do with a channel. */
export function mayUseChannel(method: string): boolean {
  return LISTENING.has(method) || TELLING.has(method) || STEPS.has(method);
}

export function createChannels(): Channels {
  return { listeners: new Map(), told: new Map(), steps: new Set(), handed: new Map() };
}

/** Notes what a call registers or tells. */
export function noteChannel({ analysis }: Frame, call: Call, args: Arguments): void {
  if (call.callee.kind !== 'part') return;
  const method = call.callee.key.slice(1);
  if (!mayUseChannel(method)) return;
  const { channels, tree } = analysis;
  const functions = args.list.flatMap(({ argument }) => [
    ...argument.functions,
    ...(argument.value.kind === 'function' ? [argument.value.id] : []),
  ]);
  if (STEPS.has(method)) {
    for (const id of functions) channels.steps.add(id);
    return;
  }
  const [first, ...rest] = args.list;
  const node = first !== undefined && 'node' in first.argument.value ? first.argument.value.node : -1;
  const topic = node < 0 || tagOf(tree, node) !== Tag.Str ? undefined : stringTextOf(tree, node);
  if (topic === undefined) return;
  if (LISTENING.has(method)) {
    const known = channels.listeners.get(topic) ?? new Set();
    channels.listeners.set(topic, known);
    for (const id of functions) known.add(id);
    return;
  }
  const before = channels.told.get(topic) ?? [];
  const told = rest.map(({ value }, index) => joinValues(before[index] ?? NO_VALUE, fromSources(value)));
  channels.told.set(topic, [...told, ...before.slice(told.length)]);
}

/** Hands on what was told and returned; whether anyone gets anything. */
export function handOn(channels: Channels, summaryOf: (id: FunctionId) => Summary | undefined): boolean {
  let found = false;
  for (const [topic, values] of channels.told) {
    if (values.every(isClean)) continue;
    for (const id of channels.listeners.get(topic) ?? []) {
      channels.handed.set(id, values);
      found = true;
    }
  }
  const returned = [...channels.steps].map((id) => fromSources(summaryOf(id)?.returned ?? NO_VALUE)).reduce(joinValues, NO_VALUE);
  if (isClean(returned)) return found;
  for (const id of channels.steps) channels.handed.set(id, [returned]);
  return true;
}

/** Without what depends on a caller. */
function fromSources(value: Value): Value {
  const parts =
    value.parts === undefined ? undefined : new Map([...value.parts].flatMap(([key, cell]) => keptPart(cell).map((kept) => [key, kept])));
  const result = { taints: ofSources(value.taints), parts: parts === undefined || parts.size === 0 ? undefined : parts };
  return isClean(result) ? NO_VALUE : result;
}

function keptPart(cell: Cell): readonly Cell[] {
  const value = fromSources({ taints: cell.taints === undefined || cell.taints === 'clean' ? NO_TAINTS : cell.taints, parts: cell.parts });
  return isClean(value) ? [] : [{ taints: value.taints.size === 0 ? undefined : value.taints, parts: value.parts }];
}

function ofSources(taints: Taints): Taints {
  return new Map([...taints].filter(([, taint]) => taint.kind === 'source' && taint.condition === undefined));
}
