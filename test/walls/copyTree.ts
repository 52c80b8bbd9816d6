/**
 * A copy of the sources in a temporary folder, with the real compiler and lint settings, to break on purpose.
 * Dependencies are linked, not copied.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const COPIED = ['package.json', 'tsconfig.json', 'tsconfig.base.json', '.oxlintrc.json', '.gitignore', 'server', 'client'] as const;
const LEFT_OUT = new Set(['node_modules', 'dist']);

export interface TreeCopy {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/**
 * @param extra files to add, by path relative to the tree, e.g. `{ 'server/src/core/model/bad.ts': 'import ...' }`
 */
export async function copyTree(extra: Readonly<Record<string, string>>): Promise<TreeCopy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-walls-'));
  for (const name of COPIED) {
    await cp(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(path.basename(source)),
    });
  }
  // npm puts a package that two workspaces want in different versions into the workspace's own folder.
  for (const name of ['node_modules', 'server/node_modules', 'client/node_modules']) {
    if (existsSync(path.join(root, name))) await symlink(path.join(root, name), path.join(folder, name), 'junction');
  }
  for (const [name, text] of Object.entries(extra)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
