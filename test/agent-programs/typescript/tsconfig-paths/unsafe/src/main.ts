/** Asks for patches and applies them. */
import { ask } from '@llm';
import { applyPatch, type Patch } from '@app/tools/patch';

export async function fix(issue: string): Promise<void> {
  const patches: Patch[] = JSON.parse(await ask(`JSON array of {file, text} that fixes: ${issue}`));
  patches.forEach((patch) => applyPatch(patch));
}
