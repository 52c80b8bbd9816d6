// Tools for an assistant, over HTTP.
import { exec, execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import vm from 'node:vm';
import OpenAI from 'openai';

const client = new OpenAI();
const run = promisify(exec);
const runFile = promisify(execFile);

async function complete(prompt: string): Promise<string> {
  const answer = await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: prompt }] });
  return answer.choices[0]?.message.content ?? '';
}

export async function calculate(question: string): Promise<unknown> {
  const expression = await complete(`A JavaScript expression for: ${question}`);
  return eval(expression);
}

export async function script(task: string): Promise<unknown> {
  const source = await complete(`JavaScript that returns the answer to: ${task}`);
  return vm.runInNewContext(source, { result: undefined }, { timeout: 1000 });
}

export async function shell(goal: string): Promise<string> {
  const command = await complete(`One shell command for: ${goal}`);
  const { stdout } = await run(command);
  return stdout;
}

// What it could look like instead: a fixed program, arguments as a list, no shell.
export async function log(path: string): Promise<string> {
  const { stdout } = await runFile('git', ['log', '--oneline', '-n', '20', '--', path]);
  return stdout;
}

const WORDS = /\b(?:status|log|diff)\b/;

createServer((request, response) => {
  const word = WORDS.exec(request.url ?? '');
  response.end(word === null ? 'unknown tool' : word[0]);
}).listen(8080, '127.0.0.1');
