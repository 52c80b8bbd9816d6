/**
 * What stands where a protection went: a call that got what the protection was about, another entry in a list, a list of actions in place of a question. A
 * reader of the change sees the loss and what took its place side by side; that it took its place is probable and not proved.
 */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import type { Fact } from './fact.js';
import type { LineRange, Places } from './places.js';
import { refuses } from './refusals.js';
import { calleeText, tokensOf, type Unit } from './units.js';
import { identifiers, normalised, normalisedWhole, words } from './words.js';

const SHOWING = /(?:^|\.)(?:log|logger|logging|console|slog|print\w*|debug|info|warn\w*|error|trace|append|push|add|str|String|len)\b/i;
/** What reads text as data in a safe way: a call that takes its place may be the unsafe one. */
const SAFE_READING = /\bsafe load\b|\bsafe loader\b|\bliteral eval\b|\bdefusedxml\b/;

/** Whether a call that is new in the unit stands where a validation went, and gets what that was about. */
export function isHandedOn(lost: Fact, now: Unit, where: Places): boolean {
  if (lost.kind !== 'validation') return false;
  const ranges = where.cameFor(lost.unit, lost.node);
  if (ranges.length === 0) return false;
  const old = tokensOf(lost.unit);
  const { tree } = now;
  return nodesIn(now, ranges).some((node) => {
    if (tree.tag[node] !== Tag.Call && tree.tag[node] !== Tag.New) return false;
    const callee = calleeText(tree, node);
    const args = firstChildWithRole(tree, node, Role.Args);
    if (callee === undefined || args < 0 || SHOWING.test(callee)) return false;
    const last = lastName(callee);
    // With fewer of the words: `join` in the place of `safe_join`.
    if (isPoorer(last, lost.name) && !saysAll(textOf(tree, node), lost.name)) return false;
    if (SAFE_READING.test(lost.name) && !/safe/i.test(textOf(tree, node))) return false;
    if (old.has(last) && !SAFE_READING.test(lost.name)) return false;
    const handed = identifiers(tree, args);
    return [...lost.about].some((name) => handed.has(name));
  });
}

/** Whether all words of a name stand in a piece of code, wherever: `load(x, Loader=SafeLoader)` for `safe_load(x)`. */
function saysAll(code: string, name: string): boolean {
  const said = new Set(words(code).split(' '));
  return name.split(' ').every((word) => said.has(word));
}

function isPoorer(name: string, lost: string): boolean {
  const own = new Set(lost.split(' '));
  return words(name)
    .split(' ')
    .every((word) => own.has(word));
}

/** Whether the same statement stands in its place without the step, or with no more than what the step was given. */
export function isLeftWithout(lost: Fact, now: Unit, where: Places): boolean {
  const {
    node,
    unit: { tree },
  } = lost;
  const ranges = where.cameFor(lost.unit, lost.node);
  if (ranges.length === 0) return false;
  let line = node;
  while (line > 0) {
    const parent = tree.parent[line] as number;
    if (parent < 0 || tree.tag[parent] === Tag.Block || tree.tag[parent] === Tag.Func || tree.tag[parent] === Tag.Class) break;
    line = parent;
  }
  const args = firstChildWithRole(tree, node, Role.Args);
  const given = args < 0 ? [] : childrenOf(tree, args).map((arg) => textOf(tree, arg));
  const { side } = now;
  const came = bareCode(
    ranges.map(({ first, last }) => side.text.slice(side.lines.lineSpan(first - 1).start, side.lines.lineSpan(last - 1).end)).join('\n'),
  );
  const before = tree.text.slice(tree.start[line], tree.start[node]);
  const after = tree.text.slice(tree.end[node], tree.end[line]);
  // Of a long statement only the lines around it.
  const head = before.slice(before.lastIndexOf('\n') + 1);
  const tail = after.slice(0, after.includes('\n') ? after.indexOf('\n') : after.length);
  // A decorator that says less, such as a route without its dependencies.
  const name = /^@?[\w.]+/.exec(textOf(tree, node))?.[0] ?? '';
  if (lost.form === 'decorator' && name.length >= LEAST_CODE && includesWhole(came, name)) return true;
  const isThere = (code: string): boolean => code.length >= LEAST_CODE && includesWhole(came, code);
  if (['', ...given].some((rest) => isThere(bareCode(`${head}${rest}${tail}`)))) return true;
  // With what it is in, such as an argument that has nothing else.
  for (let at = tree.parent[node] as number; at > line; at = tree.parent[at] as number) {
    const left = `${tree.text.slice(tree.start[line], tree.start[at])}${tree.text.slice(tree.end[at], tree.end[line])}`;
    if (!left.includes('\n') && isThere(bareCode(left))) return true;
  }
  return false;
}

/** Whether a check lets something through or not, rather than making a value: a condition, a part of one, or a statement of its own. */
export function decides({ form, node, unit: { tree } }: Fact): boolean {
  if (form === 'guard') return true;
  if (form !== 'call') return false;
  for (let at = node; at > 0; at = tree.parent[at] as number) {
    if (tree.role[at] === Role.Condition) return true;
    const parent = tree.parent[at] as number;
    const tag = parent < 0 ? undefined : tree.tag[parent];
    if (tag === Tag.Block) return true;
    if (tag !== Tag.Unary && tag !== Tag.Binary && tag !== Tag.Other) return false;
  }
  return false;
}

/**
 * Whether what came where a check went calls nothing that its function did not call, longer names of the same aside, and asks nothing of what the check was about:
 * nothing there can do the same.
 */
export function nothingNewIsCalled(lost: Fact, now: Unit, where: Places): boolean {
  const old = [...tokensOf(lost.unit).keys()].filter((name) => name.length >= 4);
  const { tree } = now;
  return nodesIn(now, where.cameFor(lost.unit, lost.node)).every((node) => {
    const tag = tree.tag[node];
    if (tag === Tag.If) {
      const condition = firstChildWithRole(tree, node, Role.Condition);
      const asked = condition < 0 ? new Set<string>() : identifiers(tree, condition);
      return ![...lost.about].every((name) => asked.has(name));
    }
    if (tag !== Tag.Call && tag !== Tag.New) return true;
    const callee = calleeText(tree, node);
    if (callee === undefined) return false;
    return SHOWING.test(callee) || old.some((name) => lastName(callee).startsWith(name));
  });
}

/** Whether a text holds another and no name goes on where that begins or ends. */
function includesWhole(text: string, part: string): boolean {
  const joins = (a: string | undefined, b: string | undefined): boolean =>
    /[\p{L}\p{N}_$]/u.test(a ?? '') && /[\p{L}\p{N}_$.]/u.test(b ?? '');
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!joins(part[0], text[at - 1]) && !joins(part.at(-1), text[at + part.length])) return true;
  return false;
}

/** Less says nothing. */
const LEAST_CODE = 6;

function bareCode(code: string): string {
  return code.replaceAll(/\bawait\b/g, '').replaceAll(/[\s,;()]+/g, '');
}

const RUNNING = /(?:^|[^\p{L}])(?:exec\w*|spawn\w*|system|popen|run|check_output|call|eval)$/iu;

/** Whether what stands there now is known to be weaker: what can be guessed, a call with fewer of the words, a claim about the type, a plain run of a program. */
export function isWeakened(lost: Fact, now: Unit, where: Places): boolean {
  if (randomness(lost, now) === 'weaker') return true;
  if (lost.form !== 'call') return false;
  const ranges = where.cameFor(lost.unit, lost.node);
  if (ranges.length === 0) return false;
  const { tree, side } = now;
  if (lost.kind === 'validation') {
    const came = ranges
      .map(({ first, last }) => side.text.slice(side.lines.lineSpan(first - 1).start, side.lines.lineSpan(last - 1).end))
      .join('\n');
    const claimed = [...came.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s+as\s|\bcast\([^)]*\b([\p{L}_]\w*)\s*\)/gu)];
    if (claimed.some(([, by, cast]) => lost.about.has(by ?? (cast as string)))) return true;
  }
  return nodesIn(now, ranges).some((node) => {
    if (tree.tag[node] !== Tag.Call) return false;
    const callee = calleeText(tree, node) ?? '';
    const args = firstChildWithRole(tree, node, Role.Args);
    if (callee === '' || args < 0) return false;
    const handed = identifiers(tree, args);
    if (lost.kind === 'sandbox')
      return (
        RUNNING.test(callee) &&
        !/sandbox|container|docker|jail/i.test(textOf(tree, node)) &&
        [...namesAround(lost)].some((name) => handed.has(name))
      );
    return (
      isPoorer(lastName(callee), lost.name) && !saysAll(textOf(tree, node), lost.name) && [...lost.about].some((name) => handed.has(name))
    );
  });
}

/** Names of the statement that a protection stood in. */
function namesAround({ node, unit: { tree } }: Fact): ReadonlySet<string> {
  let at = node;
  for (let parent = tree.parent[at] as number; parent >= 0; parent = tree.parent[at] as number) {
    const tag = tree.tag[parent];
    if (tag === Tag.Block || tag === Tag.Func || tag === Tag.Class) break;
    at = parent;
  }
  return identifiers(tree, at);
}

/** Whether a function that is new with the commit gets what an escaping got, where that stood: it was written for it. */
export function cleansAnew(lost: Fact, now: Unit, where: Places, fresh: ReadonlySet<string>): boolean {
  if (lost.kind !== 'escaping' || lost.form !== 'call') return false;
  const { tree } = now;
  return nodesIn(now, where.cameFor(lost.unit, lost.node)).some((node) => {
    const args = tree.tag[node] === Tag.Call ? firstChildWithRole(tree, node, Role.Args) : -1;
    if (args < 0 || !fresh.has(lastName(calleeText(tree, node) ?? ''))) return false;
    const handed = identifiers(tree, args);
    return [...lost.about].some((name) => handed.has(name));
  });
}

/** A message or a code of an error. */
const SAID = /["'`]([^"'`\n]{6,120})["'`]/g;

/** Whether what refused with a message, a call that asserts or throws, still refuses with the same one at that place: it asks for something else. */
export function refusesAsBefore(lost: Fact, now: Unit, where: Places): boolean {
  if (lost.form !== 'call') return false;
  const { tree } = lost.unit;
  let around = '';
  let message = '';
  for (let at = tree.parent[lost.node] as number; at > lost.unit.node && tree.tag[at] !== Tag.Block; at = tree.parent[at] as number) {
    const callee = tree.tag[at] === Tag.Call ? lastName(calleeText(tree, at) ?? '') : '';
    if (callee === '' || SHOWING.test(callee)) continue;
    const said = [...textOf(tree, at).matchAll(SAID)].at(-1)?.[1];
    if (said === undefined) continue;
    [around, message] = [callee, said];
    break;
  }
  if (message === '') return false;
  return nodesIn(now, where.cameFor(lost.unit, lost.node)).some(
    (node) =>
      now.tree.tag[node] === Tag.Call && lastName(calleeText(now.tree, node) ?? '') === around && textOf(now.tree, node).includes(message),
  );
}

/** Whether a condition's calls are what the unit returns now, or what another condition asks: whoever called it decides by the answer. */
export function isAnswerOf(lost: Fact, now: Unit): boolean {
  if (lost.form !== 'guard') return false;
  const calls: string[] = [];
  const { tree } = lost.unit;
  const condition = firstChildWithRole(tree, lost.node, Role.Condition);
  if (condition < 0) return false;
  for (let node = condition; node < (tree.next[condition] as number); node++)
    if (tree.tag[node] === Tag.Call) calls.push(normalised(textOf(tree, node)));
  if (calls.length === 0) return false;
  const asked: string[] = [];
  for (let node = now.node; node < (now.tree.next[now.node] as number); node++) {
    const tag = now.tree.tag[node];
    if (tag === Tag.Return) asked.push(normalised(textOf(now.tree, node)));
    else if (tag === Tag.If) {
      const asks = firstChildWithRole(now.tree, node, Role.Condition);
      const block = childrenOf(now.tree, node).find((child) => now.tree.tag[child] === Tag.Block);
      if (asks >= 0 && block !== undefined && refuses(now.tree, block) !== 'no') asked.push(normalised(textOf(now.tree, asks)));
    }
  }
  return calls.every((call) => asked.some((text) => text.includes(call)));
}

const OPENING = /\b(?:any|all|allow|public|anonymous|optional|none|noop|no op|dummy|fake|mock|read only|open|skip|disabled?)\b/;
/** Shorter words say too little. */
const TELLING = 4;
/** Letters that words of one family begin with. */
const STEM = 5;

/** Whether another entry of the same list, with some of the same words in its name, stands where a name went. */
export function isSwapped(lost: Fact, now: Unit, where: Places): boolean {
  if (lost.form !== 'reference') return false;
  const ranges = where.cameFor(lost.unit, lost.node);
  const old = tokensOf(lost.unit);
  const { tree } = now;
  const own = stems(lost.key);
  return nodesIn(now, ranges).some((node) => {
    if (tree.tag[node] !== Tag.Ident && tree.tag[node] !== Tag.Dot) return false;
    const parent = tree.parent[node] as number;
    const around = parent < 0 ? undefined : tree.tag[parent];
    if (around !== Tag.List && around !== Tag.Tuple && around !== Tag.Set && around !== Tag.Args) return false;
    const text = textOf(tree, node);
    if (old.has(text) || OPENING.test(words(text))) return false;
    return [...stems(text)].some((stem) => own.has(stem));
  });
}

function stems(name: string): Set<string> {
  return new Set(
    words(name)
      .split(' ')
      .filter((word) => word.length >= TELLING)
      .map((word) => word.slice(0, STEM)),
  );
}

/**
 * Whether what somebody was asked about is done no more, or only where something else was decided that is new: of the calls that followed on the answer, none
 * stands in the unit by itself. Nothing is known where the question decides nothing that can be seen.
 */
export function isAskedForNothing(lost: Fact, now: Unit): boolean {
  const {
    unit: { tree },
    node,
    kind,
    form,
  } = lost;
  if (kind !== 'approval' || form !== 'call') return false;
  let at = node;
  let negated = false;
  for (let steps = 0; tree.role[at] !== Role.Condition; steps++) {
    if (tree.tag[at] === Tag.Unary) negated = true;
    at = tree.parent[at] as number;
    if (steps > 8 || at < 0 || tree.tag[at] === Tag.Block || tree.tag[at] === Tag.Func) return false;
  }
  if (tree.tag[at] === Tag.Unary) negated = true;
  const decision = tree.parent[at] as number;
  if (decision < 0 || tree.tag[decision] !== Tag.If) return false;
  const siblings = childrenOf(tree, tree.parent[decision] as number);
  const done = negated
    ? siblings.slice(siblings.indexOf(decision) + 1)
    : childrenOf(tree, decision)
        .filter((child) => tree.tag[child] === Tag.Block)
        .slice(0, 1);
  const called = new Set(done.flatMap((part) => calledIn(tree, part)));
  const tokens = tokensOf(now);
  return called.size > 0 && ![...called].some((name) => tokens.has(name) && isDoneAnyway(name, lost, now));
}

/** Whether a unit calls something without a condition that is new. */
function isDoneAnyway(name: string, { unit }: Fact, now: Unit): boolean {
  const { tree } = now;
  const known = normalisedWhole(textOf(unit.tree, unit.node));
  for (let node = now.node; node < (tree.next[now.node] as number); node++) {
    if (tree.tag[node] !== Tag.Call || lastName(calleeText(tree, node) ?? '') !== name) continue;
    let decided = false;
    for (let at = tree.parent[node] as number; at > now.node && !decided; at = tree.parent[at] as number) {
      if (tree.tag[at] !== Tag.If) continue;
      const condition = firstChildWithRole(tree, at, Role.Condition);
      const text = condition < 0 ? '' : normalised(textOf(tree, condition));
      decided = text !== '' && !known.includes(text) && !/^\(*(?:true|1)\b/i.test(text);
    }
    if (!decided) return true;
  }
  return false;
}

function lastName(callee: string): string {
  return callee.slice(callee.lastIndexOf('.') + 1);
}

function calledIn(tree: SyntaxTree, from: number): string[] {
  const found: string[] = [];
  for (let node = from; node < (tree.next[from] as number); node++) {
    const callee = tree.tag[node] === Tag.Call ? calleeText(tree, node) : undefined;
    if (callee !== undefined && !SHOWING.test(callee)) found.push(lastName(callee));
  }
  return found;
}

const DOTTED = /[\p{L}_$][\p{L}\p{N}_$]*(?:\??\.[\p{L}_$][\p{L}\p{N}_$]*)+(?!\s*\(|[\p{L}\p{N}_$])/gu;

/** Whether a unit has nothing left of the members that a condition or a validation was about, and used them otherwise, too: they went with the check. */
export function isUnused(lost: Fact, now: Unit): boolean {
  if (lost.form !== 'call' && (lost.form !== 'guard' || lost.kind !== 'validation')) return false;
  const bare = ({ tree, node }: Unit): string => textOf(tree, node).replaceAll('?.', '.').replaceAll(/\s+/g, '');
  const members = new Set([...lost.key.matchAll(DOTTED)].map(([chain]) => chain.replaceAll('?.', '.')));
  if (members.size === 0) return false;
  const [was, is] = [bare(lost.unit), bare(now)];
  const said = (text: string, chain: string): number => text.split(chain).length - 1;
  return [...members].every((chain) => said(is, chain) === 0 && said(was, chain) > said(lost.key, chain));
}

/** Whether a condition asked for a member that its file knows in several places before and in none now: the field is gone, and what was asked of it went with it. */
export function isOfGoneField({ form, key, unit }: Fact, now: Unit): boolean {
  if (form !== 'guard') return false;
  const members = new Set([...key.matchAll(DOTTED)].map(([chain]) => chain.slice(chain.lastIndexOf('.') + 1)));
  const said = ({ side }: Unit, member: string): number => side.text.split(new RegExp(String.raw`\b${member}\b`)).length - 1;
  return [...members].some((member) => said(now, member) === 0 && said(unit, member) > 1);
}

/** Whether what was called is still named as often in the unit, in another form of call. */
export function isCalledOtherwise(lost: Fact, now: Unit): boolean {
  if (lost.form !== 'call') return false;
  const callee = lost.key.slice(0, lost.key.indexOf('('));
  // Of a question it is the asking that counts, in whatever words.
  if (!callee.includes('.') && lost.kind !== 'approval') return false;
  const said = callee.includes('.') ? callee : `${callee}(`;
  const named = ({ tree, node }: Unit): number => normalisedWhole(textOf(tree, node)).split(said).length - 1;
  return named(now) >= named(lost.unit);
}

/** Whether an exception is thrown now where somebody was asked. */
export function refusesInstead(lost: Fact, now: Unit, where: Places): boolean {
  const { tree } = now;
  return (
    lost.kind === 'approval' &&
    nodesIn(now, where.cameFor(lost.unit, lost.node)).some(
      (node) => tree.tag[node] === Tag.Other && /^(?:raise|throw)/.test(internedText(tree.op[node] as number)),
    )
  );
}

const SECURE_RANDOM = /^(?:secrets\b|.*\b(?:get random values|random bytes|crypto rand|secure random|system random)$)/;
const PLAIN_RANDOM = [
  'random',
  'rand',
  'randint',
  'randrange',
  'choice',
  'choices',
  'Random',
  'Math',
  'uuid1',
  'Intn',
  'mt_rand',
  'uniqid',
];

/** Whether a lost step made something that cannot be guessed; `weaker` where something that can be guessed is new in its place. */
export function randomness(lost: Fact, now: Unit): 'no' | 'weaker' | 'gone' {
  if (lost.form !== 'call' || lost.kind !== 'authentication' || !SECURE_RANDOM.test(words(lost.key.slice(0, lost.key.indexOf('(')))))
    return 'no';
  const [was, is] = [tokensOf(lost.unit), tokensOf(now)];
  return PLAIN_RANDOM.some((name) => (is.get(name) ?? 0) > (was.get(name) ?? 0)) ? 'weaker' : 'gone';
}

/** Nodes of a unit that begin in a range of lines. */
function nodesIn({ tree, node: unit, side }: Unit, ranges: readonly LineRange[]): readonly number[] {
  const found: number[] = [];
  if (ranges.length === 0) return found;
  const spans = ranges.map(({ first, last }) => ({ from: side.lines.lineSpan(first - 1).start, to: side.lines.lineSpan(last - 1).end }));
  const limit = tree.next[unit] as number;
  for (let node = unit; node < limit; node++) {
    const start = tree.start[node] as number;
    if (spans.some(({ from, to }) => start >= from && start < to)) found.push(node);
  }
  return found;
}
