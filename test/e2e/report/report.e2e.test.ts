/**
 * The HTML reports in a real browser: they ask the network for nothing, their policy holds, a hostile repository puts nothing into them, and filters, sorting and
 * keys work.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatAuditHtml } from '../../../server/src/cli/reporters/auditHtml.js';
import { formatHtml } from '../../../server/src/cli/reporters/html.js';
import { findingsAsScan } from '../../../server/src/cli/auditResult.js';
import { CONTEXT, exampleReport, HOSTILE } from '../../audit/example.js';

const OUTPUT = fileURLToPath(new URL('../../../e2e-output/report', import.meta.url));
let browser: Browser;
let folder: string;

beforeAll(async () => {
  const program = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((entry) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(entry, name)))
    .find((file) => existsSync(file));
  if (program === undefined) throw new Error('no Chromium on PATH. On Debian: apt-get install chromium');
  browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking'],
  });
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-report-'));
  mkdirSync(OUTPUT, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Everything that was asked for but the file itself. */
  readonly requests: readonly string[];
  /** What the console and the policy said. */
  readonly complaints: readonly string[];
}

async function open(text: string, options: { readonly dark?: boolean; readonly width?: number } = {}): Promise<Opened> {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.html`);
  writeFileSync(file, text);
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1_100, height: 900 },
    colorScheme: options.dark === true ? 'dark' : 'light',
  });
  const address = pathToFileURL(file).href;
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address);
  await page.locator('form.filters').waitFor({ state: 'visible' });
  return { page, requests, complaints };
}

const shown = (page: Page): Promise<number> => page.locator('[data-list] .item:visible').count();

describe('the report of an audit', () => {
  test('opens without the network and without a complaint, light, dark, narrow and on paper', async () => {
    for (const [name, options] of [
      ['light', {}],
      ['dark', { dark: true }],
      ['narrow', { width: 390 }],
    ] as const) {
      const { page, requests, complaints } = await open(formatAuditHtml(exampleReport(), CONTEXT), options);
      expect(await page.title()).toBe('Countersign audit: main..feature/agent');
      await page.screenshot({ path: path.join(OUTPUT, `audit-${name}.png`), fullPage: true });
      // Nothing is wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
      await page.close();
    }
    const { page } = await open(formatAuditHtml(exampleReport(), CONTEXT));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form.filters').isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('lets a hostile repository put nothing into it', async () => {
    for (const text of [
      formatAuditHtml(exampleReport(HOSTILE), CONTEXT),
      formatHtml(
        findingsAsScan(
          exampleReport(HOSTILE).total.added.map(({ finding }) => finding),
          CONTEXT,
        ),
      ),
    ]) {
      const { page, requests, complaints } = await open(text);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      const found = await page.evaluate(() => ({
        hacked: 'hacked' in window,
        scripts: document.scripts.length,
        styles: document.styleSheets.length,
        foreign: document.querySelectorAll(
          'img, iframe, object, embed, link, a, base, [onload], [onerror], [onclick], [style], textarea, svg svg',
        ).length,
        hidden: /[\u202e\u200b\u001b]/.test(document.documentElement.textContent ?? ''),
        saysSo: (document.body.textContent ?? '').includes('\\u{202E}'),
      }));
      expect(found).toEqual({ hacked: false, scripts: 1, styles: 1, foreign: 0, hidden: false, saysSo: true });
      expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
      // A filter with a hostile file name still filters.
      await page.locator('select[name=path]').selectOption({ index: 1 });
      expect(await shown(page)).toBeGreaterThan(0);
      await page.close();
    }
  });

  test('has a policy that stops what would get into it', async () => {
    const page = formatAuditHtml(exampleReport(), CONTEXT).replace(
      '<footer>',
      '<footer><script>window.hacked = 1</script><img src="http://127.0.0.1:9/a.png" onerror="window.hacked = 2"><style>main { display: none }</style><p style="position:fixed">x</p>',
    );
    const opened = await open(page);
    expect(await opened.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await opened.page.locator('main').isVisible()).toBe(true);
    expect(opened.complaints.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(4);
    await opened.page.close();
  });

  test('filters, sorts and can be used by keys', async () => {
    const { page } = await open(formatAuditHtml(exampleReport(), CONTEXT));
    const first = (): Promise<string | null> => page.locator('[data-list] .item:visible').first().getAttribute('data-path');
    expect(await shown(page)).toBe(11);
    expect(await page.locator('[data-count]').textContent()).toBe('All 11 shown.');
    await page.getByLabel('warnings').uncheck();
    expect(await shown(page)).toBe(6);
    await page.getByLabel('notes').uncheck();
    await page.getByLabel('Kind').selectOption('check');
    expect(await shown(page)).toBe(1);
    expect(await page.locator('[data-count]').textContent()).toBe('1 of 11 shown.');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => shown(page)).toBe(11);
    await page.getByLabel('Order').selectOption('path');
    expect(await first()).toBe('.claude/settings.json');
    await page.getByLabel('Order').selectOption('worst');
    await page.getByLabel('Search').fill('tls VERIFIED');
    expect(await shown(page)).toBe(1);
    await page.getByRole('button', { name: 'Reset' }).click();
    // The picture filters, by keys too.
    await page.getByRole('button', { name: 'src/agent/run.py, removed checks: 1, at worst error' }).focus();
    await page.keyboard.press('Enter');
    expect(await shown(page)).toBe(1);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('search');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.closest('.reading') !== null)).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.locator('.reading details').first().getAttribute('open')).toBeNull();
    await page.close();
  });
});

describe('the report of a scan', () => {
  test('opens without the network', async () => {
    const scan = findingsAsScan(
      exampleReport().total.added.map(({ finding }) => finding),
      CONTEXT,
    );
    const { page, requests, complaints } = await open(formatHtml(scan));
    expect(await shown(page)).toBe(4);
    await page.screenshot({ path: path.join(OUTPUT, 'scan.png'), fullPage: true });
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    await page.close();
  });
});
