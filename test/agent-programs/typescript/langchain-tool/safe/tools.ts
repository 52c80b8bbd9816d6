/** Tools of a LangGraph agent. */
import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { ChatAnthropic } from '@langchain/anthropic';
import Database from 'better-sqlite3';
import { z } from 'zod';

const db = new Database('crm.db', { readonly: true });
const byName = db.prepare('SELECT id, name FROM customers WHERE name LIKE ? LIMIT ?');

const findCustomers = tool(
  async ({ name, limit }) => {
    const rows = byName.all(`%${name}%`, limit);
    return JSON.stringify(rows);
  },
  {
    name: 'find_customers',
    description: 'Finds customers by name',
    schema: z.object({ name: z.string(), limit: z.number().default(20) }),
  },
);

export const agent = createReactAgent({ llm: new ChatAnthropic({ model: 'claude-sonnet-4-5' }), tools: [findCustomers] });
