/** The build's part in prepared rules (`prepared.ts`): compiles the built-in packs and writes them down. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { prepareSources } from '../../core/index.js';
import { createParser } from '../parser/treeSitter.js';
import { RULES } from './prepared.js';
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
  await writeFile(join(target, `${RULES}.bin`), serialize(prepared.sources));
  for (const [name, program] of prepared.programs) await writeFile(join(target, `${name}.bin`), serialize(program));
  return prepared.programs.size;
}
