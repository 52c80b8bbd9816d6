import { exec, execSync } from "child_process";

export function run(command: string) {
  // ruleid: js-shell-handed-on
  return execSync(command).toString();
}

export class Terminal {
  start(line: string, done: () => void) {
    // ruleid: js-shell-handed-on
    exec(line, done);
  }
}

export function fine(branch: string) {
  const built = `git checkout ${branch}`;
  // ok: js-shell-handed-on
  execSync(built);
  const fixed = "npm test";
  // ok: js-shell-handed-on
  execSync(fixed);
  // ok: js-shell-handed-on
  return /x/.exec(branch);
}
