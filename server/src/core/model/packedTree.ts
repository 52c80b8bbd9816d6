/**
 * A lowered tree as plain data that another thread can take over: its columns in one buffer, and the operators and kinds that it names by their texts, since
 * every thread numbers those in its own way. `language/packed.ts` packs and unpacks it.
 */

export interface PackedTree {
  readonly grammar: string;
  /** UTF-16 code units of the text that it was made of; the text itself is not in it. */
  readonly length: number;
  /** Nodes. */
  readonly count: number;
  /** Operators, starts, ends, next nodes and parents, four bytes each, then tags and roles, one byte each. */
  readonly columns: ArrayBuffer;
  /** What the numbers in the column of operators stand for, from 1. */
  readonly ops: readonly string[];
  /** Start and end of each comment. */
  readonly comments: Uint32Array;
  readonly problems: readonly { readonly start: number; readonly end: number }[];
  readonly tooDeep: boolean;
}
