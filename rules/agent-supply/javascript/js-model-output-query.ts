import { generateObject, generateText, tool } from "ai";
import Database from "better-sqlite3";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const db = new Database("shop.db");

async function toSql(question: string): Promise<string> {
  const { object } = await generateObject({ model, schema: z.object({ sql: z.string() }), prompt: question });
  return object.sql;
}

export async function answer(question: string) {
  const statement = await toSql(question);
  // ruleid: js-model-output-query
  return pool.query(statement);
}

export const orders = tool({
  description: "orders of a customer",
  inputSchema: z.object({ customer: z.string(), limit: z.number() }),
  execute: async ({ customer, limit }) => {
    // ruleid: js-model-output-query
    db.prepare(`SELECT * FROM orders WHERE customer = '${customer}'`).all();
    // ok: js-model-output-query
    db.prepare("SELECT * FROM orders WHERE customer = ?").all(customer);
    // ok: js-model-output-query
    await pool.query(`SELECT * FROM orders LIMIT ${Number(limit)}`);
    // ok: js-model-output-query
    return pool.query("SELECT * FROM orders WHERE customer = $1", [customer]);
  },
});

const SORTS: Record<string, string> = { name: "ORDER BY name", price: "ORDER BY price" };

export async function sorted(question: string) {
  const { text } = await generateText({ model, prompt: question });
  // ok: js-model-output-query
  return pool.query("SELECT * FROM orders " + SORTS[text]);
}

export const docs = tool({
  description: "Asks the documentation",
  inputSchema: z.object({ graph: z.string() }),
  execute: async ({ graph }) => {
    // ok: js-model-output-query
    return apiClient.query({ query: graph });
  },
});

export const hosted = tool({
  description: "rows of one of the account's databases",
  inputSchema: z.object({ database: z.string(), sql: z.string() }),
  execute: async ({ database, sql }) => {
    // ruleid: js-model-output-query
    const rows = await client.d1.database.query(database, { account, sql });
    // ok: js-model-output-query
    const size = await client.d1.database.query(database, { account, sql: "SELECT count(*) FROM orders" });
    return [rows, size];
  },
});
