/** Chunks as an async generator, lines as another one, each line carried out as it is complete. */
import Anthropic from '@anthropic-ai/sdk';
import { execSync } from 'child_process';

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

export async function install(what: string): Promise<void> {
  for await (const line of lines(chunks(`Commands that install ${what}, one per line`))) {
    // finding: js-model-output-shell
    execSync(line, { stdio: 'inherit' });
  }
}
