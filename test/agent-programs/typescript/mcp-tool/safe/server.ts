/** An MCP server for Kubernetes. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { execFile } from 'child_process';
import { promisify } from 'util';
import { z } from 'zod';

const execFileAsync = promisify(execFile);
const server = new McpServer({ name: 'kube', version: '1.0.0' });

server.tool(
  'get_pods',
  'Lists the pods of a namespace',
  { namespace: z.string().regex(/^[a-z0-9-]+$/), selector: z.string().optional() },
  async ({ namespace, selector }) => {
    const filter = selector ? [`--selector=${selector}`] : [];
    const { stdout } = await execFileAsync('kubectl', ['get', 'pods', `--namespace=${namespace}`, ...filter, '-o', 'json']);
    return { content: [{ type: 'text', text: stdout }] };
  },
);

await server.connect(new StdioServerTransport());
