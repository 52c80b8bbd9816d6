/** Whom an audit asks beside the scan: what a change took away and opened, and who says to have written it. Each is read when first asked for. */
import type { FileChange } from '../../../core/audit/change.js';
import { reviewChanges } from '../../../core/audit/review.js';
import type { Review } from '../../../core/audit/review.js';
import type { ReviewTools } from '../../../core/audit/side.js';
import { createAttributor } from '../git/attribution.js';
import type { Attributor } from '../git/attribution.js';
import type { TreeDiffs } from '../git/changes.js';
import type { ObjectReader } from '../git/objects.js';
import type { Repository } from '../git/repository.js';
import { createNodeParser } from '../session.js';

export interface AuditParts {
  /** @param treeOf a tree of a text that a scan made */
  review(changes: readonly FileChange[], treeOf?: ReviewTools['treeOf']): Promise<Review>;
  readonly attributor: Attributor;
}

/** Of one change; what is left then is compared without its trees, and said. */
const REVIEW_MS = 60_000;

/** @param whole compare also what changes leave alone */
export function createParts(repository: Repository, reader: ObjectReader, diffs: TreeDiffs, whole = false): AuditParts {
  const kept: ReviewTools['kept'] = new Map();
  let parser: ReturnType<typeof createNodeParser> | undefined;
  return {
    async review(changes, treeOf) {
      const end = performance.now() + REVIEW_MS;
      const expired = (): boolean => performance.now() > end;
      return reviewChanges(changes, {
        parser: await (parser ??= createNodeParser()),
        expired,
        kept,
        whole,
        ...(treeOf === undefined ? {} : { treeOf }),
      });
    },
    attributor: createAttributor(repository, reader, diffs),
  };
}
