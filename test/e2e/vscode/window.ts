/**
 * A window of a real VS Code to run a suite in. Two makers: code-server seen through Chromium (the default, from npm and the
 * distribution alone), and the desktop VS Code that @vscode/test-electron downloads. Both load the same module and call its `run()`.
 */

export interface WindowRequest {
  /** Absolute path of the extension (the repository). */
  readonly extension: string;
  /** Absolute path of the built suite, a CommonJS module that exports `run`. */
  readonly suite: string;
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  readonly trusted: boolean;
  /** A folder that is this window's alone: user data, extensions, logs. */
  readonly scratch: string;
  /** Environment of the extension host. */
  readonly env: Readonly<Record<string, string>>;
}

export interface EditorWindow {
  /** A picture of the window, where it can be seen. */
  readonly screenshot?: (file: string) => Promise<void>;
  /** Resolves when the text can be read; rejects when it cannot for long. */
  readonly see?: (text: string) => Promise<void>;
  /** Rests the pointer on a text. */
  readonly point?: (text: string) => Promise<void>;
  readonly click?: (text: string) => Promise<void>;
  readonly press?: (key: string) => Promise<void>;
  /** Rejects when the window dies before `close`. Never resolves. */
  readonly died: Promise<never>;
  readonly close: () => Promise<void>;
}
