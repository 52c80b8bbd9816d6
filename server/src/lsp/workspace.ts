/**
 * Which rules govern which document. Each workspace folder has its own `countersign.yaml` and settings; a document
 * outside all folders is governed by the settings alone. A folder's file can add rules and name rules to leave
 * out (which is shown to people); it can't lower the profile that a person chose, and can't replace a built-in rule.
 */
import type { FolderConfig } from '../core/pack/config.js';
import { CONFIG_FILE, EMPTY_CONFIG, parseConfig } from '../core/pack/config.js';
import { SUPPRESSION_RULES, UNUSED_SUPPRESSION } from '../core/suppression/rules.js';
import type { RepoPath, RuleError, SessionConfig } from '../core/index.js';
import type { Settings } from '../protocol/settings.js';
import type { LoadedSource, LspHost } from './host.js';
import type { RuleSet, Sessions } from './sessions.js';
import { fileUri, filePath, relative, repoPath } from './uri.js';

export interface Folder {
  readonly name: string;
  readonly uri: string;
}

/** A folder with everything that decides its findings; or, without `folder`, what governs loose documents. */
export interface Project {
  readonly folder?: Folder;
  /** The folder on disk; nothing for folders that a client serves in another way. */
  readonly root?: string;
  /** What `RepoPath`s are relative to: the repository, else the folder. */
  readonly pathRoot?: string;
  /** Accounts of a code host that the project belongs to. */
  readonly accounts: readonly string[];
  /** Where `countersign.yaml` was found, or would be: the folder, else its repository. */
  readonly configRoot?: string;
  readonly settings: Settings;
  readonly config: FolderConfig;
  readonly profile: Settings['profile'];
  readonly ruleSet: RuleSet;
  /** Rule files of the folder's or the person's own are not in the rule set yet: see `loadProjects`. */
  readonly isPartial: boolean;
  /** Rule files that are not built in: they get diagnostics of their own. */
  readonly customSources: readonly LoadedSource[];
  /** Errors in `countersign.yaml` and in finding the rules; their `path` is absolute. */
  readonly errors: readonly RuleError[];
}

/** Characters of rules from which on reading and compiling them is a wait that somebody notices: some 30 rules, a tenth of a second. */
const LENGTHY_RULES = 60_000;

/** Which rules are in a project's rule set: all, or those that take no time. */
export type Extent = 'whole' | 'quick';

export interface Projects {
  /** The project that governs a document: that of the innermost folder. */
  forUri(uri: string): Project;
  readonly all: readonly Project[];
  /** Whether any of them is without some of its rules, that of loose documents included. */
  readonly isPartial: boolean;
}

/** @param extent `quick`: without rules that are not built in, in projects where those are many (`Project.isPartial`) */
export async function loadProjects(
  folders: readonly Folder[],
  settingsOf: (folder: Folder | undefined) => Settings,
  host: LspHost,
  sessions: Sessions,
  extent: Extent,
): Promise<Projects> {
  const loose = await loadProject(undefined, settingsOf(undefined), host, sessions, extent);
  const projects: Project[] = [];
  for (const folder of folders) projects.push(await loadProject(folder, settingsOf(folder), host, sessions, extent));
  sessions.keepOnly([loose, ...projects].map((project) => project.ruleSet.config));
  // Longest first: a folder inside a folder is the one that counts.
  const byDepth = projects.toSorted((a, b) => (b.folder?.uri.length ?? 0) - (a.folder?.uri.length ?? 0));
  return {
    all: folders.length === 0 ? [loose] : projects,
    isPartial: [loose, ...projects].some((project) => project.isPartial),
    forUri: (uri) => byDepth.find(({ folder }) => folder !== undefined && relative(uri, folder.uri) !== undefined) ?? loose,
  };
}

async function loadProject(
  folder: Folder | undefined,
  settings: Settings,
  host: LspHost,
  sessions: Sessions,
  extent: Extent,
): Promise<Project> {
  const root = folder === undefined ? undefined : filePath(folder.uri);
  const pathRoot = root === undefined ? undefined : host.scanRoot(root);
  const { config, errors: configErrors, configRoot } = await loadConfig(root, pathRoot, host);
  const builtin = await host.builtinRules();
  const personal = await host.loadRules(settings.rulePaths);
  const fromFolder = await loadFolderRules(configRoot, config, host);
  // The first rule of a name wins, so what ships with Countersign comes first and nothing can take its place.
  const customSources = dropDuplicates([...personal.sources, ...fromFolder.sources]);
  const disabled = [...new Set([...settings.disabledRules, ...config.disable.map((entry) => entry.value)])].toSorted();
  const profile = settings.profile === 'audit' || config.profile === 'audit' ? 'audit' : 'default';
  const isPartial = extent === 'quick' && customSources.reduce((sum, { text }) => sum + text.length, 0) >= LENGTHY_RULES;
  const sessionConfig: SessionConfig = {
    sources: [...builtin.sources, ...(isPartial ? [] : customSources)].map(({ path, text, pack, vetted }) => ({
      path,
      text,
      ...(pack === undefined ? {} : { pack }),
      ...(vetted === undefined ? {} : { vetted }),
    })),
    profile,
    // A suppression may be one of a rule that is to come.
    disabledRules: isPartial ? [...disabled, UNUSED_SUPPRESSION.id] : disabled,
  };
  const ruleSet = await sessions.get(sessionConfig);
  return {
    ...(folder === undefined ? {} : { folder }),
    ...(root === undefined ? {} : { root }),
    ...(pathRoot === undefined ? {} : { pathRoot }),
    accounts: pathRoot === undefined ? [] : host.accounts(pathRoot),
    ...(configRoot === undefined ? {} : { configRoot }),
    settings,
    config,
    profile,
    ruleSet,
    isPartial,
    customSources,
    errors: [
      ...configErrors,
      ...unknownRules(config, configRoot, [...builtin.sources, ...customSources], host),
      ...builtin.errors,
      ...personal.errors,
      ...fromFolder.errors,
    ],
  };
}

/** The file that a folder's configuration is read from. */
export function configFile(root: string, host: Pick<LspHost, 'join'>): string {
  return host.join(root, CONFIG_FILE);
}

interface LoadedConfig {
  readonly config: FolderConfig;
  readonly errors: readonly RuleError[];
  readonly configRoot?: string;
}

/** The folder's own file counts; a folder inside a repository that has none is governed by the repository's, as on the command line. */
async function loadConfig(root: string | undefined, pathRoot: string | undefined, host: LspHost): Promise<LoadedConfig> {
  if (root === undefined) return { config: EMPTY_CONFIG, errors: [] };
  for (const place of new Set([root, pathRoot ?? root])) {
    const file = configFile(place, host);
    const text = await host.readOptional(file);
    if (text !== undefined) return { ...parseConfig(text, file), configRoot: place };
  }
  return { config: EMPTY_CONFIG, errors: [], configRoot: root };
}

async function loadFolderRules(
  root: string | undefined,
  config: FolderConfig,
  host: LspHost,
): Promise<{ sources: readonly LoadedSource[]; errors: readonly RuleError[] }> {
  if (root === undefined) return { sources: [], errors: [] };
  const sources: LoadedSource[] = [];
  const errors: RuleError[] = [];
  for (const entry of config.rulePaths) {
    const loaded = await host.loadRules([host.join(root, entry.value)], root);
    sources.push(...loaded.sources);
    // What can't be found is wrong in the line that names it.
    for (const error of loaded.errors) errors.push({ ...error, path: configFile(root, host), range: entry.range });
  }
  return { sources, errors };
}

/** A rule id in `disable:` that no rule has switches nothing off: most likely a slip. */
function unknownRules(
  config: FolderConfig,
  root: string | undefined,
  sources: SessionConfig['sources'],
  host: LspHost,
): readonly RuleError[] {
  if (root === undefined || config.disable.length === 0) return [];
  // Disabled rules are not in the session any more, so their ids are looked up in the rule files' own text.
  const ids = new Set<string | undefined>(SUPPRESSION_RULES.map(({ id }) => id));
  for (const { text } of sources) for (const match of text.matchAll(/^\s*(?:-\s+)?id:\s*["']?([^"'\s#]+)/gm)) ids.add(match[1]);
  return config.disable
    .filter((entry) => !ids.has(entry.value))
    .map((entry) => ({
      kind: 'rule',
      code: 'unknown-rule',
      message: `There is no rule \`${entry.value}\`, so this line switches nothing off.`,
      path: configFile(root, host),
      range: entry.range,
      level: 'warning',
    }));
}

function dropDuplicates(sources: readonly LoadedSource[]): readonly LoadedSource[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const isNew = !seen.has(source.file);
    seen.add(source.file);
    return isNew;
  });
}

/** How the engine and the command line name a document. */
export function documentPath(uri: string, project: Project): RepoPath {
  return repoPath(uri, project.pathRoot === undefined ? project.folder?.uri : fileUri(project.pathRoot));
}

/** The reverse: where a file of a project is; undefined where its folder is not on disk. */
export function pathUri(path: RepoPath, project: Project): string | undefined {
  return project.pathRoot === undefined ? undefined : `${fileUri(project.pathRoot)}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Rules that a project's own `countersign.yaml` switches off; a person's settings are their own affair. */
export function disabledByFolder(project: Project): readonly string[] {
  return [...new Set(project.config.disable.map((entry) => entry.value))].toSorted();
}
