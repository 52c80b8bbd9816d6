/** Which part of the code leads to which, by the names that it uses: a check that moved into what is called is still made. */
import type { Fact } from './fact.js';
import { tokensOf, type Matched, type Unit } from './units.js';

export interface Reach {
  /** Whether one unit names the other, directly or through one more. */
  leadsTo(from: Unit, to: Unit): boolean;
  /** The same, by a name that the unit did not use before the commit. */
  leadsToNow(from: Unit, to: Unit): boolean;
}

export function createReach(matched: Matched): Reach {
  const byName = new Map<string, Unit[]>();
  for (const unit of matched.after) {
    if (unit.kind === 'module' || unit.name === '') continue;
    const group = byName.get(unit.name);
    if (group === undefined) byName.set(unit.name, [unit]);
    else group.push(unit);
  }
  const direct = (from: Unit, to: Unit): boolean => to.kind !== 'module' && (to.name.length > 2 ? tokensOf(from).has(to.name) : false);
  return {
    leadsTo(from, to) {
      if (from.kind === 'module' || from === to) return false;
      if (direct(from, to)) return true;
      for (const name of tokensOf(from).keys())
        for (const middle of byName.get(name) ?? []) if (middle !== from && direct(middle, to)) return true;
      return false;
    },
    leadsToNow(from, to) {
      const was = matched.was.get(from);
      return direct(from, to) && (was === undefined || !tokensOf(was).has(to.name));
    },
  };
}

export function renames(matched: Matched): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [was, now] of matched.became) if (was.name !== now.name && was.kind === 'function') names.set(was.name, now.name);
  return names;
}

export function encloses(outer: Unit, inner: Unit): boolean {
  for (let at = inner.parent; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

export function renamedInto(lost: Fact, now: Unit, renamed: ReadonlyMap<string, string>): boolean {
  const tokens = tokensOf(now);
  for (const token of tokensOf(lost.unit).keys()) {
    const other = renamed.get(token);
    if (other !== undefined && lost.key.includes(token) && tokens.has(other)) return true;
  }
  return false;
}
