/** Which lines of one file a tool's record attributes to an agent, as the head has them: blame says which commits to ask, attribution what they say. */
import type { AttributedLines, Evidence } from '../../../core/provenance/attribution.js';
import { createAttributor } from './attribution.js';
import { blame } from './blame.js';
import { createTreeDiffs } from './changes.js';
import { readCommit } from './log.js';
import { createObjectReader } from './objects.js';
import { commitOf } from './range.js';
import type { Repository } from './repository.js';
import { blobText } from './tree.js';
import { createTreePaths } from './treePaths.js';

export interface RecordedFile {
  /** The file as the head has it: what `lines` count in. */
  readonly text: string;
  /** 1-based, inclusive. */
  readonly lines: readonly AttributedLines[];
  readonly evidence: readonly Evidence[];
}

/** In the order of their lines; more would cost an editor too much. */
const MAX_COMMITS = 400;

/** Undefined where the head does not have the file, or has it not as text. @param path `/` between folders */
export async function recordedLines(repository: Repository, path: string, maxBytes: number): Promise<RecordedFile | undefined> {
  const head = await commitOf(repository, 'HEAD');
  if (head === undefined) return undefined;
  const reader = createObjectReader(repository);
  const diffs = createTreeDiffs(repository);
  try {
    const known = await readCommit(reader, head);
    const entry = known === undefined ? undefined : await createTreePaths(reader).at(known.tree, path);
    const text = entry?.mode.startsWith('100') === true ? await blobText(reader, entry.hash, maxBytes) : undefined;
    const runs = text === undefined ? undefined : await blame(repository, head, path);
    if (text === undefined || runs === undefined) return undefined;
    const commits = [];
    for (const sha of [...new Set(runs.map(({ commit }) => commit))].slice(0, MAX_COMMITS)) {
      const commit = await readCommit(reader, sha);
      if (commit !== undefined) commits.push(commit);
    }
    const { lines, evidence } = await createAttributor(repository, reader, diffs).across({ head, paths: [path], commits });
    return { text, lines, evidence };
  } finally {
    reader.close();
    diffs.close();
  }
}
