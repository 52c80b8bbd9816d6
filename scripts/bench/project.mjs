/**
 * Typing in one file of a project whose files import each other, with flows from a model's answer to a command across them: edit to
 * diagnostics, and the server's memory. The project is made in a temporary folder, the same every time.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { residentMegabytes, SERVER } from './editor.mjs';
import { startServer } from './client.mjs';
import { edits, program } from './programs.mjs';
import { quantile } from './table.mjs';

const FILES = 200;
const EDITS = 1_000;
const MARKS = [1, 100, 500, 1_000];
/** Modules that the typed file imports; each imports the next ones. */
const IMPORTED = 12;

/** @typedef {import('./table.mjs').Row} Row */

/**
 * @param {(text: string) => void} say
 * @returns {Promise<Row[]>}
 */
export async function measureProject(say) {
  const name = `Python, 1,000 lines in a project of ${FILES} files`;
  say(`project: ${name}`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'countersign-bench-'));
  try {
    for (let number = 1; number < FILES; number++) writeFileSync(path.join(folder, `step_${number}.py`), moduleText(number));
    const typed = withImports(program('python', 1_000));
    const file = path.join(folder, 'main.py');
    writeFileSync(file, typed.text);
    const client = await startServer(SERVER, { pull: true, folder });
    const uri = pathToFileURL(file).href;
    await client.open(uri, 'python', typed.text);
    const rows = [];
    const times = [];
    let done = 0;
    for (const edit of edits('python', typed, EDITS)) {
      const started = performance.now();
      await client.change(uri, ++done + 1, edit);
      times.push(performance.now() - started);
      if (MARKS.includes(done))
        rows.push({
          what: `server memory (RSS) after ${done} edits: ${name}`,
          value: residentMegabytes(client.pid),
          unit: 'MB',
          budget: 250,
        });
    }
    await client.stop();
    return [
      { what: `edit -> pulled: ${name}, p50`, value: quantile(times, 0.5), unit: 'ms', budget: 15 },
      { what: `edit -> pulled: ${name}, p95`, value: quantile(times, 0.95), unit: 'ms', budget: 50 },
      ...rows,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A module that asks a model in every fifth file, runs a command in every seventh, and otherwise hands on what it is given.
 * @param {number} number
 * @returns {string}
 */
function moduleText(number) {
  const next = [number * 2, number * 2 + 1].filter((other) => other < FILES);
  const imports = next.map((other) => `from step_${other} import work_${other}`);
  const asks =
    number % 5 === 0
      ? `text = client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}]).choices[0].message.content`
      : `text = text.strip()`;
  const runs = number % 7 === 0 ? 'subprocess.run(text, shell=True, check=True)' : 'log.append(text)';
  return [
    'import subprocess',
    'from openai import OpenAI',
    ...imports,
    '',
    'client = OpenAI()',
    'log = []',
    '',
    '',
    `def work_${number}(text, depth=0):`,
    `    ${asks}`,
    `    ${runs}`,
    ...next.map((other) => `    text = work_${other}(text, depth + 1)`),
    '    return text',
    '',
  ].join('\n');
}

/**
 * @param {import('./programs.mjs').BenchProgram} of
 * @returns {import('./programs.mjs').BenchProgram}
 */
function withImports({ text, slots }) {
  const first = Array.from({ length: IMPORTED }, (_, at) => `from step_${at + 1} import work_${at + 1}`);
  const last = ['', '', 'def run_all(text):', ...first.map((_, at) => `    text = work_${at + 1}(text)`), '    return exec(text)', ''];
  return { text: `${first.join('\n')}\n${text}${last.join('\n')}`, slots: slots.map((slot) => slot + first.length) };
}
