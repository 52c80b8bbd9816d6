/** Answers to requests about commits (`protocol/audit.ts`). Registered only where the host knows git. Parameters come from a client and are checked. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { diffLines, linesOf, oldLines } from '../core/audit/lineDiff.js';
import { DECISIONS } from '../core/audit/record.js';
import type { AuditResult, AuditSides, AuditSidesParams, RecordedLinesResult, SignResult } from '../protocol/audit.js';
import { AUDIT_METHOD, AUDIT_SIDES_METHOD, GIT_TEXT_METHOD, RECORDED_LINES_METHOD, SIGN_METHOD } from '../protocol/audit.js';
import { createAudits } from './audits.js';
import { auditView, countedText, evidenceView, plain } from './auditView.js';
import type { CommitsHost, CommitsQuestion } from './commitsHost.js';
import type { Documents } from './documents.js';
import type { Log } from './guard.js';
import { guarded } from './guard.js';
import { isRecord } from './settings.js';
import { filePath, fileUri } from './uri.js';

const HASH = /^(?:[\da-f]{40}|[\da-f]{64})$/;
/** Files whose recorded lines are kept for the next edit. */
const MAX_RECORDED = 30;
const NO_FOLDER = { kind: 'unusable', reason: 'no-folder', message: 'Commits are read in folders on disk only.' } as const;

/** @returns stops what is under way */
export function registerAuditRequests(
  connection: Connection,
  commits: CommitsHost,
  documents: Pick<Documents, 'find'>,
  log: Log,
): () => void {
  const audits = createAudits(commits);
  const lastRecorded = new Map<string, Recorded | undefined>();

  connection.onRequest<AuditResult, void>(
    AUDIT_METHOD,
    guarded(
      'audit',
      log,
      { kind: 'unusable', reason: 'broken', message: 'Something went wrong; the log says what.' },
      async (params: unknown, token: CancellationToken): Promise<AuditResult> => {
        const directory = folderOf(params);
        if (directory === undefined || !isRecord(params)) return NO_FOLDER;
        const progress = progressOf(connection, params, 'Reading commits');
        const outcome = await audits
          .get(directory, questionOf(params['question']), params['fresh'] === true, {
            onProgress: progress.report,
            onCancelled: (callback) => {
              token.onCancellationRequested(callback);
              if (token.isCancellationRequested) callback();
            },
          })
          .finally(progress.done);
        if (outcome.kind === 'unusable') return { ...outcome, message: plain(outcome.message) };
        if (outcome.kind === 'cancelled') return outcome;
        const shas = outcome.masked.commits.map(({ sha }) => sha);
        return { kind: 'report', report: auditView(outcome, await commits.countersignatures(directory, shas)) };
      },
    ),
  );

  connection.onRequest<SignResult, void>(
    SIGN_METHOD,
    guarded('sign', log, refused('Something went wrong; the log says what.'), async (params: unknown): Promise<SignResult> => {
      const directory = folderOf(params);
      if (directory === undefined || !isRecord(params)) return refused(NO_FOLDER.message);
      const { commit, note } = params;
      const decision = DECISIONS.find((each) => each === params['decision']);
      if (typeof commit !== 'string' || !HASH.test(commit)) return refused('The commit is not named by its full hash.');
      if (decision === undefined) return refused(`The decision is one of ${DECISIONS.join(', ')}.`);
      const progress = progressOf(connection, params, 'Countersigning');
      const request = { commit, decision, ...(typeof note === 'string' && note.trim() !== '' ? { note } : {}) };
      const written = await commits.sign(directory, request, progress.report).finally(progress.done);
      if (written.kind === 'failed') return refused(plain(written.message));
      const { record, format, warnings } = written;
      const done = { approve: 'Approved', reject: 'Rejected', comment: 'Commented on' }[record.decision];
      const how = format === undefined ? 'not signed, because git has no signing key for you' : `signed with ${format}`;
      return {
        kind: 'written',
        message: `${done} ${commit.slice(0, 12)} as ${plain(record.reviewer.name)} (${countedText(record.findings)}), ${how}.`,
        signed: format !== undefined,
        warnings: warnings.map((text) => plain(text)),
      };
    }),
  );

  connection.onRequest(
    AUDIT_SIDES_METHOD,
    guarded('auditSides', log, null, async (params: unknown): Promise<AuditSides | null> => {
      const directory = folderOf(params);
      if (directory === undefined || !isSides(params)) return null;
      const { folder, base, head, path } = params;
      const sides = await commits.sides(directory, base, head, path);
      if (sides === undefined) return null;
      const { before, after, file } = sides;
      return {
        ...(before === undefined || base === undefined ? {} : { before: { folder, commit: base, path: before } }),
        ...(after === undefined ? {} : { after: head === undefined ? { uri: fileUri(file) } : { folder, commit: head, path: after } }),
      };
    }),
  );

  connection.onRequest(
    GIT_TEXT_METHOD,
    guarded('gitText', log, '', async (params: unknown): Promise<string> => {
      const directory = folderOf(params);
      if (directory === undefined || !isRecord(params)) return '';
      const { commit, path } = params;
      return typeof commit === 'string' && HASH.test(commit) && typeof path === 'string' ? commits.text(directory, commit, path) : '';
    }),
  );

  connection.onRequest(
    RECORDED_LINES_METHOD,
    guarded('attribution', log, { lines: [] }, async (params: unknown): Promise<RecordedLinesResult> => {
      const uri = isRecord(params) && typeof params['uri'] === 'string' ? params['uri'] : '';
      const file = filePath(uri);
      const isKnown = isRecord(params) && params['edited'] === true && lastRecorded.has(uri);
      const recorded = isKnown ? lastRecorded.get(uri) : file === undefined ? undefined : await commits.recordedLines(file);
      lastRecorded.delete(uri);
      lastRecorded.set(uri, recorded);
      for (const oldest of [...lastRecorded.keys()].slice(0, Math.max(0, lastRecorded.size - MAX_RECORDED))) lastRecorded.delete(oldest);
      if (recorded === undefined || recorded.lines.length === 0) return { lines: [] };
      const unit = documents.find(uri);
      const text = unit?.kind === 'text' ? unit.document.getText() : recorded.text;
      return { lines: linesNow(recorded, text) };
    }),
  );

  return () => audits.stop();
}

type Recorded = NonNullable<Awaited<ReturnType<CommitsHost['recordedLines']>>>;

/** Lines that are as the head has them, wherever they have moved to. */
function linesNow({ text, lines, evidence }: Recorded, now: string): RecordedLinesResult['lines'] {
  const [before, after] = [linesOf(text), linesOf(now)].map((each) => each.map((line) => line.replace(/\r$/, '')));
  const old = oldLines(diffLines(before ?? [], after ?? []), after?.length ?? 0);
  const found: RecordedLinesResult['lines'][number][] = [];
  let open: { readonly evidence: number; readonly startLine: number } | undefined;
  // One past the end closes the last run.
  for (let line = 0; line <= old.length; line++) {
    const was = line < old.length ? (old[line] ?? -1) + 1 : 0;
    const by = was === 0 ? undefined : lines.find(({ start, end }) => start <= was && was <= end)?.evidence;
    if (open !== undefined && open.evidence !== by) {
      const said = evidence[open.evidence];
      if (said !== undefined) found.push({ ...evidenceView(said), startLine: open.startLine, endLine: line - 1 });
      open = undefined;
    }
    if (by !== undefined) open ??= { evidence: by, startLine: line };
  }
  return found;
}

interface ShownProgress {
  readonly report: (done: number, all: number) => void;
  readonly done: () => void;
}

/** On the token that the client gave; without one nobody watches. */
function progressOf(connection: Connection, params: Readonly<Record<string, unknown>>, title: string): ShownProgress {
  const token = params['workDoneToken'];
  if (typeof token !== 'string' && typeof token !== 'number') return { report: () => undefined, done: () => undefined };
  const reporter = connection.window.attachWorkDoneProgress(token);
  reporter.begin(title, 0, undefined, true);
  let shown = -1;
  return {
    report(done, all) {
      const percentage = all === 0 ? 0 : Math.floor((100 * done) / all);
      if (percentage === shown) return;
      shown = percentage;
      reporter.report(percentage, `${done} of ${all} versions of files`);
    },
    done: () => reporter.done(),
  };
}

function folderOf(params: unknown): string | undefined {
  return isRecord(params) && typeof params['folder'] === 'string' ? filePath(params['folder']) : undefined;
}

function questionOf(value: unknown): CommitsQuestion {
  if (!isRecord(value)) return { kind: 'range' };
  const { kind, range, revision } = value;
  if (kind === 'range' && typeof range === 'string') return { kind, range };
  if (kind === 'commit' && typeof revision === 'string') return { kind, revision };
  return kind === 'worktree' ? { kind } : { kind: 'range' };
}

function isSides(value: unknown): value is AuditSidesParams {
  return isRecord(value) && typeof value['path'] === 'string' && isHashOrNothing(value['base']) && isHashOrNothing(value['head']);
}

function isHashOrNothing(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && HASH.test(value));
}

function refused(message: string): SignResult {
  return { kind: 'failed', message };
}
