import { writeFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';

export interface Patch {
  readonly file: string;
  readonly text: string;
}

const ROOT = resolve('src');

export function applyPatch(patch: Patch): void {
  const file = resolve(ROOT, patch.file);
  if (!file.startsWith(ROOT + sep)) throw new Error(`outside ${ROOT}`);
  writeFileSync(file, patch.text);
}
