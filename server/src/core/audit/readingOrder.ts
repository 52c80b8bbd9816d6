/**
 * Which parts of a change to read first, and why. What was found says where; what nothing was found in is ranked by the places that a mistake would hurt most, and
 * never above INFO. Whatever is not in the order is counted.
 */
import type { Finding } from '../model/finding.js';
import type { Severity } from '../model/rule.js';
import type { FileChange, Hunk } from './change.js';
import type { CommitAudit, ReadingItem } from './report.js';

/** What the order is made of: the parts of a commit's audit that are known by then. */
export type Concerns = Pick<
  CommitAudit,
  'added' | 'removedChecks' | 'widened' | 'suppressions' | 'dependencies' | 'governance' | 'workflows' | 'setApart'
>;

export interface ReadingOrder {
  readonly items: readonly ReadingItem[];
  readonly rest: CommitAudit['rest'];
}

const MAX_ITEMS = 50;
/** With fewer concerns than this, places that deserve a look are added. */
const WANTED_ITEMS = 10;
/** Lines between hunks that are read as one. */
const JOIN_LINES = 6;
/** Lines of one item: a whole new file is not a place to read. */
const MAX_LINES = 60;

/** Up to 27 is a warning, whatever is added to it. */
const SEVERITY_SCORE: Readonly<Record<Severity, number>> = { ERROR: 30, WARNING: 12, INFO: 3 };
const TIER_SCORE: Readonly<Record<Finding['tier'], number>> = { proved: 6, likely: 4, pattern: 2, audit: 0 };
const GOVERNANCE_SCORE = 28;
const OWN_SUPPRESSION_SCORE = 16;
const SUPPRESSION_SCORE = 6;
const INSTALL_SCRIPT_SCORE = 16;
const CONCERN_SCORE = 11;
const DEPENDENCY_SCORE = 4;
const WORKFLOW_SCORE = 5;
const SENSITIVE_SCORE = 3;
/** Still a warning, and the last of them. */
const REPEATED_SCORE = 10;
/** So many of one kind in one file count in full. */
const FEW = 3;
/** What is not a concern stays below WARNING, whatever adds up. */
const MAX_QUIET = 9;

/** Names of places where a mistake hurts most: words of a path, not parts of words. */
const SENSITIVE =
  /(?:^|[^a-z])(?:auth|authn|authz|login|session|sessions|token|tokens|oauth|jwt|password|passwords|crypto|cipher|secret|secrets|permission|permissions|policy|policies|acl|security|sandbox|exec|executor|shell|subprocess|payment|payments|billing|admin|deploy|deployment|migration|migrations|webhook|webhooks|upload|uploads|sanitize|sanitizer|validate|validation|validator|tool|tools|agent|agents|mcp|prompt|prompts)(?:$|[^a-z])/;

/** Where a mistake hurts less than in what runs for others. */
const ASIDE = /(?:^|\/)(?:tests?|__tests__|spec|fixtures?|examples?|docs?|benchmarks?|evals?|testdata|e2e)\/|[._-](?:test|spec)\.\w+$/i;
const PROSE = /\.(?:md|mdx|rst|txt|adoc)$/i;
/** Prose that agents obey. */
const INSTRUCTIONS = /(?:^|\/)(?:SKILL|AGENTS?|CLAUDE|GEMINI|copilot-instructions)\.md$|\.(?:instructions|prompt|agent)\.md$/i;

interface Concern {
  readonly path: string;
  readonly line: number;
  readonly end?: number;
  readonly score: number;
  readonly why: string;
  /** Concerns of one kind are told once. */
  readonly kind: string;
}

interface Place {
  readonly path: string;
  start: number;
  end: number;
  hunks: number;
  added: number;
  deleted: number;
  concerns: Concern[];
}

/** @param scoreOf AIVSS score of a finding's rule, 0 to 10; undefined where the rule has none */
export function readingOrder(
  changes: readonly FileChange[],
  concerns: Concerns,
  scoreOf: (finding: Finding) => number | undefined,
): ReadingOrder {
  const files = changes.filter((change) => change.hunks.length > 0 || change.status !== 'modified');
  const places = new Map<string, Place[]>();
  for (const change of files) places.set(change.path, placesOf(change));
  const byOldPath = new Map(files.flatMap((change) => (change.oldPath === undefined ? [] : [[change.oldPath, change.path] as const])));
  for (const concern of concernsOf(concerns, scoreOf)) attach(concern, places, byOldPath);

  const all = [...places.values()].flat();
  const apart = new Set(concerns.setApart.map(({ path }) => path));
  const ranked = all
    .map((place) => ({ place, ...rank(place, apart.has(place.path)) }))
    .filter(({ score }) => score > 0)
    .toSorted(
      (a, b) => b.score - a.score || (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.start - b.place.start),
    );
  const chosen = ranked.filter(({ place }, at) => at < (place.concerns.length > 0 ? MAX_ITEMS : WANTED_ITEMS));
  const read = new Set(chosen.map(({ place }) => place));
  const left = all.filter((place) => !read.has(place));
  const readFiles = new Set([...read].map(({ path }) => path));
  const sum = (count: (place: Place) => number): number => left.reduce((total, place) => total + count(place), 0);
  return {
    items: chosen.map(({ place, score, why }) => ({ path: place.path, start: place.start, end: place.end, score, why })),
    rest: {
      files: changes.filter((change) => !readFiles.has(change.path)).length,
      hunks: sum((place) => place.hunks),
      addedLines: sum((place) => place.added),
      deletedLines: sum((place) => place.deleted),
    },
  };
}

function concernsOf(
  { added, removedChecks, widened, suppressions, dependencies, governance, workflows }: Concerns,
  scoreOf: (finding: Finding) => number | undefined,
): readonly Concern[] {
  const found: Concern[] = [];
  for (const { finding, why } of added) {
    const suppressed = finding.suppression !== undefined;
    const weight = TIER_SCORE[finding.tier] + (scoreOf(finding) ?? 0) / 2 - (ASIDE.test(finding.path) ? 4 : 0);
    const score = SEVERITY_SCORE[finding.severity] + (finding.severity === 'INFO' ? 0 : Math.max(0, weight));
    const lead = why === 'new' ? '' : why === 'unsuppressed' ? 'no longer suppressed: ' : 'reaches further: ';
    found.push({
      path: finding.path,
      line: finding.range.start.line + 1,
      end: Math.max(finding.range.start.line, finding.range.end.line) + 1,
      score: suppressed ? 2 : score,
      kind: `finding ${finding.ruleId}`,
      why: `${lead}${firstSentence(finding.message)} [${finding.ruleId}]${suppressed ? ' (suppressed, as before)' : ''}`,
    });
  }
  for (const { path, line, message, severity, kind, more = [] } of removedChecks)
    for (const at of [line, ...more])
      found.push({
        path,
        line: at,
        score: SEVERITY_SCORE[severity] + 4,
        why: at === line ? message : `as in line ${line}`,
        kind: `check ${kind}`,
      });
  for (const { path, line, message, severity, setting } of widened)
    found.push({ path, line, score: SEVERITY_SCORE[severity] + 5, why: message, kind: `wider ${setting}` });
  for (const { path, line, message } of governance) found.push({ path, line, score: GOVERNANCE_SCORE, why: message, kind: message });
  const silenced = new Set(removedChecks.filter(({ kind }) => kind.endsWith('-suppressed')).map(({ path, line }) => `${path}\0${line}`));
  for (const { path, line, tool, text } of suppressions.filter((one) => !silenced.has(`${one.path}\0${one.line}`)))
    found.push({
      path,
      line,
      score: tool === 'countersign' ? OWN_SUPPRESSION_SCORE : SUPPRESSION_SCORE,
      why: `silences ${tool}: ${oneLine(text)}`,
      kind: `silences ${tool}`,
    });
  for (const { path, line, kind, name, version, concern } of dependencies) {
    const words = {
      added: 'new dependency',
      'version-changed': 'another version of',
      'source-changed': 'another source of',
      'install-script': 'runs at installation:',
    };
    const score =
      kind === 'install-script' ? INSTALL_SCRIPT_SCORE : concern !== undefined ? CONCERN_SCORE : kind === 'added' ? DEPENDENCY_SCORE : 1;
    const what = `${words[kind]} ${name}${version === undefined ? '' : ` ${version}`}`;
    found.push({ path, line, score, why: oneLine(concern === undefined ? what : `${what}: ${concern}`), kind: `${kind} ${concern ?? ''}` });
  }
  const spoken = new Set(found.map(({ path }) => path));
  for (const path of workflows)
    if (!spoken.has(path)) found.push({ path, line: 0, score: WORKFLOW_SCORE, why: 'what runs in CI changes', kind: 'workflow' });
  return repeatsLast(found);
}

/** The first few of one kind in one file are told in their place; the others come after all that is different. */
function repeatsLast(concerns: readonly Concern[]): readonly Concern[] {
  const counts = new Map<string, number>();
  return concerns
    .toSorted((a, b) => b.score - a.score || a.line - b.line)
    .map((concern) => {
      const key = `${concern.path}\0${concern.kind}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= FEW ? concern : { ...concern, score: Math.min(concern.score, REPEATED_SCORE) };
    });
}

function placesOf(change: FileChange): Place[] {
  const places: Place[] = [];
  const touch = (hunk: Hunk): void => {
    const start = Math.max(1, hunk.newStart);
    const end = hunk.newLines === 0 ? start : hunk.newStart + hunk.newLines - 1;
    const last = places.at(-1);
    if (last !== undefined && start - last.end <= JOIN_LINES && end - last.start < MAX_LINES) {
      last.end = Math.max(last.end, end);
      last.hunks++;
      last.added += hunk.newLines;
      last.deleted += hunk.oldLines;
    } else places.push({ path: change.path, start, end, hunks: 1, added: hunk.newLines, deleted: hunk.oldLines, concerns: [] });
  };
  if (change.status === 'deleted') {
    const deleted = change.hunks.reduce((sum, hunk) => sum + hunk.oldLines, 0);
    return [{ path: change.path, start: 1, end: 1, hunks: 1, added: 0, deleted, concerns: [] }];
  }
  for (const hunk of change.hunks) touch(hunk);
  return places;
}

/** To the hunk around its line, else to a place of its own: what was found need not stand in a line that changed. */
function attach(concern: Concern, places: Map<string, Place[]>, byOldPath: ReadonlyMap<string, string>): void {
  const path = places.has(concern.path) ? concern.path : (byOldPath.get(concern.path) ?? concern.path);
  let list = places.get(path);
  if (list === undefined) places.set(path, (list = []));
  const line = Math.max(1, concern.line);
  const end = Math.min(concern.end ?? line, line + MAX_LINES - 1);
  const near = list.find((place) => line >= place.start - JOIN_LINES && line <= place.end + JOIN_LINES);
  if (concern.line === 0 && list[0] !== undefined) list[0].concerns.push(concern);
  else if (near === undefined) list.push({ path, start: line, end, hunks: 0, added: 0, deleted: 0, concerns: [concern] });
  else if (near.end - near.start < MAX_LINES) near.concerns.push(concern);
  else narrow(concern, near, list, line, end);
}

/** Out of a large hunk only the lines around what was found are to be read; the rest of it stays counted. */
function narrow(concern: Concern, { path }: Place, list: Place[], line: number, end: number): void {
  const inside = list.find((place) => place.hunks === 0 && line >= place.start - JOIN_LINES && line <= place.end + JOIN_LINES);
  if (inside === undefined) list.push({ path, start: line, end, hunks: 0, added: 0, deleted: 0, concerns: [concern] });
  else {
    inside.start = Math.min(inside.start, line);
    inside.end = Math.max(inside.end, end);
    inside.concerns.push(concern);
  }
}

function rank(place: Place, setApart: boolean): { readonly score: number; readonly why: string } {
  const concerns = place.concerns.toSorted((a, b) => b.score - a.score);
  const [first, ...others] = concerns;
  if (first === undefined) {
    if (setApart || place.added === 0 || !isSensitive(place.path)) return { score: 0, why: '' };
    const size = Math.min(3, Math.log2(place.added) / 2);
    return { score: round(SENSITIVE_SCORE + size), why: `${place.added} new ${place.added === 1 ? 'line' : 'lines'} in a sensitive place` };
  }
  // Several in one place weigh more, but many small ones never more than one large one.
  const more = Math.min(4, others.reduce((sum, { score }) => sum + score, 0) / 8);
  const score = first.score < MAX_QUIET + 1 ? Math.min(MAX_QUIET, first.score + more) : first.score + more;
  const same = others.filter(({ kind }) => kind === first.kind).length;
  const second = others.find(({ kind }) => kind !== first.kind);
  const different = new Set(others.map(({ kind }) => kind));
  different.delete(first.kind);
  const times = same > 0 ? ` (${same + 1} times)` : '';
  const tail = second === undefined ? times : `${times}; ${second.why}${different.size > 1 ? `; and ${different.size - 1} more` : ''}`;
  return { score: round(score), why: `${first.why}${tail}` };
}

function isSensitive(path: string): boolean {
  return SENSITIVE.test(path.toLowerCase()) && !ASIDE.test(path) && (!PROSE.test(path) || INSTRUCTIONS.test(path));
}

function round(score: number): number {
  return Math.round(score * 10) / 10;
}

function firstSentence(message: string): string {
  const line = oneLine(message);
  const sentence = /^.*?[.!?:](?=\s)/.exec(line)?.[0] ?? line;
  return (sentence.length < 25 ? line : sentence).replace(/[.:]$/, '').slice(0, 160);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
