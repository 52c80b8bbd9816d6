import * as vscode from "vscode";

// ruleid: js-webview-without-policy
const panel = vscode.window.createWebviewPanel("chat", "Chat", vscode.ViewColumn.One, { enableScripts: true });

function resolve(view) {
  // ruleid: js-webview-without-policy
  view.webview.options = { enableScripts: true };
  // ok: js-webview-without-policy
  view.webview.options = { enableScripts: false };
}
// ok: js-webview-without-policy
const plain = vscode.window.createWebviewPanel("log", "Log", vscode.ViewColumn.One, {});

panel.webview.html = `<html><body>${chat.render()}</body></html>`;
