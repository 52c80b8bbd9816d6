/** The commands of `contributes.commands`. Each does what a person just asked for, so each may answer with a message. */
import type { Disposable } from 'vscode';
import { commands, languages, ProgressLocation, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import type { SuppressArguments } from '../../server/src/protocol/commands.js';
import { COMMANDS } from '../../server/src/protocol/commands.js';
import type { SuppressEditParams, SuppressEditResult } from '../../server/src/protocol/messages.js';
import { SUPPRESS_EDIT_METHOD } from '../../server/src/protocol/messages.js';
import type { Pages } from './pages.js';

const MESSAGE_MS = 10_000;

export function registerCommands(client: LanguageClient, pages: Pages): readonly Disposable[] {
  return [
    commands.registerCommand(COMMANDS.scanWorkspace, () => scanWorkspace(client)),
    commands.registerCommand(COMMANDS.explainFinding, (ruleId?: unknown) => explainFinding(pages, ruleId)),
    commands.registerCommand(COMMANDS.showCoverage, () => showCoverage(pages)),
    commands.registerCommand(COMMANDS.restartServer, () => restartServer(client)),
    commands.registerCommand(COMMANDS.suppress, (argument: unknown) => suppress(client, argument)),
  ];
}

/** The server reports progress, and can be stopped, by LSP's own means. */
async function scanWorkspace(client: LanguageClient): Promise<unknown> {
  const result: unknown = await client.sendRequest(ExecuteCommandRequest.type, { command: COMMANDS.scanWorkspace });
  if (isRecord(result) && typeof result['files'] === 'number') {
    const { state, files, findings, notFullyScanned } = result;
    const rest = notFullyScanned === 0 ? '' : `, ${String(notFullyScanned)} not fully scanned`;
    window.setStatusBarMessage(
      `Countersign${state === 'cancelled' ? ' was stopped' : ''}: ${files} files, ${String(findings)} findings${rest}`,
      MESSAGE_MS,
    );
  }
  return result;
}

async function explainFinding(pages: Pages, argument: unknown): Promise<void> {
  const ruleId = typeof argument === 'string' ? argument : await ruleAtCursor();
  if (ruleId === undefined) return;
  const page = await pages.rulePage(ruleId);
  if (page === undefined) await window.showInformationMessage(`There is no rule ${ruleId} here.`);
  else await commands.executeCommand('markdown.showPreview', page);
}

/** The rule of the finding under the cursor; where there are several, or none there but some in the file, the person chooses. */
async function ruleAtCursor(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const found = editor === undefined ? [] : languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === 'countersign');
  const position = editor?.selection.active;
  const here =
    position === undefined ? [] : found.filter(({ range }) => range.start.line <= position.line && position.line <= range.end.line);
  const candidates = here.length > 0 ? here : found;
  const rules = [...new Map(candidates.map((each) => [ruleOf(each.code), each.message] as const))].filter(([rule]) => rule !== '');
  if (rules.length === 0) {
    await window.showInformationMessage('There is no Countersign finding in this editor.');
    return undefined;
  }
  if (rules.length === 1 && here.length > 0) return rules[0]?.[0];
  const picked = await window.showQuickPick(
    rules.map(([label, detail]) => ({ label, detail })),
    { placeHolder: 'Which finding?' },
  );
  return picked?.label;
}

function ruleOf(code: string | number | { readonly value: string | number } | undefined): string {
  return typeof code === 'object' ? String(code.value) : code === undefined ? '' : String(code);
}

async function showCoverage(pages: Pages): Promise<void> {
  const document = await workspace.openTextDocument(pages.coverage());
  await window.showTextDocument(document, { preview: true });
}

async function restartServer(client: LanguageClient): Promise<void> {
  await window.withProgress({ location: ProgressLocation.Window, title: 'Countersign: restarting' }, () => client.restart());
}

/** Writes a suppression with a reason; `false` when there is none in the end. */
async function suppress(client: LanguageClient, argument: unknown): Promise<boolean> {
  if (!isSuppressArguments(argument)) return false;
  const reason = argument.reason ?? (await askReason(argument.ruleId));
  if (reason === undefined) return false;
  const { uri, ruleId, line, character } = argument;
  const params: SuppressEditParams = { uri, ruleId, line, character, reason };
  const result = await client.sendRequest<SuppressEditResult>(SUPPRESS_EDIT_METHOD, params);
  if (result.kind === 'refused') {
    // Not awaited: the caller wants to know now, and the message may stay.
    void window.showWarningMessage(`Countersign: ${result.message}`);
    return false;
  }
  const target = Uri.parse(result.uri, true);
  const edit = new WorkspaceEdit();
  edit.replace(target, new Range(result.line, result.character, result.line, result.character), result.newText);
  return workspace.applyEdit(edit);
}

function askReason(ruleId: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: `Suppress ${ruleId} here`,
    prompt: 'Why is this acceptable? The reason is written into the code, for whoever reviews it.',
    placeHolder: 'e.g. the input is a constant from our own build',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? 'A suppression counts only with a reason.' : undefined),
  });
}

function isSuppressArguments(value: unknown): value is SuppressArguments {
  return (
    isRecord(value) &&
    typeof value['uri'] === 'string' &&
    typeof value['ruleId'] === 'string' &&
    typeof value['line'] === 'number' &&
    typeof value['character'] === 'number' &&
    (value['reason'] === undefined || typeof value['reason'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
