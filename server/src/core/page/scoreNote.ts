/** A rule's score and its measured precision in words, for pages, notes and the terminal. Plain text. */
import { FORMULA_TEXT, THREAT_DEFAULT } from '../aivss/formula.js';
import { factorSum, ruleScore, scoreText } from '../aivss/ruleScore.js';
import type { RuleMetadata, RulePrecision } from '../model/rule.js';
import { FACTORS, type AivssVersion, type FactorCode } from '../model/score.js';

/** `AIVSS v0.8 9.5 Critical, from CVSS v4.0 9.3`; nothing for a rule without a vector. */
export function shortScore(metadata: RuleMetadata, version: AivssVersion, lowered = false): string | undefined {
  const score = ruleScore(metadata, version, lowered);
  return score === undefined ? undefined : `${scoreText(score)}, from CVSS v4.0 ${score.cvss.toFixed(1)}`;
}

/** The score, and the formula that gives it. */
export function scoreLines(metadata: RuleMetadata, version: AivssVersion): readonly string[] {
  const score = ruleScore(metadata, version);
  if (score === undefined) return [];
  const sum = factorSum(metadata.aivssFactors ?? {}, version);
  return [scoreText(score), `by ${FORMULA_TEXT[version]}, with factors ${sum} and threat ${THREAT_DEFAULT}`];
}

/** `base 9.3, CVSS:4.0/AV:N/...`, and why. */
export function cvssLines(metadata: RuleMetadata, version: AivssVersion): readonly string[] {
  const score = ruleScore(metadata, version);
  if (score === undefined) return [];
  return [`base ${score.cvss.toFixed(1)}, ${score.vector}`, ...(metadata.cvssWhy === undefined ? [] : [metadata.cvssWhy])];
}

/** `Autonomy of Action`, `Dynamic Tool Use (half)`. */
export function factorNames(metadata: RuleMetadata): readonly string[] {
  return Object.entries(metadata.aivssFactors ?? {}).map(
    ([code, level]) => `${FACTORS[code as FactorCode]}${level === 0.5 ? ' (half)' : ''}`,
  );
}

/** `right in 37 of 38 seen`; nothing where nobody has read a finding. */
export function shortPrecision(precision: RulePrecision | undefined): string | undefined {
  if (precision === undefined || precision.judged === 0) return undefined;
  const { seen, judged, right } = precision;
  return seen === judged ? `right in ${right} of ${judged} seen` : `right in ${right} of ${judged} read, of ${seen} seen`;
}

/** With the date and the code that was scanned (its commits are in `rules/precision.json`); also that there was no finding. */
export function longPrecision(precision: RulePrecision | undefined): string | undefined {
  if (precision === undefined) return undefined;
  const { seen, corpora, date } = precision;
  const said = shortPrecision(precision) ?? (seen === 0 ? 'no finding' : `${seen} seen, none read yet`);
  return `${said} (${date}: ${corpora.map(({ name }) => name).join(', ')})`;
}
