/** A text as it is read for what rules need, once for all that ask: its units, and where the names of a set of rules stand in it. */
import { findSubstrings, type SubstringTable } from './substrings.js';
import { toUnits, type Units } from './units.js';
import { findHits, type WordHits, type WordTable } from './words.js';

export interface ReadText {
  readonly text: string;
  readonly units: Units;
  hits(table: WordTable): WordHits;
  /** 1 for each string of the table that occurs. */
  substrings(table: SubstringTable): Uint8Array;
}

/** @param units the text's, where they are known already */
export function readText(text: string, units: Units = toUnits(text)): ReadText {
  const known = new Map<WordTable, WordHits>();
  return {
    text,
    units,
    hits(table) {
      let hits = known.get(table);
      if (hits === undefined) known.set(table, (hits = findHits(units, table)));
      return hits;
    },
    substrings(table) {
      const found = new Uint8Array(table.indexes.size);
      findSubstrings(units, 0, units.length, table, found);
      return found;
    },
  };
}
