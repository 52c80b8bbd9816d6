/** The nodes of one tree by where patterns can begin: by tag, by the name that is called, by what holds statements. */
import type { Names } from '../language/names.js';
import { Tag } from '../language/tags.js';
import { nextOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { firstAtLeast } from '../model/sorted.js';

/** Whether one of these nodes, in order, is in `[from, to)`. */
export function within(nodes: Nodes): (from: number, to: number) => boolean {
  return (from, to) => {
    const at = firstAtLeast(nodes, from);
    return at < nodes.length && (nodes[at] as number) < to;
  };
}

/** Nodes of one tree, in source order, each once. */
export type Nodes = readonly number[] | Int32Array;

/** The nodes of a tree by what patterns start from; one traversal, made when first needed. */
export interface NodeIndex {
  withTags(tags: readonly number[]): Nodes;
  /** Calls whose callee ends in `name`, by its own name or through an import. */
  callsOf(name: string): Nodes;
  /** Nodes that hold statements: blocks, and `case` bodies, which have no block of their own. */
  blocks(): Nodes;
}

/** More than there are. */
const TAGS = 64;

/** @param only of these nodes, ascending */
export function createNodeIndex(tree: SyntaxTree, names: Names, only?: readonly number[]): NodeIndex {
  const count = only === undefined ? tree.count : only.length;
  const nodeAt = (at: number): number => (only === undefined ? at : (only[at] as number));
  // All of one tag lie together, in order: counted first, so that nothing grows.
  const build = (): { readonly sorted: Int32Array; readonly begins: Int32Array; readonly ends: Int32Array } => {
    const ends = new Int32Array(TAGS);
    for (let at = 0; at < count; at++) (ends[tagOf(tree, nodeAt(at))] as number)++;
    for (let tag = 1; tag < TAGS; tag++) (ends[tag] as number) += ends[tag - 1] as number;
    const sorted = new Int32Array(count);
    const begins = ends.slice();
    for (let at = count - 1; at >= 0; at--) {
      const node = nodeAt(at);
      sorted[--(begins[tagOf(tree, node)] as number)] = node;
    }
    return { sorted, begins, ends };
  };
  let built: ReturnType<typeof build> | undefined;
  const none: readonly number[] = [];
  const views: (Int32Array | undefined)[] = [];
  const of = (tag: number): Int32Array => {
    const { sorted, begins, ends } = (built ??= build());
    return (views[tag] ??= sorted.subarray(begins[tag], ends[tag]));
  };
  const known = new Map<string, Nodes>();
  /** The same, by the lists that patterns have: those are asked for again and again. */
  const byList = new Map<readonly number[], Nodes>();
  const merged = (tags: readonly number[]): Nodes => {
    const [only, second] = tags;
    if (only !== undefined && second === undefined) return of(only);
    const key = tags.join();
    let nodes = known.get(key);
    if (nodes === undefined) {
      const wanted = new Uint8Array(TAGS);
      for (const tag of tags) wanted[tag] = 1;
      const all = new Int32Array(tags.reduce((sum, tag) => sum + of(tag).length, 0));
      for (let from = 0, at = 0; at < all.length; from++) {
        const node = nodeAt(from);
        if (wanted[tagOf(tree, node)] === 1) all[at++] = node;
      }
      known.set(key, (nodes = all));
    }
    return nodes;
  };
  let calls: Map<string, number[]> | undefined;
  let blocks: Nodes | undefined;
  return {
    withTags(tags) {
      let nodes = byList.get(tags);
      if (nodes === undefined) byList.set(tags, (nodes = merged(tags)));
      return nodes;
    },
    callsOf(name) {
      calls ??= callsByName(tree, names, of(Tag.Call));
      return calls.get(name) ?? none;
    },
    blocks: () => (blocks ??= [...(of(Tag.Error)[0] === 0 ? [0] : []), ...merged([Tag.Block, Tag.Other])]),
  };
}

function callsByName(tree: SyntaxTree, names: Names, calls: Nodes): Map<string, number[]> {
  const byName = new Map<string, number[]>();
  const add = (name: string, call: number): void => {
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [call]);
    else list.push(call);
  };
  for (const call of calls) {
    const name = calleeNameAt(tree, call);
    if (name === undefined) continue;
    add(name, call);
    // Imported or assigned under another name: `s(cmd)` after `from os import system as s`.
    for (const canonical of names.lastSegments.get(name) ?? []) add(canonical, call);
  }
  return byName;
}

function calleeNameAt(tree: SyntaxTree, call: number): string | undefined {
  const callee = call + 1;
  const tag = tagOf(tree, callee);
  if (tag === Tag.Ident) return textOf(tree, callee);
  if (tag !== Tag.Dot) return undefined;
  const name = nextOf(tree, callee + 1);
  return name < nextOf(tree, callee) ? textOf(tree, name) : undefined;
}
