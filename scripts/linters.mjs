/**
 * `npm run linters -- DIR EXPECTED`: what the built-in rules find of what ruff's `S` rules (flake8-bandit) mark in ruff's own fixtures. DIR holds
 * ruff's repository, unpacked as `ruff`; EXPECTED is a list of `{ code, file, line }` that ruff reported there. Writes `docs/linters.md`.
 *
 * `scripts/linters/ruff-s.json` says which rules answer to a code, and what is left out on purpose. A finding of another rule on the line counts for nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root } from './root.mjs';

/** @typedef {{ about: string, rules: readonly string[], why?: string, leftOut?: true }} Code */
/** @typedef {{ check_id: string, path: string, start: { line: number }, end: { line: number } }} Result */

const FIXTURES = 'ruff/crates/ruff_linter/resources/test/fixtures/flake8_bandit';

/**
 * @param {string} folder
 * @returns {readonly Result[]}
 */
function scan(folder) {
  const options = ['--profile', 'audit', '--format', 'json', '--fail-on', 'never', '--jobs', '1', '--no-project-config', '--no-git-ignore'];
  const run = spawnSync(process.execPath, [path.join(root, 'server/dist/cli.mjs'), 'scan', ...options, '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`${folder}: ${run.stderr}`);
  /** @type {{ results: readonly Result[] }} */
  const { results } = JSON.parse(run.stdout);
  return results;
}

const [directory, expectedFile] = process.argv.slice(2);
if (directory === undefined || expectedFile === undefined) {
  console.error('usage: npm run linters -- DIR EXPECTED');
  process.exit(2);
}
/** @type {readonly { code: string, file: string, line: number }[]} */
const expected = JSON.parse(await readFile(expectedFile, 'utf8'));
/** @type {Readonly<Record<string, Code>>} */
const codes = JSON.parse(await readFile(path.join(root, 'scripts/linters/ruff-s.json'), 'utf8'));
const results = scan(path.resolve(directory, FIXTURES));

/** @type {(code: string, file: string, line: number) => boolean} */
const found = (code, file, line) =>
  results.some(
    (result) =>
      path.basename(result.path) === path.basename(file) &&
      result.start.line <= line &&
      line <= result.end.line &&
      (codes[code]?.rules ?? []).includes(result.check_id),
  );

/** @type {Map<string, { lines: number, found: number }>} */
const counts = new Map();
for (const { code, file, line } of expected) {
  if (codes[code] === undefined) throw new Error(`${code} is not in scripts/linters/ruff-s.json`);
  const count = counts.get(code) ?? { lines: 0, found: 0 };
  count.lines++;
  if (found(code, file, line)) count.found++;
  counts.set(code, count);
}

const link = (/** @type {string} */ id) => `[\`${id}\`](rules/${id}.md)`;
const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
const share = (/** @type {typeof rows} */ part) => {
  const lines = part.reduce((sum, [, count]) => sum + count.lines, 0);
  const hits = part.reduce((sum, [, count]) => sum + count.found, 0);
  return `${hits} of ${lines} lines (${Math.round((100 * hits) / lines)} %)`;
};
const table = (/** @type {typeof rows} */ part) =>
  [
    '| code | about | lines | found | rules | why not all |',
    '| --- | --- | ---: | ---: | --- | --- |',
    ...part.map(([code, count]) => {
      const { about = '', rules = [], why = '' } = codes[code] ?? {};
      return `| ${code} | ${about} | ${count.lines} | ${count.found} | ${rules.map(link).join('<br>')} | ${why} |`;
    }),
  ].join('\n');
const wanted = rows.filter(([code]) => codes[code]?.leftOut !== true);
const leftOut = rows.filter(([code]) => codes[code]?.leftOut === true);
const page = `# Beside ruff's security rules

Lines that ruff's \`S\` rules mark in ruff's own fixtures, and how many of them a rule of ours about the same thing finds with \`--profile audit\`. Their fixtures
are about each rule's edges, so this says what is looked at, not how often it occurs. Written by \`npm run linters\` on ${new Date().toISOString().slice(0, 10)}.

Of the codes that we look for: ${share(wanted)}. Of all, with those that are left out on purpose: ${share(rows)}.

## Looked for

${table(wanted)}

## Left out on purpose

${table(leftOut)}
`;
await writeFile(path.join(root, 'docs/linters.md'), page);
console.error(`looked for: ${share(wanted)}; all: ${share(rows)}; run \`npm run format\``);
