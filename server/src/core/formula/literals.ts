/**
 * What a file's text must contain for a rule to match anywhere in it: checked before anything is parsed. Only ever an
 * over-approximation: a rule is passed over only when it cannot match.
 */
import type { CompiledFormula, IndexedPattern } from './program.js';

/** All clauses must hold; a clause holds when one of its strings occurs in the text. */
export type Clauses = readonly (readonly string[])[];

export function clausesOf(formula: CompiledFormula, patterns: readonly IndexedPattern[]): Clauses {
  switch (formula.kind) {
    case 'pattern':
      return (patterns[formula.index]?.pattern.literals ?? []).map((literal) => [literal]);
    case 'regex': {
      const literal = literalOfRegex(formula.regex.source);
      return literal === undefined ? [] : [[literal]];
    }
    case 'inside':
      return clausesOf(formula.child, patterns);
    case 'and':
      return unique(formula.positive.flatMap((child) => clausesOf(child, patterns)));
    case 'or': {
      const best: string[] = [];
      for (const child of formula.children) {
        const clauses = clausesOf(child, patterns);
        // The most selective clause of each alternative: fewest strings, then the longest.
        const chosen = clauses.toSorted((a, b) => a.length - b.length || (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0];
        if (chosen === undefined) return [];
        best.push(...chosen);
      }
      return [[...new Set(best)]];
    }
  }
}

function unique(clauses: Clauses): Clauses {
  const seen = new Map(clauses.map((clause) => [clause.join('\0'), clause]));
  return [...seen.values()];
}

/** Whether `text` satisfies the clauses. `known` remembers look-ups of this text across rules. */
export function mayContain(text: string, clauses: Clauses, known: Map<string, boolean>): boolean {
  return clauses.every((clause) =>
    clause.some((literal) => {
      let found = known.get(literal);
      if (found === undefined) {
        found = text.includes(literal);
        known.set(literal, found);
      }
      return found;
    }),
  );
}

/** The longest run of plain characters that every match must contain, or undefined. */
export function literalOfRegex(source: string): string | undefined {
  if (/^\(\?[a-z]*i/.test(source)) return undefined;
  let best = '';
  let run = '';
  const flush = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string;
    if (c === '|' && depth === 0) return undefined;
    if (c === '(') {
      depth++;
      flush();
    } else if (c === ')') depth--;
    else if (c === '[') {
      const close = source.indexOf(']', i + 2);
      if (close < 0) return undefined;
      i = close;
      flush();
    } else if (c === '\\') {
      const next = source[i + 1] ?? '';
      i++;
      if (depth === 0 && /[^A-Za-z0-9]/.test(next) && !/^[?*{]/.test(source.slice(i + 1))) run += next;
      else flush();
    } else if (/[.^$*+?{}]/.test(c)) {
      // A quantifier makes the character before it optional or repeated.
      if (c === '*' || c === '?' || c === '{') run = run.slice(0, -1);
      flush();
      if (c === '{') i = Math.max(i, source.indexOf('}', i));
    } else if (depth === 0) run += c;
    else flush();
  }
  flush();
  return best.length >= 3 ? best : undefined;
}
