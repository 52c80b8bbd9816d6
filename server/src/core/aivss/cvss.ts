/** The base score of a CVSS v4.0 vector. The specification's tables and interpolation are a library's; what is given to it was checked before. */
import calculator from 'ae-cvss-calculator';
import { isBaseVector } from '../model/score.js';

const known = new Map<string, number>();

/** @returns 0 to 10 in tenths; undefined for what is no whole base vector */
export function cvssBase(vector: string): number | undefined {
  if (!isBaseVector(vector)) return undefined;
  let score = known.get(vector);
  if (score === undefined) {
    score = new calculator.Cvss4P0(vector).calculateScores().base;
    if (score === undefined) return undefined;
    known.set(vector, score);
  }
  return score;
}
