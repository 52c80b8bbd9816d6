/** In a trusted window: the extension starts, and a Python file, a TypeScript file and a notebook get their squiggles. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { actionTests } from './actions.js';
import { screenshot } from './outside.js';
import { shellTests } from './shell.js';
import { activated, diagnosticsOf, ruleOf, show, showNotebook } from './suite.js';
import type { HostTest } from './suite.js';

export const trustedSuite: readonly HostTest[] = [
  {
    name: 'the extension activates',
    body: async () => {
      const extension = await activated();
      assert.equal(extension.isActive, true);
      assert.equal(vscode.workspace.isTrusted, true);
    },
  },
  {
    name: 'a Python file gets diagnostics on the lines that execute model output',
    body: async () => {
      const { document } = await show('agent.py');
      const found = await diagnosticsOf(document.uri);
      const lines = found.map(({ range }) => document.lineAt(range.start.line).text.trim());
      assert.ok(lines.includes('exec(reply)'), `no diagnostic on exec(reply), only on ${JSON.stringify(lines)}`);
      assertPresentable(found);
      await screenshot('python');
    },
  },
  {
    name: 'a TypeScript file gets diagnostics on the lines that execute model output',
    body: async () => {
      const { document } = await show('agent.ts');
      const found = await diagnosticsOf(document.uri);
      const lines = found.map(({ range }) => document.lineAt(range.start.line).text.trim());
      assert.ok(lines.includes('eval(reply);'), `no diagnostic on eval(reply), only on ${JSON.stringify(lines)}`);
      assertPresentable(found);
      await screenshot('typescript');
    },
  },
  {
    name: 'a notebook gets diagnostics in the cell that executes model output',
    body: async () => {
      const notebook = await showNotebook('agent.ipynb');
      const cell = notebook.getCells().find((each) => each.document.getText().includes('exec(reply)'));
      assert.ok(cell !== undefined);
      const found = await diagnosticsOf(cell.document.uri);
      const lines = found.map(({ range }) => cell.document.lineAt(range.start.line).text.trim());
      assert.ok(lines.includes('exec(reply)'), `no diagnostic on exec(reply), only on ${JSON.stringify(lines)}`);
      assertPresentable(found);
      await screenshot('notebook');
    },
  },
  ...actionTests,
  ...shellTests,
];

/** DESIGN section 6: a rule id with a page behind it, and a message that names the layer. */
function assertPresentable(found: readonly vscode.Diagnostic[]): void {
  for (const each of found) {
    assert.match(ruleOf(each), /^[a-z][a-z0-9.-]+$/);
    assert.ok(typeof each.code === 'object', `${ruleOf(each)} has no page to open`);
    assert.match(each.message, /\[MAESTRO L[1-7] /);
  }
}
