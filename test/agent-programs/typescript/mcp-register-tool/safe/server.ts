/** An MCP server that fetches pages of the handbook. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const server = new McpServer({ name: 'web', version: '0.2.0' });
const ALLOWED_HOSTS = new Set(['handbook.example.com', 'docs.example.com']);

async function download(address: string, headers: Record<string, string> = {}): Promise<string> {
  if (!ALLOWED_HOSTS.has(new URL(address).hostname)) {
    throw new Error('that host is not allowed');
  }
  const response = await fetch(address, { headers, redirect: 'error' });
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
