/** What the suites share: the shape of a test, and waiting for what the editor announces (never for time to pass). */
import path from 'node:path';
import * as vscode from 'vscode';

export interface HostTest {
  readonly name: string;
  readonly body: () => Promise<void>;
}

/** Publisher and name from the manifest. */
export const EXTENSION_ID = 'countersign.countersign';
/** `Diagnostic.source` of everything that the server publishes. */
export const SOURCE = 'countersign';

/** The extension, activated. */
export async function activated(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  if (extension === undefined) throw new Error(`${EXTENSION_ID} is not installed in this window`);
  await extension.activate();
  return extension;
}

/** A file of the opened workspace folder. */
export function workspaceFile(...parts: readonly string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, ...parts);
}

/** Opens a text file in an editor. */
export async function show(...parts: readonly string[]): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceFile(...parts)));
}

/** Opens a notebook in a notebook editor. */
export async function showNotebook(...parts: readonly string[]): Promise<vscode.NotebookDocument> {
  const document = await vscode.workspace.openNotebookDocument(workspaceFile(...parts));
  await vscode.window.showNotebookDocument(document);
  return document;
}

/** Our diagnostics of one document, in order of position. */
export function ours(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === SOURCE)
    .toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

/** The rule id in a diagnostic's code. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** Our diagnostics of a document as soon as they satisfy `wanted`; by default, as soon as there are any. */
export async function diagnosticsOf(
  uri: vscode.Uri,
  wanted: (found: readonly vscode.Diagnostic[]) => boolean = (found) => found.length > 0,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = ours(uri);
      if (!wanted(found)) return;
      listener.dispose();
      resolve(found);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

/** `file:line rule` for each diagnostic, lines 1-based: short enough to compare, and to read in a failure. */
export function summarise(uri: vscode.Uri, found: readonly vscode.Diagnostic[]): readonly string[] {
  return found.map((each) => `${path.posix.basename(uri.path)}:${each.range.start.line + 1} ${ruleOf(each)}`);
}
