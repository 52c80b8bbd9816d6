/** What is shared while one taint rule runs over one tree, and what running one function gathers. */
import type { Types } from '../language/types.js';
import type { SyntaxTree } from '../language/tree.js';
import type { OtherFile, Place as PlaceInFile } from '../formula/ranges.js';
import type { SinkSpec } from '../formula/compiled.js';
import type { Spending } from './budget.js';
import type { Alias, Cell, Environment, EnvironmentState } from './cells.js';
import type { Specs } from './spec.js';
import type { Origin, SpecMatch, Taints } from './taints.js';
import type { Argument, FunctionId, FunctionTerm, Imported, Key, Place, Program, Term, VariableId } from './terms.js';

/** Options of a rule that change how taint spreads, as Semgrep names them (`taint_...`). */
export interface FlowOptions {
  /** Whether the way of the data is kept: it changes no answer, and costs as much as the rest. */
  readonly traced: boolean;
  readonly safeFunctions: boolean;
  readonly safeIndexes: boolean;
  readonly safeComparisons: boolean;
  readonly safeBooleans: boolean;
  readonly safeNumbers: boolean;
  readonly onlyThroughAssignments: boolean;
  readonly unifyMetavariables: boolean;
  /** Where findings are: at the sink, or at the source. */
  readonly focus: 'sink' | 'source';
  readonly strictly: boolean;
  /** Follows calls into functions of this file. */
  readonly acrossFunctions: boolean;
  /** Flows through other files, or through fields and elements, are marked as far. */
  readonly marksFar: boolean;
}

/** What functions get by way of a third: topics, and the steps of graphs. */
export interface Channels {
  /** Functions by the topic that they listen to. */
  readonly listeners: Map<string, Set<FunctionId>>;
  /** What is told under a topic, by the number of the argument. */
  readonly told: Map<string, readonly Value[]>;
  readonly steps: Set<FunctionId>;
  /** By function: what its parameters are given beside what its callers pass. */
  readonly handed: Map<FunctionId, readonly Value[]>;
}

/** The value of a term. */
export interface Value {
  readonly taints: Taints;
  /** Of parts that differ from the whole. */
  readonly parts: Cell['parts'];
}

/** What the arguments of a call are, each and together. */
export interface Arguments {
  readonly list: readonly { readonly argument: Argument; readonly value: Value }[];
  readonly taints: Taints;
}

/** Taints arriving at a sink, of which some are only given: a call says which. */
export interface SinkEffect {
  readonly sink: SpecMatch<SinkSpec>;
  readonly taints: Taints;
  /** Where the sink is in another file: the call of this file that leads there. */
  readonly entry: PlaceInFile | undefined;
}

export interface GivenCall {
  readonly origin: Origin;
  readonly args: readonly Value[];
}

/** What a call of a function does, in terms of what it is given. */
export interface Summary {
  readonly returned: Value;
  readonly effects: readonly SinkEffect[];
  /** Functions that it is given and calls, and with what. */
  readonly calls: readonly GivenCall[];
  /** What it taints beyond its own variables. */
  readonly writes: readonly { readonly origin: Origin; readonly path: readonly Key[]; readonly taints: Taints }[];
}

/** A function of another file with what is known of it. */
export interface ImportedFunction {
  readonly func: FunctionTerm;
  readonly summary: Summary;
  /** All methods of a method's class, as far as they are known. */
  siblings(): readonly Pick<ImportedFunction, 'func' | 'summary'>[];
}

/** Where functions' summaries come from. */
export interface Summaries {
  /** Of a function of this file. */
  summaryOf(id: FunctionId): Summary | undefined;
  /** As in `ImportedFunction`, of a function of this file. */
  siblingsOf(func: FunctionTerm): ReturnType<ImportedFunction['siblings']>;
  /** Undefined where it leads to no file that is looked into. */
  importedBy(imported: Imported): readonly ImportedFunction[] | undefined;
  /** Of methods of this name that a class of another file, whose object the file's methods are run for, has in place of the file's own. */
  overriding(method: string): readonly ImportedFunction[] | undefined;
}

export interface Analysis extends Summaries, Spending {
  /** Undefined for the file that is looked at; set for one that it leads to. */
  readonly file: OtherFile | undefined;
  readonly tree: SyntaxTree;
  readonly program: Program;
  readonly specs: Specs;
  readonly options: FlowOptions;
  /** Only asked where an option needs it. */
  readonly types: () => Types;
  /** Cells of variables of the module that always have the same value. */
  readonly globals: ReadonlyMap<VariableId, Cell>;
  /** What functions get by way of others. */
  readonly channels: Channels;
  /** Taints arrive at a sink; those that satisfy it are findings. */
  readonly arrived: (effect: SinkEffect) => void;
  /** A function that is run where it is written: outside of all others, or in one. */
  readonly ranOutside: (id: FunctionId) => void;
  readonly ranInside: (id: FunctionId) => void;
  /** A call of a function of this file whose summary is not known yet. */
  readonly unresolved: (caller: FunctionId) => void;
}

/** A place that jumps lead to, and what they bring. */
export interface Landing {
  readonly kind: 'loop' | 'switch';
  readonly label: string | undefined;
  broken: Environment | undefined;
  continued: Environment | undefined;
}

/** A new object that keeps what its constructor is given. */
export interface Made {
  /** The call's node. */
  readonly node: number;
  readonly kept: readonly { readonly key: Key; readonly at: Alias['other'] }[];
}

/** One function while it runs. */
export interface Frame {
  readonly analysis: Analysis;
  readonly func: FunctionTerm;
  /** The function's node; best matches are looked for inside of it. */
  readonly root: number;
  /** Whether what it is given by whoever calls it is told apart: where nobody asks what it does, that need not be known. */
  readonly isAsked: boolean;
  env: Environment;
  /** False after a jump: what follows does not run. */
  alive: boolean;
  returned: Value;
  /** Everything that leaves the innermost function: where `return` leads to. */
  exit: Environment | undefined;
  readonly landings: Landing[];
  /** What handlers of the `try`s around may see, once something can have been thrown. */
  readonly tries: {
    thrown: Environment | undefined;
    /** As it was when a call last might have thrown. */ known: EnvironmentState | undefined;
  }[];
  readonly labels: Map<string, Environment>;
  /** Functions written inside of each other that are running now. */
  readonly inside: FunctionId[];
  readonly effects: Map<string, SinkEffect>;
  readonly calls: Map<string, GivenCall>;
  /** What functions that are written in it, and may run later, put where others find it. */
  readonly left: Map<string, Summary['writes'][number]>;
  /** The object that was made last, and which of its parts are what its constructor was given. */
  made: Made | undefined;
  /** What promises that are being made become, by the variables that settle them. */
  readonly settled: Map<VariableId, Value>;
  readonly evaluate: (frame: Frame, term: Term) => Value;
  /** What reading a part gives that a method makes. */
  readonly got: (frame: Frame, place: Place & { readonly kind: 'part' }, object: Value) => Value;
}
