/** Where a repository begins, as far as the file system tells without asking git. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The nearest directory at or above `directory` that holds a `.git` entry. */
export function findGitRoot(directory: string): string | undefined {
  for (let current = directory; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, '.git'))) return current;
    if (path.dirname(current) === current) return undefined;
  }
}
