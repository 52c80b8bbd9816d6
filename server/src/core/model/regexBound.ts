/**
 * How many steps a backtracking engine could need for an expression on one text, at most: read off the expression's tree and the
 * longest runs of characters in the text. What comes after a repetition is tried once for each of its possible ends, so
 * costs add up along a sequence and multiply by the ends before. Where that is too much, the beginning of the expression is looked for
 * first: the rest is only tried where it stands.
 */
import type { Ranges } from './charRanges.js';
import type { ParsedPcre, Pcre } from './pcre.js';
import { toEcmaScript } from './regexPrint.js';
import { allOf, firstOf, lengthOf, overlap, someNode } from './regexShape.js';

/** Longest runs in a text, in UTF-16 code units. */
interface Runs {
  readonly all: number;
  /** Without a line break. */
  readonly line: number;
  /** Without white space. */
  readonly solid: number;
  /** Letters, digits and underscores of ASCII. */
  readonly word: number;
  /** White space. */
  readonly space: number;
}

interface Estimate {
  /** Steps for one try from one place. */
  readonly cost: number;
  /** Ways in which it can match there. */
  readonly ways: number;
}

/** What of an expression's tree the estimate needs, worked out once. */
type Plan =
  | { readonly kind: 'one' }
  | { readonly kind: 'reference' }
  /** Left at its first success. */
  | { readonly kind: 'sealed'; readonly body: Plan }
  | { readonly kind: 'seq'; readonly items: readonly Plan[] }
  | { readonly kind: 'alt'; readonly branches: readonly Plan[]; /** No two can match in one place. */ readonly apart: boolean }
  | {
      readonly kind: 'repeat';
      readonly body: Plan;
      readonly min: number;
      readonly max: number;
      readonly possessive: boolean;
      /** Whether what follows may also begin where another round would. */
      readonly chooses: boolean;
      /** Over which runs it goes. */
      readonly over: keyof Runs;
      /** Fewest characters of one round. */
      readonly least: number;
    };

/** One of the sequences that an expression stands for. */
interface Branch {
  readonly items: readonly Pcre[];
  readonly plans: readonly Plan[];
  /** So many first items decide where the others are tried: `\\A` and "anything" after it. 0: they are tried everywhere. */
  readonly lead: number;
  /** By their first and last item: an expression for a part of the items, made when first needed. */
  readonly parts: Map<string, RegExp | undefined>;
  /** Of the plans, by the runs they were made for. */
  readonly estimates: Map<Runs, readonly Estimate[]>;
}

/**
 * For a text, the steps of one search through it at most; no more than that is found out once `enough` is exceeded.
 * @param counts whether to look through the text for what the expression begins with, where the bound is higher without: that may itself take a part of `enough`
 */
export type StepBound = (text: string, counts: boolean) => number;

export function createBound(parsed: ParsedPcre, enough: number): StepBound {
  const branchOf = (items: readonly Pcre[]): Branch => ({
    items,
    plans: plansOf(items, []),
    lead: leadOf(items),
    parts: new Map(),
    estimates: new Map(),
  });
  const coarse = alternatives(parsed.root).map(branchOf);
  let fine: readonly Branch[] | undefined;
  const total = (branches: readonly Branch[], text: string, runs: Runs, counts: boolean): number => {
    let sum = 0;
    for (const branch of branches) {
      sum += boundOf(parsed, branch, text, runs, enough / branches.length, counts);
      if (sum > enough) break;
    }
    return sum;
  };
  return (text, counts) => {
    const runs = runsIn(text);
    const bound = total(coarse, text, runs, counts);
    if (bound <= enough) return bound;
    fine ??= branchesOf([parsed.root], { left: MAX_BRANCHES }).map(branchOf);
    return fine.length === coarse.length ? bound : total(fine, text, runs, counts);
  };
}

/**
 * First as if everything were tried from everywhere; then as many items as can safely be searched for are counted, and what comes
 * after them is tried only where they were found; and so on with more items.
 */
function boundOf(parsed: ParsedPcre, branch: Branch, text: string, runs: Runs, enough: number, counts: boolean): number {
  const { items, lead } = branch;
  const own = estimatesOf(branch, runs);
  let known = lead;
  const before = sequence(own, 0, lead);
  /** Steps to search for what is known, and how often what comes after it is tried. */
  let spent = lead === 0 ? text.length + 1 : before.cost;
  let tries = lead === 0 ? text.length + 1 : Math.min(before.ways, text.length + 1);
  for (;;) {
    const bound = spent + tries * sequence(own, known, items.length).cost;
    if (bound <= enough || !counts) return bound;
    // As many further items as are cheap enough.
    let next = known;
    let cost = 0;
    for (let ways = 1; next < items.length - 1; next++) {
      const item = own[next] as Estimate;
      const longer = cost + ways * item.cost;
      if (spent + tries * longer > enough / 4) break;
      cost = longer;
      ways *= item.ways;
    }
    if (next <= known) return bound;
    const regex = partOf(parsed, branch, lead, next);
    if (regex === undefined) return bound;
    spent += tries * cost;
    const { ways } = sequence(own, lead, next);
    const found = countStarts(regex, text, enough / ways);
    // Of an anchored expression only some of these places are tried.
    tries = Math.min(lead === 0 ? Infinity : before.ways, found) * ways;
    known = next;
  }
}

const MAX_ESTIMATES = 50;

function estimatesOf({ plans, estimates }: Branch, runs: Runs): readonly Estimate[] {
  let own = estimates.get(runs);
  if (own === undefined) {
    own = plans.map((plan) => estimate(plan, runs));
    if (estimates.size >= MAX_ESTIMATES) estimates.clear();
    estimates.set(runs, own);
  }
  return own;
}

/** The alternatives of the whole, as sequences. */
function alternatives(node: Pcre): readonly (readonly Pcre[])[] {
  switch (node.kind) {
    case 'group':
      return alternatives(node.body);
    case 'alt':
      return node.branches.flatMap(alternatives);
    case 'seq':
      return node.items.length === 1 ? alternatives(node.items[0] as Pcre) : [node.items];
    default:
      return [[node]];
  }
}

const MAX_BRANCHES = 64;

/** The sequences of which one must match: alternatives that an expression begins with are followed by the rest each. */
function branchesOf(items: readonly Pcre[], budget: { left: number }): readonly (readonly Pcre[])[] {
  const [first, ...rest] = items;
  switch (first?.kind) {
    case 'group':
      return branchesOf([first.body, ...rest], budget);
    case 'seq':
      return branchesOf([...first.items, ...rest], budget);
    case 'alt':
      budget.left -= first.branches.length;
      if (budget.left >= 0) return first.branches.flatMap((branch) => branchesOf([branch, ...rest], budget));
      break;
    case 'anchor': {
      // What decides where the rest is tried stands before each of its alternatives.
      const [second, ...others] = rest;
      const walked = first.at === 'text-start' && second?.kind === 'repeat';
      const after = walked ? others : rest;
      if (after.length === 0) break;
      return branchesOf(after, budget).map((branch) => (walked ? [first, second, ...branch] : [first, ...branch]));
    }
    default:
  }
  return [items.flatMap((item) => (item.kind === 'seq' ? item.items : [item]))];
}

/** `\\A`, and after it what may be anything up to some place, as in `\\A.*?x` and `\\A(?:.*\\n)?x`. */
function leadOf([first, second]: readonly Pcre[]): number {
  if (first?.kind !== 'anchor' || first.at !== 'text-start') return 0;
  return second?.kind === 'repeat' ? 2 : 1;
}

function partOf(parsed: ParsedPcre, { items, parts }: Branch, from: number, to: number): RegExp | undefined {
  const key = `${from} ${to}`;
  if (!parts.has(key)) parts.set(key, expressionOf(parsed, items.slice(from, to)));
  return parts.get(key);
}

/** An expression for these items as ECMAScript has it, to be looked for from `lastIndex` on; undefined where it cannot say it. */
export function expressionOf({ groupCount, names }: ParsedPcre, items: readonly Pcre[]): RegExp | undefined {
  if (someNode({ kind: 'seq', items }, (node) => node.kind === 'reference')) return undefined;
  const printed = toEcmaScript({ root: { kind: 'seq', items }, groupCount, names });
  try {
    return printed === undefined ? undefined : new RegExp(printed.source, `${printed.flags.replaceAll(/[dgy]/g, '')}g`);
  } catch {
    return undefined;
  }
}

/** Places where the expression matches, overlapping ones too, counted up to `most`. */
function countStarts(regex: RegExp, text: string, most: number): number {
  let count = 0;
  regex.lastIndex = 0;
  for (let found = regex.exec(text); found !== null && count <= most; found = regex.exec(text)) {
    count++;
    regex.lastIndex = found.index + 1;
  }
  return count;
}

const ONE: Plan = { kind: 'one' };

/** @param after what may follow the last item */
function plansOf(items: readonly Pcre[], after: Ranges): readonly Plan[] {
  let follow = after;
  const plans: Plan[] = [];
  for (const item of items.toReversed()) {
    plans.push(planOf(item, follow));
    follow = firstOf(item, follow);
  }
  return plans.toReversed();
}

function planOf(node: Pcre, after: Ranges): Plan {
  switch (node.kind) {
    case 'set':
    case 'anchor':
      return ONE;
    case 'reference':
      return { kind: 'reference' };
    case 'group':
      return planOf(node.body, after);
    case 'atomic':
    case 'look':
      return { kind: 'sealed', body: planOf(node.body, []) };
    case 'seq':
      return { kind: 'seq', items: plansOf(node.items, after) };
    case 'alt': {
      const firsts = node.branches.map((branch) => firstOf(branch, after));
      const apart = firsts.every((first, i) => firsts.every((other, j) => i === j || !overlap(first, other)));
      return { kind: 'alt', branches: node.branches.map((branch) => planOf(branch, after)), apart };
    }
    case 'repeat': {
      const { body, min, max, mode } = node;
      if (max === 0) return ONE;
      const first = firstOf(body, after);
      return {
        kind: 'repeat',
        body: planOf(body, max > 1 ? first : after),
        min,
        max,
        possessive: mode === 'possessive',
        chooses: max > min && mode !== 'possessive' && overlap(firstOf(body, []), after),
        over: runsOver(allOf(body)),
        least: lengthOf(body).min,
      };
    }
  }
}

/** Of the items `[from, to)`. From the end: what follows is tried once for each way of what is before it. */
function sequence(own: readonly Estimate[], from: number, to: number): Estimate {
  let cost = 0;
  let ways = 1;
  for (let at = to - 1; at >= from; at--) {
    const item = own[at] as Estimate;
    cost = item.cost + item.ways * cost;
    ways *= item.ways;
  }
  return { cost: Math.max(1, cost), ways };
}

const STEP: Estimate = { cost: 1, ways: 1 };

function estimate(plan: Plan, runs: Runs): Estimate {
  switch (plan.kind) {
    case 'one':
      return STEP;
    case 'reference':
      return { cost: runs.all, ways: 1 };
    case 'sealed':
      return { cost: estimate(plan.body, runs).cost, ways: 1 };
    case 'seq':
      return sequence(
        plan.items.map((item) => estimate(item, runs)),
        0,
        plan.items.length,
      );
    case 'alt': {
      let cost = 1;
      let ways = 0;
      for (const branch of plan.branches) {
        const own = estimate(branch, runs);
        cost += own.cost;
        ways = plan.apart ? Math.max(ways, own.ways) : ways + own.ways;
      }
      return { cost, ways };
    }
    case 'repeat': {
      const rounds = plan.least === 0 ? plan.max : Math.min(plan.max, Math.floor(runs[plan.over] / plan.least));
      const own = estimate(plan.body, runs);
      const ends = plan.chooses ? Math.max(0, rounds - plan.min) + 1 : 1;
      if (own.ways <= 1) return { cost: 1 + rounds * own.cost, ways: ends };
      return {
        cost: 1 + own.cost * rounds * own.ways ** Math.max(0, rounds - 1),
        ways: plan.possessive ? 1 : own.ways ** rounds * ends,
      };
    }
  }
}

const ASCII_WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const LINE_BREAK: Ranges = [[10, 10]];
const SPACE: Ranges = [
  [9, 13],
  [32, 32],
];

function runsOver(over: Ranges): keyof Runs {
  if (isWithin(over, ASCII_WORD)) return 'word';
  if (isWithin(over, SPACE)) return 'space';
  if (!overlap(over, SPACE)) return 'solid';
  return overlap(over, LINE_BREAK) ? 'all' : 'line';
}

function isWithin(inner: Ranges, outer: Ranges): boolean {
  return inner.every(([low, high]) => outer.some(([from, to]) => low >= from && high <= to));
}

let lastText: string | undefined;
let lastRuns: Runs = { all: 0, line: 0, solid: 0, word: 0, space: 0 };

/** Many expressions in a row ask about the same text. */
function runsIn(text: string): Runs {
  if (text === lastText) return lastRuns;
  let line = 0;
  let solid = 0;
  let word = 0;
  let space = 0;
  let lineStart = 0;
  let solidStart = 0;
  let wordStart = 0;
  let spaceStart = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 32 || (unit >= 9 && unit <= 13)) {
      if (at - solidStart > solid) solid = at - solidStart;
      if (at - wordStart > word) word = at - wordStart;
      solidStart = at + 1;
      wordStart = at + 1;
      if (unit === 10) {
        if (at - lineStart > line) line = at - lineStart;
        lineStart = at + 1;
      }
      continue;
    }
    if (at - spaceStart > space) space = at - spaceStart;
    spaceStart = at + 1;
    if (!((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95)) {
      if (at - wordStart > word) word = at - wordStart;
      wordStart = at + 1;
    }
  }
  const { length } = text;
  lastText = text;
  lastRuns = roundedUp([
    length,
    Math.max(line, length - lineStart),
    Math.max(solid, length - solidStart),
    Math.max(word, length - wordStart),
    Math.max(space, length - spaceStart),
  ]);
  return lastRuns;
}

const rounded = new Map<string, Runs>();

/** To powers of two, so that texts share their estimates; the same object for the same runs. */
function roundedUp(lengths: readonly [number, number, number, number, number]): Runs {
  const [all, line, solid, word, space] = lengths.map((length) => 2 ** Math.ceil(Math.log2(length + 1))) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const key = `${all} ${line} ${solid} ${word} ${space}`;
  let runs = rounded.get(key);
  if (runs === undefined) {
    runs = { all, line, solid, word, space };
    rounded.set(key, runs);
  }
  return runs;
}
