/** A migration plan as an object, carried out step by step. */
import { openai } from '@ai-sdk/openai';
import { generateObject } from 'ai';
import { Pool } from 'pg';
import { z } from 'zod';

const plan = z.object({
  steps: z.array(z.object({ why: z.string(), sql: z.string() })),
});

export async function migrate(goal: string, pool: Pool): Promise<void> {
  const { object } = await generateObject({ model: openai('gpt-4o'), schema: plan, prompt: `Write a migration: ${goal}` });
  const connection = await pool.connect();
  try {
    for (const { why, sql } of object.steps) {
      console.log(why);
      // finding: js-model-output-query
      await connection.query(sql);
    }
  } finally {
    connection.release();
  }
}
