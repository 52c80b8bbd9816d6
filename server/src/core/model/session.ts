/**
 * The one contract that the command line, the language server and the tests use. A session owns a set of rules
 * and compiles them per language when the first file of that language arrives. It reads no file itself.
 */
import type { ScanError } from './error.js';
import type { FileReport } from './finding.js';
import type { PackedTree } from './packedTree.js';
import type { Parted } from './parted.js';
import type { ProjectFiles } from './project.js';
import type { LanguageId, Profile, RepoPath, RuleInfo } from './rule.js';

export interface CancelSignal {
  readonly cancelled: boolean;
}

/** Monotonic milliseconds. */
export type Clock = () => number;

export interface ScanLimits {
  /** Per file, all rules together. Default 5,000 ms. */
  readonly timeoutMs: number;
  /** Larger files are skipped and reported. Default 1,000,000 (as Semgrep's `--max-target-bytes`). UTF-16 units here. */
  readonly maxLength: number;
}

export const DEFAULT_LIMITS: ScanLimits = { timeoutMs: 5_000, maxLength: 1_000_000 };

/** One cell of an open notebook, in order. `index` counts all cells, Markdown ones too. */
export interface NotebookCell {
  readonly index: number;
  readonly kind: 'code' | 'markdown';
  /** VS Code language id for a code cell, e.g. `python`. */
  readonly language: string;
  readonly text: string;
}

export type ScanInput =
  /** A file's text. `.ipynb` files are read as notebooks. `language` overrides identification by name (editors know it). */
  | { readonly kind: 'text'; readonly path: RepoPath; readonly text: string; readonly language?: string }
  /** An open notebook in an editor: findings carry `cell`, and `range` equals `cell.range`. */
  | { readonly kind: 'notebook'; readonly path: RepoPath; readonly cells: readonly NotebookCell[] };

export interface ScanOptions {
  readonly cancel?: CancelSignal;
  readonly limits?: ScanLimits;
  /** Same key, newer text: the previous syntax tree is re-used (incremental parsing). `release(key)` frees it. */
  readonly reuseKey?: string;
  /** Test runners set this, as Semgrep's does: a rule's `paths` are ignored. */
  readonly ignorePaths?: boolean;
  /** Accounts of a code host, in lower case, that the project belongs to: rules may leave alone what is their own (`own_account`). */
  readonly accounts?: readonly string[];
  /** The files around this one, by the same root as its path: rules in taint mode follow its imports into them. */
  readonly project?: ProjectFiles;
  /** Gets the file's tree where the scan parsed all of it, for another thread that wants to look at it as well. */
  readonly onTree?: (tree: PackedTree) => void;
}

export interface Session {
  readonly rules: readonly RuleInfo[];
  /** Errors of rules, packs and configuration found so far (pattern errors appear once a language was compiled). */
  readonly errors: readonly ScanError[];
  /** Compiles all rules of all languages now that were not prepared, so that `errors` is complete (`validate`, `test`). */
  prepareAll(
    /** Languages to pass over: their rules are compiled elsewhere, and their errors known there. */
    except?: ReadonlySet<LanguageId>,
  ): Promise<void>;
  /** The sources with what they hold, for the session of another thread. */
  readSources(): readonly RuleSource[];
  /** Languages whose rules are compiled, for each of their grammars: `errors` is complete for them. */
  preparedLanguages(): readonly LanguageId[];
  /** Never throws for bad input. */
  scan(input: ScanInput, options?: ScanOptions): Promise<FileReport>;
  release(reuseKey: string): void;
  dispose(): void;
}

/** A rule file's text, as the host found it. */
export interface RuleSource {
  /** Shown in errors; `/` separators. */
  readonly path: string;
  readonly text: string;
  readonly pack?: string;
  /** One of our own, whose regular expressions were tried on much code: only lines of unusual length make them run bounded. */
  readonly vetted?: boolean;
  /** What it holds, where another thread has read it (`Session.readSources`). */
  readonly read?: ReadRules;
}

/** What a rule file holds, as plain data. */
export interface ReadRules {
  /** As in `PreparedRules`. */
  readonly heads: unknown;
  readonly bodies: unknown;
  readonly errors: readonly ScanError[];
}

/** The rules of one file. */
export interface PreparedRules {
  /** Without what they look for. */
  readonly heads: unknown;
  /** What each of them looks for, in the same order. */
  readonly bodies: () => unknown;
}

/** What was worked out before for rule files that are known, as plain data. */
export interface PreparedSources {
  /** What a rule file holds; undefined for one that is not known, or not with this text. */
  rulesOf(source: RuleSource): PreparedRules | undefined;
  /** The program of a grammar, or of `comment`, `prose` and `regex`. */
  programOf(name: string): Parted | undefined;
}

export interface SessionConfig {
  readonly sources: readonly RuleSource[];
  /** More files whose named sets of sources rules may use; their rules are not run. */
  readonly sets?: readonly RuleSource[];
  readonly profile: Profile;
  /** Rule ids to leave out. */
  readonly disabledRules?: readonly string[];
  /** Taint rules follow calls into functions of the same file; true when left out. Without it they see one function at a time. */
  readonly flowAcrossFunctions?: boolean;
}

export type { LanguageId };
