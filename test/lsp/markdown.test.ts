import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan, escapeMarkdown, inertMarkdown, link, visible } from '../../server/src/core/page/markdown.js';

describe('untrusted text in Markdown', () => {
  it.each([
    ['[x](command:y)', '\\[x\\](command:y)'],
    ['a <b> & c', 'a \\<b\\> \\& c'],
    ['# not a heading', '\\# not a heading'],
    ['1. not a list', '1\\. not a list'],
    ['os.system_call and _x_', 'os.system_call and \\_x\\_'],
    ['two\nlines', 'two lines'],
    ['keeps `code[0]` as code', 'keeps `code[0]` as code'],
    ['a lone ` stays', 'a lone \\` stays'],
    ['see https://x.example', 'see https:\\/\\/x.example'],
  ])('%j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('shows what hides', () => {
    expect(visible('a\u202eb\u200bc\u001bd\u{e0041}e')).toBe('a\\u{202E}b\\u{200B}c\\u{001B}d\\u{E0041}e');
  });

  it('cannot leave a code span or a code block', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '~', 'a', ' ', '\n', '[', '<') }), (text) => {
        const span = codeSpan(text);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        expect(span.slice(fence.length, -fence.length)).not.toMatch(new RegExp(`(?<!\`)${fence}(?!\`)`));
        const block = codeBlock(text).split('\n');
        expect(block.slice(1, -1).filter((line) => line.startsWith(block[0] ?? '```'))).toEqual([]);
      }),
    );
  });

  it('keeps what an author may write, and nothing that acts', () => {
    const text = 'Use *this*:\n\n```python\nx = [1](2) <b>\n```\n\n[click](command:x) <img src=y> `a[0]` ![i](https://e.example)';
    const inert = inertMarkdown(text);
    expect(inert).toContain('Use *this*:');
    expect(inert).toContain('```python\nx = [1](2) <b>\n```');
    expect(inert).toContain('`a[0]`');
    expect(inert).toContain('\\[click\\](command:x) \\<img src=y>');
  });

  it.each([
    ['\\[x](command:y)', '\\[x\\](command:y)'],
    ['\\\\[x](command:y)', '\\\\\\[x\\](command:y)'],
    ['an empty __builtins__', 'an empty \\_\\_builtins\\_\\_'],
    ['[x]: command:y', '\\[x\\]: command:y'],
  ])('takes the activity out of %j', (text, expected) => {
    expect(inertMarkdown(text)).toBe(expected);
  });

  it('links only to https', () => {
    expect(link('CWE-95', 'https://cwe.mitre.org/data/definitions/95.html')).toBe(
      '[CWE-95](https://cwe.mitre.org/data/definitions/95.html)',
    );
    for (const href of [
      'command:x',
      'http://x.example',
      'javascript:alert(1)',
      'https://x.example/) [y](command:z',
      'https://x.example/a b',
    ]) {
      expect(link('x', href)).toBe('x');
    }
  });
});
