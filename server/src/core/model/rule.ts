/**
 * What a rule is once it has been read: plain readonly data. `Rule` keeps formulas as parsed YAML with source
 * ranges; patterns are compiled later, per language, by `formula/compile.ts`.
 */
import type { MaestroLayer } from './maestro.js';
import type { Range } from './position.js';
import type { FactorLevels } from './score.js';

declare const brand: unique symbol;
export type RuleId = string & { readonly [brand]: 'RuleId' };
export type PackId = string & { readonly [brand]: 'PackId' };
export type Fingerprint = string & { readonly [brand]: 'Fingerprint' };
/** Relative to the scan root, `/` separators, e.g. `src/agent/run.py`. */
export type RepoPath = string & { readonly [brand]: 'RepoPath' };

export type Severity = 'ERROR' | 'WARNING' | 'INFO';

/** How well-founded a finding is. `audit` rules run only in the audit profile. */
export type Tier = 'proved' | 'likely' | 'pattern' | 'audit';

export type Profile = 'default' | 'audit';

/**
 * A language that a rule may name, by its id in `core/language/registry.ts`. `comment` and `prose` are ours: text of comments and docstrings of any language,
 * and Markdown or agent-instruction files. `regex` is any text file.
 */
export type LanguageId = string;

/** Metadata that Countersign itself reads; the rest is kept verbatim in `raw`. */
export interface RuleMetadata {
  /** First is primary: the layer where the fix is made. Empty for rules that are not ours. */
  readonly maestro: readonly MaestroLayer[];
  readonly maestroThreats: readonly string[];
  readonly cwe: readonly string[];
  readonly owasp: readonly string[];
  readonly references: readonly string[];
  readonly tier: Tier;
  /** Rules whose findings say less than one of this rule at the same place: such findings are dropped. */
  readonly supersedes: readonly string[];
  /** What to write instead: Markdown, may hold one fenced code block per language. */
  readonly safe?: string;
  /** Why it matters: Markdown, two or three sentences. */
  readonly why?: string;
  readonly incident?: string;
  /** A CVSS v4.0 base vector. */
  readonly cvss?: string;
  /** One line: why the vector is what it is. */
  readonly cvssWhy?: string;
  /** What a finding is evidence for. */
  readonly aivssFactors?: FactorLevels;
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface RuleOrigin {
  /** The rule file as the host knows it. */
  readonly path: string;
  /** The `id:` entry's range in that file. */
  readonly range: Range;
  /** `undefined` for rules loaded without a pack. */
  readonly pack?: PackId;
  /** As in `RuleSource`. */
  readonly vetted?: boolean;
}

/** What became of a rule's findings in code that was not written to test it. */
export interface RulePrecision {
  /** `2026-11-21`. */
  readonly date: string;
  readonly corpora: readonly { readonly name: string; readonly commit: string }[];
  /** Findings there. */
  readonly seen: number;
  /** Of these, those that a person read ... */
  readonly judged: number;
  /** ... and would want a reviewer to see. */
  readonly right: number;
}

/** A piece of a fixture, without its marks. */
export interface RuleExample {
  /** An editor's id of the language, e.g. `python`; empty for plain text. */
  readonly language: string;
  readonly code: string;
}

/** What is known about a rule beside its file: only of rules whose fixtures and measurements are at hand. */
export interface RuleNotes {
  readonly precision?: RulePrecision;
  readonly bad?: RuleExample;
  readonly good?: RuleExample;
}

/** The parts of a rule that shells show. The engine's own part (`formula`, `fix`, ...) lives in `pack/rule.ts`. */
export interface RuleInfo {
  readonly id: RuleId;
  readonly message: string;
  readonly severity: Severity;
  readonly languages: readonly LanguageId[];
  readonly metadata: RuleMetadata;
  readonly origin: RuleOrigin;
  /** Address of the rule's page, if it has one. */
  readonly href?: string;
}
