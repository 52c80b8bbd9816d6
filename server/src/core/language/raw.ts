/**
 * What a parser hands to core: a concrete syntax tree flattened into typed arrays, in preorder. Core never sees
 * the parser itself, so it stays free of wasm and of its lifetimes.
 */

/** A grammar that the host can load, by the name in some language's definition. One language may use several (`typescript`: `typescript` and `tsx`). */
export type GrammarId = string;

/** Static tables of one grammar. Kind and field ids index them. */
export interface GrammarInfo {
  readonly id: GrammarId;
  /** Kind id -> name, e.g. `call_expression` or `+`. */
  readonly kinds: readonly string[];
  /** Kind id -> whether the kind is named (not a token such as `(`). */
  readonly named: readonly boolean[];
  /** Field id -> name; id 0 is "no field". */
  readonly fields: readonly string[];
}

/** The kind id of tree-sitter's ERROR nodes, the same in every grammar. */
export const ERROR_KIND = 0xffff;

/** Node `i` covers `[start[i], end[i])` in UTF-16 code units; its subtree is `[i, next[i])`. Node 0 is the root. */
export interface RawTree {
  readonly grammar: GrammarInfo;
  readonly count: number;
  readonly kind: Uint16Array;
  readonly field: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly next: Uint32Array;
  /** 1 where the parser made a node up to repair the text. */
  readonly missing: Uint8Array;
  /** Whether the parser repaired anything at all, invisible tokens included. */
  readonly hasError: boolean;
  /** The smallest node around a repair, when the repair itself is invisible (a made-up line break, say). */
  readonly hiddenError?: { readonly start: number; readonly end: number };
  /** What tells this tree from others, where a later version may share nodes with it. */
  readonly version?: object;
  /** What it shares with an earlier version. */
  readonly shared?: Shared;
}

/** Nodes that are the same in two versions of a tree: those that end before a change, and those behind it. */
export interface Shared {
  /** Of the earlier tree. */
  readonly version: object;
  /** Where the change begins, as a UTF-16 offset. */
  readonly start: number;
  /** Of the nodes before this one, those that end before `start` are the same. */
  readonly from: number;
  /** From this node on all are the same, but for their places. */
  readonly to: number;
  /** How many nodes, and UTF-16 code units, they moved by. */
  readonly nodes: number;
  readonly offset: number;
}

/** Synchronous; the grammar was ensured before. `undefined` when the deadline passed while parsing. */
export interface Parser {
  /** Loads grammars that are not there yet. Rejects only when the installation is broken. */
  ensure(grammars: readonly GrammarId[]): Promise<void>;
  /**
   * @param reuseKey keeps the tree, so that the next parse of newer text under the same key is incremental
   * @param expired polled while parsing; `true` stops the parse
   */
  parse(text: string, grammar: GrammarId, reuseKey?: string, expired?: () => boolean): RawTree | undefined;
  /** Frees what `reuseKey` kept. */
  release(reuseKey: string): void;
}
