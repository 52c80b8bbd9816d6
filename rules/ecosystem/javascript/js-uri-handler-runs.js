import * as vscode from "vscode";

vscode.window.registerUriHandler({
  handleUri(uri) {
    const query = new URLSearchParams(uri.query);
    // ruleid: js-uri-handler-runs
    vscode.commands.executeCommand(query.get("command"), query.get("args"));
    const terminal = vscode.window.createTerminal();
    // ruleid: js-uri-handler-runs
    terminal.sendText(query.get("run"));
    // ok: js-uri-handler-runs
    vscode.commands.executeCommand("countersign.show");
  },
});
// ok: js-uri-handler-runs
vscode.commands.executeCommand("workbench.action.files.save", 1);
