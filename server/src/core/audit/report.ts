/**
 * What an audit of commits found: plain readonly data, which every report, the language server and `sign` read. Paths, subjects, names and code come from
 * the audited repository and are untrusted text. Lines are 1-based, as in a diff.
 */
import type { Fingerprint, Severity, Tier } from '../model/rule.js';
import type { MaestroLayer } from '../model/maestro.js';
import type { Finding } from '../model/finding.js';
import type { Attribution } from '../provenance/attribution.js';

/** A finding that the commit brought in, or whose flow it made reach further; its path and range are those in the commit's own tree. */
export interface AddedFinding {
  readonly finding: Finding;
  /** `reaches-further`: it was there before, with a weaker tier or a flow that ended earlier. `unsuppressed`: its suppression was taken away. */
  readonly why: 'new' | 'reaches-further' | 'unsuppressed';
  /** Whether a record attributes this very line to an agent; undefined where no record speaks of it. */
  readonly recorded?: boolean;
}

export interface RemovedFinding {
  readonly fingerprint: Fingerprint;
  readonly ruleId: string;
  readonly path: string;
  /** In the parent's tree. */
  readonly line: number;
}

/** Kinds of checks that code or its surroundings can lose. */
export const CHECK_KINDS = [
  'test-deleted',
  'test-skipped',
  'test-emptied',
  'assertion-removed',
  'assertion-weakened',
  'validation',
  'escaping',
  'authentication',
  'authorization',
  'tls',
  'sandbox',
  'rate-limit',
  'approval',
  'error-handling',
  'logging',
  'lint-suppressed',
  'scanner-suppressed',
  'ci-check',
] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

/** A check that was there before the commit and is not after it. */
export interface RemovedCheck {
  readonly kind: CheckKind;
  readonly path: string;
  /** In the commit's tree where the place still exists (the hunk that took it away), else in the parent's. */
  readonly line: number;
  /** The line as it was, or what was added to silence it; at most 200 UTF-16 code units. */
  readonly was: string;
  /** One sentence for a reviewer. */
  readonly message: string;
  readonly severity: Severity;
  /** Lines of the others where one entry stands for more than three of a kind in one file. */
  readonly more?: readonly number[];
}

/** A permission or an agent's setting that allows more than before: compared by effect, not by text. */
export interface Widened {
  readonly path: string;
  readonly line: number;
  /** E.g. `agent-permission`, `mcp-server`, `workflow-permission`, `container-privilege`, `iam`, `cors`, `file-mode`. */
  readonly kind: string;
  /** The setting, e.g. `permissions.allow`. */
  readonly setting: string;
  readonly was: string;
  readonly now: string;
  readonly message: string;
  readonly severity: Severity;
}

/** A suppression that the commit adds: ours, or another tool's. It does not count in this audit. */
export interface AddedSuppression {
  readonly path: string;
  readonly line: number;
  /** `countersign`, or the tool that it silences, e.g. `eslint`, `bandit`, `semgrep`, `coverage`. */
  readonly tool: string;
  readonly text: string;
  /** Ids of what it silences, where it names them. */
  readonly rules: readonly string[];
}

export interface DependencyChange {
  readonly path: string;
  readonly line: number;
  readonly ecosystem: 'npm' | 'pypi' | 'go' | 'cargo' | 'maven' | 'rubygems' | 'docker' | 'github-actions' | 'other';
  /** `install-script`: something that runs at installation, e.g. npm's `postinstall` or a build hook. */
  readonly kind: 'added' | 'version-changed' | 'source-changed' | 'install-script';
  readonly name: string;
  readonly version?: string;
  readonly was?: string;
  /** Set where a reviewer should look: no pin, an address instead of a registry, a script. */
  readonly concern?: string;
}

/** A changed file that is not read line by line. */
export interface SetApart {
  readonly path: string;
  readonly why: 'binary' | 'generated' | 'minified' | 'lock-file' | 'too-large' | 'submodule' | 'symlink' | 'vendored' | 'missing';
  readonly detail?: string;
}

/** A part of the diff to read, in the commit's own lines; `score` only orders (higher first). */
export interface ReadingItem {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** 0 and more; 10 and more is something at or above WARNING. */
  readonly score: number;
  /** One line. */
  readonly why: string;
  /** The hunk with a little around it, for reports that show code; at most 40 lines of at most 300 UTF-16 code units. */
  readonly excerpt?: readonly ExcerptLine[];
}

export interface ExcerptLine {
  readonly sign: ' ' | '+' | '-';
  /** 1-based: of a line that was removed, in the parent's file. */
  readonly line: number;
  readonly text: string;
}

/** An attempt of the commit to change what governs its own audit: configuration, rules, suppressions. */
export interface GovernanceChange {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface CommitAudit {
  /** Full hash; empty for what is not committed yet. */
  readonly sha: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Committer date, ISO 8601 with offset; empty for what is not committed yet. */
  readonly date: string;
  readonly attribution: Attribution;
  readonly added: readonly AddedFinding[];
  readonly removedFindings: readonly RemovedFinding[];
  readonly removedChecks: readonly RemovedCheck[];
  readonly widened: readonly Widened[];
  readonly suppressions: readonly AddedSuppression[];
  readonly dependencies: readonly DependencyChange[];
  /** Paths of CI workflows that it touches. */
  readonly workflows: readonly string[];
  readonly governance: readonly GovernanceChange[];
  readonly setApart: readonly SetApart[];
  /** The most important first. */
  readonly readingOrder: readonly ReadingItem[];
  /** What is not in `readingOrder`, counted: nobody may take it for read. */
  readonly rest: { readonly files: number; readonly hunks: number; readonly addedLines: number; readonly deletedLines: number };
  readonly files: number;
  readonly addedLines: number;
  readonly deletedLines: number;
  /** What could not be looked at, one sentence each, with its path. */
  readonly problems: readonly string[];
}

export interface AuditReport {
  /** As asked for, e.g. `main..HEAD`, `--staged`. */
  readonly range: string;
  /** The commit whose configuration, rules and suppressions govern; empty where there is none before the first. */
  readonly base: string;
  readonly head: string;
  /** Oldest first. */
  readonly commits: readonly CommitAudit[];
  /** From base to head as one change: what a reviewer of the whole range has to look at. Its `sha` is the head's. */
  readonly total: CommitAudit;
  /** Commits by tier, and by agent where one is known. "At least": see `Attribution`. */
  readonly attributed: { readonly recorded: number; readonly declared: number; readonly unknown: number };
  readonly agents: Readonly<Record<string, number>>;
  /** About the whole run: a shallow clone, notes that are not here, a configuration that could not be read. */
  readonly problems: readonly string[];
  /** Ids of the rules that ran, and the tiers of their findings, for reports that list rules. */
  readonly rules: readonly { readonly id: string; readonly severity: Severity; readonly tier: Tier; readonly layer?: MaestroLayer }[];
}
