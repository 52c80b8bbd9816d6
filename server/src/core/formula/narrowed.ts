/**
 * Patterns whose matches must answer questions for themselves. `$CHECK($PATH, ...)` matches every call; with what a rule asks of `$CHECK` nearly none are left to be
 * joined with anything, or to be moved by an edit. What a question says hangs on the text of what is bound alone, so that it is asked once for each match.
 */
import type { Match } from '../matching/matcher.js';
import type { CompiledCondition, CompiledFormula, IndexedPattern, Narrowed, RegexCondition } from './compiled.js';
import { mayHold, type AskedOf } from './conditions.js';
import type { Rooted } from './kept.js';
import { metavariablesIn } from './metavariables.js';

/** Those that can be asked of a match alone. @param early indexes of conditions, as `earlyConditions` gives them */
export function questionsOf(early: readonly number[], conditions: readonly CompiledCondition[]): readonly RegexCondition[] {
  return early.flatMap((index) => {
    const condition = conditions[index];
    // What a name's value is, an edit elsewhere may change.
    return condition?.kind === 'regex' && !condition.constantPropagation ? [condition] : [];
  });
}

/**
 * A formula whose patterns are narrowed by the questions about names that they bind.
 * @param patterns what is new is added
 * @param known indexes of patterns by their keys
 */
export function narrowedBy(
  formula: CompiledFormula,
  questions: readonly RegexCondition[],
  patterns: IndexedPattern[],
  known: Map<string, number>,
): CompiledFormula {
  if (questions.length === 0) return formula;
  const narrow = (child: CompiledFormula): CompiledFormula => narrowedBy(child, questions, patterns, known);
  switch (formula.kind) {
    case 'pattern': {
      const bound = metavariablesIn([formula.index], patterns);
      const by = questions.filter(({ metavariable }) => bound.has(metavariable));
      return by.length === 0 ? formula : { kind: 'pattern', index: indexOfNarrowed(formula.index, by, patterns, known) };
    }
    case 'inside':
    case 'anywhere':
      return { kind: formula.kind, child: narrow(formula.child) };
    case 'or':
      return { kind: 'or', children: formula.children.map(narrow) };
    case 'and':
    case 'regex':
      return formula;
  }
}

function indexOfNarrowed(from: number, by: readonly RegexCondition[], patterns: IndexedPattern[], known: Map<string, number>): number {
  const key = `narrowed\0${from}\0${by.map(({ metavariable, regex }) => `${metavariable}\0${regex.source}`).join('\0')}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const index = patterns.length;
  patterns.push({ ...(patterns[from] as IndexedPattern), narrowed: { from, by } });
  known.set(key, index);
  return index;
}

/** Those of a pattern's matches that answer the questions. */
export function answering({ matches, roots }: Rooted, { by }: Narrowed, asked: AskedOf): Rooted {
  const kept: Match[] = [];
  const at: number[] = [];
  for (const [index, match] of matches.entries()) {
    if (!by.every((condition) => mayHold(condition, match.env, asked))) continue;
    kept.push(match);
    at.push(roots[index] as number);
  }
  return { matches: kept, roots: at };
}
