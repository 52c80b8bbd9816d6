/** Small agent programs, scanned as a user would: in each unsafe one every marked line has a proved finding with its way from the model; no safe twin has any. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/support.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const LANGUAGES = ['python', 'typescript'] as const;
const MARK = /(?:#|\/\/) finding: ([\w-]+)/;
/** What a trace begins with: a call of a model, a request to its endpoint, what it asks to be called, or a tool's parameter. */
const MODEL_CALL =
  /create\(|parse\(|stream\w*\(|complete\(|completion\(|generate\w*\(|chat\(|invoke\w*\(|send\(|sendRequest\(|useChat\(|\bpost\(|fetch\(|claude|\.params|tool_calls|function_?calls?\b|functionCalls|\.input\b|arguments|Command\(/;

interface Place {
  readonly path: string;
  readonly start: { readonly line: number };
}

interface Result {
  readonly check_id: string;
  readonly path: string;
  readonly start: { readonly line: number };
  readonly extra: {
    readonly severity: string;
    readonly metadata: { readonly tier?: string };
    readonly dataflow_trace?: { readonly taint_source: readonly [string, readonly [Place, string]] };
  };
}

interface Mark {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

/** In a notebook findings and marks count lines within a cell; both are compared by the text of the line there. */
function marksIn(folder: string): readonly Mark[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const file = path.join(entry.parentPath, entry.name);
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, at) => {
        const rule = MARK.exec(text)?.[1];
        return rule === undefined ? [] : [{ file: path.relative(HERE, file).replaceAll('\\', '/'), line: at + 2, rule }];
      });
  });
}

function shapes(language: string): readonly string[] {
  return readdirSync(path.join(HERE, language)).toSorted();
}

let results: readonly Result[] = [];

beforeAll(async () => {
  const args = ['scan', '--no-project-config', '--across-files', '--timeout', '60', '--format', 'json', ...LANGUAGES];
  const { stdout } = await runCli(args, { cwd: HERE });
  const report = JSON.parse(stdout) as { readonly results: readonly Result[]; readonly errors: readonly unknown[] };
  expect(report.errors).toEqual([]);
  results = report.results;
});

function isToolParameter(source: string): boolean {
  return /^\w+$/.test(source) || source.startsWith('{');
}

for (const language of LANGUAGES) {
  describe(language, () => {
    it('has thirty shapes', () => {
      expect(shapes(language).length).toBeGreaterThanOrEqual(30);
    });

    it.each(shapes(language))('%s: every marked line is proved', (shape) => {
      const marks = marksIn(path.join(HERE, language, shape, 'unsafe'));
      expect(marks.length).toBeGreaterThan(0);
      for (const { file, line, rule } of marks) {
        const found = results.find((one) => one.check_id === rule && one.path === file && one.start.line === line);
        expect(found, `${rule} at ${file}:${line}`).toBeDefined();
        expect(found?.extra.metadata.tier).toBe('proved');
        const source = found?.extra.dataflow_trace?.taint_source[1][1] ?? '';
        expect(MODEL_CALL.test(source) || isToolParameter(source), `${file}:${line} comes from ${JSON.stringify(source)}`).toBe(true);
      }
    });

    it.each(shapes(language))('%s: the safe twin is left alone', (shape) => {
      const found = results.filter((one) => one.path.startsWith(`${language}/${shape}/safe/`) && one.extra.severity !== 'INFO');
      expect(found.map((one) => `${one.check_id} at ${one.path}:${one.start.line}`)).toEqual([]);
    });
  });
}
