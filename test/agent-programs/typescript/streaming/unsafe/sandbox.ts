/** Streams JavaScript, shows it while it arrives, then runs it. */
import OpenAI from 'openai';
import vm from 'node:vm';

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
  const context = vm.createContext({ console });
  // finding: js-model-output-eval
  return vm.runInContext(source, context, { timeout: 1000 });
}
