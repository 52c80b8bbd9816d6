/** Which metavariables formulas bind, and which questions about them may be asked before all of a conjunction is known. */
import type { PatternNode } from '../pattern/pattern.js';
import type { CompiledCondition, CompiledFormula, IndexedPattern } from './compiled.js';

/** What patterns may bind, by their indexes; not those of the generic language. */
export function metavariablesIn(indexes: Iterable<number>, patterns: readonly IndexedPattern[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: PatternNode): void => {
    switch (node.kind) {
      case 'metavariable':
        names.add(node.name);
        if (node.type !== undefined) visit(node.type);
        break;
      case 'ellipsis-metavariable':
        names.add(node.name);
        break;
      case 'deep':
      case 'chain':
        visit(node.child);
        break;
      case 'string':
        if (node.content.kind === 'metavariable') names.add(node.content.name);
        break;
      case 'node':
        node.children.forEach(visit);
        node.group?.forEach(visit);
        break;
      case 'ellipsis':
      case 'ident':
        break;
    }
  };
  for (const index of indexes) patterns[index]?.pattern.items.forEach(visit);
  return names;
}

/**
 * For each part of a conjunction the conditions, as indexes, that hang on a name which this part alone binds: where one does not hold of a range of the part, it
 * holds of nothing that the range is joined with.
 */
export function earlyConditions(
  positive: readonly CompiledFormula[],
  conditions: readonly CompiledCondition[],
  patterns: readonly IndexedPattern[],
): readonly (readonly number[])[] {
  const binds = positive.map((child) => boundBy(child, patterns));
  if (binds.includes(undefined)) return positive.map(() => []);
  return binds.map((own, at) =>
    conditions.flatMap((condition, index) => {
      // Groups of expressions are bound by what holds.
      if (condition.kind !== 'regex' || condition.regex.groupCount > 0 || /^\$\d/.test(condition.metavariable)) return [];
      const others = binds.some((other, place) => place !== at && other?.has(condition.metavariable) === true);
      return own?.has(condition.metavariable) === true && !others ? [index] : [];
    }),
  );
}

/** Undefined where it is not known. */
function boundBy(formula: CompiledFormula, patterns: readonly IndexedPattern[]): ReadonlySet<string> | undefined {
  switch (formula.kind) {
    case 'pattern':
      return patterns[formula.index]?.pattern.items.some((item) => item.kind === 'node' && item.words !== undefined) === true
        ? undefined
        : metavariablesIn([formula.index], patterns);
    case 'regex':
      return new Set();
    case 'inside':
    case 'anywhere':
      return boundBy(formula.child, patterns);
    case 'or':
      return union(formula.children.map((child) => boundBy(child, patterns)));
    case 'and': {
      const asked = formula.conditions.map((condition) => {
        if (condition.kind !== 'pattern') return new Set<string>();
        return condition.other === undefined ? boundBy(condition.formula, patterns) : undefined;
      });
      const named = new Set(formula.as === undefined ? [] : [formula.as]);
      return union([named, ...asked, ...formula.positive.map((child) => boundBy(child, patterns))]);
    }
  }
}

function union(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const name of set) all.add(name);
  }
  return all;
}
