/**
 * Requests about commits: what a branch added and took away, who is said to have written it, and a reviewer's decision about it. Names and types only. Texts are
 * ready to be shown as plain text (one line, invisible characters spelled out), and come from the repository: nobody may read Markdown or commands in them.
 * Lines are 0-based, as everywhere in LSP. All of it may be absent: a server without git answers `MethodNotFound`.
 */

/** Request, `AuditParams` -> `AuditResult`. Takes a `workDoneToken`, and can be cancelled. */
export const AUDIT_METHOD = 'countersign/audit';

export interface AuditParams {
  /** URI of a folder in the repository. */
  readonly folder: string;
  readonly question: AuditQuestion;
  /** Look again, even where nothing seems to have changed. */
  readonly fresh?: boolean;
  readonly workDoneToken?: string | number;
}

export type AuditQuestion =
  /** The current branch against its upstream, else against the default branch. */
  | { readonly kind: 'branch' }
  /** As git writes it, e.g. `main..HEAD`. */
  | { readonly kind: 'range'; readonly range: string }
  | { readonly kind: 'commit'; readonly revision: string }
  /** What is not committed yet. */
  | { readonly kind: 'worktree' };

export type AuditResult =
  | { readonly kind: 'report'; readonly report: AuditView }
  /** `reason`: `no-folder`, `no-git`, `no-repository`, `refused`, `range` (nothing to compare there) or `broken`. */
  | { readonly kind: 'unusable'; readonly reason: string; readonly message: string }
  | { readonly kind: 'cancelled' };

export interface AuditView {
  /** What was compared, e.g. `origin/main..HEAD`. */
  readonly range: string;
  /** `At least 4 of 6 commits are AI-assisted ...`. */
  readonly summary: string;
  /** `3 findings added (1 error), 2 checks removed`. */
  readonly headline: string;
  readonly attributed: { readonly recorded: number; readonly declared: number; readonly unknown: number };
  /** Newest first. */
  readonly commits: readonly AuditedCommit[];
  /** From the base to the head as one change. */
  readonly total: AuditedChange;
  /** About the run as a whole: a shallow clone, notes that are not here. */
  readonly problems: readonly string[];
  /** All of it as a comment on a pull request; inert Markdown. */
  readonly markdown: string;
}

export interface AuditedChange {
  /** Full hash; absent where nothing was before. */
  readonly base?: string;
  /** Full hash; absent for what is not committed. */
  readonly head?: string;
  /** The most important first. */
  readonly readingOrder: readonly (AuditPlace & { readonly severity: AuditSeverity; readonly why: string })[];
  /** What nobody is told to read, counted, in a sentence. */
  readonly rest: string;
  /** By path and line. */
  readonly entries: readonly AuditEntry[];
  /** Files that were not read line by line. */
  readonly setApart: readonly { readonly shown: string; readonly why: string }[];
  /** What could not be looked at. */
  readonly problems: readonly string[];
}

export type AuditSeverity = 'error' | 'warning' | 'note';

export interface AuditPlace {
  /** Relative to the repository, `/` separators, as `AuditSidesParams` wants it. */
  readonly path: string;
  /** The path as text to show. */
  readonly shown: string;
  /** In the newer version; of a file that is gone, in the older one. */
  readonly startLine: number;
  /** Inclusive. */
  readonly endLine: number;
}

/** One thing that a change added or took away. */
export interface AuditEntry extends AuditPlace {
  /** `governance`: an attempt to change what governs the audit itself. */
  readonly kind: 'finding' | 'check' | 'widened' | 'suppression' | 'dependency' | 'governance' | 'workflow';
  readonly severity: AuditSeverity;
  readonly message: string;
  /** What was there, what is there now, or which layer and weakness. */
  readonly detail?: string;
  /** Of a finding: the rule's id. */
  readonly ruleId?: string;
}

export interface AuditedCommit {
  /** Full hash. */
  readonly sha: string;
  readonly shortSha: string;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
  readonly tier: 'recorded' | 'declared' | 'unknown';
  /** Name of the agent, where one is known. */
  readonly agent?: string;
  /** Best first. */
  readonly evidence: readonly AuditEvidence[];
  /** What could have told more and did not. */
  readonly lost: readonly string[];
  readonly headline: string;
  readonly change: AuditedChange;
  /** Countersignatures of this commit, newest first. */
  readonly countersigned: readonly Countersigned[];
}

export interface AuditEvidence {
  readonly agent: string;
  readonly model?: string;
  /** `trailer`, `author`, `agent-trace` ... */
  readonly source: string;
  /** The line that says so. */
  readonly text: string;
  readonly caveat?: string;
}

export interface Countersigned {
  readonly decision: 'approve' | 'reject' | 'comment';
  readonly reviewer: string;
  /** ISO 8601. */
  readonly date: string;
  readonly note?: string;
  /** E.g. `good`, `unsigned`, `bad`. */
  readonly signature: string;
}

/** Request, `SignParams` -> `SignResult`. Takes a `workDoneToken`. Audits the commit anew and writes a note under `refs/notes/countersign`. */
export const SIGN_METHOD = 'countersign/sign';

export interface SignParams {
  readonly folder: string;
  /** Full hash. */
  readonly commit: string;
  readonly decision: Countersigned['decision'];
  readonly note?: string;
  readonly workDoneToken?: string | number;
}

export type SignResult =
  | { readonly kind: 'written'; readonly message: string; readonly signed: boolean; readonly warnings: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Request, `AuditSidesParams` -> `AuditSides | null`: where a file stood before and after a change. */
export const AUDIT_SIDES_METHOD = 'countersign/auditSides';

export interface AuditSidesParams {
  readonly folder: string;
  readonly base?: string;
  readonly head?: string;
  readonly path: string;
}

export interface AuditSides {
  readonly before?: GitTextParams;
  /** `uri`: the file on disk, for what is not committed. */
  readonly after?: GitTextParams | { readonly uri: string };
}

/** Request, `GitTextParams` -> `string`: a file as a commit has it; a sentence in parentheses where it is no text. */
export const GIT_TEXT_METHOD = 'countersign/gitText';

export interface GitTextParams {
  readonly folder: string;
  /** Full hash. */
  readonly commit: string;
  readonly path: string;
}

/** Request, `RecordedLinesParams` -> `RecordedLinesResult`: lines of an open document that a tool's record attributes to an agent. */
export const RECORDED_LINES_METHOD = 'countersign/attribution';

export interface RecordedLinesParams {
  readonly uri: string;
  /** Only the text has changed since the last question: git is not asked again. */
  readonly edited?: boolean;
}

export interface RecordedLinesResult {
  /** In the document's text as the server has it; lines that were edited since are nobody's. */
  readonly lines: readonly (AuditEvidence & { readonly startLine: number; readonly endLine: number })[];
}
