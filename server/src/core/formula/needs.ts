/**
 * What a file's text must contain for a rule to match anywhere in it: checked before anything is parsed. The shape of
 * the rule's formula is kept (all of, any of), so that a rule which asks for a call and for an import is passed over
 * where either is missing. An over-approximation: a rule is passed over only when it cannot match. One
 * exception: a longer string that a pattern spells out, or a word of its `"=~/.../"`, must stand in the
 * file in one piece.
 */
import { compileRegex, REGEX_STEPS, type TextRegex } from '../model/regex.js';
import type { RequiredName } from '../pattern/pattern.js';
import type { CompiledCondition, CompiledFormula, IndexedPattern } from './compiled.js';
import { clausesOfRegex, containedIn, quotedIn, type Literal } from './regexLiterals.js';
import { createSubstringTable, findSubstrings, type SubstringTable } from './substrings.js';
import { createWordTable, findWords, isCalledOrRenamed, isWordAt, wasSeen, type WordTable } from './words.js';

export type Need =
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'regex'; readonly regex: TextRegex }
  | { readonly kind: 'all'; readonly needs: readonly Need[] }
  | { readonly kind: 'any'; readonly needs: readonly Need[] };

/** Shorter strings may well be built from pieces. */
const MIN_STRING = 6;

const NOTHING: Need = { kind: 'all', needs: [] };

/** @param regexes ask the rule's regular expressions themselves too, not only for words they contain */
export function needOf(formula: CompiledFormula, patterns: readonly IndexedPattern[], regexes: boolean): Need {
  switch (formula.kind) {
    case 'pattern': {
      const pattern = patterns[formula.index]?.pattern;
      const names = (pattern?.names ?? []).map((name): Need => ({ kind: 'literal', literal: literalOf(name) }));
      const strings = (pattern?.strings ?? [])
        .filter((text) => text.length >= MIN_STRING)
        .map((text): Need => ({ kind: 'literal', literal: { kind: 'part', text } }));
      return all([
        ...names,
        ...strings,
        ...(pattern?.stringRegexes ?? []).flatMap((regex) => [
          needOfRegex(regex),
          needOfSource(pattern?.quotedStrings === true ? quotedIn(regex.source) : undefined),
        ]),
      ]);
    }
    case 'regex':
      return regexes ? all([needOfRegex(formula.regex), { kind: 'regex', regex: formula.regex }]) : needOfRegex(formula.regex);
    case 'inside':
    case 'anywhere':
      return needOf(formula.child, patterns, regexes);
    case 'and':
      return all([
        ...formula.positive.map((child) => needOf(child, patterns, regexes)),
        ...formula.conditions.map((condition) => needOfCondition(condition, patterns)),
      ]);
    case 'or':
      return any(formula.children.map((child) => needOf(child, patterns, regexes)));
  }
}

function literalOf(name: RequiredName): Literal {
  return { kind: name.called ? 'called' : 'word', text: name.text };
}

/** What a metavariable is bound to stands in the file; constants that are computed do not. */
function needOfCondition(condition: CompiledCondition, patterns: readonly IndexedPattern[]): Need {
  if (condition.kind === 'regex') {
    if (condition.constantPropagation || condition.onString) return NOTHING;
    return all([needOfRegex(condition.regex), needOfSource(containedIn(condition.regex.source))]);
  }
  if (condition.kind === 'pattern' && condition.other === undefined) return needOf(condition.formula, patterns, false);
  return NOTHING;
}

function needOfSource(source: string | undefined): Need {
  const compiled = source === undefined ? undefined : compileRegex(source, false);
  return compiled === undefined || 'error' in compiled ? NOTHING : { kind: 'regex', regex: compiled.regex };
}

function needOfRegex(regex: TextRegex): Need {
  return all(clausesOfRegex(regex.source).map((clause) => any(clause.map((literal) => ({ kind: 'literal', literal })))));
}

function all(needs: readonly Need[]): Need {
  const flat = needs.flatMap((need) => (need.kind === 'all' ? need.needs : [need]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: 'all', needs: flat };
}

function any(needs: readonly Need[]): Need {
  // One alternative that needs nothing makes the whole need nothing.
  if (needs.some((need) => need.kind === 'all' && need.needs.length === 0)) return NOTHING;
  const [only] = needs;
  return needs.length === 1 && only !== undefined ? only : { kind: 'any', needs };
}

/** What a set of rules may ask of a text, prepared so that one pass each answers all of it. */
export interface NeedTables {
  readonly words: WordTable;
  readonly substrings: SubstringTable;
}

export function createNeedTables(needs: readonly Need[]): NeedTables {
  const literals = needs.flatMap(literalsOf);
  const isName = (literal: Literal): boolean => literal.kind === 'word' || literal.kind === 'called';
  return {
    words: createWordTable(literals.filter(isName).map((literal) => literal.text)),
    substrings: createSubstringTable(literals.filter((literal) => !isName(literal)).map((literal) => literal.text)),
  };
}

function literalsOf(need: Need): readonly Literal[] {
  switch (need.kind) {
    case 'literal':
      return [need.literal];
    case 'regex':
      return [];
    case 'all':
    case 'any':
      return need.needs.flatMap(literalsOf);
  }
}

/** Answers for one text; each table is looked up, and each regular expression run, at most once. */
export interface TextIndex {
  satisfies(need: Need, tables: NeedTables): boolean;
}

export function createTextIndex(text: string): TextIndex {
  const words = new Map<WordTable, Uint8Array>();
  const substrings = new Map<SubstringTable, Uint8Array>();
  const regexes = new Map<string, boolean>();
  const once = <K, V>(known: Map<K, V>, key: K, make: () => V): V => {
    let value = known.get(key);
    if (value === undefined) {
      value = make();
      known.set(key, value);
    }
    return value;
  };
  const contains = (literal: Literal, tables: NeedTables): boolean => {
    if (literal.kind === 'word' || literal.kind === 'called') {
      const called = literal.kind === 'called';
      const index = tables.words.indexes.get(literal.text);
      if (index === undefined) return containsName(text, literal.text, called);
      return wasSeen(once(words, tables.words, () => findWords(text, tables.words))[index] as number, called);
    }
    const index = tables.substrings.indexes.get(literal.text.toLowerCase());
    // Not ASCII: rare enough to look for it by itself.
    if (index === undefined) return text.toLowerCase().includes(literal.text.toLowerCase());
    return once(substrings, tables.substrings, () => findSubstrings(text, tables.substrings))[index] === 1;
  };
  const satisfies = (need: Need, tables: NeedTables): boolean => {
    switch (need.kind) {
      case 'literal':
        return contains(need.literal, tables);
      case 'regex':
        return once(regexes, need.regex.source, () => mayContain(need.regex, text));
      case 'all':
        return need.needs.every((part) => satisfies(part, tables));
      case 'any':
        return need.needs.some((part) => satisfies(part, tables));
    }
  };
  return { satisfies };
}

/** Whether it is found, or could not be looked for in bounded time. */
function mayContain(regex: TextRegex, text: string): boolean {
  const budget = { left: REGEX_STEPS };
  return regex.find(text, 0, budget) !== undefined || budget.left <= 0;
}

/** For names that are not plain words, such as `$state`. */
function containsName(text: string, word: string, called: boolean): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isWordAt(text, at, word.length) && (!called || isCalledOrRenamed(text, at + word.length))) return true;
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
