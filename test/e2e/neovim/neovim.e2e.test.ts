/**
 * A second, independent LSP client: a headless Neovim with nothing but its own `vim.lsp` shows the same findings at the same positions as the
 * command line prints, from the built bundles.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../scripts/e2e/provision.mjs';
import { root } from '../../../scripts/root.mjs';

const FILES = ['agent.py', 'agent.ts', 'columns.py', 'install.sh'] as const;
const COUNTERSIGN = path.join(root, 'server/bin/countersign.mjs');

/** LSP positions: lines and characters 0-based, characters in UTF-16 units. */
interface Position {
  readonly line: number;
  readonly character: number;
}
interface Published {
  readonly code: string;
  readonly source: string;
  readonly range: { readonly start: Position; readonly end: Position };
}
interface FromNeovim {
  readonly published: Readonly<Record<string, readonly Published[]>>;
}
/** The command line's JSON: lines and columns 1-based. */
interface FromCommandLine {
  readonly results: readonly {
    readonly check_id: string;
    readonly path: string;
    readonly start: { readonly line: number; readonly col: number };
    readonly end: { readonly line: number; readonly col: number };
  }[];
}

describe('Neovim', () => {
  let workspace: string;
  let neovim: FromNeovim;
  let commandLine: FromCommandLine;

  beforeAll(async () => {
    workspace = await realpath(await mkdtemp(path.join(tmpdir(), 'countersign-e2e-neovim-')));
    await cp(path.join(root, 'test/e2e/fixtures/workspace'), workspace, { recursive: true });
    commandLine = scan(workspace);
    neovim = await edit(workspace);
  });
  afterAll(() => rm(workspace, { recursive: true, force: true }));

  it.each(FILES)('shows what the command line prints, at the same positions: %s', (name) => {
    const shown = (neovim.published[path.join(workspace, name)] ?? []).map(({ code, range }) => spell(code, range.start, range.end));
    const printed = commandLine.results
      .filter((result) => path.basename(result.path) === name)
      .map(({ check_id: rule, start, end }) =>
        spell(rule, { line: start.line - 1, character: start.col - 1 }, { line: end.line - 1, character: end.col - 1 }),
      );
    expect(printed.length).toBeGreaterThan(0);
    expect(shown.toSorted()).toEqual(printed.toSorted());
  });

  it('says who found it', () => {
    const sources = new Set(Object.values(neovim.published).flatMap((found) => found.map(({ source }) => source)));
    expect([...sources]).toEqual(['countersign']);
  });
});

function spell(rule: string, start: Position, end: Position): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${rule}`;
}

function scan(folder: string): FromCommandLine {
  const ran = spawnSync(process.execPath, [COUNTERSIGN, 'scan', '--format', 'json', '.'], { cwd: folder, encoding: 'utf8' });
  if (ran.status !== 0 && ran.status !== 1) throw new Error(`the command line ended with ${String(ran.status)}: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as FromCommandLine;
}

async function edit(folder: string): Promise<FromNeovim> {
  const nvim = findProgram('nvim');
  if (nvim === undefined) throw new Error('no nvim on PATH. On Debian: apt-get install neovim');
  const out = path.join(folder, 'neovim.json');
  const ran = spawnSync(
    nvim,
    ['--headless', '--clean', '-n', '-c', `luafile ${path.join(root, 'test/e2e/neovim/diagnostics.lua')}`, '-c', 'cquit'],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 100_000,
      env: {
        ...process.env,
        COUNTERSIGN_E2E_FILES: FILES.map((name) => path.join(folder, name)).join('\n'),
        COUNTERSIGN_E2E_COMMAND: [process.execPath, COUNTERSIGN, 'lsp', '--stdio'].join('\n'),
        COUNTERSIGN_E2E_OUT: out,
      },
    },
  );
  if (ran.error !== undefined) throw ran.error;
  return JSON.parse(
    await readFile(out, 'utf8').catch((error: unknown) => {
      throw new Error(`Neovim wrote no result: ${ran.stdout}${ran.stderr}`, { cause: error });
    }),
  ) as FromNeovim;
}
