/**
 * Which files a client is asked to watch: configuration and rules always; sources only after a workspace scan,
 * because only then do results of closed files exist that could grow old. Clients that can't register watchers
 * tell us about saves, which covers what is edited in them.
 */
import type { Connection, Disposable, FileSystemWatcher } from 'vscode-languageserver';
import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { CONFIG_FILE } from '../core/pack/config.js';
import type { ClientFeatures } from './clientFeatures.js';
import type { LspHost } from './host.js';
import { rulePaths } from './ruleFiles.js';
import { fileUri, relative } from './uri.js';
import type { Project } from './workspace.js';

const SOURCES = '**/*.{py,pyi,ipynb,js,jsx,mjs,cjs,ts,tsx,mts,cts,sh,bash,md,mdc}';

export interface Watching {
  /** Replaces the registered watchers where they changed. */
  update(projects: readonly Project[], withSources: boolean): Promise<void>;
}

export function createWatching(connection: Pick<Connection, 'client'>, features: ClientFeatures, host: Pick<LspHost, 'join'>): Watching {
  let registered: Promise<Disposable> | undefined;
  let current = '';
  return {
    async update(projects, withSources) {
      if (!features.watchedFiles) return;
      const watchers = watchersFor(projects, withSources, features, host);
      const key = JSON.stringify(watchers);
      if (key === current) return;
      current = key;
      const previous = registered;
      registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      (await previous)?.dispose();
      await registered;
    },
  };
}

function watchersFor(
  projects: readonly Project[],
  withSources: boolean,
  features: ClientFeatures,
  host: Pick<LspHost, 'join'>,
): FileSystemWatcher[] {
  const watchers: FileSystemWatcher[] = [{ globPattern: `**/${CONFIG_FILE}` }];
  if (withSources) watchers.push({ globPattern: SOURCES });
  for (const project of projects) {
    for (const path of rulePaths(project, host)) {
      const uri = fileUri(path);
      const below = project.folder === undefined ? undefined : relative(uri, project.folder.uri);
      if (below !== undefined)
        watchers.push(
          { globPattern: `**/${below === '' ? '' : `${below}/`}**/*.{yaml,yml}` },
          ...(/\.ya?ml$/i.test(below) ? [{ globPattern: `**/${below}` }] : []),
        );
      else if (features.relativePatterns) watchers.push({ globPattern: { baseUri: uri, pattern: '**/*.{yaml,yml}' } });
    }
  }
  return [...new Map(watchers.map((watcher) => [JSON.stringify(watcher), watcher])).values()];
}
