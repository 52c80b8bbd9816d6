/**
 * One change set, whatever it is made of (a commit, a range as a whole, what is staged), audited: its texts read, its findings compared, its checks reviewed, its
 * hunks put in an order to read.
 */
import { identifyFile } from '../../../core/index.js';
import type { Finding, RuleInfo } from '../../../core/index.js';
import type { AivssVersion } from '../../../core/index.js';
import { ruleScore } from '../../../core/aivss/ruleScore.js';
import type { FileChange } from '../../../core/audit/change.js';
import { compareFindings } from '../../../core/audit/findings.js';
import type { ScannedChange } from '../../../core/audit/findings.js';
import { governanceChanges, isFromBase } from '../../../core/audit/governance.js';
import { excerptOf } from '../../../core/audit/excerpt.js';
import { diffLines, linesOf } from '../../../core/audit/lineDiff.js';
import { readingOrder } from '../../../core/audit/readingOrder.js';
import type { AddedFinding, CommitAudit, SetApart } from '../../../core/audit/report.js';
import { CONFIG_FILE, parseConfig } from '../../../core/pack/config.js';
import type { FolderConfig } from '../../../core/pack/config.js';
import type { Attribution } from '../../../core/provenance/attribution.js';
import type { ChangedEntry } from '../git/changes.js';
import type { AuditParts } from './parts.js';
import type { Review } from '../../../core/audit/review.js';
import type { VersionScans } from './scan.js';
import { hasOneSide, isInstalled, versionKey } from './scan.js';
import { fileChange, ownChangeOfMerge } from './texts.js';
import type { TextStore } from './texts.js';
import type { VersionTrees } from './trees.js';

/** What a change set is compared with; a merge has several. */
export interface ChangeSet {
  /** Against the first parent. */
  readonly entries: readonly ChangedEntry[];
  /** Of a merge: the same paths against each other parent. */
  readonly others: readonly (readonly ChangedEntry[])[];
}

export interface AuditContext {
  readonly store: TextStore;
  /** Whether the base commit took a file out of scans. */
  readonly ignores: (path: string) => boolean;
  readonly scans: VersionScans;
  readonly parts: AuditParts;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly aivss: AivssVersion;
  readonly config: FolderConfig;
  /** Files of one change set whose texts are compared: of the others only the number is said. */
  readonly maxFiles: number;
  /** The base's text of a path of any commit of the range; undefined where the base has no such file. */
  readonly baseText: (path: string) => Promise<string | undefined>;
  /** Keep the lines of what is to be read first. */
  readonly excerpts?: boolean;
}

export type AuditedChanges = Omit<CommitAudit, 'sha' | 'parents' | 'subject' | 'author' | 'date'>;

/** UTF-16 code units, both sides. */
const MAX_TEXT = 96 * 1024 * 1024;

/** One changed file of a change set, with its texts. */
interface ReadChange {
  readonly entry: ChangedEntry;
  /** Against the first parent. */
  readonly change: FileChange;
  /** Of a merge, what it brought in itself. */
  readonly own: FileChange;
}

/** How many of them are left out, because all together are too large. */
async function readChanges(
  set: ChangeSet,
  { store, maxFiles }: Pick<AuditContext, 'store' | 'maxFiles'>,
): Promise<{ readonly read: readonly ReadChange[]; readonly left: number }> {
  const read: ReadChange[] = [];
  let length = 0;
  const chosen = entriesToRead(set.entries, maxFiles);
  let left = set.entries.length - chosen.length;
  for (const entry of chosen) {
    if (length > MAX_TEXT) {
      left++;
      continue;
    }
    const change = await fileChange(entry, store);
    if (change === undefined) continue;
    const own = set.others.length === 0 ? change : await mergeOwn(change, entry, set.others, store);
    if (own === undefined) continue;
    length += (change.before?.length ?? 0) + (change.after?.length ?? 0);
    read.push({ entry, change, own });
  }
  return { read, left };
}

/** What needs no scan: can be asked while files are scanned. */
export async function reviewSet(
  set: ChangeSet,
  context: Pick<AuditContext, 'store' | 'maxFiles' | 'parts'> & { readonly trees: VersionTrees },
): Promise<Review> {
  const { read } = await readChanges(set, context);
  const keys = new Map<string, string>();
  for (const { entry, change, own } of read) {
    // Of a merge the older side is made up.
    if (own !== change || !hasOneSide(entry)) continue;
    for (const which of ['old', 'new'] as const) {
      const key = versionKey(entry, which);
      const text = which === 'old' ? change.before : change.after;
      const path = which === 'old' ? (change.oldPath ?? change.path) : change.path;
      if (key !== undefined && text !== undefined) keys.set(textKey(path, text), key);
    }
  }
  await context.trees.ready([...keys.values()]);
  return context.parts.review(
    read.map(({ own }) => own),
    (path, text) => {
      const key = keys.get(textKey(path, text));
      return key === undefined ? undefined : context.trees.take(key, text);
    },
  );
}

function textKey(path: string, text: string): string {
  return `${path}\0${text}`;
}

/** @param reviewed as `reviewSet` has it; @param attribute who wrote it, asked once its texts are known */
export async function auditChanges(
  set: ChangeSet,
  context: AuditContext,
  reviewed: Review,
  attribute: (changes: readonly FileChange[]) => Promise<Attribution>,
): Promise<AuditedChanges> {
  const { scans, store } = context;
  const problems: string[] = [];
  const { read, left } = await readChanges(set, context);
  const changes = read.map(({ own }) => own);
  const scanned = read.map(({ change, entry }) => scannedChange(change, entry, scans));
  /** Of a merge: the same against its other parents. */
  const scannedOthers = set.others.map((): ScannedChange[] => []);
  for (const { entry, change } of read) {
    if (change.unread === 'missing') problems.push(`${change.path}: this version is not in the repository, so it could not be looked at`);
    for (const [at, entries] of set.others.entries()) {
      const other = entries.find(({ path }) => path === entry.path);
      const otherChange = other === undefined ? undefined : await fileChange(other, store);
      if (other !== undefined && otherChange !== undefined) scannedOthers[at]?.push(scannedChange(otherChange, other, scans));
    }
    for (const { message } of scans.report(entry, 'new')?.coverage.reasons ?? []) problems.push(`${entry.path}: ${message}`);
  }
  if (left > 0) problems.push(`${left} more changed files were not compared: the change is too large to be read as one`);

  const found = compareFindings(scanned);
  const elsewhere = scannedOthers.map((files) => new Set(compareFindings(files).added.map(({ finding }) => placeOf(finding))));
  const isOwn = ({ finding }: AddedFinding): boolean => elsewhere.every((places) => places.has(placeOf(finding)));
  const seen = found.added.filter(({ finding }) => !context.ignores(finding.path));
  if (seen.length < found.added.length) problems.push(leftOut(found.added.length - seen.length));
  const { added, hidden } = await withBaseSuppressions(seen.filter(isOwn), found.suppressedSince, changes, context);
  const { problems: unreviewed, ...review } = reviewed;
  problems.push(...unreviewed);
  const attribution = await attribute(changes);
  const governance = governanceChanges({
    changes,
    hidden,
    configOf: (text) => parseConfig(text, CONFIG_FILE).config,
    rulePaths: context.config.rulePaths.map(({ value }) => value),
    configFile: CONFIG_FILE,
  });
  const unread = unreadFiles(changes);
  const unreadPaths = new Set(unread.map(({ path }) => path));
  const setApart = [...review.setApart.filter(({ path }) => !unreadPaths.has(path)), ...unread].toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
  );
  const concerns = {
    ...review,
    setApart,
    governance,
    added: added.map((item) => ({ ...item, ...recordedAs(item.finding, attribution) })).toSorted(byPlace),
  };
  const order = readingOrder(changes, concerns, (finding) => scoreOf(finding, context));
  const sum = (count: (change: FileChange) => number): number => changes.reduce((total, change) => total + count(change), 0);
  return {
    ...concerns,
    attribution,
    removedFindings: (set.others.length > 0 ? [] : found.removed)
      .map(({ finding, path }) => ({ fingerprint: finding.fingerprint, ruleId: finding.ruleId, path, line: finding.range.start.line + 1 }))
      .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || (a.fingerprint < b.fingerprint ? -1 : 1))),
    readingOrder: context.excerpts === true ? withExcerpts(order.items, changes) : order.items,
    rest: order.rest,
    files: changes.length + left,
    addedLines: sum(({ hunks }) => hunks.reduce((lines, hunk) => lines + hunk.newLines, 0)),
    deletedLines: sum(({ hunks }) => hunks.reduce((lines, hunk) => lines + hunk.oldLines, 0)),
    problems,
  };
}

function leftOut(count: number): string {
  return `${count} ${count === 1 ? 'finding is' : 'findings are'} left out: the base commit’s .countersignignore names the file`;
}

/** All of them, or of very many those that are code first. */
export function entriesToRead(entries: readonly ChangedEntry[], max: number): readonly ChangedEntry[] {
  if (entries.length <= max) return entries;
  const isCode = new Map(entries.map((entry) => [entry, identifyFile(entry.path, '').kind === 'code']));
  return [...entries.filter((entry) => isCode.get(entry)), ...entries.filter((entry) => !isCode.get(entry))].slice(0, max);
}

function withExcerpts(items: AuditedChanges['readingOrder'], changes: readonly FileChange[]): AuditedChanges['readingOrder'] {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  return items.map((item) => {
    const change = byPath.get(item.path);
    const excerpt = change === undefined ? [] : excerptOf(change, item.start, item.end);
    return excerpt.length === 0 ? item : { ...item, excerpt };
  });
}

async function mergeOwn(
  change: FileChange,
  entry: ChangedEntry,
  others: ChangeSet['others'],
  store: TextStore,
): Promise<FileChange | undefined> {
  const texts: (string | undefined)[] = [];
  for (const entries of others) {
    const other = entries.find(({ path }) => path === entry.path);
    const side = other === undefined ? undefined : await store.side(other, 'old');
    texts.push(side?.kind === 'text' ? side.text : undefined);
  }
  return ownChangeOfMerge(change, texts);
}

function scannedChange(change: FileChange, entry: ChangedEntry, scans: VersionScans): ScannedChange {
  return {
    path: change.path,
    ...(change.oldPath === undefined ? {} : { oldPath: change.oldPath }),
    before: {
      text: change.before ?? '',
      findings: change.before === undefined ? [] : scans.findings(entry, 'old'),
      isPartial:
        scans.report(entry, 'old')?.coverage.reasons.some((reason) => reason.kind === 'file' && CUT_SHORT.has(reason.code)) ?? false,
    },
    after: { text: change.after ?? '', findings: change.after === undefined ? [] : scans.findings(entry, 'new') },
    hunks: change.hunks,
  };
}

/** Why a scan may have left out what another one finds. */
const CUT_SHORT: ReadonlySet<string> = new Set(['timeout', 'too-many-matches', 'too-deep', 'cancelled']);

function placeOf({ ruleId, path, range }: Finding): string {
  return `${ruleId}\0${path}\0${range.start.offset}\0${range.end.offset}`;
}

/** A suppression that the base has counts; any other is said, and its finding with it. */
async function withBaseSuppressions(
  added: readonly AddedFinding[],
  suppressedSince: readonly Finding[],
  changes: readonly FileChange[],
  { baseText }: AuditContext,
): Promise<{ readonly added: readonly AddedFinding[]; readonly hidden: readonly Finding[] }> {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const counts = async (finding: Finding): Promise<boolean> => {
    const text = byPath.get(finding.path)?.after;
    const base = await baseText(finding.path);
    if (finding.suppression === undefined || text === undefined || base === undefined) return false;
    return isFromBase(base, text, diffLines(linesOf(base), linesOf(text)), finding.suppression.range.start.line);
  };
  const kept: AddedFinding[] = [];
  const hidden: Finding[] = [];
  for (const item of added) {
    const { suppression, ...open } = item.finding;
    if (suppression === undefined || (await counts(item.finding))) kept.push(item);
    else {
      kept.push({ ...item, finding: open });
      hidden.push(item.finding);
    }
  }
  for (const finding of suppressedSince) if (!(await counts(finding))) hidden.push(finding);
  return { added: kept, hidden };
}

/** What was not read, and why. */
function unreadFiles(changes: readonly FileChange[]): readonly SetApart[] {
  return changes.flatMap((change): SetApart[] => {
    if (change.unread !== undefined) return [{ path: change.path, why: change.unread }];
    return isInstalled(change.path) ? [{ path: change.path, why: 'vendored', detail: 'installed packages: not scanned' }] : [];
  });
}

function recordedAs(finding: Finding, { lines }: Attribution): { readonly recorded?: boolean } {
  const [first, last] = [finding.range.start.line + 1, Math.max(finding.range.start.line, finding.range.end.line) + 1];
  return lines.some(({ path, start, end }) => path === finding.path && start <= last && end >= first) ? { recorded: true } : {};
}

function scoreOf(finding: Finding, { rules, aivss }: AuditContext): number | undefined {
  const rule = rules.get(finding.ruleId);
  return rule === undefined ? undefined : ruleScore(rule.metadata, aivss, finding.lowered !== undefined)?.score;
}

function byPlace({ finding: a }: AddedFinding, { finding: b }: AddedFinding): number {
  return (
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  );
}
