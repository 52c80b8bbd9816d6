/** The view "AI-assisted changes" on a branch that agents and people worked on: what it says, where a click leads, and what countersigning writes. */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { AuditNode } from '../../../../client/src/audit/nodes.js';
import type { CountersignApi } from '../../../../client/src/extension.js';
import type { SignResult } from '../../../../server/src/protocol/audit.js';
import { click, press, screenshot, seen } from './outside.js';
import { activated, show, workspaceFile } from './suite.js';
import type { HostTest } from './suite.js';

const RUNS = 'Run plans in the process, which is ten times faster';

export const auditSuite: readonly HostTest[] = [
  {
    name: 'the view says who wrote the branch, what to read first, and what was added and taken away',
    body: async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const nodes = await auditRows();
      // The editors narrower, and so the view as wide as a reviewer pulls it.
      for (let step = 0; step < 3; step++) await vscode.commands.executeCommand('workbench.action.decreaseViewWidth');
      const labels = flat(nodes).map(({ label }) => label);
      assert.equal(labels[0], 'At least 3 of 4 commits by agents');
      assert.equal(nodes[0]?.description, 'Claude Code 2, Cursor 1');
      assert.ok(labels.includes(RUNS));
      const files = flat(children(nodes, 'By File'));
      assert.match(rowOf(files, 'finding', /run\.py/).tooltip, /exec/);
      assert.match(rowOf(files, 'check', /test_run\.py/).tooltip, /skip/i);
      assert.match(rowOf(files, 'permission', /settings\.json/).tooltip, /Bash\(\*\)/);
      await seen('At least 3 of 4 commits by agents');
      await seen(RUNS);
    },
  },
  {
    name: 'a click on what to read first opens the difference at its line',
    body: async () => {
      const [first] = children(await auditRows(), 'Read First');
      assert.ok(first?.place !== undefined);
      const opened = editorShown(({ document }) => document.uri.path.endsWith(first.place?.path ?? ''));
      // Without anybody to click, what a click does.
      if (!(await click(first.label))) await vscode.commands.executeCommand('countersign.openAuditPlace', first.place);
      const { document, selection } = await opened;
      assert.equal(document.uri.scheme, 'countersign-git');
      assert.equal(selection.active.line, first.place.startLine);
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(tab instanceof vscode.TabInputTextDiff);
      assert.match((await vscode.workspace.openTextDocument(tab.original)).getText(), /Sandbox/);
      assert.doesNotMatch(document.getText(), /Sandbox/);
      if (await click(RUNS)) await seen('by a trailer of its message');
      await screenshot('audit-view');
    },
  },
  {
    name: 'a commit is countersigned: the note is written, and the view shows it',
    body: async () => {
      const commit = flat(await auditRows()).find(({ label }) => label === RUNS)?.commit;
      assert.ok(commit !== undefined);
      const signed = auditRows((rows) => flat(rows).some(({ label }) => label.startsWith('Rejected by Carol Reviewer')));
      const result = await vscode.commands.executeCommand<SignResult>('countersign.countersignCommit', {
        ...{ commit: commit.sha, decision: 'reject', note: 'the sandbox is gone' },
      });
      assert.equal(result.kind, 'written', JSON.stringify(result));
      await signed;
      const note = execFileSync('git', ['notes', '--ref', 'countersign', 'show', commit.sha], {
        cwd: workspaceFile().fsPath,
        encoding: 'utf8',
      });
      assert.match(note, /the sandbox is gone/);
      await seen('rejected by Carol Reviewer');
      await vscode.commands.executeCommand('notifications.clearAll');
      await screenshot('audit-countersigned');
    },
  },
  {
    name: 'the head moves, and the view follows when somebody looks',
    body: async () => {
      const moved = auditRows((rows) => flat(rows).some(({ label }) => label === 'One more'));
      execFileSync('git', ['commit', '-q', '--allow-empty', '-m', 'One more'], { cwd: workspaceFile().fsPath });
      await moved;
    },
  },
  {
    name: 'a person chooses what is looked at, and copies the report',
    body: async () => {
      const before = await auditRows();
      assert.match(await vscode.commands.executeCommand('countersign.copyAuditMarkdown'), /### Read these first/);
      const chosen = vscode.commands.executeCommand('countersign.chooseAuditRange');
      if (await click('The Last Commit')) {
        await chosen;
        const rows = await auditRows((now) => now.length > 0 && now !== before);
        assert.equal(rows[0]?.label, 'No mark of an agent in 1 commit');
        const back = vscode.commands.executeCommand('countersign.chooseAuditRange');
        await click('This Branch');
        await back;
        await auditRows((now) => flat(now).some(({ label }) => label === RUNS));
      } else await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    },
  },
  {
    name: 'lines with recorded attribution are marked when that is asked for, and the hover says on what evidence',
    body: async () => {
      const { exports } = (await activated()) as vscode.Extension<CountersignApi>;
      const marked = new Promise<void>((resolve) => {
        const listener = exports.onMarkedLines(({ uri, ranges }) => {
          if (!uri.endsWith('/support/cache.py') || ranges === 0) return;
          listener.dispose();
          resolve();
        });
      });
      await vscode.workspace.getConfiguration('countersign').update('showRecordedAttribution', true, vscode.ConfigurationTarget.Global);
      const editor = await show('support', 'cache.py');
      await marked;
      editor.selection = new vscode.Selection(4, 4, 4, 4);
      await vscode.commands.executeCommand('editor.action.showHover');
      await seen('Recorded as written by Cursor');
      await screenshot('recorded-lines');
      await press('Escape');
      await vscode.workspace
        .getConfiguration('countersign')
        .update('showRecordedAttribution', undefined, vscode.ConfigurationTarget.Global);
    },
  },
];

/** The rows of the view, opened, as soon as they are `wanted`. */
export async function auditRows(
  wanted: (nodes: readonly AuditNode[]) => boolean = (nodes) => nodes.length > 0,
): Promise<readonly AuditNode[]> {
  const { exports } = (await activated()) as vscode.Extension<CountersignApi>;
  await vscode.commands.executeCommand('countersign.audit.focus');
  return new Promise((resolve) => {
    const look = (): void => {
      const nodes = exports.auditNodes();
      if (!wanted(nodes)) return;
      listener.dispose();
      resolve(nodes);
    };
    const listener = exports.onAuditNodes(look);
    look();
  });
}

export function flat(nodes: readonly AuditNode[]): readonly AuditNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

function children(nodes: readonly AuditNode[], label: string): readonly AuditNode[] {
  return nodes.find((node) => node.label === label)?.children ?? [];
}

function rowOf(rows: readonly AuditNode[], kind: string, path: RegExp): AuditNode {
  const row = rows.find(({ tooltip, place }) => tooltip.toLowerCase().startsWith(kind) && path.test(place?.path ?? ''));
  assert.ok(row !== undefined, `no ${kind} in ${String(path)} among ${JSON.stringify(rows.map(({ tooltip }) => tooltip))}`);
  return row;
}

async function editorShown(wanted: (editor: vscode.TextEditor) => boolean): Promise<vscode.TextEditor> {
  return new Promise((resolve) => {
    const look = (): void => {
      const editor = vscode.window.activeTextEditor;
      if (editor === undefined || !wanted(editor) || vscode.window.tabGroups.activeTabGroup.activeTab?.input === undefined) return;
      for (const listener of listeners) listener.dispose();
      resolve(editor);
    };
    const listeners = [
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeTextEditorSelection(look),
      vscode.window.tabGroups.onDidChangeTabs(look),
    ];
    look();
  });
}
