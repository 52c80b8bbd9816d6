/**
 * Sets of ranges with what metavariables are bound to, and how operators combine them: conjunction keeps the smaller of two
 * nested ranges with both environments; `pattern-not` removes equal ranges, `pattern-not-inside` enclosed ones,
 * `pattern-not-regex` any range that encloses or is enclosed by the match, a negated `anywhere` everything.
 */
import { lookup, sameValue, spanOfValue, type BoundValue, type Env } from '../matching/bindings.js';
import { mayEndAt, type Match } from '../matching/matcher.js';
import { indexEnclosing, type EnclosingIndex } from './enclosing.js';

type Kind = 'plain' | 'inside' | 'anywhere' | 'regex';

/** Another file of the project than the one that is looked at. */
export interface OtherFile {
  readonly path: string;
  readonly text: string;
}

/** A range of the text that is looked at, or of another file's. */
export interface Place extends Span {
  readonly file?: OtherFile | undefined;
}

/** The way that data took. */
export interface FlowTrace {
  readonly source: Place;
  /** What it was assigned to, and the calls that it went into or came out of, in order. */
  readonly steps: readonly { readonly span: Place; readonly kind: 'assigned' | 'called' }[];
  readonly sink: Place;
  /** Steps in the middle of a long way are left out. */
  readonly cut?: true;
  readonly doubts?: readonly FlowDoubt[];
}

/**
 * Why a way is no proof: parts of an object were too many to be told apart, and another one may arrive (`blurred`); it goes into a call that nobody can look
 * into, and something else may come out (`assumed`); it is checked, and nobody knows how well (`checked`).
 */
export type FlowDoubt = 'blurred' | 'assumed' | 'checked';

export interface FormulaRange extends Match {
  readonly kind: Kind;
  /** The fix of the innermost operator that has one, overruled by outer ones. */
  readonly fix?: string;
  /** In taint mode. */
  readonly trace?: FlowTrace;
  /** Where other ways to the same place begin. */
  readonly also?: readonly Place[];
  /** Where the sink is in another file: the match there. This one is the call that leads to it. */
  readonly atSink?: Match & { readonly file: OtherFile; readonly lowered?: string; readonly far?: true };
  /** In taint mode: why what arrives there does little harm. */
  readonly lowered?: string;
  /** In taint mode, where the rule asks: the data went through another file, or through a field or an element of something. */
  readonly far?: true;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const MAX_RANGES = 20_000;

/** Lists of a rule on one file that were cut short: what it finds is then not whole, and what it takes away is not known. */
export interface Cuts {
  count: number;
}

export const CONFLICT = Symbol('conflict');

/**
 * `a` extended by what only `b` binds; CONFLICT when they disagree. Regular-expression groups (`$1`) never disagree.
 * @param strictly as in `sameValue`
 */
export function merge(a: Env | undefined, b: Env | undefined, strictly: boolean): Env | undefined | typeof CONFLICT {
  if (a === b || b === undefined) return a;
  let env = a;
  for (let at: Env | undefined = b; at !== undefined; at = at.next) {
    const { name, value } = at;
    if (isHidden(at, b)) continue;
    const own = lookup(a, name);
    if (own === undefined) env = { name, value, next: env };
    else if (own !== value && !isGroup(name) && !sameValue(own, value, strictly)) return CONFLICT;
  }
  return env;
}

/** Whether the name was bound again later. */
function isHidden(binding: Env, env: Env): boolean {
  for (let at: Env | undefined = env; at !== undefined && at !== binding; at = at.next) if (at.name === binding.name) return true;
  return false;
}

/** A group of a regular expression, by number. */
function isGroup(name: string): boolean {
  const digit = name.charCodeAt(1);
  return digit >= 48 && digit <= 57 && /^\$\d+$/.test(name);
}

function lies(a: FormulaRange, b: FormulaRange): boolean {
  return b.kind === 'anywhere' || (a.start >= b.start && a.end <= b.end);
}

function enclosed(a: FormulaRange, b: FormulaRange, strictly: boolean): boolean {
  return lies(a, b) && merge(a.env, b.env, strictly) !== CONFLICT;
}

/** @param cuts told when there are more than are kept */
export function intersect(xs: readonly FormulaRange[], ys: readonly FormulaRange[], strictly: boolean, cuts: Cuts): FormulaRange[] {
  const result: FormulaRange[] = [];
  const seen = new Set<FormulaRange>();
  /** @param b encloses `a`, or lies anywhere */
  const add = (a: FormulaRange, b: FormulaRange): void => {
    // What is only to be inside of something is not what is found.
    if (a.kind === 'inside' && b.kind !== 'inside') return;
    const env = merge(a.env, b.env, strictly);
    if (env === CONFLICT) return;
    const merged: FormulaRange = env === a.env ? a : { ...a, env };
    // Enclosed by several ranges with nothing new bound: once is enough.
    if (seen.has(merged)) return;
    seen.add(merged);
    result.push(merged);
  };
  const full = (): boolean => {
    if (result.length <= MAX_RANGES) return false;
    cuts.count++;
    result.length = MAX_RANGES;
    return true;
  };
  const aroundXs = indexAround(ys);
  for (const x of xs) {
    for (const y of aroundXs.enclosing(x)) add(x, y);
    if (full()) return result;
  }
  // Only inside of what is itself around something would such a one count.
  const inner = xs.some(({ kind }) => kind === 'inside') ? ys : ys.filter(({ kind }) => kind !== 'inside');
  if (inner.length === 0) return result;
  const aroundYs = indexAround(xs);
  for (const y of inner) {
    for (const x of aroundYs.enclosing(y)) if (x.start !== y.start || x.end !== y.end || x.kind !== y.kind) add(y, x);
    if (full()) return result;
  }
  return result;
}

export function difference(ranges: readonly FormulaRange[], negative: readonly FormulaRange[], strictly: boolean): FormulaRange[] {
  if (negative.length === 0) return [...ranges];
  if (negative.some((other) => other.kind === 'anywhere')) return [];
  const around = indexAround(negative);
  const regexes = negative.filter((other) => other.kind === 'regex');
  return ranges.filter(
    (range) =>
      !around
        .enclosing(range)
        .some(
          (other) =>
            (other.kind !== 'plain' ||
              (range.start === other.start &&
                (range.end === other.end || (other.mayEnd !== undefined && mayEndAt(other.mayEnd, range.end))))) &&
            enclosed(range, other, strictly),
        ) && !regexes.some((other) => enclosed(other, range, strictly)),
  );
}

/** What lies anywhere counts as around everything. */
function indexAround(ranges: readonly FormulaRange[]): EnclosingIndex<FormulaRange> {
  return ranges.some((range) => range.kind === 'anywhere')
    ? { enclosing: (inner) => ranges.filter((range) => lies({ ...range, ...inner }, range)) }
    : indexEnclosing(ranges);
}

/** Each group names metavariables, any of which may be what is reported; several groups must agree on a place. */
export function focusOn(
  ranges: readonly FormulaRange[],
  groups: readonly (readonly string[])[],
  strictly: boolean,
  cuts: Cuts,
): FormulaRange[] {
  const result: FormulaRange[] = [];
  for (const range of ranges) {
    let focused: FormulaRange[] | undefined;
    for (const group of groups) {
      const spans = group.flatMap((name) => {
        const value = lookup(range.env, name);
        if (value === undefined) return [];
        // What is focused on must lie in the range that survived, or around it.
        const span = narrow(value);
        if (span.start >= range.start && span.end <= range.end) return [{ ...range, ...span, kind: 'plain' as const }];
        return range.start >= span.start && range.end <= span.end ? [{ ...range, kind: 'plain' as const }] : [];
      });
      focused = focused === undefined ? spans : intersect(focused, spans, strictly, cuts);
    }
    result.push(...(focused ?? []));
  }
  return result;
}

export function narrow(value: BoundValue): Span {
  const { start, end } = spanOfValue(value);
  return { start, end };
}

/** Sorted; of ranges of the same extent, the one that binds most. */
export function uniqueRanges(ranges: readonly FormulaRange[]): readonly FormulaRange[] {
  const unique: FormulaRange[] = [];
  for (const range of inOrder(ranges)) {
    const last = unique.at(-1);
    if (last === undefined || last.start !== range.start || last.end !== range.end) unique.push(range);
    else if (countOf(range.env) > countOf(last.env)) unique[unique.length - 1] = range;
  }
  return unique;
}

/** By where they begin, then by where they end; those of the same extent stay in their order. */
export function inOrder(ranges: readonly FormulaRange[]): readonly FormulaRange[] {
  return ranges.every((range, at) => at === 0 || byPlace(ranges[at - 1] as FormulaRange, range) <= 0) ? ranges : ranges.toSorted(byPlace);
}

function byPlace(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}

function countOf(env: Env | undefined): number {
  let count = 0;
  for (let at = env; at !== undefined; at = at.next) count++;
  return count;
}
