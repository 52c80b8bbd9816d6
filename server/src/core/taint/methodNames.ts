/**
 * What functions that are not known give, by their names. A method, of its object: `agent.get_folder()` has nothing to do with `agent.messages`, `agent.get_messages()` has.
 * Any other method may give all there is.
 */
import { allTaints, type Cell } from './cells.js';
import { union, type Taints } from './taints.js';
import type { Key } from './terms.js';

/** Before the name of a method that reads, where it stands for what it gives. */
const GIVEN_BY = '(';

/** The part of an object that a method stands for; undefined where it may be all of it. */
export function methodKey(key: Key): Key | undefined {
  const [verb, ...rest] = wordsOf(key);
  return verb === 'get' && rest.length > 0 ? `${GIVEN_BY}${key.slice(1)}` : undefined;
}

export function isMethodKey(key: Key): boolean {
  return key.startsWith(GIVEN_BY);
}

/** What was put into the object, and members that share a word with the method. */
export function givenByMethod(taints: Taints, parts: ReadonlyMap<Key, Cell> | undefined, method: Key): Taints {
  const words = wordsOf(method);
  let given = taints;
  for (const [key, cell] of parts ?? [])
    if (!key.startsWith('.') || wordsOf(key).some((word) => words.includes(word))) given = union(given, allTaints(cell));
  return given;
}

/** Whether a function says by its name that it counts: `count_tokens`, `get_num_tokens`, `tokenCount`. */
export function givesNumber(name: string): boolean {
  const words = wordsOf(name);
  const [first, second] = words;
  // `num_to_text`.
  if (words.includes('to')) return false;
  return isCounting(first) || (first === 'get' && isCounting(second)) || words.at(-1) === 'count';
}

function isCounting(word: string | undefined): boolean {
  return word === 'count' || word === 'num';
}

/** `.getLastMessages` and `.last_message` have two words in common. */
function wordsOf(key: string): readonly string[] {
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/s$/, ''));
}
