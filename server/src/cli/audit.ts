/**
 * `countersign audit`: the arguments become a question about a repository, the host answers it, and the answer goes to one reporter. What commits are asked
 * about, compared and found is decided in the host; what is printed, in the reporters.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { AIVSS_VERSIONS, DEFAULT_AIVSS } from '../core/index.js';
import type { AivssVersion } from '../core/index.js';
import type { AuditReport } from '../core/audit/report.js';
import { auditRange } from '../host/node/audit.js';
import type { AuditRun } from '../host/node/audit.js';
import { errorCode } from '../host/node/files-small.js';
import type { AuditQuestion } from '../host/node/git/range.js';
import { maskAudit } from '../core/page/auditSecrets.js';
import { findingsAsScan } from './auditResult.js';
import type { AuditContext } from './auditResult.js';
import { printError, printOut, replaceFile } from './output.js';
import { choice, examples, repeatable, RULES_DIRECTORY, seconds, subcommand, UsageError, wholeNumber, WORKER_URL } from './program.js';
import type { Outcome } from './program.js';
import { startProgress } from './progress.js';
import type { Progress } from './progress.js';
import { DEFAULT_MAX_LENGTH } from '../core/page/markdownParts.js';
import { formatAuditJson } from './reporters/auditJson.js';
import { formatAuditGithub } from './reporters/github.js';
import { formatAuditGitlab } from './reporters/gitlab.js';
import { formatAuditHtml } from './reporters/auditHtml.js';
import { formatAuditMarkdown } from '../core/page/auditMarkdown.js';
import { formatAuditSarif } from './reporters/auditSarif.js';
import { formatAuditText } from './reporters/auditText.js';
import { failsRun } from './result.js';
import type { FailOn, ScanResult } from './result.js';
import { ruleProblemLines, sortedRuleErrors } from './rules.js';
import { createPaint, escapeTerminal, terminalWidth, wantsColour } from './terminal.js';
import { VERSION } from './version.js';
import { setThreadFlags } from './threadFlags.js';

interface AuditCommandOptions {
  readonly repo: string;
  readonly commit?: string;
  readonly staged?: boolean;
  readonly worktree?: boolean;
  readonly since?: string;
  readonly config: readonly string[];
  readonly profile?: 'default' | 'audit';
  readonly format: AuditFormat;
  readonly output?: string;
  readonly also: readonly string[];
  readonly aivss?: AivssVersion;
  readonly projectConfig: boolean;
  readonly perCommit: boolean;
  readonly maxCommits: number;
  readonly jobs?: number;
  readonly failOn: FailOn;
  readonly maxTargetBytes: number;
  readonly timeout: number;
  readonly maxLength: number;
}

/** What a reporter gets: the report without secrets, its added findings as a scan's result, and for text how to print. */
interface Reported {
  readonly report: AuditReport;
  readonly result: ScanResult;
  readonly context: AuditContext;
  readonly toFile: boolean;
  readonly maxLength: number;
}

/** One row per format. */
const FORMATS = {
  text: ({ report, toFile }: Reported): string => {
    const stream: { readonly isTTY?: boolean; readonly columns?: number } = toFile ? {} : process.stdout;
    return formatAuditText(report, { paint: createPaint(wantsColour(stream)), width: terminalWidth(stream) });
  },
  json: ({ report, result }: Reported): string => formatAuditJson(report, result),
  markdown: ({ report, context, maxLength }: Reported): string => formatAuditMarkdown(report, context, maxLength),
  html: ({ report, context }: Reported): string => formatAuditHtml(report, context),
  sarif: ({ report, result }: Reported): string => formatAuditSarif(report, result),
  gitlab: ({ report }: Reported): string => formatAuditGitlab(report),
  github: ({ report }: Reported): string => formatAuditGithub(report),
} as const;
type AuditFormat = keyof typeof FORMATS;

const DEFAULT_MAX_JOBS = 4;
const DEFAULT_MAX_COMMITS = 1_000;

export function auditCommand(outcome: Outcome): Command {
  return subcommand('audit', 'Say what commits added and took away, who wrote them, and what to read first.')
    .argument('[range]', 'e.g. main..HEAD, or one revision (default: the current branch against its upstream or the default branch)')
    .option('--commit <REV>', 'one commit')
    .option('--staged', 'what is staged')
    .option('--worktree', 'what is not committed, staged or not')
    .option('--since <DATE>', 'commits of the current branch since a date, e.g. "2 weeks ago"')
    .option('--repo <DIR>', 'a folder in the repository', '.')
    .addOption(
      repeatable('-c, --config <PACK|DIR|FILE>', 'rules: as for scan; inside the repository they are read from the base commit').default(
        [],
        'all built-in packs, and what the base commit’s countersign.yaml adds',
      ),
    )
    .addOption(
      choice('--profile <NAME>', 'default: what a reviewer would stop for; audit: everything', ['default', 'audit'], 'default').default(
        undefined,
        'default',
      ),
    )
    .addOption(choice('-f, --format <FORMAT>', 'how to report', Object.keys(FORMATS), 'text'))
    .addOption(wholeNumber('--max-length <N>', 'with markdown: characters at most', 2_000).default(DEFAULT_MAX_LENGTH))
    .option('-o, --output <FILE>', 'write the report to a file instead of standard output')
    .addOption(repeatable('--also <FORMAT=FILE>', 'another report of the same audit, into a file; repeatable'))
    .addOption(
      choice('--aivss <VERSION>', 'formula of scores; v1 is a proposal', AIVSS_VERSIONS, DEFAULT_AIVSS).default(undefined, DEFAULT_AIVSS),
    )
    .option('--no-project-config', 'do not read the base commit’s countersign.yaml')
    .option('--no-per-commit', 'only the range as a whole')
    .addOption(wholeNumber('--max-commits <N>', 'look at the newest so many', 1).default(DEFAULT_MAX_COMMITS))
    .addOption(wholeNumber('-j, --jobs <N>', `threads (default: one per processor, at most ${DEFAULT_MAX_JOBS})`, 1))
    .addOption(
      choice(
        '--fail-on <SEVERITY>',
        'lowest severity of an added finding that makes the exit code 1',
        ['error', 'warning', 'info', 'never'],
        'error',
      ),
    )
    .addOption(wholeNumber('--max-target-bytes <N>', 'do not read larger versions of files; 0: no limit', 0).default(1_000_000))
    .addOption(seconds('--timeout <SECONDS>', 'time for one version of a file, all rules together').default(5))
    .addHelpText(
      'after',
      examples([
        ['countersign audit', 'the current branch, before you ask for a review'],
        ['countersign audit origin/main..HEAD', 'a pull request'],
        ['countersign audit --commit HEAD', 'the last commit'],
        ['countersign audit --staged --fail-on warning', 'before committing'],
        ['countersign audit main..HEAD --format html -o audit.html', 'for a reviewer, in a browser'],
        ['countersign audit --since "1 week ago" --format json', 'for a script'],
      ]) +
        '\nThe base commit’s configuration, rules and suppressions govern. Nothing is written to the repository.\n' +
        'Exit codes: 0 nothing added at or above --fail-on, 1 findings, 2 could not run.\n',
    )
    .action(async (range: string | undefined, options: AuditCommandOptions) => {
      outcome.code = await runAudit(range, options);
    });
}

async function runAudit(range: string | undefined, options: AuditCommandOptions): Promise<0 | 1 | 2> {
  const question = questionOf(range, options);
  const others = options.also.map(otherReport);
  const directory = path.resolve(options.repo);
  setThreadFlags();
  let progress: Progress | undefined;
  const outcome = await auditRange({
    directory,
    question,
    maxCommits: options.maxCommits,
    configs: options.config,
    useProjectConfig: options.projectConfig,
    rulesDirectory: RULES_DIRECTORY,
    cwd: process.cwd(),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.aivss === undefined ? {} : { aivss: options.aivss }),
    limits: { timeoutMs: options.timeout * 1_000, maxBytes: options.maxTargetBytes },
    jobs: options.jobs ?? Math.min(availableParallelism(), DEFAULT_MAX_JOBS),
    workerUrl: WORKER_URL,
    perCommit: options.perCommit,
    onProgress: (done, all) => (progress ??= startProgress(all)).advance(done),
  }).finally(() => progress?.end());
  if (outcome.kind === 'unusable') throw new UsageError(`${outcome.message}`);
  const { run } = outcome;
  if (run.rules.length === 0 && run.failures.length === 0)
    throw new UsageError('there is no rule to run: name rules with --config, or see `countersign audit --help`');

  const context: AuditContext = {
    version: VERSION,
    rules: new Map(run.rules.map((rule) => [rule.id, rule])),
    aivss: run.aivss,
    root: directory,
  };
  const masked = maskAudit(run.report, context.rules);
  const result = scanResult(run, masked, context);
  const reported = { report: masked, result, context, maxLength: options.maxLength };
  await print(FORMATS[options.format]({ ...reported, toFile: options.output !== undefined }), options);
  for (const { format, file } of others) await print(FORMATS[format]({ ...reported, toFile: true }), { output: file });
  const paint = createPaint(wantsColour(process.stderr));
  for (const line of [
    ...ruleProblemLines(sortedRuleErrors(run.ruleErrors), paint),
    ...run.failures.map((text) => `${paint('red', 'error')} ${escapeTerminal(text)}`),
  ])
    await printError(`${line}\n`);
  if (run.failures.length > 0 || run.ruleErrors.some((error) => error.kind !== 'rule' || error.level === 'error')) return 2;
  return failsRun(result, options.failOn) ? 1 : 0;
}

function questionOf(range: string | undefined, { commit, staged, worktree, since }: AuditCommandOptions): AuditQuestion {
  const asked = [
    ...(range === undefined ? [] : ['a range']),
    ...(commit === undefined ? [] : ['--commit']),
    ...(staged === true ? ['--staged'] : []),
    ...(worktree === true ? ['--worktree'] : []),
    ...(since === undefined ? [] : ['--since']),
  ];
  if (asked.length > 1) throw new UsageError(`${asked.join(' and ')} ask about different things: give one of them`);
  if (commit !== undefined) return { kind: 'commit', revision: commit };
  if (since !== undefined) return { kind: 'since', date: since };
  if (staged === true) return { kind: 'staged' };
  if (worktree === true) return { kind: 'worktree' };
  return range === undefined ? { kind: 'range' } : { kind: 'range', range };
}

/** The findings added in total as a scan's result; the files are those that changed, as the head has them. */
function scanResult(run: AuditRun, report: AuditReport, context: AuditContext): ScanResult {
  const result = findingsAsScan(
    report.total.added.map(({ finding }) => finding),
    context,
  );
  const found = new Map(result.files.map((file) => [file.target.path, file]));
  const files = run.files.map(({ path, errors, coverage }) => {
    const own = found.get(path);
    const target = { path, shown: path, root: context.root, absolute: `${context.root}/${path}`, size: 0, named: false };
    return { target: own?.target ?? target, report: { path, findings: own?.report.findings ?? [], errors, coverage } };
  });
  return {
    ...result,
    files: [...files, ...result.files.filter(({ target }) => !run.files.some(({ path }) => path === target.path))],
    ruleErrors: sortedRuleErrors(run.ruleErrors),
    problems: run.failures,
    disabledRules: run.disabledRules,
  };
}

/** `sarif=out.sarif`. */
function otherReport(text: string): { readonly format: AuditFormat; readonly file: string } {
  const cut = text.indexOf('=');
  const format = Object.keys(FORMATS).find((name): name is AuditFormat => name === text.slice(0, cut));
  if (format === undefined || cut === text.length - 1)
    throw new UsageError(`--also ${text}: write it as FORMAT=FILE, with one of ${Object.keys(FORMATS).join(', ')}`);
  return { format, file: text.slice(cut + 1) };
}

async function print(text: string, { output }: Pick<AuditCommandOptions, 'output'>): Promise<void> {
  if (output === undefined) return printOut(text);
  try {
    await replaceFile(path.resolve(output), text);
  } catch (error) {
    throw new UsageError(`--output ${output}: cannot be written (${errorCode(error)})`);
  }
  await printError(`Report written to ${escapeTerminal(output)}\n`);
}
