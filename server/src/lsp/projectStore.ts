/**
 * Keeps the projects current: folders come and go, settings and rule files change. Changes that arrive together lead
 * to one reload. Before the first load everyone waits for it; during later ones the previous rules go on working.
 */
import type { Connection } from 'vscode-languageserver';
import type { Settings } from '../protocol/settings.js';
import { SETTINGS_SECTION } from '../protocol/settings.js';
import type { ClientFeatures } from './clientFeatures.js';
import type { Log } from './guard.js';
import { describeError } from './guard.js';
import type { LspHost } from './host.js';
import type { Sessions } from './sessions.js';
import { readSettings, settingsFromNotification } from './settings.js';
import { uriKey } from './uri.js';
import type { Folder, Projects } from './workspace.js';
import { loadProjects } from './workspace.js';

/** Milliseconds that changes are gathered for: saving a rule pack touches many files at once. */
const RELOAD_REST_MS = 50;
/** A client that says it has configuration and never answers must not keep us from working. */
const CONFIGURATION_PATIENCE_MS = 3_000;

export interface ProjectStore {
  /** The newest loaded projects; rejects only when the engine itself can't start. */
  get(): Promise<Projects>;
  /** What `get` last gave, for synchronous looks. */
  readonly loaded: Projects | undefined;
  readonly folders: readonly Folder[];
  /** The newest load went wrong; what was loaded before goes on working. */
  readonly failed: boolean;
  start(): void;
  /** Nothing is loaded any more. */
  stop(): void;
  reloadSoon(): void;
  changeFolders(added: readonly Folder[], removed: readonly Folder[]): void;
  /** From clients that send settings instead of answering questions. */
  receiveSettings(value: unknown): void;
}

export interface ProjectStoreOptions {
  readonly connection: Pick<Connection, 'workspace'>;
  readonly features: ClientFeatures;
  readonly host: LspHost;
  readonly sessions: Sessions;
  readonly folders: readonly Folder[];
  readonly settings: Settings;
  readonly log: Log;
  /** After every load that changed something. Whoever asked before the first one was waiting for it. */
  reloaded(projects: Projects, isFirst: boolean): void;
  failedToLoad(): void;
}

export function createProjectStore(options: ProjectStoreOptions): ProjectStore {
  const { connection, features, host, sessions, log } = options;
  let folders = options.folders;
  let settings = options.settings;
  let loaded: Projects | undefined;
  let cancelTimer: (() => void) | undefined;
  let wanted = 0;
  let isFailed = false;
  let ready: (projects: Projects) => void = () => undefined;
  let failed: (error: unknown) => void = () => undefined;
  let current = new Promise<Projects>((resolve, reject) => {
    ready = resolve;
    failed = reject;
  });
  // Whoever awaits it is told; nobody awaiting it is no reason to end the process.
  current.catch(() => undefined);

  const fetchSettings = async (): Promise<(folder: Folder | undefined) => Settings> => {
    if (!features.configuration) return () => settings;
    const items = [{ section: SETTINGS_SECTION }, ...folders.map((folder) => ({ scopeUri: folder.uri, section: SETTINGS_SECTION }))];
    const asked = folders;
    let stopWaiting = (): void => undefined;
    try {
      const answer = await Promise.race([
        connection.workspace.getConfiguration(items),
        new Promise<undefined>((resolve) => {
          stopWaiting = host.after(CONFIGURATION_PATIENCE_MS, () => resolve(undefined));
        }),
      ]);
      if (!Array.isArray(answer)) return () => settings;
      const values = answer.map((value) => readSettings(value, settings));
      return (folder) => values[folder === undefined ? 0 : asked.indexOf(folder) + 1] ?? settings;
    } catch (error) {
      log.error(`The client did not give its settings: ${describeError(error)}`);
      return () => settings;
    } finally {
      stopWaiting();
    }
  };

  const load = async (): Promise<void> => {
    const mine = ++wanted;
    try {
      const settingsOf = await fetchSettings();
      if (mine !== wanted) return;
      const projects = await loadProjects(folders, settingsOf, host, sessions);
      if (mine !== wanted) return;
      const isFirst = loaded === undefined;
      const isSame = loaded !== undefined && fingerprint(loaded) === fingerprint(projects);
      loaded = projects;
      isFailed = false;
      ready(projects);
      // Later reloads replace what `get` gives.
      current = Promise.resolve(projects);
      // Clients announce settings that did not change, and touch files: nobody's results are thrown away for that.
      if (!isSame) options.reloaded(projects, isFirst);
    } catch (error) {
      if (mine !== wanted) return;
      log.error(`The rules could not be loaded: ${describeError(error)}`);
      isFailed = true;
      if (loaded === undefined) failed(error);
      options.failedToLoad();
    }
  };

  const reloadSoon = (): void => {
    cancelTimer?.();
    cancelTimer = host.after(RELOAD_REST_MS, () => {
      cancelTimer = undefined;
      void load();
    });
  };

  return {
    get: () => current,
    get loaded() {
      return loaded;
    },
    get folders() {
      return folders;
    },
    get failed() {
      return isFailed;
    },
    start() {
      void load();
    },
    stop() {
      cancelTimer?.();
      wanted++;
    },
    reloadSoon,
    changeFolders(added, removed) {
      const gone = new Set(removed.map((folder) => uriKey(folder.uri)));
      const kept = folders.filter((folder) => !gone.has(uriKey(folder.uri)));
      const known = new Set(kept.map((folder) => uriKey(folder.uri)));
      folders = [...kept, ...added.filter((folder) => !known.has(uriKey(folder.uri)))];
      reloadSoon();
    },
    receiveSettings(value) {
      settings = readSettings(settingsFromNotification(value), settings);
      reloadSoon();
    },
  };
}

/** The same for projects that judge every document alike; rule sets are shared objects, so their configuration decides. */
function fingerprint(projects: Projects): string {
  return JSON.stringify(
    [...projects.all, projects.forUri('untitled:outside')].map(({ folder, settings, config, errors, ruleSet }) => [
      folder,
      settings,
      config,
      errors,
      ruleSetNumber(ruleSet),
    ]),
  );
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;
function ruleSetNumber(ruleSet: object): number {
  const known = numbers.get(ruleSet) ?? ++lastNumber;
  numbers.set(ruleSet, known);
  return known;
}
