/**
 * Trees that scan threads made of versions of files, for whoever compares these versions afterwards: they are not parsed again. As many are kept as fit, the
 * newest; one that is gone is parsed again.
 */
import { unpackTree } from '../../../core/language/packed.js';
import type { SyntaxTree } from '../../../core/language/tree.js';
import type { PackedTree } from '../../../core/index.js';

export interface VersionTrees {
  /** Which versions will be scanned, before the first of them is done. */
  expect(keys: readonly string[]): void;
  keep(key: string, tree: PackedTree): void;
  done(key: string): void;
  /** Nothing more is scanned. */
  end(): void;
  /** Resolves when those of them that are scanned at all are done. */
  ready(keys: readonly string[]): Promise<void>;
  /** @param text what the version holds */
  take(key: string, text: string): SyntaxTree | undefined;
}

const MOST_BYTES = 48 * 1024 * 1024;

export function createVersionTrees(): VersionTrees {
  const open = new Set<string>();
  const kept = new Map<string, PackedTree>();
  let bytes = 0;
  let waiting: (() => void) | undefined;
  const remove = (key: string): void => {
    bytes -= kept.get(key)?.columns.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    expect(keys) {
      for (const key of keys) open.add(key);
    },
    keep(key, tree) {
      kept.set(key, tree);
      bytes += tree.columns.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= MOST_BYTES || oldest === key) break;
        remove(oldest);
      }
    },
    done(key) {
      open.delete(key);
      waiting?.();
    },
    end() {
      open.clear();
      waiting?.();
    },
    async ready(keys) {
      for (const key of keys) while (open.has(key)) await new Promise<void>((resolve) => (waiting = resolve));
      waiting = undefined;
    },
    take(key, text) {
      const tree = kept.get(key);
      if (tree === undefined) return undefined;
      // Asked for once more in the next commit, if at all.
      remove(key);
      kept.set(key, tree);
      bytes += tree.columns.byteLength;
      return unpackTree(tree, text);
    },
  };
}
