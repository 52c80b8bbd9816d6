/**
 * `npm run rule-pages`: writes docs/rules/<rule-id>.md and docs/rules/README.md from the built-in packs, as the built command line
 * explains them. `npm run rule-pages -- --check` writes nothing and fails when a page is missing, stale or left over.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const folder = path.join(root, 'docs/rules');
const INDEX = 'README.md';

/**
 * File name -> content, of every page there should be.
 * @returns {Map<string, string>}
 */
export function rulePages() {
  const cli = path.join(root, 'server/dist/cli.mjs');
  const output = execFileSync(process.execPath, [cli, 'explain', '--all', '--format', 'json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  /** @type {{ rules: { id: string, page: string }[], index: string }} */
  const { rules, index } = JSON.parse(output);
  return new Map([[INDEX, index], ...rules.map(({ id, page }) => /** @type {const} */ ([`${id}.md`, page]))]);
}

/**
 * What differs from the pages on disk, one sentence each.
 * @returns {Promise<string[]>}
 */
export async function stalePages() {
  const wanted = rulePages();
  const present = await readdir(folder).catch(() => /** @type {string[]} */ ([]));
  const problems = present.filter((name) => !wanted.has(name)).map((name) => `${name} belongs to no rule`);
  for (const [name, content] of wanted) {
    const current = present.includes(name) ? await readFile(path.join(folder, name), 'utf8') : undefined;
    if (current === undefined) problems.push(`${name} is missing`);
    else if (current !== content) problems.push(`${name} is not what its rule says now`);
  }
  return problems.toSorted();
}

async function writePages() {
  const wanted = rulePages();
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (!wanted.has(name)) await rm(path.join(folder, name), { recursive: true });
  for (const [name, content] of wanted) await writeFile(path.join(folder, name), content);
  console.log(`rule pages: ${wanted.size - 1} in docs/rules`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!process.argv.includes('--check')) await writePages();
  else {
    const problems = await stalePages();
    for (const problem of problems) console.error(`docs/rules: ${problem}`);
    if (problems.length > 0) {
      console.error('Run: npm run build && npm run rule-pages');
      process.exitCode = 1;
    }
  }
}
