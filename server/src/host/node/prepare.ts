/** The build's part in prepared rules (`prepared.ts`): compiles the built-in packs and writes them down. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareSources } from '../../core/index.js';
import { createParser } from '../parser/treeSitter.js';
import { writeParted } from './parted.js';
import { RULES, type PreparedFile } from './prepared.js';
import { builtinPacks, readRuleSources, readSetSources } from './rule-sources.js';
import { readWasm, RULE_PAGES } from './session.js';

/**
 * @returns number of programs written
 * @throws when a built-in rule has an error
 */
export async function writePrepared(rulesDirectory: string, target: string): Promise<number> {
  const { sources, problems } = readRuleSources(builtinPacks(rulesDirectory), rulesDirectory, rulesDirectory);
  const prepared = await prepareSources(sources, await createParser(readWasm), RULE_PAGES, () => readSetSources(rulesDirectory));
  const wrong = [...problems, ...prepared.errors.map((error) => `${error.path ?? ''}: ${error.message}`)];
  if (wrong.length > 0) throw new Error(`built-in rules cannot be prepared:\n${wrong.join('\n')}`);
  await mkdir(target, { recursive: true });
  const head = prepared.sources.map(({ source, heads }): PreparedFile => ({ source, heads }));
  writeParted(join(target, `${RULES}.bin`), { head, parts: prepared.sources.map(({ bodies }) => bodies) });
  for (const [name, program] of prepared.programs) writeParted(join(target, `${name}.bin`), program);
  return prepared.programs.size;
}
