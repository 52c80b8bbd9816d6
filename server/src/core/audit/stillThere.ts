/** Whether what a lost protection was for is still there, and whether the same is asked in another form. */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import type { Fact, Facts } from './fact.js';
import { refuses } from './refusals.js';
import { calleeText, tokensOf, type Unit } from './units.js';
import { identifiers, normalised } from './words.js';

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
export function goesOnOnlyIf(lost: Fact, now: Unit): boolean {
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
export function turnedAround(lost: Fact, now: Unit, left: ReadonlySet<Fact>): boolean {
  const tokens = tokensOf(now);
  const names = calledIn(lost.key);
  return (
    names.length > 0 && names.every((name) => tokens.has(name)) && [...left].some((other) => other.form === 'guard' && other.unit === now)
  );
}

/** Whether what the protection was for is still in the unit that it was in. */
export function stillThere(fact: Fact, now: Unit): boolean {
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
    // What a block ends with is its value.
    if (tag === Tag.Block && tree.grammar === 'rust' && childrenOf(tree, parent).at(-1) === i) return true;
    if (tag === Tag.Dot) {
      const name = tree.text.slice(tree.start[parent], tree.end[parent]);
      return !/\b(?:ok|unwrap_or\w*|catch)$/.test(name);
    }
    for (let at = parent; at > now.node; at = tree.parent[at] as number) if (tree.tag[at] === Tag.Try) return true;
  }
  return false;
}

/**
 * Whether the condition is still there: it `leaves` where it still keeps what follows from running, if only for a part, `decides` where something else is done then,
 * and `lets-on` where nothing is, or it is only said.
 */
export function stillAsked(fact: Fact, now: Unit): 'no' | 'lets-on' | 'decides' | 'leaves' {
  const { tree } = now;
  const limit = tree.next[now.node] as number;
  for (let node = now.node; node < limit; node++) {
    if (tree.tag[node] !== Tag.If) continue;
    const condition = firstChildWithRole(tree, node, Role.Condition);
    if (condition < 0 || normalised(textOf(tree, condition)) !== fact.key) continue;
    const block = childrenOf(tree, node).find((child) => tree.tag[child] === Tag.Block);
    if (block === undefined) return 'lets-on';
    if (leaves(tree, block) || refusesLater(now, block)) return 'leaves';
    return doesMore(tree, block) ? 'decides' : 'lets-on';
  }
  return 'no';
}

/** Calls that only say something. */
const SAYING = /(?:^|\.)(?:log\w*|console|echo|print\w*|debug|info|warn\w*|error|trace|note|pass)\b/i;

/** Whether a block makes something or calls something besides saying so. */
function doesMore(tree: SyntaxTree, block: number): boolean {
  return childrenOf(tree, block).some((statement) => {
    const tag = tree.tag[statement];
    // A note that something was wrong is nothing that is done about it.
    if (tag === Tag.Assign || tag === Tag.AugAssign || tag === Tag.VarDef)
      return !/=\s*(?:[Tt]rue|[Ff]alse|None|null|nil|undefined|\d+)\s*;?$/.test(textOf(tree, statement));
    const call = tag === Tag.Call ? statement : tag === Tag.Other && tree.tag[statement + 1] === Tag.Call ? statement + 1 : -1;
    return call >= 0 && !SAYING.test(calleeText(tree, call) ?? '');
  });
}

/** Whether a block keeps a note for itself, and a later condition of the function refuses by it. */
function refusesLater({ tree, node: unit }: Unit, block: number): boolean {
  const kept = new Set(
    childrenOf(tree, block)
      .filter((node) => tree.tag[node] === Tag.Assign)
      .map((node) => textOf(tree, childrenOf(tree, node)[0] ?? node)),
  );
  if (kept.size === 0) return false;
  const limit = tree.next[unit] as number;
  for (let node = tree.next[block] as number; node < limit; node++) {
    if (tree.tag[node] !== Tag.If) continue;
    const condition = firstChildWithRole(tree, node, Role.Condition);
    if (condition >= 0 && [...identifiers(tree, condition)].some((name) => kept.has(name)) && refusesInside(tree, node)) return true;
  }
  return false;
}

const GOING_ON = /\b(?:next|done|ok|success\w*|true|allow\w*|grant\w*|accept\w*|pass(?:ed)?|continue)\b|\bok[A-Z]/i;
/** An answer that is no consent, whatever it is wrapped in. */
const REFUSED = /\b(?:HTTP_)?(?:4\d\d_)?(?:NOT_FOUND|BAD_REQUEST|FORBIDDEN|UNAUTHORIZED|CONFLICT|GONE|METHOD_NOT_ALLOWED)\b|\bErr\(/;
/** In what a call is handed. */
const CONSENT = /\(\s*20\d\b|\b(?:ok|success|allowed)["']?\s*[:=]\s*[Tt]rue\b/;

/** Whether a block ends by leaving with what is no consent, or refuses under a further condition. */
function leaves(tree: SyntaxTree, block: number): boolean {
  const statements = childrenOf(tree, block);
  const last = statements.at(-1);
  if (last === undefined) return false;
  if (statements.some((node) => tree.tag[node] === Tag.If && refusesInside(tree, node))) return true;
  const isLeaving =
    tree.tag[last] === Tag.Return || (tree.tag[last] === Tag.Other && /^(?:raise|throw|break)/.test(internedText(tree.op[last] as number)));
  // That it was skipped is no consent.
  const text = textOf(tree, last).replaceAll(
    /\b(?:skip\w*|ignored?|blocked|denied|reject\w*|cancel\w*|abort\w*|failed)\b["']?\s*[:=]\s*[Tt]rue/g,
    'skipped',
  );
  if (isLeaving && REFUSED.test(text)) return true;
  const own = text.includes('(') ? text.slice(0, text.indexOf('(')) : text;
  return isLeaving && !GOING_ON.test(own) && !CONSENT.test(text);
}

function refusesInside(tree: SyntaxTree, node: number): boolean {
  return childrenOf(tree, node).some((child) => tree.tag[child] === Tag.Block && refuses(tree, child) === 'yes');
}

/** Whether the file still knows every name that a plain condition was about: with a name that went, the case that was refused may have gone. */
export function isAllThere(fact: Fact, now: Unit): boolean {
  let top = now;
  while (top.parent !== undefined) top = top.parent;
  const tokens = tokensOf(top);
  // A function's verdict says more than a comparison: it is missed whatever it was asked about.
  return calledIn(fact.key).length > 0 || [...fact.about].every((name) => tokens.has(name));
}

export function wasRewritten(was: Unit, now: Unit): boolean {
  if (was.kind === 'module' || was.kind === 'class') return false;
  const a = tokensOf(was);
  const b = tokensOf(now);
  let common = 0;
  for (const token of a.keys()) if (b.has(token)) common++;
  return a.size >= 8 && common / a.size < 0.4;
}

const CHAIN = /[\p{L}_$][\p{L}\p{N}_$]*(?:\??\.[\p{L}_$][\p{L}\p{N}_$]*)*(?!\s*\(|[\p{L}\p{N}_$])/gu;

/**
 * Whether something that a step cleaned is used as it is in more places than before. Where it is not, its use went with the step. Of other protections nothing is
 * known that way: what they are called for may stand anywhere.
 */
export function isUsedWithout(fact: Fact, now: Unit, before: Facts, after: Facts): boolean {
  if (fact.form !== 'call' || !(fact.kind === 'escaping' || (fact.kind === 'validation' && PARSING.test(fact.key)))) return true;
  const args = fact.key.slice(fact.key.indexOf('(') + 1).replaceAll(/"[^"$]*"/g, '');
  const chains = new Set([...args.matchAll(CHAIN)].map(([chain]) => chain.replaceAll('?.', '.')));
  if (chains.size === 0) return true;
  const [was, is] = [bareText(fact, fact.unit, before), bareText(fact, now, after)];
  const inText = isPutIntoText(fact);
  return [...chains].some((chain) => occurrences(is, chain, inText) > occurrences(was, chain, inText));
}

const PARSING = /^[^(]*\.(?:parse|safeParse|parseAsync|safeParseAsync|cast|validateSync|parse_obj|parse_raw)\(/;

/** A unit's code without the places that the step cleans, with no more layout than words need. */
function bareText({ kind, name }: Fact, unit: Unit, { facts }: Facts): string {
  const { tree, node } = unit;
  let text = '';
  let from = tree.start[node] as number;
  for (const other of facts) {
    if (other.unit !== unit || other.kind !== kind || other.name !== name || (tree.start[other.node] as number) < from) continue;
    text += `${tree.text.slice(from, tree.start[other.node])} `;
    from = tree.end[other.node] as number;
  }
  return (text + tree.text.slice(from, tree.end[node])).replaceAll('?.', '.').replaceAll(/\s*([^\p{L}\p{N}_$\s])\s*/gu, '$1');
}

/** Whether a step cleans a part of a text that is put together there. */
function isPutIntoText({ unit: { tree }, node }: Fact): boolean {
  const before = tree.text.slice(Math.max(0, (tree.start[node] as number) - 40), tree.start[node]).trimEnd();
  const after = tree.text.slice(tree.end[node], (tree.end[node] as number) + 40).trimStart();
  return /(?:\$\{|[+.]|["'`]\s*\{)$/.test(before) || after.startsWith('+');
}

function occurrences(text: string, chain: string, inText: boolean): number {
  let count = 0;
  for (let at = text.indexOf(chain); at >= 0; at = text.indexOf(chain, at + chain.length)) {
    const [left, right] = [text[at - 1] ?? '', text[at + chain.length] ?? ''];
    if (/[\p{L}\p{N}_$]/u.test(left) || /[\p{L}\p{N}_$]/u.test(right)) continue;
    if (inText && !/[{+.]/.test(left) && !/[}+]/.test(right)) continue;
    count++;
  }
  return count;
}
