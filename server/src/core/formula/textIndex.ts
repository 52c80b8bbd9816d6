/**
 * Asks a text what rules need (`needs.ts`): names and strings of all rules are looked for in one pass each, each regular
 * expression is run at most once, and parts that several rules share are answered once.
 */
import { REGEX_STEPS, type TextRegex } from '../model/regex.js';
import { holdsAfter, type EditedText } from './changedLines.js';
import type { Literal } from './regexLiterals.js';
import type { Need } from './needs.js';
import { createSubstringTable, findSubstrings, type SubstringTable } from './substrings.js';
import type { ReadText } from './readText.js';
import { indexOfUnits, toUnits, type Units } from './units.js';
import { createWordTable, isCalledOrRenamed, isWordAt, bitsOf, wordsWithin, type WordTable } from './words.js';

/** What a set of rules may ask of a text, prepared. */
export interface NeedTables {
  readonly words: WordTable;
  readonly substrings: SubstringTable;
  /** Every need and every part of one, equal ones once. */
  readonly asks: readonly Ask[];
  /** Need -> index in `asks`. */
  readonly indexes: ReadonlyMap<Need, number>;
}

export type Ask =
  | { readonly kind: 'word'; readonly index: number; readonly called: boolean; readonly text: string }
  | { readonly kind: 'odd-word'; readonly called: boolean; readonly text: string }
  | { readonly kind: 'substring'; readonly index: number; readonly text: string }
  | { readonly kind: 'odd-substring'; readonly text: string }
  | { readonly kind: 'regex'; readonly regex: TextRegex }
  | { readonly kind: 'visible'; readonly part: number }
  | { readonly kind: 'all'; readonly parts: readonly number[] }
  | {
      readonly kind: 'any';
      readonly parts: readonly number[];
      /** Where every part is a name or a string: their indexes, and for each name the bits of an answer that will do. */
      readonly literals: { readonly words: Int32Array; readonly bits: Uint8Array; readonly substrings: Int32Array } | undefined;
    };

export function createNeedTables(needs: readonly Need[]): NeedTables {
  const literals = needs.flatMap(literalsOf);
  const isName = (literal: Literal): boolean => literal.kind === 'word' || literal.kind === 'called';
  const words = createWordTable(literals.filter(isName).map((literal) => literal.text));
  const substrings = createSubstringTable(literals.filter((literal) => !isName(literal)).map((literal) => literal.text));
  const asks: Ask[] = [];
  const indexes = new Map<Need, number>();
  const known = new Map<string, number>();
  const costs: number[] = [];
  const add = (need: Need): number => {
    const before = indexes.get(need);
    if (before !== undefined) return before;
    const [key, ask] = askOf(need);
    let index = known.get(key);
    if (index === undefined) {
      index = asks.length;
      asks.push(ask);
      costs.push(costOf(ask, costs));
      known.set(key, index);
    }
    indexes.set(need, index);
    return index;
  };
  const askOf = (need: Need): readonly [string, Ask] => {
    switch (need.kind) {
      case 'literal':
        return literalAsk(need.literal);
      case 'regex':
        return [`r${need.regex.source}`, { kind: 'regex', regex: need.regex }];
      case 'visible': {
        const part = add(need.need);
        return [`v${part}`, { kind: 'visible', part }];
      }
      case 'all':
      case 'any': {
        const parts = [...new Set(need.needs.map(add))].toSorted((a, b) => (costs[a] as number) - (costs[b] as number));
        const { kind } = need;
        return [`${kind} ${parts.join(' ')}`, kind === 'all' ? { kind, parts } : { kind, parts, literals: literalsAmong(parts, asks) }];
      }
    }
  };
  const literalAsk = ({ kind, text }: Literal): readonly [string, Ask] => {
    if (kind === 'word' || kind === 'called') {
      const called = kind === 'called';
      const index = words.indexes.get(text);
      return [`${kind} ${text}`, index === undefined ? { kind: 'odd-word', called, text } : { kind: 'word', index, called, text }];
    }
    const folded = text.toLowerCase();
    const index = substrings.indexes.get(folded);
    return [`part ${folded}`, index === undefined ? { kind: 'odd-substring', text: folded } : { kind: 'substring', index, text }];
  };
  needs.forEach(add);
  return { words, substrings, asks, indexes };
}

/** What is looked for one by one is asked last: mostly the rest has answered by then. */
function costOf(ask: Ask, costs: readonly number[]): number {
  switch (ask.kind) {
    case 'word':
    case 'substring':
      return 0;
    case 'odd-word':
    case 'odd-substring':
      return 1;
    case 'regex':
      return 2;
    case 'visible':
      return costs[ask.part] as number;
    case 'all':
    case 'any':
      return ask.parts.reduce((most, part) => Math.max(most, costs[part] as number), -Infinity);
  }
}

function literalsAmong(parts: readonly number[], asks: readonly Ask[]): (Ask & { readonly kind: 'any' })['literals'] {
  const words: number[] = [];
  const bits: number[] = [];
  const substrings: number[] = [];
  for (const part of parts) {
    const ask = asks[part];
    if (ask?.kind === 'word') {
      words.push(ask.index);
      bits.push(bitsOf(ask.called));
    } else if (ask?.kind === 'substring') substrings.push(ask.index);
    else return undefined;
  }
  return { words: Int32Array.from(words), bits: Uint8Array.from(bits), substrings: Int32Array.from(substrings) };
}

function literalsOf(need: Need): readonly Literal[] {
  switch (need.kind) {
    case 'literal':
      return [need.literal];
    case 'regex':
      return [];
    case 'visible':
      return literalsOf(need.need);
    case 'all':
    case 'any':
      return need.needs.flatMap(literalsOf);
  }
}

/** The needs that were asked, in the order of `asks`: what `createNeedTables` was made of, equal parts once. */
export function needsOfAsks(asks: readonly Ask[]): readonly Need[] {
  const needs: Need[] = [];
  const needAt = (index: number): Need => needs[index] as Need;
  // A part stands before what it is a part of.
  for (const ask of asks) needs.push(needOfAsk(ask, needAt));
  return needs;
}

function needOfAsk(ask: Ask, needAt: (index: number) => Need): Need {
  switch (ask.kind) {
    case 'word':
    case 'odd-word':
      return { kind: 'literal', literal: { kind: ask.called ? 'called' : 'word', text: ask.text } };
    case 'substring':
    case 'odd-substring':
      return { kind: 'literal', literal: { kind: 'part', text: ask.text } };
    case 'regex':
      return ask;
    case 'visible':
      return { kind: 'visible', need: needAt(ask.part) };
    case 'all':
    case 'any':
      return { kind: ask.kind, needs: ask.parts.map(needAt) };
  }
}

/** Where a need stands in the tables that were made for it. */
export function indexOfNeed(need: Need, tables: NeedTables): number {
  const index = tables.indexes.get(need);
  if (index === undefined) throw new Error('a need that these tables were not made for');
  return index;
}

/** Answers for one text. */
export interface TextIndex {
  /** @param need one of those the tables were made for */
  satisfies(need: Need, tables: NeedTables): boolean;
  /** As `satisfies`, by index in the tables. */
  answers(ask: number, tables: NeedTables): boolean;
  /** Whether one of these strings occurs. */
  holdsAny(substrings: Int32Array, tables: NeedTables): boolean;
  /** As `answers`, of a string or a regular expression. */
  holds(ask: Ask, tables: NeedTables): boolean;
  /** For each name of the tables, and for each string, whether it was found: not 0. */
  found(tables: NeedTables): Found;
  /** What was answered so far, for what comes after an edit. */
  readonly answered: ReadonlyMap<NeedTables, { readonly known: Uint8Array }>;
  /** Of the whole text: which expressions, by their source, match something in it. */
  readonly matching: ReadonlyMap<string, boolean>;
}

interface Found {
  readonly words: Uint8Array;
  readonly substrings: Uint8Array;
}

/** Answers for a stretch of a text at a time. */
export interface WindowIndex extends TextIndex {
  /** From now on the answers are those for `[start, end)` of the text. */
  lookAt(start: number, end: number): void;
}

const NONE = new Uint8Array(0);
const UNKNOWN = 0;
const YES = 1;
const NO = 2;

interface Answers {
  /** Each looked for when first asked. */
  words: Uint8Array | undefined;
  substrings: Uint8Array | undefined;
  wordsKnown: boolean;
  substringsKnown: boolean;
  /** By index of `asks`. */
  readonly known: Uint8Array;
}

interface Known {
  /** The text's units with spaces where no name of the program stands: names are looked for here. */
  readonly code?: Units;
  /** Of the same text: what is not asked of names is known there. */
  readonly same?: TextIndex;
  /** Names under which this text may speak of a name. */
  readonly aliases?: ReadonlyMap<string, readonly string[]>;
  /** Of the text around this one, whose variables are visible here. */
  readonly around?: () => TextIndex;
  /** Of the same text before an edit, asked in the same way: where the same names and strings were found, what hangs on them alone is known. */
  readonly before?: TextIndex | undefined;
  /** How the text changed since. */
  readonly edited?: EditedText | undefined;
}

export function createTextIndex(read: ReadText, known: Known = {}): TextIndex {
  return createWindowIndex(read, known);
}

/** Looks at the whole text until told otherwise. */
export function createWindowIndex(read: ReadText, given: Known = {}): WindowIndex {
  const { code = read.units, same, aliases, around, before, edited } = given;
  const byTables = new Map<NeedTables, Answers>();
  const regexes = new Map<string, boolean>();
  // Of what was before no more than this: it would hold what was before that.
  const matched = before?.matching;
  const { text, units } = read;
  let start = 0;
  let end = text.length;
  let stretch: string | undefined;
  let lower: string | undefined;
  const stretchText = (): string => (stretch ??= text.slice(start, end));
  const hasName = (name: string, called: boolean): boolean => containsName(code, start, end, name, called);
  const hasAlias = (name: string): boolean => aliases?.get(name)?.some((alias) => hasName(alias, false)) === true;

  const answer = (index: number, tables: NeedTables, answers: Answers): boolean => {
    const known = answers.known[index];
    if (known !== UNKNOWN) return known === YES;
    const yes = find(tables.asks[index] as Ask, tables, answers);
    answers.known[index] = yes ? YES : NO;
    return yes;
  };
  const wordsIn = (tables: NeedTables, answers: Answers): Uint8Array => {
    const words = (answers.words ??= new Uint8Array(tables.words.words.length));
    if (!answers.wordsKnown) wordsWithin(read.hits(tables.words), code, start, end, tables.words, words);
    answers.wordsKnown = true;
    return words;
  };
  const substringsIn = (tables: NeedTables, answers: Answers): Uint8Array => {
    if (answers.substrings !== undefined && answers.substringsKnown) return answers.substrings;
    const isWhole = start === 0 && end === text.length;
    if (isWhole) answers.substrings = read.substrings(tables.substrings);
    else findSubstrings(units, start, end, tables.substrings, (answers.substrings ??= new Uint8Array(tables.substrings.indexes.size)));
    answers.substringsKnown = true;
    return answers.substrings;
  };
  const find = (ask: Ask, tables: NeedTables, answers: Answers): boolean => {
    switch (ask.kind) {
      case 'word':
        return ((wordsIn(tables, answers)[ask.index] as number) & bitsOf(ask.called)) !== 0 || hasAlias(ask.text);
      case 'odd-word':
        return hasName(ask.text, ask.called) || hasAlias(ask.text);
      case 'substring':
        if (same !== undefined) return same.holds(ask, tables);
        return substringsIn(tables, answers)[ask.index] === 1;
      case 'odd-substring':
        if (same !== undefined) return same.holds(ask, tables);
        // Not ASCII: rare enough to look for it by itself.
        return (lower ??= stretchText().toLowerCase()).includes(ask.text);
      case 'regex': {
        if (same !== undefined) return same.holds(ask, tables);
        // Programs for several languages may ask the same of one text.
        let found = regexes.get(ask.regex.source);
        if (found === undefined) {
          const held = edited !== undefined && ask.regex.withinLine ? matched?.get(ask.regex.source) : undefined;
          const holds = held === undefined || edited === undefined ? undefined : holdsAfter(ask.regex, held, edited);
          found = holds ?? mayContain(ask.regex, stretchText());
          regexes.set(ask.regex.source, found);
        }
        return found;
      }
      case 'visible':
        return answer(ask.part, tables, answers) || around?.().answers(ask.part, tables) === true;
      case 'all':
        for (const part of ask.parts) if (!answer(part, tables, answers)) return false;
        return true;
      case 'any':
        // Names that go by others are asked one by one.
        if (ask.literals !== undefined && aliases === undefined) return holdsAny(ask.literals, tables, answers);
        for (const part of ask.parts) if (answer(part, tables, answers)) return true;
        return false;
    }
  };
  const holdsAny = (
    { words, bits, substrings }: NonNullable<(Ask & { readonly kind: 'any' })['literals']>,
    tables: NeedTables,
    answers: Answers,
  ): boolean => {
    const seen = words.length === 0 ? NONE : wordsIn(tables, answers);
    for (let at = 0; at < words.length; at++) if (((seen[words[at] as number] as number) & (bits[at] as number)) !== 0) return true;
    if (substrings.length === 0) return false;
    if (same !== undefined) return same.holdsAny(substrings, tables);
    const found = substringsIn(tables, answers);
    for (const substring of substrings) if (found[substring] === 1) return true;
    return false;
  };
  const answersOf = (tables: NeedTables): Answers => {
    let known = byTables.get(tables);
    if (known === undefined) {
      const none = { words: undefined, substrings: undefined, wordsKnown: false, substringsKnown: false };
      byTables.set(tables, (known = { ...none, known: new Uint8Array(tables.asks.length) }));
    }
    return known;
  };
  const answers = (ask: number, tables: NeedTables): boolean => answer(ask, tables, answersOf(tables));
  const foundOf = (tables: NeedTables): Found => {
    const known = answersOf(tables);
    return { words: wordsIn(tables, known), substrings: same?.found(tables).substrings ?? substringsIn(tables, known) };
  };
  for (const [tables, { known }] of before?.answered ?? []) {
    const [was, is] = [before?.found(tables), foundOf(tables)];
    if (was === undefined || !isSame(was.words, is.words) || !isSame(was.substrings, is.substrings)) continue;
    const own = answersOf(tables).known;
    const alone = onFoundAlone(tables);
    for (let ask = 0; ask < own.length; ask++) if (alone[ask] === 1) own[ask] = known[ask] as number;
  }
  return {
    answers,
    answered: byTables,
    matching: regexes,
    holds: (ask, tables) => find(ask, tables, answersOf(tables)),
    holdsAny(substrings, tables) {
      const found = substringsIn(tables, answersOf(tables));
      return substrings.some((substring) => found[substring] === 1);
    },
    found: foundOf,
    satisfies(need, tables) {
      return answers(indexOfNeed(need, tables), tables);
    },
    lookAt(from, to) {
      start = from;
      end = to;
      stretch = lower = undefined;
      regexes.clear();
      for (const known of byTables.values()) {
        known.known.fill(UNKNOWN);
        if (known.wordsKnown) known.words?.fill(0);
        if (known.substringsKnown) known.substrings?.fill(0);
        known.wordsKnown = known.substringsKnown = false;
      }
    },
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}

const onFound = new WeakMap<NeedTables, Uint8Array>();

/** 1 for each ask whose answer hangs on which names and strings of the tables were found, and on nothing else. */
function onFoundAlone(tables: NeedTables): Uint8Array {
  let known = onFound.get(tables);
  if (known === undefined) {
    const own = new Uint8Array(tables.asks.length);
    // A part stands before what it is a part of.
    for (const [index, ask] of tables.asks.entries()) {
      const isPlain = ask.kind === 'word' || ask.kind === 'substring';
      if (isPlain || ((ask.kind === 'all' || ask.kind === 'any') && ask.parts.every((part) => own[part] === 1))) own[index] = 1;
    }
    onFound.set(tables, (known = own));
  }
  return known;
}

/** Whether it is found, or could not be looked for in bounded time. */
function mayContain(regex: TextRegex, text: string): boolean {
  const budget = { left: REGEX_STEPS };
  return regex.find(text, 0, budget) !== undefined || budget.left <= 0;
}

/** For names that are not plain words, such as `$state`. */
function containsName(units: Units, start: number, end: number, word: string, called: boolean): boolean {
  const spelled = toUnits(word);
  for (let at = indexOfUnits(units, spelled, start, end); at >= 0; at = indexOfUnits(units, spelled, at + 1, end)) {
    if (isWordAt(units, at, word.length) && (!called || isCalledOrRenamed(units, at, at + word.length))) return true;
  }
  return false;
}
