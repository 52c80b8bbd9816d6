/** `LspHost` on Node: files, rule packs and worker threads through the same adapters as the command line. */
import { readFile } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RuleError, Session, SessionConfig } from '../core/index.js';
import { discoverFiles } from '../host/node/files.js';
import type { ScanTarget } from '../host/node/files.js';
import { scanSource, readTarget } from '../host/node/files-scan.js';
import { createProjectFiles } from '../host/node/project-files.js';
import { accountsOf } from '../host/node/git/accounts.js';
import { findGitRoot } from '../host/node/git/root.js';
import { checkRules, checkRulesApart } from '../host/node/rule-check.js';
import { createRuleNotes } from '../host/node/rule-notes.js';
import { readRuleSources } from '../host/node/rule-sources.js';
import { createNodeSession } from '../host/node/session.js';
import { refusedParses } from '../host/parser/treeSitter.js';
import { scanFiles } from '../host/node/workers.js';
import type { FolderScan, LoadedRules, LspHost } from './host.js';
import { createNodeCommits } from './nodeCommits.js';

const LIMITS = { timeoutMs: 5_000, maxBytes: 1_000_000 } as const;
const NOWHERE = { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } } as const;

export interface NodeHostOptions {
  /** Folder of the built-in packs. */
  readonly rulesDirectory: string;
  /** The built worker entry. */
  readonly workerUrl: URL;
}

export function createNodeHost({ rulesDirectory, workerUrl }: NodeHostOptions): LspHost {
  let builtin: Promise<LoadedRules> | undefined;
  return {
    createSession: async (config: SessionConfig) => recovering(await createNodeSession(config)),
    builtinRules: () => (builtin ??= Promise.resolve().then(() => loadBuiltin(rulesDirectory))),
    notesOf: createRuleNotes(rulesDirectory),
    loadRules: (paths, inside) => Promise.resolve(loadRules(paths, rulesDirectory, inside)),
    checkRules: (sources, sets) => checkRulesApart(workerUrl, sources, sets),
    checkOpenRules: (source, sets) => checkRules([source], sets),
    scanRoot: (folder) => findGitRoot(folder) ?? folder,
    accounts: accountsOf,
    scanFolder: (scan) => scanFolder(scan, workerUrl),
    projectFiles: (root, open) => createProjectFiles(root, LIMITS.maxBytes, open),
    async scanFile(session, file, repoPath, project) {
      const target: ScanTarget = { absolute: file, path: repoPath, shown: repoPath, root: path.dirname(file), size: 0, named: false };
      return scanSource(session, target, await readTarget(target, LIMITS), LIMITS, project);
    },
    async readOptional(file) {
      try {
        return await readFile(file, 'utf8');
      } catch {
        return undefined;
      }
    },
    commits: createNodeCommits({ rulesDirectory, workerUrl }),
    join: (root, below) => path.join(root, ...below.split('/')),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}

let again: Promise<unknown> = Promise.resolve();

/**
 * The same session. A scan that met a parser which another document had taken down is run again, with a new one; these scans one after
 * the other, or the document that did it would do it to the same ones once more. It keeps its error.
 */
function recovering(session: Session): Session {
  return {
    ...session,
    async scan(input, options) {
      const before = refusedParses();
      const report = await session.scan(input, options);
      if (refusedParses() === before) return report;
      const second = again.then(() => session.scan(input, options));
      again = second.catch(() => undefined);
      return second;
    },
  };
}

function loadBuiltin(rulesDirectory: string): LoadedRules {
  const { sources, problems } = readRuleSources([], rulesDirectory, rulesDirectory);
  return {
    sources: sources.map((source) => ({ ...source, file: path.join(rulesDirectory, source.path) })),
    errors: problems.map((message) => problem(message, rulesDirectory)),
  };
}

function loadRules(paths: readonly string[], rulesDirectory: string, inside: string | undefined): LoadedRules {
  const sources: LoadedRules['sources'][number][] = [];
  const errors: RuleError[] = [];
  for (const each of paths) {
    if (!path.isAbsolute(each)) {
      errors.push(problem('Write an absolute path: this setting holds for all folders.', each));
      continue;
    }
    if (inside !== undefined && leadsOut(each, inside)) {
      errors.push(problem('This leads out of the folder, through a link; it was not read.', each));
      continue;
    }
    const loaded = readRuleSources([each], rulesDirectory, path.dirname(each));
    sources.push(...loaded.sources.map((source) => ({ ...source, file: path.resolve(source.path) })));
    errors.push(...loaded.problems.map((message) => problem(message, each)));
  }
  return { sources, errors };
}

/** Whether the real place of `file` is outside `folder`. What does not exist leads nowhere. */
function leadsOut(file: string, folder: string): boolean {
  try {
    const relative = path.relative(realpathSync(folder), realpathSync(file));
    return relative.startsWith('..') || path.isAbsolute(relative);
  } catch {
    return false;
  }
}

function problem(message: string, file: string): RuleError {
  return { kind: 'rule', code: 'rules-not-found', message, path: file, range: NOWHERE, level: 'error' };
}

async function scanFolder({ root, config, cancel, listed, report }: FolderScan, workerUrl: URL): Promise<void> {
  const { targets, skipped } = discoverFiles([root], { cwd: root, include: [], exclude: [], useGitIgnore: true });
  listed(
    targets.length,
    skipped.map(({ path: place, reason, message }) => ({
      path: place,
      kind: reason === 'git-ignored' || reason === 'default-skipped' ? 'convention' : 'named',
      message,
    })),
  );
  await scanFiles({
    ...{ targets, config, workerUrl, cancel },
    limits: LIMITS,
    // One thread stays free for the editor.
    jobs: Math.max(1, Math.min(4, os.availableParallelism() - 1)),
    onReport(number, result) {
      const target = targets[number];
      if (target !== undefined) report(target.absolute, result);
    },
  });
}
