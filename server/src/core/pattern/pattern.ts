/**
 * A compiled pattern: a tree in the same vocabulary as lowered code, with the holes that Semgrep's pattern language
 * has. Compiled once per grammar; matching reads it and nothing else.
 */
import type { PatternToken } from '../language/generic/document.js';
import { intern } from '../language/interner.js';
import type { TextRegex } from '../model/regex.js';

export type PatternNode =
  | NodePattern
  | IdentPattern
  | MetavariablePattern
  | EllipsisPattern
  | EllipsisMetavariablePattern
  | DeepPattern
  | StringPattern
  | ChainPattern;

/** A node of this tag whose children match. */
export interface NodePattern {
  readonly kind: 'node';
  readonly tag: number;
  readonly op: number;
  readonly role: number;
  readonly children: readonly PatternNode[];
  /** Source text, for leaves that compare by text (numbers, regular expressions). */
  readonly text: string;
  /** Of arguments: names of keyword arguments that must be there, and how many positional ones at least. */
  readonly keywords?: readonly string[];
  readonly positional?: number;
  /** Imports of one statement: this node stands for all of them. */
  readonly group?: readonly PatternNode[];
  /** Of the generic language: the whole pattern. */
  readonly words?: readonly PatternToken[];
  /** `['os', 'path', 'join']` when the node is a dotted name without holes. */
  readonly path?: readonly string[];
}

/** A name, literally. */
export interface IdentPattern {
  readonly kind: 'ident';
  readonly name: string;
  readonly role: number;
}

/** `$X`; `$_` never binds. */
export interface MetavariablePattern {
  readonly kind: 'metavariable';
  readonly name: string;
  readonly role: number;
  /** Of a typed metavariable: what it is declared as. */
  readonly type?: PatternNode;
}

/** `...` */
export interface EllipsisPattern {
  readonly kind: 'ellipsis';
  readonly role: number;
}

/** `$...ARGS` */
export interface EllipsisMetavariablePattern {
  readonly kind: 'ellipsis-metavariable';
  readonly name: string;
  readonly role: number;
}

/** `<... x ...>` */
export interface DeepPattern {
  readonly kind: 'deep';
  readonly child: PatternNode;
  readonly role: number;
}

/** A string literal without interpolation. */
export interface StringPattern {
  readonly kind: 'string';
  readonly role: number;
  readonly content:
    | { readonly kind: 'any' }
    /** Two literals side by side, whatever they hold. */
    | { readonly kind: 'joined' }
    | { readonly kind: 'exact'; readonly text: string }
    | { readonly kind: 'metavariable'; readonly name: string }
    | { readonly kind: 'regex'; readonly regex: TextRegex };
}

/** `x. ... ` as the object of a further access: `x` or anything chained on it. */
export interface ChainPattern {
  readonly kind: 'chain';
  readonly child: PatternNode;
  readonly role: number;
}

/** A name that must occur in a file's text for a pattern to match there. */
export interface RequiredName {
  readonly text: string;
  /** The name must be called there, or renamed by an import. */
  readonly called: boolean;
}

export interface Pattern {
  /** The one item is an expression that asks for a statement. */
  readonly statement: boolean;
  /** One node: an expression, or one statement. Several: consecutive statements of one block. */
  readonly items: readonly PatternNode[];
  readonly names: readonly RequiredName[];
  /**
   * Names that must occur inside the matched code itself, unless an import renames them: of `os.path.join` only
   * `join`, since `os.path` may have been imported under another name.
   */
  readonly localLiterals: readonly string[];
  /** Contents of strings that the pattern spells out, without escapes. */
  readonly strings: readonly string[];
  /** Regular expressions that strings of the matched code must satisfy. */
  readonly stringRegexes: readonly TextRegex[];
  /** Whether strings always stand in quotes; a key in JavaScript need not. */
  readonly quotedStrings: boolean;
  /** Keywords and words are spelled alike everywhere, and nothing touches them: `PatternSyntax.plainTokens`. */
  readonly plainTokens: boolean;
  /** Metavariables that stand for the content of a string. */
  readonly stringNames: readonly string[];
}

export const ANONYMOUS = '$_';

/** The `op` of `for (...) {}`, which holds for every kind of for loop. */
export const ANY_FOR = intern('for (...)');
