/** The nodes of one tree by where patterns can begin: by tag, by the name that is called, by what holds statements. */
import type { Names } from '../language/names.js';
import { Tag } from '../language/tags.js';
import { nextOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

/** Whether one of these nodes, in order, is in `[from, to)`. */
export function within(nodes: Nodes): (from: number, to: number) => boolean {
  return (from, to) => {
    let low = 0;
    let high = nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((nodes[middle] as number) < from) low = middle + 1;
      else high = middle;
    }
    return low < nodes.length && (nodes[low] as number) < to;
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

/** @param only of these nodes, ascending */
export function createNodeIndex(tree: SyntaxTree, names: Names, only?: readonly number[]): NodeIndex {
  const build = (): Map<number, number[]> => {
    const found = new Map<number, number[]>();
    const add = (node: number): void => {
      const tag = tagOf(tree, node);
      const list = found.get(tag);
      if (list === undefined) found.set(tag, [node]);
      else list.push(node);
    };
    if (only === undefined) for (let node = 0; node < tree.count; node++) add(node);
    else only.forEach(add);
    return found;
  };
  let byTag: Map<number, number[]> | undefined;
  const none: readonly number[] = [];
  const of = (tag: number): readonly number[] => (byTag ??= build()).get(tag) ?? none;
  const known = new Map<string, Nodes>();
  const merged = (tags: readonly number[]): Nodes => {
    const [only, second] = tags;
    if (only !== undefined && second === undefined) return of(only);
    const key = tags.join();
    let nodes = known.get(key);
    if (nodes === undefined) {
      const lists = tags.map(of);
      const all = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
      let at = 0;
      for (const list of lists) {
        all.set(list, at);
        at += list.length;
      }
      known.set(key, (nodes = all.sort()));
    }
    return nodes;
  };
  let calls: Map<string, number[]> | undefined;
  let blocks: Nodes | undefined;
  return {
    withTags: merged,
    callsOf(name) {
      calls ??= callsByName(tree, names, of(Tag.Call));
      return calls.get(name) ?? none;
    },
    blocks: () => (blocks ??= [...(of(Tag.Error)[0] === 0 ? [0] : []), ...merged([Tag.Block, Tag.Other])]),
  };
}

function callsByName(tree: SyntaxTree, names: Names, calls: readonly number[]): Map<string, number[]> {
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
