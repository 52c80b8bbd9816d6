/**
 * What is known about files that are not open, from a scan of the workspace: kept per file, so that it can be shown,
 * counted, updated when a file changes on disk and dropped when the file goes.
 */
import type { FileReport } from '../core/index.js';
import type { PassedOver } from './host.js';
import type { Project } from './workspace.js';
import { uriKey } from './uri.js';

export interface ClosedFile {
  readonly uri: string;
  readonly project: Project;
  readonly report: FileReport;
}

export type ScanState = 'never' | 'running' | 'complete' | 'cancelled';

export interface ClosedFiles {
  set(file: ClosedFile): void;
  get(uri: string): ClosedFile | undefined;
  /** Drops a file, or everything below a deleted folder; returns what was dropped. */
  remove(uri: string): readonly ClosedFile[];
  /** Drops everything that is not of one of these folders any more; returns it. */
  keepFolders(uris: readonly string[]): readonly ClosedFile[];
  all(): Iterable<ClosedFile>;
  scanState(folderUri: string): ScanState;
  setScanState(folderUri: string, state: ScanState): void;
  /** What the last scan of a folder left alone. */
  passedOver(folderUri: string): readonly PassedOver[];
  setPassedOver(folderUri: string, paths: readonly PassedOver[]): void;
}

export function createClosedFiles(): ClosedFiles {
  const files = new Map<string, ClosedFile>();
  const states = new Map<string, ScanState>();
  const passed = new Map<string, readonly PassedOver[]>();
  const removeWhere = (condition: (key: string, file: ClosedFile) => boolean): readonly ClosedFile[] => {
    const removed: ClosedFile[] = [];
    for (const [key, file] of files) {
      if (!condition(key, file)) continue;
      files.delete(key);
      removed.push(file);
    }
    return removed;
  };
  return {
    set(file) {
      files.set(uriKey(file.uri), file);
    },
    get: (uri) => files.get(uriKey(uri)),
    remove(uri) {
      const key = uriKey(uri);
      return removeWhere((other) => other === key || other.startsWith(`${key}/`));
    },
    keepFolders(uris) {
      const keys = new Set(uris.map(uriKey));
      for (const key of states.keys()) if (!keys.has(key)) states.delete(key);
      return removeWhere((_key, { project }) => !keys.has(uriKey(project.folder?.uri ?? '')));
    },
    all: () => files.values(),
    scanState: (folderUri) => states.get(uriKey(folderUri)) ?? 'never',
    setScanState(folderUri, state) {
      states.set(uriKey(folderUri), state);
    },
    passedOver: (folderUri) => passed.get(uriKey(folderUri)) ?? [],
    setPassedOver(folderUri, paths) {
      passed.set(uriKey(folderUri), paths);
    },
  };
}
