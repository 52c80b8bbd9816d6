/**
 * What stands where a protection went: a call that got what the protection was about, another entry in a list, a list of actions in place of a question. A
 * reader of the change sees the loss and what took its place side by side; that it took its place is probable and not proved.
 */
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import type { Fact } from './fact.js';
import type { LineRange, Places } from './places.js';
import { lineAt } from './side.js';
import { calleeText, tokensOf, type Unit } from './units.js';
import { identifiers, words } from './words.js';

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
    const last = callee.slice(callee.lastIndexOf('.') + 1);
    if (SAFE_READING.test(lost.name) && !/safe/i.test(textOf(tree, node))) return false;
    if (old.has(last) && !SAFE_READING.test(lost.name)) return false;
    const handed = identifiers(tree, args);
    return [...lost.about].some((name) => handed.has(name));
  });
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
 * Whether what somebody was asked about is done no more: of the calls that followed on the answer, none is in the unit. Nothing is known where the question
 * decides nothing that can be seen.
 */
export function isAskedForNothing({ unit: { tree }, node, kind, form }: Fact, now: Unit): boolean {
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
  return called.size > 0 && ![...called].some((name) => tokens.has(name));
}

function calledIn(tree: SyntaxTree, from: number): string[] {
  const found: string[] = [];
  for (let node = from; node < (tree.next[from] as number); node++) {
    const callee = tree.tag[node] === Tag.Call ? calleeText(tree, node) : undefined;
    if (callee !== undefined && !SHOWING.test(callee)) found.push(callee.slice(callee.lastIndexOf('.') + 1));
  }
  return found;
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
  const limit = tree.next[unit] as number;
  for (let node = unit; node < limit; node++) {
    const line = lineAt(side, tree.start[node] as number);
    if (ranges.some(({ first, last }) => line >= first && line <= last)) found.push(node);
  }
  return found;
}
