/**
 * Tests that a commit deleted, skipped, emptied or made to say less, although what they test is still there. A test that was moved, renamed, split, rewritten
 * with other words or folded into a table is not lost, and neither is one whose code went with it.
 */
import type { Severity } from '../model/rule.js';
import { assertionsOf, expectedParts, isNegative, type Assertion } from './assertions.js';
import type { RemovedCheck } from './report.js';
import { lineAfter, lineAt, lineText, type Pair, type Side } from './side.js';
import { isTestCase, skipOf } from './testCases.js';
import { isTestPath } from './testPaths.js';
import { tokensOf, type Matched, type Unit } from './units.js';

interface Context {
  readonly matched: Matched;
  readonly pairOf: ReadonlyMap<Side, Pair>;
  /** Names and strings that the code itself lost with this commit. */
  readonly gone: ReadonlySet<string>;
}

export function lostTests(pairs: readonly Pair[], matched: Matched): RemovedCheck[] {
  const pairOf = new Map<Side, Pair>();
  for (const pair of pairs) {
    if (pair.before !== undefined) pairOf.set(pair.before, pair);
    if (pair.after !== undefined) pairOf.set(pair.after, pair);
  }
  let gone: ReadonlySet<string> | undefined;
  const context: Context = {
    matched,
    pairOf,
    // Most commits take no test away: nobody asks then.
    get gone() {
      return (gone ??= goneNames(pairs, matched));
    },
  };
  return [...deleted(context), ...skipped(context), ...weakened(context), ...snapshots(pairs)];
}

/** What the code that is no test held before and does not any more, in the files of the commit. */
function goneNames(pairs: readonly Pair[], matched: Matched): ReadonlySet<string> {
  const gone = new Set<string>();
  const collect = (units: readonly Unit[], into: (token: string) => void): void => {
    for (const unit of units)
      if (unit.kind === 'module' && !isTestPath(unit.side.path))
        for (const token of tokensOf(unit).keys()) if (token.length >= 4) into(token);
  };
  collect(matched.before, (token) => gone.add(token));
  collect(matched.after, (token) => gone.delete(token));
  for (const { change } of pairs) {
    if (change.status !== 'deleted' || isTestPath(change.path)) continue;
    const name = change.path.slice(change.path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
    if (name.length >= 4) gone.add(name);
  }
  return gone;
}

function wentWithItsCode(unit: Unit, gone: ReadonlySet<string>): boolean {
  for (const token of tokensOf(unit).keys()) {
    if (gone.has(token)) return true;
    // A module's path in an import or a mock.
    if (token.length < 200 && /[./\s=]/.test(token))
      for (const part of token.split(/[./\s=]+/)) if (part.length >= 4 && gone.has(part)) return true;
  }
  return false;
}

// ---- deleted

function deleted(context: Context): RemovedCheck[] {
  const { matched, pairOf } = context;
  const found: RemovedCheck[] = [];
  const fresh = matched.after.filter((unit) => isTestCase(unit) && (!matched.was.has(unit) || isTable(unit)));
  const byFile = new Map<Pair, { lost: Unit[]; all: number }>();
  for (const unit of matched.before) {
    if (!isTestCase(unit)) continue;
    const pair = pairOf.get(unit.side);
    if (pair === undefined) continue;
    const entry = byFile.get(pair) ?? { lost: [], all: 0 };
    entry.all++;
    byFile.set(pair, entry);
    if (matched.became.has(unit) || wentWithItsCode(unit, context.gone)) continue;
    if (fresh.some((other) => tookOver(unit, other))) continue;
    entry.lost.push(unit);
  }
  const deletedFiles = deletedCode([...new Set(pairOf.values())]);
  for (const [{ change, before, after }, { lost, all }] of byFile) {
    if (lost.length === 0 || before === undefined) continue;
    const own = matched.after.filter((unit) => unit.side === after && isTestCase(unit));
    // None of the old ones is left, and there are as many new ones: they were written anew.
    const anew = own.length >= all && own.every((unit) => !matched.was.has(unit));
    if (change.after === undefined) {
      if (lost.length * 2 < all || testsWhatWasDeleted(before, deletedFiles)) continue;
      found.push({
        kind: 'test-deleted',
        path: change.path,
        line: 1,
        was: lineText(before, lineAt(before, startOf(lost[0] as Unit))),
        message: `${change.path.slice(change.path.lastIndexOf('/') + 1)} was deleted with ${lost.length} ${lost.length === 1 ? 'test' : 'tests'}; what they test is still there`,
        severity: 'WARNING',
      });
      continue;
    }
    // One entry for a suite that went: a reviewer opens the file anyway.
    for (const unit of lost.length > 3 ? lost.slice(0, 1) : lost) {
      const line = lineAt(before, startOf(unit));
      found.push({
        kind: 'test-deleted',
        path: change.path,
        line: lineAfter(change, line),
        was: lineText(before, line),
        message: `the test ${shown(unit)} was deleted${lost.length > 3 ? `, and ${lost.length - 1} more of this file` : ''}; what it tests is still there`,
        severity: anew || skipOf(unit)?.how === 'skipped' ? 'INFO' : 'WARNING',
      });
    }
  }
  return found;
}

interface DeletedCode {
  /** Paths without their endings. */
  readonly files: ReadonlySet<string>;
  /** Folders in which code was deleted and nothing else happened. */
  readonly folders: ReadonlySet<string>;
}

function deletedCode(pairs: readonly Pair[]): DeletedCode {
  const files = new Set<string>();
  const emptied = new Map<string, boolean>();
  for (const { change } of pairs) {
    const isGone = change.after === undefined;
    const path = change.oldPath ?? change.path;
    if (isTestPath(path) && isGone) continue;
    if (isGone || change.oldPath !== change.path) files.add(withoutEnding(path));
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash);
      emptied.set(folder, isGone && emptied.get(folder) !== false);
    }
  }
  return { files, folders: new Set([...emptied].filter(([, gone]) => gone).map(([folder]) => folder)) };
}

/** `index` and `__init__` stand for their folder. */
function withoutEnding(path: string): string {
  return path.replace(/\.\w+$/, '').replace(/\/(?:index|__init__|mod)$/, '');
}

/** Whether a test file's folder, or one around it, lost code and has nothing else changed, or a file that it imports is gone. */
function testsWhatWasDeleted({ path, text }: Side, { files, folders }: DeletedCode): boolean {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    if (folders.has(path.slice(0, slash))) return true;
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/'))).split('/');
  for (const match of text.matchAll(/(?:from|import|require|mock)\s*\(?\s*["'](\.{1,2}\/[^"'\n]{1,200})["']/g)) {
    const parts = [...folder];
    for (const part of (match[1] as string).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    }
    const target = parts.join('/');
    if (files.has(target) || files.has(withoutEnding(target))) return true;
  }
  for (const match of text.matchAll(/^\s*(?:from|import)\s+([\w.]{3,200})/gm)) {
    const target = (match[1] as string).replaceAll('.', '/');
    for (const file of files) if (file === target || file.endsWith(`/${target}`)) return true;
  }
  return false;
}

function startOf(unit: Unit): number {
  return unit.tree.start[unit.node] as number;
}

function shown(unit: Unit): string {
  return unit.kind === 'call' ? unit.name.slice(unit.name.indexOf(' ') + 1) : `\`${unit.name}\``;
}

/** A test that runs over a table of cases may stand for several. */
function isTable(unit: Unit): boolean {
  const { tree } = unit;
  const text = tree.text.slice(Math.max(0, startOf(unit) - 400), tree.end[unit.node]);
  return /\bparametrize\b|\.each\b|ParameterizedTest|rstest|\bsubTest\b|\brange\s+(?:tests|cases|tt|tcs)\b|\bfor\b[^\n]{0,80}\b(?:cases|tests|table|params)\b|forEach|InlineData|TestCase\(/.test(
    text,
  );
}

/** Whether a new test, or one that runs over a table, tests what a lost one did. */
function tookOver(lost: Unit, other: Unit): boolean {
  const subjects = subjectsOf(lost);
  if (subjects.length === 0) return false;
  const tokens = tokensOf(other);
  const shared = subjects.filter((name) => tokens.has(name)).length;
  return shared / subjects.length >= (isTable(other) ? 0.5 : 0.8);
}

const COMMON =
  /^(?:self|cls|assert\w*|expect|expected|actual|result|results|res|response|resp|req|request|it|test|describe|async|await|client|t|err|error|mock\w*|patch|pytest|mark|raises|to[A-Z]\w*|not|be|get|post|put|delete|status|statusCode|status_code|json|text|body|data|True|False|None|true|false|null|nil|Equal|NoError|Error\w*|Fatal\w*|require|const|let|x|y|i|e|app|vi|jest|fn|testing|T|run|Run|len|\d+)$/;

/** Names that a test uses and that are no part of testing itself. */
function subjectsOf(unit: Unit): string[] {
  return [...tokensOf(unit).keys()].filter(
    (token) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(token) && token.length > 2 && !COMMON.test(token) && token !== unit.name,
  );
}

// ---- skipped

function skipped({ matched, pairOf }: Context): RemovedCheck[] {
  const found: RemovedCheck[] = [];
  // One that runners no longer find: its name, its mark or its file's name changed.
  for (const [was, now] of matched.became) {
    if (!isTestCase(was) || isTestCase(now) || was.kind !== now.kind || now.kind === 'call' || skipOf(was) !== undefined) continue;
    if (assertionsOf(now).length === 0) continue;
    const line = lineAt(now.side, startOf(now));
    found.push({
      kind: 'test-skipped',
      path: now.side.path,
      line,
      was: lineText(was.side, lineAt(was.side, startOf(was))),
      message: `the test ${shown(was)} is no longer found as a test`,
      severity: 'WARNING',
    });
  }
  for (const unit of matched.after) {
    if (!(isTestCase(unit) || ((unit.kind === 'class' || unit.kind === 'module' || unit.kind === 'call') && isTestPath(unit.side.path))))
      continue;
    const skip = skipOf(unit);
    if (skip === undefined) continue;
    const was = matched.was.get(unit);
    if (was === undefined) {
      // A new test that is skipped takes nothing away, and "only" takes the others away.
      if (skip.how !== 'others' || pairOf.get(unit.side)?.before === undefined) continue;
    } else {
      const before = skipOf(was);
      if (before !== undefined && (before.how === skip.how || before.how === 'skipped')) continue;
    }
    const line = lineAt(unit.side, unit.tree.start[skip.node] as number);
    const what =
      unit.kind === 'module'
        ? 'all tests of this file are'
        : `${unit.kind === 'class' || unit.name.startsWith('suite') ? 'the tests of ' : 'the test '}${shown(unit)} ${unit.kind === 'class' ? 'are' : 'is'}`;
    found.push({
      kind: 'test-skipped',
      path: unit.side.path,
      line,
      was: lineText(unit.side, line),
      message:
        skip.how === 'others'
          ? `only ${shown(unit)} runs now: the other tests of the file are left out`
          : `${what} skipped now${skip.how === 'conditionally' ? ' under a condition' : ''}`,
      severity: skip.how === 'conditionally' ? 'INFO' : 'WARNING',
    });
  }
  return found;
}

// ---- assertions

interface Loss {
  readonly assertion: Assertion;
  readonly unit: Unit;
}

function weakened(context: Context): RemovedCheck[] {
  const { matched, pairOf } = context;
  const found: RemovedCheck[] = [];
  const holders = [...matched.became].filter(([was, now]) => isTestCase(was) || isTestCase(now) || isHelper(was));
  const keptElsewhere = new Map<string, number>();
  const losses: {
    readonly was: Unit;
    readonly now: Unit;
    readonly lost: readonly Assertion[];
    readonly fresh: readonly Assertion[];
    readonly all: readonly Assertion[];
    readonly old: number;
  }[] = [];
  for (const [was, now] of holders) {
    const old = assertionsOf(was);
    const current = assertionsOf(now);
    const { lost, fresh } = unpaired(old, current);
    for (const assertion of fresh) keptElsewhere.set(assertion.key, (keptElsewhere.get(assertion.key) ?? 0) + 1);
    if (lost.length > 0) losses.push({ was, now, lost, fresh, all: current, old: old.length });
  }
  for (const unit of matched.after) {
    if (matched.was.has(unit) || unit.kind === 'module' || unit.kind === 'class') continue;
    if (isTestCase(unit) || isTestPath(unit.side.path))
      for (const { key } of assertionsOf(unit)) keptElsewhere.set(key, (keptElsewhere.get(key) ?? 0) + 1);
  }
  const helpers = matched.after
    .filter((unit) => unit.kind === 'function' && !isTestCase(unit) && assertionsOf(unit).length > 0)
    .map((unit) => unit.name);
  for (const { was, now, lost, fresh, all, old } of losses) {
    const left = [...fresh];
    const missing: Loss[] = [];
    const ofNow = tokensOf(now);
    const ofWas = tokensOf(was);
    const callsHelper =
      helpers.some((name) => ofNow.has(name) && !ofWas.has(name)) ||
      [...ofNow.keys()].some(
        (name) => /^(?:assert|check|verify|expect)[_A-Z]\w+/.test(name) && !ofWas.has(name) && !fresh.some(({ key }) => key.includes(name)),
      );
    for (const assertion of lost) {
      const { gone } = context;
      if ([...assertion.names].some((name) => gone.has(name)) || literalsOf(assertion).some((text) => gone.has(text))) continue;
      const elsewhere = keptElsewhere.get(assertion.key) ?? 0;
      if (elsewhere > 0) {
        keptElsewhere.set(assertion.key, elsewhere - 1);
        continue;
      }
      if (says(fresh, left, assertion)) continue;
      const at = closest(assertion, left);
      const other = at < 0 ? undefined : left.splice(at, 1)[0];
      if (other === undefined) missing.push({ assertion, unit: was });
      else {
        const weaker = weakerThan(assertion, other);
        if (weaker !== undefined) found.push(atNew(now, other, was, assertion, weaker.message, weaker.severity));
      }
    }
    if (missing.length === 0 || callsHelper) continue;
    const pair = pairOf.get(was.side);
    if (pair === undefined) continue;
    if (old > 0 && all.length === 0) {
      const line = lineAt(was.side, was.tree.start[(missing[0] as Loss).assertion.node] as number);
      found.push({
        kind: 'test-emptied',
        path: now.side.path,
        line: now.side === pair.after ? lineAfter(pair.change, line) : lineAt(now.side, startOf(now)),
        was: lineText(was.side, line),
        message: `the test ${shown(now)} asserts nothing any more`,
        severity: 'WARNING',
      });
      continue;
    }
    // As many or more that say as much: it was rewritten.
    const strong = left.filter(({ strength }) => strength >= 6).length;
    const reported = missing.slice(strong).filter(({ assertion }) => assertion.strength > 2);
    const [first] = reported.toSorted((a, b) => b.assertion.strength - a.assertion.strength);
    if (first !== undefined) {
      const { assertion } = first;
      const line = lineAt(was.side, was.tree.start[assertion.node] as number);
      found.push({
        kind: 'assertion-removed',
        path: now.side.path,
        line: now.side === pair.after ? lineAfter(pair.change, line) : lineAt(now.side, startOf(now)),
        was: lineText(was.side, line),
        message: `the test ${shown(now)} no longer asserts this${reported.length === 1 ? '' : `, nor ${reported.length - 1} more`}`,
        severity: isMostlyNew(was, now) || assertion.strength <= 3 ? 'INFO' : 'WARNING',
      });
    }
  }
  return found;
}

/** Strings of what is asserted, e.g. a parameter's name. */
function literalsOf({ key }: Assertion): readonly string[] {
  return [...key.matchAll(/"([^"]{4,})"/g)].map((match) => match[1] as string);
}

/** Whether a new assertion expects what a lost one did, of something else or as a part of more. One that says no more stands for one only. */
function says(fresh: readonly Assertion[], left: Assertion[], lost: Assertion): boolean {
  const parts = expectedParts(lost);
  if (parts.length === 0 || isNegative(lost)) return false;
  const holds = (other: Assertion): boolean =>
    other.strength >= Math.min(7, lost.strength) && !isNegative(other) && parts.every((part) => other.key.includes(part));
  if (fresh.some((other) => holds(other) && other.key.length > lost.key.length * 1.5)) return true;
  const at = left.findIndex((other) => other.strength >= lost.strength && holds(other));
  if (at >= 0) left.splice(at, 1);
  return at >= 0;
}

function isHelper(unit: Unit): boolean {
  return unit.kind === 'function' && isTestPath(unit.side.path) && !isTestCase(unit);
}

function isMostlyNew(was: Unit, now: Unit): boolean {
  const a = tokensOf(was);
  const b = tokensOf(now);
  let common = 0;
  for (const token of a.keys()) if (b.has(token)) common++;
  return common / Math.max(1, a.size) < 0.5;
}

function unpaired(old: readonly Assertion[], current: readonly Assertion[]): { lost: Assertion[]; fresh: Assertion[] } {
  const fresh = [...current];
  const lost = old.filter(({ key }) => {
    const at = fresh.findIndex((other) => other.key === key);
    if (at < 0) return true;
    fresh.splice(at, 1);
    return false;
  });
  return { lost, fresh };
}

/** The new assertion about the same thing; -1 for none. */
function closest(assertion: Assertion, left: readonly Assertion[]): number {
  const positive = !isNegative(assertion);
  const same = left.findIndex((other) => other.subject === assertion.subject && !(positive && isNegative(other)));
  if (same >= 0) return same;
  let best = -1;
  let most = 0.5;
  left.forEach((other, i) => {
    if (positive && isNegative(other)) return;
    let common = 0;
    for (const name of assertion.names) if (other.names.has(name)) common++;
    const share = common / Math.max(1, Math.max(assertion.names.size, other.names.size));
    if (share < most || common === 0) return;
    most = share;
    best = i;
  });
  if (best >= 0) return best;
  // `expect(true).toBe(true)` stands where something was asserted.
  return left.findIndex(({ strength }) => strength === 0);
}

function weakerThan(was: Assertion, now: Assertion): { message: string; severity: Severity } | undefined {
  // The opposite is expected now: what is right changed.
  const plain = (key: string): string => key.replace(/\.(?:not|to_not|not_to)\b/, '');
  if (was.key !== now.key && plain(was.key) === plain(now.key)) return undefined;
  if (now.strength === 0 && was.strength > 0)
    return { message: 'this assertion says nothing any more: it is always true', severity: 'WARNING' };
  if (now.strength < was.strength) {
    const drop = was.strength - now.strength;
    if (was.strength <= 4 && now.strength >= 3) return undefined;
    return {
      message: `this assertion says less than before: ${NAMES[was.strength]} became ${NAMES[now.strength]}`,
      severity: drop >= 3 || (was.strength === 8 && now.strength === 3) ? 'WARNING' : 'INFO',
    };
  }
  if (
    now.strength === was.strength &&
    now.subject === was.subject &&
    was.tolerance !== undefined &&
    now.tolerance !== undefined &&
    Math.sign(now.tolerance) === Math.sign(was.tolerance) &&
    now.tolerance > was.tolerance
  )
    return {
      message: `this assertion allows more than before: ${Math.abs(was.tolerance)} became ${Math.abs(now.tolerance)}`,
      severity: 'WARNING',
    };
  return undefined;
}

const NAMES = {
  0: 'nothing',
  2: 'its being there',
  3: 'any error or any other value',
  4: 'true or false',
  5: 'a type',
  6: 'a bound',
  7: 'a part',
  8: 'a certain error',
  10: 'an exact value',
} as const;

function atNew(now: Unit, fresh: Assertion, was: Unit, lost: Assertion, message: string, severity: Severity): RemovedCheck {
  return {
    kind: 'assertion-weakened',
    path: now.side.path,
    line: lineAt(now.side, now.tree.start[fresh.node] as number),
    was: lineText(was.side, lineAt(was.side, was.tree.start[lost.node] as number)),
    message,
    severity,
  };
}

// ---- snapshots

const SNAPSHOT = /(?:^|\/)__snapshots__\/|\.snap$|\.(?:ambr|approved\.\w+)$/;

function snapshots(pairs: readonly Pair[]): RemovedCheck[] {
  return pairs.flatMap(({ change }) => {
    if (!SNAPSHOT.test(change.path) || change.before === undefined || change.after === undefined) return [];
    const taken = change.hunks.reduce((sum, { oldLines }) => sum + oldLines, 0);
    if (change.hunks.length < 10 && taken < 40) return [];
    const check: RemovedCheck = {
      kind: 'assertion-weakened',
      path: change.path,
      line: Math.max(1, change.hunks[0]?.newStart ?? 1),
      was: '',
      message: `${change.hunks.length} places of recorded snapshots were replaced: nobody stated what is right now`,
      severity: 'INFO',
    };
    return [check];
  });
}
