/** Parameters that a constructor keeps as they are: `self.items = items`. */
import type { FunctionTerm, Key, Term } from './terms.js';

export interface KeptParameter {
  /** The part of the new object. */
  readonly key: Key;
  /** Of the parameter, from 0. */
  readonly index: number;
}

const known = new WeakMap<FunctionTerm, readonly KeptParameter[]>();

export function keptParameters(func: FunctionTerm): readonly KeptParameter[] {
  let kept = known.get(func);
  if (kept === undefined) known.set(func, (kept = findKept(func)));
  return kept;
}

function findKept({ self, parameters, body }: FunctionTerm): readonly KeptParameter[] {
  if (self === undefined || body.kind !== 'block') return [];
  const terms = body.terms.flatMap((term) => (term.kind === 'block' ? term.terms : [term]));
  return terms.flatMap((term): readonly KeptParameter[] => {
    if (term.kind !== 'assign' || term.target.kind !== 'place' || term.target.place.kind !== 'part') return [];
    const { object, key } = term.target.place;
    if (object.kind !== 'name' || object.variable !== self) return [];
    const value = withoutFallback(term.value);
    if (value?.kind !== 'name') return [];
    const index = parameters.findIndex(
      ({ target }) => target.kind === 'place' && target.place.kind === 'name' && target.place.variable === value.variable,
    );
    return index < 0 ? [] : [{ key, index }];
  });
}

/** `items or []` */
function withoutFallback(term: Term): Term | undefined {
  return term.kind === 'lazy' ? term.parts[0] : term;
}
