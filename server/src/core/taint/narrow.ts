/**
 * What is left of a rule's matches once it is known which sources reach which sinks: to show the ways between them, the others need not be followed again.
 */
import type { FormulaRange, Place } from '../formula/ranges.js';
import type { Found, FoundSpecs } from './spec.js';

/** Ends of flows, as `path:start:end`; the path is empty for the file that is looked at. */
export type Ends = ReadonlySet<string>;

export function placesOfFlows(matches: readonly FormulaRange[]): readonly Place[] {
  return matches.flatMap(({ trace, also }) => (trace === undefined ? [] : [trace.source, trace.sink, ...(also ?? [])]));
}

export function endsAt(places: readonly Place[]): Ends {
  return new Set(places.map(({ file, start, end }) => `${file?.path ?? ''}:${start}:${end}`));
}

/** Whether ends that nothing went between change no answer about the others. */
export function canNarrow({ sources, sinks, sanitizers }: FoundSpecs): boolean {
  return (
    sources.every(({ spec }) => !spec.control && spec.requires === undefined && spec.bySideEffect === 'no') &&
    sinks.every(({ spec }) => spec.requires === undefined || spec.requires.kind === 'label') &&
    sanitizers.every(({ spec }) => !spec.notConflicting)
  );
}

/** @param path empty for the file that is looked at */
export function narrowed<S>(found: readonly Found<S>[], ends: Ends, path: string): readonly Found<S>[] {
  return found.map(({ spec, ranges }) => ({ spec, ranges: ranges.filter(({ start, end }) => ends.has(`${path}:${start}:${end}`)) }));
}
