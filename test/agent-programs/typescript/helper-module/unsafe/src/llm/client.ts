import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function complete(prompt: string, maxTokens = 1024): Promise<string> {
  const message = await client.messages.create({
    model: 'claude-haiku-4-5',
    max_tokens: maxTokens,
    messages: [{ role: 'user', content: prompt }],
  });
  const [block] = message.content;
  return block.type === 'text' ? block.text : '';
}
