/** What a search of a document looks through after an edit: the run that is new and the nodes around it, instead of the whole tree. */
import { traitsOf } from '../language/registry.js';
import { endOf, nextOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import type { Matching } from '../matching/context.js';
import type { Pattern } from '../pattern/pattern.js';
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

/** Whether matches of a pattern depend on nothing but what they hold and what names mean. */
export function mayKeep({ pattern, options }: IndexedPattern, { sameTypes, sameValues, edit }: Since): boolean {
  const asks = asksOf(pattern);
  if ((options.symbolicPropagation && !sameValues()) || asks === 'text') return false;
  // The value of a function is its last statement, wherever that stands.
  if (edit.kind === 'statements' && options.implicitReturn && traitsOf(edit.after.grammar).implicitReturns) return false;
  return sameTypes || asks !== 'types';
}

/** What a pattern asks for beside nodes: all of the text, or types. */
type Asks = 'text' | 'types' | 'nodes';

const known = new WeakMap<Pattern, Asks>();

/** Each edit asks it of every pattern. */
function asksOf(pattern: Pattern): Asks {
  let asks = known.get(pattern);
  if (asks === undefined) {
    const isText = pattern.items.some((item) => item.kind === 'node' && item.words !== undefined);
    asks = isText ? 'text' : pattern.items.some(holdsType) ? 'types' : 'nodes';
    known.set(pattern, asks);
  }
  return asks;
}

/**
 * Whether a pattern can match nothing in the run, before the edit or after it, and begin at nothing around: its names are not there, and no node around is of
 * its kind.
 */
export function createUntouched(
  { before, after, from, toBefore, toAfter, around }: Since['edit'],
  renamed: ReadonlySet<string>,
): (entry: IndexedPattern) => boolean {
  const texts = [textOfRun(before, from, toBefore), textOfRun(after, from, toAfter)];
  const known = new Map<string, boolean>();
  const isThere = (literal: string): boolean => {
    let found = known.get(literal);
    if (found === undefined) known.set(literal, (found = renamed.has(literal) || texts.some((text) => text.includes(literal))));
    return found;
  };
  const tags = new Set([...around].map((node) => tagOf(after, node)));
  return ({ pattern, tags: starts, options }) =>
    !pattern.statement &&
    !options.symbolicPropagation &&
    starts.length > 0 &&
    !starts.some((tag) => tags.has(tag)) &&
    pattern.localLiterals.some((literal) => !isThere(literal));
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
