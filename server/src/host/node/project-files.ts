/**
 * The files of a project as the engine may look at them when it follows imports: below the root, no links, nothing that is installed, nothing too large. What a
 * folder holds is read once; the text of a file each time it is asked for, as the engine keeps what it needs.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectFiles, RepoPath } from '../../core/index.js';
import { decodeSource } from './files-read.js';

/** Folders in which nobody's own sources are. */
const PASSED_OVER: ReadonlySet<string> = new Set(['node_modules', 'site-packages', '.git', '.venv', 'venv', '__pycache__']);
const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * @param root absolute; what paths are relative to
 * @param maxBytes of one file; 0 is no limit
 * @param open text of files that are open in an editor, by path: it counts instead of the file's, and so does its version
 */
export function createProjectFiles(
  root: string,
  maxBytes: number,
  open: (path: string) => { readonly version: string; readonly text: string } | undefined = () => undefined,
): ProjectFiles {
  const folders = new Map<string, { readonly names: ReadonlySet<string>; readonly below: ReadonlySet<string> }>();
  const versions = new Map<string, string | undefined>();

  const split = (place: string): readonly [string, string] => {
    const slash = place.lastIndexOf('/');
    return slash < 0 ? ['', place] : [place.slice(0, slash), place.slice(slash + 1)];
  };
  const folder = (place: string): { readonly names: ReadonlySet<string>; readonly below: ReadonlySet<string> } => {
    let known = folders.get(place);
    if (known === undefined) folders.set(place, (known = readFolder(place)));
    return known;
  };
  const readFolder = (place: string): { readonly names: ReadonlySet<string>; readonly below: ReadonlySet<string> } => {
    if (place !== '') {
      const [around, name] = split(place);
      // A link, or nothing: then nothing below it is looked at either.
      if (!folder(around).below.has(name)) return { names: NO_NAMES, below: NO_NAMES };
    }
    try {
      const entries = readdirSync(path.join(root, ...place.split('/')), { withFileTypes: true });
      const kept = entries.filter((entry) => (entry.isFile() || entry.isDirectory()) && !PASSED_OVER.has(entry.name));
      return {
        names: new Set(kept.map((entry) => entry.name)),
        below: new Set(kept.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))),
      };
    } catch {
      return { names: NO_NAMES, below: NO_NAMES };
    }
  };
  const isFile = (place: string): boolean => {
    const [around, name] = split(place);
    const { names, below } = folder(around);
    return names.has(name) && !below.has(name);
  };

  return {
    names: (place) => folder(place).names,
    version(place) {
      const shown = open(place);
      if (shown !== undefined) return shown.version;
      if (!versions.has(place)) versions.set(place, isFile(place) ? versionOf(path.join(root, ...place.split('/'))) : undefined);
      return versions.get(place);
    },
    text(place) {
      const shown = open(place);
      if (shown !== undefined) return shown.text;
      return isFile(place) ? readText(path.join(root, ...place.split('/')), place, maxBytes) : undefined;
    },
  };
}

function versionOf(absolute: string): string | undefined {
  try {
    const { mtimeMs, size } = lstatSync(absolute);
    return `${mtimeMs}:${size}`;
  } catch {
    return undefined;
  }
}

function readText(absolute: string, place: string, maxBytes: number): string | undefined {
  try {
    const handle = openSync(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(handle);
      if (!stats.isFile() || (maxBytes > 0 && stats.size > maxBytes)) return undefined;
      const source = decodeSource(readFileSync(handle), place as RepoPath, { named: false });
      return source.kind === 'text' ? source.text : undefined;
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}
