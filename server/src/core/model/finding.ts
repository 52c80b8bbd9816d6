/** What a scan returns: findings, errors, and what was not covered. Plain, sorted, serialisable. */
import type { ScanError } from './error.js';
import type { MaestroLayer } from './maestro.js';
import type { Range } from './position.js';
import type { Fingerprint, RepoPath, RuleId, Severity, Tier } from './rule.js';

/** A place inside a notebook: which cell (0-based, counting all cells, Markdown too) and where in that cell's own text. */
export interface CellLocation {
  readonly index: number;
  readonly range: Range;
}

export interface MetavariableBinding {
  readonly range: Range;
  /** The bound source text. */
  readonly text: string;
}

/** One replacement; `range` is in the same coordinates as the finding's. */
export interface Fix {
  readonly range: Range;
  readonly text: string;
  readonly cell?: CellLocation;
}

export interface Suppression {
  /** The reason its author gave; never empty. */
  readonly reason: string;
  /** Where the suppressing comment stands. */
  readonly range: Range;
}

/** One place on the way of data; its range is in the coordinates of the file that it is in. */
export interface TracePlace {
  /** Set where it is in another file than the finding. */
  readonly path?: RepoPath;
  readonly range: Range;
  readonly cell?: CellLocation;
  /** What stands there; untrusted text, at most 200 UTF-16 code units. */
  readonly text: string;
}

/** A variable that data was assigned to, or a call that it went into or came out of. */
export interface TraceStep extends TracePlace {
  readonly kind: 'assigned' | 'called';
}

/** How data got from a source to a sink. */
export interface Trace {
  readonly source: TracePlace;
  /** In order. */
  readonly steps: readonly TraceStep[];
  readonly sink: TracePlace;
}

export interface Finding {
  readonly ruleId: RuleId;
  /** With metavariables filled in; untrusted text, escape before showing. */
  readonly message: string;
  readonly severity: Severity;
  readonly tier: Tier;
  /** Primary layer, if the rule names one. */
  readonly layer?: MaestroLayer;
  readonly path: RepoPath;
  /** In the file as it is on disk. For a notebook: the raw `.ipynb` text; see `cell` for the place a person sees. */
  readonly range: Range;
  readonly cell?: CellLocation;
  /** The source lines that `range` covers, without the last line break (for a notebook: the cell's lines). At most 40 lines. */
  readonly lines: string;
  readonly metavariables: Readonly<Record<string, MetavariableBinding>>;
  readonly fix?: Fix;
  /** In taint mode. */
  readonly trace?: Trace;
  /** Why the severity is lower than the rule's: what the data arrives at is isolated. Also in the message. */
  readonly lowered?: string;
  /**
   * Where the data's end is in another file: the finding there. This one is the call that leads to it, and is what counts where that file is not
   * scanned in the same run.
   */
  readonly atSink?: Finding;
  /** Stable across line moves: rule, path, normalised text, occurrence. */
  readonly fingerprint: Fingerprint;
  /** Present when an inline suppression with a reason covers it; such a finding is reported, but does not fail a run. */
  readonly suppression?: Suppression;
}

export type CoverageState = 'scanned' | 'partial' | 'skipped';

/** What became of one file. Anything but `scanned` has at least one reason. */
export interface FileCoverage {
  readonly path: RepoPath;
  readonly state: CoverageState;
  /** Languages that were looked at, e.g. `['python', 'comment']`; empty when skipped. */
  readonly languages: readonly string[];
  readonly reasons: readonly ScanError[];
}

export interface FileReport {
  readonly path: RepoPath;
  /** Sorted by start offset, then end offset, then rule id. Suppressed ones included. */
  readonly findings: readonly Finding[];
  readonly errors: readonly ScanError[];
  readonly coverage: FileCoverage;
}
