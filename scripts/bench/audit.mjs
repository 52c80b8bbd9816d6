/**
 * `countersign audit` beside `git log -p` over the same commits of the same repository, one after the other in one run: time, its ratio, and the most memory
 * that the audit takes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from '../root.mjs';

const CLI = path.join(root, 'server/dist/cli.mjs');
const COMMITS = 1_000;

/** @typedef {import('./table.mjs').Row} Row */

/**
 * @param {string} repository a folder in it, or its git directory
 * @param {(text: string) => void} say
 * @returns {Promise<Row[]>}
 */
export async function measureAudit(repository, say) {
  const counted = spawnSync('git', ['-C', repository, 'rev-list', '--count', `--max-count=${COMMITS}`, 'HEAD'], { encoding: 'utf8' });
  const commits = Number(counted.stdout);
  if (counted.status !== 0 || commits === 0) {
    say(`audit: ${repository} is no repository with commits: left out`);
    return [];
  }
  say(`audit: the newest ${commits} commits of ${path.basename(repository)}`);
  const log = timed('git', ['-C', repository, 'log', '-p', `-${commits}`, 'HEAD']);
  const audit = timed(process.execPath, [
    ...[CLI, 'audit', 'HEAD', '--repo', repository, '--max-commits', String(commits)],
    ...['--fail-on', 'never', '--format', 'json', '--output', '/dev/null'],
  ]);
  return [
    { what: `git log -p, ${commits} commits`, value: log.seconds * 1_000, unit: 'ms' },
    {
      what: `audit, ${commits} commits`,
      value: audit.seconds * 1_000,
      unit: 'ms',
      budget: log.seconds * 10_000,
      ratio: `${(audit.seconds / log.seconds).toFixed(1)} x git log -p, ${((audit.seconds * 1_000) / commits).toFixed(1)} ms a commit`,
    },
    ...(audit.megabytes === undefined ? [] : [{ what: 'audit: peak memory', value: audit.megabytes, unit: 'MB' }]),
  ];
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function timed(program, args) {
  const measured = existsSync('/usr/bin/time');
  const started = performance.now();
  const ran = spawnSync(measured ? '/usr/bin/time' : program, measured ? ['-f', 'peak %M', program, ...args] : [...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = (performance.now() - started) / 1_000;
  const peak = /^peak (\d+)$/m.exec(ran.stderr)?.[1];
  return { seconds, megabytes: peak === undefined ? undefined : Number(peak) / 1_024 };
}
