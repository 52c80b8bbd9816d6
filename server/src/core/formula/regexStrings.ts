/**
 * The strings of which every match of a regular expression is one, where they are few: looked for with all others in one pass over a text,
 * they cost nothing beside the expression itself.
 */
import type { Ranges } from '../model/charRanges.js';
import { parsePcre, type Anchor, type Pcre } from '../model/pcre.js';
import { someNode } from '../model/regexShape.js';

const MAX_STRINGS = 256;
/** Of one class; more of them say little. */
const MAX_CHARACTERS = 32;
/** Shorter ones are in nearly every text. */
const MIN_LENGTH = 2;

/** Undefined where there are many, or one says next to nothing. What an expression asks of its surroundings is left out. */
export function stringsOfRegex(source: string): readonly string[] | undefined {
  const parsed = parsePcre(source, false);
  if ('error' in parsed) return undefined;
  const strings = stringsOf(parsed.root);
  return strings === undefined || strings.some((text) => text.length < MIN_LENGTH) ? undefined : [...new Set(strings)];
}

/** The names that an expression over a whole name allows, where they are few and their case matters. */
export function namesOfRegex(source: string): readonly string[] | undefined {
  const parsed = parsePcre(source, false);
  if ('error' in parsed || parsed.root.kind !== 'seq') return undefined;
  const { items } = parsed.root;
  const starts = isAnchor(items[0], ['text-start', 'line-start']);
  const ends = isAnchor(items.at(-1), ['text-end', 'last-line-end', 'line-end']);
  if (!starts || !ends || someNode(parsed.root, (node) => node.kind === 'set' && node.folded)) return undefined;
  const strings = stringsOf(parsed.root);
  return strings?.every((text) => /^\w+$/.test(text)) === true ? [...new Set(strings)] : undefined;
}

function isAnchor(node: Pcre | undefined, places: readonly Anchor[]): boolean {
  return node?.kind === 'anchor' && places.includes(node.at);
}

type Strings = readonly string[] | undefined;

/** As `stringsOfRegex`, of a part of an expression. */
export function stringsOf(node: Pcre): Strings {
  switch (node.kind) {
    case 'set':
      return node.negated || node.properties.length > 0 ? undefined : charactersIn(node.ranges, node.folded);
    case 'seq':
      return node.items.reduce<Strings>((before, item) => join(before, stringsOf(item)), ['']);
    case 'alt': {
      const all = node.branches.map(stringsOf);
      return all.includes(undefined) ? undefined : few(all.flatMap((strings) => strings ?? []));
    }
    case 'repeat':
      return repeated(node.body, node.min, node.max);
    case 'group':
    case 'atomic':
      return stringsOf(node.body);
    case 'look':
    case 'anchor':
      return [''];
    case 'reference':
      return undefined;
  }
}

/** @param folded in any case; only of ASCII is it known which characters those are */
function charactersIn(ranges: Ranges, folded: boolean): Strings {
  const size = ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0);
  if (size > MAX_CHARACTERS || (folded && ranges.some(([, high]) => high > 127))) return undefined;
  return ranges.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, i) => String.fromCodePoint(low + i)));
}

function repeated(body: Pcre, min: number, max: number): Strings {
  const once = stringsOf(body);
  if (once === undefined || max > MAX_STRINGS) return undefined;
  let times: Strings = [''];
  let all: readonly string[] = min === 0 ? [''] : [];
  for (let count = 1; count <= max && times !== undefined; count++) {
    times = join(times, once);
    if (count >= min && times !== undefined) all = [...all, ...times];
  }
  return times === undefined ? undefined : few(all);
}

function join(before: Strings, after: Strings): Strings {
  if (before === undefined || after === undefined || before.length * after.length > MAX_STRINGS) return undefined;
  return before.flatMap((start) => after.map((end) => start + end));
}

function few(strings: readonly string[]): Strings {
  return strings.length > MAX_STRINGS ? undefined : strings;
}
