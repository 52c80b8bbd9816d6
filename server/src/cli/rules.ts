/**
 * Which rules a command runs: what `--config` names, else the built-in packs and what the project's own
 * `countersign.yaml` adds. That file can only add rules, ask for the audit profile and leave out single rules by
 * id, which every report then says.
 */
import path from 'node:path';
import { CONFIG_FILE, parseConfig } from '../core/pack/config.js';
import type { AivssVersion, Profile, RuleError, RuleSource, ScanError } from '../core/index.js';
import { compareText, readSmallFile, statOrUndefined } from '../host/node/files-small.js';
import { findGitRoot } from '../host/node/git/root.js';
import { builtinPacks, readRuleSources } from '../host/node/rule-sources.js';
import { escapeTerminal } from './terminal.js';
import type { Paint } from './terminal.js';

export interface LoadedRules {
  readonly sources: readonly RuleSource[];
  readonly disabled: readonly string[];
  readonly profile?: Profile;
  readonly aivss?: AivssVersion;
  readonly errors: readonly RuleError[];
  readonly problems: readonly string[];
  readonly builtinOnly: boolean;
}

export interface RulesRequest {
  /** `--config`, in order. */
  readonly configs: readonly string[];
  readonly useProjectConfig: boolean;
  readonly rulesDirectory: string;
  readonly cwd: string;
  /** The first thing to scan: its repository, else the working directory, holds `countersign.yaml`. */
  readonly target: string;
}

export function loadRules(request: RulesRequest): LoadedRules {
  const { configs, rulesDirectory, cwd } = request;
  // Whoever names rules gets those rules and no others.
  const project = configs.length === 0 && request.useProjectConfig ? readProjectConfig(request) : undefined;
  const packs = configs.length > 0 ? configs : builtinPacks(rulesDirectory);
  const added = (project?.config.rulePaths ?? []).map(
    ({ value }) =>
      `./${path
        .relative(cwd, path.join(project?.root ?? cwd, value))
        .split(path.sep)
        .join('/')}`,
  );
  const { sources, problems, builtinOnly } = readRuleSources([...packs, ...added], rulesDirectory, cwd);
  const profile = project?.config.profile;
  const aivss = project?.config.aivss;
  return {
    sources,
    problems,
    builtinOnly,
    disabled: (project?.config.disable ?? []).map(({ value }) => value),
    ...(profile === undefined ? {} : { profile }),
    ...(aivss === undefined ? {} : { aivss }),
    errors: project?.errors ?? [],
  };
}

function readProjectConfig({ cwd, target }: RulesRequest) {
  const absolute = path.resolve(cwd, target);
  const isDirectory = statOrUndefined(absolute)?.isDirectory() === true;
  const directory = isDirectory ? absolute : path.dirname(absolute);
  const fromCwd = path.relative(cwd, directory);
  const inside = !fromCwd.startsWith('..') && !path.isAbsolute(fromCwd);
  const root = findGitRoot(directory) ?? (inside ? cwd : directory);
  const file = path.join(root, CONFIG_FILE);
  const text = readSmallFile(file);
  if (text === undefined) return undefined; // most projects have none
  return { root, ...parseConfig(text, path.relative(cwd, file).split(path.sep).join('/')) };
}

/** `rules/x.yaml:3:5 error message [code]`, as compilers print; lines and columns 1-based. */
export function ruleProblemLines(errors: readonly ScanError[], paint: Paint): readonly string[] {
  return errors.map((error) => {
    const place = error.kind === 'rule' ? `${error.path}:${error.range.start.line + 1}:${error.range.start.column + 1}` : error.path;
    const level = error.kind === 'rule' ? error.level : 'error';
    const rule = error.ruleId === undefined ? '' : ` (${escapeTerminal(error.ruleId)})`;
    const code = error.kind === 'rule' ? paint('dim', ` [${error.code}]`) : '';
    return `${paint('bold', escapeTerminal(place))}: ${paint(level === 'error' ? 'red' : 'yellow', level)} ${escapeTerminal(error.message)}${rule}${code}`;
  });
}

/** By file and place: which thread found an error first must not show. */
export function sortedRuleErrors(errors: readonly ScanError[]): readonly ScanError[] {
  const offset = (error: ScanError): number => (error.kind === 'internal' ? 0 : (error.range?.start.offset ?? 0));
  return [...errors].sort((a, b) => compareText(a.path, b.path) || offset(a) - offset(b) || compareText(a.message, b.message));
}
