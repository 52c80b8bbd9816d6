/**
 * Answers of whole formulas, carried over an edit: a formula whose patterns match nothing in what was replaced, and the same around it, finds what it found
 * before, in its place now.
 */
import { bindingsOf, type Env } from '../matching/bindings.js';
import type { CompiledFormula } from './compiled.js';
import type { KeptRanges, Rooted } from './kept.js';
import type { FormulaRange } from './ranges.js';
import { asksForTypes } from './reach.js';
import type { Since } from './since.js';

/** What formulas found in a document, for one search of it. */
export interface Remembered {
  /** What a formula finds; undefined where the edit may have changed that. */
  before(formula: CompiledFormula, strictly: boolean): readonly FormulaRange[] | undefined;
  /** Keeps an answer that is whole. */
  note(formula: CompiledFormula, strictly: boolean, ranges: readonly FormulaRange[]): void;
  readonly noted: KeptRanges;
}

/** A pattern's matches before an edit and now. */
export interface Asked {
  readonly before: Rooted;
  readonly after: Rooted;
}

/**
 * @param asked of a pattern, by its index: 'never' where no formula asked for it before; undefined where its matches may have changed anywhere
 */
export function createRemembered(since: Since | undefined, asked: (pattern: number) => Asked | 'never' | undefined): Remembered {
  const noted = {
    strictly: new Map<CompiledFormula, readonly FormulaRange[]>(),
    loosely: new Map<CompiledFormula, readonly FormulaRange[]>(),
  };
  const touches = new Map<number, Touch>();
  const touchOf = (pattern: number): Touch => {
    let touch = touches.get(pattern);
    if (touch === undefined) touches.set(pattern, (touch = since === undefined ? 'changed' : touchIn(asked(pattern), since)));
    return touch;
  };
  return {
    before(formula, strictly) {
      const ranges = since?.kept.ranges[strictly ? 'strictly' : 'loosely'].get(formula);
      const parts = partsOf(formula);
      if (since === undefined || ranges === undefined || parts === undefined || (parts.types && !since.sameTypes)) return undefined;
      // What no formula asked for did not matter to this one, and with all else as it was does not now.
      if (!parts.results.every((pattern) => touchOf(pattern) === 'none')) return undefined;
      if (!parts.sides.every((pattern) => touchOf(pattern) !== 'changed')) return undefined;
      const moved: FormulaRange[] = [];
      for (const range of ranges) {
        const place = since.mover.range(range);
        if (place === undefined) return undefined;
        moved.push(place);
      }
      return moved;
    },
    note: (formula, strictly, ranges) => void noted[strictly ? 'strictly' : 'loosely'].set(formula, ranges),
    noted,
  };
}

/** What a pattern matches in the run that was replaced, and around it: nothing, only the same around it, or anything else. */
type Touch = 'none' | 'same around' | 'changed';

function touchIn(asked: Asked | 'never' | undefined, { edit, mover }: Since): Touch {
  if (asked === undefined) return 'changed';
  if (asked === 'never') return 'none';
  const { from, toBefore, toAfter, around, offset } = edit;
  const before = within(asked.before, from, toBefore, around);
  const after = within(asked.after, from, toAfter, around);
  if (before.outer.length !== after.outer.length) return 'changed';
  for (const [at, old] of before.outer.entries()) {
    const now = after.outer[at] as (typeof after.outer)[number];
    const env = mover.env(old.match.env);
    if (old.root !== now.root || old.match.mayEnd !== undefined || now.match.mayEnd !== undefined) return 'changed';
    if (old.match.start !== now.match.start || old.match.end + offset !== now.match.end) return 'changed';
    if (env === undefined || !sameEnv(env.env, now.match.env)) return 'changed';
  }
  if (before.outer.length > 0) return 'same around';
  // What lies in the run can only stand around, or be taken from, what lies there.
  return before.inner + after.inner === 0 ? 'none' : 'same around';
}

function within(
  { matches, roots }: Rooted,
  from: number,
  to: number,
  around: ReadonlySet<number>,
): { readonly inner: number; readonly outer: readonly { readonly root: number; readonly match: Rooted['matches'][number] }[] } {
  let inner = 0;
  const outer: { root: number; match: Rooted['matches'][number] }[] = [];
  for (const [at, root] of roots.entries()) {
    if (root >= from && root < to) inner++;
    else if (around.has(root)) outer.push({ root, match: matches[at] as Rooted['matches'][number] });
  }
  return { inner, outer };
}

function sameEnv(a: Env | undefined, b: Env | undefined): boolean {
  const [own, other] = [bindingsOf(a), bindingsOf(b)];
  if (own.size !== other.size) return false;
  for (const [name, value] of own) {
    const same = other.get(name);
    if (same === undefined || same.kind !== value.kind) return false;
    if (value.kind === 'node') {
      if (same.kind !== 'node' || same.node !== value.node || same.tree !== value.tree) return false;
    } else if (same.kind === 'node' || same.start !== value.start || same.end !== value.end) return false;
    if (value.kind === 'nodes' && same.kind === 'nodes' && value.nodes.join() !== same.nodes.join()) return false;
  }
  return true;
}

interface Parts {
  /** Patterns whose matches may be results. */
  readonly results: readonly number[];
  /** Those that results must lie in, or must not. */
  readonly sides: readonly number[];
  readonly types: boolean;
}

const known = new WeakMap<CompiledFormula, { readonly parts: Parts | undefined }>();

/** Undefined where a result may depend on text, or on a place anywhere. */
function partsOf(formula: CompiledFormula): Parts | undefined {
  let found = known.get(formula);
  if (found === undefined) {
    const results = new Set<number>();
    const sides = new Set<number>();
    const whole = gather(formula, results, sides, true);
    found = { parts: whole ? { results: [...results], sides: [...sides], types: asksForTypes(formula) } : undefined };
    known.set(formula, found);
  }
  return found.parts;
}

function gather(formula: CompiledFormula, results: Set<number>, sides: Set<number>, isResult: boolean): boolean {
  switch (formula.kind) {
    case 'pattern':
      (isResult ? results : sides).add(formula.index);
      return true;
    case 'regex':
    case 'anywhere':
      return false;
    case 'inside':
      return gather(formula.child, results, sides, false);
    case 'or':
      return formula.children.every((child) => gather(child, results, sides, isResult));
    case 'and':
      return (
        formula.positive.some((child) => child.kind !== 'inside') &&
        formula.positive.every((child) => gather(child, results, sides, isResult)) &&
        formula.negative.every((child) => gather(child, results, sides, false))
      );
  }
}
