/** Tests that no longer run: skipped, left out by "only", or no longer found by the runner. */
import { assertionsOf } from './assertions.js';
import type { RemovedCheck } from './report.js';
import { lineAt, lineText } from './side.js';
import { isTestCase, skipOf } from './testCases.js';
import { shown, startOf, type TestContext } from './testContext.js';
import { isTestPath } from '../model/testPaths.js';
import { tokensOf } from './units.js';
import { words } from './words.js';

export function skipped({ matched, pairOf, where }: TestContext): RemovedCheck[] {
  const found: RemovedCheck[] = [];
  // One that runners no longer find: its name, its mark or its file's name changed.
  for (const [was, now] of matched.became) {
    if (!isTestCase(was) || isTestCase(now) || was.kind !== now.kind || now.kind === 'call' || skipOf(was) !== undefined) continue;
    if (assertionsOf(now).length === 0) continue;
    // A test that calls it runs it.
    if (!isSameName(was.name, now.name) || matched.after.some((unit) => unit !== now && isTestCase(unit) && tokensOf(unit).has(now.name)))
      continue;
    const line = lineAt(now.side, startOf(now));
    // Handed to what runs it, it is no test of its own any more and still runs.
    const named = new RegExp(String.raw`(?<![\w$])${now.name.replaceAll(/[^\w]/g, String.raw`\$&`)}(?![\w$])`, 'g');
    const times = [...new Set(matched.after.map(({ side }) => side))].reduce((all, { text }) => all + (text.match(named)?.length ?? 0), 0);
    found.push({
      kind: 'test-skipped',
      path: now.side.path,
      line,
      was: lineText(was.side, lineAt(was.side, startOf(was))),
      message: `the test ${shown(was)} is no longer found as a test`,
      severity: times > 1 ? 'INFO' : 'WARNING',
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
      // The mark stood there, on a test of another name.
      if (unit.decorators.includes(skip.node) && !where.isWritten(unit, unit.tree.start[skip.node] as number)) continue;
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

/** Whether a name holds the other: `xTestLogin`, `disabled_test_login` or `login` of `test_login`. What has another name is another function. */
function isSameName(was: string, now: string): boolean {
  const [a, b] = [was, now].map((name) => words(name).replace(/^test /, '')) as [string, string];
  return a === b || b.endsWith(` ${a}`) || b.startsWith(`${a} `) || b.replaceAll(' ', '').includes(a.replaceAll(' ', ''));
}
