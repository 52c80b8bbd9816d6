/** The loop says which tool is wanted; who can do it listens. */
import { EventEmitter } from 'node:events';
import OpenAI from 'openai';

export class Loop extends EventEmitter {
  constructor(private readonly openai = new OpenAI()) {
    super();
  }

  async turn(messages: OpenAI.ChatCompletionMessageParam[], tools: OpenAI.ChatCompletionTool[]): Promise<void> {
    const { choices } = await this.openai.chat.completions.create({ model: 'gpt-4.1', messages, tools });
    for (const call of choices[0].message.tool_calls ?? []) {
      if (call.type !== 'function') continue;
      this.emit('tool', call.function.name, JSON.parse(call.function.arguments));
    }
  }
}

const loop = new Loop();

loop.on('tool', (name: string, args: { script: string }) => {
  if (name !== 'shell') return;
  console.log('the model would like to run', JSON.stringify(args.script));
  loop.emit('done', 0);
});

export { loop };
