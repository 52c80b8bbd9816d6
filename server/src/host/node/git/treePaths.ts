/** Single paths of many trees, read through the one `git cat-file`: neighbouring commits share most of their trees, and those are read once. */
import type { ObjectReader } from './objects.js';
import { pathText } from './text.js';

export interface TreeEntry {
  /** E.g. `100644`, `40000` (a folder). */
  readonly mode: string;
  readonly hash: string;
}

export interface TreePaths {
  /** @param tree full hash of a tree; @param path `/` between folders. Undefined: it is not there, or the tree is not here. */
  at(tree: string, path: string): Promise<TreeEntry | undefined>;
  /** The entries of a folder by name; empty where there is none. */
  folder(tree: string, path: string): Promise<ReadonlyMap<string, TreeEntry>>;
}

const MAX_TREE_BYTES = 16 * 1024 * 1024;
/** Trees that are kept; the oldest go. */
const MAX_KEPT = 2_000;
const NOTHING: ReadonlyMap<string, TreeEntry> = new Map();

export function createTreePaths(objects: ObjectReader): TreePaths {
  const kept = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>();
  const entries = (tree: string): Promise<ReadonlyMap<string, TreeEntry>> => {
    const known = kept.get(tree);
    if (known !== undefined) return known;
    const reading = objects
      .read(tree, MAX_TREE_BYTES)
      .then((object) => (object.kind === 'tree' ? parseTree(object.bytes, tree.length / 2) : NOTHING));
    kept.set(tree, reading);
    if (kept.size > MAX_KEPT) for (const oldest of [...kept.keys()].slice(0, MAX_KEPT / 4)) kept.delete(oldest);
    return reading;
  };
  const at: TreePaths['at'] = async (tree, path) => {
    let found: TreeEntry | undefined = { mode: '40000', hash: tree };
    for (const name of path.split('/')) {
      if (found?.mode !== '40000') return undefined;
      found = (await entries(found.hash)).get(name);
    }
    return found;
  };
  return {
    at,
    async folder(tree, path) {
      const found = await at(tree, path);
      return found?.mode === '40000' ? entries(found.hash) : NOTHING;
    },
  };
}

/** @param hashBytes 20 or 32 */
function parseTree(bytes: Buffer, hashBytes: number): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (let start = 0; start < bytes.length;) {
    const space = bytes.indexOf(0x20, start);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0) break;
    entries.set(pathText(bytes.subarray(space + 1, end)), {
      mode: bytes.toString('latin1', start, space),
      hash: bytes.toString('hex', end + 1, end + 1 + hashBytes),
    });
    start = end + 1 + hashBytes;
  }
  return entries;
}
