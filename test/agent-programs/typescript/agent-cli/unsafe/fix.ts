/** Lets a command line agent write a codemod and runs it. */
import { execFileSync } from 'node:child_process';

interface Reply {
  readonly result: string;
  readonly cost_usd: number;
}

function claude(prompt: string): Reply {
  const output = execFileSync('claude', ['-p', prompt, '--output-format', 'json'], { encoding: 'utf8' });
  return JSON.parse(output) as Reply;
}

export function codemod(wish: string, source: string): string {
  const reply = claude(`A JavaScript function body (source) that does this: ${wish}`);
  // finding: js-model-output-eval
  return new Function('source', reply.result)(source);
}
