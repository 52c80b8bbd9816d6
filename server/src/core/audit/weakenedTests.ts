/** Tests that still run and assert less: assertions that went, or were made to say less, and tests that assert nothing any more. */
import type { Severity } from '../model/rule.js';
import { closest, says, unpaired, weakerThan } from './assertionPairs.js';
import { assertionsOf, type Assertion } from './assertions.js';
import type { RemovedCheck } from './report.js';
import { lineAfter, lineAt, lineText } from './side.js';
import { isTestCase } from './testCases.js';
import { shown, startOf, type TestContext } from './testContext.js';
import { isTestPath } from './testPaths.js';
import { tokensOf, type Unit } from './units.js';

interface Loss {
  readonly assertion: Assertion;
  readonly unit: Unit;
}

export function weakened(context: TestContext): RemovedCheck[] {
  const { matched, pairOf, gone } = context;
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
