/** Rule sets that others publish: which of their rules load, and at which line and why the others are refused. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from '../root.mjs';
import { rulesOf } from './pairs.mjs';

/** By repository; each is unpacked into a folder of that name with `-` for `/`. */
export const RULE_SETS = ['apiiro/malicious-code-ruleset', 'dgryski/semgrep-go', '0xdea/semgrep-rules'];

/**
 * @typedef {object} Refusal
 * @property {string} rule its id
 * @property {string} file inside the set
 * @property {number} line 1-based
 * @property {string} reason
 */
/** @typedef {{ title: string, commit: string, rules: number, refusals: readonly Refusal[] }} RuleSet */
/** @typedef {{ errors: { level: string, message: string, path?: string, rule_id?: string, spans?: { start: { line: number } }[] }[] }} Validated */

/** @param {string} title @param {string} commit @param {string} folder @returns {RuleSet} */
export function ruleSet(title, commit, folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ya?ml$/.test(file) && !/\.test\.ya?ml$/.test(file),
  );
  const rules = files.reduce((count, file) => count + rulesOf(path.join(folder, file)).length, 0);
  const refusals = validated(folder)
    .errors.filter(({ level }) => level === 'error')
    .map((error) => ({
      rule: error.rule_id ?? '',
      file: path.normalize(error.path ?? ''),
      line: error.spans?.[0]?.start.line ?? 1,
      // Of the set itself, only names of files and rules go into the page.
      reason: error.message
        .replace(/; there are .*/s, '')
        .replace(/: look at .*/s, '')
        .replace(/ is already used in .*/s, ' is used twice'),
    }));
  return { title, commit, rules, refusals };
}

/** @param {string} title @param {readonly string[]} folders */
export function folderOf(title, folders) {
  return folders.map((folder) => path.join(folder, title.replace('/', '-'))).find((folder) => existsSync(folder));
}

/** @param {string} folder @returns {Validated} */
function validated(folder) {
  /** @type {import('node:child_process').ExecFileSyncOptionsWithStringEncoding} */
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] };
  const cli = path.join(root, 'server/bin/countersign.mjs');
  try {
    return /** @type {Validated} */ (JSON.parse(execFileSync(process.execPath, [cli, 'validate', '--json', '.'], options)));
  } catch (error) {
    // It ends with 2 when a rule is refused, having printed everything.
    return /** @type {Validated} */ (JSON.parse(/** @type {{ stdout?: string }} */ (error).stdout ?? '{"errors":[]}'));
  }
}
