/**
 * The settings under `countersign.` as a client sends them. Names and defaults are the manifest's
 * (`contributes.configuration`); a test compares both.
 */
export const SETTINGS_SECTION = 'countersign';

export interface Settings {
  /** `audit` also runs the rules that are too noisy for everyday editing. */
  readonly profile: 'default' | 'audit';
  /** Rule ids that this person does not want to see. */
  readonly disabledRules: readonly string[];
  /** Absolute paths of rule files or folders, besides the built-in packs. A repository cannot set it. */
  readonly rulePaths: readonly string[];
  /** Scan the whole workspace when it opens. */
  readonly scanOnOpen: boolean;
  /** Show suppressed findings as hints instead of not at all. */
  readonly showSuppressed: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  profile: 'default',
  disabledRules: [],
  rulePaths: [],
  scanOnOpen: false,
  showSuppressed: false,
};

/** Settings that only our own client reads. */
export const DEFAULT_CLIENT_SETTINGS = {
  /** Mark lines in the gutter that a tool's record attributes to an agent. */
  showRecordedAttribution: false,
} as const;

/** What our own client says in `initializationOptions`; any other client may leave it out. */
export interface InitializationOptions {
  /** Used until `workspace/configuration` answers, and by clients that have no configuration. */
  readonly settings?: Partial<Settings>;
  /**
   * `auto` (default): pull where the client offers it, push otherwise. `push`: always push. VS Code pulls only
   * for visible editors and cell by cell, so our client asks for push.
   */
  readonly diagnostics?: 'auto' | 'push';
  /** The client implements the commands of `COMMANDS` itself (asks for a reason, shows documents). */
  readonly clientCommands?: boolean;
}
