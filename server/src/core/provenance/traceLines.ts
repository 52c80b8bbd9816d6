/**
 * Which lines of a commit an Agent Trace record is about. A record's lines were right in some state of the file, before or after the commit, so of what it claims only
 * lines that the commit itself wrote count; a hash of the content finds them wherever they went. A record that is about the commit but not about
 * any line of it for certain still says that an agent had a part, for the commit as a whole.
 */
import type { TraceRange, TraceRecord } from './agentTrace.js';
import type { AttributedLines, Evidence } from './attribution.js';
import { findContent, isKnownHash } from './contentHash.js';
import { intersect } from './lineRanges.js';
import type { LineRange } from './lineRanges.js';

/** A file that the commit changed, as it left it. */
export interface ChangedText {
  readonly path: string;
  /** Where it was before, if elsewhere. */
  readonly oldPath?: string;
  readonly lines: readonly string[];
  /** What the commit wrote: in order, disjoint. */
  readonly written: readonly LineRange[];
}

/**
 * `exact`: the record's lines are this commit's own. `claimed`: they were right while this commit was being written. `moved`: history was rewritten since, so its
 * lines are right only where the content's hash is.
 */
export type TraceRelation = 'exact' | 'claimed' | 'moved';

export interface TraceOfCommit {
  readonly record: TraceRecord;
  readonly relation: TraceRelation;
}

export interface TracedLines {
  readonly evidence: readonly Evidence[];
  /** Indexes into `evidence`. */
  readonly lines: readonly AttributedLines[];
  readonly lost: readonly string[];
}

const MIXED = 'a person had a part in these lines';
const WHOLE = 'the record does not tell its lines';

/** @param changed files of the commit that some record names, by either path */
export function linkTraces(traces: readonly TraceOfCommit[], changed: readonly ChangedText[]): TracedLines {
  const evidence: Evidence[] = [];
  const lines: AttributedLines[] = [];
  let unplaced = 0;
  let moved = 0;
  const evidenceOf = (range: TraceRange, path: string, record: TraceRecord, placed: boolean): number => {
    const caveat = placed ? (range.mixed ? MIXED : undefined) : WHOLE;
    const entry: Evidence = {
      tier: placed ? 'recorded' : 'declared',
      source: 'agent-trace',
      agent: range.agent,
      ...(range.model === undefined ? {} : { model: range.model.slice(0, 200) }),
      text: (placed ? `record ${record.id}` : `record ${record.id}: ${path}`).slice(0, 200),
      role: 'write',
      ...(caveat === undefined ? {} : { caveat }),
    };
    const at = evidence.findIndex(
      (other) => other.tier === entry.tier && other.agent === entry.agent && other.model === entry.model && other.caveat === entry.caveat,
    );
    return at >= 0 ? at : evidence.push(entry) - 1;
  };
  for (const { record, relation } of traces) {
    for (const { path, ranges } of record.files) {
      const file = changed.find((candidate) => candidate.path === path) ?? changed.find(({ oldPath }) => oldPath === path);
      if (file === undefined) continue;
      for (const range of ranges) {
        const placed = place(range, relation, file);
        if (placed.length > 0) {
          const index = evidenceOf(range, path, record, true);
          for (const { start, end } of placed) lines.push({ path: file.path, start, end, evidence: index });
          continue;
        }
        if (relation === 'moved') moved++;
        else unplaced++;
        if (relation !== 'exact') evidenceOf(range, path, record, false);
      }
    }
  }
  const lost: string[] = [];
  if (moved > 0)
    lost.push(
      `${moved} ranges of Agent Trace were recorded before history was rewritten: which lines they are now cannot be told without a hash of their content`,
    );
  if (unplaced > 0) lost.push(`${unplaced} ranges of Agent Trace name no line that this commit wrote`);
  return { evidence, lines, lost };
}

/** Whether the record is about something that the commit wrote. */
export function concerns(record: TraceRecord, changed: readonly ChangedText[]): boolean {
  return record.files.some(({ path, ranges }) =>
    changed.some(
      (file) => (file.path === path || file.oldPath === path) && ranges.some((range) => place(range, 'claimed', file).length > 0),
    ),
  );
}

function place(range: TraceRange, relation: TraceRelation, file: ChangedText): readonly LineRange[] {
  const found = range.hash !== undefined && isKnownHash(range.hash) ? findContent(range.hash, file.lines, range) : undefined;
  if (found !== undefined) return intersect(found, file.written);
  if (relation === 'moved' || range.vague) return [];
  const inFile = intersect(range, [{ start: 1, end: file.lines.length }]);
  return inFile.flatMap((part) => intersect(part, file.written));
}
