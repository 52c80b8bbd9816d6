/**
 * What a file's text must contain for a rule to match anywhere in it: checked before anything is parsed. The shape of
 * the rule's formula is kept (all of, any of), so that a rule which asks for a call and for an import is passed over
 * where either is missing. An over-approximation: a rule is passed over only when it cannot match. One
 * exception: a longer string that a pattern spells out, or a word of its `"=~/.../"`, must stand in the
 * file in one piece.
 */
import { compileRegex, type TextRegex } from '../model/regex.js';
import type { Pattern, RequiredName } from '../pattern/pattern.js';
import type { CompiledCondition, CompiledFormula, IndexedPattern } from './compiled.js';
import { containedIn, foundWith, needOfExpression, quotedIn, wholeIn, type Literal, type RegexNeed } from './regexLiterals.js';
import { namesOfRegex, stringsOfRegex } from './regexStrings.js';

export type Need =
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'regex'; readonly regex: TextRegex }
  /** Of a part of a file: a variable that is assigned in a scope around the part may bring it in. */
  | { readonly kind: 'visible'; readonly need: Need }
  | { readonly kind: 'all'; readonly needs: readonly Need[] }
  | { readonly kind: 'any'; readonly needs: readonly Need[] };

/** Shorter strings may well be built from pieces. */
const MIN_STRING = 4;

/** What every text has. */
export const NOTHING: Need = { kind: 'all', needs: [] };

/** @param regexes ask the rule's regular expressions themselves too, not only for words they contain */
export function needOf(formula: CompiledFormula, patterns: readonly IndexedPattern[], regexes: boolean): Need {
  switch (formula.kind) {
    case 'pattern': {
      const pattern = patterns[formula.index]?.pattern;
      const names = (pattern?.names ?? []).map((name): Need => ({ kind: 'literal', literal: literalOf(name) }));
      return allOf([...names, ...(pattern === undefined ? [] : needsOfStrings(pattern))]);
    }
    case 'regex':
      return regexes ? allOf([needOfRegex(formula.regex), needOfMatch(formula.regex)]) : needOfRegex(formula.regex);
    case 'inside':
    case 'anywhere':
      return needOf(formula.child, patterns, regexes);
    case 'and':
      return allOf([
        ...formula.positive.map((child) => needOf(child, patterns, regexes)),
        ...formula.conditions.map((condition) => needOfCondition(condition, patterns, bindsWholeParts(formula.positive, patterns))),
      ]);
    case 'or':
      return anyOf(formula.children.map((child) => needOf(child, patterns, regexes)));
  }
}

/** What the strings that a pattern spells out, or describes, need. */
export function needsOfStrings(pattern: Pattern): readonly Need[] {
  const strings = pattern.strings
    .filter((text) => text.length >= MIN_STRING)
    .map((text): Need => (pattern.quotedStrings ? anyOf(QUOTES.map((quote) => partNeed(quote + text + quote))) : partNeed(text)));
  return [
    ...strings,
    ...pattern.stringRegexes.flatMap((regex) => [
      needOfRegex(regex),
      needOfSource(pattern.quotedStrings ? quotedIn(regex.source) : undefined),
    ]),
  ];
}

const QUOTES = ['"', "'", '`'];

function partNeed(text: string): Need {
  return { kind: 'literal', literal: { kind: 'part', text } };
}

function literalOf(name: RequiredName): Literal {
  return { kind: name.called ? 'called' : 'word', text: name.text };
}

/**
 * What a metavariable is bound to stands in the file; constants that are computed do not.
 * @param apart whether no letter touches what a metavariable is bound to: see `bindsWholeParts`
 */
export function needOfCondition(condition: CompiledCondition, patterns: readonly IndexedPattern[], apart: boolean): Need {
  if (condition.kind === 'regex') {
    if (condition.constantPropagation) return NOTHING;
    // A string may be built from pieces: only its words, each in one piece.
    if (condition.onString) return needOfRegex(condition.regex);
    const names = namesOfRegex(condition.regex.source);
    if (names !== undefined) return anyOf(names.map((text): Need => ({ kind: 'literal', literal: { kind: 'word', text } })));
    return allOf([needOfRegex(condition.regex), needOfSource((apart ? wholeIn : containedIn)(condition.regex.source))]);
  }
  if (condition.kind === 'pattern' && condition.other === undefined) return needOf(condition.formula, patterns, false);
  return NOTHING;
}

/** Whether metavariables are bound by patterns only, of a language whose parts are told apart by more than where they begin. */
export function bindsWholeParts(formulas: readonly CompiledFormula[], patterns: readonly IndexedPattern[]): boolean {
  return formulas.every((formula) => {
    switch (formula.kind) {
      case 'pattern':
        return patterns[formula.index]?.pattern.plainTokens === true;
      case 'regex':
        return false;
      case 'inside':
      case 'anywhere':
        return bindsWholeParts([formula.child], patterns);
      case 'or':
        return bindsWholeParts(formula.children, patterns);
      case 'and':
        return bindsWholeParts(formula.positive, patterns);
    }
  });
}

/** A match of the expression itself. */
function needOfMatch(regex: TextRegex): Need {
  const { source, multiline } = foundWith(regex.source, regex.multiline);
  if (source === regex.source) return { kind: 'regex', regex };
  const compiled = compileRegex(source, multiline, /^\(\?[a-z]*s/.test(source));
  return { kind: 'regex', regex: 'error' in compiled ? regex : compiled.regex };
}

function needOfSource(source: string | undefined): Need {
  if (source === undefined) return NOTHING;
  const strings = stringsOfRegex(source);
  if (strings !== undefined) return anyOf(strings.map(partNeed));
  const compiled = compileRegex(source, false, true);
  return 'error' in compiled ? NOTHING : { kind: 'regex', regex: compiled.regex };
}

/** The same expressions are asked of comments and of code, and by several rules; one object for them is one question. */
const needsOfRegexes = new Map<string, Need>();
const MAX_KNOWN = 5_000;

function needOfRegex({ source }: TextRegex): Need {
  let need = needsOfRegexes.get(source);
  if (need === undefined) {
    need = needOfShape(needOfExpression(source));
    if (needsOfRegexes.size >= MAX_KNOWN) needsOfRegexes.clear();
    needsOfRegexes.set(source, need);
  }
  return need;
}

function needOfShape(need: RegexNeed): Need {
  if (need.kind === 'strings') return anyOf(need.anyOf.map((text): Need => ({ kind: 'literal', literal: { kind: 'folded', text } })));
  return (need.kind === 'all' ? allOf : anyOf)(need.needs.map(needOfShape));
}

export function allOf(needs: readonly Need[]): Need {
  const flat = needs.flatMap((need) => (need.kind === 'all' ? need.needs : [need]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: 'all', needs: flat };
}

export function anyOf(needs: readonly Need[]): Need {
  // One alternative that needs nothing makes the whole need nothing.
  if (needs.some((need) => need.kind === 'all' && need.needs.length === 0)) return NOTHING;
  const [only] = needs;
  return needs.length === 1 && only !== undefined ? only : { kind: 'any', needs };
}
