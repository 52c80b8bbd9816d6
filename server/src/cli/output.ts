/**
 * Where results go: standard output, written to the end even into a pipe, or one file, replaced in one step.
 * Problems and progress go to standard error.
 */
import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** `0`: nothing at or above the threshold. `1`: findings. `2`: it could not run. */
export type ExitCode = 0 | 1 | 2;

/** Resolves when the stream has taken everything. A reader that went away (`| head`) is no error. */
export function writeStream(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === undefined || error === null || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(error);
    });
  });
}

export function printOut(text: string): Promise<void> {
  return writeStream(process.stdout, text);
}

export function printError(text: string): Promise<void> {
  return writeStream(process.stderr, text);
}

/**
 * Writes beside the file and renames, so that nobody ever reads half of it. Keeps the mode of what it replaces;
 * what a link leads to is replaced, not the link. A device or pipe (`/dev/stdout`) is written to.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const stats = await stat(target).catch(() => undefined);
  if (stats !== undefined && !stats.isFile()) return writeFile(target, content);
  const temporary = path.join(path.dirname(target), `.countersign-${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    if (stats !== undefined) await chmod(temporary, stats.mode & 0o7777);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
