/** No input crashes, hangs or confuses the engine; whatever is not scanned is said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineIndex } from '../../server/src/core/index.js';
import type { FileReport, RepoPath } from '../../server/src/core/index.js';
import { ruleErrors, ruleYaml, scan, sessionFor, textInput } from './support.js';

const everything = `${ruleYaml('python', 'exec($X)')}  - id: any
    message: m $PAYLOAD
    severity: INFO
    languages: [regex]
    mode: detector
    detector: hidden-unicode
  - id: comments
    message: m
    severity: INFO
    languages: [comment]
    pattern-regex: (?i)ignore
`;

const code = fc
  .array(
    fc.constantFrom(
      'exec(',
      ')',
      'def f(',
      '):\n',
      '    ',
      '"',
      "'",
      '"""',
      '#',
      '\n',
      '\\',
      '{',
      '}',
      '[',
      'x',
      ' ',
      '=',
      '\u0000',
      '\ud800',
      '\u{e0041}',
      '\u202e',
      'é',
      '😀',
      '$X',
      '...',
      '%%bash\n',
      '\r\n',
      '\r',
      '`',
      '${',
      '/*',
      '*/',
      '<a',
      '/>',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('any text', () => {
  test.each(['a.py', 'a.js', 'a.tsx', 'a.sh', 'a.md', 'a.ipynb', 'a.bin'])('%s: findings lie in the file, twice the same', async (path) => {
    const session = await sessionFor(everything);
    await fc.assert(
      fc.asyncProperty(code, async (text) => {
        const first = await session.scan(textInput(path, text));
        const second = await session.scan(textInput(path, text));
        expect(second).toEqual(first);
        expect(first.errors).toEqual([]);
        for (const { range } of first.findings) {
          expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
          expect(range.end.offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('incremental parsing sees what a fresh parse sees', async () => {
    const session = await sessionFor(everything);
    await fc.assert(
      fc.asyncProperty(fc.array(code, { minLength: 2, maxLength: 6 }), async (versions) => {
        for (const text of versions) {
          const incremental = await session.scan(textInput('a.py', text), { reuseKey: 'doc' });
          const fresh = await session.scan(textInput('a.py', text));
          expect(incremental.findings).toEqual(fresh.findings);
        }
        session.release('doc');
      }),
      { numRuns: 60 },
    );
  });

  test('any rule text is read or refused', async () => {
    const yaml = fc
      .array(
        fc.constantFrom(
          'rules:',
          '\n',
          '  ',
          '- ',
          'id: a',
          'pattern: ',
          'patterns:',
          'f(...)',
          '$X',
          '|',
          '"',
          "'",
          '[',
          ']',
          '{',
          '}',
          ': ',
          '&a ',
          '*a',
          '<<: ',
          '!!int ',
          '#',
          'languages: [python]',
          'message: m',
          'severity: ERROR',
          '---',
          '\t',
          '\u0000',
          '?',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(yaml, async (text) => {
        for (const error of await ruleErrors(text)) expect(error.message.length).toBeGreaterThan(5);
      }),
      { numRuns: 150 },
    );
  });
});

describe('positions', () => {
  test('offsets and lines agree for every text', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '😀', 'é', ''), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(60), (value, at) => {
        const lines = createLineIndex(value);
        const offset = Math.min(at, value.length);
        const position = lines.positionAt(offset);
        // Between \r and \n there is no column of its own.
        if (value[offset] === '\n' && value[offset - 1] === '\r') return;
        expect(lines.offsetAt(position.line, position.column)).toBe(offset);
      }),
    );
  });

  test('astral characters count as two', async () => {
    const report = await scan(ruleYaml('python', 'exec($X)'), textInput('a.py', 'x = "😀"; exec(y)\n'));
    expect(report.findings[0]?.range.start).toEqual({ line: 0, column: 10, offset: 10 });
  });
});

describe('hard input', () => {
  const states = (report: FileReport): string[] =>
    report.coverage.reasons.map((reason) => (reason.kind === 'file' ? reason.code : reason.kind));

  test('deep nesting is cut and said', async () => {
    const report = await scan(
      ruleYaml('python', 'exec($X)'),
      textInput('a.py', `exec(a)\nx = ${'['.repeat(10_000)}exec(b)${']'.repeat(10_000)}\n`),
    );
    expect(report.findings).toHaveLength(1);
    expect(states(report)).toContain('too-deep');
  });

  test('aliases of YAML are followed up to a number, and that is said', async () => {
    const states = [200, 201].map(async (count) => {
      const text = `a: &a [x]\nb:\n${'  - *a\n'.repeat(count)}`;
      const { coverage } = await scan(ruleYaml('yaml', 'a: $X'), textInput('a.yaml', text));
      return [coverage.state, ...coverage.reasons.map((reason) => reason.kind === 'file' && reason.code)];
    });
    expect(await Promise.all(states)).toEqual([['scanned'], ['partial', 'too-deep']]);
  });

  test('a sum of ten thousand strings', async () => {
    const report = await scan(
      ruleYaml('javascript', 'eval($X)'),
      textInput('a.js', `eval(a);\nconst x = ${Array.from({ length: 10_000 }, (_, i) => `"${i}"`).join(' + ')};\n`),
    );
    expect(report.findings).toHaveLength(1);
  });

  test('a syntax error leaves the rest', async () => {
    const report = await scan(ruleYaml('python', 'exec($X)'), textInput('a.py', 'exec(a)\ndef (:\n\nexec(b)\n'));
    expect(report.findings.map((finding) => finding.range.start.line)).toEqual([0, 3]);
    expect(report.coverage.state).toBe('partial');
    expect(states(report)).toEqual(['parse-error']);
  });

  test('too long', async () => {
    const session = await sessionFor(ruleYaml('python', 'exec($X)'));
    const report = await session.scan(textInput('a.py', 'exec(a)\n'.repeat(100)), { limits: { timeoutMs: 1000, maxLength: 100 } });
    expect(report.coverage.state).toBe('skipped');
    expect(states(report)).toEqual(['too-large']);
  });

  test('out of time', async () => {
    const session = await sessionFor(ruleYaml('python', 'exec($X)'));
    const report = await session.scan(textInput('a.py', 'exec(a)\n'.repeat(2000)), { limits: { timeoutMs: -1, maxLength: 1_000_000 } });
    expect(report.coverage.state).toBe('partial');
    expect(states(report)).toContain('timeout');
  });

  test('cancelled', async () => {
    const session = await sessionFor(ruleYaml('python', 'exec($X)'));
    const report = await session.scan(textInput('a.py', 'exec(a)\n'), { cancel: { cancelled: true } });
    expect(report.findings).toEqual([]);
    expect(states(report)).toContain('cancelled');
  });

  test('memory stays flat over many edits', async () => {
    const session = await sessionFor(everything);
    const text = (i: number): string => `${'def f(a):\n    return exec(a)\n'.repeat(200)}x = ${i}\n`;
    for (let i = 0; i < 50; i++) await session.scan(textInput('a.py', text(i)), { reuseKey: 'doc' });
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 200; i++) await session.scan(textInput('a.py', text(i)), { reuseKey: 'doc' });
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  });
});

describe('long runs of one thing, over which a careless expression of our own would never end', () => {
  const long = 200_000;
  const cases: readonly (readonly [name: string, path: string, text: string])[] = [
    ['a line of spaces in a comment', 'a.js', `// <!-- ${' '.repeat(long)}x\nexec(a)\n`],
    ['open HTML comments', 'AGENTS.md', `${'<!--'.repeat(long)} countersign: ignore[a]\n`],
    ['digits', 'a.py', `x = ${'1'.repeat(long)}\nexec(a)\n`],
    ['empty lines in a YAML scalar', 'a.yaml', `a: >\n  b${'\n'.repeat(long)}\n  c\n`],
  ];
  test.each(cases)('%s', async (_, path, text) => {
    const session = await sessionFor(
      `${ruleYaml('python', 'exec($X)')}${['python', 'yaml', 'javascript'].map((language) => `  - id: compared-${language}\n    message: m\n    severity: INFO\n    languages: [${language}]\n    patterns:\n      - pattern: $X\n      - metavariable-comparison:\n          metavariable: $X\n          comparison: $X > 5\n          strip: true\n`).join('')}`,
    );
    const report = await session.scan(textInput(path, text), { limits: { timeoutMs: 3_600_000, maxLength: 1e7 } });
    expect(report.errors).toEqual([]);
    expect(report.coverage.state).not.toBe('skipped');
  });

  test('hidden characters in one line', async () => {
    const rule = (name: string): string =>
      `  - id: ${name}\n    message: $COUNT\n    severity: INFO\n    languages: [regex]\n    mode: detector\n    detector: hidden-unicode\n    options:\n      classes: [${name}]\n`;
    const session = await sessionFor(`rules:\n${rule('bidi-marks')}${rule('bidi-controls')}`);
    const report = await session.scan(textInput('a.txt', 'a\u200e\u202e'.repeat(long)), {
      limits: { timeoutMs: 3_600_000, maxLength: 1e7 },
    });
    expect(report.findings.map(({ message }) => message)).toEqual([String(long), String(long)]);
  });

  test('a line of spaces in a notebook', async () => {
    const session = await sessionFor(ruleYaml('python', 'exec($X)'));
    const cells = [{ index: 0, kind: 'code' as const, language: 'python', text: `${' '.repeat(long)}\nexec(a)\n` }];
    const report = await session.scan({ kind: 'notebook', path: 'a.ipynb' as RepoPath, cells });
    expect(report.findings).toHaveLength(1);
  });
});
