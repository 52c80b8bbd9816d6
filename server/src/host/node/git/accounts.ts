/**
 * Whose project this is, as its repository's own `config` says: the accounts of a code host that `origin` and `upstream` lead to. Read as a file, without git:
 * every scan asks, and one that runs no program stays so. Other remotes are other people's copies.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findGitRoot } from './root.js';

const OWN_REMOTE = /^\s*\[remote "(?:origin|upstream)"\]/;
const SECTION = /^\s*\[/;
const URL_LINE = /^\s*url\s*=\s*(.+?)\s*$/;
/** `https://host/account/name`, `ssh://git@host/account/name`, `git@host:account/name`. */
const ACCOUNT = /^(?:[a-z][a-z+]*:\/\/(?:[^/@]*@)?[^/]+\/|[^/@]+@[^/:]+:\/?)([\w.-]+)\/[^/]/i;

const known = new Map<string, readonly string[]>();

/**
 * @param directory in a working tree, or a bare repository
 * @returns in lower case; none where there is no repository, or its remotes lead nowhere
 */
export function accountsOf(directory: string): readonly string[] {
  let accounts = known.get(directory);
  if (accounts === undefined) known.set(directory, (accounts = accountsIn(configOf(directory))));
  return accounts;
}

/** @param config the text of a repository's `config` */
export function accountsIn(config: string): readonly string[] {
  const found = new Set<string>();
  let isOwn = false;
  for (const line of config.split('\n')) {
    if (SECTION.test(line)) isOwn = OWN_REMOTE.test(line);
    const url = isOwn ? URL_LINE.exec(line)?.[1] : undefined;
    const account = url === undefined ? undefined : ACCOUNT.exec(url)?.[1];
    if (account !== undefined) found.add(account.toLowerCase());
  }
  return [...found];
}

function configOf(directory: string): string {
  const root = findGitRoot(directory);
  if (root === undefined) {
    const isBare = ['HEAD', 'objects', 'refs'].every((part) => existsSync(path.join(directory, part)));
    return (isBare ? readText(path.join(directory, 'config')) : undefined) ?? '';
  }
  const inside = readText(path.join(root, '.git', 'config'));
  if (inside !== undefined) return inside;
  // A worktree or a submodule: `.git` is a file that says where the repository is.
  const link = /^gitdir:\s*(.+?)\s*$/m.exec(readText(path.join(root, '.git')) ?? '')?.[1];
  if (link === undefined) return '';
  const place = path.resolve(root, link);
  const common = readText(path.join(place, 'commondir'))?.trim();
  return readText(path.join(common === undefined ? place : path.resolve(place, common), 'config')) ?? '';
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
