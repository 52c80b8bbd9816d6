import { execFileSync, execSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import OpenAI from 'openai';

const client = new OpenAI();

async function ask(prompt: string): Promise<string> {
  return (await client.responses.create({ model: 'm', input: prompt })).output_text;
}

export async function saved(task: string, folder: string): Promise<void> {
  const file = path.join(folder, 'task.mjs');
  fs.writeFileSync(file, await ask(task));
  // ruleid: js-model-output-run-file
  execFileSync('node', [file]);
}

export async function byShell(task: string): Promise<void> {
  const script = '/tmp/task.sh';
  await fs.promises.writeFile(script, await ask(task));
  // ruleid: js-model-output-run-file
  execSync(`bash ${script}`);
}

export async function inContainer(task: string, folder: string): Promise<void> {
  const file = path.join(folder, 'task.mjs');
  fs.writeFileSync(file, await ask(task));
  // ok: js-model-output-run-file
  execFileSync('docker', ['run', '--rm', '--network=none', '-v', `${folder}:/code:ro`, 'node:22', 'node', '/code/task.mjs']);
}

export async function otherFile(task: string): Promise<void> {
  fs.writeFileSync('notes.txt', await ask(task));
  // ok: js-model-output-run-file
  execFileSync('node', ['report.mjs']);
}
