/** A window of the desktop VS Code, which @vscode/test-electron downloads into the cache once. Nobody can see it, so it takes no pictures. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { cacheFolder } from '../../../scripts/e2e/provision.mjs';
import type { EditorWindow, WindowRequest } from './window.js';

export async function openElectronWindow(request: WindowRequest): Promise<EditorWindow> {
  const { extension, suite, workspace, trusted, scratch, env } = request;
  const data = path.join(scratch, 'data');
  await mkdir(path.join(data, 'User'), { recursive: true });
  // Without the prompt a folder that nobody has trusted simply opens in Restricted Mode.
  await writeFile(path.join(data, 'User', 'settings.json'), JSON.stringify({ 'security.workspace.trust.startupPrompt': 'never' }));
  const ran = runTests({
    cachePath: path.join(cacheFolder(), 'vscode-test'),
    extensionDevelopmentPath: extension,
    extensionTestsPath: suite,
    extensionTestsEnv: { ...env },
    launchArgs: [
      workspace,
      ...['--user-data-dir', data, '--extensions-dir', path.join(scratch, 'extensions')],
      ...(trusted ? ['--disable-workspace-trust'] : []),
    ],
  });
  return {
    // A suite with failures ends the window with an error too, but by then its results are written.
    died: ran.then(() => new Promise<never>(() => undefined)),
    close: async () => {
      await ran.catch(() => undefined);
    },
  };
}
