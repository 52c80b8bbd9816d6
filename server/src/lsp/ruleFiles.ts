/**
 * Diagnostics of the files that configure us: `countersign.yaml` and the rule files that it or the settings name.
 * Rules are compiled apart from those that are run, so that a file is judged as it stands in the editor, saved or not.
 */
import { parseConfig } from '../core/pack/config.js';
import type { RuleError, RuleSource } from '../core/index.js';
import type { OpenUnit } from './documents.js';
import type { LspHost } from './host.js';
import { fileUri, filePath, isInside, uriKey } from './uri.js';
import type { Project } from './workspace.js';
import { configFile } from './workspace.js';

export interface RuleFiles {
  /** Of an open document, from its text in the editor. Empty when it is neither configuration nor rules. */
  errorsOf(unit: OpenUnit, project: Project): Promise<readonly RuleError[]>;
  /** Of all configuration and rule files of the projects, as they are on disk; keys are URIs. Files without errors are left out. */
  errorsOnDisk(projects: readonly Project[]): Promise<ReadonlyMap<string, readonly RuleError[]>>;
}

export function createRuleFiles(host: LspHost): RuleFiles {
  return {
    async errorsOf(unit, project) {
      if (unit.kind !== 'text') return [];
      if (isConfigFile(unit.uri, project, host)) return parseConfig(unit.document.getText(), unit.uri).errors;
      if (!isRuleFile(unit.uri, project, host)) return [];
      const others = project.customSources.filter(({ file }) => uriKey(fileUri(file)) !== uriKey(unit.uri));
      return host.checkOpenRules({ path: unit.uri, text: unit.document.getText() }, others.map(asSource));
    },
    async errorsOnDisk(projects) {
      const byUri = new Map<string, RuleError[]>();
      const add = (uri: string, error: RuleError): void => {
        const list = byUri.get(uri) ?? [];
        if (!list.some((other) => JSON.stringify(other) === JSON.stringify(error))) list.push(error);
        byUri.set(uri, list);
      };
      const validated = new Set<string>();
      for (const project of projects) {
        for (const error of project.errors) add(fileUri(error.path), error);
        const fresh = project.customSources.filter(({ file }) => !validated.has(file));
        if (fresh.length === 0) continue;
        const others = project.customSources.filter(({ file }) => validated.has(file));
        for (const { file } of fresh) validated.add(file);
        // All at once: what it takes to begin is more than most files are.
        for (const error of await host.checkRules(fresh.map(asSource), others.map(asSource))) add(fileUri(error.path), error);
      }
      return byUri;
    },
  };
}

/** By its absolute path, which is its own. */
function asSource({ file, text }: Project['customSources'][number]): RuleSource {
  return { path: file, text };
}

export function isConfigFile(uri: string, project: Project, host: Pick<LspHost, 'join'>): boolean {
  return [project.root, project.configRoot].some((root) => root !== undefined && uriKey(uri) === uriKey(fileUri(configFile(root, host))));
}

/** A file that was read as rules, or one that would be: it lies in a rule folder and is YAML. */
export function isRuleFile(uri: string, project: Project, host: Pick<LspHost, 'join'>): boolean {
  if (filePath(uri) === undefined || !/\.ya?ml$/i.test(uri)) return false;
  if (project.customSources.some((source) => uriKey(fileUri(source.file)) === uriKey(uri))) return true;
  // `pack.yaml` and rule tests stand in rule folders too, and are no rules.
  if (/(?:\.(?:test|fixed)|\/pack)\.ya?ml$/i.test(uri)) return false;
  return rulePaths(project, host).some((path) => isInside(uri, fileUri(path)));
}

/** Absolute paths of the rule files and folders that a project names itself. */
export function rulePaths(project: Project, host: Pick<LspHost, 'join'>): readonly string[] {
  const { configRoot } = project;
  const own = configRoot === undefined ? [] : project.config.rulePaths.map((entry) => host.join(configRoot, entry.value));
  return [...project.settings.rulePaths, ...own];
}
