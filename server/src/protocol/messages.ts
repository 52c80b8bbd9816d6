/**
 * Our own requests and notifications, in LSP's method namespace `countersign/`. Names and types only: client and
 * server build their `RequestType`s from them. Anything here may be absent in another editor's client.
 */

/** Request, `ExplainParams` -> `ExplainResult | null`. */
export const EXPLAIN_METHOD = 'countersign/explain';

export interface ExplainParams {
  readonly ruleId: string;
  /** Decides which folder's rules are looked at; optional. */
  readonly uri?: string;
}

export interface ExplainResult {
  /** The rule's page as Markdown; everything that came from a rule file is escaped where it must be. */
  readonly markdown: string;
}

/** Request, `null` -> `CoverageResult`. */
export const COVERAGE_METHOD = 'countersign/coverage';

export interface CoverageResult {
  readonly folders: readonly FolderCoverage[];
  /** All of it as plain text for people; safe to show as it is. */
  readonly text: string;
}

export interface FolderCoverage {
  readonly name: string;
  readonly uri: string;
  /** Whether a whole-workspace scan has been made, is under way, or was stopped. */
  readonly scan: 'never' | 'running' | 'complete' | 'cancelled';
  readonly counts: { readonly scanned: number; readonly partial: number; readonly skipped: number };
  /** Files that were not fully scanned; sorted by path. */
  readonly files: readonly CoverageFile[];
  /** Files and folders that git ignores or that are nobody's own sources; a folder stands for all that is in it. */
  readonly leftOut: readonly string[];
  /** Rules that the folder's own `countersign.yaml` switches off. */
  readonly disabledByFolder: readonly string[];
  /** Rules that the person's settings switch off. */
  readonly disabledBySettings: readonly string[];
  readonly profile: 'default' | 'audit';
  readonly ruleCount: number;
  /** Rules, packs and configuration that could not be used: `path:line:column message`. */
  readonly ruleErrors: readonly string[];
}

export interface CoverageFile {
  /** Relative to the folder, `/` separators. Untrusted text. */
  readonly path: string;
  readonly state: 'partial' | 'skipped';
  readonly reasons: readonly string[];
}

/** Request, `SuppressEditParams` -> `SuppressEditResult`. */
export const SUPPRESS_EDIT_METHOD = 'countersign/suppressEdit';

export interface SuppressEditParams {
  readonly uri: string;
  readonly ruleId: string;
  readonly line: number;
  readonly character: number;
  /** Must not be blank. */
  readonly reason: string;
}

/** Either an edit that was checked to suppress exactly this finding, or why there is none. */
export type SuppressEditResult =
  | {
      readonly kind: 'edit';
      readonly uri: string;
      readonly version: number;
      readonly line: number;
      readonly character: number;
      readonly newText: string;
    }
  | { readonly kind: 'refused'; readonly message: string };

/** Notification server -> client, `StatusParams`; sent when something in it changed. */
export const STATUS_METHOD = 'countersign/status';

export interface StatusParams {
  readonly state: 'starting' | 'ready' | 'scanning' | 'failed';
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
  /** Errors and warnings by primary layer, layers without any left out, `L1` first. */
  readonly layers: readonly { readonly layer: string; readonly name: string; readonly count: number }[];
  /** Files looked at, and those of them that were not fully scanned. */
  readonly files: number;
  readonly notFullyScanned: number;
  /** Rule ids that `countersign.yaml` files in the workspace switch off; sorted. */
  readonly disabledByWorkspace: readonly string[];
  /** Rules and packs that could not be used. */
  readonly ruleErrors: number;
}
