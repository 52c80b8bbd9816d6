/** The suite's side of the channel: asks whoever can see the window. Where nobody can, asking does nothing. */
import { existsSync, watch } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ENV } from './protocol.js';
import type { HostAnswer, HostRequest } from './protocol.js';

let asked = 0;

/** The folder that both sides share. */
export function channel(): string {
  const folder = process.env[ENV.channel];
  if (folder === undefined) throw new Error(`${ENV.channel} is not set: this suite is started by test/e2e/vscode`);
  return folder;
}

/** Writes a file of the channel so that it appears whole. */
export async function put(name: string, content: unknown): Promise<void> {
  const file = path.join(channel(), name);
  await writeFile(`${file}.part`, JSON.stringify(content));
  await rename(`${file}.part`, file);
}

/** Takes a picture of the window as it is now; resolves when it was taken. */
export async function screenshot(name: string): Promise<void> {
  const suite = process.env[ENV.suite];
  await ask({ kind: 'screenshot', name: suite === 'restricted' ? `${suite}-${name}` : name });
}

/** Waits until a text can be read in the window, in a web view for example, which the suite itself cannot look into. */
export async function seen(text: string): Promise<void> {
  await ask({ kind: 'see', text });
}

/** Rests the pointer on a text in the window. */
export async function point(text: string): Promise<void> {
  await ask({ kind: 'point', text });
}

/** Clicks on a text in the window. Says whether there is anybody who can. */
export async function click(text: string): Promise<boolean> {
  await ask({ kind: 'click', text });
  return process.env[ENV.eyes] === '1';
}

/** Presses a key in the window, as a person would. */
export async function press(key: string): Promise<void> {
  await ask({ kind: 'press', key });
}

async function ask(request: HostRequest): Promise<void> {
  if (process.env[ENV.eyes] !== '1') return;
  asked += 1;
  const answerFile = path.join(channel(), `answer-${asked}.json`);
  const answered = appears(answerFile);
  await put(`request-${asked}.json`, request);
  await answered;
  const answer = JSON.parse(await readFile(answerFile, 'utf8')) as HostAnswer;
  if (answer.failure !== undefined) throw new Error(`${request.kind}: ${answer.failure}`);
}

async function appears(file: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const watcher = watch(path.dirname(file), () => {
      if (!existsSync(file)) return;
      watcher.close();
      resolve();
    });
  });
}
