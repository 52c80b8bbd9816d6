/** The language server runs the built-in rules exactly as they ship: what the build prepared for them counts only then. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRuleSources } from '../../server/src/host/node/rule-sources.js';
import { createNodeHost } from '../../server/src/lsp/nodeHost.js';
import { createSessions } from '../../server/src/lsp/sessions.js';
import { loadProjects } from '../../server/src/lsp/workspace.js';
import { DEFAULT_SETTINGS } from '../../server/src/protocol/settings.js';

const rulesDirectory = fileURLToPath(new URL('../../server/dist/rules', import.meta.url));

it('hands them on whole', async () => {
  const host = createNodeHost({ rulesDirectory, workerUrl: new URL('file:///none') });
  const sessions = createSessions(host);
  const { all } = await loadProjects([], () => DEFAULT_SETTINGS, host, sessions, 'whole');
  const { sources } = readRuleSources([], rulesDirectory, rulesDirectory);
  expect(sources.length).toBeGreaterThan(50);
  expect(all.map((project) => project.ruleSet.config.sources)).toEqual([sources]);
  sessions.dispose();
});
