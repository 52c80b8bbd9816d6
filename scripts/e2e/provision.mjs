/**
 * A whole VS Code server in a cache folder outside the repository, from npm alone: `code-server`, the VS Code that runs in a browser.
 * Used where VS Code itself cannot be downloaded (docs/decisions/003-e2e-in-code-server.md). Idempotent: a stamp, written last, says
 * that a folder is complete and for which Node it was compiled; anything without the right stamp is removed and made again.
 *
 * Needs, from the distribution: ripgrep, a C++ compiler, make, python3, pkg-config and the Kerberos headers (libkrb5-dev).
 *
 *   node scripts/e2e/provision.mjs      prints the folder on standard output
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** The newest code-server that runs on Node 20. It carries VS Code 1.100. */
const CODE_SERVER_VERSION = '4.100.3';
/** Raise it when the steps below change: old caches are then made again. */
const RECIPE = 1;

/** Native modules of the VS Code server that must be compiled for this Node. */
const NATIVE = ['@vscode/spdlog', 'native-watchdog', '@vscode/deviceid', 'kerberos'];

/** @returns {string} the folder for everything that tests download or build, outside the repository */
export function cacheFolder() {
  return process.env['COUNTERSIGN_CACHE'] ?? path.join(homedir(), '.cache', 'countersign');
}

/** @returns {string} where code-server is, or would be, for this Node */
export function codeServerFolder() {
  return path.join(cacheFolder(), `code-server-${CODE_SERVER_VERSION}-node${process.versions.modules}`);
}

/** @returns {string} the module that starts code-server */
export function codeServerEntry() {
  return path.join(codeServerFolder(), 'node_modules/code-server/out/node/entry.js');
}

/** @returns {boolean} whether code-server is there, complete, and made by this recipe */
export function isProvisioned() {
  const stamp = path.join(codeServerFolder(), 'stamp.json');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampText() && existsSync(codeServerEntry());
}

function stampText() {
  return `${JSON.stringify({ codeServer: CODE_SERVER_VERSION, recipe: RECIPE, modules: process.versions.modules })}\n`;
}

/** Makes it so that `isProvisioned()`. Throws with the failed command's output otherwise. */
export async function provision() {
  if (isProvisioned()) return;
  const major = Number(process.versions.node.split('.')[0]);
  if (major !== 20) throw new Error(`code-server ${CODE_SERVER_VERSION} runs on Node 20 only, and this is Node ${process.versions.node}.`);
  const ripgrep = findProgram('rg');
  if (ripgrep === undefined)
    throw new Error('ripgrep (rg) is not installed: the VS Code server needs it. On Debian: apt-get install ripgrep');

  const folder = codeServerFolder();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const server = path.join(folder, 'node_modules/code-server');
  const vscode = path.join(server, 'lib/vscode');

  npm(folder, ['install', '--ignore-scripts', `code-server@${CODE_SERVER_VERSION}`]);
  npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
  await mkdir(path.join(vscode, 'node_modules/@vscode/ripgrep/bin'), { recursive: true });
  await rm(path.join(vscode, 'node_modules/@vscode/ripgrep/bin/rg'), { force: true });
  await symlink(ripgrep, path.join(vscode, 'node_modules/@vscode/ripgrep/bin/rg'));
  npm(vscode, ['rebuild', ...NATIVE]);
  // node-pty builds, then its post-install fails on a step that only matters to its own release: what counts is the module.
  npm(vscode, ['rebuild', 'node-pty'], { mayFail: true });
  const pty = path.join(vscode, 'node_modules/node-pty/build/Release/pty.node');
  if (!existsSync(pty)) throw new Error(`node-pty was not built: ${pty} is missing.`);
  await symlink('node_modules', path.join(vscode, 'node_modules.asar'));
  npm(path.join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
  npm(folder, ['rebuild', 'argon2']);

  const version = spawnSync(process.execPath, [codeServerEntry(), '--version'], { encoding: 'utf8' });
  if (version.status !== 0) throw new Error(`code-server was built but does not start:\n${version.stdout}${version.stderr}`);
  await writeFile(path.join(folder, 'stamp.json'), stampText());
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 * @param {{ readonly mayFail?: boolean }} [options]
 */
function npm(cwd, args, { mayFail = false } = {}) {
  console.error(`provision: npm ${args.join(' ')} (${path.basename(cwd)})`);
  const headers = path.resolve(path.dirname(process.execPath), '..');
  /** Node's own headers where they are installed beside it: native modules then compile without a download. */
  const nodedir = existsSync(path.join(headers, 'include/node/node.h')) ? { npm_config_nodedir: headers } : {};
  const done = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    // Settings of an npm that runs us (workspace, prefix) must not reach an install elsewhere.
    env: { ...withoutNpmSettings(process.env), ...nodedir },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0 && !mayFail) throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${done.stdout}${done.stderr}`);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function withoutNpmSettings(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(config_(local_prefix|prefix|workspace)|package_|lifecycle_)/.test(name)),
  );
}

/**
 * @param {string} name
 * @returns {string | undefined} absolute path, from PATH
 */
export function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await provision();
  console.log(codeServerFolder());
}
