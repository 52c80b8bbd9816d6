/** We run our own scanner on ourselves: what `rules/self` asks holds in every source file that ships. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('the sources keep the rules of rules/self', () => {
  const run = spawnSync(
    process.execPath,
    ['server/dist/cli.mjs', 'scan', 'server/src', 'client/src', '--config', './rules/self', '--fail-on', 'info', '--format', 'json'].map(
      (word) => (word.endsWith('.mjs') ? path.join(root, word) : word),
    ),
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const report = JSON.parse(run.stdout) as {
    readonly results: readonly {
      readonly check_id: string;
      readonly path: string;
      readonly extra: { readonly is_ignored: boolean };
    }[];
    readonly paths: { readonly scanned: readonly string[] };
  };
  // One that is suppressed has its reason beside it, and is named here all the same.
  expect(report.results.map(({ path: file, check_id: rule, extra }) => `${file} ${rule}${extra.is_ignored ? ' suppressed' : ''}`)).toEqual([
    'server/src/lsp/nodeHeap.ts self-runs-nothing suppressed',
  ]);
  expect(report.paths.scanned.length).toBeGreaterThan(100);
  expect(run.status, run.stderr).toBe(0);
});
