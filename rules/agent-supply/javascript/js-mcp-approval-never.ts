import OpenAI from "openai";
import { Agent, hostedMcpTool } from "@openai/agents";

const client = new OpenAI();

export async function ask(question: string) {
  return client.responses.create({
    model: "gpt-5",
    input: question,
    tools: [
      // ruleid: js-mcp-approval-never
      { type: "mcp", server_label: "shop", server_url: "https://mcp.example.org", require_approval: "never" },
    ],
  });
}

// ruleid: js-mcp-approval-never
const hosted = hostedMcpTool({ serverLabel: "git", serverUrl: "https://git.example.org", requireApproval: "never" });

// ruleid: js-mcp-approval-never
const options = { "require_approval": "never" };

export const tools = [
  // ruleid: js-mcp-approval-never
  hostedMcpTool({ serverLabel: "calendar", requireApproval: "never" }),
  // ok: js-mcp-approval-never
  hostedMcpTool({ serverLabel: "mail", requireApproval: "always" }),
  // ok: js-mcp-approval-never
  { type: "mcp", require_approval: { never: { tool_names: ["search_docs"] } } },
  // ok: js-mcp-approval-never
  hostedMcpTool({ serverLabel: "docs" }),
];

// ok: js-mcp-approval-never
const retention = { cleanup: "never" };

// ok: js-mcp-approval-never
export const agent = new Agent({ name: "a", instructions: 'Never set requireApproval: "never".' });
export default [hosted, options, retention];

export function forwarded(options: { requireApproval?: string; url: string }) {
  return options.requireApproval === undefined || options.requireApproval === "never"
    ? // ok: js-mcp-approval-never
      { type: "mcp", server_url: options.url, require_approval: "never" }
    : { type: "mcp", server_url: options.url, require_approval: "always" };
}
