/**
 * Core runs where there is no Node: bundled for a browser, in a context that has the language's own globals and nothing else (no `process`,
 * no `require`, no timers, no `fetch`, no `TextDecoder`), it reads rules and answers for them.
 */
import path from 'node:path';
import vm from 'node:vm';
import { rolldown } from 'rolldown';
import type { OutputChunk } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './copyTree.js';

const RULES = `rules:
  - id: private-key
    languages: [regex]
    severity: ERROR
    message: A private key is in the file.
    pattern-regex: BEGIN [A-Z ]*PRIVATE KEY
  - id: not-understood
    languages: [regex]
    severity: ERROR
    message: This rule uses an operator that does not exist.
    pattern-sideways: BEGIN
`;

/** Runs in the bare context. The parser has no grammar: text rules need none. */
const PROGRAM = `(async () => {
  const parser = { ensure: async () => {}, parse: () => undefined, release: () => {} };
  const config = { sources: [JSON.parse(source)], profile: 'default' };
  const session = core.createSession(config, parser, () => 0);
  await session.prepareAll();
  const report = await session.scan({ kind: 'text', path: 'notes.txt', text: 'one\\n  (BEGIN RSA PRIVATE KEY)\\n' });
  answer = JSON.stringify({
    errors: session.errors.map(({ code, range }) => ({ code, line: range.start.line })),
    findings: report.findings.map(({ ruleId, range }) => ({ rule: ruleId, line: range.start.line, column: range.start.column })),
  });
  session.dispose();
})()`;

let chunk: OutputChunk;

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
  expect(output).toHaveLength(1);
  [chunk] = output;
});

describe('core, bundled for a browser', () => {
  it('asks for no other module', () => {
    // The text itself may say `node:`: the engine knows that prefix in other people's imports.
    expect({ imports: chunk.imports, dynamicImports: chunk.dynamicImports }).toEqual({ imports: [], dynamicImports: [] });
  });

  it('reads rules, refuses one it does not understand, and scans, with nothing but the language', async () => {
    const context = vm.createContext({ source: JSON.stringify({ path: 'pack/rules.yaml', text: RULES }), answer: '' });
    vm.runInContext(`${chunk.code};\nglobalThis.core = core;`, context);
    await (vm.runInContext(PROGRAM, context) as Promise<void>);
    expect(JSON.parse(context['answer'] as string)).toEqual({
      errors: [{ code: 'unknown-key', line: 10 }],
      findings: [{ rule: 'private-key', line: 1, column: 3 }],
    });
  });
});
