/**
 * Agent Trace records as repositories keep them: `.agent-trace/` in a commit's tree, or in the working copy. In a tree, a commit's own are those that
 * its parents do not have: whatever the history was rewritten into, they came with the change that they are about.
 */
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readSmallFile } from '../files-small.js';
import { parseAgentTraces } from '../../../core/provenance/agentTrace.js';
import type { TraceRecord, Traces } from '../../../core/provenance/agentTrace.js';
import type { ObjectReader } from './objects.js';
import { blobText } from './tree.js';
import type { TreePaths } from './treePaths.js';

/** Where the reference implementation keeps its records. */
export const TRACE_FOLDER = '.agent-trace';
const MAX_TRACE_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 1_000;
const NOTHING: Traces = { records: [], problems: [] };

/** Records that a tree has and its parents' trees do not. @param parents trees */
export async function tracesOfCommit(objects: ObjectReader, paths: TreePaths, tree: string, parents: readonly string[]): Promise<Traces> {
  const files = await paths.folder(tree, TRACE_FOLDER);
  if (files.size === 0) return NOTHING;
  const before = await Promise.all(parents.map((parent) => paths.folder(parent, TRACE_FOLDER)));
  const records: TraceRecord[] = [];
  const problems: string[] = [];
  for (const [name, { hash, mode }] of [...files].slice(0, MAX_FILES)) {
    if (!isTraceFile(name) || !mode.startsWith('100') || before.some((folder) => folder.get(name)?.hash === hash)) continue;
    const text = await blobText(objects, hash, MAX_TRACE_BYTES);
    if (text === undefined) {
      problems.push(`${TRACE_FOLDER}/${name} cannot be read, or is larger than ${MAX_TRACE_BYTES} bytes`);
      continue;
    }
    const blobs = before.flatMap((folder) => folder.get(name)?.hash ?? []);
    const older = await Promise.all(blobs.map((blob) => blobText(objects, blob, MAX_TRACE_BYTES)));
    const parsed = parseAgentTraces(withoutLinesOf(text, older));
    records.push(...parsed.records);
    problems.push(...parsed.problems);
  }
  return { records, problems };
}

/** Records of the working copy that this text of the same files does not have. */
export function tracesOfFolder(directory: string, tracked: ReadonlyMap<string, string>): Traces {
  const records: TraceRecord[] = [];
  const problems: string[] = [];
  for (const name of namesIn(path.join(directory, TRACE_FOLDER))) {
    const text = readSmallFile(path.join(directory, TRACE_FOLDER, name), MAX_TRACE_BYTES);
    if (text === undefined) continue;
    const parsed = parseAgentTraces(withoutLinesOf(text, [tracked.get(name)]));
    records.push(...parsed.records);
    problems.push(...parsed.problems);
  }
  return { records, problems };
}

/** The texts of a tree's files, by name. */
export async function traceTexts(objects: ObjectReader, paths: TreePaths, tree: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const [name, { hash, mode }] of [...(await paths.folder(tree, TRACE_FOLDER))].slice(0, MAX_FILES)) {
    const text = isTraceFile(name) && mode.startsWith('100') ? await blobText(objects, hash, MAX_TRACE_BYTES) : undefined;
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

function isTraceFile(name: string): boolean {
  return name.endsWith('.jsonl') || name.endsWith('.json');
}

function namesIn(directory: string): readonly string[] {
  try {
    // A link would lead out of the repository.
    if (!lstatSync(directory).isDirectory()) return [];
    return readdirSync(directory).filter(isTraceFile).toSorted().slice(0, MAX_FILES);
  } catch {
    return [];
  }
}

/** Lines that are older become empty, so that the others keep their numbers. Files are appended to, mostly. */
function withoutLinesOf(text: string, older: readonly (string | undefined)[]): string {
  const texts = older.filter((other) => other !== undefined);
  if (texts.length === 0) return text;
  const [only] = texts;
  if (texts.length === 1 && only !== undefined && only.endsWith('\n') && text.startsWith(only)) {
    return '\n'.repeat(only.split('\n').length - 1) + text.slice(only.length);
  }
  if (texts.includes(text)) return '';
  const known = new Set(texts.flatMap((other) => other.split('\n')));
  const lines = text.split('\n');
  // One object on many lines cannot be told apart by lines.
  if (/^\s*(?:\{\s*$|\[)/.test(lines[0] ?? '')) return text;
  return lines.map((line) => (known.has(line) ? '' : line)).join('\n');
}
