/**
 * What a file's text must contain for a rule to match anywhere in it: checked before anything is parsed. The shape of
 * the rule's formula is kept (all of, any of), so that a rule which asks for a call and for an import is passed over
 * where either is missing. An over-approximation: a rule is passed over only when it cannot match. One exception, which
 * Semgrep's own filter shares: a longer string that a pattern spells out, or a word of its `"=~/.../"`, must stand in the
 * file in one piece.
 */
import { compileRegex, type TextRegex } from '../model/regex.js';
import type { RequiredName } from '../pattern/pattern.js';
import type { CompiledCondition, CompiledFormula, IndexedPattern } from './compiled.js';
import { clausesOfRegex, containedIn, type Literal } from './regexLiterals.js';
import { findWords, isCalledOrRenamed, isWordAt, wasSeen, type WordTable } from './words.js';

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
      return all([...names, ...strings, ...(pattern?.stringRegexes ?? []).map(needOfRegex)]);
    }
    case 'regex':
      return regexes ? all([needOfRegex(formula.regex), { kind: 'regex', regex: formula.regex }]) : needOfRegex(formula.regex);
    case 'inside':
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
    const source = containedIn(condition.regex.source);
    const compiled = source === undefined ? undefined : compileRegex(source, false);
    const contained: Need = compiled === undefined || 'error' in compiled ? NOTHING : { kind: 'regex', regex: compiled.regex };
    return all([needOfRegex(condition.regex), contained]);
  }
  if (condition.kind === 'pattern' && condition.other === undefined) return needOf(condition.formula, patterns, false);
  return NOTHING;
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

/** Answers for one text, each question once however many rules ask it. */
export interface TextIndex {
  satisfies(need: Need): boolean;
}

/** @param table the names that will be asked for; others are looked for one by one */
export function createTextIndex(text: string, table?: WordTable): TextIndex {
  const literals = new Map<string, boolean>();
  const regexes = new Map<string, boolean>();
  let folded: string | undefined;
  let words: Uint8Array | undefined;
  const contains = (literal: Literal): boolean => {
    if (table !== undefined && (literal.kind === 'word' || literal.kind === 'called')) {
      const index = table.indexes.get(literal.text);
      if (index !== undefined) return wasSeen((words ??= findWords(text, table))[index] as number, literal.kind === 'called');
    }
    const id = `${literal.kind[0] ?? ''}${literal.text}`;
    let found = literals.get(id);
    if (found === undefined) {
      switch (literal.kind) {
        case 'word':
        case 'called':
          found = containsName(text, literal.text, literal.kind === 'called');
          break;
        case 'part':
          found = text.includes(literal.text);
          break;
        case 'folded':
          found = (folded ??= text.toLowerCase()).includes(literal.text);
      }
      literals.set(id, found);
    }
    return found;
  };
  const satisfies = (need: Need): boolean => {
    switch (need.kind) {
      case 'literal':
        return contains(need.literal);
      case 'regex': {
        let found = regexes.get(need.regex.source);
        if (found === undefined) {
          found = need.regex.find(text, 0) !== undefined;
          regexes.set(need.regex.source, found);
        }
        return found;
      }
      case 'all':
        return need.needs.every(satisfies);
      case 'any':
        return need.needs.some(satisfies);
    }
  };
  return { satisfies };
}

/** For names that are not plain words, such as `$state`. */
function containsName(text: string, word: string, called: boolean): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isWordAt(text, at, word.length) && (!called || isCalledOrRenamed(text, at + word.length))) return true;
  }
  return false;
}

/** Names that a need asks for. */
export function wordsOf(need: Need): string[] {
  switch (need.kind) {
    case 'literal':
      return need.literal.kind === 'word' || need.literal.kind === 'called' ? [need.literal.text] : [];
    case 'regex':
      return [];
    case 'all':
    case 'any':
      return need.needs.flatMap(wordsOf);
  }
}

/**
 * Whether a rule over text could match somewhere in `text`: its positive regular expressions must. For rules about
 * comments, asked of the whole file before it is parsed.
 */
export function mayMatchText(formula: CompiledFormula, text: string): boolean {
  switch (formula.kind) {
    case 'regex':
      return formula.regex.find(text, 0) !== undefined;
    case 'or':
      return formula.children.some((child) => mayMatchText(child, text));
    case 'and':
      return formula.positive.every((child) => mayMatchText(child, text));
    case 'inside':
      return mayMatchText(formula.child, text);
    case 'pattern':
      return true;
  }
}
