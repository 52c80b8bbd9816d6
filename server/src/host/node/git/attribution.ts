/**
 * Who wrote a commit, as far as anything says so: its message (`core/provenance`), the git-ai note and the Agent Trace records that belong to it, each
 * with the lines of the commit's own files. Also for a range as one change, whose lines are followed to its last commit by blame, and for what
 * is not committed yet. One listing of notes and one long-lived `git cat-file` serve any number of commits; another process is started only for blame.
 */
import { linesOf, diffLines, oldLines } from '../../../core/audit/lineDiff.js';
import type { FileChange } from '../../../core/audit/change.js';
import { attributionOf, evidenceOfSession } from '../../../core/provenance/attribute.js';
import type { Attributed } from '../../../core/provenance/attribute.js';
import type { AttributedLines, Attribution, Evidence } from '../../../core/provenance/attribution.js';
import { parseGitAiJson, parseGitAiNote } from '../../../core/provenance/gitAi.js';
import type { GitAiRecord } from '../../../core/provenance/gitAi.js';
import { intersect } from '../../../core/provenance/lineRanges.js';
import type { LineRange } from '../../../core/provenance/lineRanges.js';
import { readMessage } from '../../../core/provenance/message.js';
import { parseAgentTraces } from '../../../core/provenance/agentTrace.js';
import type { TraceRecord } from '../../../core/provenance/agentTrace.js';
import { concerns, linkTraces } from '../../../core/provenance/traceLines.js';
import type { ChangedText, TraceOfCommit } from '../../../core/provenance/traceLines.js';
import { blame } from './blame.js';
import type { TreeDiffs } from './changes.js';
import { readCommit, subjectOf } from './log.js';
import type { Commit } from './log.js';
import { readRecordNotes } from './notes.js';
import type { RecordNotes } from './notes.js';
import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';
import { TRACE_FOLDER, tracesOfCommit, tracesOfFolder, traceTexts } from './traces.js';
import { blobText } from './tree.js';
import { createTreePaths } from './treePaths.js';

export interface Attributor {
  /** Never rejects: what cannot be read is in `lost`. */
  attribute(commit: Commit): Promise<Attribution>;
  /**
   * A range as one change: the evidence of its commits, and the recorded lines as lines of `head`'s files.
   * @param paths files of `head` that the range changed; @param base full hash, undefined where the range begins with history
   */
  across(range: {
    readonly base?: string;
    readonly head: string;
    readonly paths: readonly string[];
    readonly commits: readonly Commit[];
  }): Promise<Attribution>;
  /** What is not committed yet, on top of `head`. */
  pending(head: Commit | undefined, changes: readonly FileChange[]): Promise<Attribution>;
  /** About the repository as a whole, e.g. notes that are not here. Untrusted text in them. */
  problems(): Promise<readonly string[]>;
}

const MAX_NOTE_BYTES = 32 * 1024 * 1024;
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
/** Noted commits that are looked through for the one that a commit was rewritten from. */
const MAX_NOTED = 50_000;
/** Attributions that are kept for `across`. */
const MAX_KEPT = 5_000;
/** Files of a range that are blamed: each is a process. */
const MAX_BLAMED = 300;
const HOUR = 3_600_000;

/** @param objects, diffs shared with whoever else reads the repository; they are not closed here */
export function createAttributor(repository: Repository, objects: ObjectReader, diffs: TreeDiffs): Attributor {
  const paths = createTreePaths(objects);
  const kept = new Map<string, Promise<Attribution>>();
  let notes: Promise<RecordNotes> | undefined;
  let rewritten: Promise<ReadonlyMap<string, string>> | undefined;
  let folder: Promise<readonly TraceRecord[]> | undefined;
  const messageProblems = new Set<string>();

  const recordNotes = (): Promise<RecordNotes> => (notes ??= readRecordNotes(repository));

  const attribute = (commit: Commit): Promise<Attribution> => {
    const known = kept.get(commit.sha);
    if (known !== undefined) return known;
    const attributing = attributeOne(commit);
    kept.set(commit.sha, attributing);
    if (kept.size > MAX_KEPT) for (const oldest of [...kept.keys()].slice(0, MAX_KEPT / 5)) kept.delete(oldest);
    return attributing;
  };

  async function attributeOne(commit: Commit): Promise<Attribution> {
    const committed = Date.parse(commit.committer.date) / 1000;
    const declared = readMessage({ author: commit.author, committer: commit.committer, message: commit.message, committed });
    const listed = await recordNotes();
    const noted = await gitAiOf(commit, listed);
    const traced = await tracesOf(commit, listed);
    const attribution = attributionOf([noted, traced, declared]);
    if (attribution.tier === 'recorded') return { ...attribution, lost: attribution.lost.filter((text) => !declared.lost.includes(text)) };
    const missing = listed.gitAiMissing || /\bgit-ai\b|refs\/notes\/ai\b/i.test(commit.message);
    if (missing && listed.gitAi.size === 0) {
      if (!listed.gitAiMissing) messageProblems.add('messages of commits speak of git-ai, but refs/notes/ai is not here');
      return { ...attribution, lost: [...attribution.lost, 'git-ai may have recorded its lines: refs/notes/ai is not here'] };
    }
    return attribution;
  }

  /** The note on the commit itself, else the note on the commit that it was rewritten from. */
  async function gitAiOf(commit: Commit, listed: RecordNotes): Promise<Attributed> {
    const blob = listed.gitAi.get(commit.sha);
    const older = listed.gitAiJson.get(commit.sha);
    if (blob !== undefined || older !== undefined) {
      const record = await recordIn(blob, older);
      return record === undefined ? { evidence: [], lost: ['its git-ai note cannot be read'] } : linesOfRecord(record, commit);
    }
    if (listed.gitAi.size === 0) return { evidence: [] };
    const origin = (await rewrittenFrom(listed)).get(originKey(commit));
    const from = origin === undefined || origin === commit.sha ? undefined : await readCommit(objects, origin);
    const record = from === undefined ? undefined : await recordIn(listed.gitAi.get(from.sha), undefined);
    if (from === undefined || record === undefined) return { evidence: [] };
    return linesOfRewritten(record, from, commit);
  }

  async function recordIn(note: string | undefined, json: string | undefined): Promise<GitAiRecord | undefined> {
    const text = await blobText(objects, note ?? json ?? '', MAX_NOTE_BYTES);
    if (text === undefined) return undefined;
    return note === undefined ? parseGitAiJson(text) : parseGitAiNote(text);
  }

  /** Of a note only lines that the commit wrote count: a merge's can list what it merged, and a note that git copied in a rebase is about other lines. */
  async function linesOfRecord(record: GitAiRecord, commit: Commit): Promise<Attributed> {
    const lines: AttributedLines[] = [];
    const lost = [...record.problems];
    const parents = await parentsOf(commit);
    let claimed = 0;
    let kept = 0;
    for (const file of record.files) {
      if (file.lines.length === 0) continue;
      const now = await textAt(commit.tree, file.path);
      if (now === undefined) {
        lost.push(`the git-ai note speaks of ${file.path}, which this commit does not have as text`);
        continue;
      }
      const written = await writtenIn(file.path, now, parents);
      for (const range of file.lines) {
        claimed += range.end - range.start + 1;
        for (const { start, end } of intersect(range, written)) {
          kept += end - start + 1;
          lines.push({ path: file.path, start, end, evidence: range.value });
        }
      }
    }
    // Two ways of comparing texts differ in a line here and there; more than that is another version of the commit.
    if (parents.length < 2 && kept < claimed * 0.9)
      lost.push(
        `${claimed - kept} of the ${claimed} lines that its git-ai note names are none that it wrote: the note is of another version of it`,
      );
    return used(
      record.agents.map((agent) => evidenceOfSession(agent)),
      lines,
      lost,
    );
  }

  /** Lines that are the same in both commits keep their record; the others lose it, and that is said. */
  async function linesOfRewritten(record: GitAiRecord, from: Commit, commit: Commit): Promise<Attributed> {
    const short = from.sha.slice(0, 12);
    const lines: AttributedLines[] = [];
    const lost = [
      `its git-ai note was left with ${short}, which it was rewritten from (by author, date and subject): lines that differ are lost`,
    ];
    const parent = commit.parents[0] === undefined ? undefined : await readCommit(objects, commit.parents[0]);
    for (const file of record.files) {
      const before = await textAt(from.tree, file.path);
      const after = await textAt(commit.tree, file.path);
      if (before === undefined || after === undefined) continue;
      const written = writtenRanges((parent === undefined ? undefined : await textAt(parent.tree, file.path)) ?? [], after);
      const old = oldLines(diffLines(before, after), after.length);
      for (const range of follow(file.lines, old)) {
        for (const { start, end } of intersect(range, written)) lines.push({ path: file.path, start, end, evidence: range.value });
      }
    }
    return used(
      record.agents.map((agent) => evidenceOfSession(agent, `recorded for ${short}, the same change by author, date and subject`)),
      lines,
      lost,
    );
  }

  /** Author, author date and subject survive a rebase, an amend and a cherry-pick; the hash that a note hangs on does not. */
  function rewrittenFrom(listed: RecordNotes): Promise<ReadonlyMap<string, string>> {
    rewritten ??= (async () => {
      const origins = new Map<string, string>();
      const shas = [...listed.gitAi.keys()].slice(0, MAX_NOTED);
      const commits = await Promise.all(shas.map((sha) => readCommit(objects, sha)));
      for (const commit of commits) {
        if (commit === undefined) continue;
        const key = originKey(commit);
        // Two that look alike say nothing about a third.
        origins.set(key, origins.has(key) ? '' : commit.sha);
      }
      for (const [key, sha] of origins) if (sha === '') origins.delete(key);
      return origins;
    })();
    return rewritten;
  }

  async function tracesOf(commit: Commit, listed: RecordNotes): Promise<Attributed> {
    const traces: TraceOfCommit[] = [];
    const lost: string[] = [];
    const note = listed.agentTrace.get(commit.sha);
    if (note !== undefined) {
      const text = await blobText(objects, note, MAX_NOTE_BYTES);
      const parsed = text === undefined ? { records: [], problems: ['its Agent Trace note cannot be read'] } : parseAgentTraces(text);
      traces.push(...parsed.records.map((record) => ({ record, relation: 'exact' as const })));
      lost.push(...parsed.problems);
    }
    const untracked = (await folderRecords()).filter(
      ({ revision }) => revision !== undefined && (revision === commit.sha || commit.parents.includes(revision)),
    );
    if (traces.length === 0 && untracked.length === 0 && (await paths.folder(commit.tree, TRACE_FOLDER)).size === 0)
      return { evidence: [], lost };
    const here = await parentsOf(commit);
    // Where a parent is not here (a shallow clone), every record would seem to be this commit's own.
    if (here.length === commit.parents.length) {
      const own = await tracesOfCommit(
        objects,
        paths,
        commit.tree,
        here.map(({ tree }) => tree),
      );
      const revisions = new Set(own.records.flatMap(({ revision }) => revision ?? []));
      for (const record of own.records) traces.push({ record, relation: await relationOfOwn(record, commit, here, revisions.size > 1) });
      lost.push(...own.problems);
    }
    const changed = await changedTexts(commit, here, [...traces.map(({ record }) => record), ...untracked]);
    for (const record of untracked) if (await ownsUntracked(record, commit, here, changed)) traces.push({ record, relation: 'claimed' });
    const linked = linkTraces(traces, changed);
    return { ...linked, lost: [...lost, ...linked.lost] };
  }

  /** A record that came with the commit was right on top of the commit that it names. Is that still what the commit's change is on top of? */
  async function relationOfOwn(
    record: TraceRecord,
    commit: Commit,
    parents: readonly Commit[],
    several: boolean,
  ): Promise<'claimed' | 'moved'> {
    // Records on top of several commits: these were squashed, and the later ones have moved the lines of the earlier.
    if (several) return 'moved';
    if (record.revision === undefined || commit.parents.includes(record.revision)) return 'claimed';
    const base = await readCommit(objects, record.revision);
    const parent = parents[0];
    if (base === undefined || parent === undefined) return 'moved';
    for (const { path } of record.files) {
      const [then, now] = await Promise.all([paths.at(base.tree, path), paths.at(parent.tree, path)]);
      if (then?.hash !== now?.hash) return 'moved';
    }
    return 'claimed';
  }

  /** Records of the working copy hang on a revision only: either it is the commit that they are about, or the one before that. */
  async function ownsUntracked(
    record: TraceRecord,
    commit: Commit,
    parents: readonly Commit[],
    changed: readonly ChangedText[],
  ): Promise<boolean> {
    if (!concerns(record, changed)) return false;
    if (record.revision === commit.sha) return !record.before;
    const parent = parents.find(({ sha }) => sha === record.revision);
    if (parent === undefined) return false;
    const time = record.time;
    // Written before the commit, after its parent: with an hour for clocks that disagree.
    if (time !== undefined && (time < Date.parse(parent.committer.date) - HOUR || time > Date.parse(commit.author.date) + HOUR))
      return false;
    if (record.before) return true;
    return !concerns(record, await changedTexts(parent, await parentsOf(parent), [record]));
  }

  /** Of the working copy, without those that are committed: these came with their commits. */
  function folderRecords(): Promise<readonly TraceRecord[]> {
    folder ??= (async () => {
      if (repository.bare || tracesOfFolder(repository.directory, new Map()).records.length === 0) return [];
      const head = await runGit(repository, ['rev-parse', '--verify', '--quiet', 'HEAD^{tree}']);
      const tree = head.kind === 'ok' ? head.stdout.toString('latin1').trim() : '';
      return tracesOfFolder(repository.directory, await traceTexts(objects, paths, tree)).records;
    })();
    return folder;
  }

  /** The files that the records name, as the commit left them. Of a merge, what it wrote itself is what no parent has. */
  async function changedTexts(
    commit: Commit,
    parents: readonly Commit[],
    records: readonly TraceRecord[],
  ): Promise<readonly ChangedText[]> {
    const changed: ChangedText[] = [];
    for (const named of new Set(records.flatMap(({ files }) => files.map((file) => file.path)))) {
      const path = (await paths.at(commit.tree, named)) === undefined ? await movedTo(named, commit, parents[0]) : named;
      const now = path === undefined ? undefined : await paths.at(commit.tree, path);
      if (path === undefined || now === undefined) continue;
      const before = await Promise.all(parents.map(({ tree }) => paths.at(tree, named)));
      if (path === named && before.some((entry) => entry?.hash === now.hash)) continue;
      const lines = await textAt(commit.tree, path);
      if (lines === undefined) continue;
      changed.push({ path, ...(path === named ? {} : { oldPath: named }), lines, written: await writtenIn(named, lines, parents) });
    }
    return changed;
  }

  /** The lines that no parent has under this path: of a merge, what it wrote itself. */
  async function writtenIn(path: string, lines: readonly string[], parents: readonly Commit[]): Promise<readonly LineRange[]> {
    let written: readonly LineRange[] = lines.length === 0 ? [] : [{ start: 1, end: lines.length }];
    for (const { tree } of parents) {
      const others = writtenRanges((await textAt(tree, path)) ?? [], lines);
      written = written.flatMap((range) => intersect(range, others));
    }
    return written;
  }

  /** As far as they are here. */
  async function parentsOf(commit: Commit): Promise<readonly Commit[]> {
    const parents = await Promise.all(commit.parents.map((sha) => readCommit(objects, sha)));
    return parents.filter((parent) => parent !== undefined);
  }

  /** Where the commit moved a file to that it does not have any more. */
  async function movedTo(path: string, commit: Commit, parent: Commit | undefined): Promise<string | undefined> {
    if (parent === undefined || (await paths.at(parent.tree, path)) === undefined) return undefined;
    return (await diffs.between(parent.tree, commit.tree))?.find(({ status, oldPath }) => status === 'renamed' && oldPath === path)?.path;
  }

  async function textAt(tree: string, path: string): Promise<readonly string[] | undefined> {
    const entry = await paths.at(tree, path);
    if (entry === undefined || !entry.mode.startsWith('100')) return undefined;
    const text = await blobText(objects, entry.hash, MAX_TEXT_BYTES);
    return text === undefined ? undefined : linesOf(text);
  }

  return {
    attribute,
    async across({ base, head, paths: changed, commits }) {
      const all = await Promise.all(commits.map(async (commit) => ({ sha: commit.sha, attribution: await attribute(commit) })));
      const evidence: Evidence[] = [];
      const indexOf = (entry: Evidence): number => {
        const at = evidence.findIndex(
          (other) =>
            other.source === entry.source &&
            other.agent === entry.agent &&
            other.model === entry.model &&
            other.caveat === entry.caveat &&
            other.tier === entry.tier &&
            other.role === entry.role,
        );
        return at >= 0 ? at : evidence.push(entry) - 1;
      };
      for (const { attribution } of all) for (const entry of attribution.evidence) indexOf(entry);
      const recorded = new Map(
        all.filter(({ attribution }) => attribution.lines.length > 0).map(({ sha, attribution }) => [sha, attribution]),
      );
      const lines: AttributedLines[] = [];
      const lost: string[] = [];
      if (recorded.size > 0) {
        const named = new Set([...recorded.values()].flatMap((attribution) => attribution.lines.map(({ path }) => path)));
        const gone = [...named].some((path) => !changed.includes(path));
        // A file that a record names under another name was moved since: then any file may be it.
        const asked = changed.filter((path) => named.has(path) || gone);
        if (asked.length > MAX_BLAMED) lost.push(`lines were followed in the first ${MAX_BLAMED} of ${asked.length} files only`);
        for (const path of asked.slice(0, MAX_BLAMED)) {
          const runs = await blame(repository, head, path, base);
          if (runs === undefined) lost.push(`${path}: where its lines come from cannot be told`);
          for (const run of runs ?? []) {
            const attribution = run.boundary ? undefined : recorded.get(run.commit);
            const original = { start: run.originalStart, end: run.originalStart + run.count - 1 };
            for (const line of attribution?.lines ?? []) {
              const entry = line.path === run.path ? attribution?.evidence[line.evidence] : undefined;
              if (entry === undefined) continue;
              for (const { start, end } of intersect(original, [line])) {
                const shift = run.start - run.originalStart;
                lines.push({ path, start: start + shift, end: end + shift, evidence: indexOf(entry) });
              }
            }
          }
        }
      }
      const silent = all.filter(({ attribution }) => attribution.lost.length > 0).length;
      if (silent > 0) lost.push(`of ${silent} of its commits something that could have told more is lost: see there`);
      return attributionOf([{ evidence, lines, lost }]);
    },
    async pending(head, changes) {
      if (repository.bare) return attributionOf([]);
      const tracked = head === undefined ? new Map<string, string>() : await traceTexts(objects, paths, head.tree);
      const { records, problems } = tracesOfFolder(repository.directory, tracked);
      const own = records.filter(({ revision }) => revision === undefined || revision === head?.sha);
      const changed = changes.flatMap(({ path, oldPath, after, hunks }) =>
        after === undefined
          ? []
          : [{ path, ...(oldPath === undefined ? {} : { oldPath }), lines: linesOf(after), written: rangesOf(hunks) }],
      );
      const linked = linkTraces(
        own.filter((record) => concerns(record, changed)).map((record) => ({ record, relation: 'claimed' as const })),
        changed,
      );
      return attributionOf([{ ...linked, lost: [...problems, ...linked.lost] }]);
    },
    async problems() {
      return [...(await recordNotes()).problems, ...messageProblems];
    },
  };
}

function originKey({ author, message }: Commit): string {
  return [author.name, author.email, author.date, subjectOf(message)].join('\0');
}

/** Sessions without a line (an edit that the commit does not hold any more) are no evidence about it. */
function used(evidence: readonly Evidence[], lines: readonly AttributedLines[], lost: readonly string[]): Attributed {
  const seen = [...new Set(lines.map((line) => line.evidence))];
  const position = new Map(seen.map((index, at) => [index, at]));
  return {
    evidence: seen.flatMap((index) => evidence[index] ?? []),
    lines: lines.map((line) => ({ ...line, evidence: position.get(line.evidence) ?? 0 })),
    lost,
  };
}

function writtenRanges(before: readonly string[], after: readonly string[]): readonly LineRange[] {
  return rangesOf(diffLines(before, after));
}

function rangesOf(hunks: FileChange['hunks']): readonly LineRange[] {
  return hunks.filter(({ newLines }) => newLines > 0).map(({ newStart, newLines }) => ({ start: newStart, end: newStart + newLines - 1 }));
}

/** Where lines of an older text are now. @param old 0-based old line of each new one, -1 for none */
function follow(
  ranges: readonly (LineRange & { readonly value: number })[],
  old: Int32Array,
): readonly (LineRange & { readonly value: number })[] {
  const found: (LineRange & { readonly value: number })[] = [];
  let at = 0;
  for (let line = 0; line < old.length; line++) {
    const was = (old[line] ?? -1) + 1;
    if (was === 0) continue;
    while (at < ranges.length && (ranges[at]?.end ?? 0) < was) at++;
    const range = ranges[at];
    if (range === undefined || range.start > was) continue;
    const last = found.at(-1);
    if (last !== undefined && last.value === range.value && last.end === line) found[found.length - 1] = { ...last, end: line + 1 };
    else found.push({ start: line + 1, end: line + 1, value: range.value });
  }
  return found;
}
