/**
 * The parser of core, on tree-sitter's wasm runtime. Each tree crosses from wasm once, through the little `walk`
 * module beside this file (300 ns a node instead of 1.4 us with one getter call per property), and trees are freed
 * at once unless an editor's document keeps its last one for incremental parsing. A runtime that a text took down is
 * never used again: where the host has another copy of the library, a new one is started.
 */
import { Language, Parser as TreeSitterParser, type Node, type Tree } from 'web-tree-sitter';
import { ownGrammar, wasmGrammar } from '../../core/index.js';
import { ERROR_KIND } from '../../core/language/raw.js';
import type { GrammarId, GrammarInfo, Parser, RawTree } from '../../core/language/raw.js';
import { WALK_MODULE_BASE64 } from './walkBytes.js';

/** Reads a wasm file by its base name, e.g. `tree-sitter-python.wasm`. */
export type ReadWasm = (name: string) => Promise<Uint8Array>;

/** web-tree-sitter. One copy of it has one runtime: its state is the module's. */
export interface TreeSitterLibrary {
  readonly Language: typeof Language;
  readonly Parser: typeof TreeSitterParser;
}

interface Loaded {
  readonly info: GrammarInfo;
  readonly parser: TreeSitterParser;
}

interface Kept {
  readonly grammar: GrammarId;
  readonly text: string;
  readonly tree: Tree;
  /** What was read of the tree. */
  readonly raw: RawTree;
}

/** The tree before an edit, which it was told of, and where its text changed, in UTF-16 code units. */
interface Before {
  readonly tree: Tree;
  readonly raw: RawTree;
  readonly start: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

type Walk = (tree: number, out: number, limit: number) => number;

/** The exports of the tree-sitter runtime that we call directly, by their names in its wasm module. */
interface RuntimeExports {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(address: number): void;
  ts_tree_root_node_wasm(tree: number): void;
  ts_node_descendant_count_wasm(tree: number): number;
  ts_tree_cursor_new_wasm(tree: number): void;
  ts_tree_cursor_goto_descendant_wasm(tree: number, index: number): void;
  ts_tree_cursor_delete_wasm(tree: number): void;
}

interface Runtime {
  readonly library: TreeSitterLibrary;
  readonly exports: RuntimeExports;
  readonly walk: Walk;
  /** What went wrong when a text took it down. */
  failure: string | undefined;
  /** Nothing reaches its memory any more, not even what the garbage collector frees. */
  end(): void;
}

const BYTES_PER_NODE = 16;
/** Mending one misreading may show another. */
const MAX_REPAIRS = 8;

/** One runtime per thread. */
let runtimePromise: Promise<Runtime> | undefined;
let failure: string | undefined;
let refused = 0;

/**
 * What went wrong when a text took the runtime of this thread down; undefined while it is sound. Its memory is not to be trusted any more:
 * the next `ensure` of a parser with a way to do so starts another one, and without one whoever scans goes on in another thread.
 */
export function runtimeFailure(): string | undefined {
  return failure;
}

/** How many parses of this thread came when the runtime was down already, so that their texts are not to blame. Only grows. */
export function refusedParses(): number {
  return refused;
}

/** @param freshLibrary another copy of the library each time, for when a runtime is down */
export async function createParser(readWasm: ReadWasm, freshLibrary?: () => TreeSitterLibrary): Promise<Parser> {
  runtimePromise ??= startRuntime(readWasm, { Language, Parser: TreeSitterParser });
  let runtime = await runtimePromise;
  const loaded = new Map<GrammarId, Loaded>();
  const loading = new Map<GrammarId, Promise<void>>();
  const kept = new Map<string, Kept>();

  const load = async (grammar: GrammarId): Promise<void> => {
    const mine = runtime;
    try {
      const bytes = await readWasm(`tree-sitter-${grammar}.wasm`);
      if (mine.failure !== undefined && freshLibrary !== undefined) return;
      const language = await mine.library.Language.load(bytes);
      if (mine !== runtime) return;
      const parser = new mine.library.Parser();
      parser.setLanguage(language);
      loaded.set(grammar, { parser, info: grammarInfo(grammar, language) });
    } catch (error) {
      // Another text took the runtime down meanwhile: `ensure` loads the grammar into the next one.
      if (mine.failure === undefined || freshLibrary === undefined) throw error;
    }
  };

  /** Another runtime in the place of one that is down. Its trees and grammars went with it. */
  const renew = async (): Promise<void> => {
    if (failure !== undefined && freshLibrary !== undefined) {
      failure = undefined;
      runtimePromise = startRuntime(readWasm, freshLibrary());
    }
    const current = (await runtimePromise) ?? runtime;
    if (current === runtime) return;
    runtime = current;
    loaded.clear();
    loading.clear();
    kept.clear();
  };

  /** The tree that a wider grammar makes of the text, under the name of the one that was asked for; undefined when it reads no better. */
  const readWider = (fallback: GrammarId, asked: GrammarId, text: string, expired: (() => boolean) | undefined): RawTree | undefined => {
    const entry = loaded.get(fallback);
    const tree = entry?.parser.parse(text, null, expired === undefined ? undefined : { progressCallback: () => expired() });
    if (entry === undefined || tree === undefined) return undefined;
    if (tree === null) {
      entry.parser.reset();
      return undefined;
    }
    try {
      if (tree.rootNode.hasError) return undefined;
      let info = renamed.get(entry.info);
      if (info === undefined) renamed.set(entry.info, (info = { ...entry.info, id: asked }));
      return { ...readTree(runtime, tree, entry.info), grammar: info };
    } finally {
      tree.delete();
    }
  };
  const renamed = new WeakMap<GrammarInfo, GrammarInfo>();

  const self: Parser = {
    async ensure(grammars) {
      await renew();
      for (const grammar of grammars) {
        const own = ownGrammar(grammar);
        if (own !== undefined) {
          await self.ensure(own.needs ?? []);
          continue;
        }
        const { fallback } = wasmGrammar(grammar) ?? {};
        if (fallback !== undefined && !loading.has(fallback)) await self.ensure([fallback]);
        let pending = loading.get(grammar);
        if (pending === undefined) {
          pending = load(grammar);
          loading.set(grammar, pending);
        }
        await pending;
        if (!loaded.has(grammar) && freshLibrary !== undefined) await self.ensure([grammar]);
      }
    },
    parse(text, grammar, reuseKey, expired) {
      const own = ownGrammar(grammar);
      if (own !== undefined) return own.read(text, (part, inner) => self.parse(part, inner, undefined, expired));
      if (runtime.failure !== undefined) {
        refused++;
        throw new Error(`the parser is down: ${runtime.failure}`);
      }
      const entry = loaded.get(grammar);
      if (entry === undefined) throw new Error(`grammar ${grammar} was not loaded before parsing`);
      const { repair, fallback, tooDeepAt } = wasmGrammar(grammar) ?? {};
      const limit = tooDeepAt?.(text);
      let read = limit === undefined ? text : text.slice(0, limit);
      const previous = reuseKey === undefined ? undefined : kept.get(reuseKey);
      let old: Tree | null = null;
      let before: Before | undefined;
      if (previous !== undefined) {
        if (previous.grammar === grammar) {
          old = previous.tree;
          before = { tree: old, raw: previous.raw, ...(previous.text === read ? UNCHANGED : applyEdit(old, previous.text, read)) };
        } else {
          previous.tree.delete();
        }
        kept.delete(reuseKey ?? '');
      }
      let tree: Tree | null = null;
      try {
        tree = entry.parser.parse(read, old, expired === undefined ? undefined : { progressCallback: () => expired() });
        if (tree === null) {
          entry.parser.reset();
          return undefined;
        }
        let raw = (before === undefined ? undefined : readAfter(runtime, tree, entry.info, before)) ?? readTree(runtime, tree, entry.info);
        const rounds = repair === undefined ? 0 : MAX_REPAIRS;
        for (let round = 0; round < rounds; round++) {
          const mended = repair?.(read, raw);
          if (mended === undefined) break;
          const again = entry.parser.parse(mended, null, expired === undefined ? undefined : { progressCallback: () => expired() });
          if (again === null) {
            entry.parser.reset();
            break;
          }
          tree.delete();
          tree = again;
          read = mended;
          raw = readTree(runtime, tree, entry.info);
        }
        // Kept is the tree of the grammar itself, so that the next edit is incremental; what is returned may be the wider one's.
        const wider = raw.hasError && fallback !== undefined ? readWider(fallback, grammar, text, expired) : undefined;
        if (reuseKey !== undefined) {
          kept.set(reuseKey, { grammar, text: read, tree, raw });
          tree = null;
        }
        const result = wider ?? raw;
        return limit === undefined ? result : { ...result, hasError: true, hiddenError: { start: limit, end: text.length } };
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) {
          runtime.failure = failure = error.message;
          runtime.end();
        }
        throw error;
      } finally {
        old?.delete();
        tree?.delete();
      }
    },
    release(reuseKey) {
      kept.get(reuseKey)?.tree.delete();
      kept.delete(reuseKey);
    },
  };
  return self;
}

async function startRuntime(readWasm: ReadWasm, library: TreeSitterLibrary): Promise<Runtime> {
  let started: { instance: WebAssembly.Instance; memory: WebAssembly.Memory } | undefined;
  const bytes = await readWasm('web-tree-sitter.wasm');
  // The library makes these options its own and adds to them every function by which it enters the runtime.
  const options = {
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) {
      void WebAssembly.instantiate(bytes as BufferSource, imports).then(({ instance, module }) => {
        started = { instance, memory: imports['env']?.['memory'] as WebAssembly.Memory };
        done(instance, module);
      });
      return {};
    },
  };
  await library.Parser.init(options as Parameters<typeof TreeSitterParser.init>[0]);
  if (started === undefined) throw new Error('the tree-sitter runtime did not start');
  const { instance, memory } = started;
  const cursor = (name: string): WebAssembly.ImportValue => {
    const value = instance.exports[`ts_tree_cursor_${name}_wasm`];
    if (typeof value !== 'function') throw new Error(`this tree-sitter runtime has no ts_tree_cursor_${name}_wasm`);
    return value;
  };
  const { instance: walker } = await WebAssembly.instantiate(decodeBase64(WALK_MODULE_BASE64), {
    ts: {
      memory,
      first_child: cursor('goto_first_child'),
      next_sibling: cursor('goto_next_sibling'),
      parent: cursor('goto_parent'),
      kind: cursor('current_node_type_id'),
      field: cursor('current_field_id'),
      start: cursor('start_index'),
      end: cursor('end_index'),
      missing: cursor('current_node_is_missing'),
    },
  });
  return {
    library,
    failure: undefined,
    end() {
      for (const [name, value] of Object.entries(options)) if (typeof value === 'function') Object.assign(options, { [name]: () => 0 });
    },
    exports: { ...(instance.exports as unknown as Omit<RuntimeExports, 'memory'>), memory },
    walk: walker.exports['walk'] as Walk,
  };
}

/** The runtime's own handle; web-tree-sitter keeps it at index 0 of its Tree objects. */
function handleOf(tree: Tree): number {
  return (tree as unknown as { readonly 0: number })[0];
}

function countOf({ exports }: Runtime, tree: Tree): number {
  exports.ts_tree_root_node_wasm(handleOf(tree));
  return exports.ts_node_descendant_count_wasm(handleOf(tree));
}

function readTree(runtime: Runtime, tree: Tree, grammar: GrammarInfo): RawTree {
  const { exports, walk } = runtime;
  const handle = handleOf(tree);
  const limit = countOf(runtime, tree);
  const buffer = exports.malloc(limit * BYTES_PER_NODE);
  if (buffer === 0) throw new Error(`no memory for a syntax tree of ${limit} nodes`);
  exports.ts_tree_root_node_wasm(handle);
  exports.ts_tree_cursor_new_wasm(handle);
  const count = walk(handle, buffer, limit);
  exports.ts_tree_cursor_delete_wasm(handle);
  const words = new Uint32Array(exports.memory.buffer, buffer, count * 4);
  const columns = allocate(count);
  const { start, end, next, kind, field, missing } = columns;
  next.fill(count);
  const open: number[] = [];
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    const flags = words[at + 2] as number;
    const depth = words[at + 3] as number;
    start[i] = words[at] as number;
    end[i] = words[at + 1] as number;
    kind[i] = flags & 0xffff;
    field[i] = (flags >>> 16) & 0xff;
    missing[i] = flags >>> 24;
    while (open.length > depth) next[open.pop() as number] = i;
    open.push(i);
  }
  exports.free(buffer);
  const { rootNode } = tree;
  const { hasError } = rootNode;
  const visible = hasError && (missing.includes(1) || kind.includes(ERROR_KIND));
  return {
    grammar,
    count,
    ...columns,
    hasError,
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
function readAfter(runtime: Runtime, tree: Tree, grammar: GrammarInfo, before: Before): RawTree | undefined {
  const { raw } = before;
  if (raw.hasError || tree.rootNode.hasError) return undefined;
  const offset = before.endAfter - before.endBefore;
  const ranges = before.tree.getChangedRanges(tree);
  const start = Math.min(before.start, ...ranges.map(({ startIndex }) => startIndex));
  const end = Math.max(before.endAfter, ...ranges.map(({ endIndex }) => endIndex));
  const { exports, walk } = runtime;
  const handle = handleOf(tree);
  const count = countOf(runtime, tree);
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
    fillColumns(words, columns, first, from, to, reaching);
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
  return { grammar, count, ...columns, hasError: false };
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
 * @param reaching gets nodes that go on behind `to`
 */
function fillColumns(words: Int32Array, columns: Columns, first: number, from: number, to: number, reaching: number[]): void {
  const { start, end, next, kind, field, missing } = columns;
  const open: { readonly node: number; readonly depth: number }[] = [];
  const close = (depth: number, at: number): void => {
    for (let top = open.at(-1); top !== undefined && top.depth >= depth; top = open.at(-1)) {
      next[top.node] = at;
      open.pop();
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
    open.push({ node, depth });
  }
  const after = (to - first) * 4 + 3;
  if (after < words.length) close(words[after] as number, to);
  reaching.push(...open.map(({ node }) => node));
}

function smallestWithError(root: Node): { readonly start: number; readonly end: number } {
  let node = root;
  for (;;) {
    const inner = node.children.find((child) => child?.hasError === true);
    if (inner === undefined || inner === null) return { start: node.startIndex, end: node.endIndex };
    node = inner;
  }
}

const UNCHANGED = { start: 0, endBefore: 0, endAfter: 0 };

/** Tells the old tree which one stretch of text changed: everything between the common prefix and suffix. */
function applyEdit(tree: Tree, before: string, after: string): Pick<Before, 'start' | 'endBefore' | 'endAfter'> {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix))
    suffix++;
  const oldEndIndex = before.length - suffix;
  const newEndIndex = after.length - suffix;
  const startPosition = pointAt(before, prefix, 0, 0, 0);
  tree.edit({
    startIndex: prefix,
    oldEndIndex,
    newEndIndex,
    startPosition,
    oldEndPosition: pointAt(before, oldEndIndex, prefix, startPosition.row, startPosition.column),
    newEndPosition: pointAt(after, newEndIndex, prefix, startPosition.row, startPosition.column),
  } as Parameters<Tree['edit']>[0]);
  return { start: prefix, endBefore: oldEndIndex, endAfter: newEndIndex };
}

function pointAt(text: string, offset: number, from: number, row: number, column: number): { row: number; column: number } {
  let line = row;
  let lineStart = from - column;
  for (let at = text.indexOf('\n', from); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { row: line, column: offset - lineStart };
}

function grammarInfo(id: GrammarId, language: Language): GrammarInfo {
  const kinds: string[] = [];
  const named: boolean[] = [];
  for (let kind = 0; kind < language.nodeTypeCount; kind++) {
    kinds.push(language.nodeTypeForId(kind) ?? '');
    named.push(language.nodeTypeIsNamed(kind));
  }
  const fields: string[] = [''];
  for (let field = 1; field <= language.fieldCount; field++) fields.push(language.fieldNameForId(field) ?? '');
  return { id, kinds, named, fields };
}

function decodeBase64(text: string): ArrayBuffer {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes.buffer;
}
