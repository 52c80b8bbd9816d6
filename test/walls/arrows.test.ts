/**
 * Both walls of DESIGN section 3 hold: every arrow that may not be drawn is drawn here, in a copy of the tree, and the compiler or the
 * linter (most often both) must refuse it, with the very settings that CI uses. The same copy without them must be clean.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowed, CYCLE, CYCLE_BACK, NO_NODE, OUTSIDE_PROJECT, refused, RESTRICTED, targets } from './arrows.js';
import { copyTree, root } from './copyTree.js';
import type { TreeCopy } from './copyTree.js';

/** `file -> codes` of one run over a tree. */
type Refusals = ReadonlyMap<string, ReadonlySet<string>>;

function compile(folder: string): Refusals {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const projects = ['server/src/protocol', 'server/src/core', 'server/src/host', 'server/src/lsp', 'server/src/cli', 'client'];
  // One project at a time: `tsc -b` stops at the first project with errors, and each case is to be seen in its own.
  const lines = projects.flatMap((project) => {
    const ran = spawnSync(process.execPath, [tsc, '-b', project, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
    if (ran.error !== undefined) throw ran.error;
    return ran.stdout.split('\n');
  });
  return collect(lines.map((line) => /^(?<file>\S.*?)\(\d+,\d+\): error (?<code>TS\d+)/.exec(line)?.groups));
}

function lint(folder: string): Refusals {
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const ran = spawnSync(process.execPath, [oxlint, '--format=json', 'server/src', 'client/src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.error !== undefined) throw ran.error;
  const report = JSON.parse(ran.stdout) as { diagnostics: { code: string; filename: string }[] };
  return collect(report.diagnostics.map(({ code, filename }) => ({ file: filename, code })));
}

function collect(found: readonly (Readonly<Record<string, string>> | undefined)[]): Refusals {
  const refusals = new Map<string, Set<string>>();
  for (const each of found) {
    if (each?.['file'] === undefined || each['code'] === undefined) continue;
    const file = each['file'].replaceAll('\\', '/');
    refusals.set(file, (refusals.get(file) ?? new Set()).add(each['code']));
  }
  return refusals;
}

describe('an arrow that may not be drawn', () => {
  let tree: TreeCopy;
  let compiled: Refusals;
  let linted: Refusals;

  beforeAll(async () => {
    const cases = Object.fromEntries([...refused, ...allowed].map(({ file, text }) => [file, text]));
    tree = await copyTree({ ...targets, ...CYCLE_BACK, ...cases });
    compiled = compile(tree.folder);
    linted = lint(tree.folder);
  }, 120_000);
  afterAll(() => tree.remove());

  it.each(refused.filter(({ types }) => types !== undefined))('is refused by the compiler: $name', ({ file, types }) => {
    const codes = [...(compiled.get(file) ?? [])];
    expect(codes.filter((code) => types?.includes(code))).not.toEqual([]);
  });

  it.each(refused.filter((arrow) => arrow.lint !== undefined))('is refused by the linter: $name', ({ file, lint: rule }) => {
    expect([...(linted.get(file) ?? [])]).toContain(rule);
  });

  it.each(allowed)('is not confused with one that may: $name', ({ file }) => {
    expect([...(compiled.get(file) ?? [])]).toEqual([]);
    expect([...(linted.get(file) ?? [])]).toEqual([]);
  });
});

describe('the tree as it is', () => {
  let tree: TreeCopy;
  beforeAll(async () => {
    tree = await copyTree({});
  });
  afterAll(() => tree.remove());

  it('draws no arrow that the compiler refuses', () => {
    const walls = new Set([...OUTSIDE_PROJECT, ...NO_NODE]);
    const found = [...compile(tree.folder)].filter(([, codes]) => [...codes].some((code) => walls.has(code)));
    expect(found.map(([file]) => file)).toEqual([]);
  }, 120_000);

  it('draws no arrow that the linter refuses', () => {
    const walls = new Set([RESTRICTED, CYCLE]);
    const found = [...lint(tree.folder)].filter(([, codes]) => [...codes].some((code) => walls.has(code)));
    expect(found.map(([file]) => file)).toEqual([]);
  }, 120_000);
});

describe('the lint settings', () => {
  it('say for every folder of core what it may import', () => {
    const settings = JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8')) as { overrides: { files: string[] }[] };
    const named = new Set(settings.overrides.flatMap(({ files }) => files));
    const folders = readdirSync(path.join(root, 'server/src/core'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => `server/src/core/${name}/**`).filter((glob) => !named.has(glob))).toEqual([]);
  });
});
