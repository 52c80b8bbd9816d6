/**
 * Built-in rules as they were compiled by the build (`prepare.ts`): files beside the bundle, one for what rule files hold and one per program, in the
 * format of structured clones. Where there are none, or they cannot be read, the rules are compiled as any others.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import type { PreparedData, PreparedSources } from '../../core/index.js';

/** The file of what rule files hold. */
export const RULES = 'rules';

export function readPrepared(directory: string): PreparedSources {
  let known: ReadonlyMap<string, PreparedData['sources'][number]> | undefined;
  return {
    rulesOf(source) {
      if (source.vetted !== true) return undefined;
      known ??= new Map(((read(directory, RULES) ?? []) as PreparedData['sources']).map((entry) => [entry.source.path, entry]));
      const entry = known.get(source.path);
      return entry?.source.text === source.text && entry.source.pack === source.pack ? entry.rules : undefined;
    },
    programOf: (name) => read(directory, name),
  };
}

function read(directory: string, name: string): unknown {
  try {
    return deserialize(readFileSync(join(directory, `${name}.bin`)));
  } catch {
    return undefined;
  }
}
