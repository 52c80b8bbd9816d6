/** Chunks as an async generator, lines as another one, each line shown as it is complete. */
import Anthropic from '@anthropic-ai/sdk';
import { createInterface } from 'node:readline/promises';

const client = new Anthropic();

async function* chunks(prompt: string): AsyncGenerator<string> {
  const stream = client.messages.stream({ model: 'claude-sonnet-4-5', max_tokens: 2000, messages: [{ role: 'user', content: prompt }] });
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      yield event.delta.text;
    }
  }
}

async function* lines(source: AsyncIterable<string>): AsyncGenerator<string> {
  let buffer = '';
  for await (const chunk of source) {
    buffer += chunk;
    const parts = buffer.split('\n');
    buffer = parts.pop() ?? '';
    yield* parts;
  }
  if (buffer) yield buffer;
}

export async function explain(what: string): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  for await (const line of lines(chunks(`How do I install ${what}?`))) {
    console.log(line);
    await terminal.question('(return)');
  }
  terminal.close();
}
