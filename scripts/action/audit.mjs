/**
 * The step "Audit" of action.yml: which commits the event is about, one audit with all its reports, and their paths for the steps after it. It ends with 0
 * whatever was found; the step "Result" has the last word, so that the reports are shown first.
 *
 * Environment: COUNTERSIGN_* from the inputs, GITHUB_EVENT_PATH, GITHUB_EVENT_NAME, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP from the runner.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { root } from '../root.mjs';

const CLI = path.join(root, 'server/dist/cli.mjs');
/** What GitHub takes for a summary of a step is 1 MiB. */
const MAX_SUMMARY = 1_000_000;

const input = (/** @type {string} */ name) => process.env[`COUNTERSIGN_${name}`] ?? '';
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
/** A workflow command's text on one line. */
const data = (/** @type {string} */ text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** @returns {any} the event, or nothing where there is none */
function event() {
  const file = process.env['GITHUB_EVENT_PATH'];
  return file === undefined || !existsSync(file) ? {} : JSON.parse(readFileSync(file, 'utf8'));
}

/** Only a hash is taken from an event: names of branches are somebody's text. @param {unknown} value */
function hash(value) {
  return typeof value === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(value) && !/^0+$/.test(value) ? value : undefined;
}

/** @returns {string[]} the arguments that name the commits */
function commits() {
  const range = input('RANGE');
  if (range !== '') {
    if (range.startsWith('-')) throw new Error('`range` begins with a dash');
    return [range];
  }
  const { pull_request: pull, merge_group: group, before, after } = event();
  const [base, head] =
    pull !== undefined
      ? [hash(pull.base?.sha), hash(pull.head?.sha)]
      : group !== undefined
        ? [hash(group.base_sha), hash(group.head_sha)]
        : [hash(before), hash(after)];
  if (base !== undefined && head !== undefined) return [`${base}...${head}`];
  // A new branch, or an event about no commits: the one that is checked out.
  return head === undefined ? ['--commit', 'HEAD'] : ['--commit', head];
}

function countersign(/** @type {string[]} */ args) {
  const ran = spawnSync(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: ran.status ?? 2, text: ran.stdout ?? '' };
}

const folder = mkdtempSync(path.join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'countersign-'));
const file = (/** @type {string} */ name) => path.join(folder, name);
const reports = {
  json: file('countersign.json'),
  sarif: file('countersign.sarif'),
  html: file('countersign.html'),
  markdown: file('countersign.md'),
};
const shared = [
  ...['--repo', input('PATH') || '.'],
  ...(input('CONFIG') === '' ? [] : ['--config', input('CONFIG')]),
  ...(input('PROFILE') === '' ? [] : ['--profile', input('PROFILE')]),
];

let code = 2;
let anything = false;
try {
  const asked = commits();
  const failOn = input('FAIL_ON') || 'error';
  const audit = countersign([
    ...['audit', ...shared, '--fail-on', failOn, '--format', 'markdown', '--output', reports.markdown],
    ...['--also', `json=${reports.json}`, '--also', `sarif=${reports.sarif}`, '--also', `html=${reports.html}`],
    ...asked,
  ]);
  code = audit.code;
  const [range] = asked;
  if (input('VERIFY') === 'true' && code !== 2) {
    const threshold = failOn === 'never' ? 'error' : failOn;
    const [last = 'HEAD'] = asked.slice(-1);
    const verified = countersign(['verify', ...shared, '--fail-on', threshold, range === '--commit' ? `${last}^..${last}` : last]);
    say(verified.text);
    if (process.env['GITHUB_STEP_SUMMARY'] !== undefined) {
      const quoted = verified.text.split('\n').map((line) => `    ${line}`);
      appendFileSync(process.env['GITHUB_STEP_SUMMARY'], `## Countersignatures\n\n${quoted.join('\n')}\n\n`);
    }
    code = Math.max(code, verified.code);
  }
} catch (error) {
  say(`::error title=Countersign::${data(error instanceof Error ? error.message : String(error))}`);
}

const outputs = Object.entries(reports).filter(([, report]) => existsSync(report));
if (existsSync(reports.json)) {
  const { results, audit } = JSON.parse(readFileSync(reports.json, 'utf8'));
  const { total } = audit;
  anything =
    results.length > 0 || ['removed_checks', 'widened', 'suppressions', 'governance'].some((key) => (total?.[key]?.length ?? 0) > 0);
}
if (existsSync(reports.markdown) && process.env['GITHUB_STEP_SUMMARY'] !== undefined)
  appendFileSync(process.env['GITHUB_STEP_SUMMARY'], readFileSync(reports.markdown, 'utf8').slice(0, MAX_SUMMARY));
if (code === 2 && !existsSync(reports.json))
  say('::error title=Countersign::It could not run; its messages are above. Does actions/checkout have `fetch-depth: 0`?');
if (process.env['GITHUB_OUTPUT'] !== undefined)
  appendFileSync(
    process.env['GITHUB_OUTPUT'],
    [...outputs, ['exit-code', String(code)], ['anything', String(anything)]].map(([name, value]) => `${name}=${value}\n`).join(''),
  );
