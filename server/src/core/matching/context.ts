/**
 * What every part of the matcher shares: the tree that is looked at and what is known about it, the options, the steps
 * left. Matching is written in continuation-passing style: `then` receives every environment under which the pattern so
 * far holds, and the search goes on after it returns. The parts call each other through `match` of this record, since
 * every case can hold every other; so no module imports in a circle, and no match allocates a table.
 */
import type { Constants } from '../language/constants.js';
import type { MatchTraits } from '../language/definition.js';
import type { Names } from '../language/names.js';
import { childrenOf as listChildren, type SyntaxTree } from '../language/tree.js';
import type { Types } from '../language/types.js';
import type { PatternNode } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import type { MatchOptions } from './options.js';

/** Called once for every environment under which what was asked for holds. */
export type Then = (env: Env | undefined) => void;

/** Matches one item of a sequence. */
export type MatchOne = (m: Matching, p: PatternNode, t: number, env: Env | undefined, then: Then) => void;

/** What a file and a rule bring to matching. */
export interface MatchContext {
  readonly tree: SyntaxTree;
  readonly names: Names;
  readonly constants: Constants;
  readonly options: MatchOptions;
  /** Counts down over all patterns of a file; at 0 matching stops and the caller reports it. */
  readonly budget: { left: number };
}

/** One tree under one set of options. */
export interface Matching extends MatchContext {
  readonly traits: MatchTraits;
  /** The recursion: any pattern at any node. `root` says that the node is where the whole pattern begins. */
  readonly match: (m: Matching, p: PatternNode, t: number, env: Env | undefined, root: boolean, then: Then) => void;
  /** Made when a typed metavariable first asks. */
  types: Types | undefined;
  /** Children lists of this tree, made once: many patterns look at the same call. */
  readonly known: (number[] | undefined)[];
  /** The last statement that a sequence took, for the match's extent; -1 without any. */
  lastStatement: number;
  /** The statements that a `...` at a sequence's end took, each of which may be the last as well. */
  taken: readonly number[];
  /** Statements that stand for any statement (`isMark`); undefined where the tree has none. */
  readonly marks: ReadonlySet<number> | undefined;
  /** How many of them the match at hand rests on. */
  marksTaken: number;
}

/** Children of a node, in source order. */
export function childrenOf(m: Matching, node: number): readonly number[] {
  return (m.known[node] ??= listChildren(m.tree, node));
}
