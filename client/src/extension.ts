/**
 * The VS Code shell: starts the language server, and adds what only an editor can show. It analyses nothing, writes
 * nothing but the edits that a person chose, and shows no message that nobody asked for.
 */
import type { Event, ExtensionContext } from 'vscode';
import { registerAuditCommands } from './audit/commands.js';
import type { AuditNode } from './audit/nodes.js';
import type { MarkedDocument } from './audit/recordedLines.js';
import { showRecordedLines } from './audit/recordedLines.js';
import { createAuditTree } from './audit/view.js';
import { registerCommands } from './commands.js';
import { createClient } from './languageClient.js';
import { registerPages } from './pages.js';
import { createStatusBar } from './statusBar.js';
import type { ShownStatus } from './statusBar.js';

/** What `activate` returns: for tests, and for other extensions that want to know the state. */
export interface CountersignApi {
  /** The status-bar item, as shown now. */
  readonly statusBar: () => ShownStatus;
  readonly onStatusBar: Event<ShownStatus>;
  /** The rows of the view "AI-assisted changes", as shown now. */
  readonly auditNodes: () => readonly AuditNode[];
  readonly onAuditNodes: Event<void>;
  /** Lines with recorded attribution have been marked in an editor. */
  readonly onMarkedLines: Event<MarkedDocument>;
}

let stop: (() => Promise<void>) | undefined;

export async function activate(context: ExtensionContext): Promise<CountersignApi> {
  const client = createClient(context);
  const statusBar = createStatusBar(client);
  const pages = registerPages(client);
  context.subscriptions.push(statusBar, pages, ...registerCommands(client, pages));
  stop = () => client.dispose();
  await client.start();
  const tree = createAuditTree(client);
  const recorded = showRecordedLines(client, context);
  context.subscriptions.push(tree, ...registerAuditCommands(client, tree), recorded);
  return {
    statusBar: () => statusBar.shown(),
    onStatusBar: statusBar.onShown,
    auditNodes: tree.nodes,
    onAuditNodes: tree.onNodes,
    onMarkedLines: recorded.onMarked,
  };
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
