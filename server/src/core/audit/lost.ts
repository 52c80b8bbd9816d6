/**
 * Which protections of the parent's code are missing from the commit's, although what they protected is still there. A protection that was moved, renamed,
 * extracted, taken up by what is around, or replaced by one of its kind is not missing; neither is one that went with the code it was for.
 */
import type { Severity } from '../model/rule.js';
import type { Fact, Facts, Handler, Limit, Off } from './facts.js';
import { factsOf } from './facts.js';
import type { CheckKind, RemovedCheck } from './report.js';
import { lineAfter, lineAt, lineText, type Pair, type Side } from './side.js';
import { isTestPath } from './testPaths.js';
import { refuses } from './refusals.js';
import { calleeText, tokensOf, type Matched, type Unit } from './units.js';
import { normalised } from './words.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';

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
    ...lostFacts(before, after, matched, where),
    ...switchedOff(before, after, matched, where),
    ...loosened(before, after, matched, where),
    ...swallowed(before, after, matched, where),
  ];
}

/** A check with what it says and the lines around it. */
const FEW_LINES = 8;

/** A line, and what follows where it ends in the middle of something. */
function saidAt(side: Side, line: number): string {
  let said = lineText(side, line);
  for (let next = line + 1; next < line + 8 && /[([{,=]$|=>$/.test(said) && !/\)\s*\{$/.test(said) && said.length < 160; next++)
    said = `${said}${/[([{]$/.test(said) ? '' : ' '}${lineText(side, next)}`;
  return said.slice(0, 200);
}

type Places = ReturnType<typeof createPlaces>;

function createPlaces(changes: ReadonlyMap<Side, Pair>, matched: Matched) {
  /** Where in the commit's tree a reader looks for what is gone. */
  const ofGone = (unit: Unit, node: number): { path: string; line: number; was: string } => {
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    const was = saidAt(unit.side, line);
    const change = changes.get(unit.side)?.change;
    const now = matched.became.get(unit);
    if (change?.after !== undefined && (now === undefined || changes.get(now.side)?.change === change))
      return { path: change.path, line: lineAfter(change, line), was };
    if (now !== undefined) return { path: now.side.path, line: lineAt(now.side, now.tree.start[now.node] as number), was };
    return { path: unit.side.path, line, was };
  };
  const ofNew = (unit: Unit, node: number): { path: string; line: number; was: string } => {
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    return { path: unit.side.path, line, was: lineText(unit.side, line) };
  };
  /** Whether the hunk that took a line away holds little else and puts nothing in its place. */
  const wasTakenAlone = (unit: Unit, node: number): boolean => {
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    const hunk = changes.get(unit.side)?.change.hunks.find(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines);
    return hunk !== undefined && hunk.newLines === 0 && hunk.oldLines <= FEW_LINES;
  };
  /** Where a line of the parent's file stands, where no hunk touches it. */
  const stays = (unit: Unit, node: number): number | undefined => {
    const change = changes.get(unit.side)?.change;
    const line = lineAt(unit.side, unit.tree.start[node] as number);
    if (change === undefined || change.hunks.some(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines))
      return undefined;
    return lineAfter(change, line);
  };
  return { ofGone, ofNew, wasTakenAlone, stays };
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

// ---- protections that are gone

function lostFacts(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
  const left = new Set(after.facts);
  const byKey = new Map<string, Fact[]>();
  for (const fact of after.facts) {
    const group = byKey.get(`${fact.kind}|${fact.key}`);
    if (group === undefined) byKey.set(`${fact.kind}|${fact.key}`, [fact]);
    else group.push(fact);
  }
  const guards = new Map<string, Fact[]>();
  for (const fact of after.facts) if (fact.form === 'guard') guards.set(fact.key, [...(guards.get(fact.key) ?? []), fact]);
  // What stands in a line that the change leaves alone is what it was.
  const stayed = new Set<Fact>();
  for (const fact of before.facts) {
    const line = where.stays(fact.unit, fact.node);
    if (line === undefined) continue;
    const now = matched.became.get(fact.unit);
    const same = byKey
      .get(`${fact.kind}|${fact.key}`)
      ?.find(
        (other) => left.has(other) && other.unit === now && lineAt(other.unit.side, other.unit.tree.start[other.node] as number) === line,
      );
    if (same === undefined) continue;
    left.delete(same);
    stayed.add(fact);
  }
  let gone: Fact[] = [];
  for (const fact of before.facts) {
    if (stayed.has(fact)) continue;
    const now = matched.became.get(fact.unit);
    const same =
      byKey.get(`${fact.kind}|${fact.key}`)?.find((other) => left.has(other) && other.unit === now) ??
      // What a condition protects from is read from what it does: with another message it is another kind.
      (fact.form === 'guard' ? guards.get(fact.key)?.find((other) => left.has(other) && other.unit === now) : undefined);
    if (same === undefined) gone.push(fact);
    else left.delete(same);
  }
  // What has the same name in the same unit only changed its arguments.
  const home = (unit: Unit): Unit | undefined =>
    matched.became.get(unit) ?? (isHook(unit) && unit.parent !== undefined ? matched.became.get(unit.parent) : undefined);
  gone = gone.filter((fact) => {
    const now = home(fact.unit);
    if (now === undefined) return false;
    // A hook that was moved as it was.
    if (now !== matched.became.get(fact.unit))
      for (const other of left) if (other.kind === fact.kind && other.key === fact.key) return false;
    for (const other of left) {
      if (other.unit !== now || other.kind !== fact.kind || other.name !== fact.name) continue;
      left.delete(other);
      return false;
    }
    return true;
  });
  const reach = createReach(matched);
  const renamed = renames(matched);
  const found: RemovedCheck[] = [];
  for (const fact of gone) {
    const now = home(fact.unit) as Unit;
    if (!stillThere(fact, now)) continue;
    const taken = [...left].find((other) => other.kind === fact.kind && replaces(fact, other, now, reach));
    if (taken !== undefined || (fact.form === 'guard' && (turnedAround(fact, now, left) || goesOnOnlyIf(fact, now)))) continue;
    if (alreadyAround(fact, now, after.facts, reach)) continue;
    if (renamedInto(fact, now, renamed)) continue;
    const rewritten = matched.became.has(fact.unit) && wasRewritten(fact.unit, now);
    found.push({
      kind: fact.kind,
      ...where.ofGone(fact.unit, fact.node),
      message: messageFor(fact, now),
      severity: rewritten || isLesser(fact, now, after, where) ? 'INFO' : fact.severity,
    });
  }
  return found;
}

/** What runs before everything else protects what is around it, not what it holds. */
function isHook(unit: Unit): boolean {
  if (unit.kind === 'call') return /(?:^|\.)(?:use|addHook|hook|before\w*|middleware|interceptors?|pre|onRequest)$/.test(unit.call ?? '');
  return (
    unit.kind === 'function' &&
    unit.decorators.some((node) =>
      /before_(?:app_)?request|middleware|before_action|pre_?handler|exception_handler|Filter|Interceptor/i.test(
        unit.tree.text.slice(unit.tree.start[node], unit.tree.end[node]),
      ),
    )
  );
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<=': '>',
  '>=': '<',
  '<': '>=',
  '>': '<=',
};

/** Whether the opposite of the condition is now what has to hold to go on, and what follows still refuses. */
function goesOnOnlyIf(lost: Fact, now: Unit): boolean {
  const comparisons = lost.key.match(/[=!]==?|[<>]=?/g) ?? [];
  const opposite =
    comparisons.length === 1
      ? lost.key.replace(/[=!]==?|[<>]=?/, (sign) => OPPOSITES[sign] ?? sign)
      : lost.key.replace(/^\((.*)\)$/s, '$1').replace(/^(?:!|not(?=\w))/, '');
  if (opposite === lost.key) return false;
  const { tree } = now;
  const limit = tree.next[now.node] as number;
  let holds = false;
  let stillRefuses = false;
  for (let node = now.node; node < limit; node++) {
    if (tree.tag[node] === Tag.If) {
      const condition = firstChildWithRole(tree, node, Role.Condition);
      const block = childrenOf(tree, node).find((child) => tree.tag[child] === Tag.Block);
      if (condition < 0 || block === undefined || bare(normalised(textOf(tree, condition))) !== bare(opposite)) continue;
      if (refuses(tree, block) === 'yes') return false;
      holds = true;
    } else if (tree.tag[node] === Tag.Block && refuses(tree, node) === 'yes') stillRefuses = true;
  }
  return holds && stillRefuses;
}

function bare(condition: string): string {
  return condition.replace(/^\((.*)\)$/s, '$1');
}

function calledIn(key: string): readonly string[] {
  return [...key.matchAll(/([\p{L}_][\p{L}\p{N}_]*)[!?]?\(/gu)].map((match) => match[1] as string);
}

/** Whether what the condition called is still called, and another condition refuses by it. */
function turnedAround(lost: Fact, now: Unit, left: ReadonlySet<Fact>): boolean {
  const tokens = tokensOf(now);
  const names = calledIn(lost.key);
  return (
    names.length > 0 && names.every((name) => tokens.has(name)) && [...left].some((other) => other.form === 'guard' && other.unit === now)
  );
}

/** Whether what the protection was for is still in the unit that it was in. */
function stillThere(fact: Fact, now: Unit): boolean {
  const tokens = tokensOf(now);
  if (fact.form === 'on') return fact.callee === '' || fact.callee === undefined || tokens.has(fact.callee);
  if (fact.form === 'checked') return [...fact.about].every((name) => tokens.has(name)) && !handled(now, fact.name);
  if (fact.about.size === 0) return true;
  for (const name of fact.about) if (tokens.has(name)) return true;
  return fact.unit.kind === 'module'
    ? false
    : fact.form === 'call' && fact.kind !== 'validation' && fact.kind !== 'logging' && fact.kind !== 'escaping';
}

/** Whether the error of a call that is no longer asked for is returned, thrown or tested elsewhere. */
function handled(now: Unit, call: string): boolean {
  const { tree } = now;
  const limit = tree.next[now.node] as number;
  for (let i = now.node; i < limit; i++) {
    if (tree.tag[i] !== Tag.Call) continue;
    const callee = calleeText(tree, i) ?? '';
    if (callee.slice(callee.lastIndexOf('.') + 1) !== call) continue;
    const parent = tree.parent[i] as number;
    const tag = parent < 0 ? undefined : tree.tag[parent];
    if (tag === Tag.Return || tag === Tag.If || tag === Tag.Args || tag === Tag.Binary || tag === Tag.Ternary || tag === Tag.Try)
      return true;
    // An assignment to a name other than `_` can be looked at in ways that we don't follow.
    if ((tag === Tag.Assign || tag === Tag.VarDef) && !/(?:^|,\s*)_\s*(?::?=|$)/.test(tree.text.slice(tree.start[parent], tree.start[i])))
      return true;
    if (tag === Tag.Other) return true;
    if (tag === Tag.Dot) {
      const name = tree.text.slice(tree.start[parent], tree.end[parent]);
      return !/\b(?:ok|unwrap_or\w*|catch)$/.test(name);
    }
    for (let at = parent; at > now.node; at = tree.parent[at] as number) if (tree.tag[at] === Tag.Try) return true;
  }
  return false;
}

/**
 * Whether little speaks for a loss: a condition whose words name no protection, or a plain record, that other code took the place of or that went with much
 * else; a name that the same file still has, where nothing says which part of the file it was for.
 */
function isLesser(fact: Fact, now: Unit, after: Facts, where: Places): boolean {
  if (now.kind === 'module' && !STRONG_KINDS.has(fact.kind) && after.facts.some((other) => other.unit === now && other.key === fact.key))
    return true;
  if (fact.plain !== true && fact.kind !== 'logging') return false;
  if (fact.plain === true && !isAllThere(fact, now)) return true;
  return !where.wasTakenAlone(fact.unit, fact.node) && !(fact.plain === true && stillAsked(fact, now));
}

const STRONG_KINDS: ReadonlySet<CheckKind> = new Set(['authentication', 'authorization', 'rate-limit', 'approval', 'sandbox', 'tls']);

/** Whether the condition is still there and refuses no longer. */
function stillAsked(fact: Fact, now: Unit): boolean {
  const { tree } = now;
  const limit = tree.next[now.node] as number;
  for (let node = now.node; node < limit; node++) {
    if (tree.tag[node] !== Tag.If) continue;
    const condition = firstChildWithRole(tree, node, Role.Condition);
    if (condition >= 0 && normalised(textOf(tree, condition)) === fact.key) return true;
  }
  return false;
}

/** Whether the file still knows every name that a plain condition was about: with a name that went, the case that was refused may have gone. */
function isAllThere(fact: Fact, now: Unit): boolean {
  let top = now;
  while (top.parent !== undefined) top = top.parent;
  const tokens = tokensOf(top);
  // A function's verdict says more than a comparison: it is missed whatever it was asked about.
  return calledIn(fact.key).length > 0 || [...fact.about].every((name) => tokens.has(name));
}

function wasRewritten(was: Unit, now: Unit): boolean {
  if (was.kind === 'module' || was.kind === 'class') return false;
  const a = tokensOf(was);
  const b = tokensOf(now);
  let common = 0;
  for (const token of a.keys()) if (b.has(token)) common++;
  return a.size >= 8 && common / a.size < 0.4;
}

/** Whether a protection that is new does what the lost one did, for the same code. */
function replaces(lost: Fact, fresh: Fact, now: Unit, reach: Reach): boolean {
  const sameThing = lost.name === fresh.name || shares(lost.about, fresh.about) || (lost.about.size === 0 && fresh.about.size === 0);
  const broad =
    lost.kind === 'authentication' ||
    lost.kind === 'authorization' ||
    lost.kind === 'rate-limit' ||
    lost.kind === 'approval' ||
    lost.kind === 'tls' ||
    lost.kind === 'sandbox';
  // Statements of a file that became a function.
  if (lost.unit.kind === 'module' && fresh.key === lost.key) return true;
  if (fresh.unit === now || (fresh.unit.parent === now && now.kind !== 'module')) return broad || sameThing;
  if (encloses(fresh.unit, now))
    return fresh.unit.kind !== 'module' || fresh.form !== 'reference'
      ? sameForm(lost, fresh) || sameThing
      : lost.form !== 'on' && wires(fresh);
  // `use('/api', guard)` stands for what is mounted below.
  if (fresh.unit.kind === 'call' && /(?:^|\.)use$/.test(fresh.unit.call ?? '') && titleOf(now).startsWith(titleOf(fresh.unit)))
    return sameThing || broad;
  if (reach.leadsTo(now, fresh.unit) || reach.leadsTo(fresh.unit, now)) return broad || sameThing;
  return false;
}

function titleOf(unit: Unit): string {
  return /"(.*)"$/s.exec(unit.name)?.[1] ?? '';
}

/** A reference in a module that is handed to something for all that follows, not to one route. */
function wires(fact: Fact): boolean {
  return fact.unit.kind === 'module';
}

function sameForm(lost: Fact, fresh: Fact): boolean {
  return lost.form === fresh.form || fresh.unit.kind === 'class';
}

/** Whether the same protection stands in what the unit calls now: code that was there before and is called now. */
function alreadyAround(lost: Fact, now: Unit, facts: readonly Fact[], reach: Reach): boolean {
  return facts.some(
    (other) => other.kind === lost.kind && other.unit !== now && other.name === lost.name && reach.leadsToNow(now, other.unit),
  );
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const name of a) if (b.has(name)) return true;
  return false;
}

function encloses(outer: Unit, inner: Unit): boolean {
  for (let at = inner.parent; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

interface Reach {
  /** Whether one unit names the other, directly or through one more. */
  leadsTo(from: Unit, to: Unit): boolean;
  /** The same, by a name that the unit did not use before the commit. */
  leadsToNow(from: Unit, to: Unit): boolean;
}

function createReach(matched: Matched): Reach {
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

function renames(matched: Matched): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [was, now] of matched.became) if (was.name !== now.name && was.kind === 'function') names.set(was.name, now.name);
  return names;
}

function renamedInto(lost: Fact, now: Unit, renamed: ReadonlyMap<string, string>): boolean {
  const tokens = tokensOf(now);
  for (const token of tokensOf(lost.unit).keys()) {
    const other = renamed.get(token);
    if (other !== undefined && lost.key.includes(token) && tokens.has(other)) return true;
  }
  return false;
}

const NOUNS: Readonly<Partial<Record<CheckKind, string>>> = {
  authentication: 'an authentication check',
  authorization: 'an authorization check',
  validation: 'a validation',
  escaping: 'an escaping or sanitizing step',
  tls: 'a TLS check',
  sandbox: 'a sandbox or isolation setting',
  'rate-limit': 'a rate limit',
  approval: 'a human approval',
  'error-handling': 'an error check',
  logging: 'a log or audit record',
};

function messageFor(fact: Fact, now: Unit): string {
  const place = now.name === '' ? 'this file' : `\`${now.name}\``;
  return `${place} lost ${NOUNS[fact.kind] ?? 'a check'}, and what it was for is still there`;
}

// ---- protections that are switched off

function switchedOff(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
  const key = (off: Off): string => `${off.kind}|${off.name}|${off.callee}`;
  const counts = new Map<string, number>();
  for (const off of before.offs) counts.set(key(off), (counts.get(key(off)) ?? 0) + 1);
  const fresh: Off[] = [];
  const total = new Map<string, number>();
  for (const off of after.offs) total.set(key(off), (total.get(key(off)) ?? 0) + 1);
  for (const off of after.offs) {
    const was = matched.was.get(off.unit);
    if (was === undefined && off.unit.side.path !== undefined && !existed(off.unit, matched)) continue;
    if ((total.get(key(off)) ?? 0) <= (counts.get(key(off)) ?? 0)) continue;
    if (was !== undefined && count(before.offs, was, key(off), key) >= count(after.offs, off.unit, key(off), key)) continue;
    fresh.push(off);
  }
  return fresh.map((off) => ({
    kind: off.kind,
    ...where.ofNew(off.unit, off.node),
    message: `\`${off.name}\` switches off ${(NOUNS[off.kind] ?? 'a check').replace(/^an? /, '')} here`,
    severity: off.severity,
  }));
}

function count(offs: readonly Off[], unit: Unit, wanted: string, key: (off: Off) => string): number {
  return offs.filter((off) => off.unit === unit && key(off) === wanted).length;
}

/** Whether the file that a unit is in was there before. */
function existed(unit: Unit, matched: Matched): boolean {
  let top = unit;
  while (top.parent !== undefined) top = top.parent;
  return matched.was.has(top);
}

function loosened(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
  const found: RemovedCheck[] = [];
  const used = new Set<Limit>();
  // Many of one name are a table of data.
  const same = (limit: Limit): number => before.limits.filter((other) => other.unit === limit.unit && other.name === limit.name).length;
  for (const limit of before.limits) {
    if (same(limit) > 3) continue;
    const now = matched.became.get(limit.unit);
    const candidates = after.limits.filter((candidate) => candidate.unit === now && candidate.name === limit.name && !used.has(candidate));
    // One that is new beside it is no change of it.
    const other = candidates.find(({ value }) => value === limit.value) ?? candidates[0];
    if (other === undefined) continue;
    used.add(other);
    const factor = limit.row.looser === 'larger' ? other.value / limit.value : limit.value / Math.max(other.value, 1e-9);
    if (!(factor > 1)) continue;
    const least = limit.row.looser === 'larger' ? 5 : 1.3;
    found.push({
      kind: limit.row.kind,
      ...where.ofNew(other.unit, other.node),
      message: `the limit \`${limit.name}\` went from ${limit.value} to ${Number.isFinite(other.value) ? other.value : 'none'}`,
      severity: factor >= least ? limit.row.severity : 'INFO',
    });
  }
  return found;
}

// ---- errors that are swallowed

function swallowed(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
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
  for (const handler of after.handlers) {
    const was = matched.was.get(handler.unit);
    if (was === undefined) continue;
    const there = old.get(handler.unit) ?? [];
    const exact = there.findIndex((other) => same(other, handler) && overlap(other.guarded, handler.guarded));
    if (exact >= 0) {
      there.splice(exact, 1);
      continue;
    }
    const at = there.findIndex((other) => overlap(other.guarded, handler.guarded));
    const previous = at < 0 ? undefined : there.splice(at, 1)[0];
    if (previous === undefined) {
      // Errors of code that was there before went on; now they end here.
      const names = new Set(handler.guarded);
      const known = [...names].filter((name) => tokensOf(was).has(name));
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
        severity: handler.broad ? 'WARNING' : 'INFO',
      });
    } else if (rank[handler.does] < rank[previous.does] && handler.does !== 'reports') {
      found.push({
        kind: 'error-handling',
        ...where.ofNew(handler.unit, handler.node),
        was: where.ofGone(previous.unit, previous.node).was,
        message: `an error that was ${previous.does === 'rethrows' ? 'passed on' : 'reported'} is ${handler.does === 'nothing' ? 'swallowed' : 'turned into a value'} here`,
        severity: handler.does === 'nothing' || previous.does === 'rethrows' ? 'WARNING' : 'INFO',
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

function overlap(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 && b.length === 0) return true;
  return a.some((name) => b.includes(name));
}
