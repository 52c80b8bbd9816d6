/** Errors that went on or were reported before, and end in silence now. */
import { internedText } from '../language/interner.js';
import { Tag } from '../language/tags.js';
import { childrenOf } from '../language/tree.js';
import type { Severity } from '../model/rule.js';
import type { Facts, Handler } from './fact.js';
import type { Places } from './places.js';
import type { RemovedCheck } from './report.js';
import { tokensOf, type Matched, type Unit } from './units.js';

export function swallowed(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
  const found: RemovedCheck[] = [];
  const rank = { rethrows: 3, reports: 2, returns: 1, nothing: 0 } as const;
  const old = new Map<Unit, Handler[]>();
  for (const handler of before.handlers) {
    const now = matched.became.get(handler.unit);
    if (now === undefined) continue;
    const group = old.get(now);
    if (group === undefined) old.set(now, [handler]);
    else group.push(handler);
  }
  const same = (a: Handler, b: Handler): boolean => a.does === b.does && a.broad === b.broad;
  // One that is as it was stands for itself first.
  const changed = after.handlers.filter((handler) => {
    const there = old.get(handler.unit) ?? [];
    const exact = there.findIndex((other) => same(other, handler) && overlap(other.guarded, handler.guarded));
    if (exact >= 0) there.splice(exact, 1);
    return exact < 0;
  });
  for (const handler of changed) {
    const was = matched.was.get(handler.unit);
    if (was === undefined) continue;
    const there = old.get(handler.unit) ?? [];
    const at = closestHandler(there, handler);
    const previous = at < 0 ? undefined : there.splice(at, 1)[0];
    if (previous === undefined) {
      // Errors of code that was there before went on; now they end here.
      const names = new Set(handler.guarded);
      const text = textOf(was);
      const nowText = textOf(handler.unit);
      // One that is made as often outside as before still goes on there.
      const isTaken = (call: string): boolean => text.includes(call) && nowText.split(call).length <= text.split(call).length;
      const known = [...names].filter(
        (name, i) => tokensOf(was).has(name) && handler.calls.some((call, j) => (j === i || handler.guarded[j] === name) && isTaken(call)),
      );
      const covered =
        known.length > 0 &&
        known.length * 2 >= names.size &&
        !before.handlers.some((other) => other.unit === was && overlap(other.guarded, known));
      if (
        rank[handler.does] > 0 ||
        !covered ||
        before.handlers.some((other) => other.does === 'nothing' && overlap(other.guarded, handler.guarded))
      )
        continue;
      found.push({
        kind: 'error-handling',
        ...where.ofNew(handler.unit, handler.node),
        message: 'errors that went on are swallowed here',
        severity: handler.broad && !isFallback(handler) && !isThrownAfter(handler) ? 'WARNING' : 'INFO',
      });
    } else if (rank[handler.does] < rank[previous.does] && handler.does !== 'reports') {
      found.push({
        kind: 'error-handling',
        ...where.ofNew(handler.unit, handler.node),
        was: where.ofGone(previous.unit, previous.node).was,
        message: `an error that was ${previous.does === 'rethrows' ? 'passed on' : 'reported'} is ${handler.does === 'nothing' ? 'swallowed' : 'turned into a value'} here`,
        severity:
          handler.broad &&
          !isFallback(handler) &&
          !isThrownAfter(handler) &&
          previous.does !== 'returns' &&
          shareOf(previous, handler) >= MOSTLY_SHARED &&
          (handler.does === 'nothing' || previous.does === 'rethrows')
            ? 'WARNING'
            : 'INFO',
      });
    } else if (rank[handler.does] === 2 && previous.does === 'rethrows') {
      found.push({
        kind: 'error-handling',
        ...where.ofNew(handler.unit, handler.node),
        was: where.ofGone(previous.unit, previous.node).was,
        message: 'an error that was passed on is only reported here',
        severity: 'INFO' satisfies Severity,
      });
    }
  }
  return found;
}

function textOf({ tree, node }: Unit): string {
  return tree.text.slice(tree.start[node], tree.end[node]).replaceAll(/\s+/g, '');
}

/** Whether it stands in a handler itself: what is tried there is a second way, after the error was dealt with. */
function isFallback({ unit: { tree, node: unit }, node }: Handler): boolean {
  for (let at = tree.parent[tree.parent[node] as number] as number; at > unit; at = tree.parent[at] as number)
    if (tree.tag[at] === Tag.Catch) return true;
  return false;
}

/** Whether what comes after all that is tried ends in an error of its own: the work has failed by then, and the handler only keeps a second error from hiding the first. */
function isThrownAfter({ unit: { tree, node: unit }, node }: Handler): boolean {
  let at = node;
  while (at > unit && tree.tag[at] !== Tag.Try) at = tree.parent[at] as number;
  const block = tree.parent[at] as number;
  if (at <= unit || block < 0) return false;
  const rest = childrenOf(tree, block).filter((other) => other > at);
  return rest.some((other) => tree.tag[other] === Tag.Other && /^(?:raise|throw)/.test(internedText(tree.op[other] as number)));
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 && b.length === 0) return true;
  return a.some((name) => b.includes(name));
}

/** Of those that catch from the same calls, the one that has most of them in common; -1 for none. */
function closestHandler(there: readonly Handler[], { guarded }: Handler): number {
  let best = -1;
  let most = -1;
  there.forEach((other, i) => {
    if (!overlap(other.guarded, guarded)) return;
    const share = shareOf(other, { guarded });
    if (share <= most) return;
    most = share;
    best = i;
  });
  return most > 0 && most < LEAST_SHARED ? -1 : best;
}

/** Part of the calls that two catch from which both have. */
function shareOf({ guarded: a }: Pick<Handler, 'guarded'>, { guarded: b }: Pick<Handler, 'guarded'>): number {
  if (a.length === 0 && b.length === 0) return 1;
  return a.filter((name) => b.includes(name)).length / Math.max(1, a.length, b.length);
}

/** With a smaller part, what is tried was written anew. */
const MOSTLY_SHARED = 0.6;

/** With a smaller part of the calls in common, it is another handler. */
const LEAST_SHARED = 0.5;
