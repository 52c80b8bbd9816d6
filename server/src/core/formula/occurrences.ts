/** Where names occur in a text as whole words: all names of a table in one pass, others when asked. */
import { firstAtLeast } from '../model/sorted.js';
import type { ReadText } from './readText.js';
import type { Units } from './units.js';
import { isWordAt, positionsOf, type WordTable } from './words.js';

export interface Occurrences {
  /** Ascending. */
  of(name: string): readonly number[];
  /** Whether the name lies inside `[start, end)`. */
  within(name: string, start: number, end: number): boolean;
}

/** @param code the text's units with spaces where no name of the program stands */
export function createOccurrences(read: ReadText, table: WordTable, code: Units = read.units): Occurrences {
  let positions: (number[] | undefined)[] | undefined;
  const others = new Map<string, number[]>();
  const of = (name: string): readonly number[] => {
    const index = table.indexes.get(name);
    if (index !== undefined) return (positions ??= positionsOf(read.hits(table), code))[index] ?? [];
    let list = others.get(name);
    if (list === undefined) {
      list = [];
      const { text, units } = read;
      // Found in the text itself, which is sooner done; what no name of the program is, is blank in its code.
      for (let at = name === '' ? -1 : text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
        if (code[at] === units[at] && isWordAt(code, at, name.length)) list.push(at);
      others.set(name, list);
    }
    return list;
  };
  return { of, within: (name, start, end) => anyWithin(of(name), start, end - name.length) };
}

/** Whether an ascending list has a number in `[first, last]`. */
export function anyWithin(list: readonly number[], first: number, last: number): boolean {
  const at = firstAtLeast(list, first);
  return at < list.length && (list[at] as number) <= last;
}
