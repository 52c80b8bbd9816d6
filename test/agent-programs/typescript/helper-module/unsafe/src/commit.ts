/** Writes a commit message and commits. */
import { execSync } from 'node:child_process';
import { complete } from './llm/client.js';

export async function commit(): Promise<void> {
  const diff = execSync('git diff --cached', { encoding: 'utf8' });
  const message = await complete(`Write a one-line commit message for:\n${diff}`);
  // finding: js-model-output-shell
  execSync(`git commit -m "${message}"`, { stdio: 'inherit' });
}
