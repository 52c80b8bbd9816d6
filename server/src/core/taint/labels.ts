/**
 * Labels: whether taints satisfy a `requires`, and which taint a source makes of what has arrived. Inside a function the answer may depend on
 * what a caller brings: then it is undefined, and asked again at the call.
 */
import type { TaintRequires } from '../pack/rule.js';
import type { SourceSpec } from '../formula/compiled.js';
import { NO_TAINTS, sourceTaint, taintsOf, union, type SpecMatch, type Taint, type Taints } from './taints.js';

/** The label of a source that names none. */
export const DEFAULT_LABEL = '__SOURCE__';

/** @param settled what is given by an unknown caller counts as nothing */
export function satisfies(taints: Taints, requires: TaintRequires, settled: boolean): boolean | undefined {
  const sure = new Set<string>();
  const maybe = new Set<string>();
  let open = false;
  for (const taint of taints.values()) {
    if (taint.kind === 'given') open = true;
    else if (taint.condition === undefined) sure.add(taint.label);
    else {
      const holds = satisfies(taint.condition.incoming, taint.condition.requires, settled);
      if (holds === true) sure.add(taint.label);
      else if (holds === undefined) maybe.add(taint.label);
    }
  }
  const ask = (part: TaintRequires): boolean | undefined => {
    switch (part.kind) {
      case 'constant':
        return part.value;
      case 'label':
        if (sure.has(part.label)) return true;
        return maybe.has(part.label) || (open && !settled) ? undefined : false;
      case 'not': {
        const inner = ask(part.operand);
        return inner === undefined ? undefined : !inner;
      }
      case 'and': {
        const all = part.operands.map(ask);
        return all.includes(undefined) ? undefined : all.every(Boolean);
      }
      case 'or': {
        const all = part.operands.map(ask);
        return all.includes(undefined) ? undefined : all.some(Boolean);
      }
    }
  };
  return ask(requires);
}

function labelsIn(requires: TaintRequires): readonly string[] {
  switch (requires.kind) {
    case 'constant':
      return [];
    case 'label':
      return [requires.label];
    case 'not':
      return labelsIn(requires.operand);
    case 'and':
    case 'or':
      return requires.operands.flatMap(labelsIn);
  }
}

function relevant(taints: Taints, requires: TaintRequires): Taints {
  const labels = new Set(labelsIn(requires));
  return taintsOf([...taints.values()].filter((taint) => taint.kind === 'given' || labels.has(taint.label)));
}

/** One label may need another that is made here too: a few rounds settle it. */
const MAX_ROUNDS = 3;

/** The taints that sources make where `incoming` has arrived. */
export function taintsOfSources(matches: readonly SpecMatch<SourceSpec>[], incoming: Taints): Taints {
  let made: Taints = NO_TAINTS;
  let left = matches;
  for (let round = 0; round < MAX_ROUNDS && left.length > 0; round++) {
    const arrived = union(made, incoming);
    const rest: SpecMatch<SourceSpec>[] = [];
    const now: Taint[] = [];
    for (const match of left) {
      const { requires, label = DEFAULT_LABEL } = match.spec;
      if (requires === undefined) {
        now.push(sourceTaint(match, label, undefined));
        continue;
      }
      if (satisfies(relevant(arrived, requires), requires, false) === true) now.push(sourceTaint(match, label, undefined));
      else rest.push(match);
    }
    if (now.length === 0) break;
    made = union(made, taintsOf(now));
    left = rest;
  }
  // What depends on a caller is settled at the call.
  const arrived = union(made, incoming);
  const open = left.flatMap((match) => {
    const { requires, label = DEFAULT_LABEL } = match.spec;
    if (requires === undefined) return [];
    const concerned = relevant(arrived, requires);
    return satisfies(concerned, requires, false) === undefined ? [sourceTaint(match, label, { incoming: concerned, requires })] : [];
  });
  return union(made, taintsOf(open));
}

/** The taints under the label that a propagator gives them. */
export function relabelled(taints: Taints, label: string, replaced: readonly string[] | undefined): Taints {
  return taintsOf(
    [...taints.values()].map((taint) => {
      if (taint.kind === 'given') return { ...taint, key: `${taint.key}=${label} `, relabel: { label, replaced } };
      if (replaced !== undefined && !replaced.includes(taint.label)) return taint;
      return sourceTaint(taint.match, label, taint.condition, taint.steps);
    }),
  );
}
