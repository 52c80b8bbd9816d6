/**
 * `npm run conformance -- DIR [DIR...]` runs the rules and patterns of unpacked corpora through the built command line and writes
 * docs/conformance.md: per language and per operator how many pairs of rule and target are exact, refused or wrong.
 *
 *   DIR/semgrep-rules                 rules beside annotated targets
 *   DIR/semgrep/tests/rules, rules_v2, tainting_rules, patterns
 *   DIR/OWNER-NAME                    a published rule set: those that scripts/conformance/ruleSets.mjs lists
 *   DIR/NAME.commit                   `COMMIT DATE` of the corpus, said in the page
 *
 * Verdicts are this script's own: it reads the annotations of the targets itself and compares them with the lines that
 * `countersign test --json` says were found. Nothing of a corpus but file names and line numbers goes into the page.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fromCaller, root } from './root.mjs';
import { annotatedPairs, patternPairs } from './conformance/pairs.mjs';
import { page } from './conformance/page.mjs';
import { folderOf, RULE_SETS, ruleSet } from './conformance/ruleSets.mjs';
import { vocabulary } from './conformance/vocabulary.mjs';

const folders = process.argv.slice(2).map(fromCaller);
if (folders.length === 0) {
  console.error('usage: npm run conformance -- DIR [DIR...]   (DIR holds the unpacked corpora semgrep-rules and semgrep, and rule sets)');
  process.exit(2);
}

/** @param {string} name */
function find(name) {
  return folders.map((folder) => path.join(folder, name)).find((folder) => existsSync(folder));
}

/** @param {string} name */
function commitOf(name) {
  for (const folder of folders) {
    const noted = path.join(folder, `${name}.commit`);
    if (existsSync(noted)) return readFileSync(noted, 'utf8').trim();
    if (existsSync(path.join(folder, name, '.git'))) {
      return execFileSync('git', ['log', '-1', '--format=%H %cs'], { cwd: path.join(folder, name), encoding: 'utf8' }).trim();
    }
  }
  return 'unknown commit';
}

const words = await vocabulary();
/** @type {import('./conformance/pairs.mjs').Group[]} */
const groups = [];
for (const { title, folder, corpus } of [
  { title: 'semgrep-rules', folder: 'semgrep-rules', corpus: 'semgrep-rules' },
  { title: 'tests/rules', folder: 'semgrep/tests/rules', corpus: 'semgrep' },
  { title: 'tests/rules_v2', folder: 'semgrep/tests/rules_v2', corpus: 'semgrep' },
  { title: 'tests/tainting_rules', folder: 'semgrep/tests/tainting_rules', corpus: 'semgrep' },
]) {
  const found = find(folder);
  if (found === undefined) continue;
  console.error(`conformance: ${title}`);
  groups.push({ title, commit: commitOf(corpus), pairs: annotatedPairs(found, words) });
}
const patterns = find('semgrep/tests/patterns');
if (patterns !== undefined) {
  console.error('conformance: tests/patterns');
  groups.push({ title: 'tests/patterns', commit: commitOf('semgrep'), pairs: patternPairs(patterns) });
}
const sets = RULE_SETS.flatMap((title) => {
  const folder = folderOf(title, folders);
  return folder === undefined ? [] : [ruleSet(title, commitOf(path.basename(folder)), folder)];
});
if (groups.length === 0 && sets.length === 0) {
  console.error(`conformance: there is no corpus below ${folders.join(', ')}`);
  process.exit(2);
}
writeFileSync(path.join(root, 'docs/conformance.md'), page(groups, sets));
for (const { title, rules, refusals } of sets) {
  console.error(`  ${title}: ${rules} rules, ${new Set(refusals.map((refusal) => `${refusal.file} ${refusal.rule}`)).size} refused`);
}
const ignored = groups.flatMap((group) => group.pairs.filter((pair) => pair.unread.length > 0));
if (ignored.length > 0) {
  for (const pair of ignored) console.error(`conformance: ${pair.rule} ran, but nothing reads ${pair.unread.join(', ')}`);
  process.exitCode = 1;
}
for (const group of groups) {
  const count = (/** @type {string} */ verdict) => group.pairs.filter((pair) => pair.verdict === verdict).length;
  console.error(
    `  ${group.title}: ${group.pairs.length} pairs, ${count('exact')} exact, ${count('refused')} refused, ${count('wrong')} wrong`,
  );
}
