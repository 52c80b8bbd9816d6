import { $ } from "zx";
import { execa, execaCommand } from "execa";
import shell from "shelljs";
import { Client } from "ssh2";

export async function run(command: string, path: string, connection: Client) {
  // ruleid: js-shell-library
  shell.exec(command);
  // ruleid: js-shell-library
  await execaCommand(`git log ${path}`);
  // ruleid: js-shell-library
  await execa(command, { shell: true });
  // ruleid: js-shell-library
  await $`bash -c ${command}`;
  // ruleid: js-shell-library
  Bun.spawn(["sh", "-c", command]);
  // ruleid: js-shell-library
  const child = new Deno.Command("bash", { args: ["-c", command] });
  // ruleid: js-shell-library
  connection.exec(command, (error, stream) => {
    stream.pipe(process.stdout);
  });
  return child;
}

export async function fine(path: string, regex: RegExp) {
  // ok: js-shell-library
  await $`git log -- ${path}`;
  // ok: js-shell-library
  await execa("git", ["log", path]);
  // ok: js-shell-library
  shell.exec("npm ci");
  // ok: js-shell-library
  await $`bash -c "ls | wc -l"`;
  // ok: js-shell-library
  Bun.spawn(["git", "log", path]);
  // ok: js-shell-library
  new Deno.Command("git", { args: ["log", path] });
  // ok: js-shell-library
  regex.exec(path);
  // ok: js-shell-library
  shell.rm("-rf", path);
}
