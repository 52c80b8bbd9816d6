/**
 * Regular expressions that would run for years in a plain backtracking engine, each as a rule in a whole scan beside an innocent one: the scan
 * ends, the innocent rule's findings are all there, and the bad rule has either its exact answer or a timeout that names it.
 * What ends it are counted steps, the same on every machine: the time limit is set far out of reach.
 */
import { describe, expect, test } from 'vitest';
import type { FileReport } from '../../server/src/core/index.js';
import { ruleYaml, sessionFor, textInput } from './support.js';

const LONG = 20_000;
const as = 'a'.repeat(LONG);
const pairs = 'ab'.repeat(LONG / 2);
const words = 'ab '.repeat(LONG / 3);
const lines = 'a\n'.repeat(LONG / 2);

/** Expression, text, and how often it is found there; `timeout` where that takes more steps than a rule has. */
type Shape = readonly [source: string, text: string, outcome: number | 'timeout'];

const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  'nested quantifiers': [
    ['(a*)*;', as, 0],
    ['((a+)+)+c;', as, 0],
    ['(?:a+){2,};', as, 0],
    ['(?:(?:a*)+b?)*;', as, 0],
  ],
  'alternations that overlap': [
    ['(?:a|aa|aaa)+;', as, 0],
    ['(?:\\w|a)*;', as, 0],
    ['(?:a|b|ab)*;', pairs, 0],
    ['(?:a|ab|b)+;', `${pairs};`, 1],
  ],
  'back-references': [
    ['(a*)*\\1;', as, 'timeout'],
    ['(a+)(a+)(a+)\\3\\2\\1;', as, 'timeout'],
    ['(a+)+\\1;', as, 'timeout'],
  ],
  lookarounds: [
    ['(?=(?:a+)+;)a', as, 'timeout'],
    ['(?<!x)(?:\\w+\\s?)+:', words, 'timeout'],
    ['(?!(?:a|a)+;)a+[^\\x00-\\x7f]', as, 'timeout'],
    ['(?<=(a|aa))(?:a|aa)+[^\\x00-\\x7f]', as, 'timeout'],
    ['(?:(?=a)a|a)*;', as, 'timeout'],
  ],
  'possessive and atomic': [
    ['(?:a*+)*;', as, 'timeout'],
    ['(?>a+)+;(?=c)', as, 'timeout'],
    ['(?>(?:a|a)+)+;', as, 'timeout'],
    ['(?:a++a?)*;', as, 'timeout'],
  ],
  'counted repetitions': [
    ['(?:a{1,50}){1,50}[^\\x00-\\x7f]', as, 'timeout'],
    // `a;` is nowhere in the text: not run at all.
    ['(?:a{1,60}){1,60};', as, 0],
    ['(?=(a{0,500}){0,500};)a', as, 'timeout'],
    ['(?:(?:a?){100}){100};(?=c)', as, 'timeout'],
    ['a{0,300}a{0,300}a{0,300};', 'a'.repeat(2_000), 0],
    ['(?:a{1,1000}){1,3};|aa!', as, 'timeout'],
  ],
  'classes of Unicode': [
    ['(?:\\p{L}+\\d?)+;(?=x)', 'é'.repeat(LONG), 'timeout'],
    ['([\\p{L}\\p{N}]+)+$(?!.)', `${'я1'.repeat(LONG / 2)}!`, 'timeout'],
    ['(?i)(?:ß|ss|s)+$(?<!s)', `${'sS'.repeat(LONG / 2)}!`, 'timeout'],
  ],
  'anchors on many lines': [
    ['^(?:.*\\n)*.*;$(?!\\n)', lines, 'timeout'],
    ['(?:^\\s*$\\n?)*x(?<=y)', '\n \n'.repeat(LONG / 3), 'timeout'],
    ['(?:^.*$\\s*)+;', lines, 0],
    ['\\A(?:[^\\n]*\\n?)*\\Z(?<=;)', lines, 'timeout'],
  ],
};

const LIMITS = { limits: { timeoutMs: 3_600_000, maxLength: 1e7 } };
const innocent = ruleYaml('python', 'exec($X)');

function rule(id: string, languages: string, body: string): string {
  return `  - id: ${id}\n    message: m\n    severity: ERROR\n    languages: [${languages}]\n${body}`;
}

function timeouts(report: FileReport): string[] {
  return report.coverage.reasons.flatMap((reason) => (reason.kind === 'file' && reason.code === 'timeout' ? [reason.ruleId ?? ''] : []));
}

function linesOf(report: FileReport, id: string): number[] {
  return report.findings.filter((finding) => finding.ruleId === id).map((finding) => finding.range.start.line);
}

for (const [kind, shapes] of Object.entries(SHAPES)) {
  describe(kind, () => {
    test.each(shapes)('%s', async (source, text, outcome) => {
      const session = await sessionFor(`${innocent}${rule('bad', 'regex', `    pattern-regex: '${source}'\n`)}`);
      expect(session.errors).toEqual([]);
      const report = await session.scan(textInput('a.py', `exec(a)\nx = """${text}"""\nexec(b)\n`), LIMITS);
      expect(linesOf(report, 'test-rule')).toEqual([0, 2 + (text.split('\n').length - 1)]);
      expect(timeouts(report)).toEqual(outcome === 'timeout' ? ['bad'] : []);
      expect(report.coverage.state).toBe(outcome === 'timeout' ? 'partial' : 'scanned');
      expect(linesOf(report, 'bad')).toHaveLength(outcome === 'timeout' ? 0 : outcome);
    });
  });
}

/** Every place of a rule that holds an expression, with one that never comes to an end on the text. */
const HELD = '(?=(?:a+)+;)a';
const PLACES: readonly (readonly [name: string, body: string])[] = [
  ['pattern-regex', `    patterns:\n      - pattern: f("...")\n      - pattern-regex: ${HELD}\n`],
  ['pattern-not-regex', `    patterns:\n      - pattern: f("...")\n      - pattern-not-regex: ${HELD}\n`],
  ['a string of a pattern', `    pattern: f("=~/${HELD}/")\n`],
  [
    'metavariable-regex',
    `    patterns:\n      - pattern: f("$X")\n      - metavariable-regex:\n          metavariable: $X\n          regex: ${HELD}\n`,
  ],
  [
    'metavariable-pattern',
    `    patterns:\n      - pattern: f("$X")\n      - metavariable-pattern:\n          metavariable: $X\n          language: generic\n          pattern-regex: ${HELD}\n`,
  ],
  [
    'metavariable-comparison',
    `    patterns:\n      - pattern: f("$X")\n      - metavariable-comparison:\n          metavariable: $X\n          comparison: re.match("${HELD}", str($X))\n`,
  ],
];

describe('wherever a rule may hold it', () => {
  test.each(PLACES)('%s', async (_, body) => {
    const session = await sessionFor(`${innocent}${rule('bad', 'python', body)}`);
    expect(session.errors).toEqual([]);
    const report = await session.scan(textInput('a.py', `exec(a)\nf("${as}!")\nexec(b)\n`), LIMITS);
    expect(linesOf(report, 'test-rule')).toEqual([0, 2]);
    expect(timeouts(report)).toEqual(['bad']);
    // What is not decided is no finding: a negation that gave up has taken nothing away.
    expect(linesOf(report, 'bad')).toEqual([]);
  });

  test('fix-regex: the finding is there, without a fix', async () => {
    const body = `    pattern: f("$X")\n    fix-regex:\n      regex: ${HELD}\n      replacement: c\n`;
    const session = await sessionFor(`${innocent}${rule('bad', 'python', body)}`);
    const report = await session.scan(textInput('a.py', `exec(a)\nf("${as}!")\nexec(b)\n`), LIMITS);
    expect(linesOf(report, 'test-rule')).toEqual([0, 2]);
    expect(report.findings.filter((finding) => finding.ruleId === 'bad').map((finding) => finding.fix)).toEqual([undefined]);
  });
});

test('more matches than are looked at are reported, not dropped', async () => {
  const session = await sessionFor(`${innocent}${rule('many', 'regex', `    pattern-regex: a\n`)}`);
  const report = await session.scan(textInput('a.py', `exec(a)\n# ${as}\n`), LIMITS);
  expect(linesOf(report, 'test-rule')).toEqual([0]);
  expect(timeouts(report)).toEqual(['many']);
  expect(report.coverage.state).toBe('partial');
});

test('a rule that is stopped in the middle of its work is reported', async () => {
  const session = await sessionFor(`${innocent}${rule('slow', 'regex', `    pattern-regex: '(?:a|b)'\n`)}`);
  let asked = 0;
  const cancel = {
    get cancelled() {
      return ++asked > 200;
    },
  };
  const report = await session.scan(textInput('a.py', `exec(a)\n# ${'ab'.repeat(1_000)}\n`), { ...LIMITS, cancel });
  expect(linesOf(report, 'test-rule')).toEqual([0]);
  expect(linesOf(report, 'slow').length).toBeGreaterThan(0);
  expect(timeouts(report)).toEqual(['slow']);
});

describe('ways to match that multiply', () => {
  const list = `[${Array.from({ length: 200 }, (_, at) => `x${at}`).join(', ')}]`;
  const cuts = (report: FileReport): string[] =>
    report.coverage.reasons.flatMap((reason) =>
      reason.kind === 'file' && reason.code === 'too-many-matches' ? [reason.ruleId ?? ''] : [],
    );
  const both = '- pattern: "[..., $A, ...]"\n          - pattern: "[..., $B, ...]"\n';

  test('are kept up to a number; more is reported', async () => {
    const session = await sessionFor(`${innocent}${rule('many', 'python', `    patterns:\n          ${both}`)}`);
    const report = await session.scan(textInput('a.py', `exec(a)\n${list}\nexec(b)\n`), LIMITS);
    expect(linesOf(report, 'test-rule')).toEqual([0, 2]);
    expect([linesOf(report, 'many'), cuts(report), report.coverage.state]).toEqual([[1], ['many'], 'partial']);
  });

  test('in a negation: nothing is found, since it is not known what it takes away', async () => {
    const body = `    patterns:\n      - pattern: "[...]"\n      - pattern-not:\n          patterns:\n          ${both}          - metavariable-comparison: { metavariable: $A, comparison: str($A) == "x" }\n`;
    const session = await sessionFor(`${innocent}${rule('many', 'python', body)}`);
    const report = await session.scan(textInput('a.py', `exec(a)\n${list}\nexec(b)\n`), LIMITS);
    expect(linesOf(report, 'test-rule')).toEqual([0, 2]);
    expect([linesOf(report, 'many'), cuts(report)]).toEqual([[], ['many']]);
    const short = await session.scan(textInput('a.py', 'exec(a)\n[x0, x1]\n'), LIMITS);
    expect([linesOf(short, 'many'), cuts(short)]).toEqual([[1], []]);
  });

  test('a detector says that there is more than it shows', async () => {
    const body = '    mode: detector\n    detector: hidden-unicode\n    options: { classes: [zero-width] }\n';
    const session = await sessionFor(`${innocent}${rule('hidden', 'regex', body)}`);
    const report = await session.scan(textInput('a.py', `exec(a)\n${'# a\u200bb\n'.repeat(1_001)}`), LIMITS);
    expect(linesOf(report, 'hidden')).toHaveLength(1_000);
    expect(cuts(report)).toEqual(['hidden']);
    const less = await session.scan(textInput('a.py', '# a\u200bb\n'.repeat(1_000)), LIMITS);
    expect([linesOf(less, 'hidden').length, cuts(less)]).toEqual([1_000, []]);
  });
});
