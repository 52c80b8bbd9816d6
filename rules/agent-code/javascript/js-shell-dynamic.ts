import * as cp from "child_process";
import { exec as run, spawn } from "child_process";
import util from "util";

const execAsync = util.promisify(cp.exec);

export async function build(branch: string, dir: string, cmd: string) {
  // ruleid: js-shell-dynamic
  cp.execSync(`git checkout ${branch}`, { cwd: dir });
  // ruleid: js-shell-dynamic
  run("rm -rf " + dir);
  // ok: js-shell-dynamic
  await execAsync(cmd);
  const line = "tar xf " + dir;
  // ruleid: js-shell-dynamic
  const text = cp.execSync(line).toString();
  // ruleid: js-shell-dynamic
  cp.exec(`tar xf ${dir}/a.tar`, (error) => console.error(error));
  return text;
}

export function fine(branch: string, expression: RegExp, query: Query) {
  // ok: js-shell-dynamic
  cp.execFileSync("git", ["checkout", branch]);
  // ok: js-shell-dynamic
  spawn("git", ["checkout", branch]);
  // ok: js-shell-dynamic
  cp.execSync("npm ci", { stdio: "inherit" });
  // ok: js-shell-dynamic
  expression.exec(branch);
  // ok: js-shell-dynamic
  query.exec();
  const command = "npm test";
  // ok: js-shell-dynamic
  cp.exec(command);
  // cp.exec(branch)
  // ok: js-shell-dynamic
  return "cp.exec(branch)";
}
