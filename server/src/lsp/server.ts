/**
 * The language server: one table of what we answer, wired to modules that compute the answers. Runs on any
 * connection and any `LspHost`. Handlers are registered once the client has said what it can do.
 */
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { ProjectFiles } from '../core/index.js';
import type { StatusParams } from '../protocol/messages.js';
import { STATUS_METHOD } from '../protocol/messages.js';
import { DEFAULT_SETTINGS } from '../protocol/settings.js';
import { registerAuditRequests } from './auditRequests.js';
import { createChecks } from './checks.js';
import type { ClientFeatures } from './clientFeatures.js';
import { readClientFeatures, serverCapabilities } from './clientFeatures.js';
import { createClosedFiles } from './closedFiles.js';
import { createClosedView } from './closedView.js';
import { createLiveDiagnostics } from './diagnostics.js';
import type { OpenUnit } from './documents.js';
import { trackDocuments } from './documents.js';
import { createOutbox, describeError, detached } from './guard.js';
import type { LspHost } from './host.js';
import { createProjectStore } from './projectStore.js';
import { registerRequests } from './requests.js';
import { createRuleFiles, isConfigFile, isRuleFile } from './ruleFiles.js';
import { createScanRunner } from './scanRunner.js';
import { createSessions } from './sessions.js';
import { readInitializationOptions } from './settings.js';
import type { KnownFile } from './status.js';
import { statusOf } from './status.js';
import { baseName, fileUri } from './uri.js';
import { createWatching } from './watching.js';
import type { Folder, Project } from './workspace.js';

/** Milliseconds that changes of the counts are gathered for. */
const STATUS_REST_MS = 50;
/** Milliseconds for which what folders hold, and when files changed, is not asked again: a document is scanned several times in that while somebody types. */
const FILES_KNOWN_MS = 500;
/** Milliseconds without a scan of an open document before rule files are checked, in another process: the machine is whose who types. */
const RULE_FILES_REST_MS = 500;

export interface ServerInfo {
  readonly name: string;
  readonly version: string;
}

/** Registers all handlers; the caller starts listening. */
export function startServer(connection: Connection, host: LspHost, info: ServerInfo): void {
  connection.onInitialize((params): InitializeResult => {
    const options = readInitializationOptions(params.initializationOptions);
    const features = readClientFeatures(params, options);
    serve(connection, host, features, foldersOf(params), { ...DEFAULT_SETTINGS, ...options.settings });
    return { capabilities: serverCapabilities(features), serverInfo: info };
  });
}

function serve(
  connection: Connection,
  host: LspHost,
  features: ClientFeatures,
  folders: readonly Folder[],
  settings: typeof DEFAULT_SETTINGS,
): void {
  const log = createOutbox(connection.console);
  const internalError = (error: unknown): void => log.error(describeError(error));
  const sessions = createSessions(host);
  const ruleFiles = createRuleFiles(host);
  const closed = createClosedFiles();
  const watching = createWatching(connection, features, host);

  const store = createProjectStore({
    ...{ connection, features, host, sessions, folders, settings, log },
    failedToLoad: () => statusSoon(),
    async partlyLoaded() {
      statusSoon();
      // Answers leave before anything else keeps this thread.
      await checks.settled(0);
    },
    reloaded(projects, isFirst) {
      // Before the first load everyone waited; nothing was judged by other rules.
      if (!isFirst) checks.invalidate();
      for (const file of closed.keepFolders(projects.all.flatMap(({ folder }) => (folder === undefined ? [] : [folder.uri]))))
        view.show(file.uri);
      if (!isFirst) live.refreshAll();
      statusSoon();
      detached('rule files', log, async () => {
        await checks.settled(RULE_FILES_REST_MS);
        if (store.loaded === projects) view.setRuleErrors(await ruleFiles.errorsOnDisk(projects.all));
      });
      detached('file watching', log, () => watching.update(projects.all, scans.everRan));
      // Closed files were judged by the old rules.
      if (scans.everRan && !isFirst) detached('workspace scan', log, () => scans.run(undefined));
      else if (!scans.everRan && projects.all.some((project) => project.settings.scanOnOpen))
        detached('workspace scan', log, () => scans.run(undefined));
    },
  });

  /** Grows when files come or go: what an import leads to may be another file then. */
  let generation = 0;
  const filesKnown = new Map<string, ProjectFiles>();
  let forgetFiles: (() => void) | undefined;
  const filesAround = (project: Project): ProjectFiles | undefined => {
    const root = project.pathRoot;
    if (root === undefined) return undefined;
    let files = filesKnown.get(root);
    if (files === undefined) {
      files = host.projectFiles(root, (path) => {
        const unit = documents.find(fileUri(host.join(root, path)));
        return unit?.kind === 'text' ? { version: `open ${unit.revision}`, text: unit.document.getText() } : undefined;
      });
      filesKnown.set(root, files);
      forgetFiles ??= host.after(FILES_KNOWN_MS, () => {
        filesKnown.clear();
        forgetFiles = undefined;
      });
    }
    const known = files;
    return {
      ...known,
      version(path) {
        const version = known.version(path);
        return version === undefined ? undefined : `${generation} ${version}`;
      },
    };
  };
  /** Open documents whose findings depend on a file that has changed are looked at again. */
  const touched = (uri: string): void => {
    for (const other of checks.touched(uri)) {
      const unit = documents.find(other);
      if (unit !== undefined) live.changed(unit);
    }
  };

  const checks = createChecks({
    projectFor: async (uri) => (await store.get()).forUri(uri),
    filesAround,
    ruleErrors: (unit, project) => ruleFiles.errorsOf(unit, project),
    after: host.after,
    internalError,
  });

  const documents = trackDocuments(
    connection,
    {
      opened: (unit) => live.opened(unit),
      changed(unit) {
        live.changed(unit);
        touched(unit.uri);
      },
      closed(uri, uris) {
        live.closed(uri, uris);
        touched(uri);
        statusSoon();
        view.show(uri);
        detached('closed file', log, async () => {
          await view.rescan(uri);
          statusSoon();
        });
      },
      cellsRemoved: (uris) => live.clear(uris),
      saved(uri) {
        // Clients that can't watch files tell us this much.
        const project = store.loaded?.forUri(uri);
        if (project !== undefined && (isConfigFile(uri, project, host) || isRuleFile(uri, project, host))) store.reloadSoon();
      },
    },
    features.notebooks,
  );

  const live = createLiveDiagnostics({
    connection,
    features,
    checks,
    documents,
    host,
    outbox: log,
    checked: () => statusSoon(),
    internalError,
  });

  const view = createClosedView({
    ...{ closed, documents, features, host, store, filesAround },
    push: (uri, diagnostics) => log.send(() => connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] })),
  });

  const scans = createScanRunner({
    ...{ connection, features, host, store, closed, view, log },
    changed() {
      statusSoon();
      if (features.pull && features.pullRefresh) log.send(() => connection.languages.diagnostics.refresh());
      const loaded = store.loaded;
      if (loaded !== undefined) detached('file watching', log, () => watching.update(loaded.all, true));
    },
    progressed: () => statusSoon(),
  });

  /** Everything that was looked at: open documents by their newest result, other files by the workspace scan's. */
  const knownFiles = (): readonly KnownFile[] => {
    const open = documents.all();
    const files: KnownFile[] = open.flatMap((unit: OpenUnit) => {
      const check = checks.latest(unit.uri);
      return check === undefined ? [] : [{ uri: unit.uri, project: check.project, report: check.report }];
    });
    for (const file of closed.all()) if (documents.find(file.uri) === undefined) files.push(file);
    return files;
  };

  let cancelStatus: (() => void) | undefined;
  let lastStatus = '';
  const sendStatus = (): void => {
    cancelStatus = undefined;
    const projects = store.loaded?.all ?? [];
    const state: StatusParams['state'] = store.failed ? 'failed' : store.starting ? 'starting' : scans.running ? 'scanning' : 'ready';
    const status = statusOf(knownFiles(), projects, state);
    const text = JSON.stringify(status);
    if (text === lastStatus) return;
    lastStatus = text;
    log.send(() => connection.sendNotification(STATUS_METHOD, status));
  };
  const statusSoon = (): void => {
    // A notification that a client does not know is only noise in its log.
    if (features.clientCommands) cancelStatus ??= host.after(STATUS_REST_MS, sendStatus);
  };

  registerRequests({ connection, features, documents, checks, live, store, closed, view, scans, knownFiles, notesOf: host.notesOf, log });

  const stopAudits = host.commits === undefined ? undefined : registerAuditRequests(connection, host.commits, documents, log);

  connection.onDidChangeConfiguration((params) => {
    if (features.configuration) store.reloadSoon();
    else store.receiveSettings(params.settings);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    filesKnown.clear();
    for (const { uri, type } of changes) {
      const project = store.loaded?.forUri(uri);
      if (project === undefined) continue;
      if (isConfigFile(uri, project, host) || isRuleFile(uri, project, host)) store.reloadSoon();
      // FileChangeType: 3 is deleted.
      if (type === 3) view.drop(uri);
      // FileChangeType: 2 is changed.
      if (type !== 2) generation++;
      touched(uri);
      if (type !== 3 && documents.find(uri) === undefined) detached('changed file', log, () => view.rescan(uri));
      statusSoon();
    }
  });

  connection.onInitialized(() => {
    store.start();
    if (features.configuration && features.configurationEvents) {
      detached('settings', log, () => connection.client.register(DidChangeConfigurationNotification.type, { section: 'countersign' }));
    }
    if (features.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => store.changeFolders(added, removed));
    }
  });
  connection.onShutdown(() => {
    log.close();
    cancelStatus?.();
    scans.cancel();
    stopAudits?.();
    store.stop();
    for (const unit of documents.all()) checks.release(unit.uri);
    sessions.dispose();
  });
  // Reading the rules takes longer than the client takes to say `initialized`.
  detached('built-in rules', log, () => host.builtinRules());
}

function foldersOf(params: InitializeParams): readonly Folder[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ name, uri }) => ({ name, uri }));
  // Deprecated, and all that older clients send.
  // oxlint-disable-next-line typescript/no-deprecated
  const uri = params.rootUri ?? (typeof params.rootPath === 'string' ? fileUri(params.rootPath) : undefined);
  return uri === undefined ? [] : [{ name: baseName(uri), uri }];
}
