import { spawn, spawnSync, execFile } from "node:child_process";
import * as cp from "node:child_process";

export function run(call: ToolCall, generatedCode: string, toolArgs: string[], reply: string) {
  // ruleid: js-spawn-shell-model-text
  const child = spawn(call.toolInput.command, { shell: true });
  // ruleid: js-spawn-shell-model-text
  spawn(reply, [], { shell: "/bin/bash" });
  // ruleid: js-spawn-shell-model-text
  spawnSync("bash", ["-c", reply]);
  // ruleid: js-spawn-shell-model-text
  cp.spawn("/bin/sh", ["-lc", `cd /tmp && ${reply}`], { stdio: "inherit" });
  // ruleid: js-spawn-shell-model-text
  execFile("python3", ["-c", generatedCode]);
  // ruleid: js-spawn-shell-model-text
  spawn("npm", toolArgs, { stdio: "inherit", shell: true });
  // ruleid: js-spawn-shell-model-text
  cp.spawnSync(process.execPath, ["-e", reply]);
  return child;
}

export function fine(command: string, reply: string) {
  // ok: js-spawn-shell-model-text
  spawn("git", ["commit", "-m", reply]);
  // ok: js-spawn-shell-model-text
  spawn("npm", ["ci"], { shell: true });
  // ok: js-spawn-shell-model-text
  spawn(process.execPath, ["server.js"]);
  // ok: js-spawn-shell-model-text
  spawnSync("bash", ["-c", "ls | wc -l"]);
  // ok: js-spawn-shell-model-text
  spawn("npm", ["run", command], { shell: false });
  // ok: js-spawn-shell-model-text
  pool.spawn(command, { shell: true });
  // spawn("bash", ["-c", command])
  // ok: js-spawn-shell-model-text
  return "spawn(command, { shell: true })";
}
