/**
 * Asks a text what rules need (`needs.ts`): names and strings of all rules are looked for in one pass each, each regular
 * expression is run at most once, and parts that several rules share are answered once.
 */
import { REGEX_STEPS, type TextRegex } from '../model/regex.js';
import type { CompiledFormula } from './compiled.js';
import type { Literal } from './regexLiterals.js';
import type { Need } from './needs.js';
import { createSubstringTable, findSubstrings, type SubstringTable } from './substrings.js';
import { createWordTable, findWords, isCalledOrRenamed, isWordAt, wasSeen, type WordTable } from './words.js';

/** What a set of rules may ask of a text, prepared. */
export interface NeedTables {
  readonly words: WordTable;
  readonly substrings: SubstringTable;
  /** Every need and every part of one, equal ones once. */
  readonly asks: readonly Ask[];
  /** Need -> index in `asks`. */
  readonly indexes: ReadonlyMap<Need, number>;
}

type Ask =
  | { readonly kind: 'word'; readonly index: number; readonly called: boolean; readonly text: string }
  | { readonly kind: 'odd-word'; readonly called: boolean; readonly text: string }
  | { readonly kind: 'substring'; readonly index: number; readonly text: string }
  | { readonly kind: 'odd-substring'; readonly text: string }
  | { readonly kind: 'regex'; readonly regex: TextRegex }
  | { readonly kind: 'visible'; readonly part: number }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly number[] };

export function createNeedTables(needs: readonly Need[]): NeedTables {
  const literals = needs.flatMap(literalsOf);
  const isName = (literal: Literal): boolean => literal.kind === 'word' || literal.kind === 'called';
  const words = createWordTable(literals.filter(isName).map((literal) => literal.text));
  const substrings = createSubstringTable(literals.filter((literal) => !isName(literal)).map((literal) => literal.text));
  const asks: Ask[] = [];
  const indexes = new Map<Need, number>();
  const known = new Map<string, number>();
  const add = (need: Need): number => {
    const [key, ask] = askOf(need);
    let index = known.get(key);
    if (index === undefined) {
      index = asks.length;
      asks.push(ask);
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
        const parts = [...new Set(need.needs.map(add))];
        return [`${need.kind} ${parts.join(' ')}`, { kind: need.kind, parts }];
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

/** Answers for one text. */
export interface TextIndex {
  /** @param need one of those the tables were made for */
  satisfies(need: Need, tables: NeedTables): boolean;
  /** As `satisfies`, by index in the tables. */
  answers(ask: number, tables: NeedTables): boolean;
  /** Whether a name stands in the text as a whole word. */
  hasWord(name: string): boolean;
}

const UNKNOWN = 0;
const YES = 1;
const NO = 2;

interface Answers {
  /** Each looked for when first asked. */
  words: Uint8Array | undefined;
  substrings: Uint8Array | undefined;
  /** By index of `asks`. */
  readonly known: Uint8Array;
}

interface Known {
  /** The text with spaces where no name of the program stands: names are looked for here. */
  readonly code?: string;
  /** Names under which this text may speak of a name. */
  readonly aliases?: ReadonlyMap<string, readonly string[]>;
  /** Of the text around this one, whose variables are visible here. */
  readonly around?: TextIndex;
}

export function createTextIndex(text: string, { code = text, aliases, around }: Known = {}): TextIndex {
  const byTables = new Map<NeedTables, Answers>();
  const regexes = new Map<string, boolean>();
  let lower: string | undefined;
  const hasAlias = (name: string): boolean => aliases?.get(name)?.some((alias) => containsName(code, alias, false)) === true;

  const answer = (index: number, tables: NeedTables, answers: Answers): boolean => {
    const known = answers.known[index];
    if (known !== UNKNOWN) return known === YES;
    const yes = find(tables.asks[index] as Ask, tables, answers);
    answers.known[index] = yes ? YES : NO;
    return yes;
  };
  const find = (ask: Ask, tables: NeedTables, answers: Answers): boolean => {
    switch (ask.kind) {
      case 'word':
        answers.words ??= findWords(code, tables.words);
        return wasSeen(answers.words[ask.index] as number, ask.called) || hasAlias(ask.text);
      case 'odd-word':
        return containsName(code, ask.text, ask.called) || hasAlias(ask.text);
      case 'substring':
        answers.substrings ??= findSubstrings(text, tables.substrings);
        return answers.substrings[ask.index] === 1;
      case 'odd-substring':
        // Not ASCII: rare enough to look for it by itself.
        return (lower ??= text.toLowerCase()).includes(ask.text);
      case 'regex': {
        // Programs for several languages may ask the same of one text.
        let found = regexes.get(ask.regex.source);
        if (found === undefined) {
          found = mayContain(ask.regex, text);
          regexes.set(ask.regex.source, found);
        }
        return found;
      }
      case 'visible':
        return answer(ask.part, tables, answers) || around?.answers(ask.part, tables) === true;
      case 'all':
        for (const part of ask.parts) if (!answer(part, tables, answers)) return false;
        return true;
      case 'any':
        for (const part of ask.parts) if (answer(part, tables, answers)) return true;
        return false;
    }
  };
  const answers = (ask: number, tables: NeedTables): boolean => {
    let known = byTables.get(tables);
    if (known === undefined) {
      known = { words: undefined, substrings: undefined, known: new Uint8Array(tables.asks.length) };
      byTables.set(tables, known);
    }
    return answer(ask, tables, known);
  };
  return {
    answers,
    satisfies(need, tables) {
      const index = tables.indexes.get(need);
      if (index === undefined) throw new Error('a need that these tables were not made for');
      return answers(index, tables);
    },
    hasWord: (name) => containsName(code, name, false),
  };
}

/** Whether it is found, or could not be looked for in bounded time. */
function mayContain(regex: TextRegex, text: string): boolean {
  const budget = { left: REGEX_STEPS };
  return regex.find(text, 0, budget) !== undefined || budget.left <= 0;
}

/** For names that are not plain words, such as `$state`. */
function containsName(text: string, word: string, called: boolean): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isWordAt(text, at, word.length) && (!called || isCalledOrRenamed(text, at, at + word.length))) return true;
  }
  return false;
}

/**
 * Whether a rule over text could match somewhere in `text`: its positive regular expressions must. For rules about
 * comments, asked of the whole file before it is parsed.
 */
export function mayMatchText(formula: CompiledFormula, text: string): boolean {
  switch (formula.kind) {
    case 'regex':
      return mayContain(formula.regex, text);
    case 'or':
      return formula.children.some((child) => mayMatchText(child, text));
    case 'and':
      return formula.positive.every((child) => mayMatchText(child, text));
    case 'inside':
    case 'anywhere':
      return mayMatchText(formula.child, text);
    case 'pattern':
      return true;
  }
}
