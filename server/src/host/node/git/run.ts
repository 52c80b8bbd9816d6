/**
 * The one place that starts git. A repository is not trusted: its configuration may name programs (hooks, diff drivers, a file-system monitor, `gpg`, `ssh`),
 * its folder may hold a program called `git`, its remote may be anything. So git is found by its absolute path, outside of the repository, started without a
 * shell, without the caller's `GIT_*` variables, and with everything off that starts another program or reaches for the network. Nothing is written.
 *
 * Failures are values: what git said, in one line, for a report.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

import { statOrUndefined } from '../files-small.js';
import { findGitRoot } from './root.js';

/** A repository, and the git that reads it. Made by `openRepository`. */
export interface GitPlace {
  /** Absolute path of the program. */
  readonly program: string;
  /** Absolute: the working tree's top folder, or the repository itself where it is bare. */
  readonly directory: string;
  /** Settings that count more than the repository's own, e.g. filters switched off. */
  readonly settings?: readonly (readonly [key: string, value: string])[];
}

export interface GitOptions {
  /** Standard input. */
  readonly input?: string | Uint8Array;
  /** Of standard output; what comes after it is a failure (`too-much`). Default 256 MB. */
  readonly maxBytes?: number;
  /** Default two minutes. */
  readonly timeoutMs?: number;
  /** More variables, for the few commands that sign. */
  readonly env?: Readonly<Record<string, string>>;
}

export type GitOutput =
  | { readonly kind: 'ok'; readonly stdout: Buffer }
  | {
      readonly kind: 'failed';
      readonly reason: 'no-git' | 'refused' | 'too-much' | 'timeout';
      /** Git's exit code, where it had one. */
      readonly code?: number;
      /** One line; git's own words may hold text of the repository, so it is untrusted. */
      readonly message: string;
      /** What git printed until then. */
      readonly stdout: Buffer;
    };

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 120_000;
const MAX_ERROR_BYTES = 16 * 1024;

/** Before the subcommand, always: no program of the repository's choice, no network, no locks, paths as they are written. */
const HARDENED: readonly string[] = [
  ...['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=', '-c', 'core.untrackedCache=false', '-c', 'core.pager=cat'],
  ...['-c', 'core.sshCommand=false', '-c', 'core.askPass=', '-c', 'credential.helper=', '-c', 'core.alternateRefsCommand=false'],
  ...['-c', 'protocol.allow=never', '-c', 'diff.external=', '-c', 'diff.submodule=short', '-c', 'submodule.recurse=false'],
  ...['-c', 'log.showSignature=false', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false', '-c', 'core.quotePath=true'],
  ...['--no-pager', '--no-optional-locks', '--no-replace-objects', '--literal-pathspecs'],
];

/** What git needs to find its own and the user's configuration, and nothing that would redirect it. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_PAGER: 'cat',
    LC_ALL: 'C',
  };
  for (const name of ['PATH', 'Path', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/**
 * The absolute path of git in `PATH`, never one inside `avoid` (the scanned folder), nor one that a relative entry of `PATH` would find.
 */
export function findGitProgram(avoid: string): string | undefined {
  return findProgram('git', avoid);
}

/** As `findGitProgram`, for another program, e.g. `ssh-keygen`. */
export function findProgram(name: string, avoid: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const outside = real(findGitRoot(avoid) ?? avoid);
  for (const entry of (process.env['PATH'] ?? process.env['Path'] ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(entry)) continue;
    for (const name of names) {
      const candidate = path.join(entry, name);
      if (statOrUndefined(candidate)?.isFile() !== true || !executable(candidate)) continue;
      if (isBelow(outside, real(candidate)) || isBelow(outside, candidate)) continue;
      return candidate;
    }
  }
  return undefined;
}

/** Runs git once; never throws. Output is bytes: paths and messages need not be UTF-8. */
export function runGit(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<GitOutput> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let errSize = 0;
    let stopped: 'too-much' | 'timeout' | undefined;
    const child = startGit(place, args, options.env);
    const timer = setTimeout(() => {
      stopped ??= 'timeout';
      child.kill('SIGKILL');
    }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) out.push(chunk);
      else {
        stopped ??= 'too-much';
        child.kill('SIGKILL');
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errSize < MAX_ERROR_BYTES) err.push(chunk);
      errSize += chunk.length;
    });
    // A process that ends before it has read its input is not our error.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ kind: 'failed', reason: 'no-git', message: `git could not be started: ${error.message}`, stdout: Buffer.alloc(0) });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const stdout = Buffer.concat(out);
      if (stopped === 'timeout') resolve({ kind: 'failed', reason: 'timeout', message: `git ${args[0] ?? ''} took too long`, stdout });
      else if (stopped === 'too-much')
        resolve({ kind: 'failed', reason: 'too-much', message: `git ${args[0] ?? ''} printed more than ${maxBytes} bytes`, stdout });
      else if (code === 0) resolve({ kind: 'ok', stdout });
      else
        resolve({
          kind: 'failed',
          reason: 'refused',
          ...(code === null ? {} : { code }),
          message: gitSaid(Buffer.concat(err)) || `git ${args[0] ?? ''} ended with code ${code ?? 'none'}`,
          stdout,
        });
    });
    child.stdin.end(options.input ?? '');
  });
}

/** Starts git with pipes; whoever calls it ends it. */
export function startGit(
  place: GitPlace,
  args: readonly string[],
  more?: Readonly<Record<string, string>>,
): ChildProcessWithoutNullStreams {
  return spawn(place.program, ['-C', place.directory, ...HARDENED, ...args], {
    // A program search may look into the working directory first (Windows does): never the repository's.
    cwd: path.dirname(process.execPath),
    env: { ...gitEnvironment(), ...settingsEnvironment(place.settings ?? []), ...more },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    shell: false,
  });
}

/** As variables and not as `-c`: a key may hold any character. */
function settingsEnvironment(settings: readonly (readonly [string, string])[]): Record<string, string> {
  if (settings.length === 0) return {};
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  for (const [at, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${at}`] = key;
    env[`GIT_CONFIG_VALUE_${at}`] = value;
  }
  return env;
}

/** The first line of what git said that says something, without its `fatal: `. */
export function gitSaid(stderr: Buffer): string {
  const lines = stderr
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.find((text) => /^(?:fatal|error):/.test(text)) ?? lines[0] ?? '';
  return line.replace(/^(?:fatal|error): /, '').slice(0, 300);
}

function executable(file: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
