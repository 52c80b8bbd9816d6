/** What is kept of a document from edit to edit: plain data of one search of its tree, for the next one to carry over. */
import type { Names } from '../language/names.js';
import type { SyntaxTree } from '../language/tree.js';
import type { Match } from '../matching/matcher.js';
import type { CompiledFormula } from './compiled.js';
import type { FormulaRange } from './ranges.js';

/** Matches of one pattern, each with the node from which it was found: the match's own, or the block that has its statements. In that order. */
export interface Rooted {
  readonly matches: readonly Match[];
  readonly roots: readonly number[];
}

/** Matches of one pattern as they were found, some of them some edits ago: most are not asked for in every version. In order of their roots, once moved. */
export type Carried = readonly CarriedPart[];

export interface CarriedPart {
  readonly found: Rooted;
  /** How they moved since, oldest first. */
  readonly moves: readonly Move[];
}

/** What one edit does to matches that do not touch it. */
export interface Move {
  /** Undefined where one of them is about something that was replaced; those that touch it are left out. */
  matches(found: Rooted): Rooted | undefined;
  /** Undefined for one that touches the edit. */
  node(node: number): number | undefined;
}

export const NOTHING_ROOTED: Rooted = { matches: [], roots: [] };

/** By whether variables that only share their name differ, and by formula. */
export interface KeptRanges {
  readonly strictly: ReadonlyMap<CompiledFormula, readonly FormulaRange[]>;
  readonly loosely: ReadonlyMap<CompiledFormula, readonly FormulaRange[]>;
}

/** Functions and bodies of classes that an answer depends on, as Func and Class nodes. */
export interface Involved {
  readonly run: ReadonlySet<number>;
  /** Those that lead to a source. */
  readonly withSource: ReadonlySet<number>;
  /** Those that lead to a sink. */
  readonly withSink: ReadonlySet<number>;
}

/** What a rule that follows data found, with what that depends on; made and read by `taint/kept.ts`. */
export interface KeptFlow {
  readonly matches: readonly FormulaRange[];
  /** Undefined where any function may be. */
  readonly involved: Involved | undefined;
  /** Where its sources, sinks, sanitizers and propagators are: which list, which of its items, and offsets in pairs of start and end. */
  readonly extents: readonly (readonly number[])[];
  /** Equal where the other files that data may go through are the same. */
  readonly around: string;
  /** By function, as a Func node: what it calls in other files. */
  readonly imports: ReadonlyMap<number, ReadonlySet<string>>;
}

/** What is kept of one search of a tree for the next one. */
export interface KeptSearch {
  readonly tree: SyntaxTree;
  readonly names: Names;
  /** By the patterns' indexes. */
  readonly matches: ReadonlyMap<number, Carried>;
  readonly ranges: KeptRanges;
  /** What regular expressions found, by their source. */
  readonly regexes: ReadonlyMap<string, readonly FormulaRange[]>;
  /** By the rules' ids. */
  readonly flows: ReadonlyMap<string, KeptFlow>;
}

/** What is kept of a document from edit to edit, the newest first. */
export type Kept = readonly KeptSearch[];
