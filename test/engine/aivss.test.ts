/** Scores: every figure that AIVSS's documents work out, exact rounding, and what a rule's metadata comes to. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cvssBase } from '../../server/src/core/aivss/cvss.js';
import { aivss, bandOf, type AivssInput } from '../../server/src/core/aivss/formula.js';
import { factorSum, ruleScore, scoreText } from '../../server/src/core/aivss/ruleScore.js';
import { AIVSS_VERSIONS, type FactorLevels } from '../../server/src/core/model/score.js';
import { parseRules } from '../../server/src/core/pack/parse.js';

interface Figure {
  readonly name: string;
  readonly cvss: number;
  readonly sum: number;
  readonly threat: number;
  readonly mitigation: number;
  readonly score: number;
  readonly band?: string;
}

interface Figures {
  readonly 'v0.8': readonly (Figure & { readonly vector: string; readonly factors: FactorLevels })[];
  readonly 'v0.5': readonly Figure[];
  readonly v1: readonly Figure[];
  /** A directory of threat models that uses v0.8's formula with multipliers of its own. */
  readonly site: readonly (Figure & { readonly published: number })[];
  readonly seeds: readonly { readonly name: string; readonly factors: FactorLevels; readonly sum: number }[];
  /** Inputs whose exact score lies half-way between two tenths, and what binary fractions make of it. */
  readonly halves: readonly (Figure & { readonly binary: number })[];
}

const figures = JSON.parse(readFileSync(new URL('fixtures/aivss.json', import.meta.url), 'utf8')) as Figures;

function input({ cvss, sum, threat, mitigation }: Figure): AivssInput {
  return { cvss, factorSum: sum, threat, mitigation };
}

describe('the documents’ own figures', () => {
  test.each(figures['v0.8'])('v0.8: $name', (figure) => {
    expect(cvssBase(figure.vector)).toBe(figure.cvss);
    expect(factorSum(figure.factors, 'v0.8')).toBe(figure.sum);
    expect(aivss('v0.8', input(figure))).toBe(figure.score);
    expect(bandOf(figure.score)).toBe(figure.band);
  });

  test.each(figures['v0.5'])('v0.5: $name', (figure) => {
    expect(aivss('v0.5', input(figure))).toBe(figure.score);
    expect(bandOf(figure.score)).toBe(figure.band);
  });

  test.each(figures.v1)('v1: $name, mitigation $mitigation', (figure) => {
    expect(aivss('v1', input(figure))).toBe(figure.score);
  });

  test.each(figures.site)('the directory’s: $name', (figure) => {
    expect(aivss('v0.8', input(figure))).toBe(figure.score);
  });

  test('one of the directory’s is rounded down where the text says up: 9.25', () => {
    const odd = figures.site.filter(({ score, published }) => score !== published);
    expect(odd.map(({ cvss, sum, score, published }) => ({ cvss, sum, score, published }))).toEqual([
      { cvss: 8.5, sum: 5, score: 9.3, published: 9.2 },
    ]);
  });

  test.each(figures.seeds)('factors of $name add up', ({ factors, sum }) => {
    expect(Math.round(factorSum(factors, 'v0.5') * 100)).toBe(sum * 100);
  });
});

describe('the arithmetic', () => {
  test.each(figures.halves)('$cvss, $sum, $threat, $mitigation: $score and not $binary', (figure) => {
    expect(aivss('v0.8', input(figure))).toBe(figure.score);
    expect(figure.binary).toBeLessThan(figure.score);
  });

  const hundredths = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: max * 100 }).map((value) => value / 100);
  const anyInput = fc.record({
    cvss: fc.integer({ min: 0, max: 100 }).map((value) => value / 10),
    factorSum: hundredths(10),
    threat: fc.constantFrom(0.5, 0.97, 1),
    mitigation: fc.constantFrom(0.67, 0.83, 1),
  });

  test('stays in range, and grows with each of its parts', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom(...AIVSS_VERSIONS), (one, version) => {
        const score = aivss(version, one);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(10);
        expect(Math.round(score * 10) / 10).toBe(score);
        for (const more of [
          { ...one, cvss: Math.min(10, (Math.round(one.cvss * 10) + 1) / 10) },
          { ...one, factorSum: Math.min(10, Math.round(one.factorSum * 100 + 50) / 100) },
          { ...one, threat: 1 },
          { ...one, mitigation: 1 },
        ])
          expect(aivss(version, more)).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  test('without factors v0.8 is CVSS times mitigation, at CVSS 10 nothing is left to raise, and v1 is never below CVSS', () => {
    fc.assert(
      fc.property(anyInput, (one) => {
        expect(aivss('v0.8', { ...one, factorSum: 0, mitigation: 1 })).toBe(one.cvss);
        expect(aivss('v0.8', { ...one, cvss: 10, mitigation: 1 })).toBe(10);
        expect(aivss('v1', one)).toBeGreaterThanOrEqual(one.cvss);
      }),
    );
  });

  test('a number with more decimals than AIVSS gives it is refused', () => {
    expect(() => aivss('v0.8', { cvss: 9.35, factorSum: 1, threat: 1, mitigation: 1 })).toThrow(RangeError);
    expect(() => aivss('v0.8', { cvss: Number.NaN, factorSum: 1, threat: 1, mitigation: 1 })).toThrow(RangeError);
  });
});

test.each([
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10],
  ['CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 8.4],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N', 5.1],
  ['CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', 1],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', undefined],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N', undefined],
  ['CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', undefined],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A', undefined],
])('%s', (vector, base) => {
  expect(cvssBase(vector)).toBe(base);
});

const HEAD = `rules:
  - id: scored
    languages: [regex]
    severity: ERROR
    message: found
    pattern-regex: found
    metadata:
`;
const VECTOR = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

function read(metadata: string, pack?: string) {
  const lines = metadata.split('\n').map((line) => `      ${line}`);
  return parseRules({ path: 'scored.yaml', text: HEAD + lines.join('\n'), ...(pack === undefined ? {} : { pack }) });
}

describe('a rule', () => {
  const scoreOf = (metadata: string, ...more: readonly [('v0.8' | 'v0.5' | 'v1')?, boolean?]) => {
    const [rule] = read(metadata, 'own').rules;
    return rule === undefined ? undefined : ruleScore(rule.metadata, more[0] ?? 'v0.8', more[1]);
  };

  test('has the score of its vector and factors', () => {
    // 9.3 + 0.7 x 0.3 x 0.97 = 9.5037
    expect(scoreOf(`cvss: "${VECTOR}"\naivss-factors: [AA, SM, TU]`)).toEqual({
      version: 'v0.8',
      score: 9.5,
      band: 'Critical',
      cvss: 9.3,
      vector: VECTOR,
    });
    // 9.3 + 0.7 x 0.05 x 0.97
    expect(scoreOf(`cvss: "${VECTOR}"\naivss-factors: {TU: 0.5}`)?.score).toBe(9.3);
    expect(scoreOf(`cvss: "${VECTOR}"`)?.score).toBe(9.3);
    expect(scoreOf('aivss-factors: [AA]')).toBeUndefined();
  });

  test('is judged by other formulas, and lower where the data ends in a sandbox', () => {
    const metadata = `cvss: "${VECTOR}"\naivss-factors: [AA, SM, TU]`;
    expect(scoreOf(metadata, 'v0.5')?.score).toBe(6); // (9.3 + 3) / 2 x 0.97 = 5.9655
    expect(scoreOf(metadata, 'v1')?.score).toBe(9.5);
    expect(scoreOf(metadata, 'v0.8', true)?.score).toBe(7.9); // 9.5037 x 0.83 = 7.888
    expect(scoreOf(metadata, 'v1', true)?.score).toBe(9.5); // 9.3 + 0.2037 x 0.83
    const score = scoreOf(metadata, 'v1');
    expect(score === undefined ? '' : scoreText(score)).toBe('AIVSS v1 (proposal) 9.5 Critical');
  });

  test('counts planning in v0.5 only and natural language in v0.8 only', () => {
    expect(factorSum({ GP: 1, TU: 1 }, 'v0.8')).toBe(1);
    expect(factorSum({ GP: 1, TU: 1 }, 'v0.5')).toBe(2);
    expect(factorSum({ NL: 1, TU: 0.5 }, 'v0.8')).toBe(1.5);
    expect(factorSum({ NL: 1, TU: 0.5 }, 'v0.5')).toBe(0.5);
  });

  test.each([
    ['cvss', 'cvss: "CVSS:3.1/AV:N"'],
    ['cvss', 'cvss: 9.8'],
    ['cvss-why', 'cvss-why: [a, b]'],
    ['cvss-why', 'cvss-why: |\n  two\n  lines'],
    ['aivss-factors', 'aivss-factors: [XX]'],
    ['aivss-factors', 'aivss-factors: {AA: 0.7}'],
    ['aivss-factors', 'aivss-factors: AA'],
  ])('of a pack is refused where its %s is wrong: %s', (code, metadata) => {
    const parsed = read(metadata, 'own');
    expect(parsed.errors.map((error) => (error.kind === 'rule' ? [error.code, error.range.start.line] : []))).toEqual([[code, 7]]);
    expect(parsed.rules).toEqual([]);
    // Elsewhere the same words may mean something else.
    expect(read(metadata).errors).toEqual([]);
  });
});
