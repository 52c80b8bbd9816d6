/** Regular expressions of rules: PCRE's meaning, and that none can hang a scan. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex, REGEX_STEPS, type TextRegex } from '../../server/src/core/model/regex.js';
import { parsePcre } from '../../server/src/core/model/pcre.js';
import { createBacktracker } from '../../server/src/core/model/regexBacktrack.js';
import { toEcmaScript, toLinear } from '../../server/src/core/model/regexPrint.js';
import { ruleYaml, sessionFor, textInput } from './support.js';

function regex(source: string, multiline = true): TextRegex {
  const compiled = compileRegex(source, multiline);
  if ('error' in compiled) throw new Error(`${source}: ${compiled.error}`);
  return compiled.regex;
}

describe('meaning', () => {
  const cases: readonly (readonly [source: string, text: string, found: string | undefined])[] = [
    ['(?i)abc', 'xABC', 'ABC'],
    ['a(?i)b', 'aB', 'aB'],
    ['a(?i)b', 'AB', undefined],
    ['(?i:a)b', 'Ab', 'Ab'],
    ['(?i:a)b', 'aB', undefined],
    ['(?i)a(?-i)b', 'Ab', 'Ab'],
    ['a|(?i)b|c', 'C', 'C'],
    ['(?s)a.b', 'a\nb', 'a\nb'],
    ['a.b', 'a\nb', undefined],
    ['(?x) a b # comment', 'ab', 'ab'],
    ['(?#note)a', 'a', 'a'],
    ['\\Aab', 'xab', undefined],
    ['a\\Z', 'ba\n', 'a'],
    ['a\\z', 'ba\n', undefined],
    ['^b', 'a\nb', 'b'],
    ['(?-m)^b', 'a\nb', undefined],
    ['a$', 'a\nb', 'a'],
    ['\\Qa.b\\E', 'axb a.b', 'a.b'],
    ['\\hx', '\tx', '\tx'],
    ['\\x41\\x{42}\\103', 'ABC', 'ABC'],
    ['[[:digit:]]+x', '12x', '12x'],
    ['[[:^digit:]]+', '12x', 'x'],
    ['[]a]+', ']a', ']a'],
    ['[^]a]', ']ab', 'b'],
    ['[a\\]b]+', 'a]b', 'a]b'],
    ['[\\w-]+', 'a-b', 'a-b'],
    ['a{,3}', 'a{,3}', 'a{,3}'],
    ['a{2}', 'aaa', 'aa'],
    ['a++ab?', 'aaab', undefined],
    ['a*+b', 'aab', 'aab'],
    ['(?>a|ab)c', 'abc', undefined],
    ['(?>a|ab)bc', 'abc', 'abc'],
    ['(?P<q>["\']).*?(?P=q)', 'x = "it\'s"', '"it\'s"'],
    ['(?P<n>a)b', 'ab', 'ab'],
    ['(?<q>a)\\k<q>', 'aa', 'aa'],
    ['(a)\\g{-1}', 'aa', 'aa'],
    ['(a)|b\\1', 'b', undefined],
    ['(?:(a)|b)\\1', 'b', undefined],
    ['(?i)(a)\\1', 'aA', 'aA'],
    ['(?<=ab)c', 'abc', 'c'],
    ['(?<!a)b', 'ab', undefined],
    ['\\p{Lu}\\p{Ll}+', 'x Änd', 'Änd'],
    ['\\Ra', '\r\na', '\r\na'],
    ['a\\s+b', 'a \n b', 'a \n b'],
    ['\\bfoo\\b', 'a foo.', 'foo'],
    ['😀+', '😀😀', '😀😀'],
    ['(?=a)a|b', 'b', 'b'],
  ];
  test.each(cases)('%s on %j', (source, text, found) => {
    expect(regex(source).find(text, 0)?.groups[0]).toBe(found);
    // The engine that counts its steps means the same.
    const parsed = parsePcre(source, true);
    if ('error' in parsed) throw new Error(parsed.error);
    const spans = createBacktracker(parsed)(text, 0, false, { left: REGEX_STEPS });
    expect(spans === undefined ? undefined : text.slice(spans[0], spans[1])).toBe(found);
  });

  test('groups by number and name, with their places', () => {
    const found = regex('(?<key>\\w+)=(?:x|(y))(?>z)(\\d)').find('a  k=xz1', 0);
    expect(found?.groups.slice(1)).toEqual(['k', undefined, '1']);
    expect(found?.names).toEqual([['key', 1]]);
    expect(found?.spanOf(3)).toEqual({ start: 7, end: 8 });
  });

  test('the three engines agree', () => {
    const piece = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', 'a*', 'b+?', '(a|b)', '(?:ab|a)*', 'a?', '^', '$', '\\b', 'a{1,2}');
    const source = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(source, text, (pattern, subject) => {
        const parsed = parsePcre(pattern, true);
        if ('error' in parsed) return;
        const spans = createBacktracker(parsed)(subject, 0, false, { left: REGEX_STEPS });
        const printed = toEcmaScript(parsed);
        const native = printed === undefined ? null : new RegExp(printed.source, printed.flags).exec(subject);
        expect(native?.[0]).toBe(spans === undefined ? undefined : subject.slice(spans[0], spans[1]));
        expect(native?.index).toBe(spans?.[0]);
        expect(toLinear(parsed) === undefined || typeof toLinear(parsed)?.source === 'string').toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    '(?R)',
    '(?1)',
    '(?(1)a|b)',
    '\\K',
    '\\G',
    '\\X',
    '(?P>n)',
    '(?|a)',
    '(*SKIP)a',
    '[a',
    '[[:word',
    '(a',
    'a)',
    '*a',
    'a{3,2}',
    '\\2(a)',
    '(?n)a',
  ])('%s is refused', (source) => {
    expect(compileRegex(source, true)).toHaveProperty('error');
  });
});

/** Expressions that take exponential or high polynomial time in a backtracking engine, and text that makes them. */
const CATASTROPHES: readonly (readonly [source: string, text: string])[] = [
  ['(a+)+$', `${'a'.repeat(60_000)}!`],
  ['(a|a)*$', `${'a'.repeat(60_000)}!`],
  ['(a|aa)+$', `${'a'.repeat(60_000)}!`],
  ['(.*)*x', 'a'.repeat(60_000)],
  ['^(\\w+\\s?)*$', `${'a'.repeat(60_000)}!`],
  ['((a*)*)*b', 'a'.repeat(60_000)],
  ['(x+x+)+y', 'x'.repeat(60_000)],
  ['(?=(a+)+$)b', `${'a'.repeat(60_000)}!`],
  ['(a+)+\\1$', `${'a'.repeat(60_000)}!`],
  ['(?<!c)(a+)+$', `${'a'.repeat(60_000)}!`],
  ['(?>(a+)+)b', `${'a'.repeat(60_000)}!`],
  ['(a?){40}a{40}', 'a'.repeat(39)],
  ['(?=x)?(a?){40}a{40}', 'a'.repeat(39)],
  ['.*.*.*.*=.*', 'a'.repeat(60_000)],
  ['(?!z).*.*.*.*=.*', 'a'.repeat(60_000)],
  ['\\s+$', ' '.repeat(200_000) + 'x'],
  ['(?<!y)\\s+$', ' '.repeat(200_000) + 'x'],
  ['\\([^)]*x\\)', '('.repeat(200_000)],
  ['(?=\\()\\([^)]*x\\)', '('.repeat(200_000)],
  ['([a-z]{1,100}){1,100}[0-9]', 'a'.repeat(60_000)],
  ['(?:a|b|ab)*c(?=d)', 'ab'.repeat(30_000)],
  ['(?i)^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60_000)],
  ['(\\w+)\\s*=\\s*\\1\\s*=\\s*\\1x', 'a'.repeat(60_000)],
];

describe('whether a match stays in its line', () => {
  test.each(['key=[A-Z]+', '^import .*$', '\\bfoo\\b(?=\\s)', '.*<\\w+.*\\n', '(?<!\\w)x', 'a(?!b)'])('%s does', (source) => {
    expect(regex(source).withinLine).toBe(true);
  });
  test.each(['a\\s+b', '[^"]x', '(?s)a.b', '\\Aimport', 'x\\z', 'a*', '(?<=\\n)x', '\\n+'])('%s may not', (source) => {
    expect(regex(source).withinLine).toBe(false);
  });
});

describe('an expression that matches all of a text or nothing', () => {
  test.each([
    ['(?s)\\A.*foo.*bar.*', 'x bar\nfoo\nbar\n', true],
    ['(?s)\\A.*foo.*bar.*', 'bar foo', false],
    ['(?s)\\A(?:.*\\n)?(?:a|b)c.*', 'x\nbc', true],
    ['(?s)\\A(?:.*\\n)?(?:a|b)c.*', 'x bc\n', false],
    ['(?s)\\A.*(?<!\\n)\\ba.b.*', 'a\nb', true],
    ['(?s)\\A.*(?<!\\n)\\ba.b.*', 'x\na\nb', false],
  ])('%s over %j', (source, text, matches) => {
    const all = matches ? { start: 0, end: text.length } : undefined;
    const { find, matchesAtStart } = regex(source);
    for (const found of [find(text, 0), matchesAtStart(text)]) expect(found && { start: found.start, end: found.end }).toEqual(all);
    expect(find(text, 0)?.groups).toEqual(matches ? [text] : undefined);
    expect(find(text, 1)).toBeUndefined();
  });
});

describe('what a text must hold in one of its lines', () => {
  test.each([
    ['(?s)\\A.*foo\\(.*', 'a\nx foo(1)\nb', 'a\nfo\no('],
    ['(?s)\\A.*(?:[^a-z]|_)ask.*', 'a\nask', 'task\nbask'],
    ['(?s)\\A(?:.*\\n)?import x\\b.*', 'y\nimport x', 'y import x\n'],
  ])('%s', (source, with_, without) => {
    const { contained } = regex(source);
    for (const text of [with_, without]) {
      const whole = regex(source).find(text, 0);
      expect(whole === undefined, text).toBe(contained?.find(text, 0) === undefined);
      expect([undefined, text.length]).toContain(whole?.end);
    }
    expect(contained?.find(with_, 0)).toBeDefined();
    expect(contained?.find(without, 0)).toBeUndefined();
  });
  test.each(['(?s)\\A.*foo', '(?s).*foo.*', '(?s)\\A.*a.b.*', '(?s)\\A.*(foo).*', '\\A.*foo.*', '(?s)\\A.*(?:a|b)*.*', '(?s)\\A.*foo.*?'])(
    '%s asks for more',
    (source) => {
      expect(regex(source).contained).toBeUndefined();
    },
  );
});

describe('no expression hangs', () => {
  test.each(CATASTROPHES)('%s', (source, text) => {
    const budget = { left: REGEX_STEPS };
    // Ends at all: with an answer, or with its steps used up.
    const found = regex(source).find(text, 0, budget);
    expect(found === undefined || budget.left > 0).toBe(true);
    expect(regex(source).matchesAtStart(text, { left: REGEX_STEPS })?.start ?? 0).toBe(0);
  });

  test('a rule that gives up is reported, and every other finding is there', async () => {
    const bad = CATASTROPHES.filter(([source]) => /\(\?[=!<]|\\1/.test(source)).slice(0, 4);
    const rules = bad.map(
      ([source], at) => `  - id: bad-${at}\n    message: m\n    severity: ERROR\n    languages: [regex]\n    pattern-regex: '${source}'\n`,
    );
    const asked = `  - id: asked\n    message: m\n    severity: ERROR\n    languages: [python]\n    patterns:\n      - pattern: f("$X")\n      - metavariable-regex:\n          metavariable: $X\n          regex: (?=(a+)+$)b\n`;
    const session = await sessionFor(`${ruleYaml('python', 'exec($X)')}${rules.join('')}${asked}`);
    expect(session.errors).toEqual([]);
    const code = `exec(a)\nf("${'a'.repeat(20_000)}!")\nexec(b)\n`;
    const report = await session.scan(textInput('a.py', code), { limits: { timeoutMs: 60_000, maxLength: 1e7 } });
    expect(report.findings.filter((finding) => finding.ruleId === 'test-rule').map((finding) => finding.range.start.line)).toEqual([0, 2]);
    expect(report.coverage.state).toBe('partial');
    const unfinished = report.coverage.reasons.map((reason) =>
      reason.kind === 'file' ? `${reason.code} ${reason.ruleId ?? ''}` : reason.kind,
    );
    expect(unfinished).toContain('timeout asked');
    expect(unfinished.filter((reason) => reason.startsWith('timeout bad-')).length).toBeGreaterThan(0);
  });

  test('many rules that give up end with the time limit of the file', async () => {
    const rules = Array.from(
      { length: 60 },
      (_, at) => `  - id: bad-${at}\n    message: m\n    severity: ERROR\n    languages: [regex]\n    pattern-regex: '(?=(a+)+${at}$)a'\n`,
    );
    const session = await sessionFor(`${ruleYaml('python', 'exec($X)')}${rules.join('')}`);
    const report = await session.scan(textInput('a.py', `exec(a)\n# ${'a'.repeat(20_000)}!\n`), {
      limits: { timeoutMs: 300, maxLength: 1e7 },
    });
    expect(report.findings.filter((finding) => finding.ruleId === 'test-rule')).toHaveLength(1);
    const unfinished = new Set(
      report.coverage.reasons.flatMap((reason) => (reason.kind === 'file' && reason.code === 'timeout' ? [reason.ruleId] : [])),
    );
    expect([...unfinished].filter((id) => id?.startsWith('bad-') === true)).toHaveLength(60);
  });

  test('the linear-time engine stops in the middle of a search when time is up', () => {
    const slow = regex('(?:a|aa|aaa)+[^ab]');
    const text = 'a'.repeat(50_000);
    const whole = { left: REGEX_STEPS, expired: () => false };
    expect(slow.find(text, 0, whole)).toBeUndefined();
    expect(whole.left).toBeGreaterThan(0);
    let asked = 0;
    const late = { left: REGEX_STEPS, expired: () => ++asked > 3 };
    expect(slow.find(text, 0, late)).toBeUndefined();
    expect([late.left, asked]).toEqual([0, 4]);
    // The engine is as good as new.
    expect(slow.find(`${text};`, 0, { left: REGEX_STEPS, expired: () => false })?.end).toBe(50_001);
  });
});
