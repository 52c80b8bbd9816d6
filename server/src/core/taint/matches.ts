/** Which sources, sinks, sanitizers and propagators a place in a running function belongs to, and what happens there because of them. */
import type { SanitizerSpec, SinkSpec, SourceSpec } from '../formula/compiled.js';
import { builtinNamed } from '../language/types.js';
import { Tag } from '../language/tags.js';
import { endOf, nextOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { Place } from '../formula/ranges.js';
import type { Frame, Value } from './analysis.js';
import { relabelled, satisfies, taintsOfSources } from './labels.js';
import { givesNumber } from './methodNames.js';
import { isBest, isExact } from './spec.js';
import { NO_TAINTS, partOfGiven, union, type SpecMatch, type Taints } from './taints.js';
import { storedKey } from './stores.js';
import { ELEMENT_KEY, FIRST_KEY, type Key, type VariableId } from './terms.js';
import { allTaints, ownTaints, partOf } from './cells.js';
import { cellOfValue, gathered, valueOf } from './values.js';

const NONE: readonly never[] = [];

export function sanitizersAt({ analysis, root }: Frame, node: number): readonly SpecMatch<SanitizerSpec>[] {
  if (node < 0) return NONE;
  const { tree, program, specs } = analysis;
  const all = specs.sanitizers.at(node);
  return all.length === 0
    ? all
    : all.filter(
        (match) => !match.spec.doubts && (!match.spec.exact || isBest(tree, program.outerNode, specs.sanitizers, node, match, root)),
      );
}

/** Whether a variable is checked here, by nobody knows what. */
export function isChecked({ analysis: { tree, specs } }: Frame, node: number): boolean {
  return node >= 0 && specs.sanitizers.at(node).some((match) => match.spec.doubts && isExact(tree, node, match));
}

/** @param place whether the node is something that can be assigned to: only that can be a source by nothing but side effect */
export function sourcesAt({ analysis, root }: Frame, node: number, place: boolean): readonly SpecMatch<SourceSpec>[] {
  if (node < 0) return NONE;
  const { tree, program, specs } = analysis;
  const all = specs.sources.at(node);
  if (all.length === 0) return all;
  return all.filter((match) => {
    if (match.spec.bySideEffect === 'only') return place && isExact(tree, node, match);
    return !match.spec.exact || (!liesWithin(tree, root, match) && isBest(tree, program.outerNode, specs.sources, node, match, root));
  });
}

/** Whether the function that runs is handed to what matched: nothing in it is a part of the match's value. */
function liesWithin(tree: SyntaxTree, root: number, { start, end }: SpecMatch<SourceSpec>): boolean {
  return root > 0 && start < startOf(tree, root) && endOf(tree, root) < end;
}

export function sinksAt({ analysis, root }: Frame, node: number): readonly SpecMatch<SinkSpec>[] {
  if (node < 0) return NONE;
  const { tree, program, specs } = analysis;
  const all = specs.sinks.at(node);
  if (all.length === 0) return all;
  return all.filter(
    (match) =>
      (!match.spec.atExit || program.exits.has(node)) &&
      (!match.spec.exact || isBest(tree, program.outerNode, specs.sinks, node, match, root)),
  );
}

/** Taints that sources make; those that act by control stay with whatever runs from here on. */
export function fromSources(frame: Frame, matches: readonly SpecMatch<SourceSpec>[], incoming: Taints): Taints {
  if (matches.length === 0) return NO_TAINTS;
  const control = matches.filter((match) => match.spec.control);
  if (control.length > 0) frame.env.control = union(frame.env.control, taintsOfSources(control, frame.env.control));
  const data = control.length === 0 ? matches : matches.filter((match) => !match.spec.control);
  return taintsOfSources(data, incoming);
}

/** What arrives at these sinks. */
export function arrive(frame: Frame, sinks: readonly SpecMatch<SinkSpec>[], taints: Taints): void {
  if (sinks.length === 0) return;
  const all = union(taints, frame.env.control);
  if (all.size === 0) return;
  for (const sink of sinks) record(frame, sink, all);
}

/** What a value brings to these sinks: some take of a list only its first element. */
export function arriveWith(frame: Frame, sinks: readonly SpecMatch<SinkSpec>[], value: Value): void {
  if (sinks.length === 0) return;
  if (!sinks.some(({ spec }) => spec.firstElement)) {
    arrive(frame, sinks, gathered(value));
    return;
  }
  const first = union(partOfGiven(value.taints, FIRST_KEY), allTaints(partOf({ taints: undefined, parts: value.parts }, FIRST_KEY)));
  for (const sink of sinks) arrive(frame, [sink], sink.spec.firstElement ? first : gathered(value));
}

/** @param entry the call that leads to the sink's file, where that is another one */
export function record(frame: Frame, sink: SpecMatch<SinkSpec>, taints: Taints, entry?: Place): void {
  const effect = { sink, taints, entry };
  frame.analysis.arrived(effect);
  if (![...taints.values()].some((taint) => taint.kind === 'given' || taint.condition !== undefined)) return;
  const place = `${sink.id} ${sink.file?.path ?? ''} ${entry?.start ?? ''}`;
  if (sink.spec.requires !== undefined || frame.analysis.options.unifyMetavariables) {
    const key = `${place} ${[...taints.keys()].join(' ')}`;
    if (!frame.effects.has(key)) frame.effects.set(key, effect);
    return;
  }
  // Each way counts for itself: a caller asks what all of them bring at once. What is whole is found here.
  const before = frame.effects.get(place);
  const open = new Map([...taints].filter(([, taint]) => taint.kind === 'given' || taint.condition !== undefined));
  frame.effects.set(place, { sink, entry, taints: before === undefined ? open : union(before.taints, open) });
}

export function arriveAt(frame: Frame, node: number, value: Value, only?: (sink: SinkSpec) => boolean): void {
  let sinks = sinksAt(frame, node);
  if (only !== undefined && sinks.length > 0) sinks = sinks.filter((match) => only(match.spec));
  arriveWith(frame, sinks, value);
}

/** What propagators bring here, and what they take along. `place` is where the node's value is kept, if it is. */
export function propagate(
  frame: Frame,
  node: number,
  value: Value,
  place: { readonly variable: VariableId; readonly path: readonly Key[] } | undefined,
): Taints {
  if (node < 0 || !frame.analysis.specs.propagates) return NO_TAINTS;
  const ends = frame.analysis.specs.propagatorsAt(node);
  if (ends.length === 0) return NO_TAINTS;
  const { env } = frame;
  const taints = gathered(value);
  for (const end of ends) {
    if (end.kind !== 'from' || taints.size === 0) continue;
    const { requires, label, replaceLabels } = end.spec;
    if (requires !== undefined && satisfies(taints, requires, false) !== true) continue;
    const part = end.spec.asElement ? ELEMENT_KEY : end.spec.asStored === undefined ? undefined : storedKey(end.storedUnder);
    const kept = label === undefined ? (part === undefined ? valueOf(taints) : value) : valueOf(relabelled(taints, label, replaceLabels));
    const sent = part === undefined ? cellOfValue(kept) : { taints: undefined, parts: new Map([[part, cellOfValue(kept)]]) };
    const goal = env.waiting.get(end.key);
    // The goal stands before what comes: only what follows sees it.
    if (goal !== undefined) env.add(goal.variable, goal.path, ownTaints(sent), sent.parts, undefined);
    else env.pending = new Map(env.pending).set(end.key, sent);
  }
  let arrived = NO_TAINTS;
  for (const end of ends) {
    if (end.kind !== 'to') continue;
    const sent = env.pending.get(end.key);
    if (sent !== undefined) {
      const pending = new Map(env.pending);
      pending.delete(end.key);
      env.pending = pending;
      arrived = union(arrived, allTaints(sent));
    }
    if (!end.spec.bySideEffect || place === undefined) continue;
    if (sent === undefined) env.waiting = new Map(env.waiting).set(end.key, place);
    else env.add(place.variable, place.path, ownTaints(sent), sent.parts, frame.analysis.options.traced ? spanOf(frame, node) : undefined);
  }
  return arrived;
}

export function spanOf({ analysis: { tree, file } }: Frame, node: number): Place {
  return { start: startOf(tree, node), end: endOf(tree, node), file };
}

/** The last name of what is called; empty where it has none. */
function calledName(tree: SyntaxTree, call: number): string {
  const callee = call + 1;
  if (tagOf(tree, callee) === Tag.Ident) return textOf(tree, callee);
  const name = tagOf(tree, callee) === Tag.Dot ? nextOf(tree, callee + 1) : nextOf(tree, callee);
  return name < nextOf(tree, callee) && tagOf(tree, name) === Tag.Ident ? textOf(tree, name) : '';
}

/** Without taints where the rule says that what has this type cannot carry any. */
export function withoutSafeTypes({ analysis }: Frame, node: number, value: Value): Value {
  const { options, tree } = analysis;
  if ((!options.safeBooleans && !options.safeNumbers) || value.taints.size === 0 || node < 0) return value;
  if (options.safeNumbers && tagOf(tree, node) === Tag.Call && givesNumber(calledName(tree, node)))
    return { taints: NO_TAINTS, parts: value.parts };
  for (const type of analysis.types().typesOf(node)) {
    const name =
      type.kind === 'builtin'
        ? type.name
        : type.kind === 'written' && tagOf(tree, type.node) === Tag.Ident
          ? builtinNamed(textOf(tree, type.node))
          : undefined;
    if ((name === 'bool' && options.safeBooleans) || ((name === 'int' || name === 'float' || name === 'number') && options.safeNumbers))
      return { taints: NO_TAINTS, parts: value.parts };
  }
  return value;
}
