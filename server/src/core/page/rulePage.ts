/**
 * The page of one rule as Markdown, and the index of all of them: what it finds, why it matters, what to write
 * instead, and how it is filed (MAESTRO, CWE, OWASP). Used for docs/rules, for `countersign explain` and for the
 * help text of reports. Pure: the same rule gives the same bytes.
 *
 * A rule may come from the tree under review, so its prose is inert Markdown and only https references are links.
 */
import { ruleScore } from '../aivss/ruleScore.js';
import { layerName, MAESTRO_LAYERS } from '../model/maestro.js';
import type { RuleExample, RuleInfo, RuleNotes, Severity } from '../model/rule.js';
import { DEFAULT_AIVSS, type AivssVersion } from '../model/score.js';
import { cweHref, cweId, surenessText } from './findingNote.js';
import { codeBlock, codeSpan, escapeMarkdown, inertMarkdown, link, safeHref } from './markdown.js';
import { cvssLines, factorNames, longPrecision, scoreLines } from './scoreNote.js';
import { threatName } from './threats.js';

/** Explains a vector, metric by metric. */
const CALCULATOR = 'https://www.first.org/cvss/calculator/4.0#';

const SEVERITY_TEXT: Readonly<Record<Severity, string>> = {
  ERROR: 'Error: stop and change it',
  WARNING: 'Warning: look at it',
  INFO: 'Note: good to know',
};

export interface PageOptions {
  /** The formula of the score; v0.8 when left out. */
  readonly aivss?: AivssVersion;
  readonly notes?: RuleNotes;
}

/** The whole page, ending in a line break. */
export function rulePage(rule: RuleInfo, options: PageOptions = {}): string {
  const parts = [`# ${codeSpan(rule.id)}`, escapeMarkdown(rule.message), factTable(rule, options), ...sections(rule, '##', options.notes)];
  if (rule.origin.pack !== undefined) parts.push(`Pack ${codeSpan(rule.origin.pack)}, file ${codeSpan(rule.origin.path)}.`);
  return `${parts.join('\n\n')}\n`;
}

/** For reports that show the message elsewhere: why, what instead, references. */
export function ruleHelp(rule: RuleInfo): string {
  return [`**${escapeMarkdown(rule.message)}**`, ...sections(rule, '###')].join('\n\n');
}

/** `ruleHelp` for readers that cannot show Markdown. */
export function ruleHelpText(rule: RuleInfo): string {
  const { why, safe, incident } = rule.metadata;
  return [
    rule.message.trim(),
    why?.trim(),
    safe === undefined ? undefined : `What to write instead:\n${safe.replace(/^ {0,3}(?:```|~~~).*$/gm, '').trim()}`,
    incident === undefined ? undefined : `It happened: ${incident.trim()}`,
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

/** Facts that are about filing, in the order in which they are read: label and plain-text values. */
export function ruleFacts(
  rule: RuleInfo,
  { aivss = DEFAULT_AIVSS, notes }: PageOptions = {},
): readonly (readonly [label: string, values: readonly string[]])[] {
  const { metadata } = rule;
  const factors = factorNames(metadata);
  const measured = longPrecision(notes?.precision);
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ['Severity', [SEVERITY_TEXT[rule.severity]]],
    ['How sure', [surenessText(metadata.tier)]],
    ['Languages', [rule.languages.join(', ')]],
    ['Layer', metadata.maestro.map((layer) => `MAESTRO ${layer} ${layerName(layer)}`)],
    ['Threat', metadata.maestroThreats.map((code) => threatText(code))],
    ['Weakness', metadata.cwe],
    ['OWASP', metadata.owasp],
    ['Score', scoreLines(metadata, aivss)],
    ['CVSS', cvssLines(metadata, aivss)],
    ['Factors', factors.length === 0 ? [] : [factors.join(', ')]],
    ['Measured', measured === undefined ? [] : [measured]],
  ];
  return facts.filter(([, values]) => values.length > 0);
}

function threatText(code: string): string {
  const name = threatName(code);
  return name === undefined ? code : `${name} (${code})`;
}

function factTable(rule: RuleInfo, options: PageOptions): string {
  const vector = rule.metadata.cvss ?? 'none';
  const rows = ruleFacts(rule, options).map(([label, values]) => {
    const cells = values.map((value) => {
      if (label === 'CVSS' && value.endsWith(vector))
        return escapeMarkdown(value.slice(0, -vector.length)) + ` ${link(vector, CALCULATOR + vector)}`;
      const id = cweId(value);
      const href = label === 'Weakness' ? cweHref(value) : undefined;
      return href === undefined ? escapeMarkdown(value) : link(id, href) + escapeMarkdown(value.slice(id.length));
    });
    return `| ${label} | ${cells.join('<br>')} |`;
  });
  return ['| | |', '|---|---|', ...rows].join('\n');
}

function sections(rule: RuleInfo, heading: '##' | '###', notes: RuleNotes = {}): readonly string[] {
  const { why, safe, incident, references } = rule.metadata;
  const parts: string[] = [];
  if (why !== undefined) parts.push(`${heading} Why it matters`, inertMarkdown(why.trim()));
  for (const [title, example] of ruleExamples(notes)) parts.push(`${heading} ${title}`, codeBlock(example.code, example.language));
  if (safe !== undefined) parts.push(`${heading} What to write instead`, inertMarkdown(safe.trim()));
  if (incident !== undefined) parts.push(`${heading} It happened`, escapeMarkdown(incident));
  if (references.length > 0) {
    const items = references.map((entry) => (safeHref(entry) === undefined ? escapeMarkdown(entry) : `<${entry}>`));
    parts.push(`${heading} References`, items.map((item) => `- ${item}`).join('\n'));
  }
  return parts;
}

/** Code that the rule finds, then code that it leaves alone, each with its title. */
export function ruleExamples({ bad, good }: RuleNotes): readonly (readonly [title: string, example: RuleExample])[] {
  return [
    ...(bad === undefined ? [] : [['What it finds', bad] as const]),
    ...(good === undefined ? [] : [['What it leaves alone', good] as const]),
  ];
}

/** All rules by layer; `hrefOf` says where a rule's page is, relative to the index. */
export function ruleIndexPage(rules: readonly RuleInfo[], hrefOf: (rule: RuleInfo) => string): string {
  const byId = [...rules].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const parts = [
    '# Rules',
    `${byId.length} rules, filed under the MAESTRO layer where the fix is made; scores are AIVSS v0.8. Generated by \`npm run rule-pages\` from the packs in \`rules/\`.`,
  ];
  for (const layer of [...MAESTRO_LAYERS, undefined]) {
    const here = byId.filter((rule) => rule.metadata.maestro[0] === layer);
    if (here.length === 0) continue;
    parts.push(layer === undefined ? '## Without a layer' : `## ${layer} ${layerName(layer)}`);
    const rows = here.map((rule) => {
      const cwe = rule.metadata.cwe.map(cweId).join(', ');
      const score = ruleScore(rule.metadata, DEFAULT_AIVSS);
      return `| [${codeSpan(rule.id)}](${hrefOf(rule)}) | ${rule.severity} | ${score === undefined ? '' : score.score.toFixed(1)} | ${rule.metadata.tier} | ${rule.languages.join(', ')} | ${escapeMarkdown(cwe)} | ${escapeMarkdown(rule.message)} |`;
    });
    parts.push(
      ['| rule | severity | score | tier | languages | weakness | what it says |', '|---|---|---|---|---|---|---|', ...rows].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}
