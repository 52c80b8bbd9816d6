/** What the code of a commit no longer protects: the facts of both sides compared, one module for each way in which a protection is lost. */
import { codeChange } from './codeChange.js';
import type { Facts } from './fact.js';
import { factsOf } from './facts.js';
import { lostFacts } from './lostFacts.js';
import { createPlaces } from './places.js';
import type { RemovedCheck } from './report.js';
import type { Pair, Side } from './side.js';
import { swallowed } from './swallowed.js';
import { loosened, switchedOff } from './switchedOff.js';
import { isTestPath } from './testPaths.js';
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
    facts: all.flatMap(({ facts }) => facts),
    offs: all.flatMap(({ offs }) => offs),
    limits: all.flatMap(({ limits }) => limits),
    handlers: all.flatMap(({ handlers }) => handlers),
  };
}
