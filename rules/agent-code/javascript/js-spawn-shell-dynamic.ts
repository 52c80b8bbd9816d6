import { spawn, spawnSync } from "child_process";

export function run(script: string, args: string[], file: string) {
  // ruleid: js-spawn-shell-dynamic
  spawn(script, { shell: true, stdio: "inherit" });
  // ruleid: js-spawn-shell-dynamic
  spawn("npm", args, { shell: true });
  // ruleid: js-spawn-shell-dynamic
  spawnSync("sh", ["-c", `cat ${file} | sort`]);
  // ruleid: js-spawn-shell-dynamic
  spawn("powershell", ["-NoProfile", "-Command", script]);
}

export function fine(args: string[], file: string) {
  // ok: js-spawn-shell-dynamic
  spawn("npm", args);
  // ok: js-spawn-shell-dynamic
  spawn("npm", ["ci", "--no-audit"], { shell: true });
  // ok: js-spawn-shell-dynamic
  spawn("npm", args, { shell: process.platform === "win32" });
  // ok: js-spawn-shell-dynamic
  spawnSync("cat", [file]);
  // ok: js-spawn-shell-dynamic
  spawnSync("sh", ["-c", "cat *.log | sort"]);
  // ok: js-spawn-shell-dynamic
  spawn("tar", ["-c", file]);
  // spawn(file, { shell: true })
}
