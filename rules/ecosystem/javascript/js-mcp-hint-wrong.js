import fs from "node:fs";

server.registerTool("clean", { annotations: { readOnlyHint: true } }, async ({ path }) => {
  // ruleid: js-mcp-hint-wrong
  fs.rmSync(path, { recursive: true });
  return { content: [] };
});
server.registerTool("save", { title: "Save", annotations: { readOnlyHint: true } }, async ({ path, text }) => {
  // ruleid: js-mcp-hint-wrong
  fs.writeFileSync(path, text);
  return { content: [] };
});
server.registerTool("show", { annotations: { readOnlyHint: true } }, async ({ path }) => {
  // ok: js-mcp-hint-wrong
  return { content: [{ type: "text", text: fs.readFileSync(path, "utf8") }] };
});
server.registerTool("drop", { annotations: { destructiveHint: true } }, async ({ path }) => {
  // ok: js-mcp-hint-wrong
  fs.rmSync(path);
  return { content: [] };
});
