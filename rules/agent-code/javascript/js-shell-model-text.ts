import { exec, execFile, execSync } from "node:child_process";
import { promisify } from "node:util";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const execAsync = promisify(exec);
const server = new McpServer({ name: "git", version: "1.0.0" });

server.tool("log", { path: z.string() }, async ({ path }) => {
  // ruleid: js-shell-model-text
  const { stdout } = await execAsync(`git log -- ${path}`);
  return { content: [{ type: "text", text: stdout }] };
});

export function run(command: string, url: string) {
  // ruleid: js-shell-model-text
  exec(command, (error, stdout) => console.log(error, stdout));
  // ruleid: js-shell-model-text
  const text = execSync("curl " + url, { encoding: "utf8" });
  // ruleid: js-shell-model-text
  return [text, execSync(command.trim())];
}

export function fine(path: string, pattern: RegExp, db: Database) {
  // ok: js-shell-model-text
  execFile("git", ["log", "--", path]);
  // ok: js-shell-model-text
  const status = execSync("git status --short");
  // ok: js-shell-model-text
  const match = pattern.exec(path);
  // ok: js-shell-model-text
  db.exec(path);
  const LIST = "ls -la";
  // ok: js-shell-model-text
  exec(LIST);
  // ok: js-shell-model-text
  const head = execSync(`git rev-parse HEAD`);
  // exec(`git log ${path}`)
  // ok: js-shell-model-text
  const note = "exec(command)";
  return [status, match, head, note];
}
