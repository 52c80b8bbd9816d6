/**
 * What a rule says about how bad its findings are, as data: the CVSS v4.0 vector of the weakness and the agentic risk factors that a finding is
 * evidence for. `core/aivss` makes numbers of it.
 */

/** Formulas of OWASP's AIVSS, by the names that `--aivss` and `countersign.yaml` take. `v1` is a proposal, not a published version. */
export const AIVSS_VERSIONS = ['v0.8', 'v0.5', 'v1'] as const;
export type AivssVersion = (typeof AIVSS_VERSIONS)[number];
export const DEFAULT_AIVSS: AivssVersion = 'v0.8';

/**
 * Factors under `aivss-factors`, with the name that AIVSS v0.5 has for each. `GP` is v0.5's alone and `NL` is what took its place in v0.8: no formula
 * adds up all eleven.
 */
export const FACTORS = {
  AA: 'Autonomy of Action',
  GP: 'Goal-Driven Planning',
  SM: 'Self-Modification',
  TU: 'Dynamic Tool Use',
  PM: 'Persistent Memory',
  CA: 'Contextual Awareness',
  DI: 'Dynamic Identity',
  MA: 'Multi-Agent Interactions',
  ND: 'Non-Determinism',
  OR: 'Opacity and Reflexivity',
  NL: 'Natural Language Interface',
} as const;
export type FactorCode = keyof typeof FACTORS;

/** How much of a factor a finding shows, on AIVSS's rubric. */
export type FactorLevel = 0.5 | 1;
export type FactorLevels = Readonly<Partial<Record<FactorCode, FactorLevel>>>;

export function isFactorCode(text: string): text is FactorCode {
  return Object.hasOwn(FACTORS, text);
}

export type ScoreBand = 'Critical' | 'High' | 'Medium' | 'Low' | 'None';

/** One rule's score by one formula. */
export interface RuleScore {
  readonly version: AivssVersion;
  /** 0 to 10, one decimal. Ordinal: never to be averaged. */
  readonly score: number;
  readonly band: ScoreBand;
  /** The CVSS v4.0 base score that it grows from, 0 to 10. */
  readonly cvss: number;
  readonly vector: string;
}

/** The base metrics of CVSS v4.0 in the order of a vector, each with its values. */
const BASE_METRICS: readonly (readonly [name: string, values: string])[] = [
  ['AV', 'NALP'],
  ['AC', 'LH'],
  ['AT', 'NP'],
  ['PR', 'NLH'],
  ['UI', 'NPA'],
  ['VC', 'HLN'],
  ['VI', 'HLN'],
  ['VA', 'HLN'],
  ['SC', 'HLN'],
  ['SI', 'HLN'],
  ['SA', 'HLN'],
];
const BASE_VECTOR = new RegExp(`^CVSS:4\\.0${BASE_METRICS.map(([name, values]) => `/${name}:[${values}]`).join('')}$`);

/** Whether a text is a CVSS v4.0 vector of all base metrics, each once and in order, and of nothing else: AIVSS takes base scores only. */
export function isBaseVector(text: string): boolean {
  return BASE_VECTOR.test(text);
}
