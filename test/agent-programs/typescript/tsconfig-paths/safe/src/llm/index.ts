import { Mistral } from '@mistralai/mistralai';

const client = new Mistral({ apiKey: process.env.MISTRAL_API_KEY });

export const ask = async (prompt: string): Promise<string> => {
  const result = await client.chat.complete({ model: 'mistral-large-latest', messages: [{ role: 'user', content: prompt }] });
  return String(result.choices?.[0]?.message.content);
};
