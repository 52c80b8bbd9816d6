#!/usr/bin/env node
/**
 * The entry of the hooks in .pre-commit-hooks.yaml: builds Countersign where that was not done yet (in pre-commit's own copy of this repository), then runs the
 * command line in the folder that pre-commit works in.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from './root.mjs';

const cli = path.join(root, 'server/dist/cli.mjs');
if (!existsSync(cli)) {
  process.stderr.write('Building Countersign, once.\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  for (const args of [
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    ['run', 'build'],
  ]) {
    const built = spawnSync(npm, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    if (built.status !== 0) process.exit(2);
  }
}
const ran = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = ran.status ?? 2;
