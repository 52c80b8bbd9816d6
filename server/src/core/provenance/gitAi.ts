/**
 * What a git-ai record says about a commit's lines: the notes below `refs/notes/ai` (specification 3.0.0; keys of sessions, of people, and the bare hashes of
 * older versions), and the JSON that versions before October 2025 kept below `refs/ai/authorship`. Line numbers are those of the commit's own files.
 * A part that cannot be read costs itself: the rest counts, and it is said which line was wrong.
 */
import { agentOfTool } from './agents.js';
import { asArray, asObject, asText, parseJson } from './json.js';
import type { JsonObject } from './json.js';
import { isRange, paint } from './lineRanges.js';
import type { LineRange, Painted } from './lineRanges.js';

/** One session of one agent. */
export interface RecordedAgent {
  /** Of the table of agents, or `other`. */
  readonly agent: string;
  readonly model?: string;
  /** The key and the tool's own name; untrusted text. */
  readonly text: string;
}

export interface RecordedFile {
  /** As the record has it, `/` between folders. */
  readonly path: string;
  /** In order, disjoint; `value` is an index into `agents`. Lines of people are not in it. */
  readonly lines: readonly Painted<number>[];
  /** Lines that a person is recorded to have written. */
  readonly human: readonly LineRange[];
}

export interface GitAiRecord {
  readonly agents: readonly RecordedAgent[];
  readonly files: readonly RecordedFile[];
  /** One sentence each; the text's own words in them are untrusted. */
  readonly problems: readonly string[];
}

/** Of one record: what comes after it is not read, and that is said. */
const MAX_ENTRIES = 200_000;
const MAX_PROBLEMS = 20;
const HUMAN = -1;

/** @param text the note, as `git notes --ref=ai show` prints it */
export function parseGitAiNote(text: string): GitAiRecord {
  const lines = text.split(/\r?\n/);
  const divider = lines.findIndex((line) => line === '---');
  const problems: string[] = [];
  if (divider < 0) {
    const older = parseJson(text);
    if ('value' in older && asObject(older.value) !== undefined) return parseGitAiJson(text);
    return { agents: [], files: [], problems: ['the git-ai note has no line `---` between its lines and its sessions'] };
  }
  const metadata = readMetadata(lines.slice(divider + 1).join('\n'), problems);
  const sessions = createSessions(metadata);
  const files = new Map<string, Painted<number>[]>();
  let current: Painted<number>[] | undefined;
  let entries = 0;
  for (const [at, raw] of lines.slice(0, divider).entries()) {
    const line = raw.trimEnd();
    if (line === '') continue;
    if (!line.startsWith('  ')) {
      const path = pathOf(line);
      current = files.get(path) ?? [];
      files.set(path, current);
      continue;
    }
    const space = line.indexOf(' ', 2);
    const owner = space < 0 ? undefined : sessions.of(line.slice(2, space));
    if (current === undefined || space < 0) {
      problem(problems, `line ${at + 1} of the git-ai note is no entry of a file`);
      continue;
    }
    if (owner === undefined) {
      problem(problems, `line ${at + 1} of the git-ai note names a session that the note does not describe`);
      continue;
    }
    for (const part of line.slice(space + 1).split(',')) {
      if (part.trim() === '') continue;
      const range = /^\s*(\d{1,9})(?:-(\d{1,9}))?\s*$/.exec(part);
      const start = Number(range?.[1] ?? 0);
      const end = Number(range?.[2] ?? start);
      if (range === null || !isRange(start, end)) problem(problems, `line ${at + 1} of the git-ai note has lines that are no range`);
      else if (++entries <= MAX_ENTRIES) current.push({ start, end, value: owner });
    }
  }
  if (entries > MAX_ENTRIES) problems.push(`the git-ai note has more than ${MAX_ENTRIES} ranges: the rest was not read`);
  return { agents: sessions.agents, files: [...files].map(([path, ranges]) => fileOf(path, ranges)), problems };
}

/** The form before notes: one JSON object, files by path, authors by name; an agent is one that has `agent_metadata` or an agent's name. */
export function parseGitAiJson(text: string): GitAiRecord {
  const parsed = parseJson(text);
  if ('wrong' in parsed) return { agents: [], files: [], problems: [`the git-ai record is no JSON: ${parsed.wrong}`] };
  const byPath = asObject(asObject(parsed.value)?.['files']);
  if (byPath === undefined) return { agents: [], files: [], problems: ['the git-ai record has no `files`'] };
  const problems: string[] = [];
  const agents: RecordedAgent[] = [];
  const files: RecordedFile[] = [];
  let entries = 0;
  for (const [path, file] of Object.entries(byPath)) {
    const ranges: Painted<number>[] = [];
    for (const item of asArray(asObject(file)?.['authors']) ?? []) {
      const author = asObject(item);
      const name = asText(author?.['author']) ?? '';
      const details = asObject(author?.['agent_metadata']);
      const known = agentOfTool(name);
      const model = modelText(details?.['model']);
      const value = known === undefined && details === undefined ? HUMAN : addAgent(agents, known?.id ?? 'other', model, name);
      for (const part of asArray(author?.['lines']) ?? []) {
        const pair = asArray(part);
        const start = Number(pair === undefined ? part : pair[0]);
        const end = Number(pair === undefined ? part : pair[1]);
        if (!isRange(start, end)) problem(problems, `${path.slice(0, 100)}: lines of the git-ai record that are no range`);
        else if (++entries <= MAX_ENTRIES) ranges.push({ start, end, value });
      }
    }
    files.push(fileOf(normalPath(path), ranges));
  }
  if (entries > MAX_ENTRIES) problems.push(`the git-ai record has more than ${MAX_ENTRIES} ranges: the rest was not read`);
  return { agents, files, problems };
}

function readMetadata(text: string, problems: string[]): JsonObject {
  const parsed = parseJson(text);
  const metadata = 'value' in parsed ? asObject(parsed.value) : undefined;
  if (metadata === undefined) {
    problems.push(`what comes after \`---\` in the git-ai note is no JSON object${'wrong' in parsed ? `: ${parsed.wrong}` : ''}`);
    return {};
  }
  const schema = asText(metadata['schema_version']) ?? '';
  if (!schema.startsWith('authorship/3.'))
    problems.push(`the git-ai note is of version ${JSON.stringify(schema.slice(0, 40))}, and was read as one of authorship/3`);
  return metadata;
}

interface Sessions {
  readonly agents: readonly RecordedAgent[];
  /** Index into `agents`, `HUMAN`, or undefined for a key that says nothing. */
  of(key: string): number | undefined;
}

function createSessions(metadata: JsonObject): Sessions {
  const agents: RecordedAgent[] = [];
  const maps = { prompts: asObject(metadata['prompts']) ?? {}, sessions: asObject(metadata['sessions']) ?? {} };
  const known = new Map<string, number | undefined>();
  const describe = (key: string, described: JsonObject | undefined): number => {
    const id = asObject(described?.['agent_id']);
    const tool = asText(id?.['tool']) ?? '';
    return addAgent(agents, agentOfTool(tool)?.id ?? 'other', modelText(id?.['model']), `${key} ${tool}`.trim());
  };
  const resolve = (key: string): number | undefined => {
    // What a person is recorded to have typed; the map of people adds only a name.
    if (key.startsWith('h_') || key === 'human') return HUMAN;
    const session = key.split('::')[0] ?? key;
    if (session.startsWith('s_')) return describe(session, asObject(maps.sessions[session]));
    if (Object.hasOwn(maps.prompts, key)) return describe(key, asObject(maps.prompts[key]));
    // A session's hash whose description stayed with another commit: an agent's, whichever.
    return /^(?:[\da-f]{7}|[\da-f]{16})$/.test(key) ? describe(key, undefined) : undefined;
  };
  return {
    agents,
    of(key) {
      const session = key.split('::')[0] ?? key;
      if (!known.has(session)) known.set(session, resolve(session));
      return known.get(session);
    },
  };
}

function addAgent(agents: RecordedAgent[], agent: string, model: string | undefined, text: string): number {
  const entry: RecordedAgent = { agent, ...(model === undefined ? {} : { model }), text: text.slice(0, 200) };
  const at = agents.findIndex((other) => other.agent === entry.agent && other.model === entry.model && other.text === entry.text);
  return at >= 0 ? at : agents.push(entry) - 1;
}

function modelText(value: unknown): string | undefined {
  const text = asText(value)?.trim() ?? '';
  return text === '' || /^(?:unknown|default)$/i.test(text) ? undefined : text.slice(0, 200);
}

/** Overlaps: the later entry is about the later edit. */
function fileOf(path: string, ranges: readonly Painted<number>[]): RecordedFile {
  const painted = paint(ranges);
  return {
    path,
    lines: painted.filter(({ value }) => value !== HUMAN),
    human: painted.filter(({ value }) => value === HUMAN).map(({ start, end }) => ({ start, end })),
  };
}

function pathOf(line: string): string {
  return normalPath(line.length >= 2 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line);
}

/** Some tools write `./a` or `a\b`. */
export function normalPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

function problem(problems: string[], text: string): void {
  if (problems.length < MAX_PROBLEMS) problems.push(text);
  else if (problems.length === MAX_PROBLEMS) problems.push('and more of that kind');
}
