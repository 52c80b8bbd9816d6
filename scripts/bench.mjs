/**
 * `npm run bench -- [--only latency|start|memory|typing|project|scan|audit] [--tree DIR] [--repo DIR] [--rules DIR] [--bandit FILE] [--json]`: the figures that DESIGN sets budgets for, as one
 * table on standard output, progress on standard error. It measures the built programs and is not a test: nothing fails when a
 * budget is missed. What the figures mean is in PERFORMANCE.md.
 */
import { existsSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { measureAudit } from './bench/audit.mjs';
import { measureLatency, measureMemory, measureStart, workspaceWith } from './bench/editor.mjs';
import { measureProject } from './bench/project.mjs';
import { defaultTree, measureScan } from './bench/scan.mjs';
import { formatTable } from './bench/table.mjs';
import { measureTyping } from './bench/typing.mjs';
import { build } from './build.mjs';
import { fromCaller, root } from './root.mjs';

const PARTS = /** @type {const} */ (['latency', 'start', 'memory', 'typing', 'project', 'scan', 'audit']);

/** @param {string} text */
const say = (text) => console.error(`bench: ${text}`);

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [...PARTS] },
    tree: { type: 'string' },
    bandit: { type: 'string' },
    repo: { type: 'string' },
    rules: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const unknown = options.only.find((part) => !PARTS.some((known) => known === part));
if (unknown !== undefined) {
  console.error(`bench: --only ${unknown}: there are ${PARTS.join(', ')}`);
  process.exit(2);
}
const tree = options.tree === undefined ? defaultTree() : fromCaller(options.tree);
if (options.rules !== undefined && !existsSync(fromCaller(options.rules))) {
  console.error(`bench: --rules ${options.rules}: there is no such folder`);
  process.exit(2);
}
if (!existsSync(tree)) {
  console.error(`bench: --tree ${options.tree}: there is no such folder`);
  process.exit(2);
}

await checkBuild();
const repository = options.repo === undefined ? root : fromCaller(options.repo);
const bandit = options.bandit === undefined ? undefined : fromCaller(options.bandit);
const loadBefore = load();
const rows = [];
const workspace = options.rules === undefined ? undefined : await workspaceWith(fromCaller(options.rules));
try {
  if (options.only.includes('latency')) rows.push(...(await measureLatency(say, workspace)));
  if (options.only.includes('start')) rows.push(...(await measureStart(say, workspace)));
  if (options.only.includes('typing')) rows.push(...(await measureTyping(repository, say, workspace)));
  if (options.only.includes('memory')) rows.push(...(await measureMemory(say, workspace)));
} finally {
  if (workspace !== undefined) await rm(workspace, { recursive: true, force: true });
}
if (options.only.includes('project')) rows.push(...(await measureProject(say)));
if (options.only.includes('scan')) rows.push(...(await measureScan(tree, bandit, say)));
if (options.only.includes('audit')) rows.push(...(await measureAudit(repository, say)));

const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  processors: os.availableParallelism(),
  load: { before: loadBefore, after: load() },
};
if (options.json) console.log(JSON.stringify({ machine, rows }, undefined, 2));
else {
  console.log(
    `${machine.date}, Node ${machine.node}, ${machine.platform}, ${machine.processors} processors, load ${machine.load.before} before and ${machine.load.after} after\n`,
  );
  process.stdout.write(formatTable(rows));
}

function load() {
  return (os.loadavg()[0] ?? 0).toFixed(1);
}

/** Builds where nothing is built; says so where the sources are newer than what is measured. */
async function checkBuild() {
  const server = path.join(root, 'server/dist/lsp.mjs');
  if (!existsSync(server) || !existsSync(path.join(root, 'server/dist/cli.mjs'))) return build({ quiet: true });
  const built = statSync(server).mtimeMs;
  const sources = await readdir(path.join(root, 'server/src'), { recursive: true, withFileTypes: true });
  const newer = sources.filter((entry) => entry.isFile() && statSync(path.join(entry.parentPath, entry.name)).mtimeMs > built);
  if (newer.length > 0) say(`${newer.length} source files are newer than what is built and measured: npm run build first`);
}
