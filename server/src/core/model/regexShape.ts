/** What can be said about a regular expression from its tree alone: lengths, first characters, whether groups took part. */
import { complement, union, type Ranges } from './charRanges.js';
import type { Pcre } from './pcre.js';

export const EVERYTHING: Ranges = [[0, 0x10ffff]];

/** The characters that a set takes, with both cases where case does not count. Properties count as everything. */
export function rangesOf(node: Pcre & { readonly kind: 'set' }): Ranges {
  if (node.properties.length > 0) return EVERYTHING;
  const ranges = node.folded ? withBothCases(node.ranges) : node.ranges;
  return node.negated ? complement(ranges) : ranges;
}

export function withBothCases(ranges: Ranges): Ranges {
  const other = ranges.flatMap(([low, high]): [number, number][] => {
    const shifted: [number, number][] = [];
    const upper = [Math.max(low, 65), Math.min(high, 90)] as const;
    const lower = [Math.max(low, 97), Math.min(high, 122)] as const;
    if (upper[0] <= upper[1]) shifted.push([upper[0] + 32, upper[1] + 32]);
    if (lower[0] <= lower[1]) shifted.push([lower[0] - 32, lower[1] - 32]);
    return shifted;
  });
  return other.length === 0 ? ranges : union([ranges, other]);
}

export function overlap(a: Ranges, b: Ranges): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [lowA, highA] = a[i] as readonly [number, number];
    const [lowB, highB] = b[j] as readonly [number, number];
    if (lowA <= highB && lowB <= highA) return true;
    if (highA < highB) i++;
    else j++;
  }
  return false;
}

/** Fewest and most characters that a match has. A reference may stand for anything. */
export function lengthOf(node: Pcre): { readonly min: number; readonly max: number } {
  switch (node.kind) {
    case 'set':
      return { min: 1, max: 1 };
    case 'anchor':
    case 'look':
      return { min: 0, max: 0 };
    case 'reference':
      return { min: 0, max: Infinity };
    case 'group':
    case 'atomic':
      return lengthOf(node.body);
    case 'seq':
      return node.items.map(lengthOf).reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }), { min: 0, max: 0 });
    case 'alt':
      return node.branches.map(lengthOf).reduce((a, b) => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }));
    case 'repeat': {
      const { min, max } = lengthOf(node.body);
      return { min: min * node.min, max: max === 0 || node.max === 0 ? 0 : max * node.max };
    }
  }
}

/** Characters that a match of the node, and then of `then` where the node may be empty, can begin with. */
export function firstOf(node: Pcre, then: Ranges): Ranges {
  switch (node.kind) {
    case 'set':
      return rangesOf(node);
    case 'anchor':
    case 'look':
      return then;
    case 'reference':
      return EVERYTHING;
    case 'group':
    case 'atomic':
      return firstOf(node.body, then);
    case 'seq':
      return node.items.reduceRight((after, item) => firstOf(item, after), then);
    case 'alt':
      return union(node.branches.map((branch) => firstOf(branch, then)));
    case 'repeat':
      return node.min === 0 || lengthOf(node.body).min === 0 ? union([firstOf(node.body, then), then]) : firstOf(node.body, then);
  }
}

/** Every character that can stand in a match. */
export function allOf(node: Pcre): Ranges {
  switch (node.kind) {
    case 'set':
      return rangesOf(node);
    case 'anchor':
    case 'look':
      return [];
    case 'reference':
      return EVERYTHING;
    case 'group':
    case 'atomic':
    case 'repeat':
      return allOf(node.body);
    case 'seq':
      return union(node.items.map(allOf));
    case 'alt':
      return union(node.branches.map(allOf));
  }
}

export function childrenOf(node: Pcre): readonly Pcre[] {
  switch (node.kind) {
    case 'seq':
      return node.items;
    case 'alt':
      return node.branches;
    case 'repeat':
    case 'group':
    case 'atomic':
    case 'look':
      return [node.body];
    case 'set':
    case 'anchor':
    case 'reference':
      return [];
  }
}

export function someNode(node: Pcre, test: (node: Pcre) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => someNode(child, test));
}

const LINE_FEED: Ranges = [[10, 10]];

/** Whether a match lies within one line and its line feed, and what is beyond them decides nothing. */
export function isWithinLine(root: Pcre): boolean {
  return lengthOf(root).min > 0 && staysInLine(root, false, true);
}

/** What a text must hold somewhere for the expression to match, which then matches all of it: `(?s)\\A.*x.*` asks for `x`. Undefined for all others. */
export function soughtIn(root: Pcre): Pcre | undefined {
  if (root.kind !== 'seq') return undefined;
  const [first, before, ...rest] = root.items;
  const after = rest.pop();
  if (first?.kind !== 'anchor' || first.at !== 'text-start' || before === undefined || after === undefined) return undefined;
  if (!isAnything(after) || after.mode === 'lazy') return undefined;
  const lineStart: readonly Pcre[] | undefined = isAnything(before)
    ? []
    : endsLine(before)
      ? [{ kind: 'anchor', at: 'line-start' }]
      : undefined;
  if (lineStart === undefined) return undefined;
  const inner: Pcre = { kind: 'seq', items: [...lineStart, ...rest] };
  return lengthOf(inner).min > 0 ? inner : undefined;
}

/** The same where it lies in one of the text's lines with the line feeds around it. */
export function containedIn(root: Pcre): Pcre | undefined {
  const inner = soughtIn(root);
  return inner !== undefined && staysInLine(inner, true, true) ? inner : undefined;
}

/** `.*` where it takes line feeds, too, and gives back what it took. */
function isAnything(node: Pcre): node is Pcre & { readonly kind: 'repeat' } {
  return node.kind === 'repeat' && node.min === 0 && node.max === Infinity && node.mode !== 'possessive' && takesAll(node.body);
}

function takesAll(node: Pcre): boolean {
  const [range, more] = node.kind === 'set' ? rangesOf(node) : [];
  return range !== undefined && more === undefined && range[0] === 0 && range[1] === 0x10ffff;
}

/** `(?:.*\\n)?`: nothing, or all up to some line feed. */
function endsLine(node: Pcre): boolean {
  if (node.kind !== 'repeat' || node.min !== 0 || node.max !== 1 || node.mode === 'possessive' || node.body.kind !== 'seq') return false;
  const [before, feed, more] = node.body.items;
  if (before === undefined || feed?.kind !== 'set' || more !== undefined || !isAnything(before)) return false;
  const [range, other] = rangesOf(feed);
  return range !== undefined && other === undefined && range[0] === 10 && range[1] === 10;
}

/**
 * @param first whether nothing is before, and the line feed before the line may be taken, too
 * @param last whether nothing follows, so that the line's own may be taken
 */
function staysInLine(node: Pcre, first: boolean, last: boolean): boolean {
  switch (node.kind) {
    case 'anchor':
      return node.at !== 'text-start' && node.at !== 'text-end' && node.at !== 'last-line-end';
    case 'set':
      return first || last || !overlap(rangesOf(node), LINE_FEED);
    case 'seq':
      return node.items.every((item, at) => staysInLine(item, first && at === 0, last && at === node.items.length - 1));
    case 'alt':
    case 'group':
    case 'atomic':
      return childrenOf(node).every((child) => staysInLine(child, first, last));
    case 'look':
      return staysInLine(node.body, first && !node.ahead, last && node.ahead);
    case 'repeat':
      return staysInLine(node.body, first && node.max <= 1, last && node.max <= 1);
    case 'reference':
      return true;
  }
}

/**
 * Whether every back-reference is to a group that certainly matched before: then a reference means the same in PCRE, where
 * one to a group that took no part fails, and in ECMAScript, where it matches nothing.
 */
export function referencesAreCertain(root: Pcre): boolean {
  let certain = true;
  const visit = (node: Pcre, known: ReadonlySet<number>): ReadonlySet<number> => {
    switch (node.kind) {
      case 'reference':
        if (!known.has(node.index)) certain = false;
        return known;
      case 'group':
        return new Set([...visit(node.body, known), node.index]);
      case 'atomic':
        return visit(node.body, known);
      case 'look': {
        const after = visit(node.body, known);
        return node.negated ? known : after;
      }
      case 'seq':
        return node.items.reduce((before, item) => visit(item, before), known);
      case 'alt': {
        const [first, ...others] = node.branches.map((branch) => visit(branch, known));
        return first === undefined ? known : new Set([...first].filter((index) => others.every((other) => other.has(index))));
      }
      case 'repeat': {
        const after = visit(node.body, known);
        return node.min > 0 ? after : known;
      }
      default:
        return known;
    }
  };
  visit(root, new Set());
  return certain;
}

/** Whether characters beyond 16 bits must be taken whole: some set names one, or asks for a property. */
export function needsUnicode(root: Pcre): boolean {
  const isAstral = (ranges: Ranges): boolean => ranges.some(([low, high]) => low > 0xffff || (high > 0xffff && high < 0x10ffff));
  return someNode(root, (node) => node.kind === 'set' && (node.properties.length > 0 || (!node.negated && isAstral(node.ranges))));
}
