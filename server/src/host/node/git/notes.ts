/**
 * Where records of agents hang in a repository: the notes of git-ai and of Agent Trace, and the refs of git-ai's first versions. Listed once, by commit; which notes
 * there should be and are not is said, since notes are neither fetched nor rewritten unless somebody asked for that.
 */
import path from 'node:path';
import { statOrUndefined } from '../files-small.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';
import { treeFiles } from './tree.js';

export interface RecordNotes {
  /** Blob of the git-ai note by commit. */
  readonly gitAi: ReadonlyMap<string, string>;
  /** Blob of the JSON of git-ai before notes, by commit. */
  readonly gitAiJson: ReadonlyMap<string, string>;
  /** Blob of the Agent Trace note by commit. */
  readonly agentTrace: ReadonlyMap<string, string>;
  /** About the repository as a whole; untrusted text in them. */
  readonly problems: readonly string[];
  /** There are signs of git-ai, and its notes are not here. */
  readonly gitAiMissing: boolean;
}

export const GIT_AI_NOTES = 'refs/notes/ai';
const AGENT_TRACE_NOTES = 'refs/notes/agent-trace';
const GIT_AI_REFS = 'refs/ai/authorship/';
/** What was fetched from a remote and not merged yet. */
const GIT_AI_TRACKING = 'refs/notes/ai-remote/';
const HASH = /^(?:[\da-f]{40}|[\da-f]{64})$/;

export async function readRecordNotes(repository: Repository): Promise<RecordNotes> {
  const problems: string[] = [];
  const listed = await runGit(repository, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/notes/', GIT_AI_REFS]);
  if (listed.kind === 'failed') problems.push(`notes could not be listed: ${listed.message}`);
  const refs = listed.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line.includes(' '))
    .map((line) => ({ object: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }));
  const gitAi = new Map<string, string>();
  const agentTrace = new Map<string, string>();
  const gitAiJson = new Map<string, string>();
  const tracking = refs.filter(({ name }) => name.startsWith(GIT_AI_TRACKING));
  for (const { object, name } of [...refs.filter((ref) => ref.name === GIT_AI_NOTES), ...tracking]) await addNotes(gitAi, object, name);
  for (const { object, name } of refs.filter((ref) => ref.name === AGENT_TRACE_NOTES)) await addNotes(agentTrace, object, name);
  for (const { object, name } of refs) {
    const commit = name.startsWith(GIT_AI_REFS) ? name.slice(GIT_AI_REFS.length) : '';
    if (HASH.test(commit)) gitAiJson.set(commit, object);
  }
  const here = refs.some(({ name }) => name === GIT_AI_NOTES) || tracking.length > 0;
  const signs = here ? [] : await signsOfGitAi(repository, gitAiJson.size > 0);
  if (signs.length > 0) {
    problems.push(
      `${signs.join(' and ')}, but ${GIT_AI_NOTES} is not here: fetch it with \`git fetch ORIGIN ${GIT_AI_NOTES}:${GIT_AI_NOTES}\` to see which lines agents wrote`,
    );
  }
  return { gitAi, gitAiJson, agentTrace, problems, gitAiMissing: signs.length > 0 };

  async function addNotes(into: Map<string, string>, object: string, name: string): Promise<void> {
    const files = HASH.test(object) ? await treeFiles(repository, object, ['']) : undefined;
    if (files === undefined) {
      problems.push(`the notes of ${name} cannot be read`);
      return;
    }
    for (const { path: file, hash } of files) {
      // Notes are spread over folders by the first digits of the commit.
      const commit = file.replaceAll('/', '');
      if (HASH.test(commit) && !into.has(commit)) into.set(commit, hash);
    }
  }
}

async function signsOfGitAi(repository: Repository, olderRefs: boolean): Promise<readonly string[]> {
  const signs: string[] = [];
  if (olderRefs) signs.push('there are records of an early git-ai');
  const settings = await runGit(repository, [
    'config',
    '-z',
    '--get-regexp',
    '^(remote\\..*\\.(fetch|push)|notes\\.(rewriteref|displayref|mergestrategy))$',
  ]);
  if (settings.kind === 'ok' && /refs\/notes\/(?:ai(?![\w-])|\*)/.test(settings.stdout.toString('utf8')))
    signs.push(`the configuration names ${GIT_AI_NOTES}`);
  const folder = await runGit(repository, ['rev-parse', '--git-common-dir']);
  if (folder.kind === 'ok') {
    const directory = path.resolve(repository.directory, folder.stdout.toString('utf8').replace(/\n$/, ''));
    if (statOrUndefined(path.join(directory, 'ai'))?.isDirectory() === true) signs.push("git-ai's own folder is in the repository");
  }
  return signs;
}
