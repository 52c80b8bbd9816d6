import OpenAI from "openai";
import { generateText } from "ai";

const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

export async function ask(question: string) {
  return client.chat.completions.create({
    model: "m",
    messages: [
      // ruleid: js-secret-in-prompt
      { role: "system", content: `The key is ${process.env.SERVICE_API_KEY}` },
      // ok: js-secret-in-prompt
      { role: "user", content: question },
    ],
  });
}

export async function again(question: string) {
  // ruleid: js-secret-in-prompt
  await generateText({ model, prompt: question + process.env.DB_PASSWORD });
  // ok: js-secret-in-prompt
  await generateText({ model, prompt: `${question} (at most ${process.env.MAX_TOKENS} tokens)` });
}

async function continued(messages) {
  const client = new Anthropic({ apiKey: process.env.ANTHROPIC_API_KEY });
  const response = await client.messages.create({ model: 'm', max_tokens: 100, messages });
  // ok: js-secret-in-prompt
  messages.push({ role: 'assistant', content: response.content });
}

class Provider {
  constructor() {
    this.client = new OpenAI({ baseURL: BASE, apiKey: process.env.OPENAI_API_KEY ?? null });
  }

  async answer(messages: Message[]) {
    const reply = await complete(this.client, messages);
    // ok: js-secret-in-prompt
    messages.push({ role: "tool", content: reply.text });
    const address = new URL(process.env.DATABASE_URL);
    // ruleid: js-secret-in-prompt
    messages.push({ role: "user", content: `It is at ${address}` });
  }
}
