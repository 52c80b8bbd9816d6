/**
 * What a change does to its own audit: configuration, rule files, ignore files, suppressions. None of it counts while the base governs, and all of it is said.
 */
import type { Finding } from '../model/finding.js';
import type { FileChange } from './change.js';
import { linesOf } from './lineDiff.js';
import type { GovernanceChange } from './report.js';

/** The part of `countersign.yaml` that can make an audit quieter. */
export interface QuietingConfig {
  readonly rulePaths: readonly { readonly value: string }[];
  readonly disable: readonly { readonly value: string; readonly range: { readonly start: { readonly line: number } } }[];
  readonly profile?: string;
}

export interface GovernanceInput {
  readonly changes: readonly FileChange[];
  /** Findings that are hidden by a suppression which the base does not have. */
  readonly hidden: readonly Finding[];
  /** Reads a `countersign.yaml`. */
  readonly configOf: (text: string) => QuietingConfig;
  /** Rule files, rule folders and packs that govern, as paths in the repository. */
  readonly rulePaths: readonly string[];
  /** Name of the configuration file at the root. */
  readonly configFile: string;
}

const IGNORE_FILE = '.countersignignore';
/** Attributes that take a file out of diffs, or out of what hosts show of them. */
const HIDING = /(?:^|\s)(?:-diff|binary|linguist-(?:generated|vendored|documentation)(?:=true)?|gitlab-generated)(?=\s|$)/;
/** What nobody reads line by line anyway. */
const NOT_CODE =
  /\.(?:png|jpe?g|gif|bmp|ico|icns|webp|svg|pdf|woff2?|ttf|otf|eot|zip|t?gz|bz2|xz|7z|jar|mp[34]|mov|wav|ogg|webm|lock|snap|min\.\w+)\s|(?:^|[/*])[\w.-]*lock(?:file)?\.\w+\s/i;
const RULE_FILE = /(?<!\.(?:test|fixed))\.ya?ml$/i;

export function governanceChanges({ changes, hidden, configOf, rulePaths, configFile }: GovernanceInput): readonly GovernanceChange[] {
  const found: GovernanceChange[] = [];
  for (const change of changes) {
    const names = new Set([change.path, change.oldPath ?? change.path]);
    if (names.has(configFile)) found.push(...configChanges(change, configOf, configFile));
    else if ([...names].some((name) => rulePaths.some((rules) => rules === '' || name === rules || name.startsWith(`${rules}/`))))
      found.push(...ruleFileChange(change));
    if (nameOf(change.path) === IGNORE_FILE)
      found.push(
        ...newLines(
          change,
          () => true,
          (text) => `takes files out of scans: ${text}; this audit looked at them`,
        ),
      );
    if (nameOf(change.path) === '.gitattributes')
      found.push(
        ...newLines(
          change,
          (text) => HIDING.test(text) && !NOT_CODE.test(text),
          (text) => `takes files out of diffs: ${text}`,
        ),
      );
  }
  for (const finding of hidden)
    found.push({
      path: finding.path,
      line: (finding.suppression?.range.start.line ?? finding.range.start.line) + 1,
      message: `adds a suppression that would hide [${finding.ruleId}]: it does not count here`,
    });
  return found.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || (a.message < b.message ? -1 : 1)));
}

function configChanges(change: FileChange, configOf: (text: string) => QuietingConfig, configFile: string): readonly GovernanceChange[] {
  if (change.path !== configFile || change.status === 'deleted')
    return [{ path: change.path, line: 1, message: `takes ${configFile} away: the base commit's still governs this audit` }];
  const before = configOf(change.before ?? '');
  const after = configOf(change.after ?? '');
  const found: GovernanceChange[] = [];
  const disabled = new Set(before.disable.map(({ value }) => value));
  for (const { value, range } of after.disable)
    if (!disabled.has(value))
      found.push({ path: change.path, line: range.start.line + 1, message: `switches the rule ${value} off: it still ran in this audit` });
  const kept = new Set(after.rulePaths.map(({ value }) => value));
  for (const { value } of before.rulePaths)
    if (!kept.has(value))
      found.push({ path: change.path, line: firstLine(change), message: `drops the rules in ${value}: they still ran in this audit` });
  if (before.profile === 'audit' && after.profile !== 'audit')
    found.push({ path: change.path, line: firstLine(change), message: 'leaves the audit profile: it still counted in this audit' });
  if (found.length === 0)
    found.push({ path: change.path, line: firstLine(change), message: `changes ${configFile}: the base commit's governs this audit` });
  return found;
}

/** A rule file that is new takes nothing away. */
function ruleFileChange(change: FileChange): readonly GovernanceChange[] {
  if (change.status === 'added' || !RULE_FILE.test(change.oldPath ?? change.path)) return [];
  const what =
    change.status === 'deleted'
      ? 'deletes a rule file'
      : change.status === 'renamed'
        ? `moves the rule file ${change.oldPath ?? ''}`
        : 'changes a rule file';
  return [{ path: change.path, line: firstLine(change), message: `${what}: the base commit's ran in this audit` }];
}

function newLines(change: FileChange, counts: (text: string) => boolean, message: (text: string) => string): readonly GovernanceChange[] {
  const lines = linesOf(change.after ?? '');
  return change.hunks.flatMap((hunk) =>
    lines
      .slice(hunk.newStart - 1, hunk.newStart - 1 + hunk.newLines)
      .flatMap((text, at) =>
        counts(text) && text.trim() !== '' && !text.trim().startsWith('#')
          ? [{ path: change.path, line: hunk.newStart + at, message: message(text.trim().slice(0, 160)) }]
          : [],
      ),
  );
}

function firstLine(change: FileChange): number {
  return Math.max(1, change.hunks[0]?.newStart ?? 1);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Whether a suppression was in the base: its comment stands in a line that the base has, or in one that replaced a line with the same comment.
 *
 * @param hunks from the base's text to this one
 * @param line 0-based, in this text
 */
export function isFromBase(base: string, text: string, hunks: FileChange['hunks'], line: number): boolean {
  const hunk = hunks.find(({ newStart, newLines }) => line + 1 >= newStart && line + 1 < newStart + newLines);
  if (hunk === undefined) return true;
  const remark = remarkOf(linesOf(text)[line] ?? '');
  if (remark === undefined) return false;
  const count = (all: readonly string[], start: number, length: number): number =>
    all.slice(start, start + length).filter((other) => remarkOf(other) === remark).length;
  return count(linesOf(base), hunk.oldStart - 1, hunk.oldLines) >= count(linesOf(text), hunk.newStart - 1, hunk.newLines);
}

function remarkOf(line: string): string | undefined {
  return /countersign:\s*ignore.*$/.exec(line)?.[0].replaceAll(/\s+/g, ' ').trim();
}
