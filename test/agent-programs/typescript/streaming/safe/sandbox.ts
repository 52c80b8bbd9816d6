/** Streams JavaScript, shows it while it arrives, then runs it in QuickJS compiled to WebAssembly. */
import OpenAI from 'openai';
import { getQuickJS, shouldInterruptAfterDeadline } from 'quickjs-emscripten';

const client = new OpenAI();

async function write(task: string): Promise<string> {
  const stream = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    stream: true,
    messages: [{ role: 'user', content: `Only JavaScript: ${task}` }],
  });
  let code = '';
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta?.content || '';
    process.stdout.write(delta);
    code += delta;
  }
  return code;
}

export async function run(task: string): Promise<unknown> {
  const source = (await write(task)).replace(/```(?:js|javascript)?/g, '');
  const QuickJS = await getQuickJS();
  return QuickJS.evalCode(source, {
    shouldInterrupt: shouldInterruptAfterDeadline(Date.now() + 1000),
    memoryLimitBytes: 16 * 1024 * 1024,
  });
}
