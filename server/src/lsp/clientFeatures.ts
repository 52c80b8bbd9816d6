/**
 * What this client can do, read once from `initialize`, and what we offer it in return. Nothing is assumed: a
 * client that says nothing gets pushed diagnostics, plain-text hovers and edits in the oldest form.
 */
import type { ClientCapabilities, CodeActionKind, InitializeParams, ServerCapabilities } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/settings.js';
import { COMMANDS } from '../protocol/commands.js';

export const SOURCE = 'countersign';
export const FIX_ALL_KIND: CodeActionKind = 'source.fixAll.countersign';

export interface ClientFeatures {
  /** Open documents are answered on request, and not pushed. */
  readonly pull: boolean;
  readonly pullRefresh: boolean;
  readonly pushVersion: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly markdownHover: boolean;
  readonly codeActionLiterals: boolean;
  readonly preferredActions: boolean;
  readonly documentChanges: boolean;
  readonly configuration: boolean;
  readonly configurationEvents: boolean;
  readonly workspaceFolders: boolean;
  readonly watchedFiles: boolean;
  readonly relativePatterns: boolean;
  readonly notebooks: boolean;
  readonly workDoneProgress: boolean;
  /** The client has the commands of `COMMANDS` itself. */
  readonly clientCommands: boolean;
  readonly positionEncodings: boolean;
}

export function readClientFeatures(params: InitializeParams, options: InitializationOptions): ClientFeatures {
  const capabilities: ClientCapabilities = params.capabilities ?? {};
  const { textDocument, workspace } = capabilities;
  const format = textDocument?.hover?.contentFormat;
  return {
    pull: options.diagnostics !== 'push' && textDocument?.diagnostic !== undefined,
    pullRefresh: workspace?.diagnostics?.refreshSupport === true,
    pushVersion: textDocument?.publishDiagnostics?.versionSupport === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription:
      textDocument?.publishDiagnostics?.codeDescriptionSupport === true || textDocument?.diagnostic?.codeDescriptionSupport === true,
    diagnosticData: textDocument?.publishDiagnostics?.dataSupport === true || textDocument?.diagnostic?.dataSupport === true,
    // The client's order is its preference.
    markdownHover: format?.find((kind) => kind === 'markdown' || kind === 'plaintext') === 'markdown',
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    preferredActions: textDocument?.codeAction?.isPreferredSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    configuration: workspace?.configuration === true,
    configurationEvents: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    notebooks: capabilities.notebookDocument?.synchronization !== undefined,
    workDoneProgress: capabilities.window?.workDoneProgress === true,
    clientCommands: options.clientCommands === true,
    positionEncodings: capabilities.general?.positionEncodings !== undefined,
  };
}

export function serverCapabilities(features: ClientFeatures): ServerCapabilities {
  const own = [COMMANDS.scanWorkspace, COMMANDS.explainFinding, COMMANDS.showCoverage];
  return {
    ...(features.positionEncodings ? { positionEncoding: 'utf-16' } : {}),
    // `change: 2` is incremental.
    textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
    hoverProvider: true,
    ...(features.codeActionLiterals ? { codeActionProvider: { codeActionKinds: ['quickfix', FIX_ALL_KIND] } } : {}),
    // A client that has the commands itself would register them twice.
    ...(features.clientCommands ? {} : { executeCommandProvider: { commands: own, workDoneProgress: true } }),
    ...(features.pull
      ? { diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: true, workDoneProgress: true } }
      : {}),
    ...(features.notebooks ? { notebookDocumentSync: { notebookSelector: [{ notebook: '*' }], save: true } } : {}),
    ...(features.workspaceFolders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
  };
}
