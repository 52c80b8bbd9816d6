/** What is kept of an open document is that of its last version: versions before it are let go. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../server/src/core/index.js';
import { readRuleSources } from '../../server/src/host/node/rule-sources.js';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { textInput } from './support.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** In use, in megabytes. What only weak tables hold goes with a later collection. */
async function heap(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    collect();
    await setImmediate();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

test.each(['coding_agent.py', 'tool-server.ts'])('%s', { timeout: 120_000 }, async (name) => {
  const rules = fileURLToPath(new URL('../../rules', import.meta.url));
  const { sources } = readRuleSources([rules], rules, rules);
  const session = await createNodeSession({ sources, profile: 'audit' });
  const example = readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
  const mark = name.endsWith('.py') ? '#' : '//';
  const filler = Array.from({ length: 2_000 }, (_, line) => `${mark} line ${line} of what stands around`).join('\n');
  const type = async (from: number, to: number): Promise<void> => {
    for (let done = from; done < to; done++) {
      const typed = `${mark} edit ${done % 7}\nvalue_${done % 5} = run(${done})\n`;
      await session.scan(textInput(name, `${filler}\n${typed}${example}`), {
        reuseKey: 'typed',
        limits: { ...DEFAULT_LIMITS, timeoutMs: 600_000 },
      });
    }
  };
  await type(0, 40);
  const before = await heap();
  await type(40, 140);
  // A version of this document alone is several tenths of a megabyte.
  expect((await heap()) - before).toBeLessThan(5);
});
