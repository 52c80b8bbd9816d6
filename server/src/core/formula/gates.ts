/**
 * Which rules a text can matter to at all, from the names and strings that were found in it: each rule hangs on a few of them, one of
 * which every text it could match holds. Most rules of a large set are never asked about a text.
 */
import type { Ask, NeedTables } from './textIndex.js';

export interface Gates {
  /** By literal (first the names of the tables, then the strings): the rules, as indexes, that hang on it. */
  readonly byLiteral: readonly (readonly number[] | undefined)[];
  /** Rules that hang on nothing. */
  readonly open: readonly number[];
  readonly count: number;
}

/** Of more literals than these a rule is asked about every text. */
const MAX_LITERALS = 300;

/** @param asks of each rule what it needs, as an index in the tables */
export function createGates(asks: Int32Array, tables: NeedTables): Gates {
  const byLiteral: (number[] | undefined)[] = [];
  const open: number[] = [];
  const known = new Map<number, readonly number[] | undefined>();
  for (const [rule, ask] of asks.entries()) {
    const literals = oneOf(ask, tables, known);
    if (literals === undefined) open.push(rule);
    else for (const literal of new Set(literals)) (byLiteral[literal] ??= []).push(rule);
  }
  return { byLiteral, open, count: asks.length };
}

/** Literals of which one must be in a text that satisfies the need; undefined where that is not known. */
function oneOf(index: number, tables: NeedTables, known: Map<number, readonly number[] | undefined>): readonly number[] | undefined {
  if (known.has(index)) return known.get(index);
  const found = literalsOf(tables.asks[index] as Ask, tables, (part) => oneOf(part, tables, known));
  known.set(index, found);
  return found;
}

function literalsOf(ask: Ask, tables: NeedTables, ofPart: (part: number) => readonly number[] | undefined): readonly number[] | undefined {
  switch (ask.kind) {
    case 'word':
      return [ask.index];
    case 'substring':
      return [tables.words.words.length + ask.index];
    case 'all': {
      const parts = ask.parts.map(ofPart).filter((part) => part !== undefined);
      return parts.toSorted((a, b) => a.length - b.length)[0];
    }
    case 'any': {
      const parts = ask.parts.map(ofPart);
      const union = parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
      return union === undefined || union.length > MAX_LITERALS ? undefined : union;
    }
    case 'odd-word':
    case 'odd-substring':
    case 'regex':
    case 'visible':
      return undefined;
  }
}

/**
 * The rules, as indexes, ascending, that may be satisfied.
 * @param words for each name of the tables whether it was found: not 0; @param substrings the same of strings
 */
export function likelyRules({ byLiteral, open, count }: Gates, words: Uint8Array, substrings: Uint8Array): readonly number[] {
  const likely = new Uint8Array(count);
  for (const rule of open) likely[rule] = 1;
  const names = words.length;
  for (let literal = 0; literal < byLiteral.length; literal++) {
    const found = literal < names ? words[literal] : substrings[literal - names];
    if (found === 0) continue;
    for (const rule of byLiteral[literal] ?? []) likely[rule] = 1;
  }
  const rules: number[] = [];
  for (let rule = 0; rule < count; rule++) if (likely[rule] === 1) rules.push(rule);
  return rules;
}
