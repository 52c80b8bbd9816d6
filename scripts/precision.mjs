/**
 * `npm run precision -- DIR`: how right each built-in rule is in other people's code. Scans the corpora that `rules/judgements.json` names, unpacked as
 * `DIR/<name>`, with every rule, and writes `rules/precision.json`: findings seen, and of these the ones that a person has judged and found right.
 *
 * Judging is people's work: they add to `judgements` by hand, one entry for each finding that they read. `--unjudged FILE` writes the findings that
 * nobody has read yet, as such entries with `right: null`. A judgement counts as long as its finding is there: same rule, file and text.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { root } from './root.mjs';

/**
 * The content of `rules/judgements.json`; `note` says why something is not right.
 * @typedef {{
 *   corpora: readonly { name: string, commit: string, exclude?: readonly string[] }[],
 *   judgements: readonly { rule: string, corpus: string, path: string, fingerprint: string, right: boolean, note?: string }[]
 * }} JudgementsFile
 */
/** @typedef {{ check_id: string, path: string, start: { line: number }, extra: { fingerprint: string, lines: string, is_ignored: boolean } }} Result */

const cli = path.join(root, 'server/dist/cli.mjs');
const judgementsFile = path.join(root, 'rules/judgements.json');
const precisionFile = path.join(root, 'rules/precision.json');

/**
 * @param {string} folder
 * @param {readonly string[]} exclude
 * @returns {readonly Result[]}
 */
function scan(folder, exclude) {
  const options = ['--profile', 'audit', '--format', 'json', '--fail-on', 'never', '--jobs', '1', '--timeout', '60'];
  const args = [...options, '--no-project-config', '--no-git-ignore', ...exclude.flatMap((glob) => ['--exclude', glob])];
  const run = spawnSync(process.execPath, [cli, 'scan', ...args, '.'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`${folder}: ${run.stderr}`);
  /** @type {{ results: readonly Result[] }} */
  const { results } = JSON.parse(run.stdout);
  return results.filter((result) => !result.extra.is_ignored);
}

/** @returns {readonly string[]} */
function ruleIds() {
  const run = spawnSync(process.execPath, [cli, 'explain', '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  /** @type {{ rules: readonly { id: string, pack?: string }[] }} */
  const { rules } = JSON.parse(run.stdout);
  return rules.filter(({ pack }) => pack !== undefined).map(({ id }) => id);
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { unjudged: { type: 'string' } } });
const [directory] = positionals;
if (directory === undefined) {
  console.error('usage: npm run precision -- DIR [--unjudged FILE]');
  process.exit(2);
}
/** @type {JudgementsFile} */
const { corpora, judgements } = JSON.parse(await readFile(judgementsFile, 'utf8'));
const known = new Map(judgements.map((judgement) => [`${judgement.corpus} ${judgement.fingerprint}`, judgement]));
/** @type {Map<string, { seen: number, judged: number, right: number }>} */
const counts = new Map(ruleIds().map((id) => [id, { seen: 0, judged: 0, right: 0 }]));
const unjudged = [];
for (const { name, exclude = [] } of corpora) {
  const folder = path.resolve(directory, name);
  if (!existsSync(folder)) throw new Error(`${folder} is missing: unpack the commit that rules/judgements.json names`);
  const results = scan(folder, exclude);
  console.error(`${name}: ${results.length} findings`);
  for (const { check_id: rule, path: file, start, extra } of results) {
    const count = counts.get(rule);
    if (count === undefined) continue; // the engine's own
    count.seen++;
    const judgement = known.get(`${name} ${extra.fingerprint}`);
    if (judgement === undefined)
      unjudged.push({ rule, corpus: name, path: file, line: start.line, fingerprint: extra.fingerprint, right: null, lines: extra.lines });
    else {
      count.judged++;
      if (judgement.right) count.right++;
    }
  }
}
const content = {
  date: new Date().toISOString().slice(0, 10),
  corpora: corpora.map(({ name, commit }) => ({ name, commit })),
  rules: Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
};
await writeFile(precisionFile, `${JSON.stringify(content, null, 2)}\n`);
if (values.unjudged !== undefined) await writeFile(values.unjudged, `${JSON.stringify(unjudged, null, 2)}\n`);
const sum = (/** @type {'seen' | 'judged' | 'right'} */ key) => [...counts.values()].reduce((total, count) => total + count[key], 0);
console.error(
  `${sum('seen')} findings, ${sum('judged')} judged, ${sum('right')} right; run \`npm run format\`, \`npm run build\` and \`npm run rule-pages\``,
);
