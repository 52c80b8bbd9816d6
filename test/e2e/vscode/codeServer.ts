/**
 * A window in code-server (VS Code's server, from npm) opened by Chromium. The payload in the address makes the browser load an extension
 * from a folder and a test module, which is what `--extensionDevelopmentPath` and `--extensionTestsPath` do on the desktop.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { codeServerEntry, findProgram, isProvisioned } from '../../../scripts/e2e/provision.mjs';
import type { EditorWindow, WindowRequest } from './window.js';

/** Chromium without its sandbox (tests run as root in containers) and without anything that calls home. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Longest that code-server may take to listen, and that the workbench may take to draw itself. */
const START_LIMIT_MS = 60_000;

/** Longest that a text may take to appear. */
const SEE_LIMIT_MS = 30_000;

export async function openCodeServerWindow(request: WindowRequest): Promise<EditorWindow> {
  if (!isProvisioned()) throw new Error('code-server is not in the cache: run `node scripts/e2e/provision.mjs` (Node 20), as .ci/run does');
  const browserProgram = ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find((file) => file !== undefined);
  if (browserProgram === undefined) throw new Error('no Chromium on PATH. On Debian: apt-get install chromium');

  const port = await freePort();
  const server = await startServer(request, port);
  const died = new Promise<never>((_, reject) => {
    server.once('exit', (code) => reject(new Error(`code-server ended with ${String(code)}; see ${request.scratch}/code-server.log`)));
  });
  died.catch(() => undefined);
  try {
    await Promise.race([listening(port), died]);
    const browser = await chromium.launch({ executablePath: browserProgram, args: CHROMIUM_ARGS });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    logConsole(page, path.join(request.scratch, 'browser.log'));
    if (!request.trusted) await declineTrust(page, address(request, port, false));
    await page.goto(address(request, port, true), { timeout: START_LIMIT_MS });
    await page.locator('.monaco-workbench').waitFor({ timeout: START_LIMIT_MS });
    return {
      died,
      screenshot: async (file) => {
        await page.screenshot({ path: file });
      },
      see: (text) => readable(page, text),
      point: (text) => page.getByText(text).filter({ visible: true }).first().hover({ timeout: SEE_LIMIT_MS }),
      click: (text) => page.getByText(text, { exact: true }).filter({ visible: true }).first().click({ timeout: SEE_LIMIT_MS }),
      press: (key) => page.keyboard.press(key),
      close: async () => {
        await browser.close();
        await stop(server);
      },
    };
  } catch (error) {
    await stop(server);
    throw error;
  }
}

function address({ extension, suite, workspace }: WindowRequest, port: number, tests: boolean): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [['extensionDevelopmentPath', remote(extension)], ...(tests ? [['extensionTestsPath', remote(suite)]] : [])];
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('folder', workspace);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

async function startServer({ scratch, workspace, trusted, env }: WindowRequest, port: number): Promise<ChildProcess> {
  const data = path.join(scratch, 'data');
  await mkdir(path.join(data, 'User'), { recursive: true });
  // In a browser VS Code saves by itself a second after an edit, and then there is nothing to revert.
  await writeFile(path.join(data, 'User', 'settings.json'), JSON.stringify({ 'files.autoSave': 'off' }));
  const args = [
    codeServerEntry(),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'],
    ...['--config', path.join(scratch, 'config.yaml'), '--session-socket', path.join(scratch, 'session.sock')],
    ...['--user-data-dir', data, '--extensions-dir', path.join(scratch, 'extensions')],
    ...(trusted ? ['--disable-workspace-trust'] : []),
    workspace,
  ];
  const server = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(path.join(scratch, 'code-server.log'));
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  return server;
}

/** Resolves when the server answers its health check. */
async function listening(port: number): Promise<void> {
  const started = performance.now();
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (performance.now() - started > START_LIMIT_MS) throw new Error(`code-server did not listen within ${START_LIMIT_MS} ms`);
    await pause();
  }
}

/**
 * Answers "No, I don't trust the authors", as a careful person does, in a first look at the folder without the suite: a window that runs
 * tests refuses to show any dialog, and remembers the answer that was given before.
 */
async function declineTrust(page: Page, url: string): Promise<void> {
  await page.goto(url, { timeout: START_LIMIT_MS });
  await page.getByRole('button', { name: /^No, I don't trust the authors/ }).click({ timeout: START_LIMIT_MS });
  await page
    .getByRole('button', { name: /^Restricted Mode/ })
    .first()
    .waitFor({ timeout: START_LIMIT_MS });
}

/** Web views are frames within frames that come and go, so each look asks all that there are now. */
async function readable(page: Page, text: string): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < SEE_LIMIT_MS) {
    for (const frame of page.frames()) {
      const here = await frame
        .getByText(text)
        .filter({ visible: true })
        .first()
        .isVisible()
        .catch(() => false);
      if (here) return;
    }
    await pause();
  }
  throw new Error(`"${text}" could not be read in the window within ${SEE_LIMIT_MS} ms`);
}

async function pause(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
}

function logConsole(page: Page, file: string): void {
  const log = createWriteStream(file);
  page.on('console', (message) => log.write(`${message.type()}: ${message.text()}\n`));
  page.on('pageerror', (error) => log.write(`page error: ${error.message}\n`));
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  server.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
