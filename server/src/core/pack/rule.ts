/** A rule as read from YAML, with the range of every part, so that errors found later still point at the right place. */
import type { Range } from '../model/position.js';
import type { LanguageId, RuleInfo } from '../model/rule.js';
import type { ANALYZERS } from './keys.js';

/** A scalar of the YAML file. */
export interface Located {
  readonly text: string;
  readonly range: Range;
  /** Undefined where it stands for what another file holds. */
  readonly written: Written | undefined;
  /** Maps an offset in `text` to a position in the rule file; exact for literal blocks and plain one-line scalars. */
  readonly locate: (offset: number) => Range;
}

/** How a scalar's text stands in its file, so that places in it can be told: where it begins, in UTF-16 code units, and in which of YAML's styles. */
export interface Written {
  readonly start: number;
  readonly style: 'literal' | 'folded' | 'plain' | 'quoted';
}

/** Both forms of the rule language are read into this one. */
export type Formula =
  | { readonly kind: 'pattern'; readonly pattern: Located }
  | { readonly kind: 'regex'; readonly pattern: Located }
  | Conjunction
  | { readonly kind: 'or'; readonly range: Range; readonly children: readonly Formula[] }
  | { readonly kind: 'not'; readonly range: Range; readonly child: Formula }
  | { readonly kind: 'inside'; readonly range: Range; readonly child: Formula }
  | { readonly kind: 'anywhere'; readonly range: Range; readonly child: Formula };

/** `patterns`, `all`, and, with one child, any other formula that has a `where`, an `as` or a `fix`. */
export interface Conjunction {
  readonly kind: 'and';
  readonly range: Range;
  readonly children: readonly Formula[];
  readonly conditions: readonly Condition[];
  /** Each group: any of these names. */
  readonly focus: readonly (readonly string[])[];
  /** Binds what matched to this metavariable. */
  readonly as?: string;
  /** Replaces the rule's own fix for what matched here. */
  readonly fix?: string;
}

export type Condition =
  | {
      readonly kind: 'regex';
      readonly metavariable: string;
      readonly regex: Located;
      readonly constantPropagation: boolean;
      readonly range: Range;
    }
  | {
      readonly kind: 'pattern';
      readonly metavariable: string;
      readonly language: LanguageId | undefined;
      readonly formula: Formula;
      readonly range: Range;
    }
  | {
      readonly kind: 'comparison';
      readonly metavariable: string | undefined;
      readonly comparison: Located;
      readonly base: number | undefined;
      readonly strip: boolean;
      readonly range: Range;
    }
  | {
      readonly kind: 'type';
      readonly metavariable: string;
      /** Any of these. */
      readonly types: readonly Located[];
      readonly range: Range;
    }
  | {
      readonly kind: 'analysis';
      readonly metavariable: string;
      readonly analyzer: Analyzer;
      readonly range: Range;
    };

export type Analyzer = (typeof ANALYZERS)[number];

export interface FixRegex {
  readonly regex: Located;
  readonly replacement: string;
  readonly count: number | undefined;
}

export interface RuleOptions {
  readonly [name: string]: boolean | number | string | readonly string[] | readonly (readonly string[])[];
}

/** What a taint rule says: where data becomes tainted, where it must not arrive, and what happens to it on the way. */
export interface TaintSpec {
  readonly sources: readonly TaintSource[];
  readonly sinks: readonly TaintSink[];
  readonly sanitizers: readonly TaintSanitizer[];
  readonly propagators: readonly TaintPropagator[];
}

/** Whether what matches is tainted from then on: not, too, or only that and not where it stands. */
export type SideEffect = 'no' | 'yes' | 'only';

/** A condition over the labels of taints. */
export type TaintRequires =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly operand: TaintRequires }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly TaintRequires[] };

export interface TaintSource {
  readonly formula: Formula;
  /** Only what the formula matches as a whole, not what stands inside of it. */
  readonly exact: boolean;
  /** Taints everything that runs afterwards, whatever data it works on. */
  readonly control: boolean;
  readonly bySideEffect: SideEffect;
  readonly label: string | undefined;
  /** Labels that must have arrived here already. */
  readonly requires: TaintRequires | undefined;
}

export interface TaintSink {
  readonly formula: Formula;
  readonly exact: boolean;
  /** Only where the function ends. */
  readonly atExit: boolean;
  /** Whether it names a part of what it matches: then no other part of a call is one. */
  readonly focused: boolean;
  /** Why what arrives here does little harm: it is isolated. The finding is then no more than information, and says so. */
  readonly lowers: string | undefined;
  /** Of a list only its first element arrives, where that is told apart, as of a command's words (ours). */
  readonly firstElement: boolean;
  readonly requires: TaintRequires | undefined;
}

export interface TaintSanitizer {
  readonly formula: Formula;
  readonly exact: boolean;
  /** A variable that it matches is clean from then on. */
  readonly bySideEffect: boolean;
  /** Matches that are a source's or a sink's too do not count. */
  readonly notConflicting: boolean;
  /** A variable that it matches is as it was, but checked: what comes of it is likely, and not proved (ours). */
  readonly doubts: boolean;
}

export interface TaintPropagator {
  readonly formula: Formula;
  /** Metavariables. */
  readonly from: string;
  readonly to: string;
  readonly bySideEffect: boolean;
  /** The label that arrives at `to`, instead of the one that came. */
  readonly label: string | undefined;
  readonly requires: TaintRequires | undefined;
  /** Only these labels are replaced by `label`; undefined for all. */
  readonly replaceLabels: readonly string[] | undefined;
  /** What arrives is one of the things that `to` holds, with its own parts (ours). */
  readonly asElement: boolean;
  /** What arrives lies outside of the program, where other objects of the class find it: the metavariable for what it is kept under (ours). */
  readonly asStored: string | undefined;
}

export type RuleBody =
  | { readonly kind: 'search'; readonly formula: Formula }
  | { readonly kind: 'taint'; readonly spec: TaintSpec }
  | {
      readonly kind: 'detector';
      readonly detector: Located;
      readonly options: Readonly<Record<string, unknown>>;
      readonly optionsRange: Range;
    };

export interface Rule extends RuleInfo {
  /** The kind of its body. */
  readonly mode: RuleBody['kind'];
  /** Languages that its questions about metavariables name: their grammars are needed beside its own. */
  readonly questionLanguages: readonly LanguageId[];
  /** What it looks for. Of a rule that was prepared, it is read when somebody first asks. */
  readonly body: () => RuleBody;
  readonly fix: Located | undefined;
  readonly fixRegex: FixRegex | undefined;
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly options: RuleOptions;
}
