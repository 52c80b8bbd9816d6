/** Runs the built command line for real, on trees made for one test. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CLI = path.join(ROOT, 'server/dist/cli.mjs');

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runCli(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<CliRun> {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: npm run build`);
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...options.env };
    const child = spawn(process.execPath, [CLI, ...args], { cwd: options.cwd ?? ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }),
    );
  });
}

/** A temporary folder with these files; gone when the test ends. */
export function makeTree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'countersign-cli-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return root;
}

/** Two rules that a test can foresee: one error with everything a rule can say, one warning with a fix. */
export const RULES = `rules:
  - id: test-exec
    languages: [python]
    severity: ERROR
    message: exec() runs whatever \`$CODE\` holds.
    metadata:
      maestro: [L3, L1]
      maestro-threats: [M3.3]
      cwe: ["CWE-95: Eval Injection"]
      owasp: ["LLM05:2025 Improper Output Handling"]
      tier: likely
      why: Whoever wrote the text runs code as you.
      safe: |
        Parse the answer as data and choose among functions you wrote.

        \`\`\`python
        ACTIONS[name]()
        \`\`\`
      references: ["https://cwe.mitre.org/data/definitions/95.html"]
    pattern: exec($CODE)
  - id: test-yaml
    languages: [python]
    severity: WARNING
    message: yaml.load() builds any object that the text names.
    metadata:
      maestro: [L2]
      cwe: ["CWE-502: Deserialization of Untrusted Data"]
    pattern: yaml.load($TEXT)
    fix: yaml.safe_load($TEXT)
`;

export interface JsonReport {
  readonly version: string;
  readonly results: readonly {
    readonly check_id: string;
    readonly path: string;
    readonly start: { readonly line: number; readonly col: number; readonly offset: number };
    readonly end: { readonly line: number; readonly col: number; readonly offset: number };
    readonly extra: Readonly<Record<string, unknown>> & {
      readonly message: string;
      readonly lines: string;
      readonly is_ignored: boolean;
      readonly fix?: string;
      readonly countersign: Readonly<Record<string, unknown>>;
    };
  }[];
  readonly errors: readonly Readonly<Record<string, unknown>>[];
  readonly paths: { readonly scanned: readonly string[]; readonly skipped: readonly { readonly path: string; readonly reason: string }[] };
  readonly countersign: { readonly coverage: { readonly scanned: number; readonly partial: number; readonly skipped: number } };
}

export function parseReport(run: CliRun): JsonReport {
  return JSON.parse(run.stdout) as JsonReport;
}

/** Control characters other than line breaks, bidirectional and invisible characters: nothing of that may reach a terminal. */
export const ACTIVE = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
