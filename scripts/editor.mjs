/**
 * `npm run editor -- [FOLDER]`: opens FOLDER (or examples/) in VS Code with this extension, or in code-server where there is no VS Code.
 * Nothing is installed: with neither, it says what to do instead.
 */
import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';
import path from 'node:path';
import { build } from './build.mjs';
import { codeServerEntry, findProgram, isProvisioned } from './e2e/provision.mjs';
import { fromCaller, root } from './root.mjs';

const PORT = 8137;
const given = process.argv[2];
const folder = given === undefined ? path.join(root, 'examples') : fromCaller(given);

await build({ quiet: true });

const desktop = ['code', 'code-insiders', 'codium'].map(findProgram).find((file) => file !== undefined);
const server = findProgram('code-server');
if (desktop !== undefined) {
  const opened = spawnSync(desktop, ['--new-window', `--extensionDevelopmentPath=${root}`, folder], { stdio: 'inherit' });
  process.exit(opened.status ?? 2);
} else if (server !== undefined || isProvisioned()) {
  const payload = JSON.stringify([['extensionDevelopmentPath', `vscode-remote://127.0.0.1:${PORT}${root}`]]);
  const url = `http://127.0.0.1:${PORT}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`;
  const options = ['--auth', 'none', '--bind-addr', `127.0.0.1:${PORT}`, '--disable-telemetry', '--disable-update-check', folder];
  console.log(`Open this address in a browser (Ctrl+C here stops the server):\n\n  ${url}\n`);
  const running =
    server === undefined
      ? spawn(process.execPath, [codeServerEntry(), ...options], { stdio: 'inherit' })
      : spawn(server, options, { stdio: 'inherit' });
  running.on('exit', (code) => process.exit(code ?? 2));
} else {
  console.error(`No VS Code (code, codium) and no code-server was found on PATH. You can

  - install VS Code, then run this again;
  - run \`npm run vsix\` and choose "Extensions: Install from VSIX..." in an editor on another machine;
  - run \`node scripts/e2e/provision.mjs\` (Node 20), which puts code-server into a cache folder, then run this again;
  - use any editor that speaks LSP: node ${path.join(root, 'server/bin/countersign.mjs')} lsp --stdio`);
  process.exit(2);
}
