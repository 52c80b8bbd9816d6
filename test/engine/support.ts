/** One way to ask the engine something in a test: a rule or a pattern, some code, and the lines that must be found. */
import { createNodeSession } from '../../server/src/host/node/session.js';
import { languageById } from '../../server/src/core/index.js';
import type { FileReport, Finding, RepoPath, RuleError, ScanInput, Session, SessionConfig } from '../../server/src/core/index.js';

/** A language's id. */
export type TestLanguage = string;

/** Where the first extension would not do: the grammar with JSX, and languages without files of their own. */
const FILES: Readonly<Record<string, string>> = {
  javascript: 'code.jsx',
  typescript: 'code.tsx',
  regex: 'code.txt',
  comment: 'code.py',
  prose: 'README.md',
};

function fileIn(language: TestLanguage): string {
  const { files } = languageById(language);
  return FILES[language] ?? `code${Object.keys(files.extensions)[0] ?? '.txt'}`;
}

/** A rule file around what is given: a pattern, or operators as YAML lines. */
export function ruleYaml(language: TestLanguage, body: string, extra = ''): string {
  const operators = /^(?:pattern|patterns|pattern-either|pattern-regex|match|mode):/m.test(body) ? body : `pattern: |\n${indent(body, 2)}`;
  return `rules:\n  - id: test-rule\n    message: found $X\n    severity: WARNING\n    languages: [${language}]\n${indent(operators, 4)}\n${extra === '' ? '' : `${indent(extra, 4)}\n`}`;
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
}

export async function sessionFor(yaml: string, config: Partial<SessionConfig> = {}): Promise<Session> {
  const session = await createNodeSession({ sources: [{ path: 'rule.yaml', text: yaml }], profile: 'audit', ...config });
  await session.prepareAll();
  return session;
}

export async function scan(yaml: string, input: ScanInput, config: Partial<SessionConfig> = {}): Promise<FileReport> {
  const session = await sessionFor(yaml, config);
  const errors = session.errors.filter((error) => error.kind === 'rule' && error.level === 'error');
  if (errors.length > 0) throw new Error(`the rule was refused: ${errors.map((error) => error.message).join('; ')}`);
  return session.scan(input, { ignorePaths: true });
}

export function textInput(path: string, text: string): ScanInput {
  return { kind: 'text', path: path as RepoPath, text };
}

/** Findings of one rule on one snippet. */
export async function find(language: TestLanguage, body: string, code: string, extra = ''): Promise<readonly Finding[]> {
  return (await scan(ruleYaml(language, body, extra), textInput(fileIn(language), code))).findings;
}

/** 1-based start lines, in order, each once. */
export async function linesFound(language: TestLanguage, body: string, code: string, extra = ''): Promise<number[]> {
  return [...new Set((await find(language, body, code, extra)).map((finding) => finding.range.start.line + 1))];
}

/** 1-based lines that end in a `<` mark, such as `exec(x) #<`. */
export function marked(code: string): number[] {
  return code.split('\n').flatMap((line, at) => (/(?:#|\/\/)<\s*$/.test(line) ? [at + 1] : []));
}

export async function ruleErrors(yaml: string): Promise<readonly RuleError[]> {
  return (await sessionFor(yaml)).errors.filter((error) => error.kind === 'rule');
}
