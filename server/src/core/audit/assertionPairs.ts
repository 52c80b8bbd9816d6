/** Which assertion of the commit became of which of the parent's, and whether it says less. */
import type { Severity } from '../model/rule.js';
import { expectedParts, isNegative, type Assertion } from './assertions.js';

export function unpaired(old: readonly Assertion[], current: readonly Assertion[]): { lost: Assertion[]; fresh: Assertion[] } {
  const fresh = [...current];
  const lost = old.filter(({ key }) => {
    const at = fresh.findIndex((other) => other.key === key);
    if (at < 0) return true;
    fresh.splice(at, 1);
    return false;
  });
  return { lost, fresh };
}

/** Whether a new assertion expects what a lost one did, of something else or as a part of more. One that says no more stands for one only. */
export function says(fresh: readonly Assertion[], left: Assertion[], lost: Assertion): boolean {
  const parts = expectedParts(lost);
  if (parts.length === 0 || isNegative(lost)) return false;
  const holds = (other: Assertion): boolean =>
    other.strength >= Math.min(7, lost.strength) && !isNegative(other) && parts.every((part) => other.key.includes(part));
  if (fresh.some((other) => holds(other) && other.key.length > lost.key.length * 1.5)) return true;
  const at = left.findIndex((other) => other.strength >= lost.strength && holds(other));
  if (at >= 0) left.splice(at, 1);
  return at >= 0;
}

/** The new assertion about the same thing; -1 for none. */
export function closest(assertion: Assertion, left: readonly Assertion[]): number {
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

export function weakerThan(was: Assertion, now: Assertion): { message: string; severity: Severity } | undefined {
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
