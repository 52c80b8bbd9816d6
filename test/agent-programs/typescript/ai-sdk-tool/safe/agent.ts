/** A repository agent on the AI SDK. */
import { spawn } from 'node:child_process';
import { openai } from '@ai-sdk/openai';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';

function npm(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn('npm', ['run', '--silent', script]);
    child.stdout.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

const script = tool({
  description: 'Runs a script of package.json',
  inputSchema: z.object({ script: z.enum(['test', 'lint', 'build']), reason: z.string() }),
  execute: async ({ script, reason }) => {
    console.log(reason);
    return { output: await npm(script) };
  },
});

export const work = (prompt: string) =>
  generateText({ model: openai('gpt-5'), prompt, tools: { script }, stopWhen: stepCountIs(10) });
