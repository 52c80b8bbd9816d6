/** What arrived at sinks becomes matches: which sources count, what they bind together with the sink, the way between them, and which of several matches are one. */
import { bindingsOf, lookup, sameValue, sourceOfValue, type Env } from '../matching/bindings.js';
import type { FormulaRange, FlowTrace, Place } from '../formula/ranges.js';
import type { FlowOptions, SinkEffect } from './analysis.js';
import { DEFAULT_LABEL, satisfies } from './labels.js';
import { stopsOf } from './steps.js';
import type { SourceTaint } from './taints.js';

/** Where a sink is known to be isolated, other sinks of the rule that share code with it are the same place, and say less. */
export function withoutIsolated(matches: readonly FormulaRange[]): readonly FormulaRange[] {
  const isolated = matches.filter((match) => match.lowered !== undefined);
  if (isolated.length === 0) return matches;
  return matches.filter(
    (match) => match.lowered !== undefined || !isolated.some((other) => other.start < match.end && match.start < other.end),
  );
}

/** Without matches that lie inside of others. */
export function outermost(matches: readonly FormulaRange[]): readonly FormulaRange[] {
  const sorted = matches.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: FormulaRange[] = [];
  let reached = -1;
  for (const match of sorted) {
    if (match.end <= reached) continue;
    kept.push(match);
    reached = match.end;
  }
  return kept;
}

/** @param text of the file that is looked at; undefined where places without a file are in another one */
export function matchesOf(effect: SinkEffect, options: FlowOptions, text: string | undefined): readonly FormulaRange[] {
  const { sink, taints } = effect;
  const { requires } = sink.spec;
  const sources = [...taints.values()].filter((taint) => taint.kind === 'source');
  if (sources.length === 0) return [];
  if (requires === undefined || requires.kind === 'label' || options.unifyMetavariables) {
    const wanted = requires ?? ({ kind: 'label', label: DEFAULT_LABEL } as const);
    return sources.flatMap((source) => {
      if (satisfies(new Map([[source.key, source]]), wanted, true) !== true) return [];
      const env = options.unifyMetavariables ? unified(source.match.env, sink.env, options.strictly) : merged(source.match.env, sink.env);
      return env === CONFLICT ? [] : [matchOf(source, effect, env, options, text)];
    });
  }
  if (satisfies(taints, requires, true) !== true) return [];
  const preferred = requires.kind === 'and' && requires.operands[0]?.kind === 'label' ? requires.operands[0].label : undefined;
  const [first] = sources.toSorted((a, b) => rank(a, preferred) - rank(b, preferred));
  if (first === undefined) return [];
  const env = merged(agreed(sources, options.strictly), sink.env);
  return [matchOf(first, effect, env, options, text)];
}

/** Of what was found where methods are run for an object of a class that inherits them: what begins or ends in the file that is looked at. */
export function matchesForHeir({ sink, taints }: SinkEffect, options: FlowOptions): readonly FormulaRange[] {
  if (sink.file === undefined) return matchesOf({ sink, taints, entry: undefined }, options, undefined);
  return [...taints.values()].flatMap((taint) =>
    taint.kind === 'source' && taint.match.file === undefined
      ? matchesOf({ sink, taints: new Map([[taint.key, taint]]), entry: taint.match }, options, undefined)
      : [],
  );
}

function rank(source: SourceTaint, preferred: string | undefined): number {
  return (source.match.spec.requires === undefined ? 0 : 2) + (source.label === preferred ? 0 : 1);
}

function matchOf(
  source: SourceTaint,
  effect: SinkEffect,
  env: Env | undefined,
  options: FlowOptions,
  text: string | undefined,
): FormulaRange {
  const { sink, entry } = effect;
  const trace = traceOf(source, sink);
  const lowered = {
    ...(sink.spec.lowers === undefined ? {} : { lowered: sink.spec.lowers }),
    ...(options.marksFar && isFar(trace, text) ? { far: true as const } : {}),
  };
  if (sink.file !== undefined && entry !== undefined) {
    const { start, end } = entry;
    return {
      start,
      end,
      env: written(env, entry),
      kind: 'plain',
      trace,
      atSink: { start: sink.start, end: sink.end, env: written(env, sink), file: sink.file, ...lowered },
      ...lowered,
    };
  }
  const at = options.focus === 'source' && source.match.file === undefined ? source.match : sink;
  return { start: at.start, end: at.end, env: source.match.file === undefined ? env : written(env, at), kind: 'plain', trace, ...lowered };
}

/** What is bound in more than one file, as text: its own place means nothing here. */
function written(env: Env | undefined, { start, end }: Place): Env | undefined {
  let result: Env | undefined;
  for (const [name, value] of [...bindingsOf(env)].toReversed()) {
    const tree = value.kind === 'text' ? undefined : value.tree;
    const text = value.kind === 'text' ? value.text : sourceOfValue(value, tree?.text ?? '');
    result = { name, value: { kind: 'text', text, start, end }, next: result };
  }
  return result;
}

function traceOf(source: SourceTaint, sink: SinkEffect['sink']): FlowTrace {
  const place = ({ start, end, file }: Place): Place => ({ start, end, file });
  const { stops, cut, doubts } = stopsOf(source.steps);
  return {
    source: place(source.match),
    steps: stops,
    sink: place(sink),
    ...(cut ? { cut: true as const } : {}),
    ...(doubts.length > 0 ? { doubts } : {}),
  };
}

/** Whether the way leads through more than one file, or through a field or an element: which of many things arrives is then less certain. */
function isFar({ source, steps, sink }: FlowTrace, text: string | undefined): boolean {
  const files = new Set([source, sink, ...steps.map(({ span }) => span)].map(({ file }) => file?.path));
  return files.size > 1 || steps.some(({ span, kind }) => kind === 'assigned' && isPartOfSomething(span, span.file?.text ?? text));
}

function isPartOfSomething({ start, end }: Place, text: string | undefined): boolean {
  return text !== undefined && /^[\w$]+\s*[.[]/.test(text.slice(start, end));
}

const CONFLICT = Symbol('conflict');

/** Both bindings; the sink's count where both bind a name. */
function merged(source: Env | undefined, sink: Env | undefined): Env | undefined {
  let env = sink;
  for (const [name, value] of bindingsOf(source)) if (lookup(sink, name) === undefined) env = { name, value, next: env };
  return env;
}

function unified(source: Env | undefined, sink: Env | undefined, strictly: boolean): Env | undefined | typeof CONFLICT {
  for (const [name, value] of bindingsOf(source)) {
    const own = lookup(sink, name);
    if (own !== undefined && !sameValue(own, value, strictly)) return CONFLICT;
  }
  return merged(source, sink);
}

/** What all sources that bind a name agree about. */
function agreed(sources: readonly SourceTaint[], strictly: boolean): Env | undefined {
  const names = new Set(sources.flatMap((source) => [...bindingsOf(source.match.env).keys()]));
  let env: Env | undefined;
  for (const name of names) {
    const [first, ...rest] = sources.map((source) => lookup(source.match.env, name)).filter((value) => value !== undefined);
    if (first !== undefined && rest.every((value) => sameValue(first, value, strictly))) env = { name, value: first, next: env };
  }
  return env;
}
