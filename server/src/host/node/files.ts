/**
 * Which files a scan of some paths reads, and what becomes of everything else it meets on the way: each path
 * that is not read gets a reason. Links are never followed, special files never opened, and the order is by
 * code unit, so that two runs agree byte for byte.
 */
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import path from 'node:path';
import { Minimatch } from 'minimatch';
import type { FileError, RepoPath } from '../../core/index.js';
import { compareText, errorCode, statOrUndefined } from './files-small.js';
import { gitIgnoreRules, rulesFromFiles } from './git-ignore.js';
import { findGitRoot } from './git/root.js';
import type { IgnoreRules } from './git-ignore.js';

export interface ScanTarget {
  /** What rules' `paths` and fingerprints see: relative to `root`. */
  readonly path: RepoPath;
  /** Absolute: the repository that holds the file, else the working directory, else the named folder. */
  readonly root: string;
  readonly absolute: string;
  /** As a person named it, e.g. `src/run.py` after `scan src`; `/` separators. Untrusted text. */
  readonly shown: string;
  /** Bytes. */
  readonly size: number;
  /** Named on the command line: ignore rules do not apply, the size limit does. */
  readonly named: boolean;
  /** A version of the file that is in the repository's history: the hash to read it by, instead of the file. */
  readonly blob?: string;
  /** Its tree is wanted, where the scan makes one of the whole file. */
  readonly tree?: boolean;
}

export type SkipReason =
  | FileError['code']
  | 'git-ignored'
  | 'countersign-ignored'
  | 'default-skipped'
  | 'excluded'
  | 'not-included'
  | 'special-file';

export interface SkippedPath {
  readonly shown: string;
  readonly path: RepoPath;
  readonly root: string;
  readonly reason: SkipReason;
  /** One directory stands for all that is below it. */
  readonly isDirectory: boolean;
  readonly message: string;
}

export interface Discovery {
  readonly targets: readonly ScanTarget[];
  readonly skipped: readonly SkippedPath[];
  /** Named paths that cannot be scanned at all: the run fails. */
  readonly unusable: readonly { readonly shown: string; readonly message: string }[];
}

export interface DiscoveryOptions {
  readonly cwd: string;
  /** Globs as in an ignore file: a pattern without `/` matches a name at any depth. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useGitIgnore: boolean;
  /** Absolute: the report being written. Not even counted: a second run must give the same bytes. */
  readonly report?: string;
}

/** Not the author's own code, by everyone's convention. Never a name that could as well hold sources (`build`, `vendor`). */
const DEFAULT_SKIPPED: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', '.jj', 'node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store'],
  ...['.venv', '.tox', '.nox', '__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', 'site-packages'],
]);

export function discoverFiles(named: readonly string[], options: DiscoveryOptions): Discovery {
  const targets = new Map<string, ScanTarget>();
  const skipped = new Map<string, SkippedPath>();
  const unusable: { shown: string; message: string }[] = [];
  const include = compileGlobs(options.include);
  const exclude = compileGlobs(options.exclude);

  for (const argument of named) {
    const absolute = path.resolve(options.cwd, argument);
    const prefix = shownPrefix(argument);
    const stats = statOrUndefined(absolute);
    if (stats === undefined) {
      unusable.push({ shown: argument, message: 'there is no such file or folder, or it cannot be read' });
    } else if (stats.isDirectory()) {
      walk(absolute, prefix);
    } else if (stats.isFile()) {
      const root = rootOf(path.dirname(absolute), options.cwd);
      const place = { shown: prefix, path: repoPath(root, absolute), root };
      const reason = filterReason(place, false);
      if (reason !== undefined) skip(absolute, place, reason, false);
      else targets.set(absolute, { ...place, absolute, size: stats.size, named: true });
    } else {
      unusable.push({ shown: argument, message: 'this is neither a file nor a folder' });
    }
  }

  function walk(start: string, prefix: string): void {
    const root = rootOf(start, options.cwd);
    const git: IgnoreRules | undefined = options.useGitIgnore ? gitIgnoreRules(start) : undefined;
    const own = rulesFromFiles(start, '.countersignignore', findGitRoot(start));
    const pending: { directory: string; shown: string; git: IgnoreRules | undefined }[] = [{ directory: start, shown: prefix, git }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { directory, shown } = next;
      const shownBase = shown === '' || shown.endsWith('/') ? shown : `${shown}/`;
      const inRepo = repoPath(root, directory);
      const pathBase = inRepo === '' ? '' : `${inRepo}/`;
      const absoluteBase = directory.endsWith(path.sep) ? directory : directory + path.sep;
      let entries: Dirent[];
      try {
        entries = readdirSync(directory, { withFileTypes: true });
      } catch (error) {
        if (directory === start)
          unusable.push({ shown: shown === '' ? '.' : shown, message: `the folder cannot be read (${errorCode(error)})` });
        else
          skip(
            directory,
            { shown, path: repoPath(root, directory), root },
            'unreadable',
            true,
            `the folder cannot be read (${errorCode(error)})`,
          );
        continue;
      }
      // A repository inside the repository has ignore rules of its own, which the outer git does not know.
      const nested = directory !== start && git !== undefined && entries.some((entry) => entry.name === '.git');
      const rules = nested ? gitIgnoreRules(directory) : next.git;
      rules?.enter(directory);
      own.enter(directory);
      for (const entry of entries) {
        // Plain concatenation: `path.join` costs more than the system calls in a tree of many files.
        const absolute = absoluteBase + entry.name;
        if (absolute === options.report) continue;
        const place = { shown: shownBase + entry.name, path: (pathBase + entry.name) as RepoPath, root };
        const isDirectory = entry.isDirectory();
        const reason = isDirectory && isDefaultSkipped(absolute, entry.name) ? 'default-skipped' : undefined;
        const skipReason =
          reason ??
          (rules?.ignores(absolute, isDirectory) === true ? 'git-ignored' : undefined) ??
          (own.ignores(absolute, isDirectory) ? 'countersign-ignored' : undefined) ??
          filterReason(place, isDirectory);
        if (skipReason !== undefined) skip(absolute, place, skipReason, isDirectory);
        else if (isDirectory) pending.push({ directory: absolute, shown: place.shown, git: rules });
        else if (entry.isSymbolicLink()) skip(absolute, place, 'symlink', false, linkMessage(absolute, start));
        else addFile(absolute, place);
      }
    }
  }

  function addFile(absolute: string, place: Place): void {
    let stats: Stats;
    try {
      stats = lstatSync(absolute);
    } catch (error) {
      const message = absolute.includes('\uFFFD') ? 'the file name is not valid UTF-8' : `the file cannot be read (${errorCode(error)})`;
      skip(absolute, place, 'unreadable', false, message);
      return;
    }
    if (!stats.isFile()) skip(absolute, place, 'special-file', false, `${specialKind(stats)}; never opened`);
    else if (!targets.has(absolute)) targets.set(absolute, { ...place, absolute, size: stats.size, named: false });
  }

  function filterReason(place: Place, isDirectory: boolean): SkipReason | undefined {
    if (exclude.length > 0 && matchesAny(exclude, place)) return 'excluded';
    if (!isDirectory && include.length > 0 && !matchesAny(include, place)) return 'not-included';
    return undefined;
  }

  function skip(absolute: string, place: Place, reason: SkipReason, isDirectory: boolean, message = MESSAGES[reason] ?? reason): void {
    if (!skipped.has(absolute)) skipped.set(absolute, { ...place, reason, isDirectory, message });
  }

  // The same file may have been ignored on a walk and named as well: named wins.
  for (const absolute of targets.keys()) skipped.delete(absolute);
  return {
    targets: [...targets.values()].toSorted(byShown),
    skipped: [...skipped.values()].toSorted(byShown),
    unusable,
  };
}

type Place = Pick<ScanTarget, 'shown' | 'path' | 'root'>;

const MESSAGES: Readonly<Partial<Record<SkipReason, string>>> = {
  'git-ignored': 'git ignores it; --no-git-ignore scans it',
  'countersign-ignored': 'a .countersignignore file names it',
  'default-skipped': 'not the author’s own code by convention; name it to scan it',
  excluded: '--exclude names it',
  'not-included': '--include does not name it',
};

/** `./src/` -> `src/`, `.` -> ``, so that paths read as Semgrep prints them. */
function shownPrefix(argument: string): string {
  const plain = argument
    .split(path.sep)
    .join('/')
    .replace(/\/{2,}/g, '/');
  const rest = plain.replace(/^(?:\.\/)+/, '');
  if (rest === '.' || rest === '') return '';
  return rest.length > 1 ? rest.replace(/\/$/, '') : rest;
}

function rootOf(directory: string, cwd: string): string {
  const gitRoot = findGitRoot(directory);
  if (gitRoot !== undefined) return gitRoot;
  const fromCwd = path.relative(cwd, directory);
  return fromCwd === '' || (!fromCwd.startsWith('..') && !path.isAbsolute(fromCwd)) ? cwd : directory;
}

function repoPath(root: string, absolute: string): RepoPath {
  return path.relative(root, absolute).split(path.sep).join('/') as RepoPath;
}

function isDefaultSkipped(absolute: string, name: string): boolean {
  return DEFAULT_SKIPPED.has(name) || statOrUndefined(path.join(absolute, 'pyvenv.cfg')) !== undefined;
}

/** In-tree links lead to something that has its own entry; others would leave the tree that was named. */
function linkMessage(absolute: string, start: string): string {
  try {
    const relative = path.relative(realpathSync(start), realpathSync(absolute));
    if (relative === '') return 'a link in a circle; not followed';
    return relative.startsWith('..') || path.isAbsolute(relative)
      ? 'a link that leads out of the scanned folder; not followed'
      : 'a link; what it leads to is in the scanned folder under its own name';
  } catch (error) {
    return errorCode(error) === 'ELOOP' ? 'a link in a circle; not followed' : 'a link that leads nowhere';
  }
}

function specialKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'a device';
  return 'not a regular file';
}

function compileGlobs(globs: readonly string[]): readonly Minimatch[] {
  const options = { dot: true, nonegate: true, nocomment: true, platform: 'linux' as const };
  return globs.flatMap((glob) => {
    const anchored = glob.startsWith('/');
    const plain = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '');
    const forms = anchored ? [plain, `${plain}/**`] : [plain, `${plain}/**`, `**/${plain}`, `**/${plain}/**`];
    return forms.map((form) => new Minimatch(form, options));
  });
}

function matchesAny(globs: readonly Minimatch[], place: Place): boolean {
  return globs.some((glob) => glob.match(place.path) || glob.match(place.shown));
}

function byShown(a: { shown: string }, b: { shown: string }): number {
  return compareText(a.shown, b.shown);
}
