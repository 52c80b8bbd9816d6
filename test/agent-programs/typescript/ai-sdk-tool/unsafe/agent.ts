/** A repository agent on the AI SDK. */
import { spawn } from 'node:child_process';
import { openai } from '@ai-sdk/openai';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';

function sh(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    // finding: js-model-output-shell
    const child = spawn('bash', ['-lc', command]);
    child.stdout.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

const shell = tool({
  description: 'Runs a command in the repository',
  inputSchema: z.object({ command: z.string(), reason: z.string() }),
  execute: async ({ command, reason }) => {
    console.log(reason);
    return { output: await sh(command) };
  },
});

export const work = (prompt: string) =>
  generateText({ model: openai('gpt-5'), prompt, tools: { shell }, stopWhen: stepCountIs(10) });
