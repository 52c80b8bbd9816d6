/** POST /api/ask: a question in, rows out. */
import { generateObject } from 'ai';
import { openai } from '@ai-sdk/openai';
import { z } from 'zod';
import runQuery from '../../lib/database';

const Query = z.object({ sql: z.string(), explanation: z.string() });

export async function POST(request: Request): Promise<Response> {
  const { question } = (await request.json()) as { question: string };
  const { object } = await generateObject({ model: openai('gpt-4o'), schema: Query, prompt: `Tables: orders, customers. ${question}` });
  try {
    const rows = await runQuery<Record<string, unknown>>(object.sql);
    return Response.json({ rows, explanation: object.explanation });
  } catch (error) {
    return Response.json({ error: String(error) }, { status: 500 });
  }
}
