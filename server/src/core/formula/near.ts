/**
 * Results that others are asked about: what surrounds a few places of a file is looked for around those places only, not in the whole file.
 */
import { firstAtLeast } from '../model/sorted.js';
import type { CompiledFormula } from './compiled.js';
import type { FormulaContext, Near } from './context.js';
import type { FormulaRange, Span } from './ranges.js';

/** @param exact whether only a match that begins where a place begins counts */
export function createNear(places: readonly Span[], exact: boolean): Near {
  const sorted = places.toSorted((a, b) => a.start - b.start);
  const starts = Float64Array.from(sorted, ({ start }) => start);
  /** The earliest end among this place and all behind it. */
  const ends = new Float64Array(sorted.length + 1).fill(Infinity);
  for (let at = sorted.length - 1; at >= 0; at--) ends[at] = Math.min((sorted[at] as Span).end, ends[at + 1] as number);
  const encloses = (start: number, end: number): boolean => (ends[firstAtLeast(starts, start)] as number) <= end;
  const beginsAt = (start: number, end: number): boolean => {
    const at = firstAtLeast(starts, start);
    return starts[at] === start && (ends[at] as number) <= end;
  };
  return { holds: exact ? beginsAt : encloses, mayEnclose: encloses };
}

/**
 * A context in which patterns are looked for near these places only; the context itself where that may change the formula's answer
 * about them, or nothing is known of what is near.
 * @param exact as in `createNear`
 */
export function contextNear(formula: CompiledFormula, ranges: readonly FormulaRange[], context: FormulaContext): FormulaContext {
  const { matchesNear } = context;
  if (matchesNear === undefined || !onlySurrounds(formula)) return context;
  let near: Near | undefined;
  return { ...context, matchesOf: (index) => matchesNear(index, () => (near ??= createNear(ranges, isPlain(formula)))) };
}

/** Whether the formula's ranges can only be of patterns: then all that takes part in a range that surrounds a place surrounds it, too. */
function onlySurrounds(formula: CompiledFormula): boolean {
  let answer = surrounding.get(formula);
  if (answer === undefined) surrounding.set(formula, (answer = workOut(formula)));
  return answer;
}

const surrounding = new WeakMap<CompiledFormula, boolean>();

function workOut(formula: CompiledFormula): boolean {
  switch (formula.kind) {
    case 'pattern':
      return true;
    case 'regex':
    case 'anywhere':
      return false;
    case 'inside':
      return onlySurrounds(formula.child);
    case 'or':
      return formula.children.every(onlySurrounds);
    case 'and':
      return formula.positive.length > 0 && formula.focus.length === 0 && [...formula.positive, ...formula.negative].every(onlySurrounds);
  }
}

/** Whether its ranges are a pattern's own: then only equal ones count. */
function isPlain(formula: CompiledFormula): boolean {
  return formula.kind === 'pattern' || (formula.kind === 'or' && formula.children.every(isPlain));
}

/** Whether all of its ranges only say what is around a result. */
export function isInside(formula: CompiledFormula): boolean {
  return formula.kind === 'inside' || (formula.kind === 'or' && formula.children.every(isInside));
}
