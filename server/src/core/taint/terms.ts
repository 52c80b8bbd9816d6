/**
 * What a program does with its data, in one small language for all languages: `lower.ts` makes these terms of a syntax tree, `flow.ts` runs
 * them with taints for values. Statements are terms too, whose value is that of their last part: then a language whose blocks have values
 * needs nothing of its own.
 */
import type { EnclosingIndex } from '../formula/enclosing.js';
import type { FunctionDigest, FunctionFacts, Imported } from '../formula/kept.js';
import type { Types } from '../language/types.js';
import type { Span } from '../model/position.js';

export type { Imported };

/** A variable of the file; `Program.variableNames` says what it is called. */
export type VariableId = number;

/** A step from an object to a part of it: `.name`, `"key"` or `#0`; `*` is any part, `[]` any that is no member. */
export type Key = string;

export const ANY_KEY: Key = '*';
/** The first element of a list. */
export const FIRST_KEY: Key = '#0';
/** What is put into an object comes out as one of its elements, and is what a loop over it gets: its members are not. */
export const ELEMENT_KEY: Key = '[]';
/**
 * What lies in a store outside of the program, which any object of a class finds there. What it is kept under follows, as it is written, where that
 * means the same in all methods; alone it may be kept under anything.
 */
export const STORED_KEY: Key = '[stored]';
/** The keys of an object, as values: what a loop over a dictionary gets, and what stands first in its pairs. */
export const KEYS_KEY: Key = '{}';

export type Term = Place | Call | Assignment | FunctionValue | Control | Combination;

/** What can be assigned to. `node` is the tree's node. */
export type Place =
  | { readonly kind: 'name'; readonly node: number; readonly variable: VariableId }
  /** `object.name`, `object[index]`. */
  | {
      readonly kind: 'part';
      readonly node: number;
      readonly object: Term;
      readonly key: Key;
      readonly indexes: readonly Term[];
      readonly getter?: Getter;
    };

/** Methods that run where a part is read. */
export interface Getter {
  readonly targets: readonly FunctionId[];
  readonly imported: Imported | undefined;
}

export interface Argument {
  /** Of `f(name=value)`. */
  readonly name: string | undefined;
  readonly value: Term;
  /** Whether it stands for several arguments, as `*rest`. */
  readonly spread: boolean;
  /** Functions of this file that it can only be. */
  readonly functions: readonly FunctionId[];
}

export interface Call {
  readonly kind: 'call';
  readonly node: number;
  readonly callee: Term;
  readonly args: readonly Argument[];
  /** `new C(...)`. */
  readonly construction: boolean;
  /** Functions of this file that it can only mean; empty when that is not known. */
  readonly targets: readonly FunctionId[];
  /** What it means where that is something of another file. */
  readonly imported: Imported | undefined;
  /** Its targets are known only by names that are alike: it may be something else. */
  readonly guessed: boolean;
  /** What it does to the container that it is a method of. */
  readonly access: Access | undefined;
  /** Where it makes an object of a class that declares them: names of the fields that its arguments are for, in their order. */
  readonly fields?: readonly string[];
}

/** A call on a container; `value` is the argument, counted from 0, that goes into it, `at` the place in a list. */
export type Access =
  | { readonly op: 'read'; readonly keys: readonly Key[] }
  | { readonly op: 'write'; readonly keys: readonly Key[]; readonly value: number }
  /** Only where nothing is under the key yet. */
  | { readonly op: 'offer'; readonly key: Key; readonly value: number }
  | { readonly op: 'push'; readonly value: number }
  | { readonly op: 'insert'; readonly at: number | undefined; readonly value: number }
  | { readonly op: 'remove'; readonly at: number | 'last' }
  /** `make`: the call itself is a new, empty list. */
  | { readonly op: 'extend' | 'shuffle' | 'clear' | 'make' };

/** Stands for the name of any method of a class. */
export const EVERY_METHOD = '*';

/** A class of a file that inherits from one of another file. */
export interface Heir {
  readonly name: string;
  readonly base: Imported;
}

/** What a name of a file's top level leads to. */
export type Definition = { readonly functions: readonly FunctionId[] } | { readonly imported: Imported };

/** Whether a call reads or changes a container, by the nodes of its callee and its arguments. */
export type AccessOf = (callee: number, args: readonly number[]) => Access | undefined;

export type Target =
  | { readonly kind: 'place'; readonly place: Place }
  /** `[a, b]`: `rest` takes what is left. */
  | { readonly kind: 'elements'; readonly elements: readonly (Target | undefined)[]; readonly rest: Target | undefined }
  /** `{ a: x }`. */
  | {
      readonly kind: 'members';
      readonly members: readonly { readonly key: Key; readonly target: Target }[];
      readonly rest: Target | undefined;
    }
  /** Any of these takes any part, as in patterns of `match`. */
  | { readonly kind: 'all'; readonly targets: readonly Target[] };

export interface Assignment {
  readonly kind: 'assign';
  readonly node: number;
  readonly target: Target;
  readonly value: Term;
  /** It is a part of what is not spelled, such as the next element of a loop: no pattern can mean it. */
  readonly hidden: boolean;
}

export type FunctionId = number;

/** A function as a value, at the place where it is written. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly node: number;
  readonly id: FunctionId;
  /** Written as an expression: it sees the variables as they are here, and may run here. */
  readonly inline: boolean;
}

export type Control =
  /** `nodes`: one for each term, where they are a block's statements. */
  | { readonly kind: 'block'; readonly terms: readonly Term[]; readonly nodes?: readonly number[] }
  | {
      readonly kind: 'if';
      readonly condition: Term;
      readonly branches: readonly Term[];
      /** One of the branches runs. */ readonly complete: boolean;
      readonly node: number;
    }
  | {
      readonly kind: 'loop';
      readonly before: Term | undefined;
      readonly condition: Term | undefined;
      readonly body: Term;
      readonly update: Term | undefined;
      readonly first: 'condition' | 'body';
      readonly otherwise: Term | undefined;
      readonly label: string | undefined;
    }
  | {
      readonly kind: 'switch';
      readonly subject: Term | undefined;
      readonly cases: readonly { readonly tests: readonly Term[]; readonly body: Term }[];
      readonly falls: boolean;
      readonly complete: boolean;
    }
  | {
      readonly kind: 'try';
      readonly body: Term;
      readonly handlers: readonly Term[];
      readonly otherwise: Term | undefined;
      readonly last: Term | undefined;
    }
  | { readonly kind: 'return'; readonly node: number; readonly value: Term | undefined }
  /** The function may go on. */
  | { readonly kind: 'yield'; readonly node: number; readonly value: Term | undefined }
  | { readonly kind: 'throw'; readonly value: Term | undefined }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined }
  | { readonly kind: 'label' | 'goto'; readonly label: string };

export type Combination =
  | { readonly kind: 'literal'; readonly node: number }
  /** The value of all parts together: an operator, a template, a dictionary. */
  | { readonly kind: 'union'; readonly node: number; readonly parts: readonly Term[]; readonly result: 'any' | 'comparison' }
  /** The later parts may not run: `a && b`. */
  | { readonly kind: 'lazy'; readonly node: number; readonly parts: readonly Term[] }
  | { readonly kind: 'elements'; readonly node: number; readonly parts: readonly Argument[] }
  /** A dictionary or an object's literal: values under constant keys are parts of it. */
  | {
      readonly kind: 'record';
      readonly node: number;
      readonly entries: readonly { readonly key: Key | undefined; readonly parts: readonly Term[] }[];
    }
  /** The value of `inner`, such as that of `await inner`. */
  | { readonly kind: 'same'; readonly node: number; readonly inner: Term }
  /** The last part's value. */
  | { readonly kind: 'sequence'; readonly node: number; readonly parts: readonly Term[] };

export interface Parameter {
  /** The node of its name, for sources that are parameters; -1 for a pattern. */
  readonly node: number;
  readonly name: string | undefined;
  readonly target: Target;
  readonly fallback: Term | undefined;
  readonly rest: boolean;
}

export interface FunctionTerm {
  readonly id: FunctionId;
  /** Its Func node, the Class whose body it is, or -1 for the top level. */
  readonly node: number;
  readonly name: string | undefined;
  /** It runs where a part of its name is read. */
  readonly isGetter: boolean;
  /** False for the top level and the bodies of classes. */
  readonly isFunction: boolean;
  readonly parameters: readonly Parameter[];
  /** The object that it is a method of, as a variable. */
  readonly self: VariableId | undefined;
  readonly body: Term;
  /** Where the language says so, the value of the last part is returned. */
  readonly returnsLast: boolean;
  /** The innermost function around it; -1 for none. */
  readonly outer: FunctionId;
  readonly inline: boolean;
}

/** What a function calls, and those inside of it. */
export interface CalledIn {
  /** Func and Class nodes. */
  readonly nodes: readonly number[];
  readonly imports: readonly Imported[];
  readonly tells: boolean;
}

/** All code of one tree. A function's parameters and body, and nodes of its terms, are made when they are first asked for. */
export interface Program {
  readonly functions: readonly FunctionTerm[];
  readonly variableNames: readonly string[];
  /** The function that binds each variable, as its Func node; -1 for the module, and for names that nothing binds. */
  readonly variableOwners: readonly number[];
  /** Variables that something in the file assigns to. */
  readonly written: ReadonlySet<VariableId>;
  /** How often a part of a variable is assigned to, by the variable's id and the key. */
  readonly fieldWrites: ReadonlyMap<string, number>;
  /** Whether a variable is one of the module that is bound once. */
  readonly isConstantGlobal: (variable: VariableId) => boolean;
  /** Whether it is one that its top level binds several times: functions see what they are in the end. */
  readonly isSettledGlobal: (variable: VariableId) => boolean;
  /** What to call a variable of the module, or the object of a class, in another version of the file; undefined where that is not clear. */
  readonly globalKey: (variable: VariableId) => string | undefined;
  /** The variable that a key of `globalKey` means here. */
  readonly globalOf: (key: string) => VariableId;
  /** What a function calls by a name of its own, as a Func node; undefined where it binds none. */
  readonly localOf: (func: number, name: string) => VariableId | undefined;
  /** For nodes of terms: the next node outside that a pattern could mean as a whole, or -1; below that for all others. */
  readonly outerNode: Int32Array;
  /** Nodes after which a function ends. */
  readonly exits: ReadonlySet<number>;
  /** Functions that assign to variables of the module. */
  readonly writers: ReadonlySet<FunctionId>;
  /** By function: those that it calls, hands on, or holds. */
  readonly callees: readonly (readonly FunctionId[])[];
  /** The other way round. */
  readonly callers: readonly (readonly FunctionId[])[];
  /** Where functions stand that are in no other one. */
  readonly outermost: EnclosingIndex<Span>;
  /**
   * Functions that run where they are written, in another one: what they find is found there. What they do when they are called is worked out when a
   * call of them asks.
   */
  readonly inside: ReadonlySet<FunctionId>;
  /** Functions that tell others something, or register who is told. */
  readonly tellers: ReadonlySet<FunctionId>;
  /** By function: what of other files it calls. */
  readonly imports: readonly (readonly Imported[])[];
  /** What others find in the file: names from its top level inwards, or what stands at a node, and a method of that. */
  readonly defined: (start: string | number, more: readonly string[], method: string | undefined) => Definition | undefined;
  /** Classes that inherit from other files. */
  readonly heirs: readonly Heir[];
  /** Methods of a class by their names, with those that it inherits inside of the file. */
  readonly methodsOf: (className: string) => ReadonlyMap<string, readonly FunctionId[]>;
  /** Functions that call each other in a circle, together; each other one alone. Callees before their callers. */
  readonly circles: readonly (readonly FunctionId[])[];
  /** The circle that a function is in. */
  circleOf(id: FunctionId): readonly FunctionId[];
  /** All circles in one list. */
  readonly order: readonly FunctionId[];
  /** What one function calls, and those inside of it, without looking into any other. */
  calledIn(func: number): CalledIn;
  /** What is known of functions now that will be the same after an edit of others, by their nodes. */
  facts(): ReadonlyMap<number, FunctionFacts>;
  /**
   * What each function, and each body of a class, is and does; undefined for the top level.
   * @param types as in `digestsOf`, from the first call on
   */
  digests(types?: () => Types): readonly (FunctionDigest | undefined)[];
}
