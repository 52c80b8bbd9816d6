/** A document that takes the parser's runtime down costs nobody else's diagnostics, nor its own once it is mended. */
import { describe, expect, it } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import type { RepoPath } from '../../server/src/core/index.js';
import type { StatusParams } from '../../server/src/protocol/messages.js';
import { spell, startClient, uriOf, workspaceWith } from './client.js';

const RULES = `rules:
  - { id: shell, message: m, severity: ERROR, languages: [php], pattern: 'system(...)' }
  - { id: code, message: m, severity: ERROR, languages: [python], pattern: 'os.system(...)' }
`;

/** Nested so deeply that the grammar's recursion leaves the stack of its runtime. */
const HOSTILE = `<?php\n${'$('.repeat(8_000)}system(`;

describe('a document that takes the runtime down', () => {
  it('leaves the ones after it their diagnostics, and gets its own when it is mended', async () => {
    const folder = await workspaceWith({ 'countersign.yaml': 'rules: [./r.yaml]\n', 'r.yaml': RULES });
    const client = await startClient({ folders: [folder], initializationOptions: { clientCommands: true } });
    const [hostile, php, python] = ['a.php', 'b.php', 'c.py'].map((name) => uriOf(folder, name)) as [string, string, string];
    // An incremental parse of this one would build on a tree of the runtime that is gone.
    client.open(python, 'import os\nos.system(x)\n');
    expect(spell(await client.diagnostics(python))).toEqual(['1:0-1:12 code']);
    client.open(hostile, HOSTILE, 'php');
    await client.message<StatusParams>('countersign/status', ({ notFullyScanned }) => notFullyScanned === 1);
    client.open(php, '<?php\nsystem($x);\n', 'php');
    expect(spell(await client.diagnostics(php))).toEqual(['1:0-1:10 shell']);
    client.change(python, 'import os\n\nos.system(x)\n');
    expect(spell(await client.diagnostics(python, (_all, version) => version === 2))).toEqual(['2:0-2:12 code']);
    client.change(hostile, '<?php\nsystem($y);\n');
    expect(spell(await client.diagnostics(hostile, (found) => found.length > 0))).toEqual(['1:0-1:10 shell']);
  });

  it('leaves those that are opened at the same time theirs', async () => {
    const folder = await workspaceWith({ 'countersign.yaml': 'rules: [./r.yaml]\n', 'r.yaml': RULES });
    const client = await startClient({ folders: [folder], initializationOptions: { clientCommands: true } });
    client.open(uriOf(folder, 'a.php'), HOSTILE, 'php');
    const others = Array.from({ length: 6 }, (_, at) => uriOf(folder, `b${at}.${at % 2 === 0 ? 'php' : 'py'}`));
    for (const uri of others) {
      if (uri.endsWith('.py')) client.open(uri, 'import os\nos.system(x)\n');
      else client.open(uri, '<?php\nsystem($x);\n', 'php');
    }
    for (const uri of others) expect(await client.diagnostics(uri, (found) => found.length > 0)).toHaveLength(1);
  });

  it('is said to have failed, each time that it is read', async () => {
    const session = await createNodeSession({ sources: [{ path: 'r.yaml', text: RULES }], profile: 'default' });
    for (let round = 0; round < 3; round++) {
      const bad = await session.scan({ kind: 'text', path: 'a.php' as RepoPath, text: HOSTILE });
      expect([bad.coverage.state, ...bad.errors.map(({ kind }) => kind)]).toEqual(['partial', 'internal']);
      const good = await session.scan({ kind: 'text', path: 'b.php' as RepoPath, text: '<?php\nsystem($x);\n' });
      expect(good.findings.map(({ ruleId }) => ruleId)).toEqual(['shell']);
    }
  });
});
