/** In Restricted Mode: the person has not trusted the folder, and the analysis is the same (DESIGN, principle 1). */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { actionTests } from './actions.js';
import { auditRows, flat } from './auditSuite.js';
import { screenshot, seen } from './outside.js';
import { activated, diagnosticsOf, show, showNotebook } from './suite.js';
import type { HostTest } from './suite.js';

export const restrictedSuite: readonly HostTest[] = [
  {
    name: 'the extension activates although the folder is not trusted',
    body: async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      const extension = await activated();
      assert.equal(extension.isActive, true);
    },
  },
  {
    name: 'a Python file, a TypeScript file and a notebook get their diagnostics',
    body: async () => {
      for (const name of ['agent.py', 'agent.ts']) {
        const { document } = await show(name);
        await diagnosticsOf(document.uri);
      }
      await screenshot('typescript');
      const notebook = await showNotebook('agent.ipynb');
      const cell = notebook.getCells().find((each) => each.document.getText().includes('exec(reply)'));
      assert.ok(cell !== undefined);
      await diagnosticsOf(cell.document.uri);
      assert.equal(vscode.workspace.isTrusted, false);
    },
  },
  {
    name: 'commits are looked at, their texts stay texts, and nothing is countersigned',
    body: async () => {
      const rows = flat(await auditRows());
      const commit = rows.find(({ commit: each }) => each !== undefined)?.commit;
      assert.equal(commit?.subject, 'Run [it](command:workbench.action.terminal.new) <img src=x>');
      assert.ok(rows.some(({ tooltip }) => tooltip.startsWith('Finding added')));
      await seen('Run [it](command:workbench.action.terminal.new)');
      await screenshot('audit');
      const result: unknown = await vscode.commands.executeCommand('countersign.countersignCommit', {
        ...{ commit: commit.sha, decision: 'approve' },
      });
      assert.equal(result, undefined);
      await vscode.commands.executeCommand('workbench.view.explorer');
    },
  },
  // Hover, quick fix, suppress-with-reason, workspace scan, rule page: all of it, the same.
  ...actionTests,
];
