/** Files of one commit's tree: what there is below a path, and the text of single ones. */
import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';
import { messageText, pathText } from './text.js';

export interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly hash: string;
}

/**
 * Regular files at or below each path, sorted as git sorts; an empty path is the whole tree. Undefined: the tree cannot be read.
 *
 * @param tree full hash of a commit or tree
 */
export async function treeFiles(repository: Repository, tree: string, paths: readonly string[]): Promise<readonly TreeFile[] | undefined> {
  const listed = await runGit(repository, ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...paths.filter((path) => path !== '')]);
  if (listed.kind === 'failed') return undefined;
  const files: TreeFile[] = [];
  const bytes = listed.stdout;
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break;
    const tab = bytes.indexOf(9, at);
    const [mode = '', , hash = ''] = bytes.subarray(at, tab).toString('latin1').split(' ');
    if (mode.startsWith('100')) files.push({ path: pathText(bytes.subarray(tab + 1, end)), mode, hash });
    at = end + 1;
  }
  return files;
}

/** As UTF-8; undefined where it is missing or larger. */
export async function blobText(reader: ObjectReader, hash: string, maxBytes: number): Promise<string | undefined> {
  const object = await reader.read(hash, maxBytes);
  return object.kind === 'blob' ? messageText(object.bytes, undefined) : undefined;
}
