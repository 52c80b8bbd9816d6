/**
 * One changed file of a commit, as the analyses of `core/audit` get it: both texts, and which lines the diff touches. Whoever fills it in (`host/node/git`)
 * reads git; nothing here does.
 */

/** A run of lines that differs; 1-based first line and number of lines on either side, as in a unified diff without context. A count of 0 means "after line start". */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

export interface FileChange {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied' | 'mode-changed';
  /** In the commit's tree; of a deleted file, in the parent's. */
  readonly path: string;
  /** In the parent's tree; undefined for an added file. */
  readonly oldPath?: string;
  /** Undefined where there is none (added, deleted) or where it is not text that can be read. */
  readonly before?: string;
  readonly after?: string;
  /** Git's modes, e.g. `100644`, `100755`, `120000` (a link), `160000` (a submodule); `000000` where there is none. */
  readonly oldMode: string;
  readonly newMode: string;
  readonly hunks: readonly Hunk[];
  /** Why the newer side (of a deleted file, the older one) has no text although it exists. */
  readonly unread?: 'binary' | 'too-large' | 'missing' | 'submodule' | 'symlink';
}
