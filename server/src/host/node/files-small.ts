/** Small questions to the file system that more than one module here asks; none of them throws. */
import { lstatSync, readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** Follows links; `undefined`: nothing there, or not to be seen. */
export function statOrUndefined(absolute: string): Stats | undefined {
  try {
    return statSync(absolute);
  } catch {
    return undefined;
  }
}

/**
 * The text of a configuration file in a tree that is not trusted: only a regular file of sensible size. A link, a
 * pipe or a device of that name is as good as none, so that it can neither lead out of the tree nor hold up the run.
 */
export function readSmallFile(absolute: string, maxBytes = 1_000_000): string | undefined {
  try {
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size <= maxBytes ? readFileSync(absolute, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** By UTF-16 code unit: the same order everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `EACCES`, for a message; never the path, which is untrusted text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}
