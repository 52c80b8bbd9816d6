import { MCPServerStdio } from "@openai/agents";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { experimental_createMCPClient as createMCPClient } from "ai";

// ruleid: js-mcp-unpinned-server
const files = new StdioClientTransport({ command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem", "."] });

// ruleid: js-mcp-unpinned-server
const search = new MCPServerStdio({ name: "search", command: "npx", args: ["-y", "exa-mcp-server@latest"] });

export const servers = {
  // ruleid: js-mcp-unpinned-server
  fetch: { command: "uvx", args: ["mcp-server-fetch"] },
  // ruleid: js-mcp-unpinned-server
  git: { command: "bunx", args: ["some-git-mcp@^2.0.0"], env: {} },
  // ok: js-mcp-unpinned-server
  pinned: { command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "."] },
  // ok: js-mcp-unpinned-server
  exact: { command: "uvx", args: ["mcp-server-fetch==2025.4.7"] },
  // ok: js-mcp-unpinned-server
  local: { command: "node", args: ["server.js"] },
};

export async function connect(name: string) {
  // ok: js-mcp-unpinned-server
  const transport = new StdioClientTransport({ command: "npx", args: ["-y", name] });
  // ok: js-mcp-unpinned-server
  const task = { command: "make", args: ["build"] };
  return [await createMCPClient({ transport }), task, files, search];
}

// ok: js-mcp-unpinned-server
export const own = { command: 'npx', args: ['-y', 'tsx', './server.ts'] };
