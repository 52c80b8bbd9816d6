/** Lets a command line agent review a change. */
import { execFileSync } from 'node:child_process';

interface Reply {
  readonly result: string;
  readonly cost_usd: number;
}

function claude(prompt: string): Reply {
  const output = execFileSync('claude', ['-p', prompt, '--output-format', 'json'], { encoding: 'utf8' });
  return JSON.parse(output) as Reply;
}

export function review(number: number, diff: string): void {
  const reply = claude(`Review this change:\n${diff}`);
  execFileSync('gh', ['pr', 'comment', String(number), '--body-file', '-'], { input: reply.result });
}
