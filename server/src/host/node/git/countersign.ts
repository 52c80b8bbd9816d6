/**
 * Countersigning a commit, and asking whether commits are countersigned: joins the notes, the signing programs and what an audit found. Both shells use it. It
 * writes nothing but a line in a note under `refs/notes/countersign`.
 */
import { auditItems, digestItems, itemsAtLeast } from '../../../core/audit/items.js';
import { readNote, RECORD_VERSION, signedText, writeLine } from '../../../core/audit/record.js';
import type { CommitBinding, CountersignRecord, Decision, Person, RecordLine, RecordSignature } from '../../../core/audit/record.js';
import type { CommitAudit } from '../../../core/audit/report.js';
import { isSameWork, judgeCommit } from '../../../core/audit/verdict.js';
import type { CommitVerdict, FoundRecord, Reaudit, SignatureState, VerifyPolicy } from '../../../core/audit/verdict.js';
import type { RuleSource, Severity } from '../../../core/index.js';
import { changeDigest, readFacts, sha256 } from './binding.js';
import { appendNote, readNotes } from './countersignNotes.js';
import type { GitPlace } from './run.js';
import { checkSignature, readSigningConfig, signText } from './signing.js';
import type { SigningConfig } from './signing.js';

/** What did the looking: the program's version and a digest of the rules that ran. */
export interface ToolIdentity {
  readonly version: string;
  readonly rules: string;
}

export interface SignRequest {
  /** Full hash. */
  readonly commit: string;
  /** What was found in it. */
  readonly audit: CommitAudit;
  readonly tool: ToolIdentity;
  readonly decision: Decision;
  readonly note?: string;
  /** Instead of `user.name` and `user.email`. */
  readonly reviewer?: Person;
  /** Do not sign, even where a key is configured. */
  readonly unsigned?: boolean;
  readonly now: Date;
}

export type SignOutcome =
  | {
      readonly kind: 'written';
      readonly record: CountersignRecord;
      readonly signature: RecordSignature | undefined;
      /** Settings that did not count, one sentence each. */
      readonly ignored: readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string };

/** Digest of rule files and of which of their rules do not run. */
export function rulesDigest(sources: readonly RuleSource[], disabled: readonly string[], profile: string): string {
  const files = sources.map(({ path, text }) => `${sha256(text)} ${path}`).toSorted();
  return `sha256:${sha256([...files, `profile ${profile}`, ...disabled.toSorted().map((id) => `without ${id}`)].join('\n'))}`;
}

export async function signCommit(place: GitPlace, request: SignRequest): Promise<SignOutcome> {
  const failed = (message: string): SignOutcome => ({ kind: 'failed', message });
  const [facts] = await readFacts(place, [request.commit]);
  if (facts === undefined) return failed(`${request.commit} is not a commit of this repository`);
  const config = await readSigningConfig(place);
  const { name, email } = request.reviewer ?? config.reviewer;
  if (name === undefined || email === undefined || email === '')
    return failed('git does not know who you are: set user.name and user.email, or name the reviewer');
  const items = auditItems(request.audit);
  const digest = digestItems(items, sha256);
  const count = (severity: Severity): number => items.filter((item) => item.severity === severity).length;
  const record: CountersignRecord = {
    version: RECORD_VERSION,
    ...facts,
    change: await changeDigest(place, facts),
    findings: {
      digest: digest.digest,
      ...(digest.items === undefined ? {} : { items: digest.items }),
      errors: count('ERROR'),
      warnings: count('WARNING'),
      notes: count('INFO'),
    },
    tool: request.tool,
    decision: request.decision,
    reviewer: { name, email },
    date: request.now.toISOString(),
    ...(request.note === undefined || request.note.trim() === '' ? {} : { note: request.note.trim() }),
  };
  const line = { record };
  const [read] = readNote(writeLine(line));
  if (read?.kind !== 'record') return failed(`the record cannot be written: ${read?.message ?? 'it is empty'}`);
  const signed = request.unsigned === true ? ({ kind: 'no-key' } as const) : await signText(config, signedText(record));
  // Whoever configured a key wants signatures: without one there is no record either.
  if (signed.kind === 'failed') return failed(signed.message);
  const signature = signed.kind === 'signed' ? signed.signature : undefined;
  const written = await appendNote(place, facts.commit, writeLine(signature === undefined ? line : { record, signature }), { name, email });
  if (written.kind === 'failed') return failed(written.message);
  return { kind: 'written', record, signature, ignored: config.ignored };
}

export interface Countersignatures {
  /** By the commit whose note they lie in. */
  readonly byNote: ReadonlyMap<string, { readonly lines: readonly RecordLine[]; readonly problems: readonly string[] }>;
  readonly problems: readonly string[];
  readonly config: SigningConfig;
}

export type ReadOutcome =
  | { readonly kind: 'read'; readonly all: Countersignatures }
  | { readonly kind: 'failed'; readonly message: string };

/** All records of the repository; signatures are not checked yet. */
export async function readCountersignatures(place: GitPlace): Promise<ReadOutcome> {
  const [read, config] = await Promise.all([readNotes(place), readSigningConfig(place)]);
  if (read.kind === 'failed') return read;
  const byNote = new Map(
    read.notes.map(({ commit, text }) => {
      const lines = readNote(text);
      return [
        commit,
        {
          lines: lines.flatMap((entry) => (entry.kind === 'record' ? [entry.line] : [])),
          problems: lines.flatMap((entry) => (entry.kind === 'problem' ? [entry.message] : [])),
        },
      ];
    }),
  );
  return { kind: 'read', all: { byNote, problems: read.problems, config } };
}

export interface VerifyRequest extends VerifyPolicy {
  /** Full hashes, and why each needs a countersignature (undefined: it needs none). */
  readonly commits: readonly { readonly commit: string; readonly required: string | undefined }[];
  readonly allowedSigners?: string;
  /** Audits a commit anew; undefined where that is not possible. Asked only for commits with a record. */
  readonly reaudit: (commit: string) => Promise<{ readonly audit: CommitAudit; readonly rules: string } | undefined>;
}

export type VerifyOutcome =
  | {
      readonly kind: 'verified';
      readonly verdicts: readonly CommitVerdict[];
      readonly problems: readonly string[];
      /** Commits that were asked about and are not in this copy. */
      readonly missing: readonly string[];
      readonly ignored: readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string };

/** A verdict for each commit, in their order. */
export async function verifyCommits(place: GitPlace, request: VerifyRequest): Promise<VerifyOutcome> {
  const read = await readCountersignatures(place);
  if (read.kind === 'failed') return read;
  const { all } = read;
  const facts = await readFacts(
    place,
    request.commits.map(({ commit }) => commit),
  );
  const byCommit = new Map(facts.map((entry) => [entry.commit, entry]));
  const everyRecord = [...all.byNote].flatMap(([noteOf, { lines }]) => lines.map((line) => ({ line, noteOf })));
  const verdicts: CommitVerdict[] = [];
  const problems = [...all.problems];
  const missing: string[] = [];
  for (const { commit, required } of request.commits) {
    const fact = byCommit.get(commit);
    if (fact === undefined) {
      missing.push(commit);
      continue;
    }
    const own = all.byNote.get(commit);
    const change = everyRecord.length === 0 ? '' : await changeDigest(place, fact);
    // The commit's own, those of the same change elsewhere, and those of an earlier form: a rebase keeps the author and the author date.
    const near = everyRecord.filter(
      ({ line: { record }, noteOf }) =>
        noteOf === commit || record.commit === commit || record.change === change || isSameWork(record, fact),
    );
    const binding: CommitBinding = { ...fact, change };
    const found: FoundRecord[] = [];
    for (const { line, noteOf } of distinct(near)) {
      found.push({ record: line.record, noteOf, signature: await signatureState(all.config, line, request.allowedSigners) });
    }
    const audited = found.length === 0 ? undefined : await request.reaudit(commit);
    verdicts.push(
      judgeCommit(
        {
          commit: binding,
          required,
          found,
          problems: own?.problems ?? [],
          reaudit: audited === undefined ? undefined : reauditOf(audited.audit, audited.rules),
        },
        request,
        sha256,
      ),
    );
  }
  return { kind: 'verified', verdicts, problems, missing, ignored: all.config.ignored };
}

export function signatureState(config: SigningConfig, { record, signature }: RecordLine, allowedSigners?: string): Promise<SignatureState> {
  if (signature === undefined) return Promise.resolve({ kind: 'unsigned' });
  return checkSignature(config, signature, signedText(record), record.reviewer.email, allowedSigners);
}

/** Why a commit needs a countersignature: it is attributed to an agent and holds something at or above the threshold. */
export function whyRequired(
  audit: CommitAudit,
  threshold: Severity | undefined,
  who: 'ai' | 'anyone' | 'every-commit',
): string | undefined {
  if (who === 'every-commit') return 'every commit needs a countersignature';
  const assisted = audit.attribution.tier !== 'unknown';
  if ((who === 'ai' && !assisted) || threshold === undefined) return undefined;
  const count = itemsAtLeast(auditItems(audit), threshold).length;
  if (count === 0) return undefined;
  const found = `it adds ${count} ${count === 1 ? 'finding' : 'findings'} of ${threshold} or above`;
  return assisted ? `${audit.attribution.agent ?? 'an agent'} took part in it, and ${found}` : found;
}

function reauditOf(audit: CommitAudit, rules: string): Reaudit {
  const items = auditItems(audit);
  return { items, digest: digestItems(items, sha256), rules };
}

/** Git copies notes when it rewrites commits: the same line twice is one record. The note of the commit that it names comes first. */
function distinct<T extends { readonly line: RecordLine; readonly noteOf: string }>(entries: readonly T[]): readonly T[] {
  const byText = new Map<string, T>();
  for (const entry of entries) {
    const text = writeLine(entry.line);
    const before = byText.get(text);
    if (before === undefined || (before.noteOf !== before.line.record.commit && entry.noteOf === entry.line.record.commit))
      byText.set(text, entry);
  }
  return [...byText.values()];
}
