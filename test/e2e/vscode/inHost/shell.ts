/** The extension's own surface: the status bar, the walkthrough, restarting, and hostile text in what it shows. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../../../client/src/extension.js';
import { click, point, press, screenshot, seen } from './outside.js';
import { activated, diagnosticsOf, ours, ruleOf, show } from './suite.js';
import type { HostTest } from './suite.js';

export const shellTests: readonly HostTest[] = [
  {
    name: 'the walkthrough opens',
    body: async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'countersign.countersign#start', false);
      await seen('Fix it, or say why it stays');
      // The picture beside the step is a web view of its own.
      await seen('The status bar counts errors');
      await point('See a finding');
      await screenshot('walkthrough');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    },
  },
  {
    name: 'the status bar counts errors and warnings, and says of which layers',
    body: async () => {
      const { document } = await show('agent.py');
      await diagnosticsOf(document.uri);
      const { text, tooltip } = await statusBar(({ text }) => /^Countersign [1-9]/.test(text));
      const counted = vscode.languages
        .getDiagnostics()
        .flatMap(([uri]) => ours(uri))
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
      assert.equal(text, `Countersign ${counted.length}`);
      assert.match(tooltip, /L3 Agent Frameworks: \d/);
      await point(text);
      await seen('L3 Agent Frameworks');
      await screenshot('status-bar');
      await press('Escape');
    },
  },
  {
    name: 'the rule’s name in the list of problems leads to its page',
    body: async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const { document } = await show('agent.py');
      const [finding] = await diagnosticsOf(document.uri);
      assert.ok(finding !== undefined);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      if (await click(ruleOf(finding))) {
        await seen('Why it matters');
        await screenshot('rule-page');
      }
      await vscode.commands.executeCommand('workbench.action.closePanel');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
  {
    name: 'restarting the server brings the diagnostics back',
    body: async () => {
      const { document } = await show('agent.py');
      const before = (await diagnosticsOf(document.uri)).length;
      await vscode.commands.executeCommand('countersign.restartServer');
      assert.equal((await diagnosticsOf(document.uri, (found) => found.length === before)).length, before);
    },
  },
  {
    name: 'a command link in the source does not become one in the hover',
    body: async () => {
      const document = await vscode.workspace.openTextDocument({
        language: 'python',
        content: "reply = llm('x')\nexec('[run](command:workbench.action.terminal.new)' + reply + '<img src=x>')\n",
      });
      await vscode.window.showTextDocument(document);
      const [finding] = await diagnosticsOf(document.uri);
      assert.ok(finding !== undefined);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, finding.range.start);
      for (const part of hovers.flatMap(({ contents }) => contents)) {
        assert.ok(typeof part === 'object' && !('language' in part));
        assert.notEqual(part.isTrusted, true);
        assert.notEqual(part.supportHtml, true);
        assert.doesNotMatch(withoutCode(part.value), /\]\(command:|<img/);
      }
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    },
  },
];

/** The item as shown, as soon as it is `wanted`. */
async function statusBar(
  wanted: (shown: ReturnType<CountersignApi['statusBar']>) => boolean,
): Promise<ReturnType<CountersignApi['statusBar']>> {
  const { exports } = (await activated()) as vscode.Extension<CountersignApi>;
  const now = exports.statusBar();
  if (wanted(now)) return now;
  return new Promise((resolve) => {
    const listener = exports.onStatusBar((shown) => {
      if (!wanted(shown)) return;
      listener.dispose();
      resolve(shown);
    });
  });
}

function withoutCode(markdown: string): string {
  return markdown.replace(/(?<![`\\])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '').replace(/\\[!-/:-@[-`{-~]/g, '');
}
