/** What the code of a commit no longer protects: the facts of both sides compared, one module for each way in which a protection is lost. */
import { codeChange } from './codeChange.js';
import type { Facts } from './fact.js';
import { factsOf } from './facts.js';
import { lostFacts } from './lostFacts.js';
import { createPlaces } from './places.js';
import type { RemovedCheck } from './report.js';
import { oncePerSide, type Pair, type Side } from './side.js';
import { swallowed } from './swallowed.js';
import { loosened, switchedOff } from './switchedOff.js';
import { isTestPath } from '../model/testPaths.js';
import type { Matched, Unit } from './units.js';

/** @param matched units of all code files of the commit */
export function lostProtections(pairs: readonly Pair[], matched: Matched): RemovedCheck[] {
  const before = collect(matched.before);
  const after = collect(matched.after);
  const changes = new Map<Side, Pair>();
  for (const pair of pairs) {
    if (pair.before !== undefined) changes.set(pair.before, pair);
    if (pair.after !== undefined) changes.set(pair.after, pair);
  }
  const where = createPlaces(changes, matched);
  return [
    ...lostFacts(before, after, matched, where, codeChange(pairs)),
    ...switchedOff(before, after, matched, where),
    ...loosened(before, after, matched, where),
    ...swallowed(before, after, matched, where),
  ];
}

function collect(units: readonly Unit[]): Facts {
  const bySide = new Map<Side, Unit[]>();
  for (const unit of units) {
    if (isTestPath(unit.side.path)) continue;
    const group = bySide.get(unit.side);
    if (group === undefined) bySide.set(unit.side, [unit]);
    else group.push(unit);
  }
  const all = [...bySide.values()].map(factsOf);
  return {
    facts: all.flatMap(({ facts }) => facts).filter(isOfProgram),
    offs: all.flatMap(({ offs }) => offs).filter(isOfProgram),
    limits: all.flatMap(({ limits }) => limits).filter(isOfProgram),
    handlers: all.flatMap(({ handlers }) => handlers).filter(isOfProgram),
  };
}

/** Whether it stands in no test of its own file. */
function isOfProgram({ unit, node }: { readonly unit: Unit; readonly node: number }): boolean {
  const { tree, side } = unit;
  if (tree.grammar !== 'rust') return true;
  const from = ownTestsOf(side);
  return from === undefined || (tree.start[node] as number) < from;
}

/** Where the module of tests of a Rust file begins, which is its last part; undefined where there is none. */
const ownTestsOf = oncePerSide((side: Side): number | undefined => {
  const found = /^[ \t]*#\[cfg\((?:test|all\(test\b[^\]]*)\)\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+\w+\s*\{/m.exec(
    side.text,
  );
  return found?.index;
});
