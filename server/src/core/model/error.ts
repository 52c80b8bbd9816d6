/**
 * Everything that can go wrong, as one union from end to end. Errors are values; shells map them to exit
 * codes, diagnostics and coverage lines. A message says what is wrong, where, and what to do.
 */
import type { Range } from './position.js';

export type ScanError = RuleError | FileError | InternalError;

/** A rule, pack or configuration file that cannot be used as written. Fatal for that rule only. */
export interface RuleError {
  readonly kind: 'rule';
  /** Stable, for tests and documentation, e.g. `unsupported-operator`, `yaml-syntax`, `pattern-syntax`. */
  readonly code: string;
  readonly message: string;
  /** The rule file's path. */
  readonly path: string;
  /** Where in the rule file; always present, `0:0` only when the file itself could not be read. */
  readonly range: Range;
  readonly ruleId?: string;
  /** `warning`: the rule still runs, exactly. `error`: the rule does not run. */
  readonly level: 'error' | 'warning';
}

/** One file, or one rule on one file, that was not fully scanned. */
export interface FileError {
  readonly kind: 'file';
  readonly code:
    | 'parse-error' // parts of the file are not valid in its language; the rest was scanned
    | 'too-large'
    | 'binary'
    | 'unreadable'
    | 'not-utf8' // scanned with replacement characters
    | 'symlink' // leads out of the root, or in a circle
    | 'timeout'
    | 'too-deep' // nesting beyond the limit; the part below it was not scanned
    | 'too-many-matches'
    | 'minified' // lines too long for a person; skipped unless named
    | 'notebook-syntax'
    | 'cancelled';
  readonly message: string;
  readonly path: string;
  readonly range?: Range;
  /** Set when only this rule was affected. */
  readonly ruleId?: string;
}

/** Our own bug, caught so that nobody else's findings are lost. */
export interface InternalError {
  readonly kind: 'internal';
  readonly message: string;
  readonly path: string;
  readonly ruleId?: string;
}
