import { writeFileSync } from 'node:fs';

export interface Patch {
  readonly file: string;
  readonly text: string;
}

export function applyPatch(patch: Patch): void {
  // finding: js-model-output-file
  writeFileSync(patch.file, patch.text);
}
