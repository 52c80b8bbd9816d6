/**
 * The GitHub action and the pre-commit hooks, run as far as they run without GitHub: their own steps, taken from their files, in a repository with an event and a
 * server that plays GitHub's. And what must hold of their text: pinned actions, no expression in a script, no more rights than needed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../cli/support.js';
import { cloneRepository, makeRepository, temporaryFolder } from './repository.js';
import type { TestRepository } from './repository.js';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | boolean>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const SOURCE = readFileSync(path.join(ROOT, 'action.yml'), 'utf8');
const ACTION = parse(SOURCE) as Action;
const STEPS = ACTION.runs.steps;

interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/** Runs one step as the runner does: its script in bash, with its environment filled in. */
function runStep(
  name: string,
  expressions: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Ran> {
  const step = STEPS.find((one) => one.name === name);
  if (step?.run === undefined) throw new Error(`no step ${name}`);
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: cwd, ...more };
  for (const [key, value] of Object.entries(step.env ?? {})) {
    const expression = /^\$\{\{ (.+) \}\}$/.exec(value)?.[1] ?? '';
    env[key] = expressions[expression] ?? ACTION.inputs[expression.replace(/^inputs\./, '')]?.default ?? '';
  }
  return new Promise((resolve, reject) => {
    // As the runner starts bash.
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });
}

interface Checkout {
  readonly made: TestRepository;
  readonly base: string;
  readonly head: string;
  readonly config: string;
}

function checkout(): Checkout {
  const origin = makeRepository();
  const base = origin.commit({ files: { 'agent.py': 'import os\n' } });
  const head = origin.commit({
    files: { 'agent.py': 'import os\nexec(answer)\n' },
    message: 'Run it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
  });
  origin.note('countersign-other', head, 'x');
  const config = path.join(temporaryFolder(), 'rules.yaml');
  writeFileSync(
    config,
    'rules:\n  - { id: runs-text, message: It runs text., severity: ERROR, languages: [python], pattern: exec(...) }\n',
  );
  return { made: cloneRepository(origin), base, head, config };
}

interface Job {
  readonly files: Readonly<Record<'output' | 'summary' | 'event', string>>;
  readonly env: Readonly<Record<string, string>>;
  outputs(): Readonly<Record<string, string>>;
}

function job(event: unknown): Job {
  const folder = temporaryFolder();
  const files = { output: path.join(folder, 'output'), summary: path.join(folder, 'summary'), event: path.join(folder, 'event.json') };
  writeFileSync(files.event, JSON.stringify(event));
  writeFileSync(files.output, '');
  return {
    files,
    env: { GITHUB_EVENT_PATH: files.event, GITHUB_OUTPUT: files.output, GITHUB_STEP_SUMMARY: files.summary, RUNNER_TEMP: folder },
    outputs: () =>
      Object.fromEntries(
        readFileSync(files.output, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      ),
  };
}

describe('the text of the action', () => {
  test('pins every action to a commit and says its version', () => {
    for (const uses of STEPS.flatMap((step) => step.uses ?? [])) expect(uses).toMatch(/^[\w-]+\/[\w./-]+@[\da-f]{40}$/);
    for (const line of SOURCE.split('\n').filter((text) => /^\s+uses:/.test(text))) expect(line).toMatch(/@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });
  test('has no expression in a script, and a shell for each', () => {
    for (const step of STEPS) {
      expect((step.run === undefined) === (step.uses === undefined)).toBe(false);
      expect(step.run ?? '').not.toContain('${{');
      for (const value of Object.values(step.env ?? {})) expect(value).toMatch(/^\$\{\{ [\w.-]+ \}\}$/);
    }
    expect(SOURCE.match(/shell: bash/g)).toHaveLength(STEPS.filter(({ run }) => run !== undefined).length);
  });
  test('knows only inputs and steps that there are', () => {
    for (const [, name = ''] of SOURCE.matchAll(/inputs\.([\w-]+)/g)) expect(Object.keys(ACTION.inputs)).toContain(name);
    for (const [, id = ''] of SOURCE.matchAll(/steps\.([\w-]+)\./g)) expect(STEPS.map((step) => step.id)).toContain(id);
    for (const { description } of Object.values(ACTION.inputs)) expect(description).toMatch(/\.$|\)\.?$/);
    expect(ACTION.runs.using).toBe('composite');
  });
});

describe('the step that audits', () => {
  test('audits the commits of a pull request and leaves its reports', async () => {
    const { made, base, head, config } = checkout();
    const { env, outputs, files } = job({ pull_request: { number: 7, base: { sha: base }, head: { sha: head } } });
    const ran = await runStep('Audit', { 'github.action_path': ROOT, 'inputs.config': config }, env, made.directory);
    expect(ran.code).toBe(0);
    const out = outputs();
    expect(out).toMatchObject({ 'exit-code': '1', anything: 'true' });
    expect(JSON.parse(readFileSync(out['json'] ?? '', 'utf8'))).toMatchObject({ results: [{ check_id: 'runs-text', path: 'agent.py' }] });
    expect(readFileSync(out['markdown'] ?? '', 'utf8')).toMatch(/^<!-- countersign:audit -->\n/);
    expect(readFileSync(files.summary, 'utf8')).toContain('1 finding added (1 error)');
    for (const name of ['sarif', 'html']) expect(existsSync(out[name] ?? '')).toBe(true);
    const result = await runStep('Result', { 'steps.audit.outputs.exit-code': out['exit-code'] ?? '' }, env, made.directory);
    expect(result.code).toBe(1);
    // Nothing said how it went: then it went wrong.
    expect((await runStep('Result', {}, env, made.directory)).code).toBe(2);
  });
  test('asks for a countersignature where it is told to', async () => {
    const { made, base, head, config } = checkout();
    const event = { before: base, after: head };
    const expressions = { 'github.action_path': ROOT, 'inputs.config': config, 'inputs.fail-on': 'never' };
    const without = job(event);
    await runStep('Audit', expressions, without.env, made.directory);
    expect(without.outputs()['exit-code']).toBe('0');
    const asked = job(event);
    const ran = await runStep('Audit', { ...expressions, 'inputs.verify': 'true' }, asked.env, made.directory);
    expect(asked.outputs()['exit-code']).toBe('1');
    expect(ran.out).toContain('Nobody has countersigned it');
    expect(readFileSync(asked.files.summary, 'utf8')).toContain('## Countersignatures');
  });
  test('takes nothing but hashes from an event, and no options from an input', async () => {
    const { made, config } = checkout();
    const trap = path.join(temporaryFolder(), 'ran');
    for (const text of [`--output=${trap}`, `$(touch ${trap})`, `'; touch ${trap}; '`, `"\n touch ${trap}\n"`, '${{ github.token }}']) {
      const event = { pull_request: { number: 1, base: { sha: text, ref: text }, head: { sha: text, ref: text }, title: text } };
      const { env, outputs } = job(event);
      await runStep('Audit', { 'github.action_path': ROOT, 'inputs.config': config }, env, made.directory);
      // Without usable hashes it is the commit that is checked out.
      expect(outputs()['exit-code']).toBe('1');
      const asked = job({});
      const ran = await runStep(
        'Audit',
        { 'github.action_path': ROOT, 'inputs.config': config, 'inputs.range': text },
        asked.env,
        made.directory,
      );
      expect(asked.outputs()['exit-code']).toBe('2');
      expect(ran.out).toContain('::error title=Countersign::');
    }
    expect(existsSync(trap)).toBe(false);
  });
  test('says so when it cannot run', async () => {
    const { config } = checkout();
    const { env, outputs } = job({});
    const ran = await runStep('Audit', { 'github.action_path': ROOT, 'inputs.config': config }, env, temporaryFolder());
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('fetch-depth: 0');
    expect(outputs()).toEqual({ 'exit-code': '2', anything: 'false' });
  });
});

test('the step that fetches notes brings them, and bears with a remote that has none', async () => {
  const origin = makeRepository();
  const sha = origin.commit({ files: { 'a.py': 'a\n' } });
  origin.note('countersign', sha, 'a record');
  const made = cloneRepository(origin);
  const ran = await runStep(
    'Fetch notes',
    { 'inputs.path': made.directory },
    { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'protocol.file.allow', GIT_CONFIG_VALUE_0: 'always' },
    made.directory,
  );
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('There is no refs/notes/ai to fetch.') as string });
  expect(made.git(['notes', '--ref', 'countersign', 'show', sha])).toBe('a record');
});

test('the step that builds leaves alone what is built', async () => {
  expect(await runStep('Build Countersign', { 'github.action_path': ROOT }, {}, temporaryFolder())).toEqual({ code: 0, out: '' });
});

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly type: string };
}

/** The part of GitHub's API that the comment needs. */
async function github(comments: Comment[], status = 200): Promise<{ readonly url: string; readonly calls: string[] }> {
  const calls: string[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      calls.push(`${request.method ?? ''} ${url.pathname} ${request.headers.authorization ?? ''}`.trim());
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      const page = Number(url.searchParams.get('page') ?? 1);
      const size = Number(url.searchParams.get('per_page') ?? 30);
      if (request.method === 'GET') response.end(JSON.stringify(comments.slice((page - 1) * size, page * size)));
      else {
        const { body: text } = JSON.parse(body) as { body: string };
        const id = Number(/\/comments\/(\d+)$/.exec(url.pathname)?.[1] ?? comments.length + 1);
        if (status === 200) {
          const at = comments.findIndex((comment) => comment.id === id);
          const written = { id, body: text, user: { type: 'Bot' } };
          if (at < 0) comments.push(written);
          else comments[at] = written;
        }
        response.end('{}');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

describe('the step that comments', () => {
  const MARKER = '<!-- countersign:audit -->';
  async function comment(comments: Comment[], body: string, anything: boolean, status = 200) {
    const { url, calls } = await github(comments, status);
    const { env } = job({ pull_request: { number: 7 } });
    const markdown = path.join(temporaryFolder(), 'a.md');
    writeFileSync(markdown, body);
    const ran = await runStep(
      'Comment',
      {
        'github.action_path': ROOT,
        'inputs.github-token': 'secret-token',
        'steps.audit.outputs.markdown': markdown,
        'steps.audit.outputs.anything': String(anything),
      },
      { ...env, GITHUB_API_URL: url, GITHUB_REPOSITORY: 'owner/name' },
      temporaryFolder(),
    );
    expect(ran.out).not.toContain('secret-token');
    return { ...ran, calls };
  }

  test('writes one, and brings it up to date', async () => {
    // Somebody else's comment with the same mark, and enough others for a second page.
    const comments: Comment[] = Array.from({ length: 120 }, (_, at) => ({
      id: at + 1,
      body: at === 3 ? `${MARKER}\nmine` : 'hello',
      user: { type: 'User' },
    }));
    expect(await comment(comments, `${MARKER}\none\n`, true)).toMatchObject({ code: 0 });
    expect(comments).toHaveLength(121);
    expect(comments[120]).toMatchObject({ body: `${MARKER}\none\n` });
    const second = await comment(comments, `${MARKER}\ntwo\n`, false);
    expect(second.calls.at(-1)).toBe('PATCH /repos/owner/name/issues/comments/121 Bearer secret-token');
    expect(comments).toHaveLength(121);
    expect(comments[120]).toMatchObject({ body: `${MARKER}\ntwo\n` });
    const same = await comment(comments, `${MARKER}\ntwo\n`, true);
    expect(same.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(comments[3]?.body).toBe(`${MARKER}\nmine`);
  });
  test('says nothing where there is nothing to say', async () => {
    const comments: Comment[] = [];
    expect(await comment(comments, `${MARKER}\none\n`, false)).toMatchObject({ code: 0, out: 'Nothing to report: no comment.\n' });
    expect(comments).toEqual([]);
  });
  test('does not fail the job where it may not write', async () => {
    const ran = await comment([], `${MARKER}\none\n`, true, 403);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('::warning title=Countersign::') as string });
  });
});

describe('the pre-commit hooks', () => {
  const hooks = parse(readFileSync(path.join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as {
    id: string;
    entry: string;
    language: string;
    pass_filenames?: boolean;
  }[];
  function runHook(id: string, cwd: string, files: readonly string[]): { readonly code: number; readonly out: string } {
    const hook = hooks.find((one) => one.id === id);
    const [program = '', ...args] = hook?.entry.split(' ') ?? [];
    expect(hook?.language).toBe('script');
    try {
      const out = execFileSync(path.join(ROOT, program), [...args, ...(hook?.pass_filenames === false ? [] : files)], {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return { code: 0, out };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, out: stdout };
    }
  }

  test('stop a commit that adds something, and let another through', () => {
    const made = makeRepository();
    made.commit({ files: { 'a.py': 'import os\n' } });
    made.write({ '.claude/settings.json': '{"permissions":{"defaultMode":"bypassPermissions"}}\n', 'b.py': 'x = 1\n' });
    made.git(['add', 'b.py']);
    expect(runHook('countersign-audit', made.directory, [])).toMatchObject({ code: 0 });
    made.git(['add', '-A', '--force']);
    expect(runHook('countersign-audit', made.directory, [])).toMatchObject({
      code: 1,
      out: expect.stringContaining('.claude/settings.json') as string,
    });
    expect(runHook('countersign-scan', made.directory, ['.claude/settings.json', 'b.py'])).toMatchObject({ code: 1 });
    expect(runHook('countersign-scan', made.directory, ['b.py'])).toMatchObject({ code: 0 });
  });
  test('name a file that can be started', () => {
    for (const { entry } of hooks) expect(statSync(path.join(ROOT, entry.split(' ')[0] ?? '')).mode & 0o111).not.toBe(0);
  });
});
