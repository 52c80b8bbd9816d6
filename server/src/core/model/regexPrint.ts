/** A tree of PCRE spelled for the engines that run it: ECMAScript's, and the linear-time one, where each can say it exactly. */
import type { Ranges } from './charRanges.js';
import type { ParsedPcre, Pcre } from './pcre.js';
import { lengthOf, needsUnicode, referencesAreCertain, someNode, withBothCases } from './regexShape.js';

export interface Printed {
  readonly source: string;
  readonly flags: string;
  /** The engine's number of each group, by the group's own; 0 is the whole match. */
  readonly groups: readonly number[];
}

const MAX_UNIT = 0xffff;

/** `undefined` where ECMAScript's engine cannot say it exactly. */
export function toEcmaScript(parsed: ParsedPcre): Printed | undefined {
  const { root } = parsed;
  const unicode = needsUnicode(root);
  const folds = someNode(root, (node) => (node.kind === 'set' || node.kind === 'reference') && node.folded);
  const mixed =
    folds &&
    someNode(root, (node) => (node.kind === 'set' && !node.folded && hasCase(node)) || (node.kind === 'reference' && !node.folded));
  // A reference, or a property, whose case does not count, beside something whose case does.
  if (mixed && someNode(root, (node) => node.kind === 'reference' || (node.kind === 'set' && node.folded && node.properties.length > 0)))
    return undefined;
  if (!referencesAreCertain(root)) return undefined;
  const atomicBehind = (node: Pcre): boolean =>
    node.kind === 'look' &&
    !node.ahead &&
    someNode(
      node.body,
      (inner) => inner.kind === 'atomic' || inner.kind === 'reference' || (inner.kind === 'repeat' && inner.mode === 'possessive'),
    );
  if (someNode(root, atomicBehind)) return undefined;

  const groups: number[] = [0];
  let count = 0;
  const atomic = (body: () => string): string => {
    // A lookahead is never entered again; the reference takes what it found.
    const index = ++count;
    return `(?:(?=(${body()}))\\${index}(?:))`;
  };
  const print = (node: Pcre): string => {
    switch (node.kind) {
      case 'set':
        return printSet(node.folded && mixed ? withBothCases(node.ranges) : node.ranges, node.negated, node.properties, unicode);
      case 'seq':
        return node.items.map((item) => (item.kind === 'alt' ? `(?:${print(item)})` : print(item))).join('');
      case 'alt':
        return node.branches.map(print).join('|');
      case 'repeat': {
        const greedy = (): string => `${wrapped(node.body)}${quantifier(node.min, node.max)}`;
        return node.mode === 'possessive' ? atomic(greedy) : greedy() + (node.mode === 'lazy' ? '?' : '');
      }
      case 'group': {
        const index = ++count;
        groups[node.index] = index;
        return `(${print(node.body)})`;
      }
      case 'atomic':
        return atomic(() => print(node.body));
      case 'look':
        return `(?${node.ahead ? '' : '<'}${node.negated ? '!' : '='}${print(node.body)})`;
      case 'anchor':
        return ECMA_ANCHORS[node.at];
      case 'reference':
        return `(?:\\${groups[node.index] ?? 0})`;
    }
  };
  const wrapped = (node: Pcre): string => {
    const text = print(node);
    return node.kind === 'set' || node.kind === 'group' || node.kind === 'atomic' ? text : `(?:${text})`;
  };
  const source = print(root);
  return { source, flags: `dg${folds && !mixed ? 'i' : ''}${unicode ? 'u' : ''}`, groups };
}

/** Without flags: `^` and `$` are the ends of the text. After the last line break no line starts, as in PCRE. */
const ECMA_ANCHORS = {
  'text-start': '^',
  'text-end': '$',
  'last-line-end': '(?=\\n?$)',
  'line-start': '(?<![^\\n])(?!(?<=\\n)$)',
  'line-end': '(?![^\\n])',
  word: '\\b',
  'not-word': '\\B',
} as const;

const RE2_ANCHORS = {
  'text-start': '\\A',
  'text-end': '\\z',
  'last-line-end': '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  word: '\\b',
  'not-word': '\\B',
} as const;

export interface PrintedLinear {
  readonly source: string;
  /** It says `\z` where the expression allows one line break after the end: exact for texts that do not end in one. */
  readonly wantsPlainEnd: boolean;
}

/** `undefined` where the linear-time engine cannot say it exactly. */
export function toLinear(parsed: ParsedPcre): PrintedLinear | undefined {
  const { root } = parsed;
  const beyond = (node: Pcre): boolean =>
    node.kind === 'look' ||
    node.kind === 'atomic' ||
    node.kind === 'reference' ||
    (node.kind === 'repeat' && (node.mode === 'possessive' || node.min > 1000 || (node.max !== Infinity && node.max > 1000))) ||
    (node.kind === 'set' && node.properties.length > 0);
  if (someNode(root, beyond)) return undefined;
  // A line that starts after the last line break is only seen by an expression that may match nothing.
  if (lengthOf(root).min === 0 && someNode(root, (node) => node.kind === 'anchor' && node.at === 'line-start')) return undefined;
  const print = (node: Pcre): string => {
    switch (node.kind) {
      case 'set':
        return printLinearSet(node.folded ? withBothCases(node.ranges) : node.ranges, node.negated);
      case 'seq':
        return node.items.map((item) => (item.kind === 'alt' ? `(?:${print(item)})` : print(item))).join('');
      case 'alt':
        return node.branches.map(print).join('|');
      case 'repeat':
        return `(?:${print(node.body)})${quantifier(node.min, node.max)}${node.mode === 'lazy' ? '?' : ''}`;
      case 'group':
        return `(${print(node.body)})`;
      case 'anchor':
        return RE2_ANCHORS[node.at];
      default:
        return '';
    }
  };
  return { source: print(root), wantsPlainEnd: someNode(root, (node) => node.kind === 'anchor' && node.at === 'last-line-end') };
}

function hasCase(node: Pcre & { readonly kind: 'set' }): boolean {
  if (node.properties.length > 0) return true;
  const other = withBothCases(node.ranges);
  return (
    other.length !== node.ranges.length || other.some(([low, high], at) => low !== node.ranges[at]?.[0] || high !== node.ranges[at]?.[1])
  );
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function printSet(ranges: Ranges, negated: boolean, properties: readonly string[], unicode: boolean): string {
  const limit = unicode ? 0x10ffff : MAX_UNIT;
  const kept = ranges.flatMap(([low, high]): [number, number][] => (low > limit ? [] : [[low, Math.min(high, limit)]]));
  const code = (value: number): string =>
    (value >= 48 && value <= 57) || (value >= 65 && value <= 90) || (value >= 97 && value <= 122)
      ? String.fromCharCode(value)
      : value > MAX_UNIT
        ? `\\u{${value.toString(16)}}`
        : `\\u${value.toString(16).padStart(4, '0')}`;
  const [only, second] = kept;
  if (!negated && properties.length === 0 && only !== undefined && second === undefined && only[0] === only[1]) return code(only[0]);
  const body = kept.map(([low, high]) => (low === high ? code(low) : `${code(low)}-${code(high)}`)).join('') + properties.join('');
  return `[${negated ? '^' : ''}${body}]`;
}

function printLinearSet(ranges: Ranges, negated: boolean): string {
  const code = (value: number): string => `\\x{${value.toString(16)}}`;
  const [only, second] = ranges;
  if (!negated && only !== undefined && second === undefined && only[0] === only[1]) {
    const value = only[0];
    return /[A-Za-z0-9]/.test(String.fromCodePoint(value)) ? String.fromCodePoint(value) : code(value);
  }
  if (ranges.length === 0) return negated ? '(?s:.)' : '[^\\x{0}-\\x{10ffff}]';
  return `[${negated ? '^' : ''}${ranges.map(([low, high]) => (low === high ? code(low) : `${code(low)}-${code(high)}`)).join('')}]`;
}
