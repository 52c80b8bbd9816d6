/**
 * Which files the base commit took out of scans by `.countersignignore`: an audit has no findings of them either. What a later commit writes into such a file
 * counts from the next base on.
 */
import path from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import type { ObjectReader } from '../git/objects.js';
import type { Repository } from '../git/repository.js';
import { blobText, treeFiles } from '../git/tree.js';

const IGNORE_FILE = '.countersignignore';
const MAX_BYTES = 1_000_000;
/** Folders that are asked about; those nearer to the root first. */
const MOST_FOLDERS = 2_000;

/** @param base full hash; undefined: there was nothing before @param paths of changed files, in the repository */
export async function baseIgnores(
  repository: Repository,
  reader: ObjectReader,
  base: string | undefined,
  paths: Iterable<string>,
): Promise<(file: string) => boolean> {
  if (base === undefined) return () => false;
  const folders = new Set(['']);
  for (const file of paths)
    for (let folder = path.posix.dirname(file); folder !== '.' && !folders.has(folder); folder = path.posix.dirname(folder))
      folders.add(folder);
  const asked = [...folders].toSorted((a, b) => a.length - b.length).slice(0, MOST_FOLDERS);
  const files =
    (await treeFiles(
      repository,
      base,
      asked.map((folder) => (folder === '' ? IGNORE_FILE : `${folder}/${IGNORE_FILE}`)),
    )) ?? [];
  const rules = new Map<string, Ignore>();
  for (const file of files) {
    const text = await blobText(reader, file.hash, MAX_BYTES);
    const folder = path.posix.dirname(file.path);
    if (text !== undefined) rules.set(folder === '.' ? '' : folder, ignore({ ignorecase: false }).add(text));
  }
  return rules.size === 0 ? () => false : (file) => isIgnored(file, rules);
}

/** A folder that is ignored takes everything in it along; otherwise the innermost file that says something counts. */
function isIgnored(file: string, rules: ReadonlyMap<string, Ignore>): boolean {
  const parts = file.split('/');
  return parts.some((_part, at) => isNamed(parts.slice(0, at + 1).join('/') + (at < parts.length - 1 ? '/' : ''), rules));
}

function isNamed(file: string, rules: ReadonlyMap<string, Ignore>): boolean {
  const parts = file.replace(/\/$/, '').split('/');
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join('/');
    const own = rules.get(folder);
    if (own === undefined) continue;
    const verdict = own.test(folder === '' ? file : file.slice(folder.length + 1));
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}
