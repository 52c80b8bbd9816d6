import { readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { generateText } from "ai";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });
const ROOT = "/srv/notes";

server.tool("save", { name: z.string(), text: z.string() }, async ({ name, text }) => {
  // ruleid: js-model-output-file
  await writeFile(path.join(ROOT, name), text);
  return { content: [] };
});

async function tidy(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ruleid: js-model-output-file
  for (const line of text.split("\n")) await rm(line.trim());
}

server.tool("save-below", { name: z.string(), text: z.string() }, async ({ name, text }) => {
  const target = path.resolve(ROOT, name);
  if (!target.startsWith(ROOT + path.sep)) throw new Error("outside");
  // ok: js-model-output-file
  await writeFile(target, text);
  // ok: js-model-output-file
  await writeFile(path.join(ROOT, path.basename(name)), text);
  return { content: [] };
});

const FILES: Record<string, string> = { today: "/srv/notes/today.md" };

server.tool("known", { name: z.string() }, async ({ name }) => {
  // ok: js-model-output-file
  return { content: [{ type: "text", text: await readFile(FILES[name] ?? "", "utf8") }] };
});

async function log(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ok: js-model-output-file
  await writeFile("/srv/notes/log.md", text);
  return readFileSync("/srv/notes/log.md", "utf8");
}

async function byTitle(prompt: string) {
  const { text: title } = await generateText({ model, prompt });
  // ok: js-model-output-file
  await writeFile(path.join(ROOT, title.replace(/[^a-z0-9-]+/gi, "-")), "");
  // ok: js-model-output-file
  await writeFile(path.join(ROOT, title.replaceAll("/", "_")), "");
  // ruleid: js-model-output-file
  await writeFile(path.join(ROOT, title.replace(/ /g, "-")), "");
  // ruleid: js-model-output-file
  await writeFile(path.join(ROOT, title.replace("/", "_")), "");
}

async function byName(prompt: string) {
  const { text: title } = await generateText({ model, prompt });
  // ok: js-model-output-file
  await writeFile(path.join(ROOT, toolset.safeReportName(title)), "");
  // ruleid: js-model-output-file
  await writeFile(path.join(ROOT, toolset.shortReportName(title)), "");
}

const ROOTS = ["/srv/notes", "/srv/drafts"];

server.tool("read-in", { name: z.string() }, async ({ name }) => {
  const target = path.resolve(name);
  const at = ROOTS.findIndex((root) => isWithinRoot(target, root));
  if (at !== -1) {
    // ok: js-model-output-file
    return { content: [{ type: "text", text: await readFile(target, "utf8") }] };
  }
  // ruleid: js-model-output-file
  return { content: [{ type: "text", text: await readFile(target, "utf8") }] };
});

server.tool("read-any", { name: z.string() }, async ({ name }) => {
  const target = path.resolve(name);
  if (!ROOTS.some((root) => isWithinRoot(target, root))) throw new Error(name);
  // ok: js-model-output-file
  return { content: [{ type: "text", text: await readFile(target, "utf8") }] };
});

server.tool("read-known", { name: z.string() }, async ({ name }) => {
  const known = ROOTS.findIndex((root) => root === name);
  // ruleid: js-model-output-file
  if (known !== -1) return { content: [{ type: "text", text: await readFile(name, "utf8") }] };
  return { content: [] };
});
