import { generateText } from "ai";
import knex from "knex";
import { Pool } from "pg";
import { PrismaClient } from "@prisma/client";

const pool = new Pool();
const prisma = new PrismaClient();

export async function ask(question: string) {
  const completion = await openai.chat.completions.create({ model: "gpt-4o", messages: prompt(question) });
  // ruleid: js-model-output-sql
  return pool.query(completion.choices[0].message.content);
}

export async function askPrisma(question: string) {
  const { text: generatedSql } = await generateText({ model, prompt: question });
  // ruleid: js-model-output-sql
  return prisma.$queryRawUnsafe(generatedSql);
}

export async function where(llmFilter: string) {
  // ruleid: js-model-output-sql
  return pool.query(`SELECT * FROM orders WHERE ${llmFilter}`);
}

export async function builder(db: knex.Knex, aiQuery: string) {
  // ruleid: js-model-output-sql
  return db.raw(aiQuery);
}

export async function good(completion: Completion, id: number) {
  // ok: js-model-output-sql
  await pool.query("INSERT INTO answers(text) VALUES ($1)", [completion.choices[0].message.content]);
  // ok: js-model-output-sql
  await prisma.$queryRaw`SELECT * FROM answers WHERE id = ${id}`;
  // ok: js-model-output-sql
  await pool.query(`SELECT * FROM llm_requests WHERE id = ${id}`);
  // ok: js-model-output-sql
  await pool.query(statement);
  // ok: js-model-output-sql
  await agent.run(llmTask);
  // ok: js-model-output-sql
  return queryClient.query(completionKey);
}
