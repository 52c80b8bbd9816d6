/** `countersign sign`: audits one commit, shows what was found, and writes the reviewer's decision as a note. Nothing else of the repository changes. */
import type { Command } from 'commander';
import { DECISIONS } from '../core/audit/record.js';
import type { Decision, Person } from '../core/audit/record.js';
import { signCommit } from '../host/node/git/countersign.js';
import { NOTES_REF } from '../host/node/git/countersignNotes.js';
import { maskAudit } from '../core/page/auditSecrets.js';
import { auditFor, commitOf, openForCountersigning, withAuditingOptions } from './countersigning.js';
import type { AuditingOptions } from './countersigning.js';
import { printError, printOut } from './output.js';
import { choice, examples, subcommand, UsageError } from './program.js';
import type { Outcome } from './program.js';
import { headline, shortSha } from '../core/page/auditWords.js';
import { createPaint, escapeTerminal, wantsColour } from './terminal.js';
import { VERSION } from './version.js';

interface SignOptions extends AuditingOptions {
  readonly decision: Decision;
  readonly note?: string;
  readonly as?: string;
  readonly signature: boolean;
}

export function signCommand(outcome: Outcome): Command {
  return withAuditingOptions(
    subcommand('sign', 'Countersign a commit: record that you reviewed it, and what you decided.')
      .argument('<commit>', 'the commit that you reviewed')
      .addOption(choice('--decision <DECISION>', 'what you decided; a rejection makes `verify` fail', DECISIONS, 'approve'))
      .option('--note <TEXT>', 'your own words')
      .option('--as <PERSON>', 'who you are, "Name <email>" (default: user.name and user.email of git)')
      .option('--no-signature', 'do not sign, even where git has a signing key'),
  )
    .addHelpText(
      'after',
      examples([
        ['countersign sign HEAD', 'approve the last commit'],
        ['countersign sign 1a2b3c4 --decision reject --note "the sandbox is gone"', 'say no, and why'],
        [`git push origin ${NOTES_REF}`, 'show it to others'],
      ]) +
        `\nThe record is a note in ${NOTES_REF}, signed as git signs commits: gpg.format and user.signingKey.\n` +
        'Exit codes: 0 written, 2 could not.\n',
    )
    .action(async (revision: string, options: SignOptions) => {
      outcome.code = await runSign(revision, options);
    });
}

async function runSign(revision: string, options: SignOptions): Promise<0 | 2> {
  const reviewer = options.as === undefined ? undefined : personOf(options.as);
  const repository = await openForCountersigning(options.repo);
  const commit = await commitOf(repository, revision);
  const run = await auditFor({ kind: 'commit', revision: commit }, options, 1);
  const [audit] = run.report.commits;
  if (audit === undefined) throw new UsageError(`${revision} could not be audited: ${run.report.problems.join('; ')}`);
  const written = await signCommit(repository, {
    commit,
    audit,
    tool: { version: VERSION, rules: run.rulesDigest },
    decision: options.decision,
    ...(options.note === undefined ? {} : { note: options.note }),
    ...(reviewer === undefined ? {} : { reviewer }),
    unsigned: !options.signature,
    now: new Date(),
  });
  if (written.kind === 'failed') throw new UsageError(written.message);
  const { record, signature, ignored } = written;
  const paint = createPaint(wantsColour(process.stdout));
  const shown = maskAudit(run.report, new Map(run.rules.map((rule) => [rule.id, rule])));
  const how = signature === undefined ? paint('yellow', 'not signed: git has no signing key for you') : `signed with ${signature.format}`;
  await printOut(
    [
      `${paint('bold', shortSha(commit))} ${escapeTerminal(record.subject)}`,
      `  ${headline(shown.total)}`,
      ...shown.total.readingOrder.slice(0, 3).map((item) => `  ${escapeTerminal(`${item.path}:${item.start} ${item.why}`)}`),
      `${record.decision === 'reject' ? paint('red', 'Rejected') : record.decision === 'comment' ? 'Commented' : paint('green', 'Approved')} by ${escapeTerminal(`${record.reviewer.name} <${record.reviewer.email}>`)}, ${how}.`,
      `Written to ${NOTES_REF}. Others see it after: git push <remote> ${NOTES_REF}`,
      '',
    ].join('\n'),
  );
  for (const text of [...ignored, ...run.report.problems, ...audit.problems])
    await printError(`${paint('yellow', 'note')} ${escapeTerminal(text)}\n`);
  return 0;
}

function personOf(text: string): Person {
  const match = /^\s*([^<>]+?)\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text);
  if (match === null) throw new UsageError('--as: write it as "Name <email>"');
  return { name: match[1] ?? '', email: match[2] ?? '' };
}
