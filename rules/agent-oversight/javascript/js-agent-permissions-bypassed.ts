import { exec, execSync, spawn } from "node:child_process";

export function claude(task: string) {
  // ruleid: js-agent-permissions-bypassed
  return spawn("claude", ["-p", task, "--dangerously-skip-permissions"], { stdio: "inherit" });
}

export function codex(task: string, unattended: boolean) {
  const args = ["exec", task];
  // ruleid: js-agent-permissions-bypassed
  if (unattended) args.push("--dangerously-bypass-approvals-and-sandbox");
  return spawn("codex", args);
}

export function mode(task: string) {
  // ruleid: js-agent-permissions-bypassed
  return spawn("claude", ["--print", task, "--permission-mode", "bypassPermissions"]);
}

export function shell() {
  // ruleid: js-agent-permissions-bypassed
  execSync("gemini --yolo -p 'fix it'");
  // ruleid: js-agent-permissions-bypassed
  exec("copilot -p 'fix it' --allow-all-tools", () => {});
}

export function good(task: string, args: string[]) {
  // ok: js-agent-permissions-bypassed
  spawn("claude", ["-p", task, "--permission-mode", "plan"]);
  // ok: js-agent-permissions-bypassed
  spawn("codex", ["exec", "--sandbox", "workspace-write", task]);
  // ok: js-agent-permissions-bypassed
  const forbidden = ["--dangerously-skip-permissions", "--yolo"];
  // ok: js-agent-permissions-bypassed
  console.log("claude --dangerously-skip-permissions is not allowed");
  // ok: js-agent-permissions-bypassed
  args.push("--verbose");
  // ok: js-agent-permissions-bypassed
  spawn("grep", ["-rn", "--", "--yolo", "."]);
  return forbidden;
}

export function argumentsFor(flags: { noPermissions: boolean; auto?: boolean }, task: string): string[] {
  const claudeArgs = [task];
  if (flags.noPermissions) {
    // ok: js-agent-permissions-bypassed
    claudeArgs.push('--dangerously-skip-permissions');
  }
  if (flags.auto !== false) {
    // ruleid: js-agent-permissions-bypassed
    claudeArgs.push('--dangerously-skip-permissions');
  }
  return claudeArgs;
}
