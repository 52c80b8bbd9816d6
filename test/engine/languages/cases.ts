/** Cases of one language: a pattern, and code whose matching lines end in `#<` or `//<`, or are listed where a mark would be code. */
import { describe, expect, test } from 'vitest';
import { linesFound, marked, type TestLanguage } from '../support.js';

export interface Case {
  readonly name: string;
  readonly pattern: string;
  readonly code: string;
  /** 1-based. */
  readonly lines?: readonly number[];
  /** More keys of the rule. */
  readonly extra?: string;
}

export function testCases(language: TestLanguage, cases: readonly Case[]): void {
  describe(language, () => {
    test.each(cases)('$name', async ({ pattern, code, lines, extra }) => {
      expect(await linesFound(language, pattern, code, extra)).toEqual(lines ?? marked(code));
    });
  });
}
