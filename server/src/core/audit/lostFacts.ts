/**
 * Protections of the parent's code that are missing from the commit's, although what they protected is still there. One that was moved, renamed, extracted, taken
 * up by what is around, or replaced by one of its kind is not missing; neither is one that went with the code it was for.
 */
import type { CodeChange } from './codeChange.js';
import type { Fact, Facts } from './fact.js';
import { NOUNS } from './fact.js';
import {
  cleansAnew,
  isAnswerOf,
  isAskedForNothing,
  isOfGoneField,
  isCalledOtherwise,
  decides,
  isLeftWithout,
  nothingNewIsCalled,
  isHandedOn,
  isSwapped,
  isUnused,
  isWeakened,
  randomness,
  refusesAsBefore,
  refusesInstead,
} from './instead.js';
import { linesOf } from './lineDiff.js';
import type { Places } from './places.js';
import { lineAt, type Side } from './side.js';
import { createReach, encloses, renamedInto, renames, type Reach } from './reach.js';
import type { CheckKind, RemovedCheck } from './report.js';
import { goesOnOnlyIf, isAllThere, isUsedWithout, stillAsked, stillThere, turnedAround, wasRewritten } from './stillThere.js';
import { isColumn } from './switchedOff.js';
import { isSamplePath, isTestPath } from '../model/testPaths.js';
import { tokensOf, type Matched, type Unit } from './units.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import { identifiers, normalisedWhole as normalised, words } from './words.js';

export function lostFacts(before: Facts, after: Facts, matched: Matched, where: Places, code: CodeChange): RemovedCheck[] {
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
  const fresh = new Set(matched.after.filter((unit) => unit.kind === 'function' && !matched.was.has(unit)).map(({ name }) => name));
  const found: RemovedCheck[] = [];
  for (const fact of gone) {
    const now = home(fact.unit) as Unit;
    if (isTestPath(now.side.path)) continue;
    if (fact.idle === true || !stillThere(fact, now) || !isUsedWithout(fact, now, before, after)) continue;
    if (fact.beside !== undefined && wasHandedLess(fact, now)) continue;
    if (fact.kind === 'error-handling' && gaveUpErrors(fact, matched)) continue;
    // On another level, or by another recorder, the same is said.
    if (fact.kind === 'logging' && fact.form === 'call' && isStillSaid(fact, now)) continue;
    const taken = [...left].find((other) => other.kind === fact.kind && replaces(fact, other, now, reach));
    if (taken !== undefined || (fact.form === 'guard' && (turnedAround(fact, now, left) || goesOnOnlyIf(fact, now)))) continue;
    if (alreadyAround(fact, now, after.facts, reach)) continue;
    if (renamedInto(fact, now, renamed) || isAskedForNothing(fact, now) || isSpeltOtherwise(fact, now)) continue;
    const rewritten = matched.became.has(fact.unit) && wasRewritten(fact.unit, now);
    found.push({
      kind: fact.kind,
      ...where.ofGone(fact.unit, fact.node),
      message: messageFor(fact, now),
      severity:
        rewritten ||
        isColumn(fact) ||
        isSamplePath(now.side.path) ||
        isSaidElsewhere(fact, now) ||
        isAskedInParts(fact, now) ||
        isOfOtherReceiver(fact, now) ||
        (fact.form === 'guard' && code.subjectGone(statementOf(fact))) ||
        // A name of a validator that is handed over is a type, a field or a table as often as a check.
        (fact.kind === 'validation' && fact.form === 'reference' && !where.wasTakenAlone(fact.unit, fact.node)) ||
        isLesser(fact, now, after, where, code) ||
        wentWithMore(fact, now, where, code, fresh) ||
        !isProved(fact, now, where, code)
          ? 'INFO'
          : fact.severity,
    });
  }
  return found;
}

/** Whether the same change took the error from what a function of Go hands back, whose error was asked for: there is none any more. */
function gaveUpErrors({ unit, name }: Fact, matched: Matched): boolean {
  if (unit.tree.grammar !== 'go') return false;
  const handsBack = ({ tree, node: own }: Unit): boolean =>
    /\)\s*(?:\([^)]*\berror\)|error)\s*$/.test(textOf(tree, own).split(/\s\{/, 1)[0] ?? '');
  return [...matched.was].some(
    ([now, was]) =>
      now.kind === 'function' &&
      (now.name === name || now.name.endsWith(`.${name}`)) &&
      handsBack(was) &&
      !handsBack(now) &&
      was.tree.grammar === 'go',
  );
}

/** Whether a call stands there as before but for capitals: a type became a module, a function a method. */
function isSpeltOtherwise({ form, key }: Fact, { tree, node }: Unit): boolean {
  if (form !== 'call') return false;
  const now = normalised(textOf(tree, node));
  return !now.includes(key) && now.toLowerCase().includes(key.toLowerCase());
}

/** The condition that a node decides by, or is in; empty where there is none. */
function conditionAround({ tree, node: unit }: Unit, node: number): string {
  const own = firstChildWithRole(tree, node, Role.Condition);
  if (own >= 0) return textOf(tree, own);
  for (let at = node; at > unit; at = tree.parent[at] as number) if (tree.role[at] === Role.Condition) return textOf(tree, at);
  return '';
}

/** A condition with all that it decides. */
function statementOf({ unit: { tree, node: unit }, node }: Fact): string {
  let at = node;
  while (at > unit && tree.tag[at] !== Tag.If) at = tree.parent[at] as number;
  return textOf(tree, at > unit ? at : node);
}

/** Least length of a call's name and arguments that are told from others. */
const LEAST_CALL = 20;

/** Whether the same method gets the same arguments as often as before, of another object: what it is called on got another name, or is made elsewhere. */
function isOfOtherReceiver({ form, unit, key }: Fact, { tree, node }: Unit): boolean {
  const said = form === 'call' ? /\.[\p{L}\d_]+\(.*$/su.exec(key.replace(/^[^(]*(?=\.[\p{L}\d_]+\()/u, ''))?.[0] : undefined;
  if (said === undefined || said.length < LEAST_CALL || !/\(.*[\p{L}]/su.test(said)) return false;
  const times = (code: string): number => normalised(code).split(said).length;
  return times(textOf(tree, node)) >= times(textOf(unit.tree, unit.node));
}

/** Whether each of several conditions that had to hold together is still asked, one after the other. */
function isAskedInParts({ form, unit, node }: Fact, { tree, node: own }: Unit): boolean {
  if (form !== 'guard') return false;
  const text = conditionAround(unit, node);
  const parts = text.split(/&&|\band\b/);
  if (parts.length < 2 || /\|\||\bor\b/.test(text)) return false;
  const conditions: string[] = [];
  for (let at = own; at < (tree.next[own] as number); at++)
    if (tree.role[at] === Role.Condition) conditions.push(normalised(textOf(tree, at)));
  return parts.every((part) => {
    const bare = normalised(part).replace(/^\(+/, '').replace(/\)+$/, '');
    return bare.length > 3 && conditions.some((condition) => condition.includes(bare));
  });
}

/** Whether all texts that a condition compared with stand in its file as often as before: it asks them elsewhere now. */
function isSaidElsewhere({ form, key, unit }: Fact, now: Unit): boolean {
  const texts = form === 'guard' ? (key.match(/"[^"]{6,}"/g) ?? []) : [];
  const code = ({ text }: Side): string => normalised(text.replaceAll(/(?:^|\s)(?:\/\/|#|\*).*$/gm, ''));
  const times = (side: Side, text: string): number => code(side).split(text).length;
  return texts.length > 0 && texts.every((text) => times(now.side, text) >= times(unit.side, text));
}

/** Lines of code that a change may have in which a check that went without anything in its place was taken away: in a larger one it was moved more often than lost. */
const SMALL = 200;

/** Forms that are known by their words alone. */
const NAMED_FORMS: ReadonlySet<Fact['form']> = new Set(['call', 'decorator', 'reference', 'guard']);

/**
 * Whether the change itself shows the loss of what is known by its words: nothing came where it went, the same code came without it, something that is weaker or asks
 * for less did, or its condition stands there and lets on. In other shapes of change such a name was moved, renamed or no longer needed more often than lost.
 */
function isProved(fact: Fact, now: Unit, where: Places, code: CodeChange): boolean {
  if (fact.form === 'on') return true;
  if (isLeftWithout(fact, now, where) || isWeakened(fact, now, where) || (fact.form === 'guard' && stillAsked(fact, now) === 'lets-on'))
    return true;
  if (code.lines > SMALL) return false;
  return (
    !NAMED_FORMS.has(fact.form) ||
    fact.plain === true ||
    where.wasTakenAlone(fact.unit, fact.node) ||
    (where.wentWith(fact.unit, fact.node) === 0 && where.noCodeCame(fact.unit, fact.node)) ||
    (decides(fact) && nothingNewIsCalled(fact, now, where)) ||
    where.namesThatCame(fact.unit, fact.node).some((name) => WEAKER.test(words(name)))
  );
}

/** Whether all that a record said, or the text of it, is said in its unit: with other details, it is the same record. */
function isStillSaid({ key }: Fact, { tree, node }: Unit): boolean {
  const said = key.slice(key.indexOf('('));
  const text = /^\((?:"[^"]*",?)*"([^"]*)"/.exec(said)?.[1] ?? '';
  const now = normalised(textOf(tree, node));
  return (said.length >= LEAST_SAID && now.includes(said)) || (text.length >= LEAST_SAID && now.includes(text));
}

const LEAST_SAID = 20;

/** Whether what a name was handed over with, such as a handler, is handed over less often now: two routes became one. */
function wasHandedLess({ beside, unit }: Fact, now: Unit): boolean {
  if (beside === undefined || beside.size === 0) return false;
  const [was, is] = [tokensOf(unit), tokensOf(now)];
  return [...beside].every((name) => (is.get(name) ?? 0) < (was.get(name) ?? 0));
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

/**
 * Whether little speaks for a loss: a condition whose words name no protection, or a plain record, that other code took the place of or that went with much
 * else; a name that the same file still has, where nothing says which part of the file it was for.
 */
function isLesser(fact: Fact, now: Unit, after: Facts, where: Places, code: CodeChange): boolean {
  if (now.kind === 'module' && !STRONG_KINDS.has(fact.kind) && after.facts.some((other) => other.unit === now && other.key === fact.key))
    return true;
  // It is made more than once there, and still is.
  if (
    fact.kind === 'validation' &&
    (fact.form === 'call' || fact.plain === true) &&
    after.facts.some(
      (other) => other.unit === now && (other.key === fact.key || (other.name === fact.name && shares(other.about, fact.about))),
    )
  )
    return true;
  const asked = fact.form === 'guard' ? stillAsked(fact, now) : 'no';
  if (asked === 'leaves' || (asked === 'decides' && fact.plain === true)) return true;
  if (fact.plain !== true && fact.kind !== 'logging') return false;
  if (fact.plain === true && (!isAllThere(fact, now) || code.vanished(fact.key))) return true;
  const alone =
    where.wasTakenAlone(fact.unit, fact.node) ||
    (where.wentWith(fact.unit, fact.node) === 0 && where.namesThatCame(fact.unit, fact.node).length <= 1);
  return !alone && !(fact.plain === true && asked === 'lets-on');
}

/** Lines that may go with a check without taking its reason with them; with one that opens something at once, more. */
const FEW = 2;
const SOME = 5;
/** Names that may come where a check went and say themselves that less is asked: with more, something else is done there. */
const SOME_NEW = 1;
const MANY_NEW = 2;
/** Words of what asks for less. */
const WEAKER =
  /\b(?:any|anonymous|allow|bypass|dangerously|decode|disabled?|insecure|none|noop|plain|public|raw|skip|trust|unchecked|unsafe|unverified)\b/;

/** Calls that only say something. */
const SAYING = /^(?:log\w*|echo|print\w*|debug|info|warn\w*|error|trace|note|show)$/i;

/** Whether what came where a check went may do the same: it brings many names, or calls something new whose name does not ask for less. */
function mayReplace(fact: Fact, now: Unit, where: Places, most: number): boolean {
  const came = where.namesThatCame(fact.unit, fact.node);
  if (came.length > most) return true;
  if (came.some((name) => WEAKER.test(words(name)))) return false;
  const lines = where.cameFor(fact.unit, fact.node).flatMap(({ first, last }) => linesOf(now.side.text).slice(first - 1, last));
  const old = [...tokensOf(fact.unit).keys()].filter((name) => name.length >= 4);
  return came.some(
    (name) =>
      !SAYING.test(name) &&
      lines.some((line) => line.includes(`${name}(`)) &&
      // A longer name of what was called there before.
      !old.some((other) => name !== other && name.startsWith(other)),
  );
}

/** Whether a check went with much else, with a whole feature, or for something that may do the same: it was probably rewritten, and nothing proves a loss. */
function wentWithMore(fact: Fact, now: Unit, where: Places, code: CodeChange, fresh: ReadonlySet<string>): boolean {
  const few = STRONG_KINDS.has(fact.kind) && fact.kind !== 'approval' && fact.kind !== 'rate-limit' ? SOME : FEW;
  return (
    where.wentWith(fact.unit, fact.node) > few ||
    (mayReplace(fact, now, where, few === SOME ? MANY_NEW : SOME_NEW) && !isWeakened(fact, now, where)) ||
    refusesAsBefore(fact, now, where) ||
    isAnswerOf(fact, now) ||
    cleansAnew(fact, now, where, fresh) ||
    isUnused(fact, now) ||
    isOfGoneField(fact, now) ||
    isCalledOtherwise(fact, now) ||
    isHandedOn(fact, now, where) ||
    isSwapped(fact, now, where) ||
    refusesInstead(fact, now, where) ||
    randomness(fact, now) === 'gone' ||
    code.featureGone(fact.key) ||
    code.takesOut ||
    isOnlyKept(fact)
  );
}

/** Questions whose answer is only kept for others: nothing is let through or held back by it there. */
const ASKING: ReadonlySet<CheckKind> = new Set(['authentication', 'authorization', 'approval']);

/** Whether a call's value got a name that no condition of its function asks. */
function isOnlyKept({ kind, form, unit, node }: Fact): boolean {
  if (form !== 'call' || !ASKING.has(kind)) return false;
  const { tree } = unit;
  for (let at = node; at > unit.node; at = tree.parent[at] as number) {
    const tag = tree.tag[at];
    if (tag === Tag.If || tag === Tag.Block || tag === Tag.Return || tag === Tag.Func) return false;
    if (tag !== Tag.VarDef && tag !== Tag.Assign) continue;
    const [left] = childrenOf(tree, at).filter((child) => tree.tag[child] !== Tag.Other);
    return left !== undefined && left < node && tree.tag[left] === Tag.Ident && !isAsked(unit, textOf(tree, left));
  }
  return false;
}

/** Whether a condition, a refusal or an answer of a function speaks of a name. */
function isAsked({ tree, node: unit }: Unit, name: string): boolean {
  const limit = tree.next[unit] as number;
  for (let node = unit + 1; node < limit; node++) {
    if (tree.tag[node] !== Tag.Ident || textOf(tree, node) !== name) continue;
    for (let at = tree.parent[node] as number, from = node; at > unit; from = at, at = tree.parent[at] as number) {
      const tag = tree.tag[at];
      if (tag === Tag.Return || tree.role[from] === Role.Condition) return true;
      if (tag === Tag.Block || tag === Tag.Call || tag === Tag.Func) break;
    }
  }
  return false;
}

const STRONG_KINDS: ReadonlySet<CheckKind> = new Set(['authentication', 'authorization', 'rate-limit', 'approval', 'sandbox', 'tls']);

/** Whether a protection that is new does what the lost one did, for the same code. */
function replaces(lost: Fact, fresh: Fact, now: Unit, reach: Reach): boolean {
  const sameThing =
    lost.name === fresh.name ||
    (lost.form === 'checked' && lost.name.length > 3 && fresh.name.toLowerCase().endsWith(lost.name.toLowerCase())) ||
    shares(lost.about, fresh.about) ||
    (lost.about.size === 0 && fresh.about.size === 0);
  const broad =
    lost.kind === 'authentication' ||
    lost.kind === 'authorization' ||
    lost.kind === 'rate-limit' ||
    lost.kind === 'approval' ||
    lost.kind === 'tls' ||
    lost.kind === 'sandbox';
  // Statements of a file that became a function.
  if (lost.unit.kind === 'module' && fresh.key === lost.key) return true;
  if (fresh.unit === now || (fresh.unit.parent === now && now.kind !== 'module'))
    return broad || sameThing || isMadeOf(lost.about, fresh.about, now);
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

/** Whether what is protected now was made of what was protected before, in the same unit: the step only moved on. */
function isMadeOf(was: ReadonlySet<string>, is: ReadonlySet<string>, { tree, node: unit }: Unit): boolean {
  const limit = tree.next[unit] as number;
  for (let node = unit; node < limit; node++) {
    if (tree.tag[node] !== Tag.VarDef && tree.tag[node] !== Tag.Assign) continue;
    const [left, ...right] = childrenOf(tree, node);
    if (left === undefined || !shares(identifiers(tree, left), is)) continue;
    if (right.some((part) => shares(identifiers(tree, part), was))) return true;
  }
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

function messageFor(fact: Fact, now: Unit): string {
  const place = now.name === '' ? 'this file' : `\`${now.name}\``;
  if (randomness(fact, now) !== 'no') return `${place} no longer makes this from what cannot be guessed`;
  return `${place} lost ${NOUNS[fact.kind] ?? 'a check'}, and what it was for is still there`;
}
