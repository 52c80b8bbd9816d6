/** Tests that are gone although what they test is still there; one that was folded into another, or whose code went with it, is not missed. */
import { childrenOf } from '../language/tree.js';
import { isThrown } from './assertionPairs.js';
import { assertionsOf } from './assertions.js';
import type { RemovedCheck } from './report.js';
import { lineAfter, lineAt, lineText, type Pair, type Side } from './side.js';
import { bodyOf, isTestCase, skipOf } from './testCases.js';
import { isReplaced, shown, startOf, type TestContext } from './testContext.js';
import { isTestData, isTestPath } from '../model/testPaths.js';
import { tokensOf, type Unit } from './units.js';
import { normalisedWhole, words } from './words.js';

export function deleted(context: TestContext): RemovedCheck[] {
  const { matched, pairOf } = context;
  const found: RemovedCheck[] = [];
  const fresh = matched.after.filter((unit) => isTestCase(unit) && (!matched.was.has(unit) || isTable(unit)));
  // In another file the same may have been tested under nearly the same name; it is what is left of both.
  const rewrittenTests = [...matched.was].filter(([now, was]) => isTestCase(now) && textOf(now) !== textOf(was));
  const changed = rewrittenTests.map(([now]) => now);
  const inNewFiles = matched.after.filter(
    (unit) => isTestCase(unit) && matched.was.has(unit) && pairOf.get(unit.side)?.before === undefined,
  );
  // What tests were made of that run under other names now.
  const helpers = matched.after
    .filter((unit) => unit.kind === 'function' && !isTestCase(unit) && !matched.was.has(unit) && isTestPath(unit.side.path))
    .map(({ name }) => name);
  const byFile = new Map<Pair, { lost: Unit[]; all: number }>();
  for (const unit of matched.before) {
    if (!isTestCase(unit)) continue;
    const pair = pairOf.get(unit.side);
    if (pair === undefined) continue;
    const entry = byFile.get(pair) ?? { lost: [], all: 0 };
    entry.all++;
    byFile.set(pair, entry);
    if (matched.became.has(unit) || wentWithItsCode(unit, context.gone)) continue;
    if (fresh.some((other) => tookOver(unit, other) || isNamesake(unit, other))) continue;
    if (changed.some((other) => other.side.path !== unit.side.path && isNamesake(unit, other))) continue;
    entry.lost.push(unit);
  }
  const deletedFiles = deletedCode([...new Set(pairOf.values())]);
  for (const [pair, { lost, all }] of byFile) {
    const { change, before, after } = pair;
    if (lost.length === 0 || before === undefined) continue;
    const own = matched.after.filter((unit) => unit.side === after && isTestCase(unit));
    // None of the old ones is left, and there are as many new ones: they were written anew.
    const anew = own.length >= all && own.every((unit) => !matched.was.has(unit));
    if (change.status === 'deleted') {
      if (lost.length * 2 < all || testsWhatWasDeleted(before, deletedFiles)) continue;
      found.push({
        kind: 'test-deleted',
        path: change.path,
        line: 1,
        was: lineText(before, lineAt(before, startOf(lost[0] as Unit))),
        message: `${change.path.slice(change.path.lastIndexOf('/') + 1)} was deleted with ${lost.length} ${lost.length === 1 ? 'test' : 'tests'}${context.code.changed ? '; what they test is still there' : ', and no code was changed with it'}`,
        severity:
          isTestData(change.path) ||
          context.code.takesOut ||
          context.code.shrinks ||
          lost.every(assertsNothing) ||
          lost.every((unit) => hasFollowed(unit, context)) ||
          lost.filter((unit) => hasKin(unit, [...fresh, ...inNewFiles])).length * 2 >= lost.length ||
          coveredAnew(lost, [...fresh, ...inNewFiles]) ||
          (!context.code.changed && isMadeAnew(lost, fresh))
            ? 'INFO'
            : 'WARNING',
      });
      continue;
    }
    const come = own.filter((unit) => !matched.was.has(unit));
    const begins = come.map((unit) => lineAt(unit.side, startOf(unit)));
    const rewritten =
      // One that runs over a table of cases, in their place.
      come.some((unit) => isTable(unit) && lost.some((gone) => isReplaced(pair, gone, gone.node, [lineAt(unit.side, startOf(unit))]))) ||
      (lost.length > 3 && (begins.length >= lost.length || coveredAnew(lost, fresh))) ||
      // As many new ones in their place that assert as much.
      (come.length >= lost.length && weight(come) >= weight(lost) && lost.some((unit) => isReplaced(pair, unit, unit.node, begins)));
    const isLesser = (unit: Unit): boolean =>
      isTestData(change.path) ||
      isTwin(unit, own) ||
      doesOneThing(unit) ||
      anew ||
      rewritten ||
      skipOf(unit)?.how === 'skipped' ||
      assertsNothing(unit) ||
      isSaidAnew(
        unit,
        come.filter((_, i) => isReplaced(pair, unit, unit.node, [begins[i] as number])),
      ) ||
      hasKin(unit, fresh) ||
      helpers.some((name) => saysName(unit.name, name)) ||
      // Under its own name elsewhere it was moved, whatever was written anew in it.
      (unit.name.length >= LEAST_NAME && fresh.some((other) => other.name === unit.name && assertionsOf(other).length > 0)) ||
      rewrittenTests.some(([now, was]) => wasFolded(unit, was, now)) ||
      hasFollowed(unit, context);
    const missed = context.code.takesOut ? [] : lost.filter((unit) => !isLesser(unit));
    // One entry for a suite that went: a reviewer opens the file anyway.
    for (const [group, severity] of [
      [missed, 'WARNING'],
      [lost.filter((unit) => !missed.includes(unit)), 'INFO'],
    ] as const) {
      for (const unit of group.length > 3 ? group.slice(0, 1) : group) {
        const line = lineAt(before, startOf(unit));
        found.push({
          kind: 'test-deleted',
          path: change.path,
          line: lineAfter(change, line),
          was: lineText(before, line),
          message: `the test ${shown(unit)} was deleted${group.length > 3 ? `, and ${group.length - 1} more of this file` : ''}${context.code.changed ? '; what it tests is still there' : ', and no code was changed with it'}`,
          severity,
        });
      }
    }
  }
  return found;
}

/** Whether a function's name has all of a test's: `runPull` for `TestPull`. */
function saysName(test: string, name: string): boolean {
  const own = test.replace(/^[Tt]est_?/, '');
  return own.length >= LEAST_NAME && name.toLowerCase().includes(own.toLowerCase());
}

const LEAST_NAME = 8;

/** Whether another test of its file has the very same body. */
function isTwin(unit: Unit, others: readonly Unit[]): boolean {
  const body = ({ tree, node }: Unit): string => normalisedWhole(tree.text.slice(tree.start[node], tree.end[node])).replace(/^[^{:]*/, '');
  const own = body(unit);
  return own.length >= LEAST_BODY && others.some((other) => body(other) === own);
}

const LEAST_BODY = 20;

/** Whether a test is one call that nothing is asked of, such as a step between others. */
function doesOneThing(unit: Unit): boolean {
  const body = bodyOf(unit);
  return unit.kind === 'call' && body >= 0 && childrenOf(unit.tree, body).length === 1 && assertionsOf(unit).length === 0;
}

/** Whether all that a test asserts is true anyway. */
function assertsNothing(unit: Unit): boolean {
  const asserted = assertionsOf(unit);
  return asserted.length > 0 && asserted.every(({ strength }) => strength === 0);
}

/** Whether a test speaks of what the code has less of, or is about code that changed with it. */
function hasFollowed(unit: Unit, { code }: TestContext): boolean {
  const text = textOf(unit);
  const file = unit.side.path.slice(unit.side.path.lastIndexOf('/') + 1);
  return code.followed(text) || code.dropped(unit.name) || code.dropped(file) || code.concerns(unit.side, text);
}

function textOf({ tree, node }: Unit): string {
  return tree.text.slice(tree.start[node], tree.end[node]);
}

/** Whether tests assert at least a good part of what a lost one did. One that asserts nothing we know of is replaced by any. */
function saysAsMuch(lost: Unit, others: readonly Unit[]): boolean {
  if (others.length === 0 || (refusals([lost]) > 0 && refusals(others) === 0)) return false;
  return weight(others) >= weight([lost]) * GOOD_PART;
}

/** Whether tests that came in the place of a lost one assert a good part of what it did, or one of them has nearly its name and asserts something. */
function isSaidAnew(lost: Unit, others: readonly Unit[]): boolean {
  return (
    saysAsMuch(lost, others) ||
    (refusals([lost]) === 0 && others.some((other) => weight([other]) > 0 && shareOfNames(lost, other) >= ALIKE))
  );
}

const ALIKE = 0.6;

/** How often tests assert that something is refused. */
function refusals(tests: readonly Unit[]): number {
  return tests.reduce((all, unit) => all + assertionsOf(unit).filter(isThrown).length, 0);
}

/** How much tests assert together. */
function weight(tests: readonly Unit[]): number {
  return tests.reduce((all, unit) => all + assertionsOf(unit).reduce((sum, { strength }) => sum + strength, 0), 0);
}

const GOOD_PART = 0.5;

/** Whether a test of the same file that speaks of nearly all that a lost one did was given what only the lost one spoke of. */
function wasFolded(lost: Unit, was: Unit, now: Unit): boolean {
  if (was.side.path !== lost.side.path) return false;
  const subjects = subjectsOf(lost);
  const [before, after] = [tokensOf(was), tokensOf(now)];
  const own = subjects.filter((name) => !before.has(name));
  return own.length > 0 && own.length * 2 <= subjects.length && own.every((name) => after.has(name));
}

/** Whether a new test, in whichever file, speaks of much of the same and asserts a good part of it: the lost one was moved or written anew. */
function hasKin(lost: Unit, fresh: readonly Unit[]): boolean {
  const subjects = new Set(spokenIn(lost));
  return fresh.some(
    (other) =>
      (weight([lost]) === 0 ||
        saysAsMuch(lost, [other]) ||
        (other.name === lost.name && textOf(other).length * 2 >= textOf(lost).length)) &&
      spokenIn(other).filter((word) => subjects.has(word)).length >= Math.max(KIN_WORDS, subjects.size * SOME_PART),
  );
}

const KIN_WORDS = 3;
const SOME_PART = 0.25;

/** Whether there are half as many new tests as lost ones, or they assert half as much, and together they speak of most of what those did. */
function coveredAnew(lost: readonly Unit[], fresh: readonly Unit[]): boolean {
  const subjects = new Set(lost.flatMap(spokenIn));
  const near = fresh.filter((other) => {
    const own = spokenIn(other);
    return own.filter((word) => subjects.has(word)).length * 3 >= own.length;
  });
  if (near.length === 0) return false;
  if (near.length * 2 < lost.length && weight(near) < weight(lost) * GOOD_PART) return false;
  const used = new Set(near.flatMap(spokenIn));
  return [...subjects].filter((word) => used.has(word)).length * 2 >= subjects.size;
}

/** Whether as many new tests assert as much, and speak of some of the same: of a commit of tests alone. */
function isMadeAnew(lost: readonly Unit[], fresh: readonly Unit[]): boolean {
  const subjects = new Set(lost.flatMap(spokenIn));
  const near = fresh.filter((other) => spokenIn(other).filter((word) => subjects.has(word)).length >= SOME_WORDS);
  return near.length >= lost.length && weight(near) >= weight(lost);
}

const SOME_WORDS = 2;

/** Words of the names and texts of a test that are no part of testing itself. */
function spokenIn(unit: Unit): string[] {
  const said = new Set([...tokensOf(unit).keys()].filter((token) => !COMMON.test(token)).flatMap((token) => words(token).split(' ')));
  return [...said].filter((word) => word.length > 3 && !COMMON.test(word) && !FILLERS.has(word));
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

interface DeletedCode {
  /** Paths without their endings. */
  readonly files: ReadonlySet<string>;
  /** Names of files that were deleted, with their endings. */
  readonly names: ReadonlySet<string>;
  /** Folders in which code was deleted and nothing else happened. */
  readonly folders: ReadonlySet<string>;
}

/** Names of files that many folders have. */
const SHARED_NAME = /^(?:index|__init__|mod|main|package|README|setup|config|conftest|types|utils)\./;

function deletedCode(pairs: readonly Pair[]): DeletedCode {
  const files = new Set<string>();
  const names = new Set<string>();
  const emptied = new Map<string, boolean>();
  for (const { change } of pairs) {
    const isGone = change.status === 'deleted';
    const path = change.oldPath ?? change.path;
    if (isTestPath(path) && isGone) continue;
    if (isGone || change.oldPath !== change.path) files.add(withoutEnding(path));
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isGone && !SHARED_NAME.test(name)) names.add(name);
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash);
      emptied.set(folder, isGone && emptied.get(folder) !== false);
    }
  }
  return { files, names, folders: new Set([...emptied].filter(([, gone]) => gone).map(([folder]) => folder)) };
}

/** `index` and `__init__` stand for their folder. */
function withoutEnding(path: string): string {
  return path.replace(/\.\w+$/, '').replace(/\/(?:index|__init__|mod)$/, '');
}

/** Whether a test file's folder, or one around it, lost code and has nothing else changed, or a file that it imports is gone. */
function testsWhatWasDeleted({ path, text }: Side, { files, folders, names }: DeletedCode): boolean {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    if (folders.has(path.slice(0, slash))) return true;
  if ([...names].some((name) => text.includes(`"${name}"`) || text.includes(`'${name}'`) || text.includes(`/${name}`))) return true;
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
  if (isTable(other)) return shared / subjects.length >= 0.5;
  return shared / subjects.length >= 0.8 && saysAsMuch(lost, [other]);
}

const FILLERS = new Set(
  'a an and are as be by does for from has in is it its not of on or should test tests that the then to when will with'.split(' '),
);

/** Part of the words of two tests' names that both have; none where it is one word. */
function shareOfNames(lost: Unit, other: Unit): number {
  const told = (unit: Unit): Set<string> =>
    new Set(
      words(unit.name)
        .split(' ')
        .filter((word) => !FILLERS.has(word)),
    );
  const [a, b] = [told(lost), told(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common < 2 ? 0 : common / Math.max(a.size, b.size);
}

/** Whether a new test has mostly the same words in its name and some of the same names in it. */
function isNamesake(lost: Unit, other: Unit): boolean {
  if (shareOfNames(lost, other) < ALIKE) return false;
  const subjects = subjectsOf(lost);
  const tokens = tokensOf(other);
  return subjects.filter((name) => tokens.has(name)).length * 4 >= subjects.length && saysAsMuch(lost, [other]);
}

const COMMON =
  /^(?:self|cls|assert\w*|expect|expected|actual|result|results|res|response|resp|req|request|it|test|describe|async|await|client|t|err|error|mock\w*|patch|pytest|mark|raises|to[A-Z]\w*|not|be|get|post|put|delete|status|statusCode|status_code|json|text|body|data|True|False|None|true|false|null|nil|Equal|NoError|Error\w*|Fatal\w*|require|const|let|x|y|i|e|app|vi|jest|fn|testing|T|run|Run|len|\d+)$/;

/** Names that a test uses and that are no part of testing itself. */
function subjectsOf(unit: Unit): string[] {
  return [...tokensOf(unit).keys()].filter(
    (token) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(token) && token.length > 2 && !COMMON.test(token) && token !== unit.name,
  );
}
