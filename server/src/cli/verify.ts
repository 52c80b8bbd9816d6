/** `countersign verify`: whether the commits of a range that need a countersignature have one that holds, and what is missing or wrong where not. */
import path from 'node:path';
import type { Command } from 'commander';
import type { CommitVerdict } from '../core/audit/verdict.js';
import type { Severity } from '../core/index.js';
import { verifyCommits, whyRequired } from '../host/node/git/countersign.js';
import { auditFor, openForCountersigning, recordJson, recordLines, withAuditingOptions } from './countersigning.js';
import type { AuditingOptions } from './countersigning.js';
import { printError, printOut } from './output.js';
import { choice, examples, subcommand, UsageError, wholeNumber } from './program.js';
import type { Outcome } from './program.js';
import { shortSha } from '../core/page/auditWords.js';
import { inertJson } from './reporters/inertJson.js';
import { plural } from '../core/page/plural.js';
import { createPaint, escapeTerminal, wantsColour } from './terminal.js';
import type { Paint } from './terminal.js';
import { VERSION } from './version.js';

interface VerifyOptions extends AuditingOptions {
  readonly failOn: 'error' | 'warning' | 'info';
  readonly require: 'ai' | 'anyone' | 'every-commit';
  readonly requireSignature?: boolean;
  readonly secondPerson?: boolean;
  readonly exact?: boolean;
  readonly allowedSigners?: string;
  readonly maxCommits: number;
  readonly format: 'text' | 'json';
}

const THRESHOLDS: Readonly<Record<VerifyOptions['failOn'], Severity>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

export function verifyCommand(outcome: Outcome): Command {
  return withAuditingOptions(
    subcommand('verify', 'Check that commits which need a countersignature have one that holds.')
      .argument('[range]', 'e.g. main..HEAD (default: the current branch against its upstream or the default branch)')
      .addOption(
        choice(
          '--fail-on <SEVERITY>',
          'findings from here on make a commit need a countersignature',
          ['error', 'warning', 'info'],
          'error',
        ),
      )
      .addOption(
        choice(
          '--require <WHO>',
          'whose commits: those with agents in them, anyone’s, or every commit, with findings or without',
          ['ai', 'anyone', 'every-commit'],
          'ai',
        ),
      )
      .option('--require-signature', 'count only records with a signature that was checked')
      .option('--second-person', 'do not count records by a commit’s own author')
      .option('--exact', 'do not count a record of the same change before a rebase')
      .option('--allowed-signers <FILE>', 'whose ssh keys count, instead of gpg.ssh.allowedSignersFile')
      .addOption(wholeNumber('--max-commits <N>', 'look at the newest so many', 1).default(1_000))
      .addOption(choice('-f, --format <FORMAT>', 'how to report', ['text', 'json'], 'text')),
  )
    .addHelpText(
      'after',
      examples([
        ['countersign verify', 'the current branch'],
        ['countersign verify origin/main..HEAD --fail-on warning --require-signature', 'a gate for a pull request'],
        ['git fetch origin refs/notes/countersign:refs/notes/countersign', 'get others’ countersignatures first'],
      ]) +
        '\nA rejection fails any commit. Rules and profile must be those that were signed with.\n' +
        'Exit codes: 0 nothing is missing, 1 something is missing or wrong, 2 could not run.\n',
    )
    .action(async (range: string | undefined, options: VerifyOptions) => {
      outcome.code = await runVerify(range, options);
    });
}

async function runVerify(range: string | undefined, options: VerifyOptions): Promise<0 | 1 | 2> {
  const repository = await openForCountersigning(options.repo);
  const threshold = THRESHOLDS[options.failOn];
  const run = await auditFor(range === undefined ? { kind: 'range' } : { kind: 'range', range }, options, options.maxCommits);
  const outcome = await verifyCommits(repository, {
    commits: run.report.commits.map((commit) => ({ commit: commit.sha, required: whyRequired(commit, threshold, options.require) })),
    threshold,
    requireSignature: options.requireSignature === true,
    secondPerson: options.secondPerson === true,
    exact: options.exact === true,
    ...(options.allowedSigners === undefined ? {} : { allowedSigners: path.resolve(options.allowedSigners) }),
    // As `sign` audits it: alone, with its own parent's configuration.
    reaudit: async (sha) => {
      const single = await auditFor({ kind: 'commit', revision: sha }, options, 1, 1);
      const [audit] = single.report.commits;
      return audit === undefined ? undefined : { audit, rules: single.rulesDigest };
    },
  });
  if (outcome.kind === 'failed') throw new UsageError(outcome.message);
  const { verdicts, ignored } = outcome;
  const problems = [...run.report.problems, ...outcome.problems, ...outcome.missing.map((sha) => `${sha} is missing from this copy`)];
  const paint = createPaint(wantsColour(process.stdout));
  await printOut(options.format === 'json' ? jsonReport(run.report.range, verdicts, problems) : textReport(verdicts, paint));
  for (const text of [...ignored, ...problems]) await printError(`${paint('yellow', 'note')} ${escapeTerminal(text)}\n`);
  if (outcome.missing.length > 0) return 2;
  return verdicts.every(({ passes }) => passes) ? 0 : 1;
}

function textReport(verdicts: readonly CommitVerdict[], paint: Paint): string {
  const out: string[] = [];
  for (const { commit, passes, message, records, required } of verdicts) {
    if (passes && required === undefined && records.length === 0) continue;
    out.push(
      `${paint('bold', shortSha(commit.commit))} ${escapeTerminal(commit.subject)}`,
      `  ${passes ? paint('green', '✓') : paint('red', '✗')} ${escapeTerminal(message)}`,
      ...records.flatMap((entry) => recordLines(entry.record, entry.signature, entry.says)).map((line) => paint('dim', `    ${line}`)),
      ...records
        .flatMap(({ news }) => news.slice(0, 5))
        .map((item) => `    ${escapeTerminal(`new: ${item.path}:${item.line} ${item.message}`)}`),
      '',
    );
  }
  const needed = verdicts.filter(({ required }) => required !== undefined);
  const failed = verdicts.filter(({ passes }) => !passes);
  const held = needed.filter(({ passes }) => passes).length;
  out.push(
    `${plural(verdicts.length, 'commit')}, ${needed.length} need a countersignature, ${held} of these have one.`,
    failed.length === 0 ? paint('green', 'Nothing is missing.') : paint('red', `${plural(failed.length, 'commit')} not in order.`),
    '',
  );
  return out.join('\n');
}

function jsonReport(range: string, verdicts: readonly CommitVerdict[], problems: readonly string[]): string {
  return inertJson({
    version: VERSION,
    range,
    passes: verdicts.every(({ passes }) => passes),
    commits: verdicts.map(({ commit, required, state, passes, message, records }) => ({
      sha: commit.commit,
      subject: commit.subject,
      required: required ?? null,
      state,
      passes,
      message,
      records: records.map((entry) => recordJson(entry.record, entry.signature, entry)),
    })),
    problems,
  });
}
