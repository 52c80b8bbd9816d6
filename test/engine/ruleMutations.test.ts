/**
 * Rule files that someone got wrong, in every way that can be tried: a value of another type at each place, a key that is missing or misspelled, text
 * that is torn. Reading them never throws; whatever does not run is an error at a place in the file. What must be an error is said by the schema.
 */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { ruleSchema, type ScanError, type Session } from '../../server/src/core/index.js';
import { createNodeSession } from '../../server/src/host/node/session.js';

const schema = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(ruleSchema());

const head = { id: 'r', message: 'm $X', severity: 'ERROR', languages: ['python'] };

/** Between them they have every key. */
const RULES: Readonly<Record<string, object>> = {
  'older form': {
    ...head,
    'min-version': '1.0.0',
    'max-version': '9.0.0',
    metadata: { maestro: ['L3'], cwe: ['CWE-95'], tier: 'pattern', references: ['https://a.example'], supersedes: ['other'] },
    paths: { include: ['a/*.py'], exclude: ['b'] },
    options: { constant_propagation: true, generic_ellipsis_max_span: 3 },
    fix: 'g($X)',
    patterns: [
      { pattern: 'f($X, ...)' },
      { 'pattern-either': [{ pattern: 'f(...)' }, { patterns: [{ pattern: 'f($Y)' }, { 'pattern-regex': 'f' }] }] },
      { 'pattern-inside': 'def $F(...): ...' },
      { 'pattern-not': { patterns: [{ pattern: 'f(1)' }] } },
      { 'pattern-not-inside': 'class $C: ...' },
      { 'pattern-not-regex': 'g' },
      { 'metavariable-regex': { metavariable: '$X', regex: 'a.*', 'constant-propagation': true } },
      { 'metavariable-pattern': { metavariable: '$X', language: 'generic', patterns: [{ pattern: 'a' }] } },
      { 'metavariable-comparison': { metavariable: '$X', comparison: '$X > 1', base: 8, strip: true } },
      { 'metavariable-type': { metavariable: '$X', types: ['int', 'str'] } },
      { 'metavariable-analysis': { metavariable: '$X', analyzer: 'entropy' } },
      { 'focus-metavariable': ['$X', '$F'] },
    ],
  },
  'newer form': {
    ...head,
    'fix-regex': { regex: 'a', replacement: 'b', count: 1 },
    match: {
      all: [
        'f($X)',
        { any: [{ pattern: 'f(...)', fix: 'h()' }, { regex: 'f' }] },
        { not: 'f(1)' },
        { inside: 'def $F(...): ...' },
        { anywhere: 'A = 1' },
      ],
      as: '$Z',
      where: [
        { metavariable: '$X', regex: 'a' },
        { metavariable: '$X', pattern: 'a', language: 'generic' },
        { metavariable: '$X', type: 'int' },
        { metavariable: '$X', analyzer: 'redos' },
        { comparison: '$X > 1', base: 8, strip: false },
        { focus: ['$X'] },
      ],
    },
  },
  taint: {
    ...head,
    mode: 'taint',
    options: { taint_unify_mvars: true, taint_focus_on: 'source' },
    'pattern-sources': [{ pattern: 'source($X)', exact: true, 'by-side-effect': 'only', label: 'A', requires: 'A', control: false }],
    'pattern-sinks': [{ patterns: [{ pattern: 'sink($X)' }], requires: 'A and not B', 'at-exit': false }],
    'pattern-sanitizers': [{ pattern: 'clean(...)', 'by-side-effect': false, not_conflicting: true }],
    'pattern-propagators': [{ pattern: '$A.add($B)', from: '$B', to: '$A', 'by-side-effect': false }],
  },
  'newer taint': {
    ...head,
    taint: {
      sources: ['source()', { pattern: 'other($X)', label: 'A' }],
      sinks: [{ pattern: 'sink($X)', where: [{ metavariable: '$X', regex: 'a' }] }],
      sanitizers: ['clean(...)'],
      propagators: [{ pattern: '$A.add($B)', from: '$B', to: '$A' }],
    },
  },
  detector: { ...head, mode: 'detector', detector: 'hidden-unicode', languages: ['regex'], options: { classes: ['bidi-controls'] } },
};
const SET = {
  sources: [{ id: 's', languages: ['python'], 'pattern-sources': [{ pattern: 'a()' }], 'pattern-sanitizers': [{ pattern: 'b()' }] }],
};
const FILES: readonly (readonly [name: string, file: object])[] = [
  ...Object.entries(RULES).map(([name, rule]) => [name, { rules: [rule] }] as const),
  ['a set of sources', { ...SET, rules: [{ ...RULES['taint'], 'pattern-sources': [{ use: 's' }] }] }],
];

const WRONG: readonly unknown[] = [
  null,
  7,
  -1.5,
  true,
  '',
  ' ',
  'text',
  '$',
  [],
  {},
  [[]],
  [null],
  [7],
  { x: 1 },
  { pattern: 'f()' },
  ['f()', 'f()'],
  '2026-01-01',
];

type Step = string | number;

/** All places below the top; of the file with a set only those of the set and its use, since the rest is in another file, too. */
function placesOf(file: object): (readonly Step[])[] {
  return placesIn(file).filter(
    ([top, , key]) => top !== undefined && !('sources' in file && key !== undefined && top === 'rules' && key !== 'pattern-sources'),
  );
}

function placesIn(value: unknown, at: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, Array.isArray(value) ? Number(key) : key]))];
}

/** The same data with `change` made to whatever holds the last step. */
function changed(file: object, at: readonly Step[], change: (holder: Record<string, unknown>, key: string) => void): object {
  const copy = structuredClone(file);
  let holder = copy as Record<string, unknown>;
  for (const step of at.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  change(holder, String(at.at(-1)));
  return copy;
}

async function read(text: string): Promise<Session> {
  const session = await createNodeSession({ sources: [{ path: 'r.yaml', text }], profile: 'audit' });
  await session.prepareAll();
  return session;
}

function ownRules(session: Session): number {
  return session.rules.filter((rule) => rule.origin.path === 'r.yaml').length;
}

/** Errors that point nowhere, or outside the text. */
function misplaced(errors: readonly ScanError[], text: string): readonly ScanError[] {
  const lines = text.split(/\r\n|\n|\r/);
  return errors.filter((error) => {
    if (error.kind !== 'rule') return true;
    const { start, end } = error.range;
    return !(
      start.offset >= 0 &&
      end.offset >= start.offset &&
      end.offset <= text.length &&
      start.line >= 0 &&
      start.line < lines.length &&
      start.column >= 0 &&
      start.column <= (lines[start.line] ?? '').length
    );
  });
}

/** What went wrong with a file that the schema calls wrong, or `undefined`. */
async function complaint(file: unknown): Promise<string | undefined> {
  const text = stringify(file);
  const { errors, ...session } = await read(text);
  const failed = errors.some((error) => error.kind === 'rule' && error.level === 'error');
  if (misplaced(errors, text).length > 0) return `an error has no place: ${JSON.stringify(misplaced(errors, text))}\n${text}`;
  if (!schema(file) && !failed) return `nothing is said about this, which the schema refuses:\n${text}`;
  if (
    !failed &&
    ownRules(session as Session) === 0 &&
    !/^(?:sources:|rules: \[\])/m.test(text) &&
    !errors.some((error) => error.kind === 'rule')
  )
    return `neither a rule nor an error:\n${text}`;
  return undefined;
}

describe.each(FILES)('%s', (_name, file) => {
  test('is right as it stands', async () => {
    const { errors } = await read(stringify(file));
    expect(errors).toEqual([]);
    expect([schema(file), schema.errors]).toEqual([true, null]);
  });

  test('a value of another type anywhere', async () => {
    const complaints: string[] = [];
    for (const at of placesOf(file))
      for (const wrong of WRONG) {
        const found = await complaint(changed(file, at, (holder, key) => (holder[key] = structuredClone(wrong))));
        if (found !== undefined) complaints.push(`${at.join('.')} = ${JSON.stringify(wrong)}: ${found}`);
      }
    expect(complaints).toEqual([]);
  });

  test('a key that is missing or misspelled anywhere', async () => {
    const complaints: string[] = [];
    for (const at of placesOf(file).filter((place) => typeof place.at(-1) === 'string')) {
      const missing = changed(file, at, (holder, key) => delete holder[key]);
      const misspelled = changed(file, at, (holder, key) => {
        holder[`${key}x`] = holder[key];
        delete holder[key];
      });
      for (const wrong of [missing, misspelled]) {
        const found = await complaint(wrong);
        if (found !== undefined) complaints.push(`${at.join('.')}: ${found}`);
      }
    }
    expect(complaints).toEqual([]);
  });
});

const texts = FILES.map(([, file]) => stringify(file));
const piece = fc.constantFrom(
  '-',
  ':',
  '  ',
  '\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '&a ',
  '*a',
  '!!',
  '|',
  '>',
  '%',
  '#',
  '\t',
  '\u0000',
  '\ud800',
  '$',
  '...',
  '---\n',
  '? ',
  '<<: ',
);
const tear = fc.record({ at: fc.nat(2_000), gone: fc.nat(12), put: fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join('')) });

test('text that is torn is read, or refused at a place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts.slice(0, -1)), fc.array(tear, { minLength: 1, maxLength: 4 }), async (whole, tears) => {
      let text = whole;
      for (const { at, gone, put } of tears) {
        const from = at % (text.length + 1);
        text = text.slice(0, from) + put + text.slice(from + gone);
      }
      const { errors, ...session } = await read(text);
      expect(misplaced(errors, text)).toEqual([]);
      if (errors.length > 0) return;
      // Whatever it is now: it is read as the same data that any reader of YAML sees, and the schema agrees.
      expect(schema(parse(text, { logLevel: 'silent' }))).toBe(true);
      expect(ownRules(session as Session)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 150 },
  );
});
