/**
 * `countersign explain`: a rule's page in the terminal, or as Markdown or JSON. The generated pages under
 * docs/rules are this command's output.
 */
import type { Command } from 'commander';
import path from 'node:path';
import { AIVSS_VERSIONS, DEFAULT_AIVSS } from '../core/index.js';
import type { AivssVersion, RuleInfo, RuleNotes } from '../core/index.js';
import { ruleScore } from '../core/aivss/ruleScore.js';
import { ruleExamples, ruleFacts, rulePage, ruleIndexPage, type PageOptions } from '../core/page/rulePage.js';
import { compareText } from '../host/node/files-small.js';
import { createNodeSession } from '../host/node/session.js';
import { createRuleNotes } from '../host/node/rule-notes.js';
import { readRuleSources } from '../host/node/rule-sources.js';
import { examplesBeside } from './fixture/examples.js';
import { printError, printOut } from './output.js';
import { choice, examples, repeatable, RULES_DIRECTORY, subcommand, UsageError } from './program.js';
import type { Outcome } from './program.js';
import { ruleProblemLines } from './rules.js';
import { createPaint, displayWidth, escapeSource, escapeTerminal, terminalWidth, wantsColour, wrap } from './terminal.js';
import type { Paint } from './terminal.js';
import { inertJson } from './reporters/inertJson.js';

interface ExplainOptions {
  readonly config: readonly string[];
  readonly format: 'text' | 'markdown' | 'json';
  readonly all?: boolean;
  readonly aivss: AivssVersion;
}

type NotesOf = (rule: RuleInfo) => RuleNotes;

export function explainCommand(outcome: Outcome): Command {
  return subcommand('explain', 'Show a rule: what it finds, why, and what to write instead.')
    .argument('[rule-id...]', 'rules to show; none: a list of all')
    .addOption(repeatable('-c, --config <PACK|DIR|FILE>', 'where to look for rules; repeatable').default([], 'all built-in packs'))
    .addOption(choice('-f, --format <FORMAT>', 'how to show it', ['text', 'markdown', 'json'], 'text'))
    .addOption(choice('--aivss <VERSION>', 'formula of scores; v1 is a proposal', AIVSS_VERSIONS, DEFAULT_AIVSS))
    .option('--all', 'show every rule')
    .addHelpText(
      'after',
      examples([
        ['countersign explain', 'all rules, one line each'],
        ['countersign explain python-exec-dynamic', 'one rule'],
        ['countersign explain --config ./rules my-rule', 'a rule of your own'],
      ]),
    )
    .action(async (ids: readonly string[], options: ExplainOptions) => {
      outcome.code = await explain(ids, options);
    });
}

async function explain(ids: readonly string[], options: ExplainOptions): Promise<0 | 2> {
  const { sources, problems } = readRuleSources(options.config, RULES_DIRECTORY, process.cwd());
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const session = await createNodeSession({ sources, profile: 'audit' });
  try {
    const rules = [...session.rules].toSorted((a, b) => compareText(a.id, b.id));
    const chosen = options.all === true ? rules : ids.map((id) => findRule(id, rules));
    const shipped = createRuleNotes(RULES_DIRECTORY);
    const notesOf: NotesOf = (rule) =>
      rule.origin.vetted === true ? shipped(rule) : examplesBeside(path.resolve(rule.origin.path), rule.id);
    await printOut(render(chosen, rules, notesOf, options));
    const broken = session.errors.filter((error) => error.kind !== 'rule' || error.level === 'error');
    for (const line of ruleProblemLines(broken, createPaint(wantsColour(process.stderr)))) await printError(`${line}\n`);
    return broken.length > 0 ? 2 : 0;
  } finally {
    session.dispose();
  }
}

function render(chosen: readonly RuleInfo[], all: readonly RuleInfo[], notesOf: NotesOf, { format, aivss }: ExplainOptions): string {
  const pageOf = (rule: RuleInfo): string => rulePage(rule, { aivss, notes: notesOf(rule) });
  switch (format) {
    case 'json':
      return inertJson({
        rules: (chosen.length > 0 ? chosen : all).map((rule) => ({ ...jsonEntry(rule, aivss), page: pageOf(rule) })),
        index: ruleIndexPage(all, (rule) => `${rule.id}.md`),
      });
    case 'markdown':
      return chosen.length === 0 ? ruleIndexPage(all, (rule) => `${rule.id}.md`) : chosen.map(pageOf).join('\n');
    case 'text': {
      const paint = createPaint(wantsColour(process.stdout));
      const width = terminalWidth(process.stdout);
      return chosen.length === 0
        ? ruleList(all, paint, width)
        : chosen.map((rule) => textPage(rule, { aivss, notes: notesOf(rule) }, paint, width)).join('\n');
    }
  }
}

function findRule(id: string, rules: readonly RuleInfo[]): RuleInfo {
  const found = rules.find((rule) => rule.id === id);
  if (found !== undefined) return found;
  const near = rules
    .map((rule) => ({ id: rule.id, distance: rule.id.includes(id) || id.includes(rule.id) ? 1 : editDistance(id, rule.id) }))
    .filter(({ distance }) => distance <= Math.max(3, id.length / 3))
    .toSorted((a, b) => a.distance - b.distance || compareText(a.id, b.id));
  const hint =
    near.length === 0
      ? 'Run `countersign explain` for the list.'
      : `Did you mean ${near
          .slice(0, 3)
          .map(({ id: other }) => other)
          .join(', ')}?`;
  throw new UsageError(`there is no rule ${id}. ${hint}`);
}

/** Levenshtein's distance, two rows at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function jsonEntry(rule: RuleInfo, aivss: AivssVersion) {
  const score = ruleScore(rule.metadata, aivss);
  return {
    id: rule.id,
    pack: rule.origin.pack,
    file: rule.origin.path,
    severity: rule.severity,
    tier: rule.metadata.tier,
    languages: rule.languages,
    message: rule.message,
    ...(score === undefined ? {} : { aivss: score }),
    metadata: rule.metadata.raw,
  };
}

function ruleList(rules: readonly RuleInfo[], paint: Paint, width: number): string {
  const lines = rules.flatMap((rule) => {
    const layer = rule.metadata.maestro[0] ?? '  ';
    const head = `${paint('cyan', layer)}  ${paint('bold', escapeTerminal(rule.id))}  ${paint('dim', `${rule.severity.toLowerCase()}, ${rule.metadata.tier}`)}`;
    const [first = ''] = wrap(escapeTerminal(rule.message.replace(/\s+/g, ' ').trim()), width - 5);
    return [head, `    ${first}${displayWidth(first) < displayWidth(rule.message.trim()) ? '…' : ''}`];
  });
  return `${lines.join('\n')}\n${lines.length === 0 ? 'There is no rule.' : `\n${rules.length} rules.`}\n`;
}

function textPage(rule: RuleInfo, options: PageOptions, paint: Paint, width: number): string {
  const { why, safe, incident, references } = rule.metadata;
  const out: string[] = [paint(['bold', 'underline'], escapeTerminal(rule.id)), ''];
  out.push(...wrap(escapeTerminal(rule.message.replace(/\s+/g, ' ').trim()), width), '');
  for (const [label, values] of ruleFacts(rule, options)) {
    for (const [at, value] of values.entries()) {
      const lines = wrap(escapeTerminal(value), width - 12);
      for (const [row, line] of lines.entries()) out.push(`${paint('cyan', (at === 0 && row === 0 ? label : '').padEnd(11))} ${line}`);
    }
  }
  if (why !== undefined) out.push('', ...section('Why it matters', why, paint, width));
  for (const [title, { code }] of ruleExamples(options.notes ?? {}))
    out.push('', paint('bold', title), ...code.split('\n').map((line) => `    ${paint('green', escapeSource(line))}`.trimEnd()));
  if (safe !== undefined) out.push('', ...section('What to write instead', safe, paint, width));
  if (incident !== undefined) out.push('', ...section('It happened', incident, paint, width));
  if (references.length > 0) out.push('', paint('bold', 'References'), ...references.map((entry) => `  ${escapeTerminal(entry)}`));
  if (rule.origin.pack !== undefined)
    out.push('', paint('dim', `pack ${escapeTerminal(rule.origin.pack)}, ${escapeTerminal(rule.origin.path)}`));
  return `${out.join('\n')}\n`;
}

/** Markdown that a rule's author wrote, as plain as a terminal wants it: paragraphs wrapped, code blocks indented as they are. */
function section(title: string, markdown: string, paint: Paint, width: number): readonly string[] {
  const out: string[] = [paint('bold', title)];
  let paragraph: string[] = [];
  let inCode = false;
  const flush = (): void => {
    if (paragraph.length > 0) out.push(...wrap(escapeTerminal(paragraph.join(' ')), width - 2).map((line) => `  ${line}`));
    paragraph = [];
  };
  for (const line of markdown.trim().split(/\r\n|\r|\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      flush();
      inCode = !inCode;
    } else if (inCode) out.push(`    ${paint('green', escapeSource(line))}`);
    else if (line.trim() === '') {
      flush();
      if (out.at(-1) !== '') out.push('');
    } else if (/^\s*[-*] /.test(line)) {
      flush();
      paragraph = [line.trim()];
    } else paragraph.push(line.trim());
  }
  flush();
  return out;
}
