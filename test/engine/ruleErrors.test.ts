/** Rules that cannot be run as written are refused: where, and what the author is told. Positions are 1-based here, as people count. */
import { describe, expect, test } from 'vitest';
import { compileProgram } from '../../server/src/core/formula/program.js';
import type { RepoPath } from '../../server/src/core/index.js';
import { parseRules } from '../../server/src/core/pack/parse.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';
import { ruleErrors, ruleYaml, sessionFor } from './support.js';

const head = 'rules:\n  - id: r\n    message: m\n    severity: ERROR\n    languages: [python]\n';

const refused: readonly { readonly name: string; readonly yaml: string; readonly at: string; readonly says: RegExp }[] = [
  {
    name: 'an unknown operator',
    yaml: `${head}    patterns:\n      - pattern: f()\n      - pattern-foo: g()\n`,
    at: '8:9',
    says: /`pattern-foo` is not an operator/,
  },
  {
    name: 'an operator that is not built',
    yaml: `${head}    patterns:\n      - pattern: f($X)\n      - metavariable-analysis:\n          metavariable: $X\n          analyzer: entropy_v2\n`,
    at: '10:21',
    says: /`entropy_v2` is not supported/,
  },
  {
    name: 'a taint rule without sources',
    yaml: `${head}    mode: taint\n    pattern-sources: []\n`,
    at: '7:5',
    says: /`pattern-sources` is empty/,
  },
  {
    name: 'a taint rule without sinks',
    yaml: `${head}    mode: taint\n    pattern-sources:\n      - pattern: f()\n`,
    at: '6:5',
    says: /needs `pattern-sinks:`/,
  },
  {
    name: 'sources without taint mode',
    yaml: `${head}    pattern-sources:\n      - pattern: f()\n`,
    at: '6:5',
    says: /`pattern-sources` needs `mode: taint`/,
  },
  {
    name: 'an unknown key of a sink',
    yaml: `${head}    mode: taint\n    pattern-sources:\n      - pattern: f()\n    pattern-sinks:\n      - pattern: g($X)\n        label: A\n`,
    at: '11:9',
    says: /`pattern-sinks` has no key `label`/,
  },
  {
    name: 'labels for each metavariable of a sink',
    yaml: `${head}    mode: taint\n    pattern-sources:\n      - pattern: f()\n    pattern-sinks:\n      - pattern: g($X)\n        requires:\n          - $X: A\n`,
    at: '11:9',
    says: /`requires` with a metavariable for each label is not supported/,
  },
  {
    name: 'requires that is no expression over labels',
    yaml: `${head}    mode: taint\n    pattern-sources:\n      - pattern: f()\n    pattern-sinks:\n      - pattern: g($X)\n        requires: A and (B\n`,
    at: '11:27',
    says: /a parenthesis is not closed/,
  },
  {
    name: 'a propagator without an end',
    yaml: `${head}    mode: taint\n    pattern-sources:\n      - pattern: f()\n    pattern-sinks:\n      - pattern: g($X)\n    pattern-propagators:\n      - pattern: h($X)\n        from: $X\n`,
    at: '12:9',
    says: /needs `to:`/,
  },
  {
    name: 'a pattern beside taint mode',
    yaml: `${head}    mode: taint\n    pattern: f()\n`,
    at: '7:5',
    says: /`mode: taint` takes no `pattern`/,
  },
  { name: 'both forms in one rule', yaml: `${head}    match: f()\n    pattern: g()\n`, at: '7:5', says: /written in one form/ },
  {
    name: 'the older form under match',
    yaml: `${head}    match:\n      pattern-either:\n        - f()\n`,
    at: '7:7',
    says: /under `match:` write `any`/,
  },
  {
    name: 'the newer form in patterns',
    yaml: `${head}    patterns:\n      - any:\n          - f()\n`,
    at: '7:9',
    says: /belongs to the newer form/,
  },
  {
    name: 'match with only negations',
    yaml: `${head}    match:\n      all:\n        - not: f()\n`,
    at: '7:7',
    says: /at least one positive/,
  },
  { name: 'match with two operators', yaml: `${head}    match:\n      pattern: f()\n      regex: g\n`, at: '8:7', says: /under `all:`/ },
  {
    name: 'an unknown key in where',
    yaml: `${head}    match:\n      pattern: f($X)\n      where:\n        - metavariable: $X\n          rexeg: a\n`,
    at: '10:11',
    says: /no key `rexeg`/,
  },
  { name: 'a negation in any', yaml: `${head}    match:\n      any:\n        - not: f()\n`, at: '8:11', says: /cannot stand in `any`/ },
  {
    name: 'a pattern under match that does not parse',
    yaml: `${head}    match:\n      all:\n        - f(\n`,
    at: '8:11',
    says: /cannot be read/,
  },
  {
    name: 'an option of the wrong type',
    yaml: `${head}    pattern: f()\n    options:\n      ac_matching: maybe\n`,
    at: '8:20',
    says: /`true` or `false`/,
  },
  {
    name: 'a function that comparisons do not have',
    yaml: `${head}    patterns:\n      - pattern: f($X)\n      - metavariable-comparison:\n          comparison: abs($X) > 1\n`,
    at: '9:23',
    says: /`abs` is not a function/,
  },
  {
    name: 'a chain of comparisons',
    yaml: `${head}    patterns:\n      - pattern: f($X)\n      - metavariable-comparison:\n          comparison: 1 < $X < 3\n`,
    at: '9:30',
    says: /join two comparisons/,
  },
  { name: 'a version that is none', yaml: `${head}    pattern: f()\n    min-version: new\n`, at: '7:18', says: /must be a version/ },
  { name: 'join mode', yaml: `${head}    mode: join\n    join: {}\n`, at: '6:11', says: /`mode: join`/ },
  { name: 'a rule that would run code', yaml: `${head}    pattern-where-python: "1"\n`, at: '6:5', says: /runs nothing that a rule/ },
  { name: 'a pattern that does not parse', yaml: `${head}    pattern: f(\n`, at: '6:14', says: /cannot be read/ },
  { name: 'a pattern that the parser would repair unseen', yaml: `${head}    pattern: $X == $X 3\n`, at: '6:14', says: /`\$X == \$X 3`/ },
  { name: 'a place inside a literal block', yaml: `${head}    pattern: |\n      a = 1\n      f(]\n`, at: '8:7', says: /cannot be read/ },
  { name: 'a bad regular expression', yaml: `${head}    pattern-regex: "a("\n`, at: '6:20', says: /not a regular expression/ },
  { name: 'only negative patterns', yaml: `${head}    patterns:\n      - pattern-not: f()\n`, at: '6:5', says: /at least one positive/ },
  {
    name: 'a rule that can never match',
    yaml: `${head}    patterns:\n      - pattern: f()\n      - pattern-not: f()\n`,
    at: '8:22',
    says: /never match/,
  },
  {
    name: 'negation in pattern-either',
    yaml: `${head}    pattern-either:\n      - pattern-not: f()\n`,
    at: '7:9',
    says: /put it beside the pattern/,
  },
  { name: 'two top operators', yaml: `${head}    pattern: f()\n    pattern-regex: f\n`, at: '7:5', says: /one top operator/ },
  {
    name: 'two operators in one item',
    yaml: `${head}    patterns:\n      - pattern: f()\n        pattern-not: g()\n`,
    at: '8:9',
    says: /its own `-`/,
  },
  { name: 'an unknown option', yaml: `${head}    pattern: f()\n    options:\n      magic: true\n`, at: '8:7', says: /option `magic`/ },
  { name: 'an unknown key', yaml: `${head}    pattern: f()\n    severitty: x\n`, at: '7:5', says: /`severitty` is not a key/ },
  {
    name: 'a missing message',
    yaml: 'rules:\n  - id: r\n    severity: ERROR\n    languages: [python]\n    pattern: f()\n',
    at: '2:9',
    says: /needs `message:`/,
  },
  { name: 'a bad severity', yaml: head.replace('ERROR', 'Bad') + '    pattern: f()\n', at: '4:15', says: /not a severity/ },
  {
    name: 'an unknown language',
    yaml: head.replace('python', 'cobol') + '    pattern: f()\n',
    at: '5:17',
    says: /`cobol` is not supported/,
  },
  {
    name: 'a language that nobody knows, among others',
    yaml: head.replace('python', 'python, pyhton') + '    pattern: f()\n',
    at: '5:25',
    says: /`pyhton` is not supported; there are/,
  },
  {
    name: 'nothing but languages that are not there',
    yaml: head.replace('python', 'apex, ocaml') + '    pattern: f()\n',
    at: '5:17',
    says: /`apex` is not supported; there are/,
  },
  {
    name: 'an alias of nothing',
    yaml: `${head}    pattern: f()\n    metadata: { a: *nothing }\n`,
    at: '7:20',
    says: /no anchor `&nothing`/,
  },
  { name: 'a glob that is none', yaml: `${head}    pattern: f()\n    paths: { exclude: [{ a: b }] }\n`, at: '7:24', says: /no glob/ },
  {
    name: 'aliases that multiply',
    yaml: `x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nx-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nx-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nx-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\nx-e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nx-f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n${head}    pattern: f()\n    metadata: { a: *f }\n`,
    at: '1:1',
    says: /more than 500000 parts/,
  },
  { name: 'a number as id', yaml: head.replace('id: r', 'id: 12') + '    pattern: f()\n', at: '2:9', says: /in quotes/ },
  {
    name: 'a name that is no metavariable',
    yaml: `${head}    patterns:\n      - pattern: f($X)\n      - metavariable-regex:\n          metavariable: x\n          regex: a\n`,
    at: '9:25',
    says: /`x` is not a metavariable/,
  },
  {
    name: 'a comparison that does not parse',
    yaml: `${head}    patterns:\n      - pattern: f($X)\n      - metavariable-comparison:\n          metavariable: $X\n          comparison: $X >\n`,
    at: '10:27',
    says: /ends too early/,
  },
  { name: 'paths as a list', yaml: `${head}    pattern: f()\n    paths:\n      - a\n`, at: '8:7', says: /`include:` or `exclude:`/ },
  { name: 'no rules', yaml: 'a: 1\n', at: '1:1', says: /needs `rules:`/ },
  { name: 'broken YAML', yaml: 'rules:\n  - id: [\n', at: '3:1', says: /not valid YAML/ },
  { name: 'an empty file', yaml: '', at: '1:1', says: /starts with `rules:`/ },
  { name: 'an unknown detector', yaml: `${head}    mode: detector\n    detector: magic\n`, at: '7:15', says: /no detector `magic`/ },
  {
    name: 'a detector option that does not exist',
    yaml: `${head}    mode: detector\n    detector: hidden-unicode\n    options:\n      classes: [nothing]\n`,
    at: '8:5',
    says: /not a class of hidden characters/,
  },
  {
    name: 'a syntactic pattern in a text language',
    yaml: head.replace('python', 'comment') + '    pattern: f()\n',
    at: '6:14',
    says: /use `pattern-regex`/,
  },
];

describe('refusals', () => {
  test.each(refused)('$name', async ({ yaml, at, says }) => {
    const errors = (await ruleErrors(yaml)).filter((error) => error.level === 'error');
    expect(errors.map((error) => `${error.range.start.line + 1}:${error.range.start.column + 1}`)).toContain(at);
    expect(errors.map((error) => error.message).join('\n')).toMatch(says);
  });

  test('a rule for another version is left out with a warning', async () => {
    for (const version of ['min-version: 99.0.0', 'max-version: 1.0.0']) {
      const session = await sessionFor(`${head}    pattern: f(\n    ${version}\n`);
      expect(session.rules.map((rule) => rule.id)).not.toContain('r');
      expect(session.errors.map((error) => error.kind === 'rule' && `${error.level} ${error.code}`)).toEqual(['warning other-version']);
    }
    expect(await ruleErrors(`${head}    pattern: f()\n    min-version: 1.40.0\n    max-version: 9.0.0\n`)).toEqual([]);
  });

  test('one bad rule does not hide its neighbour', async () => {
    const session = await sessionFor(
      `${ruleYaml('python', 'f()')}  - id: bad\n    message: m\n    severity: ERROR\n    languages: [python]\n    pattern: f(\n`,
    );
    expect(session.rules.map((rule) => rule.id)).toContain('test-rule');
    expect(session.errors).toHaveLength(1);
  });

  test('the same id twice in a file', async () => {
    const one = '  - id: r\n    message: m\n    severity: ERROR\n    languages: [python]\n    pattern: f()\n';
    const errors = await ruleErrors(`rules:\n${one}${one}`);
    expect(errors.map((error) => error.code)).toEqual(['duplicate-id']);
    expect(errors[0]?.range.start.line).toBe(6);
  });

  test('an alias bomb ends', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...Array.from(
        { length: 30 },
        (_, i) => `${String.fromCodePoint(98 + (i % 20))}${i}: &n${i} [*${i === 0 ? 'a' : `n${i - 1}`}, *${i === 0 ? 'a' : `n${i - 1}`}]`,
      ),
      'rules: *n29',
    ].join('\n');
    expect((await ruleErrors(bomb)).length).toBeGreaterThan(0);
  });
});

test('a language that is not there costs a rule its own files only, and is said', async () => {
  const session = await sessionFor(`${head.replace('python', 'apex, python, OCaml')}    pattern: f()\n`);
  const errors = session.errors.flatMap((error) => (error.kind === 'rule' ? [error] : []));
  expect(errors.map(({ range, level, code }) => [range.start.line + 1, range.start.column + 1, level, code])).toEqual([
    [5, 17, 'error', 'language-left-out'],
    [5, 31, 'error', 'language-left-out'],
  ]);
  const report = await session.scan({ kind: 'text', path: 'a.py' as RepoPath, text: 'f()\n' });
  expect(report.findings.map(({ ruleId }) => ruleId)).toEqual(['r']);
});

test('a failure of ours on one rule is told as one, and the others are compiled', async () => {
  const text = `${head}    pattern: broken()\n  - {id: other, message: m, severity: ERROR, languages: [python], pattern: f()}\n`;
  const { rules } = parseRules({ path: 'rules.yaml', text });
  const parser = await createParser(readWasm);
  await parser.ensure(['python']);
  const parse: typeof parser.parse = (code, grammar) => {
    if (code.includes('broken')) throw new Error('out of order');
    return parser.parse(code, grammar);
  };
  const { program, errors } = compileProgram(rules, 'python', parse);
  expect(program.rules.map(({ rule }) => rule.id)).toEqual(['other']);
  expect(errors).toMatchObject([{ ruleId: 'r', code: 'internal', path: 'rules.yaml', level: 'error' }]);
  expect(errors[0]?.message).toContain('out of order');
});
