import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createPaint, displayWidth, elide, escapeTerminal, terminalWidth, wantsColour, wrap } from '../../server/src/cli/terminal.js';
import { renderFrame } from '../../server/src/cli/reporters/frame.js';
import { ACTIVE } from './support.js';

describe('escapeTerminal', () => {
  it.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\u009b2Jb', 'a\\u{9b}2Jb'],
    ['a\r\nb\u007f', 'a\\u{d}\\u{a}b\\u{7f}'],
    ['\u202eevil', '\\u{202e}evil'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone \ud800 surrogate', 'lone \\u{d800} surrogate'],
    ['blank\u3164filler', 'blank\\u{3164}filler'],
    ['日本語 é 🎉', '日本語 é 🎉'],
  ])('%j', (text, expected) => {
    expect(escapeTerminal(text)).toBe(expected);
  });

  test('leaves nothing active in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !ACTIVE.test(escapeTerminal(text)) && !escapeTerminal(text).includes('\n')),
    );
  });
});

describe('layout', () => {
  it('counts wide characters as two columns', () => {
    expect(displayWidth('你好a')).toBe(5);
    expect(displayWidth('e\u0301')).toBe(1);
  });
  it('wraps at spaces and cuts what is longer than a line', () => {
    expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('', 3)).toEqual(['']);
  });
  it('keeps both ends of a long name', () => {
    expect(elide('src/agent/very/long/name.py', 11)).toBe('src/a…me.py');
  });
  it('knows when colour is wanted', () => {
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour({}, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
    expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour({}, {})).toBe(false);
  });
});

describe('terminalWidth', () => {
  it.each([
    [{ columns: 100 }, {}, 100],
    [{ columns: 0 }, {}, 80],
    [{}, { COLUMNS: '60' }, 60],
    [{}, { COLUMNS: 'x' }, 80],
    [{ columns: 300 }, {}, 120],
    [{ columns: 10 }, {}, 40],
  ])('%j %j', (stream, env, width) => {
    expect(terminalWidth(stream, env)).toBe(width);
  });
});

describe('code frame', () => {
  const frame = (text: string, start: readonly [number, number], end: readonly [number, number], width = 80) => {
    const lines = text.split('\n');
    const at = ([line, column]: readonly [number, number]) => ({ line, column, offset: 0 });
    return renderFrame({ start: at(start), end: at(end) }, (line) => lines[line], {
      width,
      paint: createPaint(false),
      style: 'red',
      indent: '',
    });
  };

  it('points at the finding, one line around it', () => {
    expect(frame('one\n  exec(x)\nthree', [1, 2], [1, 9])).toEqual(['  1 │ one', '  2 │   exec(x)', '    │   ^^^^^^^', '  3 │ three']);
  });
  it('points past tabs, wide and invisible characters', () => {
    expect(frame('\t你\u202eexec(x)', [0, 3], [0, 10])).toEqual(['  1 │     你\\u{202e}exec(x)', '    │               ^^^^^^^']);
  });
  it('leaves out the middle of a long range', () => {
    const lines = frame(Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join('\n'), [4, 0], [24, 7]);
    expect(lines.join('\n')).toContain('⋮');
    expect(lines.length).toBeLessThan(12);
    expect(lines.at(-2)).toBe(' 25 │ line 25'.padStart(3));
  });
  test('never exceeds the width, whatever the line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.nat(400),
        fc.nat(60),
        fc.integer({ min: 40, max: 120 }),
        (raw, from, length, width) => {
          const text = raw.replaceAll('\n', ' ');
          const start = Math.min(from, text.length);
          return frame(text, [0, start], [0, Math.min(text.length, start + length)], width).every(
            (line) => displayWidth(line) <= width && !ACTIVE.test(line),
          );
        },
      ),
    );
  });
  it('is quick on a line of a megabyte', () => {
    const [line = ''] = frame(`${'x'.repeat(500_000)}exec(y)${'z'.repeat(500_000)}`, [0, 500_000], [0, 500_007]);
    expect(line).toContain('exec(y)');
    expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });
});
