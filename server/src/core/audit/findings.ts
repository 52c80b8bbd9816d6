/**
 * Which findings a change brought in and which it took away. A finding was there before when the code that it is about was: moved, renamed, indented or laid out
 * anew. Every finding of the old side answers for one of the new side only, so a line that is copied to a second place is one finding more.
 *
 * What counts as the same code, the surest first: the same line of a file that the change left alone; the same text in the same line; the same line elsewhere in
 * the change; the same tokens in the same file; a long range of which little changed; a line that differs by a name that the file no longer knows.
 */
import type { Finding, Trace } from '../model/finding.js';
import type { Tier } from '../model/rule.js';
import type { Hunk } from './change.js';
import { functionAround, functionsIn } from './enclosing.js';
import { linesOf, oldLines } from './lineDiff.js';
import type { AddedFinding } from './report.js';
import { isMade } from './setApart.js';
import { isExamplePath, isTestPath } from '../model/testPaths.js';

/** One changed file with what a scan of either side found. A side that does not exist, or was not scanned, has no findings. */
export interface ScannedChange {
  readonly path: string;
  readonly oldPath?: string;
  readonly before: ScannedText;
  readonly after: ScannedText;
  readonly hunks: readonly Hunk[];
}

export interface ScannedText {
  /** Empty where there is none. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The scan ended before it had looked for everything. */
  readonly isPartial?: boolean;
}

export interface FindingsChange {
  readonly added: readonly AddedFinding[];
  readonly removed: readonly { readonly finding: Finding; readonly path: string }[];
  /** Pairs of the same finding, as far as they were found suppressed on either side. */
  readonly suppressedSince: readonly Finding[];
}

/** Rules of the engine about suppressions: they say nothing new about a line that is old. */
const OWN_RULES: ReadonlySet<string> = new Set(['suppression-without-reason', 'unused-suppression']);
const TIER_RANK: Readonly<Record<Tier, number>> = { audit: 0, pattern: 1, likely: 2, proved: 3 };
const SEVERITY_RANK = { INFO: 0, WARNING: 1, ERROR: 2 } as const;
/** A range of fewer lines is about all of them. */
const LONG_RANGE = 4;
const MOSTLY_SAME = 0.6;

interface Placed {
  readonly finding: Finding;
  readonly change: ScannedChange;
  /** 0-based, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** Tokens of the matched text. */
  readonly tokens: string;
  /** Tokens of the whole lines. */
  readonly line: string;
  partner?: Placed;
}

/** @param changes all files of one change: what moves between them is seen */
export function compareFindings(changes: readonly ScannedChange[]): FindingsChange {
  const before = changes.flatMap((change) => change.before.findings.map((finding) => placed(finding, change, change.before.text)));
  const after = changes.flatMap((change) => change.after.findings.map((finding) => placed(finding, change, change.after.text)));
  const maps = new Map<ScannedChange, Int32Array>();
  const oldLineOf = ({ change, first }: Placed): number => {
    let map = maps.get(change);
    if (map === undefined) maps.set(change, (map = oldLines(change.hunks, linesOf(change.after.text).length + 1)));
    return map[first] ?? -1;
  };

  pair(before, after, (side, item) => {
    const line = side === 'before' ? item.first : oldLineOf(item);
    return line < 0 ? undefined : `${fileKey(item)}\0${item.finding.ruleId}\0${line}\0${item.tokens}`;
  });
  const stays = (old: Placed, now: Placed): boolean => !jumps(old, now);
  pair(before, after, (_side, item) => `${fileKey(item)}\0${item.finding.ruleId}\0${item.tokens}\0${item.line}`, stays);
  pair(before, after, (_side, item) => `${item.finding.ruleId}\0${item.tokens}\0${item.line}`, stays);
  pair(before, after, (_side, item) => `${fileKey(item)}\0${item.finding.ruleId}\0${item.tokens}`, stays);
  pair(before, after, (_side, item) => valueKey(item), stays);
  pair(before, after, (_side, item) => versionKey(item));
  pair(
    before,
    after,
    (side, item) => {
      const line = side === 'before' ? item.first : oldLineOf(item);
      return line < 0 || item.last - item.first + 1 < LONG_RANGE ? undefined : `${fileKey(item)}\0${item.finding.ruleId}\0${line}`;
    },
    mostlySame,
  );
  pair(
    before,
    after,
    (_side, item) => `${fileKey(item)}\0${item.finding.ruleId}\0${shapeOf(textOf(item))}`,
    (old, now) => renamedOnly(old, now),
  );

  pair(
    before,
    after,
    (_side, item) => `${fileKey(item)}\0${item.finding.ruleId}`,
    (old, now) => stays(old, now) && isReworded(old, now),
  );

  const added: AddedFinding[] = [];
  const suppressedSince: Finding[] = [];
  const goneByLine = new Set(before.filter((item) => item.partner === undefined).map((item) => `${fileKey(item)}\0${item.line}`));
  for (const item of after) {
    const { finding, partner } = item;
    if (partner === undefined) {
      if (OWN_RULES.has(finding.ruleId) && oldLineOf(item) >= 0) continue;
      // What was not looked for there may have been found as well.
      if (item.change.before.isPartial === true && isOldThroughout(item, oldLineOf)) continue;
      // Another rule that said less was there: the flow goes further now, or is known better.
      const weaker = oldLineOf(item) >= 0 && goneByLine.has(`${fileKey(item)}\0${item.line}`);
      added.push({ finding: weighed(item), why: weaker ? 'reaches-further' : 'new' });
    } else if (partner.finding.suppression !== undefined && finding.suppression === undefined)
      added.push({ finding: weighed(item), why: 'unsuppressed' });
    else if (reachesFurther(partner, item, oldLineOf)) added.push({ finding: weighed(item), why: 'reaches-further' });
    else if (partner.finding.suppression === undefined && finding.suppression !== undefined) suppressedSince.push(finding);
  }
  return {
    added: onceEach(added),
    removed: before
      .filter((item) => item.partner === undefined && !OWN_RULES.has(item.finding.ruleId))
      .map(({ finding, change }) => ({ finding, path: change.oldPath ?? change.path })),
    suppressedSince,
  };
}

const OF_SECRETS = /secret|credential|private-key|api-key/;

/** One key that stands in a file several times is one key: the other places are said, and no more. */
function onceEach(added: readonly AddedFinding[]): AddedFinding[] {
  const seen = new Set<string>();
  return added.map((one) => {
    const { finding } = one;
    if (!OF_SECRETS.test(finding.ruleId) || finding.severity === 'INFO') return one;
    const key = `${finding.path}\0${finding.ruleId}\0${tokensOf(finding.lines)}`;
    if (seen.has(key)) return { ...one, finding: { ...finding, severity: 'INFO' } };
    seen.add(key);
    return one;
  });
}

/** Whether all lines that a finding shows are as they were: its own, and where its data comes from. */
function isOldThroughout(item: Placed, oldLineOf: (item: Placed) => number): boolean {
  const source = item.finding.trace?.source;
  if (source !== undefined && source.path === undefined && oldLineOf({ ...item, first: source.range.start.line }) < 0) return false;
  for (let first = item.first; first <= item.last; first++) if (oldLineOf({ ...item, first }) < 0) return false;
  return true;
}

/**
 * Whether a line was taken out of one function and written into another, while both were there before and are there still: nothing was moved with its function,
 * extracted into a new one or put in the place of an old one.
 */
function jumps(old: Placed, now: Placed): boolean {
  if (fileKey(old) !== fileKey(now)) return false;
  const before = linesOf(old.change.before.text);
  const after = linesOf(now.change.after.text);
  const was = functionAround(before, old.first);
  const is = functionAround(after, now.first);
  return was !== undefined && is !== undefined && was !== is && functionsIn(after).has(was) && functionsIn(before).has(is);
}

/** Characters that nobody sees. */
const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

/**
 * Tests hold bad examples on purpose, examples are tried out by whoever reads them, and what a program made is mended where it was made from: what is found there is
 * said, and no more; in examples only warnings. What cannot be seen is as bad there as anywhere.
 */
function weighed({ finding, change }: Placed): Finding {
  if (finding.severity === 'INFO' || UNSEEN.test(finding.lines)) return finding;
  const isQuiet =
    isTestPath(finding.path) ||
    isMadeFile(change) ||
    isQuoted(finding, change.after.text) ||
    // A secret in an example is as well known as one elsewhere.
    (finding.severity === 'WARNING' && isExamplePath(finding.path) && !OF_SECRETS.test(finding.ruleId));
  return isQuiet ? { ...finding, severity: 'INFO' } : finding;
}

/** Whether words that would order an agent about stand in quotes: they are spoken of. */
function isQuoted({ ruleId, range, path }: Finding, text: string): boolean {
  if (!ruleId.startsWith('prose-') || !PROSE.test(path)) return false;
  const opens = QUOTES.indexOf(text[range.start.offset - 1] ?? ' ');
  if (opens < 0) return false;
  const rest = text.slice(range.end.offset, range.end.offset + QUOTED);
  return rest.split('\n\n', 1)[0]?.includes(CLOSING[opens] as string) === true;
}

const PROSE = /\.(?:md|mdx|mdc|txt|rst|adoc)$/i;
const QUOTES = '"\'`\u201c\u2018';
const CLOSING = '"\'`\u201d\u2019';
/** A quotation is no longer than that. */
const QUOTED = 200;

const made = new WeakMap<ScannedChange, boolean>();

function isMadeFile(change: ScannedChange): boolean {
  let known = made.get(change);
  if (known === undefined) made.set(change, (known = isMade(change.path, change.before.text, change.after.text)));
  return known;
}

/** Joins those of equal keys one to one, in order; `undefined` is a key that nothing has. */
function pair(
  before: readonly Placed[],
  after: readonly Placed[],
  key: (side: 'before' | 'after', item: Placed) => string | undefined,
  fits: (old: Placed, now: Placed) => boolean = () => true,
): void {
  const waiting = new Map<string, Placed[]>();
  for (const item of before) {
    if (item.partner !== undefined) continue;
    const name = key('before', item);
    if (name === undefined) continue;
    const list = waiting.get(name);
    if (list === undefined) waiting.set(name, [item]);
    else list.push(item);
  }
  if (waiting.size === 0) return;
  for (const item of after) {
    if (item.partner !== undefined) continue;
    const name = key('after', item);
    const list = name === undefined ? undefined : waiting.get(name);
    const at = list?.findIndex((old) => fits(old, item)) ?? -1;
    const old = at < 0 ? undefined : list?.splice(at, 1)[0];
    if (old === undefined) continue;
    item.partner = old;
    old.partner = item;
  }
}

function placed(finding: Finding, change: ScannedChange, text: string): Placed {
  const { start, end } = finding.range;
  return {
    finding,
    change,
    first: start.line,
    last: Math.max(start.line, end.line),
    tokens: tokensOf(text.slice(start.offset, end.offset)),
    line: tokensOf(finding.lines),
  };
}

function fileKey({ change }: Placed): string {
  return change.path;
}

/** What is found, without the name that it is given: another name for the same is not another finding. */
function valueKey(item: Placed): string | undefined {
  const value =
    /^\s*(?:(?:export|const|let|var|self|this|final|private|public|static|readonly)[\s.]+)*[\p{L}_$][\p{L}\p{N}_$]*(?:\s*:[^=\n]*)?\s*:?=(?!=)\s*(\S[^]*)$/u.exec(
      textOf(item),
    )?.[1];
  return value === undefined ? undefined : `${fileKey(item)}\0${item.finding.ruleId}\0${tokensOf(value)}`;
}

/** Whether a line that went is most of one that came: all of it with more beside it or, where no data is followed, nearly all of a longer one. */
function isReworded(old: Placed, now: Placed): boolean {
  if (isData(now.change.path)) return false;
  const was = old.tokens.split(' ');
  const left = now.tokens.split(' ');
  const all = Math.max(was.length, left.length);
  let common = 0;
  for (const token of was) {
    const at = left.indexOf(token);
    if (at < 0) continue;
    left.splice(at, 1);
    common++;
  }
  if ((was.length >= FEW_TOKENS || old.tokens.length >= TELLING) && common === was.length) return true;
  return now.finding.trace === undefined && was.length >= MANY_TOKENS && common >= all * NEARLY_ALL;
}

const FEW_TOKENS = 4;
/** Letters of fewer tokens that say as much. */
const TELLING = 16;
const MANY_TOKENS = 10;
const NEARLY_ALL = 0.75;

/** An action, image or package of which another version is taken: what is said of it was said before. */
function versionKey(item: Placed): string | undefined {
  const line = textOf(item);
  const bare = line.replaceAll(VERSION, '');
  return bare === line ? undefined : `${fileKey(item)}\0${item.finding.ruleId}\0${tokensOf(bare)}`;
}

const VERSION = /(?<=[\w\]}])[@:](?:v?\d[\w.-]*|[0-9a-f]{40}|sha256:[0-9a-f]{64})\b/g;

function textOf({ finding }: Placed): string {
  return finding.lines;
}

const TOKEN = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s"'`()[\]{},;\\]+/gu;

/** What formatters leave alone: no layout, no quotes, brackets, commas and semicolons. Text of nothing else counts as it is. */
function tokensOf(text: string): string {
  const tokens = text.match(TOKEN);
  return tokens === null ? text : tokens.join(' ');
}

/** A line with every name left out. */
function shapeOf(text: string): string {
  return tokensOf(text.replaceAll(NAME, 'x'));
}

const NAME = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*/gu;

/** Of a long range: it begins where it began, and most of its lines stayed. */
function mostlySame(old: Placed, now: Placed): boolean {
  // Not those that it is shown with, which may be fewer.
  const lines = ({ first, last }: Placed, text: string): string[] =>
    linesOf(text)
      .slice(first, last + 1)
      .map(tokensOf);
  const left = lines(old, old.change.before.text);
  const is = lines(now, now.change.after.text);
  const count = Math.max(left.length, is.length);
  let same = 0;
  for (const line of is) {
    const at = left.indexOf(line);
    if (at < 0) continue;
    left.splice(at, 1);
    same++;
  }
  return same / count >= MOSTLY_SAME;
}

/**
 * Whether the lines differ by names only, and these were renamed: wherever the file had the old name, it has the new one in a line that is otherwise the same.
 * Another variable in its place is no new name.
 */
function renamedOnly(old: Placed, now: Placed): boolean {
  // In data a name is what it names: another action is not the same one under a new name.
  if (isData(now.change.path)) return false;
  const before = textOf(old).match(NAME) ?? [];
  const after = textOf(now).match(NAME) ?? [];
  if (before.length !== after.length) return false;
  const renames = new Map<string, string>();
  for (const [at, name] of before.entries()) {
    const other = after[at] as string;
    if ((renames.get(name) ?? other) !== other) return false;
    renames.set(name, other);
  }
  for (const [name, other] of renames) if (name === other) renames.delete(name);
  if (renames.size === 0) return false;
  return isRenaming(renames, old.change.before.text, now.change.after.text);
}

const DATA = /\.(?:ya?ml|json|toml)$|(?:^|\/)[^/]*Dockerfile[^/]*$/i;

function isData(path: string): boolean {
  return DATA.test(path);
}

function isRenaming(renames: ReadonlyMap<string, string>, before: string, after: string): boolean {
  const names = (text: string): ReadonlySet<string> => new Set(text.match(NAME) ?? []);
  const inBefore = names(before);
  const inAfter = names(after);
  for (const [name, other] of renames) if (inAfter.has(name) || inBefore.has(other)) return false;
  const expected = new Map<string, number>();
  for (const line of linesOf(before)) {
    let touched = false;
    const renamed = line.replaceAll(NAME, (name) => {
      const other = renames.get(name);
      if (other !== undefined) touched = true;
      return other ?? name;
    });
    if (!touched) continue;
    const key = tokensOf(renamed);
    expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  for (const line of linesOf(after)) {
    const key = tokensOf(line);
    const left = expected.get(key);
    if (left !== undefined) expected.set(key, left - 1);
  }
  return [...expected.values()].every((left) => left <= 0);
}

/** The same finding, better founded than before, more severe, or fed by data that the change brought in. */
function reachesFurther(old: Placed, now: Placed, oldLineOf: (item: Placed) => number): boolean {
  if (TIER_RANK[now.finding.tier] > TIER_RANK[old.finding.tier]) return true;
  if (SEVERITY_RANK[now.finding.severity] > SEVERITY_RANK[old.finding.severity]) return true;
  const [was, is] = [old.finding.trace, now.finding.trace];
  if (is === undefined || sourceKey(was) === sourceKey(is)) return false;
  if (was === undefined) return true;
  // A source in this file that stands in an old line fed it before as well: only which of several is shown differs.
  if (is.source.path !== undefined) return was.source.path === undefined;
  const line = is.source.range.start.line;
  return oldLineOf({ ...now, first: line }) < 0 && !sourceRenamed(was, is, old, now);
}

function sourceKey(trace: Trace | undefined): string {
  return trace === undefined ? '' : `${trace.source.path ?? ''}\0${tokensOf(trace.source.text)}`;
}

function sourceRenamed(was: Trace, is: Trace, old: Placed, now: Placed): boolean {
  const before = was.source.text.match(NAME) ?? [];
  const after = is.source.text.match(NAME) ?? [];
  if (before.length !== after.length || shapeOf(was.source.text) !== shapeOf(is.source.text)) return false;
  const renames = new Map(before.map((name, at) => [name, after[at] as string] as const).filter(([name, other]) => name !== other));
  return renames.size > 0 && isRenaming(renames, old.change.before.text, now.change.after.text);
}
