/** What belongs to the account that owns the repository is its own: rules with `own_account` leave it alone. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountsIn, accountsOf } from '../../server/src/host/node/git/accounts.js';
import { makeTree, runCli } from './support.js';

const remote = (name: string, url: string): string =>
  `[remote "${name}"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/${name}/*\n`;

const WORKFLOW = `on: push
permissions:
  contents: write
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: Acme/release@v2
      - uses: other/release@v2
`;

describe('accountsIn', () => {
  it.each([
    ['https://github.com/Acme/tool.git', ['acme']],
    ['https://token@github.com/acme/tool', ['acme']],
    ['git@github.com:acme/tool.git', ['acme']],
    ['ssh://git@code.example.com:2222/acme/group/tool.git', ['acme']],
    ['/srv/git/tool.git', []],
    ['../tool', []],
    ['https://example.com/tool.git', []],
  ])('%s', (url, accounts) => {
    expect(accountsIn(remote('origin', url))).toEqual(accounts);
  });

  it('takes origin and upstream, and not the copies of other people', () => {
    const config = `[core]\n\tbare = false\n${remote('upstream', 'git@github.com:acme/tool')}${remote('mallory', 'git@github.com:mallory/tool')}${remote('origin', 'git@github.com:me/tool')}`;
    expect(accountsIn(config)).toEqual(['acme', 'me']);
  });
});

describe('accountsOf', () => {
  it('reads a working tree, a folder in it, a linked worktree and a bare repository, and no file that is only called so', () => {
    const root = makeTree({
      'main/.git/config': remote('origin', 'git@github.com:acme/tool'),
      'main/.git/worktrees/side/commondir': '../..\n',
      'main/deploy/config': remote('origin', 'git@github.com:mallory/tool'),
      'side/.git': 'gitdir: ../main/.git/worktrees/side\n',
      'bare/config': remote('origin', 'git@github.com:acme/tool'),
      'bare/HEAD': 'ref: refs/heads/main\n',
      'bare/objects/info/packs': '',
      'bare/refs/heads/main': '',
      'plain/config': remote('origin', 'git@github.com:mallory/tool'),
    });
    expect(accountsOf(path.join(root, 'main'))).toEqual(['acme']);
    expect(accountsOf(path.join(root, 'main/deploy'))).toEqual(['acme']);
    expect(accountsOf(path.join(root, 'side'))).toEqual(['acme']);
    expect(accountsOf(path.join(root, 'bare'))).toEqual(['acme']);
    expect(accountsOf(path.join(root, 'plain'))).toEqual([]);
  });
});

describe('own_account', () => {
  const scan = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    const root = makeTree({ '.github/workflows/release.yml': WORKFLOW, ...files });
    const { stdout } = await runCli(['scan', '--format', 'json', '--fail-on', 'never', root], { cwd: root });
    const { results } = JSON.parse(stdout) as {
      results: { check_id: string; extra: { metavars: Record<string, { abstract_content: string }> } }[];
    };
    return results
      .filter(({ check_id }) => check_id === 'workflow-action-may-write')
      .map(({ extra }) => extra.metavars['$ACTION']?.abstract_content ?? '');
  };

  it("an organisation's own action by its tag is told elsewhere only", async () => {
    expect(await scan({})).toEqual(['Acme/release@v2', 'other/release@v2']);
    const head = { '.git/HEAD': 'ref: refs/heads/main\n' };
    expect(await scan({ ...head, '.git/config': remote('origin', 'git@github.com:acme/tool') })).toEqual(['other/release@v2']);
    expect(await scan({ ...head, '.git/config': remote('mallory', 'git@github.com:acme/tool') })).toEqual([
      'Acme/release@v2',
      'other/release@v2',
    ]);
  });
});
