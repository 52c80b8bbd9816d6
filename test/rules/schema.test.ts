/** The JSON Schema of rule files: shipped as the parser's lists say, true of all built-in rules, and agreeing with the parser. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LANGUAGES, ruleSchema } from '../../server/src/core/index.js';
import * as keys from '../../server/src/core/pack/keys.js';
import { OPTIONS } from '../../server/src/core/pack/options.js';
import { parseRules } from '../../server/src/core/pack/parse.js';

const root = path.resolve(import.meta.dirname, '../..');
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(ruleSchema());

const files = readdirSync(path.join(root, 'rules'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => name.endsWith('.yaml') && !/(?:^|\/)pack\.yaml$|\.(?:test|fixed)\.yaml$/.test(name))
  .toSorted();

const head = 'rules:\n  - id: r\n    message: m\n    severity: ERROR\n    languages: [python]\n';

/** What both must say about a rule: `true` for one that can be read. */
const cases: readonly (readonly [body: string, valid: boolean])[] = [
  ['pattern: f()', true],
  ['pattern: 1', true],
  ['pattern: f()\n    patterns: []', false],
  ['patterns: [{ pattern: f() }, { pattern-not: { patterns: [{ pattern: g() }] } }]', true],
  ['patterns: [{ pattern: f(), pattern-not: g() }]', false],
  ['patterns: []', false],
  ['patterns: [{ pattern: f($X) }, { focus-metavariable: [$X] }]', true],
  ['patterns: [{ pattern: f($X) }, { focus-metavariable: x }]', false],
  ['patterns: [{ pattern: f($X) }, { metavariable-regex: { metavariable: $X, regex: a } }]', true],
  ['patterns: [{ pattern: f($X) }, { metavariable-regex: { metavariable: $X } }]', false],
  ['patterns: [{ pattern: f($X) }, { metavariable-regex: { metavariable: $X, regex: a, base: 2 } }]', false],
  ['patterns: [{ pattern: f($X) }, { metavariable-comparison: { comparison: $X > 1, base: 8 } }]', true],
  ['patterns: [{ pattern: f($X) }, { metavariable-comparison: { comparison: $X > 1, base: 99 } }]', false],
  ['patterns: [{ pattern: f($X) }, { metavariable-type: { metavariable: $X, types: [int] } }]', true],
  ['patterns: [{ pattern: f($X) }, { metavariable-type: { metavariable: $X } }]', false],
  ['patterns: [{ pattern: f($X) }, { metavariable-analysis: { metavariable: $X, analyzer: entropy } }]', true],
  ['patterns: [{ pattern: f($X) }, { metavariable-analysis: { metavariable: $X, analyzer: magic } }]', false],
  ['patterns: [{ pattern: f($X) }, { metavariable-pattern: { metavariable: $X, language: regex, pattern-regex: a } }]', true],
  ['patterns: [{ pattern: f($X) }, { metavariable-pattern: { metavariable: $X, language: cobol, pattern: a } }]', false],
  ['pattern-either: [{ pattern-not: f() }]', false],
  ['match: f()', true],
  ['match: { all: [f(), { not: g() }, { any: [{ inside: h() }, { regex: a }] }] }', true],
  ['match: { all: [f()], any: [g()] }', false],
  ['match: { patterns: [{ pattern: f() }] }', false],
  ['match: { pattern: f($X), where: [{ metavariable: $X, regex: a }, { comparison: $X > 1 }, { focus: $X }] }', true],
  ['match: { pattern: f($X), where: [{ metavariable: $X, types: [int] }, { metavariable: $X, analyzer: redos }] }', true],
  ['match: { pattern: f($X), where: [{ metavariable: $X, rexeg: a }] }', false],
  ['match: { pattern: f($X), as: $Y, fix: g() }', true],
  ['match: f()\n    pattern: f()', false],
  ['pattern: f()\n    options: { constant_propagation: false, generic_ellipsis_max_span: 3 }', true],
  ['pattern: f()\n    options: { magic: true }', false],
  ['pattern: f()\n    options: { constant_propagation: 1 }', false],
  ['pattern: f()\n    fix-regex: { regex: a, replacement: b, count: 1 }', true],
  ['pattern: f()\n    fix-regex: { regex: a }', false],
  ['pattern: f()\n    paths: { include: [a] }', true],
  ['pattern: f()\n    paths: { only: [a] }', false],
  ['pattern: f()\n    min-version: 1.0.0', true],
  ['pattern: f()\n    min-version: one', false],
  ['mode: detector\n    detector: hidden-unicode', true],
  ['mode: detector', false],
  ['mode: taint\n    pattern-sources: []', false],
  ['mode: taint\n    pattern-sources: [{ pattern: f() }]\n    pattern-sinks: [{ pattern: g($X), exact: false }]', true],
  ['mode: taint\n    pattern-sources: [{ pattern: f(), by-side-effect: only }]\n    pattern-sinks: [{ pattern: g($X), label: A }]', false],
  ['mode: taint\n    pattern-sources: [{ pattern: f() }]\n    pattern-sinks: [{ pattern: g($X) }]\n    pattern: f()', false],
  ['taint:\n      sources: [f()]\n      sinks: [{ pattern: g($X), requires: A and not B }]', true],
  ['taint:\n      sources: [f()]', false],
  ['pattern: f()\n    pattern-sinks: [{ pattern: g($X) }]', false],
  ['pattern: f()\n    frobnicate: 1', false],
];

describe('the schema of rule files', () => {
  test('is the one in the repository (npm run rule-schema writes it)', () => {
    expect(JSON.parse(readFileSync(path.join(root, 'schema/rule.schema.json'), 'utf8'))).toEqual(ruleSchema());
  });

  test.each(files)('rules/%s is valid', (name) => {
    expect({ valid: validate(parse(readFileSync(path.join(root, 'rules', name), 'utf8'))), errors: validate.errors }).toEqual({
      valid: true,
      errors: null,
    });
  });

  test.each(cases)('schema and parser agree on: %s', (body, valid) => {
    const source = `${head}    ${body}\n`;
    expect(validate(parse(source))).toBe(valid);
    const { rules, errors } = parseRules({ path: 'r.yaml', text: source });
    expect({ read: rules.length === 1, errors: errors.map((error) => error.message).slice(0, valid ? 5 : 0) }).toEqual({
      read: valid,
      errors: [],
    });
  });
});

test('docs/rule-format.md names every key, value, option and language', () => {
  const text = readFileSync(path.join(root, 'docs/rule-format.md'), 'utf8');
  const { CONDITION_KEYS, SPEC_KEYS, WHERE_KEYS, SEVERITIES } = keys;
  const maps = [CONDITION_KEYS, SPEC_KEYS, WHERE_KEYS].flatMap((map) => [...Object.values(map).flat()]);
  const lists = [
    [...keys.RULE_KEYS, ...keys.CHILD_KEYS, ...Object.keys(CONDITION_KEYS), ...keys.MATCH_KEYS, ...keys.MATCH_EXTRAS, ...keys.TAINT_KEYS],
    [...keys.TAINT_RULE_KEYS, ...keys.SET_KEYS, ...keys.ANALYZERS, ...keys.TIERS, ...keys.DETECTOR_NAMES, ...keys.PATHS_KEYS],
    [...keys.FIX_REGEX_KEYS, ...Object.keys(SEVERITIES), ...Object.keys(OPTIONS), ...LANGUAGES.flatMap((language) => language.names)],
  ];
  const named = (word: string): boolean => new RegExp(`(?<![\\w-])${word.replaceAll(/[+#]/g, '\\$&')}(?![\\w-])`, 'i').test(text);
  expect([...new Set([...maps, ...lists.flat()])].filter((word) => !named(word))).toEqual([]);
});
