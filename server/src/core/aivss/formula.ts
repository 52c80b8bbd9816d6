/**
 * The formulas of OWASP's AIVSS in exact arithmetic: every quantity is a whole number of tenths or hundredths, so that a score such as 9.25 is rounded
 * up as the text says and not as binary fractions happen to fall.
 *
 *     v0.8   AARS = (10 - CVSS) x (sum of factors / 10) x ThM;   AIVSS = (CVSS + AARS) x MF
 *     v0.5   AARS = sum of factors;                              AIVSS = (CVSS + AARS) / 2 x ThM
 *     v1     AARS as in v0.8;                                    AIVSS = CVSS + AARS x MF   (a proposal: never below CVSS)
 *
 * Each is rounded half up to one decimal and ends at 10.
 */
import type { AivssVersion, ScoreBand } from '../model/score.js';

export interface AivssInput {
  /** CVSS v4.0 base score, 0 to 10 in tenths. */
  readonly cvss: number;
  /** Sum of the ten factors of this version, 0 to 10, at most two decimals. v0.5 calls it AARS. */
  readonly factorSum: number;
  /** Threat multiplier, at most two decimals: 1.00 attacked, 0.97 proof of concept, 0.50 unreported. */
  readonly threat: number;
  /** Mitigation factor, at most two decimals: 1.00 none or weak, 0.83 partial, 0.67 strong. v0.5 has none. */
  readonly mitigation: number;
}

/** Proof of concept: what AIVSS assumes where nothing is known about attacks. */
export const THREAT_DEFAULT = 0.97;
export const MITIGATION_NONE = 1;
export const MITIGATION_PARTIAL = 0.83;

/** How each formula is written, for whoever reads a number: of a rule, where nothing is mitigated. */
export const FORMULA_TEXT: Readonly<Record<AivssVersion, string>> = {
  'v0.8': 'CVSS + (10 - CVSS) x factors/10 x threat',
  'v0.5': '(CVSS + factors)/2 x threat',
  v1: 'CVSS + (10 - CVSS) x factors/10 x threat (a proposal)',
};

/** @returns 0 to 10 with one decimal */
export function aivss(version: AivssVersion, { cvss, factorSum, threat, mitigation }: AivssInput): number {
  const c = whole(cvss, 10);
  const f = whole(factorSum, 100);
  const t = whole(threat, 100);
  const m = whole(mitigation, 100);
  // In millionths: what lies between CVSS and 10, as far as the factors fill it. At most 1.05e7, and every product below stays under 2^53.
  const aars = (100 - c) * f * t;
  switch (version) {
    case 'v0.8':
      return tenths((c * 100_000 + aars) * m, 10_000_000);
    case 'v1':
      return tenths(c * 10_000_000 + aars * m, 10_000_000);
    case 'v0.5':
      return tenths((10 * c + f) * t, 2_000);
  }
}

/** CVSS's words for a score; AIVSS has the same. */
export function bandOf(score: number): ScoreBand {
  if (score >= 9) return 'Critical';
  if (score >= 7) return 'High';
  if (score >= 4) return 'Medium';
  return score > 0 ? 'Low' : 'None';
}

/** `numerator / unit` tenths, rounded half up. */
function tenths(numerator: number, unit: number): number {
  return Math.min(100, Math.floor((2 * numerator + unit) / (2 * unit))) / 10;
}

/** @throws where a number has more decimals than AIVSS gives it: it would be rounded unseen */
function whole(value: number, scale: number): number {
  const scaled = Math.round(value * scale);
  if (!(value >= 0) || Math.abs(scaled / scale - value) > 1e-9) throw new RangeError(`${value} is no multiple of ${1 / scale}`);
  return scaled;
}
