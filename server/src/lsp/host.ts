/**
 * What the language server asks of the machine it runs on. `host/node` and, later, `host/browser` provide it; the
 * server itself reads no file and starts no timer of its own. Paths are absolute, as the platform writes them.
 */
import type {
  CancelSignal,
  FileReport,
  ProjectFiles,
  RepoPath,
  RuleError,
  RuleInfo,
  RuleNotes,
  RuleSource,
  Session,
  SessionConfig,
} from '../core/index.js';

import type { CommitsHost } from './commitsHost.js';

export interface LoadedRules {
  readonly sources: readonly LoadedSource[];
  /** Rule files that could not be read, and paths that do not exist. */
  readonly errors: readonly RuleError[];
}

export interface LoadedSource extends RuleSource {
  /** Where the file is; a client gets diagnostics for it under this path's URI. */
  readonly file: string;
}

/** A path that the scan leaves alone on purpose, such as what git ignores. A folder stands for all that is in it. */
export interface PassedOver {
  /** Relative to the scan root, `/` separators. */
  readonly path: string;
  /** `convention`: git ignores it, or nobody's own sources are in it. `named`: someone or something else decided; people are told each. */
  readonly kind: 'convention' | 'named';
  readonly message: string;
}

export interface FolderScan {
  readonly root: string;
  readonly config: SessionConfig;
  readonly cancel: CancelSignal;
  /** Called once, when the files have been listed. */
  listed(total: number, passedOver: readonly PassedOver[]): void;
  /** Called for each listed file, scanned or skipped, in no particular order. `file` is absolute. */
  report(file: string, report: FileReport): void;
}

export interface LspHost {
  createSession(config: SessionConfig): Promise<Session>;
  /** The packs that ship with Countersign. */
  builtinRules(): Promise<LoadedRules>;
  /** What is known about a built-in rule beside its file; nothing about any other. */
  readonly notesOf: (rule: RuleInfo) => RuleNotes;
  /** Rule files, and folders of them. With `inside`, nothing that leads out of that folder is read. */
  loadRules(paths: readonly string[], inside?: string): Promise<LoadedRules>;
  /** What is wrong with rule files. They may use the named sets of sources that `sets` have. Never keeps whoever types waiting. */
  checkRules(sources: readonly RuleSource[], sets: readonly RuleSource[]): Promise<readonly RuleError[]>;
  /** The same of one file that somebody is writing. */
  checkOpenRules(source: RuleSource, sets: readonly RuleSource[]): Promise<readonly RuleError[]>;
  /** What paths in reports are relative to: the repository that holds the folder, else the folder, as on the command line. */
  scanRoot(folder: string): string;
  /** Accounts of a code host that the repository around a folder belongs to; see `ScanOptions.accounts`. */
  accounts(folder: string): readonly string[];
  /** All files below a folder, in other threads where there are any. Git-ignored ones are left out. Never rejects. */
  scanFolder(scan: FolderScan): Promise<void>;
  /** One file from disk. Never rejects. */
  scanFile(session: Session, file: string, path: RepoPath, project?: ProjectFiles): Promise<FileReport>;
  /** The files around open ones, as they are now. `open` gives what is in the editor. */
  projectFiles(root: string, open: (path: string) => { readonly version: string; readonly text: string } | undefined): ProjectFiles;
  /** A text file that may be absent, such as `countersign.yaml`. */
  readOptional(file: string): Promise<string | undefined>;
  join(root: string, path: string): string;
  /** Absent where there is no git. */
  readonly commits?: CommitsHost;
  /** Calls back after `ms`; the result takes it back. */
  after(ms: number, callback: () => void): () => void;
}
