/**
 * The view "AI-assisted changes": asks for an audit when a person opens it, and again when the branch may have moved while they look (the server answers from
 * memory where it has not). Nothing runs while nobody looks.
 */
import type { Disposable, Event, TreeItem as Item } from 'vscode';
import {
  CancellationTokenSource,
  commands,
  EventEmitter,
  RelativePattern,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { WorkDoneProgress } from 'vscode-languageclient/node';
import type { AuditParams, AuditQuestion, AuditResult, AuditView } from '../../../server/src/protocol/audit.js';
import { AUDIT_METHOD } from '../../../server/src/protocol/audit.js';
import { AUDIT_VIEW, COMMANDS } from '../../../server/src/protocol/commands.js';
import { GIT_SCHEME } from './diff.js';
import type { AuditNode, NodeIcon } from './nodes.js';
import { auditNodes, noticeNodes } from './nodes.js';

/** Which welcome text and which buttons there are: `empty`, `running`, `report`, or why there is no report. */
const STATE_KEY = 'countersign.auditState';
/** A commit writes several of the files that are watched. */
const REST_MS = 300;

export interface AuditTree extends Disposable {
  /** The rows as they are now, and when they change. */
  readonly nodes: () => readonly AuditNode[];
  readonly onNodes: Event<void>;
  readonly report: () => AuditView | undefined;
  /** URI of the folder whose repository is looked at; undefined where none is open. */
  readonly folder: () => string | undefined;
  /** Looks; resolves when there is an answer. */
  refresh(fresh: boolean): Promise<void>;
  /** Asks about something else from now on. */
  ask(question: AuditQuestion, folder?: string): Promise<void>;
  stop(): void;
}

const COLOURS: Readonly<Record<NonNullable<NodeIcon['colour']>, string>> = {
  error: 'list.errorForeground',
  warning: 'list.warningForeground',
  note: 'charts.blue',
  good: 'testing.iconPassed',
  agent: 'charts.purple',
};

export function createAuditTree(client: LanguageClient): AuditTree {
  const changed = new EventEmitter<void>();
  let question: AuditQuestion = { kind: 'branch' };
  let chosen: string | undefined;
  let report: AuditView | undefined;
  let nodes: readonly AuditNode[] = [];
  let running: CancellationTokenSource | undefined;
  let asked = 0;
  let soon: NodeJS.Timeout | undefined;

  const tree = window.createTreeView<AuditNode>(AUDIT_VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: treeItem,
      getChildren: (node) => [...(node?.children ?? nodes)],
    },
  });

  const show = (state: string, next: AuditView | undefined, notice?: string): void => {
    report = next;
    nodes = next !== undefined ? auditNodes(next) : notice === undefined ? [] : noticeNodes(state, notice);
    // Where there is a message, VS Code shows no welcome text.
    tree.message = '';
    tree.description = next?.range ?? '';
    void commands.executeCommand('setContext', STATE_KEY, state);
    changed.fire();
  };

  const folder = (): string | undefined => {
    const folders = workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? [];
    return (folders.find(({ uri }) => uri.toString() === chosen) ?? folders[0])?.uri.toString();
  };

  const refresh = async (fresh: boolean): Promise<void> => {
    const where = folder();
    if (where === undefined) return show('no-folder', undefined);
    running?.cancel();
    const source = new CancellationTokenSource();
    running = source;
    const mine = ++asked;
    const workDoneToken = `countersign-audit-${mine}`;
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === 'report' && mine === asked && value.message !== undefined) tree.message = `Looking at commits: ${value.message}`;
    });
    await commands.executeCommand('setContext', 'countersign.auditRunning', true);
    try {
      const params: AuditParams = { folder: where, question, fresh, workDoneToken };
      const result = await window.withProgress({ location: { viewId: AUDIT_VIEW } }, () =>
        client.sendRequest<AuditResult>(AUDIT_METHOD, params, source.token),
      );
      if (mine !== asked) return;
      if (result.kind === 'report') show('report', result.report);
      else if (result.kind === 'unusable') show(result.reason, undefined, result.reason === 'no-repository' ? undefined : result.message);
      // What was known before stays.
      else if (report === undefined) show('stopped', undefined);
      else tree.message = '';
    } catch (error) {
      if (mine === asked) show('broken', undefined, `The audit failed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      progress.dispose();
      source.dispose();
      if (mine === asked) {
        running = undefined;
        await commands.executeCommand('setContext', 'countersign.auditRunning', false);
      }
    }
  };

  /** What is not committed changes with every edit: that is looked at again when a person asks. */
  const look = (): void => {
    if (!tree.visible || (question.kind === 'worktree' && report !== undefined)) return;
    if (soon !== undefined) clearTimeout(soon);
    soon = setTimeout(() => {
      soon = undefined;
      if (running === undefined) void refresh(false);
    }, REST_MS);
  };

  const watchers: Disposable[] = [];
  const watchHeads = (): void => {
    for (const watcher of watchers.splice(0)) watcher.dispose();
    for (const { uri } of workspace.workspaceFolders ?? []) {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(uri, '.git/{HEAD,logs/HEAD}'));
      watchers.push(watcher, watcher.onDidChange(look), watcher.onDidCreate(look));
    }
  };
  watchHeads();
  const listeners = [
    tree,
    changed,
    tree.onDidChangeVisibility(look),
    // Linked worktrees and folders inside a repository have their head elsewhere.
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) look();
    }),
    workspace.onDidChangeWorkspaceFolders(() => {
      watchHeads();
      look();
    }),
  ];
  look();

  return {
    nodes: () => nodes,
    onNodes: changed.event,
    report: () => report,
    folder,
    refresh,
    async ask(next, where) {
      question = next;
      chosen = where ?? chosen;
      show('empty', undefined);
      await refresh(false);
    },
    stop: () => running?.cancel(),
    dispose() {
      if (soon !== undefined) clearTimeout(soon);
      running?.cancel();
      for (const each of [...watchers, ...listeners]) each.dispose();
    },
  };
}

function treeItem(node: AuditNode): Item {
  const { id, label, description, tooltip, icon, spoken, place, commit, isOpen, children } = node;
  const state =
    children.length === 0
      ? TreeItemCollapsibleState.None
      : isOpen === true
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(label, state);
  item.id = id;
  // A text, not Markdown: it comes from the repository.
  item.tooltip = tooltip;
  if (description !== undefined) item.description = description;
  item.accessibilityInformation = { label: spoken };
  if (icon === undefined) {
    item.iconPath = ThemeIcon.File;
    // Not the file itself: what another extension says about it is about another version.
    item.resourceUri = Uri.from({ scheme: GIT_SCHEME, path: `/${place?.path ?? label}` });
  } else
    item.iconPath = icon.colour === undefined ? new ThemeIcon(icon.name) : new ThemeIcon(icon.name, new ThemeColor(COLOURS[icon.colour]));
  if (place !== undefined && children.length === 0)
    item.command = { command: COMMANDS.openAuditPlace, title: 'Open the Change', arguments: [place] };
  if (node.command !== undefined) item.command = { command: node.command, title: label };
  if (commit !== undefined && commit.sha !== '') item.contextValue = 'commit';
  return item;
}
