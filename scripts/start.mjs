/**
 * `npm start -- [PATH...]`: builds, scans PATH (or the AI-written code in examples/), and says how to see the same findings in an editor.
 * Findings are what it is meant to show, so they are no failure here: only a scan that could not run is.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { build } from './build.mjs';
import { fromCaller, root } from './root.mjs';

const given = process.argv.slice(2);
const targets = given.length > 0 ? given.map((arg) => (arg.startsWith('-') ? arg : fromCaller(arg))) : [path.join(root, 'examples')];

await build({ quiet: true });

const cwd = process.env['INIT_CWD'] ?? process.cwd();
const shown = targets.map((target) => (target.startsWith('-') ? target : path.relative(cwd, target) || '.'));
const scan = spawnSync(process.execPath, [path.join(root, 'server/bin/countersign.mjs'), 'scan', ...shown], { cwd, stdio: 'inherit' });
if (scan.error !== undefined) throw scan.error;
if (scan.status !== 0 && scan.status !== 1) process.exit(scan.status ?? 2);

const program = path.relative(cwd, path.join(root, 'server/bin/countersign.mjs'));
console.log(`
See them while you type:
  npm run editor -- ${shown[0] ?? '.'}
      VS Code with the extension, or code-server in a browser
  npm run vsix
      a package for "Extensions: Install from VSIX..."
  node ${program} lsp --stdio
      the language server, for any other editor

Ask about one of them:
  node ${program} explain RULE_ID`);
