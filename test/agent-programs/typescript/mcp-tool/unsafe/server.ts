/** An MCP server for Kubernetes. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { exec } from 'child_process';
import { promisify } from 'util';
import { z } from 'zod';

const execAsync = promisify(exec);
const server = new McpServer({ name: 'kube', version: '1.0.0' });

server.tool(
  'get_pods',
  'Lists the pods of a namespace',
  { namespace: z.string(), selector: z.string().optional() },
  async ({ namespace, selector }) => {
    const filter = selector ? `-l ${selector}` : '';
    // finding: js-model-output-shell
    const { stdout } = await execAsync(`kubectl get pods -n ${namespace} ${filter} -o json`);
    return { content: [{ type: 'text', text: stdout }] };
  },
);

await server.connect(new StdioServerTransport());
