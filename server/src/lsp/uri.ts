/**
 * URIs and paths, converted in this one place. Keys compare URIs that clients spell differently
 * (`file:///C:/a b` and `file:///c%3A/a%20b`); what goes back to a client is always its own spelling.
 */
import { URI } from 'vscode-uri';
import type { RepoPath } from '../core/index.js';

/** A spelling of `uri` that is the same for all spellings of one resource. Never throws. */
export function uriKey(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

/** The path on disk, with the platform's separators; nothing for other schemes (`untitled:`, `vscode-vfs:`). */
export function filePath(uri: string): string | undefined {
  try {
    const parsed = URI.parse(uri);
    return parsed.scheme === 'file' ? parsed.fsPath : undefined;
  } catch {
    return undefined;
  }
}

/** `/w/a b.py` -> `file:///w/a%20b.py`; `C:\w` -> `file:///c%3A/w`. */
export function fileUri(path: string): string {
  return URI.file(path).toString();
}

/** The last part of the path, decoded, e.g. `my project`; the whole URI where there is none. */
export function baseName(uri: string): string {
  try {
    return URI.parse(uri).path.replace(/\/+$/, '').split('/').pop() || uri;
  } catch {
    return uri;
  }
}

/** Whether `uri` is `folder` or lies in it. */
export function isInside(uri: string, folder: string): boolean {
  return relative(uri, folder) !== undefined;
}

/** Decoded path of `uri` below `folder`, `/` separators, e.g. `src/a b.py`; `''` for the folder itself. */
export function relative(uri: string, folder: string): string | undefined {
  try {
    const inner = URI.parse(uriKey(uri));
    const outer = URI.parse(uriKey(folder));
    if (inner.scheme !== outer.scheme || inner.authority !== outer.authority) return undefined;
    const base = outer.path.endsWith('/') ? outer.path : `${outer.path}/`;
    if (inner.path === outer.path || `${inner.path}/` === base) return '';
    return inner.path.startsWith(base) ? inner.path.slice(base.length) : undefined;
  } catch {
    return undefined;
  }
}

/** The path by which the engine knows a document: below its folder, or the whole path where no folder is open. */
export function repoPath(uri: string, folder: string | undefined): RepoPath {
  const inside = folder === undefined ? undefined : relative(uri, folder);
  if (inside !== undefined && inside !== '') return inside as RepoPath;
  try {
    return URI.parse(uri).path.replace(/^\/+/, '') as RepoPath;
  } catch {
    return uri as RepoPath;
  }
}
