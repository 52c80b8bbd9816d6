/** Where this repository is, whatever the working directory, and where the person who ran `npm` stood. */
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * A path given on the command line, as the person meant it: npm runs scripts in the package's folder and says in INIT_CWD where it was called.
 * @param {string} given
 * @returns {string} absolute
 */
export function fromCaller(given) {
  return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), given);
}
