import { describe, expect, it } from 'vitest';
import { fixText } from '../../server/src/cli/autofix.js';

function fix(start: number, end: number, text: string) {
  const at = (offset: number) => ({ line: 0, column: offset, offset });
  return { range: { start: at(start), end: at(end) }, text };
}

describe('fixText', () => {
  it('applies fixes from any order', () => {
    expect(fixText('aa bb cc', [fix(6, 8, 'C'), fix(0, 2, 'A')])).toEqual({ text: 'A bb C', applied: 2, overlapping: 0 });
  });
  it('counts the same fix from two rules once', () => {
    expect(fixText('aa', [fix(0, 2, 'A'), fix(0, 2, 'A')])).toEqual({ text: 'A', applied: 1, overlapping: 0 });
  });
  it('leaves out what overlaps an applied fix', () => {
    expect(fixText('f(g(x))', [fix(2, 6, 'G'), fix(0, 7, 'F')])).toEqual({ text: 'F', applied: 1, overlapping: 1 });
    expect(fixText('ab', [fix(0, 1, 'x'), fix(0, 1, 'y')])).toEqual({ text: 'xb', applied: 1, overlapping: 1 });
  });
  it('applies neighbours', () => {
    expect(fixText('ab', [fix(0, 1, 'x'), fix(1, 2, 'y')])).toEqual({ text: 'xy', applied: 2, overlapping: 0 });
  });
});
