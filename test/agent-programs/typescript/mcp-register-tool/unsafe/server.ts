/** An MCP server that fetches pages. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const server = new McpServer({ name: 'web', version: '0.2.0' });

async function download(address: string, headers: Record<string, string> = {}): Promise<string> {
  // finding: js-model-output-url
  const response = await fetch(address, { headers, redirect: 'follow' });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.text();
}

server.registerTool(
  'fetch_page',
  { title: 'Fetch a page', description: 'Gives its text', inputSchema: { url: z.string().url() } },
  async (args) => {
    const text = await download(args.url, { 'user-agent': 'web-mcp' });
    return { content: [{ type: 'text', text: text.slice(0, 10_000) }] };
  },
);

export { server };
