/**
 * The parser of core, on tree-sitter's wasm runtime. Each tree crosses from wasm once, through the little `walk`
 * module beside this file (300 ns a node instead of 1.4 us with one getter call per property), and trees are freed
 * at once unless an editor's document keeps its last one for incremental parsing. A runtime that a text took down is
 * never used again: where the host has another copy of the library, a new one is started.
 */
import { Language, Parser as TreeSitterParser, type ParseOptions, type Tree } from 'web-tree-sitter';
import { ownGrammar, wasmGrammar } from '../../core/index.js';
import type { GrammarId, GrammarInfo, Parser, RawTree } from '../../core/language/raw.js';
import { changeIn } from '../../core/model/textChange.js';
import { applyEdit, withoutUnfinished, type Whole } from './edits.js';
import { readAfter, readTree, type Before, type TreeReader } from './readTree.js';
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
  /** What was asked for, and what of it was left out of the text that was parsed. */
  readonly source: string;
  readonly unfinished: Whole['unfinished'];
  readonly text: string;
  readonly tree: Tree;
  /** What was read of the tree. */
  readonly raw: RawTree;
}

interface Runtime extends TreeReader {
  readonly library: TreeSitterLibrary;
  /** Its grammars: what one takes of its memory is never given back, so all parsers of the thread share them. */
  readonly loaded: Map<GrammarId, Loaded>;
  readonly loading: Map<GrammarId, Promise<void>>;
  /** What went wrong when a text took it down. */
  failure: string | undefined;
  /** Nothing reaches its memory any more, not even what the garbage collector frees. */
  end(): void;
}

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
  const kept = new Map<string, Kept>();

  const load = async (grammar: GrammarId): Promise<void> => {
    const mine = runtime;
    try {
      const bytes = await readWasm(`tree-sitter-${grammar}.wasm`);
      if (mine.failure !== undefined && freshLibrary !== undefined) return;
      const language = await mine.library.Language.load(bytes);
      if (mine.failure !== undefined) return;
      const parser = new mine.library.Parser();
      parser.setLanguage(language);
      mine.loaded.set(grammar, { parser, info: grammarInfo(grammar, language) });
    } catch (error) {
      mine.loading.delete(grammar);
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
    kept.clear();
  };

  /** The tree that a wider grammar makes of the text, under the name of the one that was asked for; undefined when it reads no better. */
  const readWider = (fallback: GrammarId, asked: GrammarId, text: string, expired: (() => boolean) | undefined): RawTree | undefined => {
    const entry = runtime.loaded.get(fallback);
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
      return { ...readTree(runtime, tree, entry.info, false), grammar: info };
    } finally {
      tree.delete();
    }
  };
  const renamed = new WeakMap<GrammarInfo, GrammarInfo>();

  /** The text without statements that are being typed, where it was whole before; undefined where it is not whole then either. */
  const readUnfinished = (entry: Loaded, before: Kept, source: string, progress: ParseOptions | undefined): Kept | undefined => {
    if (before.raw.hasError) return undefined;
    for (const { text, unfinished } of withoutUnfinished(before.source, before.unfinished, source)) {
      const old = before.tree.copy();
      const change = changeIn(before.text, text);
      applyEdit(old, before.text, text, change);
      const tree = entry.parser.parse(text, old, progress);
      const raw =
        tree === null || tree.rootNode.hasError
          ? undefined
          : (readAfter(runtime, tree, entry.info, { tree: old, raw: before.raw, ...change }) ?? readTree(runtime, tree, entry.info, true));
      old.delete();
      if (tree !== null && raw !== undefined) return { grammar: before.grammar, source, unfinished, text, tree, raw };
      if (tree === null) entry.parser.reset();
      else tree.delete();
    }
    return undefined;
  };

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
        if (fallback !== undefined && !runtime.loading.has(fallback)) await self.ensure([fallback]);
        let pending = runtime.loading.get(grammar);
        if (pending === undefined) {
          pending = load(grammar);
          runtime.loading.set(grammar, pending);
        }
        await pending;
        if (!runtime.loaded.has(grammar) && freshLibrary !== undefined) await self.ensure([grammar]);
      }
    },
    parse(text, grammar, reuseKey, expired) {
      const own = ownGrammar(grammar);
      if (own !== undefined) return own.read(text, (part, inner) => self.parse(part, inner, undefined, expired));
      if (runtime.failure !== undefined) {
        refused++;
        throw new Error(`the parser is down: ${runtime.failure}`);
      }
      const entry = runtime.loaded.get(grammar);
      if (entry === undefined) throw new Error(`grammar ${grammar} was not loaded before parsing`);
      const { repair, fallback, tooDeepAt } = wasmGrammar(grammar) ?? {};
      const limit = tooDeepAt?.(text);
      let read = limit === undefined ? text : text.slice(0, limit);
      const previous = reuseKey === undefined ? undefined : kept.get(reuseKey);
      const usable = previous?.grammar === grammar ? previous : undefined;
      const isKept = reuseKey !== undefined;
      if (previous !== undefined) {
        if (usable === undefined) previous.tree.delete();
        kept.delete(reuseKey ?? '');
      }
      const old = usable?.tree.copy() ?? null;
      const progress = expired === undefined ? undefined : { progressCallback: () => expired() };
      let before: Before | undefined;
      if (usable !== undefined && old !== null) {
        const change = changeIn(usable.text, read);
        applyEdit(old, usable.text, read, change);
        before = { tree: old, raw: usable.raw, ...change };
      }
      let tree: Tree | null = null;
      try {
        tree = entry.parser.parse(read, old, progress);
        if (tree === null) {
          entry.parser.reset();
          return undefined;
        }
        // Before it is read: what is broken is often only half a statement.
        const mayBeWhole = usable !== undefined && reuseKey !== undefined && repair === undefined && limit === undefined;
        const whole = mayBeWhole && tree.rootNode.hasError ? readUnfinished(entry, usable, read, progress) : undefined;
        if (whole !== undefined && reuseKey !== undefined) {
          kept.set(reuseKey, whole);
          const [hiddenError] = whole.unfinished;
          return { ...whole.raw, hasError: true, ...(hiddenError === undefined ? {} : { hiddenError }) };
        }
        let raw =
          (before === undefined ? undefined : readAfter(runtime, tree, entry.info, before)) ?? readTree(runtime, tree, entry.info, isKept);
        const rounds = repair === undefined ? 0 : MAX_REPAIRS;
        for (let round = 0; round < rounds; round++) {
          const mended = repair?.(read, raw);
          if (mended === undefined) break;
          const again = entry.parser.parse(mended, null, progress);
          if (again === null) {
            entry.parser.reset();
            break;
          }
          tree.delete();
          tree = again;
          read = mended;
          raw = readTree(runtime, tree, entry.info, isKept);
        }
        // Kept is the tree of the grammar itself, so that the next edit is incremental; what is returned may be the wider one's.
        const wider = raw.hasError && fallback !== undefined ? readWider(fallback, grammar, text, expired) : undefined;
        if (reuseKey !== undefined) {
          kept.set(reuseKey, { grammar, source: read, unfinished: [], text: read, tree, raw });
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
        usable?.tree.delete();
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
    loaded: new Map(),
    loading: new Map(),
    failure: undefined,
    end() {
      for (const [name, value] of Object.entries(options)) if (typeof value === 'function') Object.assign(options, { [name]: () => 0 });
    },
    exports: { ...(instance.exports as unknown as Omit<TreeReader['exports'], 'memory'>), memory },
    walk: walker.exports['walk'] as TreeReader['walk'],
  };
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
