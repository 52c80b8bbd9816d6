/**
 * What is shipped is what .vscodeignore names: the manifest, the papers, the bundles, the grammars, the packs. No source, no fixture, no
 * dependency folder. Looks at the build that `npm run build` left (`npm test` makes one first).
 */
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../server/src/core/index.js';
import { root } from './copyTree.js';

const ALLOWED = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE(\.txt)?$/,
  /^media\//,
  /^client\/dist\/extension\.cjs$/,
  /^server\/package\.json$/,
  /^server\/bin\/countersign\.mjs$/,
  /^server\/dist\/(cli|worker|lsp)\.mjs$/,
  /^server\/dist\/wasm\/[a-z-]+\.wasm$/,
  /^server\/dist\/wasm\/web-tree-sitter\.cjs$/,
  /^server\/dist\/rules\/.+\.yaml$/,
  /^server\/dist\/rules\/(examples|precision)\.json$/,
  /^server\/dist\/rule\.schema\.json$/,
  /^server\/dist\/prepared\/[a-z-]+\.bin$/,
];

const NEEDED = [
  'package.json',
  'client/dist/extension.cjs',
  'server/dist/cli.mjs',
  'server/dist/worker.mjs',
  'server/dist/lsp.mjs',
  'server/dist/wasm/web-tree-sitter.wasm',
  'server/dist/wasm/web-tree-sitter.cjs',
  'server/dist/wasm/tree-sitter-python.wasm',
  'server/dist/rules/agent-code/pack.yaml',
  'server/dist/rules/examples.json',
  'server/dist/rules/precision.json',
  'server/dist/rule.schema.json',
  'server/dist/prepared/python.bin',
];

describe('the extension package', () => {
  let files: readonly string[];

  beforeAll(() => {
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    const listed = spawnSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' });
    expect(listed.stderr).not.toMatch(/ERROR/);
    files = listed.stdout.split('\n').filter((line) => line !== '');
  });

  it('holds nothing but what is meant to be shipped', () => {
    expect(files.filter((file) => !ALLOWED.some((shape) => shape.test(file)))).toEqual([]);
  });

  it('holds a grammar for every language', () => {
    const grammars = LANGUAGES.flatMap((language) => language.grammars).filter((grammar) => 'wasm' in grammar);
    expect(grammars.filter(({ id }) => !files.includes(`server/dist/wasm/tree-sitter-${id}.wasm`))).toEqual([]);
  });

  it('holds everything that runs', () => {
    expect(NEEDED.filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('the bundles, away from the repository', () => {
  let folder: string;
  let program: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'countersign-package-'));
    for (const part of ['bin', 'dist', 'package.json'])
      await cp(path.join(root, 'server', part), path.join(folder, 'server', part), { recursive: true });
    await cp(path.join(root, 'test/e2e/fixtures/workspace'), path.join(folder, 'workspace'), { recursive: true });
    program = path.join(folder, 'server/bin/countersign.mjs');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('scan files with the packs and grammars beside them', () => {
    const ran = spawnSync(process.execPath, [program, 'scan', '--format', 'json', 'workspace'], { cwd: folder, encoding: 'utf8' });
    expect({ status: ran.status, stderr: ran.stderr }).toMatchObject({ status: 1 });
    const { results } = JSON.parse(ran.stdout) as { results: readonly { path: string }[] };
    const found = new Set(results.map((result) => path.basename(result.path)));
    expect([...found].toSorted()).toEqual([
      'agent.ipynb',
      'agent.py',
      'agent.ts',
      'columns.py',
      'install.sh',
      'settings.py',
      'unopened.py',
    ]);
  });

  it('answer an editor', async () => {
    const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    const request = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: process.pid, rootUri: null, capabilities: {} },
    });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(request)}\r\n\r\n${request}`);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('"id":1')) resolve(text);
      });
      server.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}: ${text}`)));
    });
    server.removeAllListeners('exit');
    server.kill();
    expect(answer).toContain('"capabilities"');
  });
});

describe('the dependencies', () => {
  it('each have a line that says what for, why, and under which licence', async () => {
    const page = await readFile(path.join(root, 'docs/dependencies.md'), 'utf8');
    const names = await Promise.all(
      ['package.json', 'server/package.json', 'client/package.json'].map(async (file) => {
        const manifest = JSON.parse(await readFile(path.join(root, file), 'utf8')) as Readonly<Record<string, object | undefined>>;
        return [...Object.keys(manifest['dependencies'] ?? {}), ...Object.keys(manifest['devDependencies'] ?? {})];
      }),
    );
    // First cells of the tables: `yaml`, or several as `a, b`, or one and its companions as `a, -companion`.
    const named = new Set(
      [...page.matchAll(/^\| (?<cell>[@a-z][^|]*?) +\|/gm)].flatMap((row) => {
        const [first = '', ...more] = (row.groups?.['cell'] ?? '').split(', ').map((name) => name.replace(/ [\d.]+$/, ''));
        return [first, ...more.map((name) => (name.startsWith('-') ? `${first}${name}` : name))];
      }),
    );
    expect(names.flat().filter((name) => !named.has(name))).toEqual([]);
  });
});
