/**
 * Keeps the projects current: folders come and go, settings and rule files change. Changes that arrive together lead
 * to one reload. Before the first load everyone waits for it; during later ones the previous rules go on working.
 * Where a team has many rules, the first load is without them, so that what is open is looked at before they are read.
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
  /** Not all rules are loaded yet. */
  readonly starting: boolean;
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
  /** After the first load, where that was one without all rules; settles when what is open was looked at. */
  partlyLoaded(): Promise<void>;
  /** After every load of all rules that changed something. Whoever asked before the first load of all was waiting for it. */
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

  const take = (projects: Projects): void => {
    loaded = projects;
    ready(projects);
    // Later loads replace what `get` gives.
    current = Promise.resolve(projects);
  };

  const load = async (): Promise<void> => {
    const mine = ++wanted;
    try {
      const settingsOf = await fetchSettings();
      if (mine !== wanted) return;
      let projects = await loadProjects(
        folders,
        settingsOf,
        host,
        sessions,
        loaded === undefined && canRefresh(features) ? 'quick' : 'whole',
      );
      if (mine !== wanted) return;
      if (projects.isPartial) {
        take(projects);
        await options.partlyLoaded();
        projects = await loadProjects(folders, settingsOf, host, sessions, 'whole');
        if (mine !== wanted) return;
      }
      const isFirst = loaded === undefined;
      const isSame = loaded !== undefined && fingerprint(loaded) === fingerprint(projects);
      take(projects);
      isFailed = false;
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
    get starting() {
      return loaded === undefined || loaded.isPartial;
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

/** Whether a client learns what is found when more rules come in: one that asks has to be told to ask again. */
function canRefresh({ pull, pullRefresh }: ClientFeatures): boolean {
  return !pull || pullRefresh;
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
