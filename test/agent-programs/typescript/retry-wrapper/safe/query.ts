/** Asks again when the service is busy. */
import { AzureOpenAI } from 'openai';
import { PrismaClient } from '@prisma/client';

const client = new AzureOpenAI({ apiVersion: '2024-10-21' });
const prisma = new PrismaClient();

async function withRetry<T>(operation: () => Promise<T>, tries = 3): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 1000));
    }
  }
}

export async function report(question: string): Promise<unknown> {
  const region = await withRetry(async () => {
    const completion = await client.chat.completions.create({
      model: 'reports',
      messages: [{ role: 'user', content: `Which region is this about? ${question}` }],
    });
    return completion.choices[0].message.content!;
  });
  return prisma.$queryRaw`SELECT month, sum(total) FROM orders WHERE region = ${region} GROUP BY month`;
}
