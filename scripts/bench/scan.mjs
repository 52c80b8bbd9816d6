/**
 * A whole tree scanned by Countersign with all built-in rules, by ast-grep with one rule of four patterns, and by Bandit where it is
 * installed: run in turn (A B C A B C ...), wall and processor seconds, the median, and the ratios.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { cacheFolder, findProgram } from '../e2e/provision.mjs';
import { root } from '../root.mjs';
import { median, shown } from './table.mjs';

const AST_GREP_VERSION = '0.51.0';
const ROUNDS = 3;
/** Seconds. A command that takes longer is run once: its ratio is then far from one, whatever the noise. */
const RUN_ONCE_ABOVE = 60;
/** Countersign leaves installed packages alone; the others are told to. */
const LEFT_OUT = 'site-packages';

const RULE = `id: four-patterns
language: python
message: runs text
severity: warning
rule:
  any:
    - pattern: exec($$$ARGS)
    - pattern: eval($$$ARGS)
    - pattern: os.system($$$ARGS)
    - pattern: subprocess.run($$$BEFORE, shell=True, $$$AFTER)
`;

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {{ readonly wall: number, readonly cpu: number | undefined, readonly peak: number | undefined, readonly status: number | null }} Run seconds, and millions of bytes */
/** @typedef {{ readonly name: string, readonly command: string, readonly args: readonly string[], readonly note: string, readonly runs: Run[] }} Contender */

/** @returns {string} the standard library of the Python on PATH, or this repository */
export function defaultTree() {
  const asked = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], { encoding: 'utf8' });
  const found = asked.status === 0 ? asked.stdout.trim() : '';
  return found !== '' && existsSync(found) ? found : root;
}

/**
 * @param {string} tree absolute
 * @param {string | undefined} banditProgram
 * @param {(text: string) => void} say
 * @returns {Promise<Row[]>}
 */
export async function measureScan(tree, banditProgram, say) {
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-bench-'));
  try {
    const ruleFile = path.join(folder, 'rule.yaml');
    await writeFile(ruleFile, RULE);
    const own = countersign(tree);
    const astGrep = await astGrepContender(tree, ruleFile, say);
    const bandit = banditContender(tree, banditProgram);
    const contenders = [own, astGrep, bandit].filter((each) => each !== undefined);
    say('scan: one run each that does not count');
    for (const each of [own, astGrep]) if (each !== undefined) await timed(each);
    for (let round = 1; round <= ROUNDS; round++) {
      for (const each of contenders) {
        if (each.runs.some((run) => run.wall > RUN_ONCE_ABOVE)) continue;
        say(`scan: round ${round} of ${ROUNDS}, ${each.name}`);
        each.runs.push(await timed(each));
      }
    }
    return [
      ...rowsOf(own),
      ...(astGrep === undefined ? [missing('ast-grep', 'not installed, and npm could not fetch it')] : rowsOf(astGrep, own)),
      ...(bandit === undefined ? [missing('Bandit', 'not installed')] : rowsOf(bandit, own)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {string} note
 * @returns {Row}
 */
function missing(name, note) {
  return { what: `scan, ${name}`, value: undefined, unit: 's', note };
}

/**
 * @param {string} tree
 * @returns {Contender}
 */
function countersign(tree) {
  const program = path.join(root, 'server/bin/countersign.mjs');
  const options = ['--profile', 'audit', '--no-project-config', '--fail-on', 'never'];
  const counted = spawnSync(process.execPath, [program, 'scan', ...options, '--format', 'json', tree], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (counted.status !== 0) throw new Error(`countersign scan failed:\n${counted.stderr}`);
  const report = JSON.parse(counted.stdout);
  const stats = linesAndBytes(report.paths.scanned, tree);
  const note = `all built-in rules, ${report.paths.scanned.length} files (${stats.python} Python, ${stats.lines.toLocaleString('en')} lines), ${report.results.length} findings`;
  return { name: 'Countersign', command: process.execPath, args: [program, 'scan', ...options, tree], note, runs: [] };
}

/**
 * @param {readonly string[]} files as the report names them
 * @param {string} tree
 */
function linesAndBytes(files, tree) {
  let lines = 0;
  let python = 0;
  for (const file of files) {
    const found = [path.resolve(file), path.join(tree, file)].find((each) => existsSync(each));
    if (found === undefined || !file.endsWith('.py')) continue;
    python++;
    for (const byte of readFileSync(found)) if (byte === 10) lines++;
  }
  return { lines, python };
}

/**
 * @param {string} tree
 * @param {string} ruleFile
 * @param {(text: string) => void} say
 * @returns {Promise<Contender | undefined>}
 */
async function astGrepContender(tree, ruleFile, say) {
  const folder = path.join(cacheFolder(), 'bench');
  const program = path.join(folder, 'node_modules/.bin', process.platform === 'win32' ? 'ast-grep.cmd' : 'ast-grep');
  if (astGrepVersion(program) !== AST_GREP_VERSION) {
    say(`scan: installing @ast-grep/cli ${AST_GREP_VERSION} into the cache folder`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
    spawnSync('npm', ['install', '--no-audit', '--no-fund', `@ast-grep/cli@${AST_GREP_VERSION}`], {
      cwd: folder,
      shell: process.platform === 'win32',
    });
    if (astGrepVersion(program) !== AST_GREP_VERSION) return undefined;
  }
  const args = ['scan', '--rule', ruleFile, '--globs', `!**/${LEFT_OUT}/**`, tree];
  const counted = spawnSync(program, [...args, '--json=stream', '--inspect', 'summary'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const files = /scannedFileCount=(\d+)/.exec(counted.stderr)?.[1] ?? '?';
  const matches = counted.stdout.split('\n').filter((line) => line !== '').length;
  const note = `${AST_GREP_VERSION}, one rule of four patterns, ${files} files, ${matches} findings`;
  return { name: 'ast-grep', command: program, args, note, runs: [] };
}

/** @param {string} program */
function astGrepVersion(program) {
  return existsSync(program) ? spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim().split(' ').at(-1) : undefined;
}

/**
 * @param {string} tree
 * @param {string | undefined} given
 * @returns {Contender | undefined}
 */
function banditContender(tree, given) {
  const program = given ?? findProgram('bandit');
  if (program === undefined) return undefined;
  const version = /bandit (\S+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? '?';
  return {
    name: 'Bandit',
    command: program,
    args: ['-q', '-r', '-x', path.join(tree, LEFT_OUT), tree],
    note: `${version}, its own rules`,
    runs: [],
  };
}

/**
 * Output is thrown away, so that no one waits for a terminal. A shell reports the processor time of what it ran, where there is one.
 * @param {Contender} contender
 * @returns {Promise<Run>}
 */
async function timed({ name, command, args }) {
  const posix = process.platform !== 'win32';
  const started = performance.now();
  const child = posix
    ? spawn('/bin/sh', ['-c', '"$0" "$@" >/dev/null 2>&1; code=$?; times; exit $code', command, ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    : spawn(command, [...args], { stdio: ['ignore', 'pipe', 'ignore'], shell: true });
  let text = '';
  child.stdout?.on('data', (/** @type {Buffer} */ data) => {
    if (posix) text += data.toString();
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOfChildren(child.pid ?? 0));
  }, 50);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const wall = (performance.now() - started) / 1000;
  clearInterval(watch);
  // Findings make ast-grep and Bandit end with 1.
  if (status !== 0 && status !== 1) throw new Error(`${name} ended with code ${status}`);
  return { wall, cpu: cpuOf(text), peak: peak > 0 ? peak : undefined, status };
}

/**
 * @param {string} times what the shell's `times` prints: its own, then its children's user and system time
 * @returns {number | undefined} seconds
 */
function cpuOf(times) {
  const line = times.trim().split('\n').at(-1) ?? '';
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds));
  return parts.length === 2 ? parts.reduce((sum, part) => sum + part, 0) : undefined;
}

/**
 * @param {number} pid
 * @returns {number} the highest memory so far of any child, in millions of bytes; 0 where /proc does not say
 */
function peakOfChildren(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const peaks = children.map((child) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0));
    return (Math.max(0, ...peaks) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

/**
 * @param {Contender} contender
 * @param {Contender} [own] to compare with
 * @returns {Row[]}
 */
function rowsOf({ name, runs, note }, own) {
  const times = runs.length === 1 ? 'one run' : `median of ${runs.length}`;
  /** @type {(key: 'wall' | 'cpu' | 'peak', of: readonly Run[]) => number | undefined} */
  const middle = (key, of) => {
    const values = of.flatMap((run) => run[key] ?? []);
    return values.length === 0 ? undefined : median(values);
  };
  /** @type {(key: 'wall' | 'cpu') => string | undefined} */
  const ratio = (key) => {
    const mine = own === undefined ? undefined : middle(key, own.runs);
    const theirs = middle(key, runs);
    if (mine === undefined || theirs === undefined) return undefined;
    return mine > theirs ? `Countersign takes ${shown(mine / theirs)} x as long` : `Countersign is ${shown(theirs / mine)} x as fast`;
  };
  const rows = [
    { what: `scan, ${name}: wall, ${times}`, value: middle('wall', runs), unit: 's', ratio: ratio('wall'), note },
    { what: `scan, ${name}: processor, ${times}`, value: middle('cpu', runs), unit: 's', ratio: ratio('cpu') },
    {
      what: `scan, ${name}: peak memory`,
      value: middle('peak', runs),
      unit: 'MB',
      budget: own === undefined ? 600 : undefined,
      note: own === undefined ? `${availableParallelism()} processors` : undefined,
    },
  ];
  return rows.map(({ ratio, note, ...row }) => ({
    ...row,
    ...(ratio === undefined ? {} : { ratio }),
    ...(note === undefined ? {} : { note }),
  }));
}
