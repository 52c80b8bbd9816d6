/** What a rule file holds as plain data: what is written down where Countersign is built, and what one thread hands to others. */
import { once } from '../model/once.js';
import type { Range } from '../model/position.js';
import type { ReadRules } from '../model/session.js';
import type { ParsedRules } from '../pack/parse.js';
import type { Located, Rule, RuleBody } from '../pack/rule.js';
import { scalarPlaces } from '../pack/yaml.js';

export function plainRules({ rules, errors }: ParsedRules): ReadRules {
  const copies = new Map<object, object>();
  return {
    heads: withoutFunctions(rules, copies),
    bodies: withoutFunctions(
      rules.map((rule) => rule.body()),
      copies,
    ),
    errors,
  };
}

/** A copy without the functions that find places in a scalar. What was one object in a file, such as what a set of sources holds, stays one. */
function withoutFunctions(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  for (const [key, part] of Object.entries(value))
    if (typeof part !== 'function') Object.assign(copy, { [key]: withoutFunctions(part, copies) });
  return copy;
}

/** @param text of the file. Sets of sources are checked where the file was read. */
export function parsedFrom({ heads, bodies, errors }: ReadRules, text: string): ParsedRules {
  return { rules: rulesFrom(heads, () => bodies, text), sets: [], errors };
}

/**
 * The rules of a file from what was kept of it.
 * @param bodies what each of the heads looks for, in their order; asked for once, when somebody asks for one
 * @param text of the file, for places in its scalars; without it each is where its scalar begins
 */
export function rulesFrom(heads: unknown, bodies: () => unknown, text?: string): readonly Rule[] {
  const give = text === undefined ? giveRange : givePlaces(text);
  const all = once(() => located(bodies() as readonly RuleBody[], give));
  return located(heads as readonly Omit<Rule, 'body'>[], give).map((head, at): Rule => ({ ...head, body: () => all()[at] as RuleBody }));
}

type Give = (value: Omit<Located, 'locate'>) => void;

/** One function for all of the thousands: each asks the object that it is called on. */
const LOCATION: Pick<Located, 'locate'> & ThisType<Located> = {
  locate(): Range {
    return this.range;
  },
};

function giveRange(value: object): void {
  Object.assign(value, LOCATION);
}

function givePlaces(text: string): Give {
  const placeIn = scalarPlaces(text);
  const location: Pick<Located, 'locate'> & ThisType<Located> = {
    locate(offset) {
      return placeIn(this, offset);
    },
  };
  return (value) => void Object.assign(value, location);
}

function located<T>(value: T, give: Give, seen = new Set<object>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  if ('text' in value && 'range' in value) give(value as unknown as Omit<Located, 'locate'>);
  for (const part of Object.values(value)) located(part, give, seen);
  return value;
}
