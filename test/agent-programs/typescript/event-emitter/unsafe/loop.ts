/** The loop says which tool is wanted; who can do it listens. */
import { EventEmitter } from 'node:events';
import OpenAI from 'openai';
import { spawn } from 'node:child_process';

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
  // finding: js-model-output-shell
  const child = spawn(args.script, { shell: true, stdio: 'inherit' });
  child.on('exit', (code) => loop.emit('done', code));
});

export { loop };
