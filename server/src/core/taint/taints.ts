/**
 * Taints and sets of them. A taint says which source it comes from, under which label, and by which variables it came; inside a function it may
 * also say "whatever this parameter brings", which a call fills in. Sets are immutable, small, and keep the first way by which a taint came.
 */
import type { Env } from '../matching/bindings.js';
import type { FlowDoubt, OtherFile, Place } from '../formula/ranges.js';
import type { TaintRequires } from '../pack/rule.js';
import type { SourceSpec } from '../formula/compiled.js';
import { doubted, step, type Stop, type Way } from './steps.js';
import type { Key, VariableId } from './terms.js';

/** A range that a source, sink, sanitizer or propagator of the rule matched. */
export interface SpecMatch<S> {
  readonly spec: S;
  /** Which of the rule's sources (sinks ...) it is. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly env: Env | undefined;
  /** Tells matches of one kind in one file apart. */
  readonly id: number;
  /** Undefined for the file that is looked at. */
  readonly file: OtherFile | undefined;
}

export interface SourceTaint {
  readonly kind: 'source';
  readonly key: string;
  readonly match: SpecMatch<SourceSpec>;
  readonly label: string;
  /** Counts only if what an unknown caller brings satisfies this. */
  readonly condition: { readonly incoming: Taints; readonly requires: TaintRequires } | undefined;
  readonly steps: Way | undefined;
}

/** What a function is given: by a parameter, as its own object, or by a variable of a function around it. */
export type Origin = { readonly kind: 'parameter'; readonly index: number } | { readonly kind: 'variable'; readonly variable: VariableId };

export interface GivenTaint {
  readonly kind: 'given';
  readonly key: string;
  readonly origin: Origin;
  readonly path: readonly Key[];
  readonly steps: Way | undefined;
  /** What a propagator calls it, whatever it was before. */
  readonly relabel?: Relabel;
}

export interface Relabel {
  readonly label: string;
  /** Only what had one of these; undefined for all. */
  readonly replaced: readonly string[] | undefined;
}

export type Taint = SourceTaint | GivenTaint;

export type Taints = ReadonlyMap<string, Taint>;

export const NO_TAINTS: Taints = new Map();

function lengthOf({ steps }: Taint): number {
  return steps?.length ?? 0;
}

/** More sources for one value say nothing new to a reader, and cost. */
const MAX_TAINTS = 32;
const MAX_PATH = 4;

/** Both; of what came by two ways, the shorter one. */
export function union(a: Taints, b: Taints): Taints {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  let result: Map<string, Taint> | undefined;
  for (const [key, taint] of b) {
    const own = a.get(key);
    if (own !== undefined) {
      if (lengthOf(taint) < lengthOf(own)) (result ??= new Map(a)).set(key, taint);
      continue;
    }
    const full = (result ?? a).size >= MAX_TAINTS;
    // What comes from a source counts for more than what a caller may give.
    const spare = full && taint.kind === 'source' ? lastGiven(result ?? a) : undefined;
    if (full && spare === undefined) continue;
    result ??= new Map(a);
    if (spare !== undefined) result.delete(spare);
    result.set(key, taint);
  }
  return result ?? a;
}

function lastGiven(taints: Taints): string | undefined {
  let last: string | undefined;
  for (const [key, { kind }] of taints) if (kind === 'given') last = key;
  return last;
}

export function sameTaints(a: Taints, b: Taints): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const key of a.keys()) if (!b.has(key)) return false;
  return true;
}

export function taintsOf(list: readonly Taint[]): Taints {
  return list.length === 0 ? NO_TAINTS : new Map(list.map((taint) => [taint.key, taint]));
}

export function sourceTaint(match: SpecMatch<SourceSpec>, label: string, condition: SourceTaint['condition'], steps?: Way): SourceTaint {
  return {
    kind: 'source',
    key: `s${match.id}:${label}${match.file === undefined ? '' : `@${match.file.path}`}${condition === undefined ? '' : '?'}`,
    match,
    label,
    condition,
    steps,
  };
}

/** @param key its own, where that is known already */
export function given(origin: Origin, path: readonly Key[], steps?: Way, key = givenKey(origin, path)): GivenTaint {
  return { kind: 'given', key, origin, path, steps };
}

function givenKey(origin: Origin, path: readonly Key[]): string {
  const start = origin.kind === 'parameter' ? `p${origin.index}` : `v${origin.variable}`;
  return `${start}${path.join('')}`;
}

/** Parts are read again and again, on every path and in every pass over a loop. */
const partsOfGiven = new WeakMap<Taints, Map<Key, Taints>>();

/** What is given, one part further in; unchanged where that would go on without end. */
export function partOfGiven(taints: Taints, key: Key): Taints {
  if (key === '*' || taints.size === 0) return taints;
  let known = partsOfGiven.get(taints);
  if (known === undefined) partsOfGiven.set(taints, (known = new Map()));
  let result = known.get(key);
  if (result === undefined) known.set(key, (result = furtherIn(taints, key)));
  return result;
}

function furtherIn(taints: Taints, key: Key): Taints {
  const result = new Map<string, Taint>();
  let isSame = true;
  for (const taint of taints.values()) {
    const goesOn = taint.kind === 'given' && taint.path.length < MAX_PATH && !taint.path.includes(key);
    const next = goesOn ? partOf(taint, key) : taint;
    isSame &&= !goesOn;
    result.set(next.key, next);
  }
  return isSame ? taints : result;
}

function partOf({ key: whole, origin, path, steps, relabel }: GivenTaint, key: Key): GivenTaint {
  const part = given(origin, [...path, key], steps, whole + key);
  return relabel === undefined ? part : { ...part, relabel };
}

const doubtedOf: Readonly<Record<FlowDoubt, WeakMap<Taints, Taints>>> = {
  blurred: new WeakMap(),
  assumed: new WeakMap(),
  checked: new WeakMap(),
};

/** The same taints, of which it is less than certain from here on that they arrive. */
export function doubtedTaints(taints: Taints, why: FlowDoubt): Taints {
  let result = doubtedOf[why].get(taints);
  if (result === undefined) doubtedOf[why].set(taints, (result = alongWay(taints, (way) => doubted(way, why))));
  return result;
}

/** The same taints after one more step. */
export function stepped(taints: Taints, span: Place, kind: Stop['kind']): Taints {
  return alongWay(taints, (steps) => step(steps, span, kind));
}

/** The same taints with another way. */
export function alongWay(taints: Taints, change: (steps: Way | undefined) => Way | undefined): Taints {
  if (taints.size === 0) return taints;
  const result = new Map<string, Taint>();
  for (const [key, taint] of taints) {
    const steps = change(taint.steps);
    result.set(
      key,
      steps === taint.steps
        ? taint
        : taint.kind === 'source' || taint.relabel !== undefined
          ? { ...taint, steps }
          : given(taint.origin, taint.path, steps, key),
    );
  }
  return result;
}
