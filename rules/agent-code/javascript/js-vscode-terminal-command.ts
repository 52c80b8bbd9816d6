import * as vscode from "vscode";

export async function run(command: string, file: string) {
  const terminal = vscode.window.createTerminal("agent");
  // ruleid: js-vscode-terminal-command
  terminal.sendText(command);
  // ruleid: js-vscode-terminal-command
  terminal.sendText(`python ${file}`);
  // ruleid: js-vscode-terminal-command
  const execution = new vscode.ShellExecution(command);
  // ruleid: js-vscode-terminal-command
  const other = new vscode.ShellExecution(`make ${file}`, { cwd: "/srv" });
  // ruleid: js-vscode-terminal-command
  terminal.shellIntegration?.executeCommand(command);
  return [execution, other];
}

export function fine(command: string, file: string, socket: Socket) {
  const terminal = vscode.window.createTerminal("agent");
  // ok: js-vscode-terminal-command
  terminal.sendText("npm test");
  // ok: js-vscode-terminal-command
  terminal.sendText(command, false);
  // ok: js-vscode-terminal-command
  const execution = new vscode.ShellExecution("npm", ["run", file]);
  // ok: js-vscode-terminal-command
  const fixed = new vscode.ShellExecution("npm ci");
  // ok: js-vscode-terminal-command
  const process = new vscode.ProcessExecution("git", ["log", file]);
  // terminal.sendText(command)
  // ok: js-vscode-terminal-command
  socket.send(command);
  return [execution, fixed, process];
}
