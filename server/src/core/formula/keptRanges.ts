/**
 * Answers of whole formulas, carried over an edit: a formula whose patterns match nothing in what was replaced, and the same around it, finds what it found
 * before, in its place now. One whose results can only lie in what was replaced, or hold it, is asked again there alone.
 */
import { Role, Tag } from '../language/tags.js';
import { parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { bindingsOf, type BoundValue, type Env } from '../matching/bindings.js';
import type { Ends, Match } from '../matching/matcher.js';
import { once } from '../model/once.js';
import type { TextRegex } from '../model/regex.js';
import { changedLines, holdsAfter } from './changedLines.js';
import type { CompiledFormula, IndexedPattern } from './compiled.js';
import { metavariablesIn } from './metavariables.js';
import type { KeptRanges, Listing, Naming, Rooted } from './kept.js';
import { inOrder, type FormulaRange, type Span } from './ranges.js';
import { asksForTypes, patternsIn } from './reach.js';
import type { LastText, Since } from './since.js';
import { extentOfRun } from './touched.js';

/** Matches of a pattern, by its index. */
type MatchesOf = (pattern: number) => readonly Match[];

/** What formulas found in a document, for one search of it. */
export interface Remembered {
  /**
   * What a formula finds; undefined where the edit may have changed that.
   * @param listing how it is asked
   * @param search what an expression finds in the text now
   * @param evaluateInRun what it finds, listed like that, with these matches only: those in what is new, and around it
   */
  before(
    formula: CompiledFormula,
    naming: Naming,
    listing: Listing,
    search: (regex: TextRegex) => readonly FormulaRange[],
    evaluateInRun: (matchesOf: MatchesOf) => readonly FormulaRange[],
  ): readonly FormulaRange[] | undefined;
  /** What an expression found outside of the lines that changed, where it can't find anything else there now; undefined where it may. */
  beside(regex: TextRegex): BesideLines | undefined;
  /** Keeps an answer that is whole. */
  note(formula: CompiledFormula, naming: Naming, listing: Listing, ranges: readonly FormulaRange[]): void;
  readonly noted: KeptRanges;
}

/**
 * A pattern's matches around an edit, before it and now; or that they are nothing in what was replaced and around it, as also where no formula asked for them
 * before, or something in it only. Undefined where they may have changed anywhere.
 */
export type Asked = AskedAround | 'nothing' | 'inside' | undefined;

/** Matches that begin at nodes around what was replaced, and whether some begin in it. */
interface AskedAround {
  readonly before: Rooted;
  readonly after: Rooted;
  readonly inside: boolean;
}

/** In their places now, in order. */
export interface BesideLines {
  readonly before: readonly FormulaRange[];
  readonly behind: readonly FormulaRange[];
  /** The lines that changed, in the text now; undefined where nothing is to be looked for in them. */
  readonly lines: Span | undefined;
}

/**
 * @param lastText what expressions found in the text before, whatever became of names
 * @param asked of a pattern, by its index
 * @param inRun a pattern's matches that begin in what is new, or around it, or more
 */
export function createRemembered(
  since: Since | undefined,
  lastText: LastText | undefined,
  patterns: readonly IndexedPattern[],
  asked: (pattern: number) => Asked,
  inRun: MatchesOf,
): Remembered {
  const noted = noRanges();
  /** By pattern, one more than an index in `TOUCHES`: an edit asks about hundreds, several times. */
  const touches = new Uint8Array(since === undefined ? 0 : patterns.length);
  const touchOf = (pattern: number): Touch => {
    const known = touches[pattern] as number;
    if (known > 0) return TOUCHES[known - 1] as Touch;
    const touch = since === undefined ? 'changed' : touchIn(asked(pattern), since);
    touches[pattern] = TOUCHES.indexOf(touch) + 1;
    return touch;
  };
  const extents = once(() => (since === undefined ? undefined : extentsOf(since.edit)));
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
    before(formula, naming, listing, search, evaluateInRun) {
      const ranges = since?.kept.ranges[naming][listing].get(formula);
      const parts = partsOf(formula, patterns);
      if (since === undefined || ranges === undefined || parts === undefined || (parts.types && !since.sameTypes)) return undefined;
      // What no formula asked for did not matter to this one, and with all else as it was does not now.
      let mayBeNew = false;
      for (const pattern of parts.results) {
        const touch = touchOf(pattern);
        if (touch !== 'none' && touch !== 'changed' && parts.confined) mayBeNew = true;
        else if (touch !== 'none') return undefined;
      }
      if (!parts.anywhere.every((pattern) => touchOf(pattern) === 'none')) return undefined;
      if (!parts.sides.every((pattern) => touchOf(pattern) !== 'changed')) return undefined;
      if (!parts.resultTexts.every((regex) => touchOfRegex(regex, search) === 'none')) return undefined;
      if (!parts.sideTexts.every((regex) => touchOfRegex(regex, search) !== 'changed')) return undefined;
      const edited = extents();
      if (edited === undefined || (!mayBeNew && ranges.length === 0)) return NOTHING;
      const moved: FormulaRange[] = [];
      for (const range of ranges) {
        if (mayBeNew && (intersects(range, edited.was) || intersects(range, edited.replaced))) continue;
        const place = since.mover.range(range);
        if (place === undefined) return undefined;
        moved.push(place);
      }
      if (!mayBeNew) return moved;
      const { run, written } = edited;
      const fresh = evaluateInRun(inRun).filter((range) => intersects(range, run) || intersects(range, written));
      const behind = moved.findIndex(({ start }) => start >= run.end);
      const all = moved.toSpliced(behind < 0 ? moved.length : behind, 0, ...fresh);
      // What is new may hold what is not.
      return listing === 'unique' && fresh.length > 0 ? inOrder(all) : all;
    },
    beside(regex) {
      const ranges = lastText?.regexes.get(regex.source);
      if (lastText === undefined || ranges === undefined) return undefined;
      const { text, moved: moveRange } = lastText;
      const { was, is: lines } = changedLines(text);
      const { contained } = regex;
      if (contained !== undefined) {
        const whole: FormulaRange = { start: 0, end: text.after.length, env: undefined, kind: 'regex' };
        const holds = holdsAfter(contained, ranges.length > 0, text);
        return holds === undefined ? undefined : { before: holds ? [whole] : [], behind: [], lines: undefined };
      }
      if (!regex.withinLine) return undefined;
      const before: FormulaRange[] = [];
      const behind: FormulaRange[] = [];
      for (const range of ranges) {
        const list = range.end <= was.start ? before : range.start >= was.end ? behind : undefined;
        const moved = list === undefined ? undefined : moveRange(range);
        if (moved !== undefined) list?.push(moved);
        else if (list !== undefined) return undefined;
      }
      return { before, behind, lines };
    },
    note: (formula, naming, listing, ranges) => void noted[naming][listing].set(formula, ranges),
    noted,
  };
}

/** Of no formula yet. */
export function noRanges(): Record<Naming, Record<Listing, Map<CompiledFormula, readonly FormulaRange[]>>> {
  return { strictly: { every: new Map(), unique: new Map() }, loosely: { every: new Map(), unique: new Map() } };
}

const NOTHING: readonly FormulaRange[] = [];

/** Where the run that was replaced stood and stands, and what of the text was replaced and written. */
interface EditedExtents {
  readonly was: Span;
  readonly replaced: Span;
  readonly run: Span;
  readonly written: Span;
}

function extentsOf({ before, after, from, toBefore, toAfter, change }: Since['edit']): EditedExtents {
  return {
    was: extentOfRun(before, from, toBefore),
    replaced: { start: change.start, end: change.endBefore },
    run: extentOfRun(after, from, toAfter),
    written: { start: change.start, end: change.endAfter },
  };
}

function intersects(range: Span, extent: Span): boolean {
  return range.start < extent.end && range.end > extent.start;
}

/** What a pattern matches in the run that was replaced, and around it: nothing, nothing around it, the same around it, or anything else. */
type Touch = 'none' | 'inside' | 'same around' | 'changed';

const TOUCHES: readonly Touch[] = ['none', 'inside', 'same around', 'changed'];

function touchIn(asked: Asked, since: Since): Touch {
  if (asked === undefined) return 'changed';
  if (asked === 'nothing') return 'none';
  if (asked === 'inside') return 'inside';
  const { before, after, inside } = asked;
  if (before.roots.length !== after.roots.length) return 'changed';
  for (const [at, old] of before.matches.entries()) {
    const now = after.matches[at] as Match;
    if (before.roots[at] !== after.roots[at] || !sameEnds(old.mayEnd, now.mayEnd, since.edit)) return 'changed';
    if (!samePlace(old.start, now.start, since.edit) || !samePlace(old.end, now.end, since.edit)) return 'changed';
    if (!sameAround(old.env, now.env, since)) return 'changed';
  }
  if (before.roots.length > 0) return 'same around';
  return inside ? 'inside' : 'none';
}

/** Whether where a match begins, or ends, is as it was as seen from outside of what was edited. */
function samePlace(was: number, is: number, { change, offset }: Since['edit']): boolean {
  return (was <= change.start && is === was) || (was >= change.endBefore && is === was + offset);
}

/** Whether matches around an edit bind the same: in the run itself the name of a function, or of a class, that is spelled as before. */
function sameAround(was: Env | undefined, is: Env | undefined, { edit, mover }: Since): boolean {
  const moved = mover.env(was);
  if (moved !== undefined) return sameEnv(moved.env, is);
  const [own, other] = [bindingsOf(was), bindingsOf(is)];
  return (
    own.size === other.size &&
    [...own].every(([name, value]) => {
      const now = other.get(name);
      const place = mover.env({ name, value, next: undefined });
      if (place?.env !== undefined) return now !== undefined && sameBound(place.env.value, now);
      const defined = definedName(value, edit.before);
      return defined !== undefined && now !== undefined && defined === definedName(now, edit.after);
    })
  );
}

/** What a function, or a class, is called, where that is what is bound. */
function definedName(value: BoundValue, tree: SyntaxTree): string | undefined {
  if (value.kind !== 'node' || value.tree !== tree || tagOf(tree, value.node) !== Tag.Ident) return undefined;
  const parent = parentOf(tree, value.node);
  const isDefined =
    roleOf(tree, value.node) === Role.Name && parent >= 0 && (tagOf(tree, parent) === Tag.Func || tagOf(tree, parent) === Tag.Class);
  return isDefined ? textOf(tree, value.node) : undefined;
}

/** Whether a match around an edit may end where it could end before it; in the run itself at any of its statements. */
function sameEnds(before: Ends | undefined, after: Ends | undefined, { from, toBefore, toAfter, nodes }: Since['edit']): boolean {
  if (before === undefined || after === undefined) return before === after;
  if (before.statements.length !== after.statements.length) return false;
  return before.statements.every((statement, at) => {
    const [was, is] = [statement + before.moved, (after.statements[at] as number) + after.moved];
    if (was >= toBefore) return is === was + nodes;
    return was < from ? is === was : is >= from && is < toAfter;
  });
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

function sameEnv(a: Env | undefined, b: Env | undefined): boolean {
  // A pattern binds its metavariables in one order, mostly.
  let one = a;
  let two = b;
  while (one !== undefined && two !== undefined && one.name === two.name && sameBound(one.value, two.value)) {
    one = one.next;
    two = two.next;
  }
  if (one === undefined && two === undefined) return true;
  const [own, other] = [bindingsOf(a), bindingsOf(b)];
  if (own.size !== other.size) return false;
  for (const [name, value] of own) {
    const same = other.get(name);
    if (same === undefined || !sameBound(value, same)) return false;
  }
  return true;
}

function sameBound(a: BoundValue, b: BoundValue): boolean {
  if (a.kind === 'node') return b.kind === 'node' && a.node === b.node && a.tree === b.tree;
  if (b.kind === 'node' || a.start !== b.start || a.end !== b.end) return false;
  if (a.kind === 'text') return b.kind === 'text' && a.text === b.text;
  return b.kind === 'nodes' && a.nodes.length === b.nodes.length && a.nodes.every((node, at) => node === b.nodes[at]);
}

interface Parts {
  /** Patterns, and expressions, whose matches may be results. */
  readonly results: readonly number[];
  readonly resultTexts: readonly TextRegex[];
  /** Those that results must lie in, or must not. */
  readonly sides: readonly number[];
  readonly sideTexts: readonly TextRegex[];
  /** Patterns that count wherever they match. */
  readonly anywhere: readonly number[];
  readonly types: boolean;
  /** Whether each result lies in a match of the patterns that may be results, and nothing counts wherever it stands. */
  readonly confined: boolean;
}

interface Gathered {
  readonly results: Set<number>;
  readonly resultTexts: Set<TextRegex>;
  readonly sides: Set<number>;
  readonly sideTexts: Set<TextRegex>;
  readonly anywhere: Set<number>;
  /** What results are narrowed to. */
  readonly focus: Set<string>;
  /** What questions about metavariables may bind; undefined where that is not known. */
  asked: Set<number> | undefined;
}

const known = new WeakMap<CompiledFormula, { readonly parts: Parts | undefined }>();

/** Undefined where a result may be all of the text. */
function partsOf(formula: CompiledFormula, patterns: readonly IndexedPattern[]): Parts | undefined {
  let found = known.get(formula);
  if (found === undefined) {
    const gathered: Gathered = {
      results: new Set(),
      resultTexts: new Set(),
      sides: new Set(),
      sideTexts: new Set(),
      anywhere: new Set(),
      focus: new Set(),
      asked: new Set(),
    };
    const { results, resultTexts, sides, sideTexts, anywhere } = gathered;
    const parts = gather(formula, gathered, 'result')
      ? {
          results: [...results],
          resultTexts: [...resultTexts],
          sides: [...sides],
          sideTexts: [...sideTexts],
          anywhere: [...anywhere],
          types: asksForTypes(formula),
          confined: anywhere.size === 0 && isConfined(gathered, patterns),
        }
      : undefined;
    known.set(formula, (found = { parts }));
  }
  return found.parts;
}

/** Whether what results are narrowed to is bound by what they lie in, never by what is around, or is found in what that bound. */
function isConfined({ focus, results, sides, asked }: Gathered, patterns: readonly IndexedPattern[]): boolean {
  if (focus.size === 0) return true;
  if (asked === undefined) return false;
  const [own, others] = [metavariablesIn(results, patterns), metavariablesIn([...sides, ...asked], patterns)];
  return [...focus].every((name) => own.has(name) && !others.has(name));
}

/** @param place what a match is: a result; what results lie in or not; or what counts wherever it stands */
function gather(formula: CompiledFormula, parts: Gathered, place: 'result' | 'side' | 'anywhere'): boolean {
  switch (formula.kind) {
    case 'pattern':
      ({ result: parts.results, side: parts.sides, anywhere: parts.anywhere })[place].add(formula.index);
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
      for (const name of formula.focus.flat()) parts.focus.add(name);
      for (const condition of formula.conditions) {
        if (condition.kind === 'pattern' && condition.other === undefined)
          for (const index of patternsIn(condition.formula)) parts.asked?.add(index);
        else if (condition.kind === 'pattern' || (condition.kind === 'regex' && condition.regex.groupCount > 0)) parts.asked = undefined;
      }
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
