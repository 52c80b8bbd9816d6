/**
 * Tests that still run and assert less: assertions that went, or were made to say less, and tests that assert nothing any more. An expectation that changed with
 * the code, whose place another one took, or whose subject the test no longer makes, is no more than INFO: nothing says which of both was wrong.
 */
import type { Severity } from '../model/rule.js';
import { Tag } from '../language/tags.js';
import { childrenOf } from '../language/tree.js';
import { closest, completes, contradicts, expectsAnother, isContrary, says, takesOver, unpaired, weakerThan } from './assertionPairs.js';
import { assertionsOf, type Assertion } from './assertions.js';
import type { RemovedCheck } from './report.js';
import { linesOf } from './lineDiff.js';
import { lineAfter, lineAt, lineText } from './side.js';
import { isTestCase } from './testCases.js';
import { isReplaced, shown, startOf, type TestContext } from './testContext.js';
import { isTestPath } from '../model/testPaths.js';
import { tokensOf, type Unit } from './units.js';
import { identifiers, leaves, normalisedWhole, words } from './words.js';

/** A test that lost assertions. */
interface Poorer {
  readonly was: Unit;
  readonly now: Unit;
  readonly lost: readonly Assertion[];
  readonly fresh: readonly Assertion[];
  readonly all: readonly Assertion[];
  readonly old: number;
}

export function weakened(context: TestContext): RemovedCheck[] {
  const { matched } = context;
  const holders = [...matched.became].filter(([was, now]) => isTestCase(was) || isTestCase(now) || isHelper(was));
  const keptElsewhere = new Map<string, number>();
  const keep = (key: string): unknown => keptElsewhere.set(key, (keptElsewhere.get(key) ?? 0) + 1);
  const poorer: Poorer[] = [];
  const newlyAsserted: Assertion[] = [];
  for (const [was, now] of holders) {
    const old = assertionsOf(was);
    const current = assertionsOf(now);
    const { lost, fresh } = unpaired(old, current);
    for (const { key } of fresh) keep(key);
    if (lost.length === 0) newlyAsserted.push(...fresh);
    if (lost.length > 0) poorer.push({ was, now, lost, fresh, all: current, old: old.length });
  }
  for (const unit of matched.after) {
    if (matched.was.has(unit) || unit.kind === 'module' || unit.kind === 'class') continue;
    if (!isTestCase(unit) && !isTestPath(unit.side.path)) continue;
    const asserted = assertionsOf(unit);
    newlyAsserted.push(...asserted);
    for (const { key } of asserted) keep(key);
  }
  const functions = matched.after.filter((unit) => unit.kind === 'function' && !isTestCase(unit) && unit.name.length >= LEAST_NAME);
  const helpers = functions.filter((unit) => assertionsOf(unit).length > 0).map(({ name }) => name);
  const fresh = functions.filter((unit) => isTestPath(unit.side.path) && !matched.was.has(unit)).map(({ name }) => name);
  const others = poorer.flatMap((test) => test.fresh).concat(newlyAsserted);
  return poorer.flatMap((test) => lossesOf(test, context, { keptElsewhere, others, helpers, fresh }));
}

/** Shorter names are those of anything. */
const LEAST_NAME = 6;

interface Elsewhere {
  /** How often an assertion that is new stands anywhere; one that was moved is taken from it. */
  readonly keptElsewhere: Map<string, number>;
  /** What tests assert now and did not. */
  readonly others: readonly Assertion[];
  /** Functions that assert something. */
  readonly helpers: readonly string[];
  /** Functions that are new beside tests: what asserts may be called by them. */
  readonly fresh: readonly string[];
}

const OTHERWISE = 'something else is expected here, and nothing but tests was changed';

function lossesOf(test: Poorer, context: TestContext, elsewhere: Elsewhere): RemovedCheck[] {
  const { keptElsewhere, helpers } = elsewhere;
  const { was, now, lost, fresh } = test;
  const { gone, code } = context;
  const found: RemovedCheck[] = [];
  const left = [...fresh];
  const missing: Assertion[] = [];
  for (const assertion of lost) {
    if ([...assertion.names].some((name) => gone.has(name)) || literalsOf(assertion).some((text) => gone.has(text))) continue;
    // Of two that were the same one is left, or what it compared with chooses now what the rest is about.
    if (assertionsOf(now).some(({ key }) => key === assertion.key) || choosesNow(assertion, test, context)) continue;
    const kept = keptElsewhere.get(assertion.key) ?? 0;
    if (kept > 0) {
      keptElsewhere.set(assertion.key, kept - 1);
      continue;
    }
    // What was right is wrong now: nothing says less, unless nothing else changed.
    const opposite = left.find((other) => contradicts(assertion, other));
    if (opposite !== undefined) {
      left.splice(left.indexOf(opposite), 1);
      if (!code.changed && isSameBesides(test)) found.push(atNew(now, opposite, was, assertion, OTHERWISE, 'INFO'));
      continue;
    }
    if (
      fresh.some((other) => other.key !== assertion.key && other.key.includes(assertion.key)) ||
      says(fresh, left, assertion) ||
      fresh.some((other) => isWaitedFor(assertion, other)) ||
      isCheckedBy(assertion, test)
    )
      continue;
    const pair = closest(assertion, left);
    if (pair === undefined) {
      missing.push(assertion);
      continue;
    }
    left.splice(left.indexOf(pair.other), 1);
    const weaker = isContrary(assertion, pair.other) ? undefined : weakerThan(assertion, pair.other);
    if (weaker !== undefined) {
      const isSure =
        pair.isSure &&
        (!code.changed || (shareKept(was, now) >= NEARLY_ALL && isInPlace(test, assertion, pair.other, context))) &&
        !left.some((other) => completes(other, assertion)) &&
        !fresh.some((other) => other !== pair.other && takesOver(other, assertion)) &&
        !(code.changed && was.name !== now.name && isTestCase(now)) &&
        !isBoundOfMore(test, assertion, pair.other) &&
        !(code.changed && isNearlyAsStrict(assertion, pair.other)) &&
        !callsChecking(test, helpers);
      found.push(atNew(now, pair.other, was, assertion, weaker.message, isSure ? weaker.severity : 'INFO'));
    } else if (pair.isSure && !code.changed && expectsAnother(assertion, pair.other) && isSameBesides(test))
      found.push(atNew(now, pair.other, was, assertion, OTHERWISE, 'INFO'));
  }
  const reported = reportMissing(test, missing, left, elsewhere, context);
  return reported === undefined ? found : [...found, reported];
}

/** Whether a bound went up with what it bounds: the test expects the new number elsewhere now, in place of the old one. */
function isBoundOfMore({ lost, fresh }: Poorer, was: Assertion, now: Assertion): boolean {
  if (was.tolerance === undefined || now.tolerance === undefined) return false;
  const says = (others: readonly Assertion[], own: Assertion, bound: number): boolean => {
    const number = new RegExp(String.raw`(?<![\w.])${Math.abs(bound)}(?![\w.])`);
    return others.some((other) => other !== own && number.test(other.key.replaceAll(/(?<=\d)_(?=\d)/g, '')));
  };
  return says(lost, was, was.tolerance) && says(fresh, now, now.tolerance);
}

/** Whether a condition that is asked until it holds asks for what was asserted, of the same value. */
function isWaitedFor(was: Assertion, { key }: Assertion): boolean {
  if (!/^[\w.]*(?:eventually|wait_?(?:for|until)|poll)\w*\(/i.test(key) || !key.includes(was.subject) || was.subject.length < 4)
    return false;
  const values = was.key.replace(was.subject, ' ').match(/"[^"]*"|(?<![\p{L}\p{N}_.])\d+(?:\.\d+)?/gu) ?? [];
  return values.length > 0 && values.every((value) => key.includes(value));
}

/** A bound that moved by a tenth at most: with the code, it says as much. */
function isNearlyAsStrict({ tolerance: was }: Assertion, { tolerance: now }: Assertion): boolean {
  if (was === undefined || now === undefined) return false;
  return Math.abs(now - was) <= Math.abs(was) * SLIGHTLY;
}

const SLIGHTLY = 0.1;

/** Whether all texts that an assertion compared with stand in the lines that came in its place. */
function choosesNow(assertion: Assertion, { was, now }: Poorer, { where }: TestContext): boolean {
  const said = literalsOf(assertion);
  const came = where.cameFor(was, assertion.node).flatMap(({ first, last }) => linesOf(now.side.text).slice(first - 1, last));
  // It is made so before the rest.
  const made = /^assert(.+)==([^=]+)$/s.exec(assertion.key);
  if (made !== null && came.some((line) => line.replaceAll(/\s+/g, '') === `${made[1]}=${made[2]}`)) return true;
  if (said.length === 0) return false;
  const choosing = came.filter((line) => /\bif\b|\.(?:find|filter)\(/.test(line));
  return said.every((text) => choosing.some((line) => line.includes(text)));
}

/** Other lines that may go at the place of an assertion that says less now. */
const FEW_LINES = 3;

/** Whether an assertion stands where the other stood, and little else went there. */
function isInPlace({ was, now }: Poorer, lost: Assertion, other: Assertion, { pairOf, where }: TestContext): boolean {
  const pair = pairOf.get(was.side);
  if (pair === undefined || now.side !== pair.after) return false;
  const line = lineAt(now.side, now.tree.start[other.node] as number);
  return (
    where.cameFor(was, lost.node).some(({ first, last }) => line >= first && line <= last) && where.wentWith(was, lost.node) <= FEW_LINES
  );
}

function reportMissing(
  test: Poorer,
  missing: readonly Assertion[],
  left: readonly Assertion[],
  { others: saidNow, helpers, fresh: newFunctions }: Elsewhere,
  context: TestContext,
): RemovedCheck | undefined {
  const { pairOf, code } = context;
  const { was, now, all, old } = test;
  const pair = pairOf.get(was.side);
  const [any] = missing;
  if (any === undefined || pair === undefined || callsChecking(test, helpers)) return undefined;
  const place = (assertion: Assertion): Pick<RemovedCheck, 'path' | 'line' | 'was'> => {
    const line = lineAt(was.side, was.tree.start[assertion.node] as number);
    return {
      path: now.side.path,
      line: now.side === pair.after ? lineAfter(pair.change, line) : lineAt(now.side, startOf(now)),
      was: lineText(was.side, line),
    };
  };
  const followed = (assertion: Assertion): boolean => code.followed(speaksOf(was, assertion));
  if (old > 0 && all.length === 0)
    return {
      kind: 'test-emptied',
      ...place(any),
      message: `the test ${shown(now)} asserts nothing any more`,
      severity:
        isTestCase(was) &&
        !handsOverWhatToExpect(test) &&
        !raises(test) &&
        missing.some((one) => !followed(one) && !isHandedOver(one, test, context))
          ? 'WARNING'
          : 'INFO',
    };
  // As many or more that say as much: it was rewritten.
  const strong = test.fresh.some(({ key }) => WHOLE.test(key)) ? missing.length : left.filter(({ strength }) => strength >= 6).length;
  const reported = missing.slice(strong).filter(({ strength }) => strength > 2);
  const isConcerned = code.concerns(was.side, was.tree.text.slice(startOf(was), was.tree.end[was.node]));
  const fresh = test.fresh.map(({ node }) => lineAt(now.side, now.tree.start[node] as number));
  const ofNow = tokensOf(now);
  const ofWas = tokensOf(was);
  const callsNew = newFunctions.some((name) => ofNow.has(name) && !ofWas.has(name));
  const isPlain = (assertion: Assertion): boolean =>
    assertion.strength > 3 &&
    !isStep(assertion, now) &&
    !callsNew &&
    !saidNow.some((other) => isAlmost(assertion, other)) &&
    !isHandedOver(assertion, test, context) &&
    !(now.side === pair.after ? isReplaced(pair, was, assertion.node, fresh) : fresh.length > 0) &&
    // Where another expectation came with other code, the test followed it.
    (!code.changed || (test.fresh.length === 0 && isStillMade(assertion, was, now) && !isConcerned)) &&
    !followed(assertion);
  // Of a test with another name, only what is still the same code says that something went.
  const kept = shareKept(was, now);
  const least = was.name !== now.name || code.changed ? NEARLY_ALL : MOSTLY;
  const plain = kept < least || (kept < ALL && !isSameBesides(test) && isMostlyNew(test)) ? [] : reported.filter(isPlain);
  const [first] = (plain.length > 0 ? plain : reported).toSorted((a, b) => b.strength - a.strength);
  if (first === undefined) return undefined;
  const others = (plain.length > 0 ? plain : reported).length - 1;
  return {
    kind: 'assertion-removed',
    ...place(first),
    message: `the test ${shown(now)} no longer asserts this${others === 0 ? '' : `, nor ${others} more`}`,
    severity: plain.length > 0 ? 'WARNING' : 'INFO',
  };
}

/** Whether an assertion said of a call no more than that it went well, and the call is not made any more: a step of the test went. */
function isStep({ strength, subject }: Assertion, { tree, node }: Unit): boolean {
  const call = /^[\p{L}_][\p{L}\p{N}_.]*\(.*\)$/su.test(subject);
  return strength <= 4 && call && !normalisedWhole(tree.text.slice(tree.start[node], tree.end[node])).includes(subject);
}

/** Whether the test ends with an error of its own more often than before: it asserts in other words. */
function raises({ was, now }: Poorer): boolean {
  const times = ({ tree, node }: Unit): number =>
    tree.text.slice(tree.start[node], tree.end[node]).split(/\b(?:raise|throw|panic!?)\b/).length;
  return times(now) > times(was);
}

/** Whether a call gets a new argument whose name says what has to come of it: `run(..., stderr_contains=text)`. */
function handsOverWhatToExpect({ was, now }: Poorer): boolean {
  const old = tokensOf(was);
  return [...tokensOf(now).keys()].some(
    (name) => !old.has(name) && /^\w+$/.test(name) && /(?:^| )(?:expect(?:ed|s)?|contains|matches|should)\b/.test(words(name)),
  );
}

/** Whether another assertion, wherever it stands, is about the same and expects mostly the same texts: with more cases it was moved there. */
function isAlmost(lost: Assertion, other: Assertion): boolean {
  const texts = (lost.key.match(/"[^"]{2,}"/g) ?? []).filter((text) => !lost.subject.includes(text));
  return (
    texts.length > 0 &&
    lost.subject === other.subject &&
    other.strength >= lost.strength &&
    texts.filter((text) => other.key.includes(text)).length * 2 > texts.length
  );
}

/** Whether a call that is new in the test stands where an assertion went and gets what that was about, or names a value of it: a helper may assert it. */
function isHandedOver({ node, names, key }: Assertion, { was, now }: Poorer, { where }: TestContext): boolean {
  const old = tokensOf(was);
  const lines = linesOf(now.side.text);
  const came = where.cameFor(was, node).flatMap(({ first, last }) => lines.slice(first - 1, last));
  const values = [...names, ...(key.match(/"[^"]{4,}"/g) ?? []).map((text) => text.slice(1, -1))].filter((name) => name.length > 2);
  return came.some((line) =>
    [...line.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s*\(/gu)].some(([, callee]) => {
      const name = callee as string;
      return name.length > 3 && !old.has(name) && values.some((value) => line.slice(line.indexOf(name) + name.length).includes(value));
    }),
  );
}

/** What compares all of a thing: it says more than assertions about its parts. */
const WHOLE =
  /\bcmp\.(?:Diff|Equal)\(|\bDeepEqual\(|\.to(?:Strict)?Equal\((?:[{[]|expected|want)|\.toMatch(?:Inline)?Snapshot\(|assert_?(?:json_)?snapshot|\.deep\.equal\(|assert\.deep(?:Strict)?Equal\(|^assert[\p{L}_.]+==[{[]/u;

/** Whether the test now hands the asserting over to a function that does so. */
function callsChecking({ was, now, fresh }: Poorer, helpers: readonly string[]): boolean {
  const ofNow = tokensOf(now);
  const ofWas = tokensOf(was);
  return (
    helpers.some((name) => ofNow.has(name) && !ofWas.has(name)) ||
    [...ofNow.keys()].some(
      (name) => /^(?:assert|check|verify|expect)[_A-Z]\w+/.test(name) && !ofWas.has(name) && !fresh.some(({ key }) => key.includes(name)),
    )
  );
}

/** Whether a helper that asserted was replaced by one with mostly the same words in its name: `assertClosed(x)` by `waitUntilClosed(x)`. */
function isCheckedBy({ key }: Assertion, { was, now }: Poorer): boolean {
  const helper = /^(?:\w+\.)*((?:assert|expect|verify|check)[_A-Z]\w+)!?\(/.exec(key)?.[1];
  const own = helper === undefined ? [] : told(helper);
  if (own.length < 2) return false;
  const old = tokensOf(was);
  return [...tokensOf(now).keys()].some((name) => {
    if (old.has(name) || !/^\w+$/.test(name)) return false;
    const others = new Set(told(name));
    return own.filter((word) => others.has(word)).length * 3 >= own.length * 2;
  });
}

/** Beginnings of the words of a name that say what it is about. */
function told(name: string): string[] {
  return words(name)
    .split(' ')
    .filter((word) => word.length > 3 && !/^(?:assert|expect|verify|check|that|wait|until)/.test(word))
    .map((word) => word.slice(0, 5));
}

/** Strings of what is asserted, e.g. a parameter's name. */
function literalsOf({ key }: Assertion): readonly string[] {
  return [...key.matchAll(/"([^"]{4,})"/g)].map((match) => match[1] as string);
}

function isHelper(unit: Unit): boolean {
  return unit.kind === 'function' && isTestPath(unit.side.path) && !isTestCase(unit);
}

/** Whether the test still makes what was asserted, in as many places: what it gave a name, or what it got, is there. */
function isStillMade({ names }: Assertion, was: Unit, now: Unit): boolean {
  const tokens = tokensOf(now);
  const made = [...names].filter((name) => definitionsOf(was, name).length > 0);
  if (made.length === 0) return names.size === 0 || [...names].some((name) => tokens.has(name));
  return made.every((name) => tokens.has(name) && definitionsOf(now, name).length >= definitionsOf(was, name).length);
}

const STATEMENTS: ReadonlySet<number> = new Set([Tag.VarDef, Tag.Assign]);
const LONGEST = 600;

/** Texts of the statements of a unit that give a name its value. */
function definitionsOf({ tree, node: unit }: Unit, name: string): readonly string[] {
  const found: string[] = [];
  const limit = tree.next[unit] as number;
  for (let node = unit + 1; node < limit; node++) {
    if (!STATEMENTS.has(tree.tag[node] as number)) continue;
    const [left] = childrenOf(tree, node);
    if (left !== undefined && identifiers(tree, left).has(name))
      found.push(tree.text.slice(tree.start[node], Math.min(tree.end[node] as number, (tree.start[node] as number) + LONGEST)));
  }
  return found;
}

/** An assertion with the statements that make what it is about. */
function speaksOf(unit: Unit, { node, names }: Assertion): string {
  const own = unit.tree.text.slice(unit.tree.start[node], unit.tree.end[node]);
  const made = [...names].flatMap((name) => definitionsOf(unit, name).slice(-1));
  const patched = [...names].flatMap((name) =>
    /^\w+$/.test(name)
      ? (unit.tree.text.slice(startOf(unit), unit.tree.end[unit.node]).match(new RegExp(String.raw`^.*\bas ${name}\b`, 'm')) ?? [])
      : [],
  );
  return [own, ...made, ...patched].join('\n');
}

/** Whether a test is the same but for what it asserts. */
function isSameBesides({ was, now }: Poorer): boolean {
  return withoutAssertions(was) === withoutAssertions(now);
}

function withoutAssertions(unit: Unit): string {
  const { tree } = unit;
  let text = '';
  let from = startOf(unit);
  for (const { node } of assertionsOf(unit)) {
    const start = tree.start[node] as number;
    if (start < from) continue;
    text += tree.text.slice(from, start);
    from = tree.end[node] as number;
  }
  return (text + tree.text.slice(from, tree.end[unit.node])).replaceAll(/[\s;]+/g, '');
}

const MOSTLY = 0.6;
const NEARLY_ALL = 0.8;
const ALL = 0.95;
/** Part of a test's code besides its assertions that may be new. */
const SOME_NEW = 0.25;

/** Whether much of what a test does besides asserting is new: it was written anew around what stayed. */
function isMostlyNew({ was, now }: Poorer): boolean {
  return 1 - shareKept(now, was) > SOME_NEW;
}

/** Part of a test's words that it still has, those of what it asserted left out. */
function shareKept(was: Unit, now: Unit): number {
  const asserted = new Set(assertionsOf(was).flatMap(({ node }) => leaves(was.tree, node)));
  const b = tokensOf(now);
  const others = [...tokensOf(was).keys()].filter((token) => !asserted.has(token) && token !== was.name);
  return others.length === 0 ? 1 : others.filter((token) => b.has(token)).length / others.length;
}

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
