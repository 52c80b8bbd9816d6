/**
 * `npm run vsix`: builds, then packages build/countersign-VERSION.vsix without the network, and refuses a package that is too big or that
 * carries something that it should not (.vscodeignore lets through the manifest, the papers, the two bundles' folders and media).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { build } from './build.mjs';
import { root } from './root.mjs';

/** DESIGN section 7. */
const MAX_BYTES = 15 * 1024 * 1024;

await build();

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const out = path.join(root, 'build', `countersign-${version}.vsix`);
mkdirSync(path.dirname(out), { recursive: true });

const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
const packaged = spawnSync(
  process.execPath,
  [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (packaged.status !== 0) process.exit(2);

const bytes = statSync(out).size;
if (bytes > MAX_BYTES) {
  console.error(`vsix: ${bytes} bytes is over the budget of ${MAX_BYTES}.`);
  process.exit(1);
}
console.log(`vsix: ${path.relative(process.cwd(), out)}, ${(bytes / 1024 / 1024).toFixed(1)} MiB of at most ${MAX_BYTES / 1024 / 1024}`);
