/**
 * `countersign test`: runs rule files on the annotated fixtures beside them and says which marks do not hold.
 * `--json` prints every expected and actual line, so that anyone can judge again.
 */
import type { Command } from 'commander';
import { findRuleTests } from './fixture/pairs.js';
import { runRuleFile } from './fixture/run.js';
import type { PairResult, RuleFileResult } from './fixture/run.js';
import { unifiedDiff } from './autofix.js';
import { printError, printOut } from './output.js';
import { examples, subcommand, UsageError } from './program.js';
import type { Outcome } from './program.js';
import { startProgress } from './progress.js';
import { errorEntry } from './reporters/json.js';
import { plural } from '../core/page/plural.js';
import { ruleProblemLines } from './rules.js';
import { createPaint, escapeSource, escapeTerminal, wantsColour } from './terminal.js';
import type { Paint } from './terminal.js';
import { inertJson } from './reporters/inertJson.js';

interface TestOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export function testCommand(outcome: Outcome): Command {
  return subcommand('test', 'Run rules on the annotated fixtures beside them.')
    .argument('[path...]', 'rule files, or folders of rule files and fixtures (default: the current folder)')
    .option('--strict', 'also fail on a rule without `ruleid` or `ok` marks, and on a todo mark that has come true')
    .option('--json', 'print expected and actual lines (1-based) as JSON')
    .addHelpText(
      'after',
      '\nA fixture has the name of its rule file: rule.yaml is tested on rule.py, rule.js ...; rule.fixed.py is what\n' +
        'the fixes must make of rule.py. A mark stands in a comment on the line before the one it speaks of:\n' +
        '  # ruleid: my-rule        must be found        # todoruleid: my-rule    should be, is not yet\n' +
        '  # ok: my-rule            must not be found    # todook: my-rule        should not be, still is\n' +
        examples([
          ['countersign test rules/', 'every rule below a folder'],
          ['countersign test rules/no-eval.yaml', 'one rule file'],
          ['countersign test --json rules/ > verdicts.json', 'for another program'],
        ]) +
        '\nExit codes: 0 all pass, 1 a mark does not hold, 2 a rule is refused or nothing could be run.\n',
    )
    .action(async (paths: readonly string[], options: TestOptions) => {
      outcome.code = await runTests(paths, options);
    });
}

async function runTests(paths: readonly string[], options: TestOptions): Promise<0 | 1 | 2> {
  const strict = options.strict === true;
  const tests = new Map(
    (paths.length > 0 ? paths : ['.']).flatMap((named) => {
      const found = findRuleTests(named);
      if (found === undefined) throw new UsageError(`${named}: there is no such file or folder`);
      return found.map((test) => [test.ruleFile, test] as const);
    }),
  );
  // A rule file without fixtures is only of interest where every rule must have some.
  const wanted = [...tests.values()].filter((test) => strict || test.targets.length > 0);
  if (wanted.length === 0) throw new UsageError('there is no rule file with a fixture of the same name beside it');
  const progress = startProgress(wanted.length);
  const results: RuleFileResult[] = [];
  try {
    for (const test of wanted) {
      results.push(await runRuleFile(test, strict));
      progress.advance(results.length);
    }
  } finally {
    progress.end();
  }
  const counts = countPairs(results);
  if (options.json === true) await printOut(inertJson({ pairs: results.flatMap(pairEntries), summary: counts }));
  else await printForPeople(results, counts, strict);
  if (counts.failed > 0 || results.some((result) => result.lacks.length > 0)) return 1;
  return counts.refused > 0 || results.some(isRefused) ? 2 : 0;
}

interface Counts {
  readonly rule_files: number;
  readonly pairs: number;
  readonly passed: number;
  readonly failed: number;
  /** At least one rule of the pair did not run; not in `passed` or `failed`. */
  readonly refused: number;
}

function countPairs(results: readonly RuleFileResult[]): Counts {
  const states = results.flatMap((result) => result.pairs.map(pairState));
  const count = (state: PairState): number => states.filter((other) => other === state).length;
  return { rule_files: results.length, pairs: states.length, passed: count('passed'), failed: count('failed'), refused: count('refused') };
}

type PairState = 'passed' | 'failed' | 'refused';

function pairState(pair: PairResult): PairState {
  const failed = Object.values(pair.rules).some((verdict) => !verdict.passed) || fixesDiffer(pair);
  if (pair.errors.some(isFatal)) return 'refused';
  return failed ? 'failed' : 'passed';
}

function fixesDiffer(pair: PairResult): boolean {
  return pair.fixed !== undefined && pair.fixed.actual !== pair.fixed.expected;
}

/** What keeps a verdict from being one: a rule that did not run, a target that was not read, a time limit. */
function isFatal(error: PairResult['errors'][number]): boolean {
  if (error.kind === 'rule') return error.level === 'error';
  return error.kind === 'internal' || (error.code !== 'parse-error' && error.code !== 'not-utf8' && error.code !== 'notebook-syntax');
}

function isRefused(result: RuleFileResult): boolean {
  return result.errors.some(isFatal);
}

function pairEntries(result: RuleFileResult): readonly unknown[] {
  return result.pairs.map((pair) => ({
    rule_file: pair.ruleFile,
    target: pair.target,
    state: pairState(pair),
    rules: Object.fromEntries(
      Object.entries(pair.rules).map(([id, { expected, ok, actual, passed }]) => [id, { expected, ok, actual, passed }]),
    ),
    errors: pair.errors.map((error) => errorEntry(error)),
    ...(pair.fixed === undefined ? {} : { fixed: { file: pair.fixed.file, passed: !fixesDiffer(pair) } }),
  }));
}

async function printForPeople(results: readonly RuleFileResult[], counts: Counts, strict: boolean): Promise<void> {
  const paint = createPaint(wantsColour(process.stdout));
  const out: string[] = [];
  for (const result of results) {
    const failing = result.pairs.filter((pair) => pairState(pair) === 'failed');
    if (failing.length === 0 && result.lacks.length === 0 && !isRefused(result)) continue;
    out.push(paint('bold', escapeTerminal(result.ruleFile)));
    out.push(...ruleProblemLines(result.errors, paint).map((line) => `  ${line}`));
    out.push(...result.lacks.map((text) => `  ${paint('red', 'incomplete')} ${escapeTerminal(text)}`));
    for (const pair of failing) out.push(...pairLines(pair, strict, paint));
    out.push('');
  }
  const parts = [`${counts.passed} passed`, ...(counts.failed > 0 ? [paint('red', `${counts.failed} failed`)] : [])];
  if (counts.refused > 0) parts.push(paint('yellow', `${counts.refused} not run as a rule is refused`));
  out.push(`${plural(counts.rule_files, 'rule file')}, ${plural(counts.pairs, 'fixture')}: ${parts.join(', ')}.`);
  await printOut(`${out.join('\n')}\n`);
  const lacking = results.filter((result) => result.lacks.length > 0).length;
  if (lacking > 0) await printError(`${plural(lacking, 'rule file')} with incomplete fixtures.\n`);
}

/** What differs from the marks, in the order of the text: `-` for what was missed, `+` for what was found and should not be. */
function pairLines(pair: PairResult, strict: boolean, paint: Paint): readonly string[] {
  const lines = pair.text.split(/\r\n|\n|\r/);
  const out: string[] = [];
  for (const [id, verdict] of Object.entries(pair.rules)) {
    if (verdict.passed) continue;
    const rows: readonly Row[] = [
      ...verdict.missed.map((line): Row => ({ line, sign: '-', says: 'marked ruleid, not found' })),
      ...verdict.refuted.map((line): Row => ({ line, sign: '+', says: 'marked ok, found' })),
      ...verdict.unmarked.map((line): Row => ({ line, sign: '+', says: 'not marked, found' })),
      ...(strict ? verdict.doneTodos.map((line): Row => ({ line, sign: '~', says: 'a todo that has come true' })) : []),
    ];
    const extra = verdict.refuted.length + verdict.unmarked.length;
    const counts = [`${verdict.missed.length} missed`, `${extra} extra`, `${verdict.expected.length - verdict.missed.length} as marked`];
    out.push(`  ${paint('bold', escapeTerminal(id))} on ${escapeTerminal(pair.target)}: ${counts.join(', ')}`);
    for (const row of rows.toSorted((a, b) => a.line - b.line)) {
      const source = lines[row.line - 1] ?? '';
      const colour = row.sign === '~' ? 'yellow' : 'red';
      const where = `${escapeTerminal(pair.target)}:${row.line}  ${row.says}  `;
      out.push(`    ${paint(colour, row.sign)} ${where}${paint('dim', escapeSource(source.trim()).slice(0, MAX_SHOWN))}`);
      const place = row.sign === '+' ? pair.places[id]?.find((range) => range.start.line === row.line - 1) : undefined;
      const under = place === undefined || !/^[ -~]*$/.test(where) ? undefined : underline(source, place);
      if (under !== undefined) out.push(`      ${' '.repeat(where.length)}${paint(colour, under)}`);
    }
  }
  if (pair.fixed !== undefined && fixesDiffer(pair)) {
    out.push(`  the fixes do not lead to ${escapeTerminal(pair.fixed.file)}:`);
    const diff = unifiedDiff(pair.target, pair.fixed.expected, pair.fixed.actual, { isTTY: false });
    out.push(
      ...diff
        .split('\n')
        .slice(2, 40)
        .map((line) => `    ${escapeSource(line)}`),
    );
  }
  return out;
}

interface Row {
  /** 1-based. */
  readonly line: number;
  readonly sign: '-' | '+' | '~';
  readonly says: string;
}

/** Longest piece of a line that is shown. */
const MAX_SHOWN = 90;

/** `^^^^` below the part of the line that was found; nothing where its width is not plain. */
function underline(source: string, place: PairResult['places'][string][number]): string | undefined {
  const indent = source.length - source.trimStart().length;
  const end = place.end.line === place.start.line ? place.end.column : source.length;
  const from = place.start.column - indent;
  const length = Math.min(end - place.start.column, MAX_SHOWN - from);
  if (from < 0 || length <= 0 || !/^[ -~]*$/.test(source.slice(indent, end))) return undefined;
  return ' '.repeat(from) + '^'.repeat(length);
}
