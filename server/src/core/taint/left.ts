/** What functions leave in objects and in the module, where others find it. */
import type { Summary } from './analysis.js';
import { Environment, type Cell } from './cells.js';
import type { Taints } from './taints.js';
import type { Key, Program, VariableId } from './terms.js';

/** What comes from sources, in a variable that outlives the function that put it there, or in a part of it. */
export interface Left {
  readonly variable: VariableId;
  readonly path: readonly Key[];
  readonly taints: Taints;
}

/** What a function leaves behind. */
export function leftIn({ writes }: Summary, program: Program): readonly Left[] {
  return writes.flatMap(({ origin, path, taints }) => {
    if (origin.kind !== 'variable' || (program.variableOwners[origin.variable] ?? -1) >= 0) return [];
    const own = fromSources(taints);
    return own.size === 0 ? [] : [{ variable: origin.variable, path, taints: own }];
  });
}

export function fromSources(taints: Taints): Taints {
  return new Map([...taints].filter(([, taint]) => taint.kind === 'source'));
}

/** Adds it to what is known of variables of the module. */
export function leave({ variable, path, taints }: Left, globals: Map<VariableId, Cell>): void {
  const env = new Environment();
  env.set(variable, globals.get(variable));
  env.add(variable, path, taints, undefined, undefined);
  const cell = env.cell(variable);
  if (cell !== undefined) globals.set(variable, cell);
}
