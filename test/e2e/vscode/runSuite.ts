/**
 * Runs one suite in a real VS Code and returns what every test in it said. Builds the suite, copies the sample workspace (a suite may edit
 * it), opens the window, answers the suite's requests, and waits for its results.
 *
 * `COUNTERSIGN_E2E_EDITOR=electron` chooses the desktop VS Code; anything else is code-server.
 */
import { watch } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { root } from '../../../scripts/root.mjs';
import { makeHostileBranch, makeReviewedBranch } from './auditRepository.js';
import { openCodeServerWindow } from './codeServer.js';
import { openElectronWindow } from './electron.js';
import { ENV, RESULTS_FILE } from './inHost/protocol.js';
import type { HostAnswer, HostRequest, HostResult, SuiteName } from './inHost/protocol.js';
import type { EditorWindow } from './window.js';

/** Longest that a whole suite may take, starting the editor included. */
const SUITE_LIMIT_MS = 5 * 60_000;

/** Where pictures and, after a failure, logs are found. */
export const OUTPUT = path.join(root, 'e2e-output');

const electron = process.env['COUNTERSIGN_E2E_EDITOR'] === 'electron';

export async function runSuite(suite: SuiteName): Promise<readonly HostResult[]> {
  // Real path: macOS's temporary folder is a link, and the editor compares paths.
  const scratch = await realpath(await mkdtemp(path.join(tmpdir(), `countersign-e2e-${suite}-`)));
  const workspace = path.join(scratch, 'workspace');
  const channel = path.join(scratch, 'channel');
  await mkdir(channel);
  await mkdir(OUTPUT, { recursive: true });
  if (suite === 'audit') {
    await mkdir(workspace);
    makeReviewedBranch(workspace);
  } else await cp(path.join(root, 'test/e2e/fixtures/workspace'), workspace, { recursive: true });
  if (suite === 'restricted') makeHostileBranch(workspace);
  const module = path.join(scratch, 'suite.cjs');
  await bundle(module);

  const request = {
    extension: root,
    suite: module,
    workspace,
    trusted: suite !== 'restricted',
    scratch: path.join(scratch, 'editor'),
    env: { [ENV.channel]: channel, [ENV.suite]: suite, [ENV.eyes]: electron ? '0' : '1' },
  };
  // Listens before the window opens: the suite may be done before the workbench has drawn itself.
  const window = electron ? openElectronWindow(request) : openCodeServerWindow(request);
  const served = serve(channel, window);
  try {
    const results = await Promise.race([served.results, window.then(({ died }) => died), limit()]);
    await rm(path.join(OUTPUT, `${suite}-logs`), { recursive: true, force: true });
    return results;
  } catch (error) {
    const last = path.join(OUTPUT, `${suite}-failed.png`);
    await window.then((opened) => opened.screenshot?.(last)).catch(() => undefined);
    await cp(request.scratch, path.join(OUTPUT, `${suite}-logs`), { recursive: true, filter: (file) => !file.endsWith('.sock') }).catch(
      () => undefined,
    );
    throw new Error(
      `The ${suite} suite gave no results (${error instanceof Error ? error.message : String(error)}). Pictures and logs: ${OUTPUT}`,
      { cause: error },
    );
  } finally {
    served.stop();
    await window.then((opened) => opened.close()).catch(() => undefined);
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The suite as one CommonJS module, which is what an extension host of any VS Code loads. */
async function bundle(file: string): Promise<void> {
  const build = await rolldown({
    input: path.join(root, 'test/e2e/vscode/inHost/index.ts'),
    platform: 'node',
    external: ['vscode', /^node:/],
    tsconfig: false,
  });
  await build.write({ file, format: 'cjs', codeSplitting: false });
  await build.close();
}

interface Served {
  readonly results: Promise<readonly HostResult[]>;
  readonly stop: () => void;
}

/** Answers requests one after the other, in the order of their numbers, until the results are there. */
function serve(channel: string, window: Promise<EditorWindow>): Served {
  let done = 0;
  let busy = false;
  let missed = false;
  let stop = (): void => undefined;
  const results = new Promise<readonly HostResult[]>((resolve, reject) => {
    const look = async (): Promise<void> => {
      // What appears while the folder is being read may be in neither list: it is looked at once more.
      missed = true;
      if (busy) return;
      busy = true;
      while (missed) {
        missed = false;
        await answerAll();
      }
      busy = false;
    };
    const answerAll = async (): Promise<void> => {
      for (let names = await readdir(channel); ; names = await readdir(channel)) {
        if (names.includes(RESULTS_FILE)) {
          resolve(JSON.parse(await readFile(path.join(channel, RESULTS_FILE), 'utf8')) as HostResult[]);
          break;
        }
        if (!names.includes(`request-${done + 1}.json`)) break;
        done += 1;
        const asked = JSON.parse(await readFile(path.join(channel, `request-${done}.json`), 'utf8')) as HostRequest;
        const file = path.join(channel, `answer-${done}.json`);
        await writeFile(`${file}.part`, JSON.stringify(await answer(asked, await window)));
        await rename(`${file}.part`, file);
      }
    };
    const watcher = watch(channel, () => {
      look().catch(reject);
    });
    stop = () => watcher.close();
  });
  return { results, stop: () => stop() };
}

async function answer(request: HostRequest, window: EditorWindow): Promise<HostAnswer> {
  try {
    switch (request.kind) {
      case 'screenshot':
        await window.screenshot?.(path.join(OUTPUT, `${path.basename(request.name)}.png`));
        break;
      case 'see':
        await window.see?.(request.text);
        break;
      case 'point':
        await window.point?.(request.text);
        break;
      case 'click':
        await window.click?.(request.text);
        break;
      case 'press':
        await window.press?.(request.key);
        break;
    }
    return {};
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

async function limit(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not over after ${SUITE_LIMIT_MS} ms`)), SUITE_LIMIT_MS).unref();
  });
}
