/** What a person can do about a finding, asked for through the commands that VS Code's own menus use. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { press, screenshot, seen } from './outside.js';
import { diagnosticsOf, ours, ruleOf, show, workspaceFile } from './suite.js';
import type { HostTest } from './suite.js';

export const actionTests: readonly HostTest[] = [
  {
    name: 'the hover says what, why, which layer, which weakness and what to write instead',
    body: async () => {
      const editor = await show('agent.py');
      const [finding] = await diagnosticsOf(editor.document.uri);
      assert.ok(finding !== undefined);
      const at = finding.range.start;
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', editor.document.uri, at);
      const text = hovers.flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value)).join('\n');
      assert.match(text, /L3 Agent Frameworks/);
      assert.match(text, /CWE-9[45]/);
      assert.match(text, /instead/i);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
      await vscode.commands.executeCommand('editor.action.showHover');
      await seen('Agent Frameworks');
      await screenshot('hover');
      await press('Escape');
    },
  },
  {
    name: 'a quick fix replaces an unsafe call, and the finding goes',
    body: async () => {
      const { document } = await show('settings.py');
      const [finding] = await diagnosticsOf(document.uri);
      assert.ok(finding !== undefined);
      const actions = await codeActions(document.uri, finding.range);
      const fix = actions.find(({ edit, title }) => edit !== undefined && title.startsWith('Replace'));
      assert.ok(fix?.edit !== undefined, `no fix among ${JSON.stringify(actions.map(({ title }) => title))}`);
      const gone = diagnosticsOf(document.uri, (found) => found.length === 0);
      assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
      assert.match(document.getText(), /yaml\.safe_load\(/);
      await gone;
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'suppress-with-reason writes the reason into the code, and the finding goes',
    body: async () => {
      const { document } = await show('agent.py');
      const found = await diagnosticsOf(document.uri);
      const line = positionOf(document, 'exec(reply)').line;
      const finding = found.find(({ range }) => range.start.line === line);
      assert.ok(finding !== undefined);
      const rule = ruleOf(finding);
      const actions = await codeActions(document.uri, finding.range);
      const suppress = actions.find(({ command }) => command?.command === 'countersign.suppress');
      assert.ok(suppress?.command !== undefined, `no way to suppress among ${JSON.stringify(actions.map(({ title }) => title))}`);
      assert.notEqual(suppress.isPreferred, true);
      const [argument] = suppress.command.arguments ?? [];
      const gone = diagnosticsOf(document.uri, (now) => now.every((each) => ruleOf(each) !== rule || !on(document, each, 'exec(reply)')));
      const reason = 'runs in a throwaway container';
      await vscode.commands.executeCommand(suppress.command.command, { ...(argument as object), reason });
      await gone;
      assert.match(document.getText(), new RegExp(`${rule}.*${reason}|${reason}.*${rule}`, 's'));
      await screenshot('suppressed');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await diagnosticsOf(document.uri, (now) => now.some((each) => ruleOf(each) === rule));
    },
  },
  {
    name: 'an edit moves and removes squiggles',
    body: async () => {
      const editor = await show('agent.ts');
      const { document } = editor;
      const evalAt = (found: readonly vscode.Diagnostic[]): readonly number[] =>
        found.filter((each) => on(document, each, 'eval(reply)')).map(({ range }) => range.start.line);
      const before = evalAt(await diagnosticsOf(document.uri, (found) => evalAt(found).length > 0));
      const moved = diagnosticsOf(document.uri, (found) => evalAt(found)[0] === (before[0] ?? 0) + 2);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
      await moved;
      const removed = diagnosticsOf(document.uri, (found) => evalAt(found).length === 0);
      await editor.edit((edit) => edit.delete(document.lineAt(positionOf(document, 'eval(reply)').line).rangeIncludingLineBreak));
      await removed;
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'a scan of the workspace finds what is in files that nobody opened',
    body: async () => {
      const unopened = workspaceFile('unopened.py');
      assert.deepEqual(ours(unopened), []);
      const found = diagnosticsOf(unopened);
      await vscode.commands.executeCommand('countersign.scanWorkspace');
      assert.ok((await found).length > 0);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      await screenshot('problems');
      await vscode.commands.executeCommand('workbench.action.closePanel');
    },
  },
  {
    name: 'a finding leads to its rule’s page, and the coverage is one command away',
    body: async () => {
      const { document } = await show('agent.py');
      const [finding] = await diagnosticsOf(document.uri);
      assert.ok(finding !== undefined);
      await vscode.commands.executeCommand('countersign.explainFinding', ruleOf(finding));
      await seen('What to write instead');
      await screenshot('explain');
      await vscode.commands.executeCommand('countersign.showCoverage');
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /workspace/i);
      await screenshot('coverage');
    },
  },
];

async function codeActions(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, 'quickfix');
}

function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${text} is not in ${document.uri.path}`);
  return document.positionAt(offset);
}

function on(document: vscode.TextDocument, { range }: vscode.Diagnostic, text: string): boolean {
  return range.start.line < document.lineCount && document.lineAt(range.start.line).text.includes(text);
}
