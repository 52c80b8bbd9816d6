import { exec, execFile, execSync, spawn } from "node:child_process";
import { promisify } from "node:util";
import Anthropic from "@anthropic-ai/sdk";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { quote } from "shell-quote";
import { z } from "zod";

const anthropic = new Anthropic();
const server = new McpServer({ name: "files", version: "1.0.0" });
const run = promisify(exec);

server.tool("search", { pattern: z.string() }, async ({ pattern }) => {
  // ruleid: js-model-output-shell
  const { stdout } = await run(`grep -r ${pattern} .`);
  return { content: [{ type: "text", text: stdout }] };
});

server.registerTool("list", { inputSchema: { folder: z.string() } }, async (args) => {
  // ruleid: js-model-output-shell
  execSync("ls " + args.folder);
  return { content: [] };
});

async function loop(messages: []) {
  for (;;) {
    const reply = await anthropic.messages.create({ model: "m", max_tokens: 900, messages });
    for (const block of reply.content) {
      // ruleid: js-model-output-shell
      if (block.type === "tool_use") exec(block.input.command);
      // ruleid: js-model-output-shell
      if (block.type === "text") spawn("bash", ["-c", block.text]);
    }
  }
}

server.tool("log", { path: z.string(), count: z.number() }, async ({ path, count }) => {
  // ok: js-model-output-shell
  execFile("git", ["log", "--", path]);
  // ok: js-model-output-shell
  execSync(`git log -n ${Number(count)}`);
  // ok: js-model-output-shell
  execSync("git log -- " + quote([path]));
  // ok: js-model-output-shell
  execSync("git status");
  return { content: [] };
});

const COMMANDS = { status: "git status", log: "git log" };

server.tool("known", { name: z.enum(["status", "log"]) }, async ({ name }) => {
  // ok: js-model-output-shell
  execSync(COMMANDS[name]);
  // ok: js-model-output-shell
  spawn("docker", ["run", "--rm", "--network=none", "alpine", "sh", "-c", name]);
  return { content: [] };
});

async function handleCall(request: CallToolRequest) {
  const { name, arguments: args } = request.params;
  if (name === "run") {
    // ruleid: js-model-output-shell
    execSync(args.command);
  }
  // ok: js-model-output-shell
  execSync(request.command);
}
