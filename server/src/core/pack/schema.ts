/**
 * The JSON Schema of rule files, for editors: made from the same lists that the parser reads (`keys.ts`, `options.ts`), so that the
 * two cannot disagree about what there is. What the parser alone can see (whether a pattern parses) is not in it.
 */
import { FACTORS } from '../model/score.js';
import { LANGUAGES } from '../language/registry.js';
import {
  ANALYZERS,
  CHILD_KEYS,
  CONDITION_KEYS,
  DETECTOR_NAMES,
  FIX_REGEX_KEYS,
  FORMULA_KEYS,
  MATCH_EXTRAS,
  MATCH_KEYS,
  PATHS_KEYS,
  RULE_KEYS,
  SET_KEYS,
  SEVERITIES,
  SPEC_KEYS,
  TAINT_KEYS,
  TAINT_RULE_KEYS,
  TIERS,
  WHERE_KEYS,
} from './keys.js';
import { OPTIONS } from './options.js';

type Json = boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface Schema {
  readonly [key: string]: Json;
}

/** YAML reads `1` as a number where a rule means the text. */
const text: Schema = { type: ['string', 'number', 'boolean'] };
/** Left empty, it is the empty text. */
const replacement: Schema = { type: ['string', 'number', 'boolean', 'null'] };
const flag: Schema = { type: 'boolean' };
const whole: Schema = { type: 'integer', minimum: 0 };
const texts: Schema = { type: 'array', items: text };
const strings: Schema = { type: 'array', items: { type: 'string' } };
const metavariable: Schema = { type: 'string', pattern: '^\\$(?:\\.\\.\\.)?(?:[A-Z_][A-Z_0-9]*|[0-9]+)$' };
const metavariables: Schema = { anyOf: [metavariable, { type: 'array', items: metavariable, minItems: 1 }] };
const languageNames = [...new Set(LANGUAGES.flatMap((language) => language.names))];
const language: Schema = { enum: languageNames };
const version: Schema = { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' };
const pattern = text;

function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function listOf(items: Schema): Schema {
  return { type: 'array', items, minItems: 1 };
}

/** A map of exactly these keys. */
function map(properties: Readonly<Record<string, Schema>>, rest: Schema = {}): Schema {
  return { type: 'object', properties, additionalProperties: false, ...rest };
}

/** Those of the known keys that are listed; a listed key without a schema is our own mistake. */
function pick(known: Readonly<Record<string, Schema>>, keys: readonly string[]): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    keys.map((key) => {
      const schema = known[key];
      if (schema === undefined) throw new Error(`no schema for ${key}`);
      return [key, schema];
    }),
  );
}

function exactlyOne(keys: readonly string[]): Schema {
  return { oneOf: keys.map((key) => ({ required: [key] })) };
}

/** Operators of the older form. */
const operators: Readonly<Record<string, Schema>> = {
  pattern,
  patterns: listOf(ref('operator')),
  'pattern-either': listOf(ref('alternative')),
  'pattern-regex': text,
  'pattern-not': ref('patternOrOperator'),
  'pattern-inside': ref('patternOrOperator'),
  'pattern-not-inside': ref('patternOrOperator'),
  'pattern-not-regex': text,
  'semgrep-internal-pattern-anywhere': ref('patternOrOperator'),
  'focus-metavariable': metavariables,
  ...Object.fromEntries(Object.keys(CONDITION_KEYS).map((key) => [key, ref(key)])),
};

/** Operators of the newer form, and what may stand beside them. */
const matchOperators: Readonly<Record<string, Schema>> = {
  pattern,
  all: listOf(ref('match')),
  any: listOf(ref('match')),
  regex: text,
  not: ref('match'),
  inside: ref('match'),
  anywhere: ref('match'),
  where: listOf(ref('question')),
  as: metavariable,
  fix: replacement,
};

const questionParts: Readonly<Record<string, Schema>> = {
  metavariable,
  regex: text,
  'constant-propagation': flag,
  language,
  comparison: text,
  base: { type: 'integer', minimum: 2, maximum: 36 },
  strip: flag,
  type: text,
  types: listOf(text),
  analyzer: {
    anyOf: [
      { enum: ANALYZERS.filter((name) => name !== 'entropy_v2') },
      map({ kind: { enum: ANALYZERS.filter((name) => name !== 'entropy_v2') } }, { required: ['kind'] }),
    ],
  },
  focus: metavariables,
};

const REQUIRED: Readonly<Record<keyof typeof CONDITION_KEYS, Schema>> = {
  'metavariable-regex': { required: ['metavariable', 'regex'] },
  'metavariable-pattern': { required: ['metavariable'], ...exactlyOne(FORMULA_KEYS) },
  'metavariable-comparison': { required: ['comparison'] },
  'metavariable-type': { required: ['metavariable'], anyOf: [{ required: ['type'] }, { required: ['types'] }] },
  'metavariable-analysis': { required: ['metavariable', 'analyzer'] },
};

const OPTION_TYPES: Readonly<Record<string, Schema>> = {
  boolean: flag,
  count: whole,
  strings,
  pairs: { type: 'array', items: { ...strings, minItems: 2, maxItems: 2 } },
  metavariable: { type: 'string', pattern: '^\\$[A-Z_][A-Z_0-9]*$' },
};

const options: Schema = map(
  Object.fromEntries(
    Object.entries(OPTIONS).map(([name, { type, only }]) => [
      name,
      only !== undefined ? { enum: [only] } : typeof type === 'string' ? (OPTION_TYPES[type] as Schema) : { enum: type },
    ]),
  ),
);

const NESTED_NEGATIONS: ReadonlySet<string> = new Set(['pattern-not', 'pattern-not-inside', 'pattern-not-regex']);
const positiveKeys = CHILD_KEYS.filter((key) => !NESTED_NEGATIONS.has(key));

const definitions: Readonly<Record<string, Schema>> = {
  operator: map(pick(operators, [...CHILD_KEYS, 'focus-metavariable', ...Object.keys(CONDITION_KEYS)]), {
    minProperties: 1,
    maxProperties: 1,
  }),
  alternative: map(pick(operators, positiveKeys), { minProperties: 1, maxProperties: 1 }),
  patternOrOperator: { anyOf: [pattern, map(pick(operators, positiveKeys), { minProperties: 1, maxProperties: 1 })] },
  ...Object.fromEntries(
    Object.entries(CONDITION_KEYS).map(([key, parts]) => [
      key,
      map(pick({ ...operators, ...questionParts }, parts), REQUIRED[key as keyof typeof CONDITION_KEYS]),
    ]),
  ),
  match: { anyOf: [pattern, map(pick(matchOperators, [...MATCH_KEYS, ...MATCH_EXTRAS]), exactlyOne(MATCH_KEYS))] },
  question: {
    anyOf: Object.entries(WHERE_KEYS).map(([kind, parts]) =>
      map(
        pick({ ...matchOperators, ...questionParts }, parts),
        kind === 'type'
          ? { anyOf: [{ required: ['metavariable', 'type'] }, { required: ['metavariable', 'types'] }] }
          : kind === 'metavariable'
            ? { required: ['metavariable'], ...exactlyOne(MATCH_KEYS) }
            : { required: kind === 'analyzer' ? ['metavariable', 'analyzer'] : [kind] },
      ),
    ),
  },
  paths: map(Object.fromEntries(PATHS_KEYS.map((key) => [key, texts]))),
  'fix-regex': map(pick({ regex: text, replacement, count: whole }, FIX_REGEX_KEYS), { required: ['regex', 'replacement'] }),
  options,
};

/** One list of a taint rule: a formula with the keys that may stand beside it. */
function specs(form: 'older' | 'newer', part: keyof typeof SPEC_KEYS): Schema {
  const known = { ...(form === 'older' ? operators : matchOperators), ...specParts };
  const keys = form === 'older' ? FORMULA_KEYS : [...MATCH_KEYS, ...MATCH_EXTRAS];
  const required = part === 'propagators' ? { required: ['from', 'to'] } : {};
  const bySideEffect = part === 'sources' ? { 'by-side-effect': { enum: [true, false, 'only'] } } : {};
  const item = map(pick({ ...known, ...bySideEffect }, [...keys, ...SPEC_KEYS[part]]), {
    ...exactlyOne(form === 'older' ? FORMULA_KEYS : MATCH_KEYS),
    ...required,
  });
  if (part === 'propagators') return listOf(item);
  return listOf({ anyOf: [...(form === 'newer' ? [pattern] : []), item, ...(part === 'sources' ? [ref('use')] : [])] });
}

const label: Schema = { type: ['string', 'boolean'], pattern: '^[A-Za-z_]\\w*$' };

const specParts: Readonly<Record<string, Schema>> = {
  exact: flag,
  control: flag,
  'by-side-effect': flag,
  label,
  requires: text,
  'at-exit': flag,
  lowers: text,
  'first-element': flag,
  not_conflicting: flag,
  'not-conflicting': flag,
  doubts: flag,
  from: metavariable,
  to: metavariable,
  'replace-labels': listOf(label),
  'as-element': flag,
  'as-stored': metavariable,
};

const OLDER_TAINT = Object.fromEntries(TAINT_KEYS.map((part) => [`pattern-${part}`, specs('older', part)]));

/** Other tools' rules may mean something else by the same words: nothing here is demanded. */
const metadataParts: Readonly<Record<string, Schema>> = {
  tier: { examples: TIERS },
  cvss: { description: 'A CVSS v4.0 base vector', examples: ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'] },
  'cvss-why': { description: 'One line: why the vector is what it is' },
  'severity-why': { description: 'One line: why a rule warns although it was measured wrong in most projects' },
  'aivss-factors': {
    description: `Agentic factors that a finding shows: ${Object.entries(FACTORS)
      .map(([code, name]) => `${code} ${name}`)
      .join(', ')}`,
    examples: [['AA', 'TU'], { AA: 1, TU: 0.5 }],
  },
};

const ruleParts: Readonly<Record<string, Schema>> = {
  ...operators,
  id: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,200}$' },
  message: text,
  severity: { enum: Object.keys(SEVERITIES) },
  languages: listOf(language),
  metadata: { type: ['object', 'null'], properties: metadataParts },
  paths: ref('paths'),
  fix: replacement,
  'fix-regex': ref('fix-regex'),
  options: { type: 'object' },
  mode: { enum: ['search', 'taint', 'detector'] },
  ...OLDER_TAINT,
  taint: map(Object.fromEntries(TAINT_KEYS.map((part) => [part, specs('newer', part)])), { required: ['sources', 'sinks'] }),
  'min-version': version,
  'max-version': version,
  detector: { enum: DETECTOR_NAMES },
  match: ref('match'),
};

/** Draft 7, which editors' YAML support reads. */
export function ruleSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Countersign rules',
    description: "A file of rules in Semgrep's format, as Countersign runs them.",
    ...map(
      {
        rules: { type: 'array', items: ref('rule') },
        sources: listOf(ref('sourceSet')),
        missed: { type: 'array' },
      },
      { anyOf: [{ required: ['rules'] }, { required: ['sources'] }], patternProperties: { '^x-': true } },
    ),
    definitions: {
      ...definitions,
      use: map({ use: text }, { required: ['use'] }),
      sourceSet: map(pick(ruleParts, SET_KEYS), { required: ['id', 'languages', 'pattern-sources'] }),
      rule: map(pick(ruleParts, RULE_KEYS), {
        required: ['id', 'message', 'severity', 'languages'],
        if: { properties: { mode: { const: 'detector' } }, required: ['mode'] },
        // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
        then: { required: ['detector'], not: { anyOf: ['match', ...FORMULA_KEYS].map((key) => ({ required: [key] })) } },
        else: {
          not: { required: ['detector'] },
          properties: { options: ref('options') },
          if: { properties: { mode: { const: 'taint' } }, required: ['mode'] },
          // oxlint-disable-next-line unicorn/no-thenable -- as above
          then: {
            oneOf: [{ required: ['pattern-sources', 'pattern-sinks'] }, { required: ['taint'] }],
            not: { anyOf: ['match', ...FORMULA_KEYS].map((key) => ({ required: [key] })) },
          },
          else: {
            not: { anyOf: TAINT_RULE_KEYS.map((key) => ({ required: [key] })) },
            ...exactlyOne(['match', 'taint', ...FORMULA_KEYS]),
          },
        },
      }),
    },
  };
}
