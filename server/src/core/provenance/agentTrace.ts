/**
 * Agent Trace records (version 0.1 of the specification): text to records, one JSON object per line or one object as a whole. Tools write less than the
 * schema asks for (the reference implementation's own version number breaks it), so only what cannot be understood is left out, and it is said on which line.
 */
import { agentOfTool } from './agents.js';
import { normalPath } from './gitAi.js';
import { asArray, asObject, asText, parseJson } from './json.js';
import type { JsonObject } from './json.js';
import { isRange } from './lineRanges.js';
import type { LineRange } from './lineRanges.js';

/** One range of one file, written by an agent, or by an agent and a person. */
export interface TraceRange extends LineRange {
  readonly agent: string;
  readonly model?: string;
  /** As the record has it, e.g. `murmur3:9f2e8a1b`. */
  readonly hash?: string;
  /** A person had a part in these lines. */
  readonly mixed: boolean;
  /** The tool did not know which lines: the reference implementation then writes 1 to 1. */
  readonly vague: boolean;
}

export interface TraceRecord {
  /** 1-based line of the text that it stands on. */
  readonly line: number;
  /** Untrusted text. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** A git commit, in full, lower case; undefined where it names none. */
  readonly revision?: string;
  /** It names the commit before its change, as the reference implementation does, which is known by a version number that the schema forbids. */
  readonly before: boolean;
  readonly files: readonly { readonly path: string; readonly ranges: readonly TraceRange[] }[];
}

export interface Traces {
  readonly records: readonly TraceRecord[];
  readonly problems: readonly string[];
}

const MAX_RECORDS = 100_000;
const MAX_RANGES = 10_000;
const MAX_PROBLEMS = 20;
/** Places that the reference implementation names for what is no file. */
const NO_FILES = new Set(['.shell-history', '.sessions', '.unknown']);

/** Never throws, whatever the text. */
export function parseAgentTraces(text: string): Traces {
  const problems: string[] = [];
  const records: TraceRecord[] = [];
  const take = (value: unknown, line: number): void => {
    const record = readRecord(value, line, problems);
    if (record !== undefined && records.length < MAX_RECORDS) records.push(record);
  };
  const whole = /^\s*(?:\{\s*\n|\[)/.test(text) ? parseJson(text) : undefined;
  if (whole !== undefined && 'value' in whole) {
    for (const value of asArray(whole.value) ?? [whole.value]) take(value, 1);
    return { records, problems };
  }
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    if (at >= MAX_RECORDS) {
      problems.push(`there are more than ${MAX_RECORDS} lines of Agent Trace: the rest was not read`);
      break;
    }
    const parsed = parseJson(line);
    if ('wrong' in parsed) problem(problems, at + 1, 'is no JSON');
    else take(parsed.value, at + 1);
  }
  return { records, problems };
}

function readRecord(value: unknown, line: number, problems: string[]): TraceRecord | undefined {
  const record = asObject(value);
  const files = asArray(record?.['files']);
  if (record === undefined || files === undefined) {
    problem(problems, line, 'is no record: it has no `files`');
    return undefined;
  }
  const version = asText(record['version']);
  if (version !== undefined && !/^[01](?:\.\d+){0,2}$/.test(version))
    problem(problems, line, `is of version ${version.slice(0, 20)}, which is not known`);
  const vcs = asObject(record['vcs']);
  const revision = asText(vcs?.['revision'])?.toLowerCase();
  const type = asText(vcs?.['type']) ?? 'git';
  const time = Date.parse(asText(record['timestamp']) ?? '');
  const tool = asText(asObject(record['tool'])?.['name']) ?? '';
  return {
    line,
    id: (asText(record['id']) ?? '').slice(0, 100),
    ...(Number.isFinite(time) ? { time } : {}),
    ...(type === 'git' && revision !== undefined && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(revision) ? { revision } : {}),
    before: version === '1.0',
    files: files.flatMap((file) => readFile(asObject(file), tool, line, problems)),
  };
}

function readFile(file: JsonObject | undefined, tool: string, line: number, problems: string[]): TraceRecord['files'] {
  const path = normalPath(asText(file?.['path']) ?? '');
  const conversations = asArray(file?.['conversations']);
  if (path === '' || conversations === undefined) {
    problem(problems, line, 'has a file without `path` or `conversations`');
    return [];
  }
  if (NO_FILES.has(path)) return [];
  if (path.startsWith('/') || /^[A-Za-z]:\//.test(path) || path.split('/').includes('..')) {
    problem(problems, line, 'names a file outside the repository');
    return [];
  }
  const ranges: TraceRange[] = [];
  for (const item of conversations) {
    const conversation = asObject(item);
    for (const part of asArray(conversation?.['ranges']) ?? []) {
      const range = asObject(part);
      const contributor = asObject(range?.['contributor']) ?? asObject(conversation?.['contributor']);
      const type = asText(contributor?.['type']);
      if (type !== 'ai' && type !== 'mixed') continue;
      const start = Number(range?.['start_line']);
      const end = Number(range?.['end_line'] ?? start);
      if (!isRange(start, end)) {
        problem(problems, line, 'has lines that are no range');
        continue;
      }
      const hash = asText(range?.['content_hash']);
      const model = asText(contributor?.['model_id'])?.trim() ?? '';
      if (ranges.length >= MAX_RANGES) continue;
      ranges.push({
        start,
        end,
        agent: agentOfTool(tool)?.id ?? 'other',
        ...(model === '' ? {} : { model: model.slice(0, 250) }),
        ...(hash === undefined ? {} : { hash: hash.slice(0, 100) }),
        mixed: type === 'mixed',
        vague: start === 1 && end === 1 && hash === undefined,
      });
    }
  }
  return ranges.length === 0 ? [] : [{ path, ranges }];
}

function problem(problems: string[], line: number, text: string): void {
  if (problems.length < MAX_PROBLEMS) problems.push(`line ${line} of the Agent Trace records ${text}`);
  else if (problems.length === MAX_PROBLEMS) problems.push('and more of that kind');
}
