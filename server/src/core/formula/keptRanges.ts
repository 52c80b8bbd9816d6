/**
 * Answers of whole formulas, carried over an edit: a formula whose patterns match nothing in what was replaced, and the same around it, finds what it found
 * before, in its place now.
 */
import { bindingsOf, type Env } from '../matching/bindings.js';
import type { TextRegex } from '../model/regex.js';
import type { CompiledFormula } from './compiled.js';
import type { KeptRanges, Rooted } from './kept.js';
import type { FormulaRange } from './ranges.js';
import { asksForTypes } from './reach.js';
import type { Since } from './since.js';

/** What formulas found in a document, for one search of it. */
export interface Remembered {
  /**
   * What a formula finds; undefined where the edit may have changed that.
   * @param search what an expression finds in the text now
   */
  before(
    formula: CompiledFormula,
    strictly: boolean,
    search: (regex: TextRegex) => readonly FormulaRange[],
  ): readonly FormulaRange[] | undefined;
  /** Keeps an answer that is whole. */
  note(formula: CompiledFormula, strictly: boolean, ranges: readonly FormulaRange[]): void;
  readonly noted: KeptRanges;
}

/**
 * A pattern's matches before an edit and now; or that they are nothing in what was replaced and around it, as also where no formula asked for them
 * before, or something in it only. Undefined where they may have changed anywhere.
 */
export type Asked = { readonly before: Rooted; readonly after: Rooted } | 'nothing' | 'inside' | undefined;

/** @param asked of a pattern, by its index */
export function createRemembered(since: Since | undefined, asked: (pattern: number) => Asked): Remembered {
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
  const regexes = new Map<string, Touch>();
  const touchOfRegex = (regex: TextRegex, search: (regex: TextRegex) => readonly FormulaRange[]): Touch => {
    let touch = regexes.get(regex.source);
    if (touch === undefined) {
      const before = since?.kept.regexes.get(regex.source);
      touch = since === undefined ? 'changed' : before === undefined ? 'none' : touchOfText(before, search(regex), since);
      regexes.set(regex.source, touch);
    }
    return touch;
  };
  return {
    before(formula, strictly, search) {
      const ranges = since?.kept.ranges[strictly ? 'strictly' : 'loosely'].get(formula);
      const parts = partsOf(formula);
      if (since === undefined || ranges === undefined || parts === undefined || (parts.types && !since.sameTypes)) return undefined;
      // What no formula asked for did not matter to this one, and with all else as it was does not now.
      if (!parts.results.every((pattern) => touchOf(pattern) === 'none')) return undefined;
      if (!parts.sides.every((pattern) => touchOf(pattern) !== 'changed')) return undefined;
      if (!parts.resultTexts.every((regex) => touchOfRegex(regex, search) === 'none')) return undefined;
      if (!parts.sideTexts.every((regex) => touchOfRegex(regex, search) !== 'changed')) return undefined;
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

function touchIn(asked: Asked, { edit, mover }: Since): Touch {
  if (asked === undefined) return 'changed';
  if (asked === 'nothing') return 'none';
  // It can only stand around, or be taken from, what lies there, too.
  if (asked === 'inside') return 'same around';
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
  return before.inner + after.inner === 0 ? 'none' : 'same around';
}

function touchOfText(before: readonly FormulaRange[], after: readonly FormulaRange[], { edit, mover }: Since): Touch {
  if (before.length !== after.length) return 'changed';
  let touch: Touch = 'none';
  for (const [at, old] of before.entries()) {
    const now = after[at] as FormulaRange;
    const moved = mover.range(old);
    if (moved !== undefined) {
      if (moved.start !== now.start || moved.end !== now.end || !sameEnv(moved.env, now.env)) return 'changed';
    } else if (old.start !== now.start || old.end + edit.offset !== now.end || old.env !== undefined || now.env !== undefined)
      return 'changed';
    else touch = 'same around';
  }
  return touch;
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
    if (value.kind === 'text' && same.kind === 'text' && value.text !== same.text) return false;
    if (value.kind === 'nodes' && same.kind === 'nodes' && value.nodes.join() !== same.nodes.join()) return false;
  }
  return true;
}

interface Parts {
  /** Patterns, and expressions, whose matches may be results, or count wherever they stand. */
  readonly results: readonly number[];
  readonly resultTexts: readonly TextRegex[];
  /** Those that results must lie in, or must not. */
  readonly sides: readonly number[];
  readonly sideTexts: readonly TextRegex[];
  readonly types: boolean;
}

interface Gathered {
  readonly results: Set<number>;
  readonly resultTexts: Set<TextRegex>;
  readonly sides: Set<number>;
  readonly sideTexts: Set<TextRegex>;
}

const known = new WeakMap<CompiledFormula, { readonly parts: Parts | undefined }>();

/** Undefined where a result may be all of the text. */
function partsOf(formula: CompiledFormula): Parts | undefined {
  let found = known.get(formula);
  if (found === undefined) {
    const gathered = {
      results: new Set<number>(),
      resultTexts: new Set<TextRegex>(),
      sides: new Set<number>(),
      sideTexts: new Set<TextRegex>(),
    };
    const { results, resultTexts, sides, sideTexts } = gathered;
    const parts = gather(formula, gathered, 'result')
      ? { results: [...results], resultTexts: [...resultTexts], sides: [...sides], sideTexts: [...sideTexts], types: asksForTypes(formula) }
      : undefined;
    known.set(formula, (found = { parts }));
  }
  return found.parts;
}

/** @param place what a match is: a result; what results lie in or not; or what counts wherever it stands */
function gather(formula: CompiledFormula, parts: Gathered, place: 'result' | 'side' | 'anywhere'): boolean {
  switch (formula.kind) {
    case 'pattern':
      (place === 'side' ? parts.sides : parts.results).add(formula.index);
      return true;
    case 'regex':
      (place === 'side' ? parts.sideTexts : parts.resultTexts).add(formula.regex);
      return true;
    case 'anywhere':
      return gather(formula.child, parts, 'anywhere');
    case 'inside':
      return gather(formula.child, parts, besides(place));
    case 'or':
      return formula.children.every((child) => gather(child, parts, place));
    case 'and':
      return (
        formula.positive.some((child) => child.kind !== 'inside') &&
        formula.positive.every((child) => gather(child, parts, place)) &&
        formula.negative.every((child) => gather(child, parts, besides(place)))
      );
  }
}

function besides(place: 'result' | 'side' | 'anywhere'): 'side' | 'anywhere' {
  return place === 'anywhere' ? 'anywhere' : 'side';
}
