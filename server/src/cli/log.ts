/** `countersign log`: the countersignatures that a repository has, as they stand. It audits nothing, so it does not say whether they still hold; `verify` does. */
import type { Command } from 'commander';
import { readFacts } from '../host/node/git/binding.js';
import { readCountersignatures, signatureState } from '../host/node/git/countersign.js';
import { runGit } from '../host/node/git/run.js';
import type { Repository } from '../host/node/git/repository.js';
import { openForCountersigning, recordJson, recordLines } from './countersigning.js';
import { printError, printOut } from './output.js';
import { choice, examples, subcommand, UsageError } from './program.js';
import type { Outcome } from './program.js';
import { shortSha } from '../core/page/auditWords.js';
import { inertJson } from './reporters/inertJson.js';
import { createPaint, escapeTerminal, wantsColour } from './terminal.js';
import { VERSION } from './version.js';

interface LogOptions {
  readonly repo: string;
  readonly format: 'text' | 'json';
}

export function logCommand(outcome: Outcome): Command {
  return subcommand('log', 'List countersignatures.')
    .argument('[range]', 'commits to list (default: all that have a note)')
    .option('--repo <DIR>', 'a folder in the repository', '.')
    .addOption(choice('-f, --format <FORMAT>', 'how to report', ['text', 'json'], 'text'))
    .addHelpText(
      'after',
      `${examples([
        ['countersign log', 'all countersignatures'],
        ['countersign log main..HEAD --format json', 'those of a branch, for a script'],
      ])}\nExit codes: 0 listed, 2 could not.\n`,
    )
    .action(async (range: string | undefined, options: LogOptions) => {
      outcome.code = await runLog(range, options);
    });
}

async function runLog(range: string | undefined, options: LogOptions): Promise<0> {
  const repository = await openForCountersigning(options.repo);
  const read = await readCountersignatures(repository);
  if (read.kind === 'failed') throw new UsageError(read.message);
  const { byNote, config } = read.all;
  const wanted = range === undefined ? [...byNote.keys()] : await listCommits(repository, range);
  const facts = new Map(
    (
      await readFacts(
        repository,
        wanted.filter((sha) => byNote.has(sha)),
      )
    ).map((fact) => [fact.commit, fact]),
  );
  const problems = [...read.all.problems];
  const entries = [];
  for (const sha of wanted) {
    const note = byNote.get(sha);
    if (note === undefined) continue;
    problems.push(...note.problems.map((text) => `the note of ${shortSha(sha)}: ${text}`));
    const records = [];
    for (const line of note.lines) records.push({ record: line.record, signature: await signatureState(config, line) });
    entries.push({ sha, subject: facts.get(sha)?.subject, records });
  }
  const paint = createPaint(wantsColour(process.stdout));
  if (options.format === 'json') {
    await printOut(
      inertJson({
        version: VERSION,
        commits: entries.map(({ sha, subject, records }) => ({
          sha,
          subject: subject ?? null,
          records: records.map(({ record, signature }) => recordJson(record, signature)),
        })),
        problems,
      }),
    );
  } else {
    const lines = entries.flatMap(({ sha, subject, records }) => [
      `${paint('bold', shortSha(sha))} ${subject === undefined ? paint('dim', '(the commit is not in this copy)') : escapeTerminal(subject)}`,
      ...records
        .flatMap(({ record, signature }) =>
          recordLines(record, signature, record.commit === sha ? [] : [`about ${shortSha(record.commit)}`]),
        )
        .map((text) => `  ${text}`),
    ]);
    await printOut(`${lines.length === 0 ? 'No countersignatures.' : lines.join('\n')}\n`);
  }
  for (const text of problems) await printError(`${paint('yellow', 'note')} ${escapeTerminal(text)}\n`);
  return 0;
}

/** Newest first. @throws UsageError where git knows no such range */
async function listCommits(repository: Repository, range: string): Promise<readonly string[]> {
  const listed = await runGit(repository, ['rev-list', '--max-count=100000', '--end-of-options', range]);
  if (listed.kind === 'failed') throw new UsageError(`${range}: ${listed.message}`);
  return listed.stdout
    .toString('utf8')
    .split('\n')
    .filter((sha) => sha !== '');
}
