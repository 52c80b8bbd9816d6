/** A migration plan as an object, carried out step by step. */
import { openai } from '@ai-sdk/openai';
import { generateObject } from 'ai';
import { Pool } from 'pg';
import { z } from 'zod';

const plan = z.object({
  steps: z.array(z.object({ why: z.string(), kind: z.enum(['archive', 'restore']), order: z.number().int() })),
});

const STATEMENTS = {
  archive: 'UPDATE orders SET archived = true WHERE id = $1',
  restore: 'UPDATE orders SET archived = false WHERE id = $1',
} as const;

export async function migrate(goal: string, pool: Pool): Promise<void> {
  const { object } = await generateObject({ model: openai('gpt-4o'), schema: plan, prompt: `Which orders change? ${goal}` });
  const connection = await pool.connect();
  try {
    for (const { why, kind, order } of object.steps) {
      console.log(why);
      await connection.query(STATEMENTS[kind], [order]);
    }
  } finally {
    connection.release();
  }
}
