/** A rule's formula ready to run: patterns by index, regular expressions compiled, negations beside what they limit. */
import type { GrammarId } from '../language/raw.js';
import type { MatchOptions } from '../matching/options.js';
import type { TextRegex } from '../model/regex.js';
import type { TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from '../pack/rule.js';
import type { Pattern } from '../pattern/pattern.js';
import type { Analyzer } from '../pack/rule.js';
import type { Comparison } from './comparison.js';

export type CompiledFormula =
  | { readonly kind: 'pattern'; readonly index: number }
  | { readonly kind: 'regex'; readonly regex: TextRegex }
  | CompiledConjunction
  | { readonly kind: 'or'; readonly children: readonly CompiledFormula[] }
  | { readonly kind: 'inside'; readonly child: CompiledFormula }
  | { readonly kind: 'anywhere'; readonly child: CompiledFormula };

/** Items of a taint rule without their formulas. */
export type SourceSpec = Omit<TaintSource, 'formula'>;
export type SinkSpec = Omit<TaintSink, 'formula'>;
export type SanitizerSpec = Omit<TaintSanitizer, 'formula'>;
export type PropagatorSpec = Omit<TaintPropagator, 'formula'>;

/** One item of a taint rule with its formula ready to run. */
export interface CompiledSpec<S> {
  readonly spec: S;
  readonly formula: CompiledFormula;
}

export interface CompiledTaint {
  readonly sources: readonly CompiledSpec<SourceSpec>[];
  readonly sinks: readonly CompiledSpec<SinkSpec>[];
  readonly sanitizers: readonly CompiledSpec<SanitizerSpec>[];
  readonly propagators: readonly CompiledSpec<PropagatorSpec>[];
}

export interface CompiledConjunction {
  readonly kind: 'and';
  readonly positive: readonly CompiledFormula[];
  /** Indexes of `positive` in the order to evaluate: when one finds nothing, the others need not be looked for. */
  readonly cheapestFirst: readonly number[];
  /** For each of `positive` the conditions, as indexes, that its ranges must meet for themselves. */
  readonly early: readonly (readonly number[])[];
  readonly negative: readonly CompiledFormula[];
  readonly conditions: readonly CompiledCondition[];
  readonly focus: readonly (readonly string[])[];
  /** Binds what matched to this name. */
  readonly as: string | undefined;
  /** The fix for what matched here, instead of the rule's own. */
  readonly fix: string | undefined;
}

export type CompiledCondition =
  | {
      readonly kind: 'regex';
      readonly metavariable: string;
      readonly regex: TextRegex;
      readonly constantPropagation: boolean;
      /** The metavariable may stand for a string's content, which may be computed. */ readonly onString: boolean;
    }
  | {
      readonly kind: 'pattern';
      readonly metavariable: string;
      readonly formula: CompiledFormula;
      /** Set when the question names a language: then a string's content is looked at, as text in it. */
      readonly other: OtherLanguage | undefined;
    }
  | {
      readonly kind: 'comparison';
      readonly comparison: Comparison;
      /** What was read as the comparison. */
      readonly source: string;
      readonly base: number | undefined;
      readonly strip: boolean;
      readonly constantPropagation: boolean;
    }
  /** `types` are indexes of patterns. */
  | { readonly kind: 'type'; readonly metavariable: string; readonly types: readonly number[] }
  | { readonly kind: 'analysis'; readonly metavariable: string; readonly analyzer: Analyzer };

export type OtherLanguage =
  /** Regular expressions only. */
  | { readonly kind: 'text' }
  | {
      readonly kind: 'code';
      readonly grammar: GrammarId;
      /** What the formula's indexes mean. */
      readonly patterns: readonly IndexedPattern[];
      /** Any bound source may be read in it, not only the content of strings. */
      readonly readsSource: boolean;
    };

export interface IndexedPattern {
  readonly pattern: Pattern;
  readonly options: MatchOptions;
  /** For calls of a fixed name: that name; the pattern is looked at only where the callee ends in it. */
  readonly calleeName: string | undefined;
  /** Tags of nodes that the pattern may start from; empty for several statements, which start in blocks. */
  readonly tags: readonly number[];
  /** Of statements in a row: tags of which one stands in whatever the first statement matches; empty where that is not known. */
  readonly firstTags: readonly number[];
  /** Undefined where all that matches counts. */
  readonly narrowed?: Narrowed;
}

/** What limits a pattern's matches: questions about what each of them binds. */
export interface Narrowed {
  /** The same pattern without them, by its index. */
  readonly from: number;
  readonly by: readonly RegexCondition[];
}

export type RegexCondition = CompiledCondition & { readonly kind: 'regex' };
