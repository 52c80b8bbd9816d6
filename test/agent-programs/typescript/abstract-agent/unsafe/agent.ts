/** What all agents have in common. */
import Anthropic from '@anthropic-ai/sdk';

export abstract class Agent<T> {
  protected readonly client = new Anthropic();

  protected abstract prompt(input: string): string;
  protected abstract parse(text: string): T;
  protected abstract apply(value: T): Promise<string>;

  async run(input: string): Promise<string> {
    const message = await this.client.messages.create({
      model: 'claude-sonnet-4-5',
      max_tokens: 2048,
      messages: [{ role: 'user', content: this.prompt(input) }],
    });
    const [block] = message.content;
    if (block?.type !== 'text') throw new Error('no text');
    return this.apply(this.parse(block.text));
  }
}
