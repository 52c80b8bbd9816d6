/**
 * The record of a countersignature: which commit with which tree and which change, what was found in it then, who decided what. It is one line of canonical JSON in
 * a commit's note under `refs/notes/countersign`; docs/countersignature.md is its description for readers in other languages. Reading one trusts nothing: a line that
 * is not exactly such a record is a problem, never half a record.
 */
import { canonicalJson } from './canonical.js';
import type { Canonical } from './canonical.js';

export const RECORD_VERSION = 'countersign/1';

/** `comment`: it was read, and neither approved nor rejected. */
export const DECISIONS = ['approve', 'reject', 'comment'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** What ties a record to a commit; read from git, never from the record, when it is checked. */
export interface CommitBinding {
  /** Full hash. */
  readonly commit: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Digest of the change alone, `sha256:...` or, for a change that is too large for it, `raw-sha256:...`: stays as it is in a rebase that leaves the change alone. */
  readonly change: string;
  /** Author, with the author date (ISO 8601): both stay as they are when a commit is amended or rebased. */
  readonly author: Person & { readonly date: string };
  readonly subject: string;
}

export interface SignedFindings {
  /** Over all items: see `items.ts`. */
  readonly digest: string;
  /** Which ones they were, where they were few enough to list. */
  readonly items?: readonly string[];
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

export interface CountersignRecord extends CommitBinding {
  readonly version: typeof RECORD_VERSION;
  readonly findings: SignedFindings;
  /** What was looked with: version, and the digest of the rules that ran. */
  readonly tool: { readonly version: string; readonly rules: string };
  readonly decision: Decision;
  readonly reviewer: Person;
  /** ISO 8601, UTC. */
  readonly date: string;
  /** The reviewer's own words. */
  readonly note?: string;
}

export type SignatureFormat = 'ssh' | 'openpgp' | 'x509';

export interface RecordSignature {
  readonly format: SignatureFormat;
  /** As the signing program printed it. */
  readonly value: string;
}

export interface RecordLine {
  readonly record: CountersignRecord;
  readonly signature?: RecordSignature;
}

export type ReadLine = { readonly kind: 'record'; readonly line: RecordLine } | { readonly kind: 'problem'; readonly message: string };

/** Longer lines are not ours. UTF-16 code units. */
const LONGEST_LINE = 200_000;
const LONGEST_TEXT = 4_000;

/** What is signed: the record's canonical text, without a line break. */
export function signedText(record: CountersignRecord): string {
  return canonicalJson(record as unknown as Canonical);
}

/** A record as it stands in a note, without a line break. */
export function writeLine({ record, signature }: RecordLine): string {
  return canonicalJson({ record: record as unknown as Canonical, ...(signature === undefined ? {} : { signature: { ...signature } }) });
}

/** Each line of a note that is not empty. */
export function readNote(text: string): readonly ReadLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine);
}

function readLine(line: string): ReadLine {
  const problem = (message: string): ReadLine => ({ kind: 'problem', message });
  if (line.length > LONGEST_LINE) return problem('a line is longer than any record');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return problem('a line is not JSON');
  }
  if (!isObject(value) || !isObject(value['record'])) return problem('a line holds no record');
  const { record, signature } = value;
  if (record['version'] !== RECORD_VERSION) {
    const version = typeof record['version'] === 'string' ? record['version'].slice(0, 40) : 'none';
    return problem(`a record has the version ${version}, this program reads ${RECORD_VERSION}`);
  }
  if (!isRecord(record)) return problem('a record is not as its version says');
  if (signature !== undefined && !isSignature(signature)) return problem('a signature is not as its version says');
  const read: RecordLine = { record, ...(signature === undefined ? {} : { signature }) };
  // A key twice, a key that nobody knows, another spelling: what would be shown is not what was signed.
  if (writeLine(read) !== line.replace(/\r$/, '')) return problem('a record is not in its canonical form');
  return { kind: 'record', line: read };
}

function isRecord(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & CountersignRecord {
  const { findings, tool, note } = value;
  return (
    hasOnly(value, [
      'version',
      'commit',
      'tree',
      'parents',
      'change',
      'author',
      'subject',
      'findings',
      'tool',
      'decision',
      'reviewer',
      'date',
      'note',
    ]) &&
    isHash(value['commit']) &&
    isHash(value['tree']) &&
    isListOf(value['parents'], isHash) &&
    isText(value['change']) &&
    isText(value['subject']) &&
    isPerson(value['author'], ['date']) &&
    isPerson(value['reviewer'], []) &&
    isText(value['date']) &&
    isDecision(value['decision']) &&
    (note === undefined || isText(note)) &&
    isObject(findings) &&
    hasOnly(findings, ['digest', 'items', 'errors', 'warnings', 'notes']) &&
    isText(findings['digest']) &&
    (findings['items'] === undefined || isListOf(findings['items'], isText)) &&
    [findings['errors'], findings['warnings'], findings['notes']].every((count) => Number.isSafeInteger(count)) &&
    isObject(tool) &&
    hasOnly(tool, ['version', 'rules']) &&
    isText(tool['version']) &&
    isText(tool['rules'])
  );
}

function isSignature(value: unknown): value is RecordSignature {
  return (
    isObject(value) &&
    hasOnly(value, ['format', 'value']) &&
    (value['format'] === 'ssh' || value['format'] === 'openpgp' || value['format'] === 'x509') &&
    typeof value['value'] === 'string'
  );
}

function isPerson(value: unknown, more: readonly string[]): boolean {
  return isObject(value) && hasOnly(value, ['name', 'email', ...more]) && ['name', 'email', ...more].every((key) => isText(value[key]));
}

function isDecision(value: unknown): value is Decision {
  return (DECISIONS as readonly unknown[]).includes(value);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

function isListOf<T>(value: unknown, is: (entry: unknown) => entry is T): value is readonly T[] {
  return Array.isArray(value) && value.length <= 1_000 && value.every(is);
}

function hasOnly(value: Readonly<Record<string, unknown>>, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
