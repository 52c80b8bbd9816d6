/** What is kept of a document from edit to edit: plain data of one search of its tree, for the next one to carry over. */
import type { Edit } from '../language/edit.js';
import type { Names } from '../language/names.js';
import type { SyntaxTree } from '../language/tree.js';
import type { Match } from '../matching/matcher.js';
import type { CompiledFormula } from './compiled.js';
import type { FormulaRange, Place } from './ranges.js';

/** Matches of one pattern, each with the node from which it was found: the match's own, or the block that has its statements. In that order. */
export interface Rooted {
  readonly matches: readonly Match[];
  readonly roots: readonly number[];
}

/** Matches of one pattern as they were found, some of them some edits ago: most are not asked for in every version. In order of their roots, once moved. */
export type Carried = readonly CarriedPart[];

export interface CarriedPart {
  readonly found: Rooted;
  /** Where they were found. */
  readonly tree: SyntaxTree;
  /** How they moved since, oldest first. */
  readonly moves: readonly Move[];
}

/** What one edit does to nodes and places that do not touch it; as in `Edit`. */
export interface Move extends Pick<Edit, 'from' | 'toBefore' | 'nodes' | 'offset' | 'around'> {
  /** What of the text was replaced. */
  readonly start: number;
  readonly endBefore: number;
}

export const NOTHING_ROOTED: Rooted = { matches: [], roots: [] };
export const NOTHING_CARRIED: Carried = [];
/** Of what was found just now. */
export const NO_MOVES: readonly Move[] = [];

/** Whether variables that only share their name differ. */
export type Naming = 'strictly' | 'loosely';
/** Every range with every way to bind metavariables, or each range once, sorted. */
export type Listing = 'every' | 'unique';

/** What formulas found, by how they were asked. */
export type KeptRanges = Readonly<Record<Naming, Readonly<Record<Listing, ReadonlyMap<CompiledFormula, readonly FormulaRange[]>>>>>;

/** Functions and bodies of classes that an answer depends on, as Func and Class nodes. */
export interface Involved {
  readonly run: ReadonlySet<number>;
  /** Those that lead to a source. */
  readonly withSource: ReadonlySet<number>;
  /** Those that lead to a sink. */
  readonly withSink: ReadonlySet<number>;
}

/** What was found while one function ran, by its Func or Class node; -1 for the top level. Those that found nothing are left out. */
export type FoundByFunction = ReadonlyMap<number, readonly FormulaRange[]>;

/**
 * What a function means to others, written down: two with the same words and places are the same. Places are pairs of
 * offsets, or of a node and -1.
 */
export interface Print {
  readonly words: string;
  readonly places: Int32Array;
  /** Whether it can be read back. */
  readonly isWhole: boolean;
}

/** By function, as a Func node; undefined for one that is not compared. */
export type Prints = ReadonlyMap<number, Print | undefined>;

/** One time that a rule was run over a file's functions. */
export interface KeptRun {
  readonly found: FoundByFunction;
  /** Of each function that was run, when all were run once. */
  readonly first: Prints;
  /** When they were run again, with what functions leave behind; undefined where none leaves anything. */
  readonly last: Prints | undefined;
  /** What functions leave in the module or in an object. */
  readonly leaving: Prints;
  /** What the top level and the bodies of classes gave to variables of the module before any function was run; undefined where that is not compared. */
  readonly globals: Print | undefined;
  /** The same, when all functions were run once: what those see that are run again. */
  readonly settled: Print | undefined;
  /** What happened to the places of the prints since, oldest first. */
  readonly moves: readonly Move[];
}

/** What a rule found function by function, where none of them depends on others but by calling them, and by what they leave for others. */
export interface FlowParts {
  /** Before the ways of the data were looked at. */
  readonly untraced: KeptRun;
  readonly traced: KeptRun;
  /** Where flows begin and end. */
  readonly ends: readonly Place[];
}

/** What a rule that follows data found, with what that depends on; made and read by `taint/kept.ts`. */
export interface KeptFlow {
  readonly matches: readonly FormulaRange[];
  readonly parts: FlowParts | undefined;
  /** Undefined where any function may be. */
  readonly involved: Involved | undefined;
  /** Where its sources, sinks, sanitizers and propagators are: rows of which list, which of its items, offsets in pairs of start and end, and what they bound. */
  readonly extents: Int32Array;
  /** Equal where the other files that data may go through are the same. */
  readonly around: string;
  /** By function, as a Func node: what it calls in other files. */
  readonly imports: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Something of another file, as this one names it. */
export interface Imported {
  /** As `Names.resolve` has it. */
  readonly path: readonly string[];
  /** A method of the class that the path names, or of the object; undefined for the thing itself, which is called or made. */
  readonly method: string | undefined;
  /** The class of this file whose object it is called on, where it inherits the method from there: its own methods count there, too. */
  readonly receiver?: string;
  /** The path is only the receiver's name: methods of classes that are called like it are meant. */
  readonly byName?: boolean;
  /** What the object is called, where the path says only what made it. */
  readonly called?: string;
}

/** What a function is and does, as `taint/digests.ts` makes it out: equal numbers for what is the same, wherever it stands. */
export interface FunctionDigest {
  /** Where it stands among others, by names. */
  readonly place: number;
  /** What its callers look at. */
  readonly signature: number;
  /** What it does, without functions inside of it. */
  readonly body: number;
  /** What of the types that it uses matters; undefined where no edit changed any. */
  readonly types: number | undefined;
}

/** What a function means to others, as `taint/lower.ts` makes it out: the same after an edit of another one. */
export interface FunctionFacts {
  /** Func and Class nodes that it calls, hands on, or holds. */
  readonly calls: readonly number[];
  readonly imports: readonly Imported[];
  /** As in `Calls` of `taint/order.ts`. */
  readonly tells: boolean;
  readonly writes: readonly Write[];
  /** Undefined where nobody asked for it. */
  readonly digest: FunctionDigest | undefined;
}

/** Something that is assigned to. */
export interface Write {
  /** The name, or the member that is spelled without its object. */
  readonly node: number;
  /** Whether it is a part of that; of a member, itself. */
  readonly field: boolean;
  readonly key?: string;
}

/** A statement that changes nothing for others, as `taint/inert.ts` makes it out. */
export interface InertStatement {
  /** What it calls in other files, if that leads anywhere. */
  readonly imports: readonly Imported[];
  /** Names of the variables that it sets, of the function around it. */
  readonly sets: readonly string[];
  /** Whether it calls anything. */
  readonly calls: boolean;
}

/** By their nodes. */
export type InertStatements = ReadonlyMap<number, InertStatement>;

/** What is kept of one search of a tree for the next one. */
export interface KeptSearch {
  readonly tree: SyntaxTree;
  readonly names: Names;
  /** By the patterns' indexes. */
  readonly matches: readonly (Carried | undefined)[];
  readonly ranges: KeptRanges;
  /** What regular expressions found, by their source. */
  readonly regexes: ReadonlyMap<string, readonly FormulaRange[]>;
  /** By the rules' ids. */
  readonly flows: ReadonlyMap<string, KeptFlow>;
  /** By their nodes, as far as they were looked at. */
  readonly functions: ReadonlyMap<number, FunctionFacts>;
  readonly inert: InertStatements;
}

/** What is kept of a document from edit to edit, the newest first. */
export type Kept = readonly KeptSearch[];
