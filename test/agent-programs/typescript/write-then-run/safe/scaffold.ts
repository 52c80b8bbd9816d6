/** Has a script written, saves it and runs it in a container. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

const LIMITS = ['--rm', '--network=none', '--memory=256m', '--cpus=1', '--read-only'];

export async function runTask(task: string): Promise<string> {
  const { text } = await generateText({ model: openai('gpt-4o'), prompt: `A Node script that does this: ${task}` });
  const folder = mkdtempSync(join(tmpdir(), 'task-'));
  writeFileSync(join(folder, 'task.mjs'), text);
  return execFileSync('docker', ['run', ...LIMITS, '-v', `${folder}:/code:ro`, 'node:22-slim', 'node', '/code/task.mjs'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
}
