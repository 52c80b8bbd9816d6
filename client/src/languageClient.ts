/** The connection to the server: a Node process of the editor's own runtime, over Node's channel. */
import path from 'node:path';
import type { Diagnostic, ExtensionContext } from 'vscode';
import { Uri, workspace } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import type { InitializationOptions, Settings } from '../../server/src/protocol/settings.js';
import { SETTINGS_SECTION } from '../../server/src/protocol/settings.js';
import { COMMANDS } from '../../server/src/protocol/commands.js';

/** Text that a person edits. Not `git:`, `output:` and the like: the same text twice, or none of theirs. */
const SCHEMES = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-vfs'];

export function createClient(context: ExtensionContext): LanguageClient {
  const module = context.asAbsolutePath(path.join('server', 'dist', 'lsp.mjs'));
  // Not the folder that is open: nothing there may be found first by anything that looks around itself.
  const options = { cwd: context.extensionPath, execArgv: [] };
  const initializationOptions: InitializationOptions = {
    settings: readSettings(),
    // VS Code pulls only for visible editors, and of a notebook only the edited cell.
    diagnostics: 'push',
    clientCommands: true,
  };
  return new LanguageClient(
    'countersign',
    'Countersign',
    {
      run: { module, transport: TransportKind.ipc, options },
      debug: { module, transport: TransportKind.ipc, options: { ...options, execArgv: ['--nolazy', '--inspect=6019'] } },
    },
    {
      // All languages: what hides in a file does not care for its language.
      documentSelector: SCHEMES.map((scheme) => ({ scheme })),
      initializationOptions,
      // The output channel opens when a person opens it.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: false, supportHtml: false },
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(withRulePage)),
      },
    },
  );
}

/** A diagnostic's code leads to its rule's page, which is in the extension: no network needed. */
function withRulePage(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  const ruleId = typeof code === 'object' ? code.value : code;
  // Errors of rule files have codes too, and no page; only findings carry data.
  if (typeof ruleId !== 'string' || !('data' in diagnostic) || diagnostic.data === undefined || !/^[A-Za-z0-9._-]+$/.test(ruleId))
    return diagnostic;
  diagnostic.code = { value: ruleId, target: rulePageCommand(ruleId) };
  return diagnostic;
}

export function rulePageCommand(ruleId: string): Uri {
  return Uri.parse(`command:${COMMANDS.explainFinding}?${encodeURIComponent(JSON.stringify([ruleId]))}`);
}

/** For the first moments; the server asks for the settings of each folder itself. */
function readSettings(): Partial<Settings> {
  const settings = workspace.getConfiguration(SETTINGS_SECTION);
  return {
    profile: settings.get<Settings['profile']>('profile', 'default'),
    disabledRules: settings.get<string[]>('disabledRules', []),
    rulePaths: settings.get<string[]>('rulePaths', []),
    scanOnOpen: settings.get<boolean>('scanOnOpen', false),
    showSuppressed: settings.get<boolean>('showSuppressed', false),
  };
}
