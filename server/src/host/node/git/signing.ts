/**
 * Signatures of records by git's own signing configuration: `gpg.format` ssh, openpgp or x509, `user.signingKey`. Who signs and in which format may be the
 * repository's own configuration; which program is started, and which file says whose keys are believed, may not: only the user's and the system's configuration
 * count for these, since a repository that came as an archive brings its `.git/config` along.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import type { Person, RecordSignature, SignatureFormat } from '../../../core/audit/record.js';
import type { SignatureState } from '../../../core/audit/verdict.js';
import { findProgram, gitEnvironment, gitSaid, runGit } from './run.js';
import type { GitPlace } from './run.js';

/** In an ssh signature: a signature for something else is none for a record. */
const NAMESPACE = 'countersign';
const TIMEOUT_MS = 120_000;

export interface SigningConfig {
  readonly format: SignatureFormat;
  /** As `user.signingKey` has it; undefined: none is set. */
  readonly key: string | undefined;
  readonly reviewer: Partial<Person>;
  /** Absolute paths; undefined: not found, or not believed. */
  readonly programs: Readonly<Record<SignatureFormat, string | undefined>>;
  readonly allowedSigners: string | undefined;
  /** Settings of the repository that do not count, one sentence each. */
  readonly ignored: readonly string[];
}

export type Signed =
  | { readonly kind: 'signed'; readonly signature: RecordSignature }
  | { readonly kind: 'no-key' }
  | { readonly kind: 'failed'; readonly message: string };

/** Settings that name a program or whom to believe. */
const TRUSTED_ONLY = ['gpg.program', 'gpg.openpgp.program', 'gpg.x509.program', 'gpg.ssh.program', 'gpg.ssh.allowedsignersfile'];
const DEFAULT_PROGRAMS: Readonly<Record<SignatureFormat, string>> = { ssh: 'ssh-keygen', openpgp: 'gpg', x509: 'gpgsm' };

export async function readSigningConfig(place: GitPlace): Promise<SigningConfig> {
  const listed = await runGit(place, ['config', '--list', '--show-scope', '--null']);
  const all = new Map<string, string>();
  const trusted = new Map<string, string>();
  const ignored: string[] = [];
  // `scope NUL key LF value NUL`
  const parts = listed.kind === 'ok' ? listed.stdout.toString('utf8').split('\0') : [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const scope = parts[at] ?? '';
    const entry = parts[at + 1] ?? '';
    const cut = entry.indexOf('\n');
    const key = (cut < 0 ? entry : entry.slice(0, cut)).toLowerCase();
    const value = cut < 0 ? 'true' : entry.slice(cut + 1);
    all.set(key, value);
    if (scope === 'global' || scope === 'system') trusted.set(key, value);
    else if (TRUSTED_ONLY.includes(key)) ignored.push(`${key} in the repository’s own configuration does not count`);
  }
  const name = all.get('user.name');
  const email = all.get('user.email');
  const program = (format: SignatureFormat): string | undefined => {
    const set = trusted.get(`gpg.${format}.program`) ?? (format === 'openpgp' ? trusted.get('gpg.program') : undefined);
    if (set === undefined) return findProgram(DEFAULT_PROGRAMS[format], place.directory);
    const expanded = expandHome(set);
    return path.isAbsolute(expanded) ? expanded : /[/\\]/.test(expanded) ? undefined : findProgram(expanded, place.directory);
  };
  const format = all.get('gpg.format') ?? 'openpgp';
  const allowed = trusted.get('gpg.ssh.allowedsignersfile');
  return {
    format: format === 'ssh' || format === 'x509' ? format : 'openpgp',
    key: all.get('user.signingkey'),
    reviewer: { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) },
    programs: { ssh: program('ssh'), openpgp: program('openpgp'), x509: program('x509') },
    allowedSigners: allowed === undefined ? undefined : expandHome(allowed),
    ignored,
  };
}

/** Signs text with the configured key. Without a key of the configuration nothing is signed: that is an answer, not a failure. */
export async function signText(config: SigningConfig, text: string): Promise<Signed> {
  const { format, key } = config;
  if (key === undefined || key === '') return { kind: 'no-key' };
  const program = config.programs[format];
  if (program === undefined) return { kind: 'failed', message: `${DEFAULT_PROGRAMS[format]} was not found` };
  const wrong = (message: string): Signed => ({ kind: 'failed', message });
  if (format !== 'ssh') {
    const ran = await run(program, ['--status-fd=2', '-bsau', key], text);
    return ran.code === 0 && ran.stderr.includes('SIG_CREATED')
      ? { kind: 'signed', signature: { format, value: ran.stdout } }
      : wrong(`${program} did not sign: ${gpgSaid(ran.stderr)}`);
  }
  const literal = key.startsWith('key::') ? key.slice('key::'.length) : /^(?:ssh|ecdsa|sk)-\S+ \S/.test(key) ? key : undefined;
  return inScratch(async (folder) => {
    const file = literal === undefined ? expandHome(key) : path.join(folder, 'key.pub');
    if (literal !== undefined) await writeFile(file, `${literal}\n`, { mode: 0o600 });
    else if (!path.isAbsolute(file)) return wrong('user.signingKey is not an absolute path');
    // A public key alone: its private half is with the agent.
    const ran = await run(program, ['-Y', 'sign', '-n', NAMESPACE, '-f', file, ...(literal === undefined ? [] : ['-U'])], text);
    return ran.code === 0 && ran.stdout.includes('BEGIN SSH SIGNATURE')
      ? { kind: 'signed', signature: { format, value: ran.stdout } }
      : wrong(`ssh-keygen did not sign: ${gitSaid(Buffer.from(ran.stderr)) || 'no reason given'}`);
  });
}

/** @param email of the reviewer that the text names; @param allowedSigners instead of the configured file */
export async function checkSignature(
  config: SigningConfig,
  { format, value }: RecordSignature,
  text: string,
  email: string,
  allowedSigners: string | undefined = config.allowedSigners,
): Promise<SignatureState> {
  const program = config.programs[format];
  if (program === undefined) return { kind: 'unchecked', detail: `${DEFAULT_PROGRAMS[format]} was not found` };
  return inScratch(async (folder) => {
    const file = path.join(folder, 'signature');
    await writeFile(file, value, { mode: 0o600 });
    return format === 'ssh' ? checkSsh(program, file, text, email, allowedSigners) : checkGpg(program, file, text, email);
  });
}

async function checkSsh(
  program: string,
  file: string,
  text: string,
  email: string,
  allowedSigners: string | undefined,
): Promise<SignatureState> {
  const intact = await run(program, ['-Y', 'check-novalidate', '-n', NAMESPACE, '-s', file], text);
  const key = /\b(SHA256:\S+)/.exec(intact.stdout)?.[1];
  if (intact.code === undefined) return { kind: 'unchecked', detail: intact.stderr };
  if (intact.code !== 0) return { kind: 'bad' };
  const known = key === undefined ? {} : { key };
  if (allowedSigners === undefined) return { kind: 'no-list', ...known };
  const exists = await stat(allowedSigners).catch(() => undefined);
  if (exists?.isFile() !== true)
    return { kind: 'unchecked', ...known, detail: `the list of allowed signers ${allowedSigners} is not there` };
  // The list may name people by patterns, where commas and spaces mean something else.
  if (!/^[^\s,*?!"\\-][^\s,*?!"\\]*$/.test(email)) return { kind: 'unknown-key', ...known };
  const ran = await run(program, ['-Y', 'verify', '-f', allowedSigners, '-I', email, '-n', NAMESPACE, '-s', file], text);
  return ran.code === 0 ? { kind: 'good', ...known } : { kind: 'unknown-key', ...known };
}

async function checkGpg(program: string, file: string, text: string, email: string): Promise<SignatureState> {
  const ran = await run(program, ['--status-fd=1', '--verify', file, '-'], text);
  if (ran.code === undefined) return { kind: 'unchecked', detail: ran.stderr };
  const said = ran.stdout.split('\n').flatMap((line) => {
    const match = /^\[GNUPG:\] (\S+) ?(.*)$/.exec(line);
    return match === null ? [] : [{ word: match[1] ?? '', rest: match[2] ?? '' }];
  });
  const find = (...words: readonly string[]) => said.find(({ word }) => words.includes(word));
  const fingerprint = find('VALIDSIG')?.rest.split(' ')[0];
  const known = fingerprint === undefined ? {} : { key: fingerprint };
  if (find('BADSIG') !== undefined) return { kind: 'bad' };
  if (find('NO_PUBKEY') !== undefined) {
    const id = find('NO_PUBKEY')?.rest;
    return { kind: 'unknown-key', ...(id === undefined ? {} : { key: id }) };
  }
  // Two signatures in one: which of them is meant cannot be said.
  const good = said.filter(({ word }) => word === 'GOODSIG');
  if (ran.code !== 0 || good.length !== 1 || fingerprint === undefined) return { kind: 'bad' };
  const user = good[0]?.rest.slice(good[0].rest.indexOf(' ') + 1 || 0) ?? '';
  const address = /<([^<>]*)>\s*$/.exec(user)?.[1] ?? user.trim();
  const trusted = find('TRUST_ULTIMATE', 'TRUST_FULLY', 'TRUST_MARGINAL') !== undefined;
  return trusted && address.toLowerCase() === email.toLowerCase() ? { kind: 'good', ...known } : { kind: 'unknown-key', ...known };
}

interface Ran {
  /** Undefined: it could not be started or took too long. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], input: string): Promise<Ran> {
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const child = spawn(program, args, {
      cwd: path.dirname(process.execPath),
      env: { ...gitEnvironment(), ...agentEnvironment() },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      shell: false,
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: undefined, stdout: '', stderr: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
      resolve({ code: code ?? undefined, stdout: text(out), stderr: text(err) });
    });
    child.stdin.end(input);
  });
}

/** What a signing program needs to reach its agent and to ask for a passphrase. */
function agentEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const name of [
    'SSH_AUTH_SOCK',
    'SSH_ASKPASS',
    'SSH_SK_PROVIDER',
    'GNUPGHOME',
    'GPG_TTY',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XDG_RUNTIME_DIR',
    'TERM',
  ]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-sign-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function gpgSaid(stderr: string): string {
  const line = stderr.split('\n').find((text) => text.trim() !== '' && !text.startsWith('[GNUPG:]'));
  return line?.trim().slice(0, 300) ?? 'no reason given';
}

function expandHome(file: string): string {
  return file.startsWith('~/') ? path.join(homedir(), file.slice(2)) : file;
}
