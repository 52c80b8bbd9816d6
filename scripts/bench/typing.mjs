/**
 * What commits of a repository changed in its files, typed again key by key in the language server, as an editor that closes brackets sends it: real edits of real
 * files, among them types, headers of classes, imports, and statements that are not whole yet.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer } from './client.mjs';
import { SERVER } from './editor.mjs';
import { quantile } from './table.mjs';

/** Lines of a file, the rows and budgets of DESIGN are about. */
const LINES = { least: 800, most: 1_200 };
const BUDGET = { p50: 15, p95: 50 };
const FILES = 40;
/** Keys typed in one file: about so many, where a commit changed more. */
const KEYS = 250;
/** The latest commits that are looked at, for each language. */
const COMMITS = 4_000;
const MAX_OUTPUT = 2 ** 28;

const LANGUAGES = new Map([
  ['ts', 'typescript'],
  ['tsx', 'typescriptreact'],
  ['py', 'python'],
]);
const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
]);

/** Tests, and what nobody types. */
const LEFT_OUT = /test|spec|\.d\.ts$|vendor|dist/;

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {(from: number, to: number, text: string) => Promise<void>} Replace in UTF-16 code units */

/**
 * @param {string} repository a git repository, its work tree or git folder
 * @param {(text: string) => void} say
 * @param {string | undefined} folder the workspace's, with its own rules
 * @returns {Promise<Row[]>}
 */
export async function measureTyping(repository, say, folder) {
  /** @type {(...args: string[]) => string} */
  const git = (...args) => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: MAX_OUTPUT });
  const rows = [];
  for (const [what, endings] of /** @type {const} */ ([
    ['TypeScript', ['ts', 'tsx']],
    ['Python', ['py']],
  ])) {
    /** @type {number[]} */
    const all = [];
    let files = 0;
    // One for all files, as at an editor: what it runs is compiled once.
    const client = await startServer(SERVER, { pull: true, folder });
    for (const { commit, file, before } of changedFiles(git, endings)) {
      const times = await typeAgain(git('diff', '-U0', `${commit}^`, commit, '--', file), before, file, client, folder);
      if (times.length === 0) continue;
      files++;
      all.push(...times);
      say(
        `typing: ${file} at ${commit.slice(0, 8)}: ${times.length} keys, p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))} ms`,
      );
    }
    await client.stop();
    if (all.length === 0) {
      say(`typing: no commit changed a file of ${what} that has ${LINES.least} to ${LINES.most} lines`);
      continue;
    }
    const note = `${all.length} keys in ${files} files as commits changed them`;
    for (const key of /** @type {const} */ (['p50', 'p95']))
      rows.push({
        what: `typing in ${what}, ${LINES.least} to ${LINES.most} lines, ${key}`,
        value: quantile(all, Number(key.slice(1)) / 100),
        unit: 'ms',
        budget: BUDGET[key],
        note,
      });
  }
  return rows;
}

/** @type {(value: number) => string} */
const ms = (value) => value.toFixed(1);

/**
 * The latest commit that changed each file while it had such a size, latest first.
 * @param {(...args: string[]) => string} git
 * @param {readonly string[]} endings
 */
function* changedFiles(git, endings) {
  const log = git(
    'log',
    '-n',
    `${COMMITS}`,
    '--no-merges',
    '--diff-filter=M',
    '--name-only',
    '--format=@%H',
    '--',
    ...endings.map((ending) => `*.${ending}`),
  );
  const seen = new Set();
  let commit = '';
  let count = 0;
  for (const line of log.split('\n')) {
    if (line.startsWith('@')) commit = line.slice(1);
    else if (line !== '' && !seen.has(line) && !LEFT_OUT.test(line)) {
      const before = git('show', `${commit}^:${line}`);
      const lines = before.split('\n').length;
      if (lines < LINES.least || lines > LINES.most) continue;
      seen.add(line);
      yield { commit, file: line, before };
      if (++count === FILES) return;
    }
  }
}

/**
 * @param {string} diff without context
 * @param {string} before
 * @param {string} file
 * @param {import('./client.mjs').BenchClient} client
 * @param {string | undefined} folder
 * @returns {Promise<number[]>} milliseconds, one for each key
 */
async function typeAgain(diff, before, file, client, folder) {
  const uri = pathToFileURL(path.join(folder ?? '/bench', path.basename(file))).href;
  let text = before;
  let version = 1;
  /** @type {number[]} */
  const times = [];
  await client.open(uri, LANGUAGES.get(path.extname(file).slice(1)) ?? 'plaintext', text);
  /** @type {Replace} */
  const replace = async (from, to, written) => {
    const range = { start: positionAt(text, from), end: positionAt(text, to) };
    text = text.slice(0, from) + written + text.slice(to);
    const start = performance.now();
    await client.change(uri, ++version, { range, text: written });
    times.push(performance.now() - start);
  };
  // From the last one up, so that the others stay where they are.
  for (const { line, removed, added } of hunksOf(diff).toReversed()) {
    if (times.length >= KEYS) break;
    const from = text.split('\n', line).reduce((sum, each) => sum + each.length + 1, 0);
    if (text.slice(from, from + removed.length) !== removed) continue;
    const [start, end] = differenceOf(removed, added);
    if (removed.length - end > start) await replace(from + start, from + removed.length - end, '');
    await type(
      added.slice(start, added.length - end),
      from + start,
      () => text,
      replace,
      () => times.length < KEYS,
    );
  }
  await client.close(uri);
  return times;
}

/**
 * Types a text; brackets and quotes close themselves, and what closes them is typed over.
 * @param {string} written
 * @param {number} offset
 * @param {() => string} textNow
 * @param {Replace} replace
 * @param {() => boolean} goesOn
 */
async function type(written, offset, textNow, replace, goesOn) {
  let at = offset;
  /** What stands behind the cursor and was not typed yet. */
  let ahead = '';
  let next = 0;
  while (next < written.length && goesOn()) {
    const over = /^\s*[)\]}'"`]/.exec(ahead)?.[0];
    if (over !== undefined && written.startsWith(over, next)) {
      at += over.length;
      next += over.length;
      ahead = ahead.slice(over.length);
      continue;
    }
    const text = textNow();
    // A line with what it is indented by is one key.
    const indent = /^(?:\n[ \t]*|[ \t]+)/.exec(written.slice(next))?.[0];
    const begins = at === 0 || text[at - 1] === '\n';
    if (indent !== undefined && (indent.startsWith('\n') || begins)) {
      const between = indent.startsWith('\n') && /[{([]$/.test(text.slice(0, at)) && /^[)\]}]/.test(ahead);
      const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
      const outer = between ? `\n${/^[ \t]*/.exec(line)?.[0] ?? ''}` : '';
      await replace(at, at, indent + outer);
      ahead = outer + ahead;
      at += indent.length;
      next += indent.length;
      continue;
    }
    const key = written[next] ?? '';
    const closing = CLOSING.get(key);
    const isQuote = closing === key;
    const closes = closing !== undefined && /[\s)\]}'"`;,>]/.test(text[at] ?? '\n') && !(isQuote && /[\w'"`]/.test(text[at - 1] ?? ' '));
    await replace(at, at, closes ? key + closing : key);
    if (closes) ahead = closing + ahead;
    at++;
    next++;
  }
  if (ahead !== '') await replace(at, at + ahead.length, '');
}

/** @param {string} diff */
function hunksOf(diff) {
  /** @type {{ line: number, removed: string, added: string }[]} lines before it, and whole lines */
  const hunks = [];
  for (const text of diff.split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? /.exec(text);
    const last = hunks.at(-1);
    if (head !== null) hunks.push({ line: Number(head[1]) - (head[2] === '0' ? 0 : 1), removed: '', added: '' });
    else if (last !== undefined && text.startsWith('-')) last.removed += `${text.slice(1)}\n`;
    else if (last !== undefined && text.startsWith('+')) last.added += `${text.slice(1)}\n`;
  }
  return hunks;
}

/**
 * How much of both is the same at the start, and at the end.
 * @param {string} a
 * @param {string} b
 * @returns {[number, number]}
 */
function differenceOf(a, b) {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
}

/**
 * @param {string} text
 * @param {number} offset
 */
function positionAt(text, offset) {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - (before.lastIndexOf('\n') + 1) };
}
