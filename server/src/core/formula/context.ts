/** What a formula is evaluated over: a text, its tree if it is code, and ways to look for patterns in it. */
import type { Constants } from '../language/constants.js';
import type { SyntaxTree } from '../language/tree.js';
import type { BoundValue, Env } from '../matching/bindings.js';
import type { Match } from '../matching/matcher.js';
import type { RegexBudget } from '../model/regex.js';
import type { OtherLanguage } from './compiled.js';
import type { Remembered } from './keptRanges.js';
import type { Cuts, FormulaRange, Span } from './ranges.js';

/** Some places of a text, which others are to surround: asked of every node where a pattern could match. */
export interface Near {
  /** Whether a match that begins at `start` and ends at `end`, or before, may count. */
  holds(start: number, end: number): boolean;
  /** Whether one that begins anywhere in `[start, end)` may. */
  mayEnclose(start: number, end: number): boolean;
}

export interface FormulaContext {
  readonly text: string;
  /** Only what lies in here counts: the extent of a metavariable, or the whole file. */
  readonly region: Span;
  /** What is bound already, inside a question about a metavariable. */
  readonly given: Env | undefined;
  /** Whether variables that only share their name differ. */
  readonly strictly: boolean;
  /** Undefined for text languages. */
  readonly tree: SyntaxTree | undefined;
  readonly constants: Constants | undefined;
  /** Matches of the program's pattern `index` in the whole file. */
  readonly matchesOf: (index: number) => readonly Match[];
  /** The same, those that may matter to the places asked about at least; undefined inside a question about a metavariable, and beside marks. */
  readonly matchesNear?: ((index: number, near: () => Near) => readonly Match[]) | undefined;
  /** The same without matches that rest on a mark (`marksOf`), for negations; undefined where there are none. */
  readonly unmarked?: FormulaContext;
  /** Matches inside the given subtrees, starting from what is bound already. */
  readonly matchesWithin: (index: number, tree: SyntaxTree, nodes: readonly number[], env: Env | undefined) => readonly Match[];
  /** Whether the type of the expression at `node`, as far as the file tells it, matches the program's pattern `index`. */
  readonly hasType: (index: number, node: number) => boolean;
  /** A context for text in another language, or in the rule's own; undefined when it is not code in it. */
  readonly readAs: (
    text: string,
    other: (OtherLanguage & { readonly kind: 'code' }) | undefined,
    env: Env | undefined,
  ) => FormulaContext | undefined;
  /** What formulas found before an edit; undefined where nothing is kept of the text. */
  readonly remembered?: Remembered | undefined;
  /** What stands at a range, as a metavariable would be bound to it. */
  readonly valueAt: (span: Span) => BoundValue;
  /** What regular expressions found in the whole of `text`, by their source: several rules ask the same. */
  readonly regexRanges: Map<string, readonly FormulaRange[]>;
  /** Steps that are left for the rule's regular expressions; at 0 its answer does not count. */
  readonly budget: RegexBudget;
  readonly cuts: Cuts;
  /** Whether the time of the file or the steps of the rule are used up. */
  readonly expired: () => boolean;
}

/** A context for plain text. */
export function textContext(text: string, env: Env | undefined, budget: RegexBudget, cuts: Cuts, expired: () => boolean): FormulaContext {
  return {
    text,
    region: { start: 0, end: text.length },
    given: env,
    strictly: true,
    tree: undefined,
    constants: undefined,
    matchesOf: () => [],
    matchesWithin: () => [],
    hasType: () => false,
    readAs: () => undefined,
    valueAt: (span) => ({ kind: 'text', text: text.slice(span.start, span.end), start: span.start, end: span.end }),
    regexRanges: new Map(),
    budget,
    cuts,
    expired,
  };
}
