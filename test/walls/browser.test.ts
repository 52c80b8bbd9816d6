/**
 * Core runs where there is no Node: bundled for a browser, in a context that has the language's own globals and nothing else (no `process`,
 * no `require`, no timers, no `fetch`, no `TextDecoder`), it reads rules and answers for them.
 */
import path from 'node:path';
import vm from 'node:vm';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './copyTree.js';

let code: string;

beforeAll(async () => {
  const build = await rolldown({
    input: path.join(root, 'server/src/core/index.ts'),
    platform: 'browser',
    tsconfig: false,
    onLog: (_level, log) => {
      // An import that stays unresolved would be an external of the bundle: there must be none.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    },
  });
  const { output } = await build.generate({ format: 'iife', name: 'core', codeSplitting: false });
  await build.close();
  const [chunk, ...others] = output;
  expect(others).toEqual([]);
  expect(chunk.imports).toEqual([]);
  expect(chunk.dynamicImports).toEqual([]);
  code = chunk.code;
});

describe('core, bundled for a browser', () => {
  it('asks for no module of Node', () => {
    expect(code).not.toMatch(/['"`]node:/);
    expect(code).not.toMatch(/\b(?:require|import)\s*\(/);
  });

  it('runs with nothing but the language', () => {
    const context = vm.createContext({});
    vm.runInContext(`${code};\nglobalThis.core = core;`, context);
    expect(Object.keys(context['core'] as object)).not.toEqual([]);
  });
});
