/** Has a script written, saves it and runs it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

export async function runTask(task: string): Promise<string> {
  const { text } = await generateText({ model: openai('gpt-4o'), prompt: `A Node script that does this: ${task}` });
  const file = join(mkdtempSync(join(tmpdir(), 'task-')), 'task.mjs');
  writeFileSync(file, text);
  // finding: js-model-output-run-file
  return execFileSync('node', [file], { encoding: 'utf8' });
}
