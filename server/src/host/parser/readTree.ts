/**
 * Reads tree-sitter's trees out of wasm, each in one crossing: all nodes of a tree, or after an edit those that it touched, the others taken from what was read
 * before.
 */
import type { Node, Tree } from 'web-tree-sitter';
import type { TextChange } from '../../core/model/textChange.js';
import { ERROR_KIND } from '../../core/language/raw.js';
import type { GrammarInfo, RawTree } from '../../core/language/raw.js';

type Walk = (tree: number, out: number, limit: number) => number;

/** The exports of the tree-sitter runtime that we call directly, by their names in its wasm module. */
export interface RuntimeExports {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(address: number): void;
  ts_tree_root_node_wasm(tree: number): void;
  ts_node_descendant_count_wasm(tree: number): number;
  ts_tree_cursor_new_wasm(tree: number): void;
  ts_tree_cursor_goto_descendant_wasm(tree: number, index: number): void;
  ts_tree_cursor_delete_wasm(tree: number): void;
}

/** What reading goes through. */
export interface TreeReader {
  readonly exports: RuntimeExports;
  readonly walk: Walk;
}

/** The tree before an edit, which it was told of, and where its text changed. */
export interface Before extends TextChange {
  readonly tree: Tree;
  readonly raw: RawTree;
}

const BYTES_PER_NODE = 16;

/** The runtime's own handle; web-tree-sitter keeps it at index 0 of its Tree objects. */
function handleOf(tree: Tree): number {
  return (tree as unknown as { readonly 0: number })[0];
}

function countOf({ exports }: TreeReader, tree: Tree): number {
  exports.ts_tree_root_node_wasm(handleOf(tree));
  return exports.ts_node_descendant_count_wasm(handleOf(tree));
}

/** @param kept whether a later version may share nodes with it */
export function readTree(reader: TreeReader, tree: Tree, grammar: GrammarInfo, kept: boolean): RawTree {
  const { exports, walk } = reader;
  const handle = handleOf(tree);
  const limit = countOf(reader, tree);
  const buffer = exports.malloc(limit * BYTES_PER_NODE);
  if (buffer === 0) throw new Error(`no memory for a syntax tree of ${limit} nodes`);
  exports.ts_tree_root_node_wasm(handle);
  exports.ts_tree_cursor_new_wasm(handle);
  const count = walk(handle, buffer, limit);
  exports.ts_tree_cursor_delete_wasm(handle);
  const words = new Int32Array(exports.memory.buffer, buffer, count * 4);
  const columns = allocate(count);
  for (const node of fillColumns(words, columns, 0, 0, count)) columns.next[node] = count;
  exports.free(buffer);
  const { rootNode } = tree;
  const { hasError } = rootNode;
  const visible = hasError && (columns.missing.includes(1) || columns.kind.includes(ERROR_KIND));
  return {
    grammar,
    count,
    ...columns,
    hasError,
    ...(kept ? { version: {} } : {}),
    ...(hasError && !visible ? { hiddenError: smallestWithError(rootNode) } : {}),
  };
}

type Columns = Pick<RawTree, 'start' | 'end' | 'next' | 'kind' | 'field' | 'missing'>;

/** One allocation for all columns: thousands of files make thousands of these. */
function allocate(count: number): Columns {
  const buffer = new ArrayBuffer(count * 16);
  return {
    start: new Uint32Array(buffer, 0, count),
    end: new Uint32Array(buffer, count * 4, count),
    next: new Uint32Array(buffer, count * 8, count),
    kind: new Uint16Array(buffer, count * 12, count),
    field: new Uint8Array(buffer, count * 14, count),
    missing: new Uint8Array(buffer, count * 15, count),
  };
}

/**
 * As `readTree`, where most of the tree is what it was: nodes that end before all that changed are taken from what was read before, and so are those that begin
 * behind it. Undefined where that cannot be told, as with trees that have errors: what the parser puts in has no extent.
 */
export function readAfter(reader: TreeReader, tree: Tree, grammar: GrammarInfo, before: Before): RawTree | undefined {
  const { raw } = before;
  if (raw.hasError || tree.rootNode.hasError) return undefined;
  const offset = before.endAfter - before.endBefore;
  const ranges = before.tree.getChangedRanges(tree);
  const start = Math.min(before.start, ...ranges.map(({ startIndex }) => startIndex));
  const end = Math.max(before.endAfter, ...ranges.map(({ endIndex }) => endIndex));
  const { exports, walk } = reader;
  const handle = handleOf(tree);
  const count = countOf(reader, tree);
  // The first node that begins in what changed, or leaf that ends where it begins; of those before only its ancestors reach as far.
  let from = 0;
  while (from < raw.count && (raw.start[from] as number) < start && ((raw.end[from] as number) < start || raw.next[from] !== from + 1))
    from++;
  let rest = raw.count;
  while (rest > from && (raw.start[rest - 1] as number) > end - offset) rest--;
  const nodes = count - raw.count;
  const to = rest + nodes;
  if (from === 0 || to < from) return undefined;
  // One more on either side shows whether the others are where they should be.
  const first = from - 1;
  const limit = Math.min(to + 1, count) - first;
  const buffer = exports.malloc(limit * BYTES_PER_NODE);
  if (buffer === 0) return undefined;
  exports.ts_tree_root_node_wasm(handle);
  exports.ts_tree_cursor_new_wasm(handle);
  exports.ts_tree_cursor_goto_descendant_wasm(handle, first);
  const read = walk(handle, buffer, limit);
  exports.ts_tree_cursor_delete_wasm(handle);
  const words = new Int32Array(exports.memory.buffer, buffer, read * 4);
  const isSame = (at: number, old: number, moved: number): boolean =>
    words[at * 4] === (raw.start[old] as number) + moved && ((words[at * 4 + 2] as number) & 0xffff) === raw.kind[old];
  const columns = allocate(count);
  const reaching: number[] = [];
  const sound = read === limit && isSame(0, first, 0) && (to >= count || isSame(limit - 1, rest, offset));
  if (sound) {
    copyColumns(raw, columns, 0, from, 0, 0, 0);
    copyColumns(raw, columns, rest, raw.count, nodes, offset, nodes);
    reaching.push(...fillColumns(words, columns, first, from, to));
    for (let node = 0; node < from; node = (raw.end[node] as number) >= start ? node + 1 : (raw.next[node] as number))
      if ((raw.end[node] as number) >= start) reaching.push(node);
  }
  exports.free(buffer);
  if (!sound) return undefined;
  // How far these go is not said by what was read.
  const cursor = tree.walk();
  for (const node of reaching) {
    cursor.gotoDescendant(node);
    columns.end[node] = cursor.endIndex;
    columns.next[node] = node + cursor.currentNode.descendantCount;
  }
  cursor.delete();
  const shared = raw.version === undefined ? {} : { shared: { version: raw.version, start, from, to, nodes, offset } };
  return { grammar, count, ...columns, hasError: false, version: {}, ...shared };
}

/** Nodes `[from, to)` with their places moved. */
function copyColumns(raw: RawTree, columns: Columns, from: number, to: number, nodes: number, offset: number, next: number): void {
  columns.kind.set(raw.kind.subarray(from, to), from + nodes);
  columns.field.set(raw.field.subarray(from, to), from + nodes);
  columns.missing.set(raw.missing.subarray(from, to), from + nodes);
  for (let node = from; node < to; node++) {
    columns.start[node + nodes] = (raw.start[node] as number) + offset;
    columns.end[node + nodes] = (raw.end[node] as number) + offset;
    columns.next[node + nodes] = (raw.next[node] as number) + next;
  }
}

/**
 * @param words what was read, from node `first` on
 * @returns nodes that go on behind `to`
 */
function fillColumns(words: Int32Array, columns: Columns, first: number, from: number, to: number): readonly number[] {
  const { start, end, next, kind, field, missing } = columns;
  const open: number[] = [];
  const depths: number[] = [];
  const close = (depth: number, at: number): void => {
    while (open.length > 0 && (depths.at(-1) as number) >= depth) {
      depths.pop();
      next[open.pop() as number] = at;
    }
  };
  for (let node = from, at = (from - first) * 4; node < to; node++, at += 4) {
    const flags = words[at + 2] as number;
    const depth = words[at + 3] as number;
    start[node] = words[at] as number;
    end[node] = words[at + 1] as number;
    kind[node] = flags & 0xffff;
    field[node] = (flags >>> 16) & 0xff;
    missing[node] = flags >>> 24;
    close(depth, node);
    open.push(node);
    depths.push(depth);
  }
  const after = (to - first) * 4 + 3;
  if (after < words.length) close(words[after] as number, to);
  return open;
}

function smallestWithError(root: Node): { readonly start: number; readonly end: number } {
  let node = root;
  for (;;) {
    const inner = node.children.find((child) => child?.hasError === true);
    if (inner === undefined || inner === null) return { start: node.startIndex, end: node.endIndex };
    node = inner;
  }
}
