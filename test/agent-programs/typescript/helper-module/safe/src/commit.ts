/** Writes a commit message and commits. */
import { execFileSync, execSync } from 'node:child_process';
import { complete } from './llm/client.js';

export async function commit(): Promise<void> {
  const diff = execSync('git diff --cached', { encoding: 'utf8' });
  const message = await complete(`Write a one-line commit message for:\n${diff}`);
  execFileSync('git', ['commit', '--file=-'], { input: message, stdio: ['pipe', 'inherit', 'inherit'] });
}
