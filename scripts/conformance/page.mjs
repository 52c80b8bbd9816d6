/** docs/conformance.md from judged pairs: tables per corpus, language and operator, why pairs are refused, every wrong pair, and published rule sets. */
import { REASONS } from './reasons.mjs';

/** @typedef {import('./pairs.mjs').Pair} Pair */
/** @typedef {import('./pairs.mjs').Group} Group */
/** @typedef {import('./ruleSets.mjs').RuleSet} RuleSet */

/** @param {readonly Group[]} groups @param {readonly RuleSet[]} sets */
export function page(groups, sets) {
  const search = groups.map((group) => ({ ...group, pairs: group.pairs.filter((pair) => !pair.taint) }));
  const taint = groups
    .map((group) => ({ ...group, pairs: group.pairs.filter((pair) => pair.taint) }))
    .filter((group) => group.pairs.length > 0);
  const all = search.flatMap((group) => group.pairs);
  const fixed = all.filter((pair) => pair.fixed !== undefined && pair.verdict !== 'refused');
  const corpora = [...new Set(groups.map((group) => `\`${group.title}\`: ${group.commit}`))];
  return `${[
    '# Conformance',
    "Semgrep's own public corpora, run with `npm run conformance` (written by it; do not edit). A pair is a rule file and one of its targets, or a pattern and its target. It is **exact** when the start lines found are exactly those that the target's annotations ask for, lines with `todo`, `pro` and `deep` annotations left out; **refused** when a rule of the file is an error at its line, as for a language that is not there yet; **wrong** otherwise.",
    corpora.map((line) => `- ${line}`).join('\n'),
    `Written ${new Date().toISOString().slice(0, 10)}.`,
    '## Search mode',
    table(
      ['corpus', ...COUNTS],
      search.map((group) => [group.title, ...counts(group.pairs)]),
    ),
    ...search.flatMap((group) => [
      `### ${group.title}, by language`,
      table(
        ['language', ...COUNTS],
        [...by(group.pairs, (pair) => [pair.language])].map(([name, pairs]) => [name, ...counts(pairs)]),
      ),
    ]),
    '### By operator',
    'Pairs whose rule file uses the operator, all corpora together.',
    table(
      ['operator', ...COUNTS],
      [...by(all, (pair) => pair.operators)].map(([name, pairs]) => [`\`${name}\``, ...counts(pairs)]),
    ),
    '### Fixes',
    `${fixed.filter((pair) => pair.fixed === true).length} of ${fixed.length} targets with a \`.fixed\` file are identical to it after the fixes of rules that run.`,
    ...failedFixes(fixed),
    '## Taint mode',
    table(
      ['corpus', ...COUNTS],
      taint.map((group) => [group.title, ...counts(group.pairs)]),
    ),
    ...taint.flatMap((group) => [
      `### ${group.title}, by language`,
      table(
        ['language', ...COUNTS],
        [...by(group.pairs, (pair) => [pair.language])].map(([name, pairs]) => [name, ...counts(pairs)]),
      ),
    ]),
    deeper(taint.flatMap((group) => group.pairs)),
    '## Why pairs are refused',
    refusals([...all, ...taint.flatMap((group) => group.pairs)]),
    '## Nothing is left out of a rule',
    leftOut(search),
    '## Wrong pairs',
    ...wrongPairs(groups),
    ...publicRuleSets(sets),
  ].join('\n\n')}\n`;
}

/** @param {readonly Pair[]} pairs */
function deeper(pairs) {
  const sum = (/** @type {'asked' | 'found'} */ key) => pairs.reduce((total, pair) => total + pair.deeper[key], 0);
  return `Of ${sum('asked')} lines that are marked for Semgrep's engines across functions and files (\`pro\`, \`deep\`), ${sum('found')} are found.`;
}

const COUNTS = ['pairs', 'exact', 'refused', 'wrong', 'exact %'];

/** @param {readonly Pair[]} pairs */
function counts(pairs) {
  const count = (/** @type {string} */ verdict) => pairs.filter((pair) => pair.verdict === verdict).length;
  const share = pairs.length === 0 ? '-' : ((100 * count('exact')) / pairs.length).toFixed(1);
  return [pairs.length, count('exact'), count('refused'), count('wrong'), share].map(String);
}

/** Sorted by name. @param {readonly Pair[]} pairs @param {(pair: Pair) => readonly string[]} names */
function by(pairs, names) {
  /** @type {Map<string, Pair[]>} */
  const groups = new Map();
  for (const pair of pairs) for (const name of names(pair)) groups.set(name, [...(groups.get(name) ?? []), pair]);
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Counts stand right, and everything left in a table of `'text'`. @param {readonly string[]} head @param {readonly (readonly string[])[]} rows @param {'counts' | 'text'} of */
function table(head, rows, of = 'counts') {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 || of === 'text' ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** @param {readonly Pair[]} pairs */
function refusals(pairs) {
  const reasons = by(
    pairs.filter((pair) => pair.verdict === 'refused'),
    // What a rule calls things is not a reason of its own.
    (pair) => [pair.reason.replace(/; there are .*/, '').replace(/: look at .*/, '')],
  );
  return table(
    ['reason', 'pairs'],
    [...reasons].map(([reason, list]) => [reason, String(list.length)]).toSorted((a, b) => Number(b[1]) - Number(a[1])),
  );
}

/**
 * A rule either runs whole or is refused: of the rules that ran, every key and option is one that Countersign reads.
 * @param {readonly Group[]} groups
 */
function leftOut(groups) {
  const ran = groups.flatMap((group) => group.pairs.filter((pair) => pair.verdict !== 'refused'));
  const ignored = ran.filter((pair) => pair.unread.length > 0);
  const wrong = ran.filter((pair) => pair.verdict === 'wrong');
  const summary = `Every key and option of the ${ran.length} pairs' rules that ran was looked up in the lists that the parser of rules and the schema are made from (\`server/src/core/pack/keys.ts\`, \`options.ts\`). Pairs with a rule that holds anything else: ${ignored.length}. Wrong pairs whose rule uses anything that is not supported: ${wrong.filter((pair) => pair.unread.length > 0).length} of ${wrong.length}.`;
  return [summary, ...ignored.map((pair) => `- \`${pair.rule}\`: ${pair.unread.join(', ')}`)].join('\n');
}

/** @param {readonly RuleSet[]} sets */
function publicRuleSets(sets) {
  if (sets.length === 0) return [];
  const refused = (/** @type {RuleSet} */ set) => new Set(set.refusals.map(({ file, rule }) => `${file} ${rule}`)).size;
  return [
    '## Public rule sets',
    'Rules that others publish: every one loads or is refused at a line. A rule of several languages that is refused for its pattern in one of them, or for one that is not there, runs in the others, and is counted as refused here.',
    table(
      ['rule set', 'commit and date', 'rules', 'loaded', 'refused'],
      sets.map((set) => [set.title, set.commit, String(set.rules), String(set.rules - refused(set)), String(refused(set))]),
    ),
    ...sets
      .filter((set) => set.refusals.length > 0)
      .flatMap((set) => [`### ${set.title}, what is refused`, table(['rule', 'at', 'reason'], refusedRules(set), 'text')]),
  ];
}

/** A row for each rule, file and reason, with all lines. @param {RuleSet} set */
function refusedRules({ refusals }) {
  /** @type {Map<string, { rule: string, file: string, reason: string, lines: number[] }>} */
  const rows = new Map();
  for (const { rule, file, line, reason } of refusals) {
    const key = `${file} ${rule} ${reason}`;
    const row = rows.get(key) ?? { rule, file, reason, lines: [] };
    row.lines.push(line);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ rule, file, reason, lines }) => [`\`${rule}\``, `${file}:${lines.join(', ')}`, reason]);
}

/** @param {readonly Pair[]} pairs */
function failedFixes(pairs) {
  const failed = pairs.filter((pair) => pair.fixed === false);
  return failed.length === 0 ? [] : [failed.map((pair) => `- \`${pair.target}\``).join('\n')];
}

/** @param {readonly Group[]} groups */
function wrongPairs(groups) {
  return groups.flatMap((group) => {
    const wrong = group.pairs.filter((pair) => pair.verdict === 'wrong');
    if (wrong.length === 0) return [];
    return [
      `### ${group.title}`,
      table(
        ['rule', 'target', 'what differs (lines)', 'why'],
        wrong.map((pair) => [pair.rule, pair.target, pair.reason, REASONS[pair.target] ?? 'not looked into']),
        'text',
      ),
    ];
  });
}
