import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FileReport, RepoPath } from '../../server/src/core/index.js';
import type { ScanTarget } from '../../server/src/host/node/files.js';
import { scanFiles } from '../../server/src/host/node/workers.js';

const FAULTY = new URL('fixtures/faulty-worker.mjs', import.meta.url);

function target(path: string, size = 10): ScanTarget {
  return { path: path as RepoPath, root: '/', absolute: `/${path}`, shown: path, size, named: false };
}

async function run(names: readonly string[], jobs: number, workerUrl = FAULTY) {
  const reports: FileReport[] = [];
  let calls = 0;
  const outcome = await scanFiles({
    targets: names.map((name, at) => target(name, names.length - at)),
    config: { sources: [], profile: 'default' },
    limits: { timeoutMs: 1, maxBytes: 0 },
    jobs,
    workerUrl,
    onReport(number, report) {
      calls++;
      reports[number] = report;
    },
  });
  return { reports, calls, outcome };
}

const good = Array.from({ length: 100 }, (_, at) => `good${at}`);

describe('the pool', () => {
  it.each([1, 3])('loses only the file that hangs or kills a thread, with %i threads', async (jobs) => {
    const names = [...good.slice(0, 30), 'exit-a', ...good.slice(30, 60), 'throw-b', 'exit-c', ...good.slice(60), 'hang-d'];
    const { reports, calls } = await run(names, jobs);
    expect(calls).toBe(names.length);
    expect(reports.map((report) => report.path)).toEqual(names);
    const lost = reports.filter((report) => report.coverage.state !== 'scanned');
    expect(lost.map((report) => report.path)).toEqual(['exit-a', 'throw-b', 'exit-c', 'hang-d']);
    expect(lost.map((report) => report.errors[0]?.kind)).toEqual(['internal', 'internal', 'internal', 'file']);
    expect(lost[3]?.errors[0]).toMatchObject({ code: 'timeout' });
    expect(lost[1]?.errors[0]?.message).toContain('thrown on purpose');
  });

  it('survives a file that is bad at the very end, and many in a row', async () => {
    const names = [...good.slice(0, 25), ...Array.from({ length: 8 }, (_, at) => `exit${at}`)];
    const { reports } = await run(names, 2);
    expect(reports.filter((report) => report.coverage.state === 'scanned')).toHaveLength(25);
  });

  it('fails, and does not wait for ever, when threads cannot start', async () => {
    await expect(run(good, 2, pathToFileURL('/nowhere/worker.mjs'))).rejects.toThrow('the scan threads do not start');
  });
});
