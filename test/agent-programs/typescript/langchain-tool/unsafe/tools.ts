/** Tools of a LangGraph agent. */
import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { ChatAnthropic } from '@langchain/anthropic';
import Database from 'better-sqlite3';
import { z } from 'zod';

const db = new Database('crm.db', { readonly: true });

const findCustomers = tool(
  async ({ where, limit }) => {
    // finding: js-model-output-query
    const rows = db.prepare(`SELECT id, name FROM customers WHERE ${where} LIMIT ${limit}`).all();
    return JSON.stringify(rows);
  },
  {
    name: 'find_customers',
    description: 'Finds customers by a condition',
    schema: z.object({ where: z.string(), limit: z.number().default(20) }),
  },
);

export const agent = createReactAgent({ llm: new ChatAnthropic({ model: 'claude-sonnet-4-5' }), tools: [findCustomers] });
