import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

app.get("/sse", async (req, res) => {
  // ruleid: js-mcp-server-no-auth
  await server.connect(new SSEServerTransport("/messages", res));
});
// ruleid: js-mcp-server-no-auth
const open = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
// ok: js-mcp-server-no-auth
const kept = new StreamableHTTPServerTransport({
  sessionIdGenerator: undefined,
  enableDnsRebindingProtection: true,
  allowedHosts: ["127.0.0.1:3000"],
});
// ok: js-mcp-server-no-auth
const local = new StdioServerTransport();
