/**
 * What lowering a document leaves for the version after it: the nodes that each larger raw node became, so that a raw node that is the same again is not lowered
 * again.
 */
import { firstAtLeast } from '../model/sorted.js';
import type { RawTree } from './raw.js';
import type { SyntaxTree } from './tree.js';

/** Smaller raw nodes are lowered again sooner than they are found. */
const MIN_RAW_NODES = 24;

/** Nodes `[start, end)` of a tree. */
export interface LoweredNodes {
  readonly tree: SyntaxTree;
  readonly start: number;
  readonly end: number;
  /** How far their places moved since, in UTF-16 code units. */
  readonly offset: number;
}

/** One row for each larger raw node, ascending. */
interface Rows {
  readonly raws: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What else the nodes depend on: the role that was asked for, and how deep they lie. */
  readonly states: Int32Array;
}

/** By the version of what was lowered. */
const lowerings = new WeakMap<object, Rows & { readonly tree: SyntaxTree }>();

export interface LoweringMemory {
  /** The nodes that a raw node became in the version before; undefined where that is not known. */
  before(raw: number, state: number): LoweredNodes | undefined;
  /** Raw node `raw` became the nodes `[start, end)`. */
  note(raw: number, state: number, start: number, end: number): void;
  /** As `note`, for all larger ones in a raw node that became what it was before. */
  noteAll(raw: number, from: LoweredNodes, start: number): void;
  finish(tree: SyntaxTree): void;
}

/** Undefined where no other version will be read. */
export function createLoweringMemory(raw: RawTree): LoweringMemory | undefined {
  const { version, shared } = raw;
  if (version === undefined) return undefined;
  const last = shared === undefined ? undefined : lowerings.get(shared.version);
  // Each version is the next one's last only once, and its tree is large.
  if (shared !== undefined) lowerings.delete(shared.version);
  const known = last?.tree.tooDeep === true ? undefined : last;
  const raws: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const states: number[] = [];
  const isLarge = (node: number): boolean => (raw.next[node] as number) - node >= MIN_RAW_NODES;
  const add = (node: number, state: number, start: number, end: number): void => {
    raws.push(node);
    starts.push(start);
    ends.push(end);
    states.push(state);
  };
  /** How far a raw node moved, in nodes; undefined where it is not the same. */
  const movedBy = (node: number): number | undefined => {
    if (shared === undefined) return undefined;
    if ((raw.next[node] as number) <= shared.from && (raw.end[node] as number) < shared.start) return 0;
    return node >= shared.to ? shared.nodes : undefined;
  };
  return {
    before(node, state) {
      const by = known === undefined || shared === undefined || !isLarge(node) ? undefined : movedBy(node);
      if (by === undefined || known === undefined || shared === undefined) return undefined;
      let at = firstAtLeast(known.raws, node - by);
      while (known.raws[at] === node - by && known.states[at] !== state) at++;
      if (known.raws[at] !== node - by) return undefined;
      return {
        tree: known.tree,
        start: known.starts[at] as number,
        end: known.ends[at] as number,
        offset: node >= shared.to ? shared.offset : 0,
      };
    },
    note(node, state, start, end) {
      if (isLarge(node)) add(node, state, start, end);
    },
    noteAll(node, from, start) {
      const by = movedBy(node);
      if (known === undefined || by === undefined) return;
      const limit = (raw.next[node] as number) - by;
      const moved = start - from.start;
      for (let at = firstAtLeast(known.raws, node - by); at < known.raws.length && (known.raws[at] as number) < limit; at++)
        add(
          (known.raws[at] as number) + by,
          known.states[at] as number,
          (known.starts[at] as number) + moved,
          (known.ends[at] as number) + moved,
        );
    },
    finish(tree) {
      // A node is noted when all in it is done, and handlers go about as they like.
      const order = new Int32Array(raws.length);
      for (let at = 0; at < order.length; at++) order[at] = at;
      order.sort((a, b) => (raws[a] as number) - (raws[b] as number));
      const inOrder = (list: readonly number[]): Int32Array => {
        const sorted = new Int32Array(order.length);
        for (let at = 0; at < order.length; at++) sorted[at] = list[order[at] as number] as number;
        return sorted;
      };
      lowerings.set(version, { raws: inOrder(raws), starts: inOrder(starts), ends: inOrder(ends), states: inOrder(states), tree });
    },
  };
}
