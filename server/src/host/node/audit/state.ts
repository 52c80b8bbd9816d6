/**
 * What an audit's answer depends on, without making it: a few questions to git that cost a fraction of a second. Two audits of one state give the same report, so an editor
 * asks this whenever somebody looks, and needs no timer and no watcher to notice that the head has moved.
 */
import type { ResolvedRange } from '../git/range.js';
import { resolveRange } from '../git/range.js';
import type { AuditQuestion } from '../git/range.js';
import { createObjectReader } from '../git/objects.js';
import { openRepository } from '../git/repository.js';
import { runGit } from '../git/run.js';
import { NOTES_REF } from '../git/countersignNotes.js';

export type AuditState =
  /** `key`: undefined where the answer depends on files of the working tree, which change without a trace. */
  | { readonly kind: 'state'; readonly key: string | undefined; readonly range: ResolvedRange }
  | { readonly kind: 'unusable'; readonly reason: string; readonly message: string };

/** @param directory absolute */
export async function auditState(directory: string, question: AuditQuestion, maxCommits: number): Promise<AuditState> {
  const opened = await openRepository(directory);
  if (opened.kind === 'closed') return { kind: 'unusable', reason: opened.reason, message: opened.message };
  const { repository } = opened;
  const reader = createObjectReader(repository);
  try {
    const resolved = await resolveRange(repository, reader, question, maxCommits);
    if (resolved.kind === 'unusable') return { ...resolved, reason: 'range' };
    const { range } = resolved;
    if (range.also !== undefined) return { kind: 'state', key: undefined, range };
    const notes = await runGit(repository, ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/notes/']);
    // Our own notes say who reviewed, not what there is to review.
    const listed = notes.stdout
      .toString('latin1')
      .split('\n')
      .filter((line) => !line.startsWith(`${NOTES_REF} `));
    return { kind: 'state', key: JSON.stringify([repository.directory, range.shown, range.base, range.head, maxCommits, listed]), range };
  } finally {
    reader.close();
  }
}
