/**
 * What changes together is no loss: the smallest cases of what an audit once took for a check that went, and of what it must not take for ordinary because of them.
 * One file, so that a change of how losses are judged is held against all of them; each `describe` stands alone. What a shape of change proves is in `shapes.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import { weakerThan } from '../../server/src/core/audit/assertionPairs.js';
import type { Assertion } from '../../server/src/core/audit/assertions.js';
import { lostKinds } from './sabotage/support.js';

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
    ['another value, alone', both('', "  expect(await load(1)).toBe('a');\n"), both('', "  expect(await load(1)).toBe('b');\n"), []],
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
    expect(await lostKinds(before, after)).toEqual(expected);
  });

  it('a test that was deleted alone is missed, and one that went with its code is not', async () => {
    const two = "it('sorts rows', () => {\n  expect(sorted([2, 1])).toEqual([1, 2]);\n});\n";
    const old = { 'src/load.ts': code(''), 'test/load.test.ts': test("  expect(await load(1)).toBe('a');\n") + two };
    const now = test("  expect(await load(1)).toBe('a');\n");
    expect(await lostKinds(old, { ...old, 'test/load.test.ts': now })).toEqual(['test-deleted']);
    const sorted = { 'src/sorted.ts': 'export const sorted = (rows: number[]) => rows.toSorted();\n' };
    expect(
      await lostKinds({ ...old, ...sorted }, { ...old, 'test/load.test.ts': now, 'src/sorted.ts': 'export const reversed = 1;\n' }),
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
    expect(await lostKinds(handler(was), handler(now))).toEqual(expected);
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
    expect(await lostKinds(page(was), page(now))).toEqual(expected);
  });
});

describe('the rest', () => {
  it('two routes that become one keep their protection', async () => {
    const limited = 'rateLimiter(Strategy.FivePerMinute)';
    expect(
      await lostKinds(
        ts(`router.get('/x', ${limited}, callback);\nrouter.post('/x', ${limited}, callback);\n`),
        ts(`router.register('/x', ['get', 'post'], [${limited}, callback]);\n`),
      ),
    ).toEqual([]);
  });

  it('what an object remembers of itself is no setting', async () => {
    const text = (line: string): Readonly<Record<string, string>> => ts(`class Auth {\n  reset() {\n${line}    this.clear();\n  }\n}\n`);
    expect(await lostKinds(text(''), text('    this._authenticated = false;\n'))).toEqual([]);
  });

  it('a rule of style that a whole file switches off by name is no more than INFO', async () => {
    const line = 'export const a = 1;\n';
    expect(await lostKinds(ts(line), ts(`/* eslint-disable no-console */\n${line}`))).toEqual([]);
    expect(await lostKinds(ts(line), ts(`/* eslint-disable */\n${line}`))).toEqual(['lint-suppressed']);
  });

  it('a list of commands loses one, and a command loses its limit', async () => {
    const run = (lines: string): Readonly<Record<string, string>> => ({ 'run.sh': `#!/bin/sh\n${lines}` });
    expect(await lostKinds(run('docker run --read-only alpine report all\ndocker build .\n'), run('docker build .\n'))).toEqual([]);
    expect(await lostKinds(run('docker run --read-only image report all\n'), run('docker run image report all\n'))).toEqual(['sandbox']);
  });
});

describe('settings', () => {
  const py = (body: string): Readonly<Record<string, string>> => ({ 'src/a.py': body });
  const call = (argument: string): Readonly<Record<string, string>> =>
    py(`def remove(api, name, yes):\n    return api.remove_all(name${argument})\n`);

  it.each([
    ['a variable that is called yes', call(''), call(', assume_yes=yes'), []],
    ['and the constant', call(''), call(', assume_yes=True'), ['approval']],
    [
      'a state that is returned',
      ts("export function status() {\n  return { email: read(), method: 'key' };\n}\n"),
      ts("export function status() {\n  return { email: read(), method: 'key', authenticated: false };\n}\n"),
      [],
    ],
    [
      'a default of a function that is new',
      py('def first():\n    return 1\n'),
      py('def first():\n    return 1\n\n\ndef mode(settings, authorization: bool = False):\n    return settings\n'),
      [],
    ],
    [
      'a parameter that the called function has since then',
      py('def load(text):\n    return read(text)\n\n\ndef rows(text):\n    return load(text)\n'),
      py('def load(text, validate=True):\n    return read(text, validate)\n\n\ndef rows(text):\n    return load(text, validate=False)\n'),
      [],
    ],
    [
      'and one that it had',
      py('def load(text, validate=True):\n    return read(text, validate)\n\n\ndef rows(text):\n    return load(text)\n'),
      py('def load(text, validate=True):\n    return read(text, validate)\n\n\ndef rows(text):\n    return load(text, validate=False)\n'),
      ['validation'],
    ],
    [
      'strict of what looks something up',
      ts('export function view() {\n  const found = useParams();\n  return found;\n}\n'),
      ts('export function view() {\n  const found = useParams({ strict: false });\n  return found;\n}\n'),
      [],
    ],
    [
      'strict of what reads a text',
      ts('export function view(text) {\n  const found = parseRecord(text);\n  return found;\n}\n'),
      ts('export function view(text) {\n  const found = parseRecord(text, { strict: false });\n  return found;\n}\n'),
      ['validation'],
    ],
  ] as const)('%s', async (_name, before, after, expected) => {
    expect(await lostKinds(before, after)).toEqual(expected);
  });
});

describe('handlers of errors', () => {
  const read = (body: string): Readonly<Record<string, string>> => ({ 'src/a.py': `def read(source, key):\n${body}    return None\n` });
  const own = "    try:\n        return source.open(key)\n    except Exception as error:\n        log.error('not opened: %s', error)\n";

  it('one that is as it was stands for itself, whatever comes before it', async () => {
    const blank = "    try:\n        if source.open(''):\n            return True\n    except Exception:\n        pass\n";
    expect(await lostKinds(read(own), read(blank + own.replace('error:\n', 'error:\n        count(error)\n')))).toEqual([]);
    expect(await lostKinds(read(own), read(blank.replace("''", 'key')))).toEqual(['error-handling']);
  });

  it('a value in place of another is no record that went', async () => {
    const hub = (handled: string): Readonly<Record<string, string>> =>
      ts(
        `export function send(socket) {\n  let id = null;\n  try {\n    id = socket.attachment();\n  } catch {\n${handled}  }\n  return id;\n}\n`,
      );
    expect(await lostKinds(hub('    id = null;\n'), hub(''))).toEqual([]);
    expect(await lostKinds(hub('    report(socket);\n'), hub(''))).toEqual(['error-handling']);
  });

  it('a refusal that is awaited is one', async () => {
    const run = (line: string): Readonly<Record<string, string>> => ({
      'src/a.py': `async def step(run):\n    if run.age > 9:\n        ${line}\n    return await go(run)\n`,
    });
    expect(await lostKinds(run('raise_if_cancelled(run.id)'), run('await araise_if_cancelled(run.id)'))).toEqual([]);
    expect(await lostKinds(run('raise_if_cancelled(run.id)'), run('await note(run.id)'))).toEqual(['validation']);
  });
});

describe('words and files', () => {
  it('what is decoded was not escaped', async () => {
    const show = (value: string): Readonly<Record<string, string>> => ts(`export function show(text) {\n  return render(${value});\n}\n`);
    expect(await lostKinds(show('decodeHtmlEntities(text)'), show('text'))).toEqual([]);
    expect(await lostKinds(show('encodeHtmlEntities(text)'), show('text'))).toEqual(['escaping']);
  });

  it('steps of a workflow end at a failure without being told', async () => {
    const flow = (shell: string, first: string): Readonly<Record<string, string>> => ({
      '.github/workflows/test.yml': `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Prepare\n${shell}        run: |\n${first}          ./scripts/prepare.sh\n          ./scripts/build.sh\n`,
    });
    expect(await lostKinds(flow('', '          set -e\n'), flow('', ''))).toEqual([]);
    const own = '        shell: bash {0}\n';
    expect(await lostKinds(flow(own, '          set -e\n'), flow(own, ''))).toEqual(['error-handling']);
  });

  it('packages that are installed without a report are installed as before', async () => {
    const file = (run: string): Readonly<Record<string, string>> => ({ Dockerfile: `FROM node:22@sha256:${'0'.repeat(64)}\nRUN ${run}\n` });
    expect(await lostKinds(file('npm install -g tool@1.2.3'), file('npm install -g --no-audit tool@1.2.3'))).toEqual([]);
  });

  it('a folder that is left out under its new path', async () => {
    const flow = (path: string): Readonly<Record<string, string>> => ({
      '.github/workflows/codeql.yml': `on:\n  push:\n    paths-ignore:\n      - "${path}"\njobs:\n  analyze:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: github/codeql-action/analyze@v3\n`,
    });
    expect(await lostKinds(flow('lib/core/templates/**'), flow('lib/cli/core/templates/**'))).toEqual([]);
    expect(await lostKinds(flow('lib/core/templates/**'), flow('lib/cli/**'))).toEqual(['ci-check']);
  });

  it('a rule that asks to look at every run of a program is silenced without much being said', async () => {
    const run = (remark: string): Readonly<Record<string, string>> => ({
      'src/a.py': `import subprocess\n\n\ndef fetch(command):\n    subprocess.run(command, check=True)${remark}\n`,
    });
    expect(await lostKinds(run(''), run('  # noqa: S603'))).toEqual([]);
    expect(await lostKinds(run(''), run('  # noqa: S602'))).toEqual(['scanner-suppressed']);
    expect(await lostKinds(run(''), run('  # nosec B603'))).toEqual(['scanner-suppressed']);
  });
});

describe('bounds of tests', () => {
  const both = (what: string, body: string): Readonly<Record<string, string>> => ({
    'src/load.ts': code(what),
    'test/load.test.ts': test(body),
  });
  const rows = (count: number, bound: number): string =>
    `  const rows = await load(1);\n  const first = rows.filter(isFirst);\n  expect(rows.length).toBe(${count});\n  expect(first.length).toBeLessThan(${bound});\n  expect(first).toContain('total');\n`;

  it.each([
    ['a bound that goes up with what it bounds', both('', rows(12, 12)), both('&all', rows(20, 20)), []],
    ['a bound that goes up a little, with the code', both('', rows(12, 100)), both('&all', rows(12, 105)), []],
    ['a bound that goes up alone', both('', rows(12, 12)), both('&all', rows(12, 20)), ['assertion-weakened']],
    ['a bound that goes up a little, without the code', both('', rows(12, 100)), both('', rows(12, 105)), ['assertion-weakened']],
  ] as const)('%s', async (_name, before, after, expected) => {
    expect(await lostKinds(before, after)).toEqual(expected);
  });
});

describe('what is new beside what was there', () => {
  it('an argument that is expected with one more beside it', () => {
    const expected = (key: string, strength: 7 | 10): Assertion => ({ key, strength, subject: 'got', names: new Set(['got']), node: 0 });
    const all = 'expect(got).toHaveBeenCalledWith({name:"one",trusted:true,signal:stop.signal})';
    const part = (inner: string): string => `expect(got).toHaveBeenCalledWith(expect.objectContaining({${inner}}))`;
    const more = part('name:"one",trusted:true,signal:stop.signal,done:expect.any(Function)');
    expect(weakerThan(expected(all, 10), expected(more, 7))).toBeUndefined();
    expect(weakerThan(expected(all, 10), expected(part('name:"one",trusted:true'), 7))).toMatchObject({ severity: 'WARNING' });
    expect(weakerThan(expected(all, 10), expected(part('name:"one",trusted:true,signal:stop.signal'), 7))).toBeDefined();
  });

  it('how a new function runs something', async () => {
    const old = 'export function first(agent) {\n  return agent({ id: 1 });\n}\n';
    const added = 'export function second(agent) {\n  return agent({ id: 2, sandbox: false });\n}\n';
    expect(await lostKinds(ts(old), ts(old + added))).toEqual([]);
    expect(await lostKinds(ts(old), ts(old.replace('id: 1', 'id: 1, sandbox: false')))).toEqual(['sandbox']);
  });
});

describe('conditions that choose a way', () => {
  const py = (lines: string): Readonly<Record<string, string>> => ({
    'src/a.py': `def update(store, fact):\n    manager = store.manager()\n${lines}    return manager.update(fact)\n`,
  });

  it.each([
    ['what something can do', "    if not hasattr(manager, 'update'):\n        raise NotImplementedError('no update')\n", []],
    ['and whether it may', "    if not is_allowed_fact(fact):\n        raise ValueError('not allowed')\n", ['validation']],
  ] as const)('%s', async (_name, lines, expected) => {
    expect(await lostKinds(py(lines), py(''))).toEqual(expected);
  });

  it('to ask an answer for its status refuses nothing by the condition', async () => {
    const read = (line: string): Readonly<Record<string, string>> => ({
      'src/a.py': `def read(page, answer):\n    kind = page.kind\n    if page.kind in ('text', 'list'):\n        ${line}\n    return keep(page, kind, answer)\n`,
    });
    const without = { 'src/a.py': 'def read(page, answer):\n    kind = page.kind\n    return keep(page, kind, answer)\n' };
    // The call itself is missed, and once.
    expect(await lostKinds(read('answer.raise_for_status()'), without)).toEqual(['error-handling']);
    expect(await lostKinds(read('raise ValueError(kind)'), without)).toEqual(['validation']);
  });

  it('an open question of a user interface is no approval', async () => {
    const panel = (line: string): Readonly<Record<string, string>> =>
      ts(`export function panel(thread) {\n${line}  return show(thread);\n}\n`);
    expect(await lostKinds(panel('  hasOpenHumanInputRequest(thread);\n'), panel(''))).toEqual([]);
    expect(await lostKinds(panel('  requestApproval(thread);\n'), panel(''))).toEqual(['approval']);
  });
});

describe('pipelines', () => {
  it('a program that is named by a variable runs', async () => {
    const make = (line: string): Readonly<Record<string, string>> => ({ Makefile: `lint:\n\t${line}\n` });
    expect(await lostKinds(make('pnpm lint'), make('$(PNPM) lint'))).toEqual([]);
    expect(await lostKinds(make('pnpm lint'), make('$(PNPM) build'))).toEqual(['ci-check']);
  });

  it('a connection within one machine', async () => {
    const flow = (env: string): Readonly<Record<string, string>> => ({
      '.github/workflows/test.yml': `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n${env}    steps:\n      - run: make all\n`,
    });
    const url = (host: string): string => `    env:\n      DB: postgresql://u:p@${host}:5432/db?sslmode=disable\n`;
    expect(await lostKinds(flow(''), flow(url('localhost')))).toEqual([]);
    expect(await lostKinds(flow(''), flow(url('db.example.org')))).toEqual(['tls']);
  });
});

describe('what stays in another place', () => {
  it('an assertion within another one', async () => {
    const inner = '    const margin = page.margin;\n    expect(margin).to.be.closeTo(500, 2);\n';
    const body = (call: string, lines: string): Readonly<Record<string, string>> => ({
      'src/load.ts': code(''),
      'test/load.test.ts': test(`  cy.document().${call}((page) => {\n${lines}  });\n`),
    });
    expect(await lostKinds(body('then', inner), body('should', inner))).toEqual([]);
  });

  it('a scanner that is silenced for a made-up password of a test', async () => {
    const file = (path: string, remark: string): Readonly<Record<string, string>> => ({ [path]: `PASSWORD = "k3y-of-all"${remark}\n` });
    expect(await lostKinds(file('e2e/main.py', ''), file('e2e/main.py', '  # nosec B105'))).toEqual([]);
    expect(await lostKinds(file('src/main.py', ''), file('src/main.py', '  # nosec B105'))).toEqual(['scanner-suppressed']);
    const token = (remark: string): Readonly<Record<string, string>> => ({ 'src/main.py': `START_TOKEN = "<|start|>"${remark}\n` });
    expect(await lostKinds(token(''), token('  # nosec B105'))).toEqual([]);
    expect(await lostKinds(token(''), token('  # nosec B102'))).toEqual(['scanner-suppressed']);
  });

  it('a handler of what was written anew', async () => {
    const list = (tried: string, handled: string): Readonly<Record<string, string>> =>
      ts(`export async function list(folder) {\n  try {\n${tried}  } catch {\n${handled}  }\n  return [];\n}\n`);
    const old = '    const names = await readdir(folder);\n    sort(names);\n';
    expect(
      await lostKinds(
        list(old, '    warn(folder);\n'),
        list('    const found = await scan(await readdir(folder));\n    sort(found);\n    join(found);\n', ''),
      ),
    ).toEqual([]);
    expect(await lostKinds(list(old, '    warn(folder);\n'), list(old, ''))).toEqual(['error-handling']);
  });
});

describe('a part that is taken out', () => {
  const part = (lines: number): string => Array.from({ length: lines }, (_, at) => `export const part${at} = make(${at});\n`).join('');
  const handler = (check: string): string => `export async function handler(request) {\n${check}  return load(request);\n}\n`;
  const check = '  if (!isAuthenticated(request)) {\n    throw new Unauthorized();\n  }\n';

  it.each([
    ['a check that goes with it', 600, []],
    ['a check that goes beside little', 20, ['authentication']],
  ] as const)('%s', async (_name, lines, expected) => {
    expect(await lostKinds({ 'src/a.ts': handler(check), 'src/parts.ts': part(lines) }, { 'src/a.ts': handler('') })).toEqual(expected);
  });

  it('an answer that was only kept', async () => {
    const load = (line: string, last: string): Readonly<Record<string, string>> =>
      ts(`export async function load(client, store) {\n${line}  const rows = await store.rows(client);\n${last}  return rows;\n}\n`);
    const asked = '  const isSignedIn = await client.isSignedIn();\n';
    expect(await lostKinds(load(asked, '  note(isSignedIn);\n'), load('', ''))).toEqual([]);
    expect(await lostKinds(load(asked, '  if (!isSignedIn) throw new Error();\n'), load('', ''))).not.toEqual([]);
  });

  it('whether a text is there is no check of it', async () => {
    const load = (condition: string): Readonly<Record<string, string>> =>
      ts(`export function plan(address) {\n  if (${condition}) {\n    schedule(address);\n  }\n  return address;\n}\n`);
    expect(await lostKinds(load('address.isNotEmpty()'), load('true'))).toEqual([]);
  });
});

describe('what looks like a check', () => {
  const py = (body: string): Readonly<Record<string, string>> => ({ 'src/a.py': body });

  it.each([
    [
      'a guard with something in its place that may do the same',
      ts('export function open(user, page) {\n  if (!isAdmin(user)) throw new Forbidden();\n  return page;\n}\n'),
      ts('export function open(user, page) {\n  enter(user, page);\n  return page;\n}\n'),
      [],
    ],
    [
      'a guard that goes',
      ts('export function open(user, page) {\n  if (!isAdmin(user)) throw new Forbidden();\n  return page;\n}\n'),
      ts('export function open(user, page) {\n  return page;\n}\n'),
      ['authorization'],
    ],
    [
      'a guard with less in its place',
      ts('export function open(user, page) {\n  return onlyFor(user, requireAdmin(page));\n}\n'),
      ts('export function open(user, page) {\n  return onlyFor(user, anyPage(page));\n}\n'),
      ['authorization'],
    ],
    [
      'what is read for somebody who is authorized',
      ts(
        'export async function seed(client) {\n  const own = client.id;\n  await permissionsForAuthorizedViewer(own);\n  return own;\n}\n',
      ),
      ts('export async function seed(client) {\n  const own = client.id;\n  return own;\n}\n'),
      [],
    ],
    [
      'a condition of a function that words an error',
      ts(
        "export function failureMessage(reply) {\n  const all = reply.errors;\n  count(all.length);\n  if (all.length > 0) {\n    return all.join('error');\n  }\n  return reply.text;\n}\n",
      ),
      ts('export function failureMessage(reply) {\n  const all = reply.errors;\n  count(all.length);\n  return reply.text;\n}\n'),
      [],
    ],
    [
      'a step of cleaning up before the error goes on',
      py('def send(link):\n    try:\n        link.open()\n    except Exception:\n        link.close()\n        raise\n    return link\n'),
      py(
        'def send(link):\n    try:\n        link.open()\n    except Exception:\n        try:\n            link.close()\n        except Exception:\n            pass\n        raise\n    return link\n',
      ),
      [],
    ],
    [
      'an option that a program speaks of',
      ts("export const detail = (verify) => (verify ? 'checked' : 'left out');\n"),
      ts("export const detail = (verify) => (verify ? 'checked' : 'not checked (--no-verify)');\n"),
      [],
    ],
    [
      'and one that it uses',
      ts("export const save = () => run('git commit -m all');\n"),
      ts("export const save = () => run('git commit --no-verify -m all');\n"),
      ['ci-check'],
    ],
  ] as const)('%s', async (_name, before, after, expected) => {
    expect(await lostKinds(before, after)).toEqual(expected);
  });

  it('of two assertions that were the same one stays', async () => {
    const one = '  expect(rows.total).toBe(12);\n';
    const both = (lines: string): Readonly<Record<string, string>> => ({
      'src/load.ts': code(''),
      'test/load.test.ts': test(`  const rows = await load(1);\n  if (rows.many) {\n${lines}  }\n${one}`),
    });
    expect(await lostKinds(both(one), both(''))).toEqual([]);
    expect(await lostKinds(both(one.replace('total', 'size')), both(''))).toEqual(['assertion-removed']);
  });

  it('what was asserted chooses now', async () => {
    const both = (lines: string): Readonly<Record<string, string>> => ({
      'test_a.py': `def test_rows(load):\n    rows = load()\n${lines}    assert first["kind"] == "main"\n`,
    });
    const old = both('    first = rows[0]\n    assert first["name"] == "segment"\n');
    expect(await lostKinds(old, both('    (first,) = (row for row in rows if row["name"] == "segment")\n'))).toEqual([]);
    expect(await lostKinds(old, both('    first = rows[0]\n'))).toEqual(['assertion-removed']);
  });
});

describe('what is done in another way', () => {
  const py = (body: string): Readonly<Record<string, string>> => ({ 'src/a.py': body });

  it('the whole is compared of which a part was asked for', async () => {
    const both = (lines: string): Readonly<Record<string, string>> => ({
      'test_a.py': `def test_embed(load):\n    content = load()\n${lines}    assert content["kind"] == "main"\n`,
    });
    const old = both('    assert "format" not in content["embed"]["options"]\n');
    expect(await lostKinds(old, both('    assert content["embed"]["options"] == {"time": 1}\n'))).toEqual([]);
    expect(await lostKinds(old, both(''))).toEqual(['assertion-removed']);
  });

  it('a step that tells the outcome of a check may fail', async () => {
    const flow = (step: string): Readonly<Record<string, string>> => ({
      '.github/workflows/test.yml': `on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n${step}`,
    });
    const step = (uses: string): string => `      - name: Last\n        uses: ${uses}\n        continue-on-error: true\n`;
    expect(await lostKinds(flow(''), flow(step('some/coverage-report-action@v2')))).toEqual([]);
    expect(
      await lostKinds(flow('      - run: npm run lint\n'), flow('      - run: npm run lint\n        continue-on-error: true\n')),
    ).toEqual(['ci-check']);
  });

  it('another client that verifies as little', async () => {
    const make = (call: string): Readonly<Record<string, string>> => py(`def make(own):\n    return ${call}\n`);
    expect(await lostKinds(make('Client(verify=False)'), make('DefaultClient(verify=False)'))).toEqual([]);
    expect(await lostKinds(make('Client(own)'), make('DefaultClient(own, verify=False)'))).toEqual(['tls']);
  });

  it('a refusal that waits for the end of a loop', async () => {
    const read = (inner: string, last: string): Readonly<Record<string, string>> =>
      py(
        `def read(results, keys):\n    missing = False\n    for _ in keys:\n        value = results.get()\n        if value > LAST:\n            ${inner}\n${last}    return results\n`,
      );
    const old = read("raise FileNotFoundError('missing')", '');
    expect(await lostKinds(old, read('missing = True', "    if missing:\n        raise FileNotFoundError('missing')\n"))).toEqual([]);
    expect(await lostKinds(old, read('missing = True', ''))).toEqual(['validation']);
  });

  it('a test that is made anew in another file', async () => {
    const one = (name: string, body: string): string => `def test_${name}(queue_reader):\n${body}`;
    const old = {
      'tests/test_loop.py': one('executor_queue_does_not_starve', '    count = queue_reader.background(12)\n    assert count > 10\n'),
    };
    const now = {
      'tests/test_kernel.py': one(
        'threaded_queue_offloads',
        '    reader = queue_reader.thread()\n    assert reader is not None\n    assert reader == 12\n',
      ),
    };
    expect(await lostKinds(old, now)).toEqual([]);
    expect(await lostKinds(old, { 'tests/test_kernel.py': one('other', '    assert queue_reader is not None\n') })).toEqual([
      'test-deleted',
    ]);
  });

  it('an exception that is raised without being called', async () => {
    const login = (what: string): Readonly<Record<string, string>> =>
      py(`def login(self, name):\n    self.look(name)\n    raise ${what}\n`);
    expect(await lostKinds(login('LoginValidationError()'), login('LoginValidationError'))).toEqual([]);
  });

  it('what is shown where there is nothing to show', async () => {
    const view = (empty: string): Readonly<Record<string, string>> => ({
      'src/a.tsx': `export function Table({ events }) {\n  const count = events.length;\n${empty}  return <p>{count}</p>;\n}\n`,
    });
    expect(await lostKinds(view('  if (events.length === 0) {\n    return <p className="error">None</p>;\n  }\n'), view(''))).toEqual([]);
    expect(await lostKinds(view("  if (events.length > 99) {\n    throw new Error('none');\n  }\n"), view(''))).toEqual(['validation']);
  });

  it('what was asserted before is made so', async () => {
    const both = (line: string): Readonly<Record<string, string>> => ({
      'src/load.py': `def load(api):\n    return api.get(${line.length})\n`,
      'tests/test_a.py': `def test_port(api):\n    state = load(api)\n    ${line}\n    assert state.host is None\n    assert state.name == "main"\n`,
    });
    expect(await lostKinds(both('assert api.port == 8123'), both('api.port = 8123'))).toEqual([]);
  });

  it('an error that is looked at after something new is done about another one', async () => {
    const read = (more: string, last: string): Readonly<Record<string, string>> => ({
      'a.go': `package a\n\nfunc Read(tx Tx) (string, error) {\n\tvar name string\n\terr := tx.Scan(&name)\n\tif err == ErrNone {\n${more}\t\treturn "", NewError(tx)\n\t}${last}\n\treturn name, nil\n}\n`,
    });
    const chained = ' else if err != nil {\n\t\treturn "", err\n\t}';
    expect(await lostKinds(read('', chained), read('\t\tLogf(tx)\n', chained))).toEqual([]);
  });
});
