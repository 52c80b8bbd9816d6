/** What a search of a document looks through after an edit: the run that is new and the nodes around it, instead of the whole tree. */
import { traitsOf } from '../language/registry.js';
import { endOf, nextOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import type { Matching } from '../matching/context.js';
import type { IndexedPattern } from './compiled.js';
import type { NodeIndex, Nodes } from './nodeIndex.js';
import type { Span } from './ranges.js';
import { holdsType } from './reach.js';
import type { Since } from './since.js';

/** A part of the tree that is looked through, with the calls in it that patterns of calls begin from. */
export interface Part {
  readonly nodes: NodeIndex;
  readonly likeCallee: Map<Matching, Map<string, Nodes>>;
  /** Whether a name may stand in a node. */
  spells(literal: string, node: number): boolean;
}

/** Which patterns an edit leaves as they were; asked of each of them after every edit. By their indexes. */
export interface Touching {
  /** Whether a pattern's matches depend on nothing but what they hold and what names mean. */
  mayKeep(index: number): boolean;
  /**
   * Whether it can match nothing in the run, before the edit or after it, and begin at nothing around: its names are not there, and no node around is of its
   * kind.
   */
  isUntouched(index: number): boolean;
}

/** @param renamed names that an import calls something else */
export function createTouching(patterns: readonly IndexedPattern[], since: Since, renamed: ReadonlySet<string>): Touching {
  const { edit, sameTypes, sameValues } = since;
  const { before, after, from, toBefore, toAfter, around } = edit;
  const texts = [textOfRun(before, from, toBefore), textOfRun(after, from, toAfter)];
  const tags = new Set([...around].map((node) => tagOf(after, node)));
  const facts = factsOf(patterns);
  /** By the literals' numbers. */
  const known = new Uint8Array(facts.literals.length);
  const isThere = (number: number): boolean => {
    const last = known[number];
    if (last === IS_THERE || last === IS_NOT) return last === IS_THERE;
    const literal = facts.literals[number] as string;
    const found = renamed.has(literal) || texts.some((text) => text.includes(literal));
    known[number] = found ? IS_THERE : IS_NOT;
    return found;
  };
  // The value of a function is its last statement, wherever that stands.
  const lastMoves = edit.kind === 'statements' && traitsOf(after.grammar).implicitReturns;
  return {
    mayKeep(index) {
      const { options } = patterns[index] as IndexedPattern;
      const asks = facts.asks(index);
      if ((options.symbolicPropagation && !sameValues()) || asks === 'text' || (lastMoves && options.implicitReturn)) return false;
      return sameTypes || asks !== 'types';
    },
    isUntouched(index) {
      const { pattern, tags: starts, options } = patterns[index] as IndexedPattern;
      return (
        !pattern.statement &&
        !options.symbolicPropagation &&
        starts.length > 0 &&
        !starts.some((tag) => tags.has(tag)) &&
        facts.literalsOf(index).some((number) => !isThere(number))
      );
    },
  };
}

const IS_THERE = 1;
const IS_NOT = 2;

/** What a pattern asks for beside nodes: all of the text, or types. */
type Asks = 'text' | 'types' | 'nodes';

/** What is the same for a program's patterns in every edit, by their indexes; each is made out when first asked for. */
interface PatternFacts {
  asks(index: number): Asks;
  /** Local literals, as numbers. */
  literalsOf(index: number): readonly number[];
  /** By their numbers. */
  readonly literals: readonly string[];
}

const factsByPatterns = new WeakMap<readonly IndexedPattern[], PatternFacts>();

function factsOf(patterns: readonly IndexedPattern[]): PatternFacts {
  let facts = factsByPatterns.get(patterns);
  if (facts === undefined) factsByPatterns.set(patterns, (facts = createFacts(patterns)));
  return facts;
}

function createFacts(patterns: readonly IndexedPattern[]): PatternFacts {
  const asks: (Asks | undefined)[] = patterns.map(() => undefined);
  const literalsOf: (readonly number[] | undefined)[] = patterns.map(() => undefined);
  const literals: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (literal: string): number => {
    let number = numbers.get(literal);
    if (number === undefined) numbers.set(literal, (number = literals.push(literal) - 1));
    return number;
  };
  return {
    literals,
    asks: (index) => (asks[index] ??= asksOf(patterns[index] as IndexedPattern)),
    literalsOf: (index) => (literalsOf[index] ??= (patterns[index] as IndexedPattern).pattern.localLiterals.map(numberOf)),
  };
}

function asksOf({ pattern: { items } }: IndexedPattern): Asks {
  if (items.some((item) => item.kind === 'node' && item.words !== undefined)) return 'text';
  return items.some(holdsType) ? 'types' : 'nodes';
}

function textOfRun(tree: SyntaxTree, from: number, to: number): string {
  const { start, end } = extentOfRun(tree, from, to);
  return tree.text.slice(start, end);
}

/** Where the nodes `[from, to)` stand; an empty place where there are none. */
export function extentOfRun(tree: SyntaxTree, from: number, to: number): Span {
  if (from >= to) return { start: 0, end: 0 };
  let end = 0;
  for (let node = from; node < to; node = nextOf(tree, node)) end = Math.max(end, endOf(tree, node));
  return { start: startOf(tree, from), end };
}

/** A run is short: what stands in it is sooner found there than in a list of all places. */
export function spelledInRun({ after, from, toAfter }: Since['edit'], anywhere: Part['spells']): Part['spells'] {
  const known = new Map<string, boolean>();
  const text = textOfRun(after, from, toAfter);
  return (literal, node) => {
    if (node < from) return anywhere(literal, node);
    let found = known.get(literal);
    if (found === undefined) known.set(literal, (found = text.includes(literal)));
    return found;
  };
}

/** Nodes of the run that is new, and those that hold it; ascending. */
export function touchedBy({ from, toAfter, around }: Since['edit']): readonly number[] {
  const nodes = [...around].toSorted((a, b) => a - b);
  for (let node = from; node < toAfter; node++) nodes.push(node);
  return nodes;
}
