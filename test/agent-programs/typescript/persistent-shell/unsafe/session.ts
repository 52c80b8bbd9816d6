/** Asks, runs, shows, until there is nothing to run. */
import { Ollama } from 'ollama';
import { Shell } from './shell';

const ollama = new Ollama({ host: 'http://127.0.0.1:11434' });

const codeBlocks = (text: string): string[] => [...text.matchAll(/```(?:ba)?sh\n([\s\S]*?)```/g)].map(([, body]) => body);

export async function session(goal: string): Promise<void> {
  const shell = new Shell();
  const messages = [{ role: 'user', content: goal }];
  for (let turn = 0; turn < 8; turn++) {
    const { message } = await ollama.chat({ model: 'qwen2.5-coder', messages });
    messages.push(message);
    const blocks = codeBlocks(message.content);
    if (blocks.length === 0) break;
    const outputs = await Promise.all(blocks.map((block) => shell.run(block)));
    messages.push({ role: 'user', content: outputs.join('\n') });
  }
  shell.close();
}
