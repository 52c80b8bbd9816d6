/**
 * Whether a commit's countersignatures hold, and if not, what is missing: pure decisions over what git, the signing programs and a new audit said. A record counts
 * for the commit that it names, and for a rebased one whose change is the same; never for a change that is another, whatever note it lies in.
 */
import type { Severity } from '../model/rule.js';
import type { AuditItem, ItemsDigest, Sha256 } from './items.js';
import { itemId, itemsAtLeast } from './items.js';
import type { CommitBinding, CountersignRecord } from './record.js';

/** What the signing program said of a record's signature. `detail` may hold untrusted text. */
export interface SignatureState {
  readonly kind:
    | 'unsigned'
    | 'good'
    /** Intact, by a key that the list of allowed signers (the keyring) does not name for this reviewer. */
    | 'unknown-key'
    /** Intact; there is no list of allowed signers to ask. */
    | 'no-list'
    /** Does not belong to this record. */
    | 'bad'
    /** Could not be checked here: the program is missing or failed. */
    | 'unchecked';
  /** The key, e.g. `SHA256:...`. */
  readonly key?: string;
  readonly detail?: string;
}

/** A record that was found, and where. */
export interface FoundRecord {
  readonly record: CountersignRecord;
  readonly signature: SignatureState;
  /** The commit whose note it lies in. */
  readonly noteOf: string;
}

/** What a new audit of the commit found. */
export interface Reaudit {
  readonly items: readonly AuditItem[];
  readonly digest: ItemsDigest;
  /** Digest of the rules that ran. */
  readonly rules: string;
}

/** How a record is about the commit that is asked about. */
export type Standing = 'exact' | 'rebased' | 'changed' | 'another';

export interface RecordVerdict extends FoundRecord {
  readonly standing: Standing;
  /** Whether its decision has weight for this commit. */
  readonly counts: boolean;
  /** By the commit's own author. */
  readonly own: boolean;
  /** Why it counts or does not, one sentence each. */
  readonly says: readonly string[];
  /** Something that an honest record can't be. */
  readonly tampered: boolean;
  /** What a new audit finds that was not there when this was signed, at or above the threshold. */
  readonly news: readonly AuditItem[];
}

export type CommitState =
  | 'not-required'
  | 'signed'
  | 'rebased'
  | 'rejected'
  | 'tampered'
  | 'changed-since-signed'
  | 'findings-differ'
  | 'unknown-key'
  | 'signature-missing'
  | 'own-only'
  | 'not-signed';

export interface CommitVerdict {
  readonly commit: CommitBinding;
  /** Why it needs a countersignature; undefined where it needs none. */
  readonly required: string | undefined;
  readonly state: CommitState;
  readonly passes: boolean;
  readonly records: readonly RecordVerdict[];
  /** What is wrong or missing, one sentence. */
  readonly message: string;
}

export interface VerifyPolicy {
  /** Lowest severity that makes a commit need a countersignature; undefined: none does by itself. */
  readonly threshold: Severity | undefined;
  readonly requireSignature: boolean;
  /** A record for the commit before its rebase does not count. */
  readonly exact: boolean;
  /** The author's own record does not count. */
  readonly secondPerson: boolean;
}

export interface CommitCase {
  readonly commit: CommitBinding;
  readonly required: string | undefined;
  readonly found: readonly FoundRecord[];
  /** Notes of this commit that could not be read as records. */
  readonly problems: readonly string[];
  /** Undefined where there was nothing to compare with. */
  readonly reaudit: Reaudit | undefined;
}

/** How the record is about the commit, by what it binds; nothing is said yet about whether it may be believed. */
export function standingOf(record: CountersignRecord, commit: CommitBinding, noteOf: string): Standing | undefined {
  if (record.commit === commit.commit) return 'exact';
  if (record.change === commit.change) return 'rebased';
  if (isSameWork(record, commit)) return 'changed';
  return noteOf === commit.commit ? 'another' : undefined;
}

/** An amended or rebased commit keeps its author and its author date to the second. */
export function isSameWork(a: Pick<CommitBinding, 'author'>, b: Pick<CommitBinding, 'author'>): boolean {
  return a.author.email === b.author.email && a.author.name === b.author.name && a.author.date === b.author.date;
}

export function judgeCommit(
  { commit, required, found, problems, reaudit }: CommitCase,
  policy: VerifyPolicy,
  sha256: Sha256,
): CommitVerdict {
  const records = found
    .flatMap((entry) => {
      const standing = standingOf(entry.record, commit, entry.noteOf);
      return standing === undefined ? [] : [judgeRecord(entry, standing, commit, reaudit, policy, sha256)];
    })
    .toSorted((a, b) => (a.record.date < b.record.date ? -1 : a.record.date > b.record.date ? 1 : 0));
  const verdict = (state: CommitState, passes: boolean, message: string): CommitVerdict => ({
    commit,
    required,
    state,
    passes,
    records,
    message,
  });

  const tampered = records.find((entry) => entry.tampered);
  if (tampered !== undefined) return verdict('tampered', false, `Tampered record: ${tampered.says[0] ?? ''}`);
  const problem = problems[0];
  if (problem !== undefined) return verdict('tampered', false, `Its note cannot be read as it stands: ${problem}.`);
  const last = lastOfEach(records.filter((entry) => entry.counts && entry.record.decision !== 'comment'));
  const rejected = last.find((entry) => entry.record.decision === 'reject');
  if (rejected !== undefined) return verdict('rejected', false, `Rejected by ${who(rejected)}.`);
  const approved = last.filter((entry) => entry.record.decision === 'approve');
  const exact = approved.find((entry) => entry.standing === 'exact');
  if (exact !== undefined) return verdict('signed', true, `Signed by ${who(exact)}, unchanged since.`);
  const rebased = approved[0];
  if (rebased !== undefined)
    return verdict(
      'rebased',
      true,
      `Signed by ${who(rebased)} as ${rebased.record.commit.slice(0, 12)}: the same change, rebased, and the same findings.`,
    );
  if (required === undefined) return verdict('not-required', true, 'Needs no countersignature.');

  // Nothing counts: say what comes closest.
  const near = (...standings: readonly Standing[]): RecordVerdict | undefined =>
    records.findLast((entry) => standings.includes(entry.standing) && entry.record.decision === 'approve');
  const close = near('exact') ?? near('rebased');
  if (close !== undefined) {
    const state: CommitState =
      close.signature.kind === 'unknown-key'
        ? 'unknown-key'
        : close.news.length > 0
          ? 'findings-differ'
          : close.own && policy.secondPerson
            ? 'own-only'
            : close.standing === 'rebased'
              ? 'changed-since-signed'
              : close.signature.kind === 'good'
                ? 'findings-differ'
                : 'signature-missing';
    return verdict(state, false, close.says[0] ?? 'Its record does not count.');
  }
  const changed = near('changed', 'another');
  if (changed !== undefined)
    return verdict('changed-since-signed', false, changed.says[0] ?? 'The commit is another than the one that was signed.');
  return verdict('not-signed', false, `Nobody has countersigned it: ${required}.`);
}

function judgeRecord(
  entry: FoundRecord,
  standing: Standing,
  commit: CommitBinding,
  reaudit: Reaudit | undefined,
  policy: VerifyPolicy,
  sha256: Sha256,
): RecordVerdict {
  const { record, signature } = entry;
  const short = record.commit.slice(0, 12);
  const own = record.reviewer.email.toLowerCase() === commit.author.email.toLowerCase();
  const says: string[] = [];
  let tampered = false;
  let counts = true;
  const against = (sentence: string): void => {
    counts = false;
    says.push(sentence);
  };

  if (signature.kind === 'bad') {
    tampered = true;
    against(`the signature of ${record.reviewer.email} does not belong to this record.`);
  } else if (standing === 'exact' && !bindsAlike(record, commit)) {
    // These follow from the hash that it names.
    tampered = true;
    against('it names this commit with another tree, other parents, another author or another change.');
  } else if (standing === 'changed') {
    against(`Changed since signed: ${record.reviewer.email} signed ${short}, an earlier form of this commit with another change.`);
  } else if (standing === 'another') {
    against(`The record in its note is about another commit, ${short}.`);
  } else if (standing === 'rebased' && policy.exact) {
    against(
      `Changed since signed: ${record.reviewer.email} signed ${short}, the same change before a rebase, and only exact records are asked for.`,
    );
  }
  if (counts && signature.kind === 'unknown-key')
    against(`Signed by a key that is not known for ${record.reviewer.email}${signature.key === undefined ? '' : ` (${signature.key})`}.`);
  if (counts && policy.requireSignature && signature.kind !== 'good') against(missingSignature(record, signature));
  if (counts && own && policy.secondPerson) against(`Only its own author, ${record.reviewer.email}, has signed it.`);

  const news = counts && reaudit !== undefined ? newItems(record, reaudit, policy.threshold, sha256) : [];
  if (counts && reaudit !== undefined && record.findings.digest !== reaudit.digest.digest) {
    const sameRules = record.tool.rules === reaudit.rules;
    if (record.decision === 'approve' && (news.length > 0 || (sameRules && standing !== 'rebased' && record.findings.items === undefined)))
      against(newsText(news.length, sameRules, record));
    else if (record.decision === 'approve' && sameRules && standing === 'exact')
      against('Findings differ from what was signed, though the commit and the rules are the same.');
    else says.push(sameRules ? 'The findings are others than those that were signed.' : 'The rules have changed since it was signed.');
  }
  // A rejection of the very change stands whatever an audit finds now, and whoever wrote the commit.
  if (record.decision === 'reject')
    counts =
      !tampered &&
      (standing === 'exact' || standing === 'rebased') &&
      signature.kind !== 'unknown-key' &&
      (!policy.requireSignature || signature.kind === 'good');
  return { ...entry, standing, counts, own, says, tampered, news };
}

function missingSignature({ reviewer }: CountersignRecord, { kind, detail }: SignatureState): string {
  const why = {
    unsigned: 'it has no signature',
    'no-list': 'there is no list of allowed signers to check its signature with',
    unchecked: `its signature could not be checked${detail === undefined ? '' : ` (${detail})`}`,
    bad: 'its signature is wrong',
    'unknown-key': 'its key is not known',
    good: '',
  }[kind];
  return `The record of ${reviewer.email} does not count: ${why}.`;
}

function newsText(count: number, sameRules: boolean, { findings }: CountersignRecord): string {
  const than = `${findings.errors + findings.warnings + findings.notes} when it was signed`;
  if (count === 0) return `Findings differ from what was signed (${than}).`;
  const more = `${count} ${count === 1 ? 'finding is' : 'findings are'} not among the ${than}`;
  return sameRules ? `Findings differ from what was signed: ${more}.` : `The rules have changed since it was signed: ${more}.`;
}

/** At or above the threshold, and not in the record's list; where it has none, all of them. */
function newItems(
  { findings }: CountersignRecord,
  { items, digest }: Reaudit,
  threshold: Severity | undefined,
  sha256: Sha256,
): readonly AuditItem[] {
  if (findings.digest === digest.digest) return [];
  const known = new Map<string, number>();
  for (const id of findings.items ?? []) known.set(id, (known.get(id) ?? 0) + 1);
  return itemsAtLeast(items, threshold ?? 'INFO').filter((item) => {
    const id = itemId(item.key, sha256);
    const left = known.get(id) ?? 0;
    known.set(id, left - 1);
    return left <= 0;
  });
}

function bindsAlike(record: CountersignRecord, commit: CommitBinding): boolean {
  return (
    record.tree === commit.tree &&
    record.parents.join() === commit.parents.join() &&
    record.change === commit.change &&
    record.subject === commit.subject &&
    isSameWork(record, commit)
  );
}

/** The last word of every reviewer. One without a signature takes back no signed one. */
function lastOfEach(records: readonly RecordVerdict[]): readonly RecordVerdict[] {
  const last = new Map<string, RecordVerdict>();
  for (const entry of records) {
    const reviewer = entry.record.reviewer.email.toLowerCase();
    const before = last.get(reviewer);
    if (before?.signature.kind === 'good' && entry.signature.kind !== 'good') continue;
    last.set(reviewer, entry);
  }
  return [...last.values()];
}

function who({ record, signature }: RecordVerdict): string {
  return `${record.reviewer.email}${signature.kind === 'good' ? '' : ' (signature not checked)'}`;
}
