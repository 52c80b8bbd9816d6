/**
 * A rule's score: its CVSS base, raised by the agentic factors that it names. A factor that a rule does not name counts as 0: no evidence. What is known
 * about attacks is the same for all rules (a proof of concept), and a finding whose way ends in a sandbox counts as partly mitigated.
 */
import type { RuleMetadata } from '../model/rule.js';
import type { AivssVersion, FactorCode, FactorLevels, RuleScore } from '../model/score.js';
import { cvssBase } from './cvss.js';
import { aivss, bandOf, MITIGATION_NONE, MITIGATION_PARTIAL, THREAT_DEFAULT } from './formula.js';

/** Goal-Driven Planning is v0.5's alone; v0.8 has Natural Language Interface in its place, and so does the proposal that builds on it. */
const NOT_IN: Readonly<Record<AivssVersion, FactorCode>> = { 'v0.8': 'GP', 'v0.5': 'NL', v1: 'GP' };

/** The sum of the ten factors that a version has, 0 to 10. */
export function factorSum(levels: FactorLevels, version: AivssVersion): number {
  return Object.entries(levels).reduce((sum, [code, level]) => (code === NOT_IN[version] ? sum : sum + level), 0);
}

type Scored = Pick<RuleMetadata, 'cvss' | 'aivssFactors'>;

const computed = new WeakMap<Scored, Map<string, RuleScore | undefined>>();

/**
 * Once per rule and formula.
 * @param lowered the finding ends in something isolated, as `Finding.lowered` says
 * @returns undefined for a rule without a valid vector
 */
export function ruleScore(metadata: Scored, version: AivssVersion, lowered = false): RuleScore | undefined {
  let scores = computed.get(metadata);
  if (scores === undefined) computed.set(metadata, (scores = new Map()));
  const key = `${version} ${lowered}`;
  if (!scores.has(key)) scores.set(key, compute(metadata, version, lowered));
  return scores.get(key);
}

function compute({ cvss: vector, aivssFactors }: Scored, version: AivssVersion, lowered: boolean): RuleScore | undefined {
  const cvss = vector === undefined ? undefined : cvssBase(vector);
  if (vector === undefined || cvss === undefined) return undefined;
  const score = aivss(version, {
    cvss,
    factorSum: factorSum(aivssFactors ?? {}, version),
    threat: THREAT_DEFAULT,
    mitigation: lowered ? MITIGATION_PARTIAL : MITIGATION_NONE,
  });
  return { version, score, band: bandOf(score), cvss, vector };
}

/** `AIVSS v0.8 9.6 Critical`: the formula stands beside every number. */
export function scoreText({ version, score, band }: RuleScore): string {
  return `AIVSS ${versionText(version)} ${score.toFixed(1)} ${band}`;
}

/** `v1` is nothing that OWASP has published. */
export function versionText(version: AivssVersion): string {
  return version === 'v1' ? 'v1 (proposal)' : version;
}
