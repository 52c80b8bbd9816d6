/** What changes together is no loss: the smallest cases of what an audit once took for a check that went, and of what it must not take for ordinary because of them. */
import { describe, expect, it } from 'vitest';
import { review } from './sabotage/support.js';

/** Kinds above INFO that a change of these files brings. */
async function loud(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const edits = Object.entries(after).map(([path, text]) => [path, text] as const);
  const gone = Object.keys(before).flatMap((path) => (after[path] === undefined ? [[path] as const] : []));
  const { removedChecks } = await review(before, [...edits, ...gone]);
  return removedChecks.filter(({ severity }) => severity !== 'INFO').map(({ kind }) => kind);
}

const ts = (body: string): Readonly<Record<string, string>> => ({ 'src/a.ts': body });
const test = (body: string): string => `import { load } from '../src/load.js';\n\nit('loads a page', async () => {\n${body}});\n`;
const code = (what: string): string => `export const load = (page: number) => fetch('/items?page=' + page + '${what}');\n`;

describe('tests', () => {
  const both = (what: string, body: string): Readonly<Record<string, string>> => ({
    'src/load.ts': code(what),
    'test/load.test.ts': test(body),
  });

  it.each([
    [
      'another value, with the code',
      both('', "  expect(await load(1)).toBe('a');\n"),
      both('&all', "  expect(await load(1)).toBe('b');\n"),
      [],
    ],
    [
      'another value, alone',
      both('', "  expect(await load(1)).toBe('a');\n"),
      both('', "  expect(await load(1)).toBe('b');\n"),
      ['assertion-weakened'],
    ],
    [
      'the opposite, with the code',
      both('', "  const page = await load(1);\n  expect(page).toContain('total');\n"),
      both('&all', "  const page = await load(1);\n  expect(page).not.toContain('total');\n"),
      [],
    ],
    [
      'another property of the same thing',
      both('', "  const page = await load(1);\n  expect(page.text).toBe('one');\n"),
      both('&all', '  const page = await load(1);\n  expect(page.ok).toBe(true);\n'),
      [],
    ],
    [
      'less of the same thing, with the code',
      both('', "  const page = await load(1);\n  expect(page.text).toBe('one');\n"),
      both('&all', '  const page = await load(1);\n  expect(page.text).toBeDefined();\n'),
      ['assertion-weakened'],
    ],
    [
      'a size said in another way',
      both('', '  const page = await load(1);\n  expect(page.rows.length).toBe(2);\n'),
      both('', '  const page = await load(1);\n  expect(page.rows).toHaveLength(2);\n'),
      [],
    ],
    [
      'what must be at least so much is no exact value',
      both('', '  const page = await load(1);\n  expect(page.rows).toBeGreaterThanOrEqual(2);\n'),
      both('', '  const page = await load(1);\n  expect(page.rows).toBeGreaterThan(1);\n'),
      [],
    ],
    [
      'a test of the same name that is a function now',
      both('', '  expect(await load(1)).toBe(1);\n'),
      both('', '  await load(1);\n'),
      ['test-emptied'],
    ],
  ] as const)('%s', async (_name, before, after, expected) => {
    expect(await loud(before, after)).toEqual(expected);
  });

  it('a test that was deleted alone is missed, and one that went with its code is not', async () => {
    const two = "it('sorts rows', () => {\n  expect(sorted([2, 1])).toEqual([1, 2]);\n});\n";
    const old = { 'src/load.ts': code(''), 'test/load.test.ts': test("  expect(await load(1)).toBe('a');\n") + two };
    const now = test("  expect(await load(1)).toBe('a');\n");
    expect(await loud(old, { ...old, 'test/load.test.ts': now })).toEqual(['test-deleted']);
    const sorted = { 'src/sorted.ts': 'export const sorted = (rows: number[]) => rows.toSorted();\n' };
    expect(
      await loud({ ...old, ...sorted }, { ...old, 'test/load.test.ts': now, 'src/sorted.ts': 'export const reversed = 1;\n' }),
    ).toEqual([]);
  });
});

describe('conditions', () => {
  const handler = (body: string): Readonly<Record<string, string>> =>
    ts(`export function handle(request, session) {\n${body}  return store.save(request.id);\n}\n`);

  it.each([
    ['that let somebody in early', '  if (isAllowedBot(request.actor)) {\n    return true;\n  }\n', '', []],
    ['about which error it was', '  if (isLimitError(request.problem)) {\n    throw new Forbidden();\n  }\n', '', []],
    ['about a key', "  if (request.key.name === 'escape') {\n    throw new Error('left');\n  }\n", '  leave(request);\n', []],
    ['that refuse', "  if (session.role !== 'admin') {\n    throw new Forbidden();\n  }\n", '', ['authorization']],
    [
      'that leave in another way',
      "  if (session.role !== 'admin') {\n    throw new Forbidden();\n  }\n",
      "  if (session.role !== 'admin') {\n    return refusal(session);\n  }\n",
      [],
    ],
    [
      'that consent now',
      "  if (session.role !== 'admin') {\n    throw new Forbidden();\n  }\n",
      "  if (session.role !== 'admin') {\n    return okReply(session);\n  }\n",
      ['authorization'],
    ],
  ] as const)('%s', async (_name, was, now, expected) => {
    expect(await loud(handler(was), handler(now))).toEqual(expected);
  });
});

describe('steps that clean', () => {
  const page = (body: string): Readonly<Record<string, string>> => ts(`export function page(item) {\n${body}}\n`);

  it.each([
    [
      'whose use went',
      '  const path = `/items/${encodeURIComponent(item.id)}`;\n  return get(path);\n',
      '  return list().find(item.id);\n',
      [],
    ],
    [
      'whose use is still there',
      '  const path = `/items/${encodeURIComponent(item.id)}`;\n  return get(path);\n',
      '  const path = `/items/${item.id}`;\n  return get(path);\n',
      ['escaping'],
    ],
    [
      'that moved on',
      '  let text = escapeHtml(item.text.slice(0, 9));\n  return show(text);\n',
      '  let text = item.text.slice(0, 9);\n  text = escapeMarkup(text);\n  return show(text);\n',
      [],
    ],
  ] as const)('%s', async (_name, was, now, expected) => {
    expect(await loud(page(was), page(now))).toEqual(expected);
  });
});

describe('the rest', () => {
  it('two routes that become one keep their protection', async () => {
    const limited = 'rateLimiter(Strategy.FivePerMinute)';
    expect(
      await loud(
        ts(`router.get('/x', ${limited}, callback);\nrouter.post('/x', ${limited}, callback);\n`),
        ts(`router.register('/x', ['get', 'post'], [${limited}, callback]);\n`),
      ),
    ).toEqual([]);
  });

  it('what an object remembers of itself is no setting', async () => {
    const text = (line: string): Readonly<Record<string, string>> => ts(`class Auth {\n  reset() {\n${line}    this.clear();\n  }\n}\n`);
    expect(await loud(text(''), text('    this._authenticated = false;\n'))).toEqual([]);
  });

  it('a rule of style that a whole file switches off by name is no more than INFO', async () => {
    const line = 'export const a = 1;\n';
    expect(await loud(ts(line), ts(`/* eslint-disable no-console */\n${line}`))).toEqual([]);
    expect(await loud(ts(line), ts(`/* eslint-disable */\n${line}`))).toEqual(['lint-suppressed']);
  });

  it('a list of commands loses one, and a command loses its limit', async () => {
    const run = (lines: string): Readonly<Record<string, string>> => ({ 'run.sh': `#!/bin/sh\n${lines}` });
    expect(await loud(run('docker run --read-only alpine report all\ndocker build .\n'), run('docker build .\n'))).toEqual([]);
    expect(await loud(run('docker run --read-only image report all\n'), run('docker run image report all\n'))).toEqual(['sandbox']);
  });
});
