/**
 * Who a commit's lines are attributed to, and on what evidence: plain readonly data. What is said here is what tools and authors said of themselves. It can be
 * forged and it can be lost, so a report counts "at least", and no marker is no evidence of a person.
 */

/** Best first. `recorded`: line by line, by a tool's record. `declared`: the whole commit, by a trailer, a marker or an identity. */
export type AttributionTier = 'recorded' | 'declared' | 'unknown';

export type EvidenceSource = 'agent-trace' | 'git-ai' | 'trailer' | 'marker' | 'author' | 'committer';

export interface Evidence {
  readonly tier: Exclude<AttributionTier, 'unknown'>;
  readonly source: EvidenceSource;
  /** An id of the table of agents, e.g. `claude-code`; `other` where a convention names an agent that the table does not know. */
  readonly agent: string;
  /** As the evidence has it; untrusted text. */
  readonly model?: string;
  /** The line of the message, the identity or the record's key that says so; untrusted text, at most 200 UTF-16 code units. */
  readonly text: string;
  /** `assist`: the agent helped (a review suggestion, `Assisted-by`); `write`: it wrote. */
  readonly role: 'write' | 'assist';
  /** Why it might be wrong, e.g. the weeks in which an editor added its trailer to every commit. */
  readonly caveat?: string;
}

/** Lines of one file as the commit left it. 1-based, inclusive: as git and both record formats count. */
export interface AttributedLines {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** Index into `Attribution.evidence`. */
  readonly evidence: number;
}

export interface Attribution {
  /** Of the best evidence. */
  readonly tier: AttributionTier;
  /** Of the best evidence. */
  readonly agent?: string;
  /** Best first. */
  readonly evidence: readonly Evidence[];
  /** Only of evidence of tier `recorded`. */
  readonly lines: readonly AttributedLines[];
  /** What could have told more and did not: notes that are not fetched, a squash, a record that cannot be read. */
  readonly lost: readonly string[];
}
