/**
 * The files around a scanned one, as a host shows them: what imports lead to. The host decides what may be seen (nothing outside of the
 * root, no links, no installed packages, nothing too large); the engine asks, and opens no file itself.
 */

/** Paths are relative to the root, with `/` separators; `''` is the root itself. */
export interface ProjectFiles {
  /** Names of the files and folders in a folder; empty where there is none. */
  names(folder: string): ReadonlySet<string>;
  /** Changes with the file's text, and when files come or go that it may import; undefined where there is no such file. */
  version(path: string): string | undefined;
  /** Undefined where there is no such file, or none that may be read. */
  text(path: string): string | undefined;
}
