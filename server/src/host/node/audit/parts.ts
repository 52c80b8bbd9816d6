/** What is asked about a commit's changes and its authors, in one place. */
import type { FileChange } from '../../../core/audit/change.js';
import type { CommitAudit } from '../../../core/audit/report.js';
import type { Attribution } from '../../../core/provenance/attribution.js';
import type { Commit } from '../git/log.js';
import type { Repository } from '../git/repository.js';

export type Review = Pick<CommitAudit, 'removedChecks' | 'widened' | 'suppressions' | 'dependencies' | 'workflows' | 'setApart'>;

export interface AuditParts {
  review(changes: readonly FileChange[]): Promise<Review>;
  attribute(commit: Commit): Promise<Attribution>;
  readonly problems: readonly string[];
  close(): void;
}

export function createParts(_repository: Repository): AuditParts {
  return {
    review: () => Promise.resolve({ removedChecks: [], widened: [], suppressions: [], dependencies: [], workflows: [], setApart: [] }),
    attribute: () => Promise.resolve({ tier: 'unknown', evidence: [], lines: [], lost: [] }),
    problems: [],
    close: () => undefined,
  };
}
