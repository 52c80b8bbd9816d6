/**
 * Which paths below a directory its authors told git to ignore. Two sources, one answer: git itself where it is
 * installed and knows the directory (it also knows what is tracked in spite of an ignore file), else the
 * `ignore` library over nested `.gitignore` files and `.git/info/exclude`.
 *
 * Git reads the configuration of the tree that is being judged, so it runs hardened: no hooks, no file-system
 * monitor, no lock taken, no `GIT_*` variable of the caller, and never from a folder where a planted `git` could
 * be found first. It only lists.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { readSmallFile } from './files-small.js';
import { findGitRoot } from './git/root.js';
import { findGitProgram, gitEnvironment } from './git/run.js';

/** Paths are absolute. Directories are asked before their content, and the content of an ignored one is never asked for. */
export interface IgnoreRules {
  ignores(absolute: string, isDirectory: boolean): boolean;
  /** Called once per directory, before anything inside it is asked for. */
  enter(directory: string): void;
}

/** Rules for everything below `directory`. A directory that is itself ignored was named on purpose: nothing in it is ignored then. */
export function gitIgnoreRules(directory: string): IgnoreRules {
  const gitRoot = findGitRoot(directory);
  return (gitRoot === undefined ? undefined : rulesFromGit(gitRoot, directory)) ?? rulesFromFiles(directory, '.gitignore', gitRoot);
}

function rulesFromGit(gitRoot: string, directory: string): IgnoreRules | undefined {
  const listed = listIgnored(gitRoot, directory);
  if (listed === undefined) return undefined;
  const ignored = new Set(listed.map((name) => path.join(gitRoot, name)));
  for (let current = directory; current !== gitRoot; current = path.dirname(current)) {
    if (ignored.has(current)) return { ignores: () => false, enter: () => undefined };
  }
  return { ignores: (absolute) => ignored.has(absolute), enter: () => undefined };
}

/** Ignored, untracked paths relative to `gitRoot`; a directory that is ignored as a whole comes once. `undefined`: git cannot tell. */
function listIgnored(gitRoot: string, directory: string): readonly string[] | undefined {
  const program = findGitProgram(gitRoot);
  if (program === undefined) return undefined;
  const below = path.relative(gitRoot, directory).split(path.sep).join('/');
  try {
    const output = execFileSync(
      program,
      [
        ...['-C', gitRoot],
        ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false'],
        ...['--literal-pathspecs', '--no-optional-locks'],
        ...['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'],
        ...(below === '' ? [] : ['--', below]),
      ],
      {
        // A program search may look into the working directory first (Windows does): never the scanned one.
        cwd: path.dirname(process.execPath),
        env: gitEnvironment(),
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 60_000,
        windowsHide: true,
      },
    );
    return output
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => (name.endsWith('/') ? name.slice(0, -1) : name));
  } catch {
    return undefined; // no git, a repository of another owner, a broken one: the library answers instead
  }
}

/** Ignore files of one name, from `top` (default: `directory`) downwards, nested ones winning over outer ones as in git. */
export function rulesFromFiles(directory: string, fileName: string, top: string = directory): IgnoreRules {
  // Per folder: the rules that count in it, innermost first. Folders without a file of their own share their parent's list.
  const levels = new Map<string, readonly Level[]>();
  const enter = (folder: string): void => {
    const outer = folder === top ? [] : (levels.get(path.dirname(folder)) ?? []);
    const exclude = folder === top && fileName === '.gitignore' ? readSmallFile(path.join(folder, '.git', 'info', 'exclude')) : undefined;
    const text = [exclude, readSmallFile(path.join(folder, fileName))].filter((part) => part !== undefined).join('\n');
    // Git compares names exactly except where the file system does not.
    const rules = text === '' ? undefined : ignore({ ignorecase: process.platform !== 'linux' }).add(text);
    levels.set(folder, rules === undefined ? outer : [{ prefix: prefixOf(folder), rules }, ...outer]);
  };
  const ignores = (absolute: string, isDirectory: boolean): boolean => {
    for (const { prefix, rules } of levels.get(path.dirname(absolute)) ?? []) {
      const below = absolute.slice(prefix.length) + (isDirectory ? '/' : '');
      const relative = path.sep === '/' ? below : below.replaceAll(path.sep, '/');
      if (!ignore.isPathValid(relative)) continue;
      const verdict = rules.test(relative);
      if (verdict.ignored || verdict.unignored) return verdict.ignored;
    }
    return false;
  };
  const above = foldersBetween(top, directory);
  above.forEach(enter);
  const named = [...above.slice(1), directory].some((folder) => folder !== top && ignores(folder, true));
  return named ? { ignores: () => false, enter: () => undefined } : { ignores, enter };
}

interface Level {
  /** The folder of the ignore file, with a separator at the end. */
  readonly prefix: string;
  readonly rules: Ignore;
}

function prefixOf(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep;
}

/** `top` and the folders below it that lead to `directory`, which is not among them. */
function foldersBetween(top: string, directory: string): readonly string[] {
  const names = path
    .relative(top, directory)
    .split(path.sep)
    .filter((name) => name !== '');
  return names.map((_name, at) => path.join(top, ...names.slice(0, at)));
}
