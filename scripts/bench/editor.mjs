/**
 * What a person at an editor waits for, through the built language server: edit to diagnostics, process start to first diagnostics,
 * and the memory of the server after many edits.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.mjs';
import { startServer } from './client.mjs';
import { edits, program } from './programs.mjs';
import { median, quantile } from './table.mjs';

export const SERVER = path.join(root, 'server/dist/lsp.mjs');
const EDITS = 200;
const STARTS = 5;
const MEMORY_EDITS = 1000;
const MEMORY_MARKS = [1, 100, 500, 1000];

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {import('./programs.mjs').BenchLanguage} BenchLanguage */
/** @typedef {{ readonly language: BenchLanguage, readonly lines: number }} Document */

/** @type {readonly Document[]} */
const DOCUMENTS = [
  { language: 'python', lines: 1_000 },
  { language: 'typescript', lines: 1_000 },
  { language: 'python', lines: 10_000 },
  { language: 'typescript', lines: 10_000 },
];

/** Milliseconds p50 and p95 that DESIGN allows. */
const BUDGETS = new Map([
  [1_000, { p50: 15, p95: 50 }],
  [10_000, { p50: undefined, p95: 200 }],
]);

/** @returns {number} the server's rest in typing before it scans, in milliseconds, as its source says */
export function debounce() {
  const found = /DEBOUNCE_MS = (\d+)/.exec(readFileSync(path.join(root, 'server/src/lsp/diagnostics.ts'), 'utf8'));
  if (found?.[1] === undefined) throw new Error('server/src/lsp/diagnostics.ts does not say DEBOUNCE_MS any more: the bench subtracts it');
  return Number(found[1]);
}

/** @type {(document: Document, folder: string | undefined) => string} */
const uriOf = ({ language, lines }, folder = '/bench') =>
  pathToFileURL(path.join(folder, `typed-${lines}.${language === 'python' ? 'py' : 'ts'}`)).href;

/**
 * A workspace folder whose configuration names copies of some rule files: they are loaded beside the built-in ones.
 * @param {string} rules a folder of them
 * @returns {Promise<string>} absolute, to be removed
 */
export async function workspaceWith(rules) {
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-bench-'));
  await cp(rules, path.join(folder, 'team'), { recursive: true, filter: (source) => !path.basename(source).startsWith('.') });
  await writeFile(path.join(folder, 'countersign.yaml'), 'rules: [team]\n');
  return folder;
}

/** @type {(document: Document) => string} */
const nameOf = ({ language, lines }) => `${language === 'python' ? 'Python' : 'TypeScript'}, ${lines.toLocaleString('en')} lines`;

/**
 * @param {(text: string) => void} say progress
 * @param {string} [folder] of the workspace, absolute; without one there is none
 * @returns {Promise<Row[]>}
 */
export async function measureLatency(say, folder) {
  const rest = debounce();
  const rows = [];
  for (const document of DOCUMENTS) {
    for (const pull of [false, true]) {
      say(`latency: ${nameOf(document)}, ${pull ? 'pulled' : 'pushed'}`);
      const times = await editTimes(document, { pull, folder }, pull ? 0 : rest);
      const budget = BUDGETS.get(document.lines);
      const part = pull ? 'edit -> pulled' : `edit -> pushed, less the ${rest} ms rest`;
      rows.push(
        { what: `${part}: ${nameOf(document)}, p50`, value: quantile(times, 0.5), unit: 'ms', budget: budget?.p50 },
        { what: `${part}: ${nameOf(document)}, p95`, value: quantile(times, 0.95), unit: 'ms', budget: budget?.p95 },
      );
    }
  }
  return rows;
}

/**
 * Every edit counts, the first ones in a server that is not warm yet included.
 * @param {Document} document
 * @param {{ readonly pull: boolean, readonly folder: string | undefined }} how
 * @param {number} rest milliseconds to subtract
 * @returns {Promise<number[]>} milliseconds
 */
async function editTimes(document, how, rest) {
  const typed = program(document.language, document.lines);
  const client = await startServer(SERVER, how);
  const times = [];
  const uri = uriOf(document, how.folder);
  const found = new Set([await client.open(uri, document.language, typed.text)]);
  let version = 1;
  for (const edit of edits(document.language, typed, EDITS)) {
    const started = performance.now();
    found.add(await client.change(uri, ++version, edit));
    times.push(performance.now() - started - rest);
  }
  await client.stop();
  // A server that finds nothing, or the same whatever is typed, was not measured at its work.
  if (found.has(0) || found.size < 2)
    throw new Error(`the diagnostics of ${nameOf(document)} did not follow the edits (${[...found].join(', ')})`);
  return times;
}

/**
 * @param {(text: string) => void} say
 * @param {string} [folder] as in `measureLatency`
 * @returns {Promise<Row[]>}
 */
export async function measureStart(say, folder) {
  const rows = [];
  for (const document of DOCUMENTS.slice(0, 2)) {
    say(`cold start: ${nameOf(document)}`);
    const { text } = program(document.language, document.lines);
    const times = [];
    for (let run = 0; run < STARTS; run++) {
      const started = performance.now();
      const client = await startServer(SERVER, { pull: false, folder });
      await client.open(uriOf(document, folder), document.language, text);
      times.push(performance.now() - started);
      await client.stop();
    }
    rows.push({
      what: `process start -> first diagnostics: ${nameOf(document)}, median of ${STARTS}`,
      value: median(times),
      unit: 'ms',
      budget: 800,
    });
  }
  return rows;
}

/**
 * One server with a Python and a TypeScript document open, edited in turn.
 * @param {(text: string) => void} say
 * @param {string} [folder] as in `measureLatency`
 * @returns {Promise<Row[]>}
 */
export async function measureMemory(say, folder) {
  const rows = [];
  const documents = DOCUMENTS.slice(0, 2);
  const name = documents.map(nameOf).join(' and ');
  say(`memory: ${name}`);
  const client = await startServer(SERVER, { pull: true, folder });
  const open = [];
  for (const document of documents) {
    const typed = program(document.language, document.lines);
    const uri = uriOf(document, folder);
    await client.open(uri, document.language, typed.text);
    open.push({ uri, script: edits(document.language, typed, MEMORY_EDITS) });
  }
  for (let done = 1; done <= MEMORY_EDITS; done++) {
    const { uri, script } = open[done % open.length] ?? {};
    const edit = script?.next().value;
    // Each document counts its own versions; counting them together keeps them rising as well.
    if (uri !== undefined && edit !== undefined) await client.change(uri, done + 1, edit);
    if (MEMORY_MARKS.includes(done)) {
      rows.push({
        what: `server memory (RSS) after ${done} edit${done === 1 ? '' : 's'}: ${name}`,
        value: residentMegabytes(client.pid),
        unit: 'MB',
        budget: 250,
      });
    }
  }
  await client.stop();
  return rows;
}

/**
 * @param {number} pid
 * @returns {number | undefined} millions of bytes; nothing where the system has no `ps`
 */
export function residentMegabytes(pid) {
  const { stdout, status } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 ? (Number(stdout.trim()) * 1024) / 1e6 : undefined;
}
