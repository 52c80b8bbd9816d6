/**
 * Tests that a commit deleted, skipped, emptied or made to say less, although what they test is still there. A test that was moved, renamed, split, rewritten
 * with other words or folded into a table is not lost, and neither is one whose code went with it.
 */
import { codeChange, type CodeChange } from './codeChange.js';
import { deleted } from './deletedTests.js';
import { createPlaces } from './places.js';
import type { RemovedCheck } from './report.js';
import type { Pair, Side } from './side.js';
import { skipped } from './skippedTests.js';
import type { TestContext } from './testContext.js';
import { isTestPath } from '../model/testPaths.js';
import { tokensOf, type Matched, type Unit } from './units.js';
import { weakened } from './weakenedTests.js';

export function lostTests(pairs: readonly Pair[], matched: Matched): RemovedCheck[] {
  const pairOf = new Map<Side, Pair>();
  for (const pair of pairs) {
    if (pair.before !== undefined) pairOf.set(pair.before, pair);
    if (pair.after !== undefined) pairOf.set(pair.after, pair);
  }
  let gone: ReadonlySet<string> | undefined;
  let code: CodeChange | undefined;
  const context: TestContext = {
    matched,
    pairOf,
    where: createPlaces(pairOf, matched),
    // Most commits take no test away: nobody asks then.
    get gone() {
      return (gone ??= goneNames(pairs, matched));
    },
    get code() {
      return (code ??= codeChange(pairs));
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
