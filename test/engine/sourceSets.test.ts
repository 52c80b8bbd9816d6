/** Named sets of sources: what `use:` brings into a taint rule, what is refused and where, and rules that take the place of others. */
import { describe, expect, test } from 'vitest';
import type { RuleSource } from '../../server/src/core/index.js';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { linesFound, marked, scan, textInput } from './support.js';

const head = '    message: found\n    severity: ERROR\n    mode: taint\n';
const sinks = '    pattern-sinks: [{ pattern: sink(...) }]\n';

function rule(languages: string, sources: string, id = 'a-rule'): string {
  return `  - id: ${id}\n    languages: [${languages}]\n${head}    pattern-sources: [${sources}]\n${sinks}`;
}

function set(id: string, languages: string, sources: string, more = ''): string {
  return `  - id: ${id}\n    languages: [${languages}]\n    pattern-sources: [${sources}]\n${more}`;
}

async function lines(files: readonly RuleSource[], code: string, name = 'code.py'): Promise<readonly number[]> {
  const session = await createNodeSession({ sources: files, profile: 'audit' });
  const report = await session.scan(textInput(name, code));
  expect(session.errors).toEqual([]);
  session.dispose();
  return report.findings.map((finding) => finding.range.start.line + 1);
}

async function errors(...texts: readonly string[]): Promise<readonly string[]> {
  const sources = texts.map((text, at) => ({ path: `${at}.yaml`, text }));
  const session = await createNodeSession({ sources, profile: 'audit' });
  await session.prepareAll();
  session.dispose();
  return session.errors.flatMap((error) => (error.kind === 'rule' ? [`${error.path}:${error.range.start.line + 1} ${error.message}`] : []));
}

const ours = { path: 'sets.yaml', text: `sources:\n${set('mine', 'python', '{ pattern: source(...) }')}` };

describe('sets are used', () => {
  test('beside sources of the rule, from the same file', async () => {
    const text = `sources:\n${set('mine', 'python', '{ pattern: source(...) }')}rules:\n${rule('python', '{ use: mine }, { pattern: other() }')}`;
    expect(await lines([{ path: 'r.yaml', text }], 'sink(source())\nsink(other())\nsink(third())\n')).toEqual([1, 2]);
  });

  test('from another file, in the newer form', async () => {
    const text = `rules:\n  - id: a-rule\n    languages: [python]\n    message: m\n    severity: ERROR\n    taint:\n      sources: [{ use: mine }, other()]\n      sinks: [sink(...)]\n`;
    expect(await lines([{ path: 'r.yaml', text }, ours], 'sink(source())\nsink(other())\n')).toEqual([1, 2]);
  });

  test('with their sanitizers, and through other sets', async () => {
    const both = `${set('both', 'python', '{ use: mine }, { pattern: more() }', '    pattern-sanitizers: [{ pattern: clean(...) }]\n')}`;
    const files = [
      ours,
      { path: 'both.yaml', text: `sources:\n${both}` },
      { path: 'r.yaml', text: `rules:\n${rule('python', '{ use: both }')}` },
    ];
    expect(await lines(files, 'sink(source())\nsink(clean(more()))\nsink(more())\n')).toEqual([1, 3]);
  });

  test('the set of the rule’s language', async () => {
    const text = `sources:\n${set('mine', 'python', '{ pattern: a() }')}${set('mine', 'go', '{ pattern: b() }')}rules:\n${rule('go', '{ use: mine }')}`;
    expect(await lines([{ path: 'r.yaml', text }], 'package p\nfunc f() {\n\tsink(a())\n\tsink(b())\n}\n', 'code.go')).toEqual([4]);
  });

  test('those that ship with Countersign, by any rule', async () => {
    const text = `rules:\n${rule('typescript', '{ use: model-output }, { use: tool-arguments }')}`;
    const code = 'const r = await client.chat.completions.create({});\nsink(r.choices[0].message.content);\nsink(ours);\n';
    expect(await lines([{ path: 'r.yaml', text }], code, 'code.ts')).toEqual([2]);
  });
});

describe('refused', () => {
  test.each([
    [
      'an unknown set',
      [`rules:\n${rule('python', '{ use: nobodys }')}`],
      [/^0\.yaml:7 there is no set of sources `nobodys`; there is model-chosen/],
    ],
    [
      'a set for other languages',
      [ours.text, `rules:\n${rule('go', '{ use: mine }')}`],
      [/^1\.yaml:7 .*`mine` has nothing for go; it is for python/],
    ],
    [
      'a set that differs between the rule’s languages',
      [
        `sources:\n${set('m', 'python', '{ pattern: a() }')}${set('m', 'go', '{ pattern: b() }')}rules:\n${rule('python, go', '{ use: m }')}`,
      ],
      [/^0\.yaml:14 .*write one rule for each/],
    ],
    [
      'a circle',
      [`sources:\n${set('a', 'python', '{ use: b }')}${set('b', 'python', '{ use: a }')}rules:\n${rule('python', '{ use: a }')}`],
      [/^0\.yaml:14 .*uses itself/, /^0\.yaml:4 .*uses itself/, /^0\.yaml:7 .*uses itself/],
    ],
    ['two sets of one name', [ours.text, ours.text], [/^1\.yaml:2 .*`mine` for this language in 0\.yaml already/]],
    ['a set without sources', ['sources:\n  - id: a\n    languages: [python]\n'], [/^0\.yaml:2 a set of sources needs `pattern-sources:`/]],
    [
      'a key that sets do not have',
      [`sources:\n${set('a', 'python', '{ pattern: a() }', '    severity: ERROR\n')}`],
      [/^0\.yaml:5 .*no key `severity`/],
    ],
    ['more beside `use`', [ours.text, `rules:\n${rule('python', '{ use: mine, label: A }')}`], [/^1\.yaml:7 .*no key `label`/]],
    ['a pattern that cannot be read', [`sources:\n${set('a', 'python', '{ pattern: "f(" }')}`], [/^0\.yaml:4 /]],
    [
      'the rule that uses one, where it uses it',
      [`sources:\n${set('a', 'python', '{ pattern: "f(" }')}`, `rules:\n${rule('python', '{ use: a }')}`],
      [/^0\.yaml:4 /, /^1\.yaml:7 /],
    ],
    [
      'the rule that uses one of which only a part is wrong',
      [
        `sources:\n${set('a', 'python', '{ pattern: f() }', '    pattern-sanitizers:\n      - pattern-either: [{ metavariable-regex: { metavariable: $X, regex: a } }, { pattern: g() }]\n')}`,
        `rules:\n${rule('python', '{ use: a }')}`,
      ],
      [/^0\.yaml:6 `metavariable-regex` cannot stand alone in `pattern-either`/, /^1\.yaml:7 .*`a` cannot be read \(0\.yaml\)/],
    ],
  ] as const)('%s', async (_name, texts, expected) => {
    const found = [...(await errors(...texts))].toSorted();
    expect(found.length, found.join('\n')).toBe(expected.length);
    for (const [at, pattern] of expected.entries()) expect(found[at]).toMatch(pattern);
  });

  test('a set of a project never changes a rule that ships with Countersign', async () => {
    const theirs = { path: 'theirs.yaml', text: `sources:\n${set('mine', 'python', '{ pattern: nothing() }')}` };
    const own = `sources:\n${set('model-output', 'python', '{ pattern: nothing() }')}`;
    const text = `rules:\n${rule('python', '{ use: model-output }')}`;
    const code = 'sink(client.chat.completions.create())\nsink(nothing())\n';
    expect(await lines([theirs, { path: 'own.yaml', text: own }, { path: 'r.yaml', text }], code)).toEqual([2]);
    expect(await lines([theirs, { path: 'own.yaml', text: own }, { path: 'r.yaml', text, vetted: true }], code)).toEqual([1]);
  });
});

describe('a finding in the place of another', () => {
  const plain = (id: string, pattern: string): string =>
    `  - id: ${id}\n    languages: [python]\n    message: m\n    severity: WARNING\n    pattern: ${pattern}\n`;
  const better = `${rule('python', '{ pattern: source() }', 'better')}    metadata: { supersedes: [plain] }\n`;
  const text = `rules:\n${better}${plain('plain', 'sink(...)')}${plain('unrelated', 'sink($X)')}`;
  const found = async (code: string, sources: readonly RuleSource[] = [{ path: 'r.yaml', text }]): Promise<readonly string[]> => {
    const session = await createNodeSession({ sources, profile: 'audit' });
    const report = await session.scan(textInput('code.py', code));
    session.dispose();
    return report.findings.map(
      ({ ruleId, range, suppression }) => `${range.start.line + 1} ${ruleId}${suppression === undefined ? '' : ' (suppressed)'}`,
    );
  };

  test('only at the same place, and only that rule’s', async () => {
    expect(await found('sink(source())\nsink(x)\n')).toEqual(['1 better', '1 unrelated', '2 plain', '2 unrelated']);
  });

  test('also where one is a part of the other', async () => {
    const focused = text.replace('[{ pattern: sink(...) }]', '[{ patterns: [{ pattern: sink($X) }, { focus-metavariable: $X }] }]');
    expect(await found('sink(\n    source(),\n)\n', [{ path: 'r.yaml', text: focused }])).toEqual(['1 unrelated', '2 better']);
  });

  test('a suppressed finding stays', async () => {
    expect(await found('sink(source())  # countersign: ignore[plain] -- known\n')).toEqual([
      '1 better',
      '1 plain (suppressed)',
      '1 unrelated',
    ]);
  });

  test('never in the place of a rule that ships with Countersign', async () => {
    const sources = [
      { path: 'theirs.yaml', text: `rules:\n${better}` },
      { path: 'plain.yaml', text: `rules:\n${plain('plain', 'sink(...)')}`, vetted: true },
    ];
    expect(await found('sink(source())\n', sources)).toEqual(['1 better', '1 plain']);
  });
});

test('sources that are said by their exact extent', async () => {
  const body = 'mode: taint\npattern-sources:\n  - exact: true\n    pattern: source(...)\npattern-sinks:\n  - pattern: sink(...)';
  const code = 'source(sink(x))\nsink(source(x)) #<\n';
  expect(await linesFound('python', body, code)).toEqual(marked(code));
  await expect(scan('sources: 1\n', textInput('code.py', ''))).rejects.toThrow('must be a list of sets');
});
