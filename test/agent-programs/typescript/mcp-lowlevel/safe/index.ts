/** Files over MCP, with the low-level server. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import fs from 'fs';
import path from 'path';
import { z } from 'zod';

const DIRECTORY = fs.realpathSync(process.argv[2] ?? '.');
const ReadArgs = z.object({ path: z.string(), head: z.number().optional() });
const server = new Server({ name: 'files', version: '1.0.0' }, { capabilities: { tools: {} } });

function validatePath(requested: string): string {
  const resolved = path.resolve(DIRECTORY, requested);
  const relative = path.relative(DIRECTORY, resolved);
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new Error('Access denied');
  }
  return resolved;
}

server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [{ name: 'read_file', inputSchema: { type: 'object' } }] }));

server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const { name, arguments: args } = request.params;
  switch (name) {
    case 'read_file': {
      const parsed = ReadArgs.safeParse(args);
      if (!parsed.success) throw new Error(`Invalid arguments: ${parsed.error}`);
      const file = validatePath(parsed.data.path);
      const text = fs.readFileSync(file, 'utf-8');
      return { content: [{ type: 'text', text }] };
    }
    default:
      throw new Error(`Unknown tool: ${name}`);
  }
});
