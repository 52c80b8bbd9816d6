/**
 * Built-in rules as they were compiled by the build (`prepare.ts`): files beside the bundle, one for what rule files hold and one per program, in the
 * format of structured clones. Where there are none, or they cannot be read, the rules are compiled as any others.
 */
import { join } from 'node:path';
import type { PreparedSources, RuleSource } from '../../core/index.js';
import { readParted } from './parted.js';

/** The file of what rule files hold: in its head one of these for each, and in the part of the same index what its rules look for. */
export const RULES = 'rules';

export interface PreparedFile {
  readonly source: RuleSource;
  readonly heads: unknown;
}

export function readPrepared(directory: string): PreparedSources {
  const read = (name: string): ReturnType<typeof readParted> => readParted(join(directory, `${name}.bin`));
  let known: ReturnType<typeof filesOf> | undefined;
  const filesOf = (): {
    readonly part: (index: number) => unknown;
    readonly byPath: ReadonlyMap<string, readonly [number, PreparedFile]>;
  } => {
    const parted = read(RULES);
    const files = (parted?.head ?? []) as readonly PreparedFile[];
    return { part: (index) => parted?.part(index), byPath: new Map(files.map((file, index) => [file.source.path, [index, file]])) };
  };
  return {
    rulesOf(source) {
      if (source.vetted !== true) return undefined;
      known ??= filesOf();
      const { part, byPath } = known;
      const [index, file] = byPath.get(source.path) ?? [];
      if (index === undefined || file?.source.text !== source.text || file.source.pack !== source.pack) return undefined;
      return { heads: file.heads, bodies: () => part(index) };
    },
    programOf: read,
  };
}
