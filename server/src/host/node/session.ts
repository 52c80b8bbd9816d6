/** A session on Node: the engine with tree-sitter's wasm files read from disk beside the bundle. */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSession, wasmModuleOf, type Session, type SessionConfig } from '../../core/index.js';
import { createParser, type TreeSitterLibrary } from '../parser/treeSitter.js';
import { readPrepared } from './prepared.js';
import { readSetSources } from './rule-sources.js';
import { createThreadClock } from './thread-clock.js';

/** Where the pages of built-in rules are published. */
export const RULE_PAGES = 'https://github.com/countersign/countersign/blob/main/docs/rules/';

/** @throws only when the installation is broken (a wasm file is missing) */
export async function createNodeSession(config: SessionConfig | Promise<SessionConfig>): Promise<Session> {
  const parser = await createNodeParser();
  return createSession(await config, parser, createThreadClock(), RULE_PAGES, readPrepared(join(here, 'prepared')), () =>
    readSetSources(rulesDirectory()),
  );
}

/** Tree-sitter on its own, for what looks at trees without rules. */
export function createNodeParser(): ReturnType<typeof createParser> {
  return createParser(readWasm, freshLibrary);
}

const here = dirname(fileURLToPath(import.meta.url));

/** Beside the bundle; when run from sources, at the top of the repository. */
function rulesDirectory(): string {
  const bundled = join(here, 'rules');
  return existsSync(bundled) ? bundled : join(here, '../../../../rules');
}

export async function readWasm(name: string): Promise<Uint8Array> {
  // Beside the bundle; when run from sources, in the packages that the bundle takes them from.
  const bundled = join(here, 'wasm', name);
  if (existsSync(bundled)) return readFile(bundled);
  const require = createRequire(import.meta.url);
  return readFile(require.resolve(wasmModuleOf(name) ?? `web-tree-sitter/${name}`));
}

/**
 * A copy of web-tree-sitter that shares no state with any other. As CommonJS and out of the cache again, so that the copy goes with its last
 * user: a module that is imported stays, with its runtime's memory, as long as the process.
 */
function freshLibrary(): TreeSitterLibrary {
  const require = createRequire(import.meta.url);
  const bundled = join(here, 'wasm', 'web-tree-sitter.cjs');
  const file = existsSync(bundled) ? bundled : require.resolve('web-tree-sitter');
  Reflect.deleteProperty(require.cache, file);
  const library = require(file) as TreeSitterLibrary;
  Reflect.deleteProperty(require.cache, file);
  return library;
}
