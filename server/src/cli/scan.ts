/**
 * `countersign scan`: the arguments become a job, the job's reports become a result, the result goes to one
 * reporter. What is scanned, ignored, run on threads and printed is decided in the modules this one joins.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { AIVSS_VERSIONS, DEFAULT_AIVSS, placeAtSinks } from '../core/index.js';
import type { AivssVersion, FileReport, RuleInfo } from '../core/index.js';
import { discoverFiles } from '../host/node/files.js';
import type { ScanTarget } from '../host/node/files.js';
import { errorCode } from '../host/node/files-small.js';
import { scanFiles } from '../host/node/workers.js';
import { applyFixes } from './autofix.js';
import { printError, printOut, replaceFile } from './output.js';
import { choice, examples, repeatable, RULES_DIRECTORY, seconds, subcommand, UsageError, wholeNumber, WORKER_URL } from './program.js';
import type { Outcome } from './program.js';
import { startProgress } from './progress.js';
import { loadRules, ruleProblemLines, sortedRuleErrors } from './rules.js';
import { couldNotRun, failsRun, SORT_ORDERS } from './result.js';
import type { FailOn, ScannedFile, ScanResult, SortOrder } from './result.js';
import { formatGithub } from './reporters/github.js';
import { formatGitlab } from './reporters/gitlab.js';
import { formatHtml } from './reporters/html.js';
import { formatJson } from './reporters/json.js';
import { formatMarkdown } from './reporters/markdown.js';
import { DEFAULT_MAX_LENGTH } from '../core/page/markdownParts.js';
import { formatSarif } from './reporters/sarif.js';
import { formatText } from './reporters/text.js';
import { maskSecrets } from '../core/page/secrets.js';
import { statsLines } from './stats.js';
import { createPaint, escapeTerminal, terminalWidth, wantsColour } from './terminal.js';
import { VERSION } from './version.js';
import { setThreadFlags } from './threadFlags.js';

interface ScanOptions {
  readonly config: readonly string[];
  readonly profile?: 'default' | 'audit';
  readonly format: ScanFormat;
  readonly maxLength: number;
  readonly output?: string;
  readonly sort: SortOrder;
  readonly aivss?: AivssVersion;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly gitIgnore: boolean;
  readonly projectConfig: boolean;
  readonly jobs?: number;
  readonly failOn: FailOn;
  readonly maxTargetBytes: number;
  readonly timeout: number;
  readonly stats?: boolean;
  readonly acrossFiles?: boolean;
  readonly autofix?: boolean;
  readonly dryrun?: boolean;
  readonly baselineCommit?: string;
}

const SCAN_FORMATS = ['text', 'json', 'sarif', 'markdown', 'html', 'github', 'gitlab'] as const;
type ScanFormat = (typeof SCAN_FORMATS)[number];

/** Each thread holds its own rules and parser, about 110 MB: four stay within the memory that a scan may take. */
const DEFAULT_MAX_JOBS = 4;
export function scanCommand(outcome: Outcome): Command {
  return subcommand('scan', 'Scan files and folders.')
    .argument('[path...]', 'what to scan (default: the current folder)')
    .addOption(
      repeatable('-c, --config <PACK|DIR|FILE>', 'a built-in pack, a folder of rule files or a rule file; repeatable').default(
        [],
        'all built-in packs',
      ),
    )
    .addOption(
      choice('--profile <NAME>', 'default: what a reviewer would stop for; audit: everything', ['default', 'audit'], 'default').default(
        undefined,
        'default',
      ),
    )
    .addOption(choice('-f, --format <FORMAT>', 'how to report', SCAN_FORMATS, 'text'))
    .addOption(wholeNumber('--max-length <N>', 'with markdown: characters at most', 2_000).default(DEFAULT_MAX_LENGTH))
    .option('-o, --output <FILE>', 'write the report to a file instead of standard output')
    .addOption(choice('--sort <ORDER>', 'order of findings; severity and score: the worst first', SORT_ORDERS, 'path'))
    .addOption(
      choice('--aivss <VERSION>', 'formula of scores; v1 is a proposal', AIVSS_VERSIONS, DEFAULT_AIVSS).default(undefined, DEFAULT_AIVSS),
    )
    .addOption(repeatable('--include <GLOB>', 'scan only files that match; repeatable'))
    .addOption(repeatable('--exclude <GLOB>', 'leave out files and folders that match; repeatable'))
    .option('--no-git-ignore', 'scan what git ignores, too')
    .option('--no-project-config', 'do not read countersign.yaml')
    .addOption(wholeNumber('-j, --jobs <N>', `threads (default: one per processor, at most ${DEFAULT_MAX_JOBS})`, 1))
    .addOption(choice('--fail-on <SEVERITY>', 'lowest severity that makes the exit code 1', ['error', 'warning', 'info', 'never'], 'error'))
    .addOption(wholeNumber('--max-target-bytes <N>', 'skip larger files; 0: no limit', 0).default(1_000_000))
    .addOption(seconds('--timeout <SECONDS>', 'time for one file, all rules together').default(5))
    .option('--autofix', 'apply the fixes that rules offer, to the files themselves')
    .option('--dryrun', 'with --autofix: print what would change as a diff, change nothing')
    .option('--across-files', 'follow data into the files that imports lead to, as editors do; takes up to three times as long')
    .option('--stats', 'print times and counts to standard error')
    .option('--baseline-commit <REV>', 'report only what is new since a commit (not available yet)')
    .addHelpText(
      'after',
      examples([
        ['countersign scan', 'the current folder'],
        ['countersign scan src notebooks/agent.ipynb', 'a folder and a notebook'],
        ['countersign scan -c ./rules -c agent-code', 'your own rules and one built-in pack'],
        ['countersign scan --format sarif -o out.sarif', 'for code scanning'],
        ['countersign scan --sort score --fail-on never', 'the worst first, whatever the file'],
        ['countersign scan --exclude "tests/**" --fail-on warning', 'a stricter gate without tests'],
        ['countersign scan --autofix --dryrun', 'show what the safe fixes would change'],
      ]) + '\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run.\n',
    )
    .action(async (paths: readonly string[], options: ScanOptions) => {
      outcome.code = await runScan(paths, options);
    });
}

async function runScan(paths: readonly string[], options: ScanOptions): Promise<0 | 1 | 2> {
  if (options.baselineCommit !== undefined) {
    throw new UsageError('--baseline-commit is not available yet. Scan without it, or compare the fingerprints of two JSON reports.');
  }
  if (options.dryrun === true && options.autofix !== true) throw new UsageError('--dryrun needs --autofix');
  const started = performance.now();
  const cwd = process.cwd();
  const named = paths.length > 0 ? paths : ['.'];
  const rules = loadRules({
    configs: options.config,
    useProjectConfig: options.projectConfig,
    rulesDirectory: RULES_DIRECTORY,
    cwd,
    target: named[0] ?? '.',
  });
  const discovery = discoverFiles(named, {
    cwd,
    include: options.include,
    exclude: options.exclude,
    useGitIgnore: options.gitIgnore,
    ...(options.output === undefined ? {} : { report: path.resolve(options.output) }),
  });
  const discovered = performance.now();

  const reports: FileReport[] = [];
  let done = 0;
  const progress = startProgress(discovery.targets.length);
  const jobs = options.jobs ?? Math.min(availableParallelism(), DEFAULT_MAX_JOBS);
  setThreadFlags();
  const scan = await scanFiles({
    targets: discovery.targets,
    config: { sources: rules.sources, profile: options.profile ?? rules.profile ?? 'default', disabledRules: rules.disabled },
    limits: { timeoutMs: options.timeout * 1_000, maxBytes: options.maxTargetBytes },
    acrossFiles: options.acrossFiles === true,
    jobs,
    checkRules: !rules.builtinOnly,
    workerUrl: WORKER_URL,
    onReport(number, report) {
      reports[number] = report;
      progress.advance(++done);
    },
  }).finally(() => progress.end());
  const scanned = performance.now();

  // A file that was asked for by name and cannot be read is a failed run, not a line of coverage.
  const unreadable = discovery.targets.flatMap(({ named, shown }, number) => {
    const reason = reports[number]?.coverage.reasons.find((error) => error.kind === 'file' && error.code === 'unreadable');
    return named && reason !== undefined ? [`${shown}: ${reason.message}`] : [];
  });
  const placed = placeByRoot(discovery.targets, reports, scan.rules);
  const result: ScanResult = {
    version: VERSION,
    files: discovery.targets.flatMap((target, number): ScannedFile[] => {
      const report = placed[number];
      return report === undefined ? [] : [{ target, report }];
    }),
    skipped: discovery.skipped,
    rules: new Map(scan.rules.map((rule) => [rule.id, rule])),
    ruleErrors: sortedRuleErrors([...rules.errors, ...scan.errors]),
    problems: [...rules.problems, ...discovery.unusable.map(({ shown, message }) => `${shown}: ${message}`), ...unreadable],
    disabledRules: rules.disabled,
    aivss: options.aivss ?? rules.aivss ?? DEFAULT_AIVSS,
    sort: options.sort,
  };
  if (result.rules.size === 0 && !couldNotRun(result))
    throw new UsageError('there is no rule to run: name rules with --config, or see `countersign scan --help`');

  await report({ ...result, files: maskSecrets(result.files, result.rules) }, options);
  if (options.autofix === true) await applyFixes(result, options.dryrun === true);
  const paint = createPaint(wantsColour(process.stderr));
  for (const line of [
    ...ruleProblemLines(result.ruleErrors, paint),
    ...result.problems.map((text) => `${paint('red', 'error')} ${escapeTerminal(text)}`),
  ]) {
    await printError(`${line}\n`);
  }
  if (options.stats === true) {
    const times = { discovery: discovered - started, scan: scanned - discovered, report: performance.now() - scanned };
    await printError(`${statsLines(result, times, jobs).join('\n')}\n`);
  }
  if (couldNotRun(result)) return 2;
  return failsRun(result, options.failOn) ? 1 : 0;
}

/** Each finding at its sink, where that file is part of the run. Paths are told apart by their roots. */
function placeByRoot(
  targets: readonly ScanTarget[],
  reports: readonly FileReport[],
  rules: readonly RuleInfo[],
): readonly (FileReport | undefined)[] {
  const placed: (FileReport | undefined)[] = [];
  for (const root of new Set(targets.map((target) => target.root))) {
    const own = placeAtSinks(
      targets.map((target, number) => (target.root === root ? reports[number] : undefined)),
      rules,
    );
    for (const [number, report] of own.entries()) if (report !== undefined) placed[number] = report;
  }
  return placed;
}

async function report(result: ScanResult, options: ScanOptions): Promise<void> {
  const text = await format(result, options);
  if (options.output === undefined) return printOut(text);
  try {
    await replaceFile(path.resolve(options.output), text);
  } catch (error) {
    throw new UsageError(`--output ${options.output}: cannot be written (${errorCode(error)})`);
  }
  await printError(`Report written to ${escapeTerminal(options.output)}\n`);
}

function format(result: ScanResult, options: ScanOptions): string | Promise<string> {
  switch (options.format) {
    case 'json':
      return formatJson(result);
    case 'sarif':
      return formatSarif(result);
    case 'markdown':
      return formatMarkdown(result, options.maxLength);
    case 'html':
      return formatHtml(result);
    case 'github':
      return formatGithub(result);
    case 'gitlab':
      return formatGitlab(result);
    case 'text': {
      // A dry run prints a diff to standard output: nothing but the diff belongs there.
      if (options.dryrun === true && options.output === undefined) return '';
      const stream: { readonly isTTY?: boolean; readonly columns?: number } = options.output === undefined ? process.stdout : {};
      return formatText(result, { paint: createPaint(wantsColour(stream)), width: terminalWidth(stream) });
    }
  }
}
