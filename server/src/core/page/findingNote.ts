/**
 * What a person is told about one finding: what happens, why it matters, its MAESTRO layer, its weakness class,
 * how sure we are, what to write instead. Markdown for editors that render it, plain text for the others.
 * The finding's message holds source text, and a rule may come from the repository under review: neither is
 * trusted, so both renderings are inert.
 */
import { layerName } from '../model/maestro.js';
import type { Finding } from '../model/finding.js';
import type { RuleInfo, RulePrecision, Tier } from '../model/rule.js';
import { DEFAULT_AIVSS, type AivssVersion } from '../model/score.js';
import { codeSpan, escapeMarkdown, inertMarkdown, link, visible } from './markdown.js';
import { shortPrecision, shortScore } from './scoreNote.js';
import { threatName } from './threats.js';

const SURENESS: Readonly<Record<Tier, string>> = {
  proved: 'Proved: the file itself shows it.',
  likely: 'Likely: the names and calls around it point that way.',
  pattern: 'Pattern: a dangerous construct; where its input comes from was not followed.',
  audit: 'For audits: worth a look, often intended.',
};

/** `likely` -> `Likely: the names ...`, in words that need no manual. */
export function surenessText(tier: Tier): string {
  return SURENESS[tier];
}

/** The same of one finding: a way that leads through other files or parts of objects, or is too long to be shown, makes it likely. */
export function surenessOf({ tier, trace }: Pick<Finding, 'tier' | 'trace'>): string {
  return tier === 'likely' && trace !== undefined ? 'Likely: data may take the way that is shown.' : SURENESS[tier];
}

/** The CWE's own page, for entries such as `CWE-95: Improper ...`. */
export function cweHref(entry: string): string | undefined {
  const id = /^CWE-(\d{1,5})\b/.exec(entry)?.[1];
  return id === undefined ? undefined : `https://cwe.mitre.org/data/definitions/${id}.html`;
}

/** `CWE-95: Improper ...` -> `CWE-95`; anything else is returned as it is. */
export function cweId(entry: string): string {
  return /^CWE-\d{1,5}\b/.exec(entry)?.[0] ?? entry;
}

export interface NoteOptions {
  /** The reader already sees the message, e.g. because the editor shows the diagnostic in the same hover. */
  readonly withoutMessage?: boolean;
  /** The formula of the score; v0.8 when left out. */
  readonly aivss?: AivssVersion;
  readonly precision?: RulePrecision;
}

export function findingMarkdown(finding: Finding, rule: RuleInfo | undefined, options: NoteOptions = {}): string {
  const parts: string[] = options.withoutMessage === true ? [] : [`**${severityWord(finding)}:** ${escapeMarkdown(finding.message)}`];
  const metadata = rule?.metadata;
  if (metadata?.why !== undefined) parts.push(inertMarkdown(metadata.why.trim()));
  if (metadata?.safe !== undefined) parts.push(`**What to write instead**\n\n${inertMarkdown(metadata.safe.trim())}`);
  const facts: string[] = [];
  if (finding.layer !== undefined)
    facts.push(`**Layer** MAESTRO ${finding.layer} ${layerName(finding.layer)}${threatSuffix(rule, escapeMarkdown)}`);
  for (const entry of metadata?.cwe ?? []) {
    const id = cweId(entry);
    const rest = entry.slice(id.length).replace(/^:\s*/, '');
    facts.push(`**Weakness** ${link(id, cweHref(entry))}${rest === '' ? '' : ` ${escapeMarkdown(rest)}`}`);
  }
  const score = noteScore(finding, rule, options);
  if (score !== undefined) facts.push(`**Score** ${escapeMarkdown(score)}`);
  facts.push(`**How sure** ${howSure(finding, options)}`);
  if (metadata?.incident !== undefined) facts.push(`**It happened** ${escapeMarkdown(metadata.incident)}`);
  if (finding.suppression !== undefined) facts.push(`**Suppressed** ${escapeMarkdown(finding.suppression.reason)}`);
  parts.push(facts.join('  \n'));
  parts.push(rule?.href === undefined ? `Rule ${codeSpan(finding.ruleId)}` : `Rule ${link(finding.ruleId, rule.href)}`);
  return parts.join('\n\n');
}

export function findingPlainText(finding: Finding, rule: RuleInfo | undefined, options: NoteOptions = {}): string {
  const clean = (text: string): string =>
    text
      .split(/\r\n|\r|\n/)
      .map((line) => visible(line.replaceAll('\t', '    ')))
      .join('\n')
      .trim();
  const parts: string[] = [`${severityWord(finding)}: ${clean(finding.message.replace(/\s+/g, ' '))}`];
  const metadata = rule?.metadata;
  if (metadata?.why !== undefined) parts.push(clean(metadata.why));
  if (metadata?.safe !== undefined) parts.push(`What to write instead:\n${clean(metadata.safe.replace(/^ {0,3}(```|~~~).*$/gm, ''))}`);
  const facts: string[] = [];
  if (finding.layer !== undefined) facts.push(`Layer: MAESTRO ${finding.layer} ${layerName(finding.layer)}${threatSuffix(rule, clean)}`);
  for (const entry of metadata?.cwe ?? []) facts.push(`Weakness: ${clean(entry)}`);
  const score = noteScore(finding, rule, options);
  if (score !== undefined) facts.push(`Score: ${score}`);
  facts.push(`How sure: ${howSure(finding, options)}`);
  if (metadata?.incident !== undefined) facts.push(`It happened: ${clean(metadata.incident)}`);
  if (finding.suppression !== undefined) facts.push(`Suppressed: ${clean(finding.suppression.reason)}`);
  parts.push(facts.join('\n'));
  parts.push(`Rule ${clean(finding.ruleId)}`);
  return parts.join('\n\n').replace(/\n{3,}/g, '\n\n');
}

function noteScore(finding: Finding, rule: RuleInfo | undefined, { aivss = DEFAULT_AIVSS }: NoteOptions): string | undefined {
  return rule === undefined ? undefined : shortScore(rule.metadata, aivss, finding.lowered !== undefined);
}

/** The tier, and what is known from reading such findings elsewhere. */
function howSure(finding: Finding, { precision }: NoteOptions): string {
  const measured = shortPrecision(precision);
  return `${surenessOf(finding)}${measured === undefined ? '' : ` In other people’s code ${measured}.`}`;
}

function severityWord(finding: Finding): string {
  return finding.severity === 'ERROR' ? 'Error' : finding.severity === 'WARNING' ? 'Warning' : 'Note';
}

/** The layer's own threats, then those that it touches in others. */
function threatSuffix(rule: RuleInfo | undefined, escape: (text: string) => string): string {
  const [primary] = rule?.metadata.maestro ?? [];
  const threats = (rule?.metadata.maestroThreats ?? []).map((code) => ({
    layer: /^M([1-7])\./.exec(code)?.[1],
    name: threatName(code) ?? code,
  }));
  const own = threats.filter(({ layer }) => layer === undefined || `L${layer}` === primary).map(({ name }) => name);
  const others = threats
    .filter(({ layer }) => layer !== undefined && `L${layer}` !== primary)
    .map(({ layer, name }) => `${name} (L${String(layer)})`);
  return [own.join(', '), others.length === 0 ? '' : `also ${others.join(', ')}`]
    .filter((part) => part !== '')
    .map((part) => ` · ${escape(part)}`)
    .join('');
}
