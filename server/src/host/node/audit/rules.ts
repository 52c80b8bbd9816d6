/**
 * Which rules judge an audit: those that the base commit's own `countersign.yaml` asks for, read from the base commit. What the audited commits do to that file or
 * to rule files does not count; a rule folder that is named on the command line and lies inside the repository is read from the base as well.
 */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_FILE, EMPTY_CONFIG, parseConfig } from '../../../core/pack/config.js';
import type { FolderConfig } from '../../../core/pack/config.js';
import type { AivssVersion, Profile, RuleError, RuleSource } from '../../../core/index.js';
import type { ObjectReader } from '../git/objects.js';
import type { Repository } from '../git/repository.js';
import { blobText, treeFiles } from '../git/tree.js';
import { builtinPacks, isRuleFileName, MAX_RULE_BYTES, PACK_FILE, readRuleSources } from '../rule-sources.js';

export interface GoverningRules {
  readonly sources: readonly RuleSource[];
  readonly disabled: readonly string[];
  readonly profile?: Profile;
  readonly aivss?: AivssVersion;
  readonly errors: readonly RuleError[];
  /** Each is a failed run: rules that were asked for did not run. */
  readonly problems: readonly string[];
  readonly builtinOnly: boolean;
  /** The base's own configuration, and where its rule files are, for what the range does to them. */
  readonly config: FolderConfig;
}

export interface RulesWanted {
  /** `--config`, in order; empty: the project's own and all built-in packs. */
  readonly configs: readonly string[];
  readonly useProjectConfig: boolean;
  readonly rulesDirectory: string;
  /** What `configs` are relative to. */
  readonly cwd: string;
}

const MAX_CONFIG_BYTES = 1_000_000;

/** @param base full hash; undefined: nothing was there before, so nothing but what ships with Countersign governs */
export async function governingRules(
  repository: Repository,
  reader: ObjectReader,
  base: string | undefined,
  wanted: RulesWanted,
): Promise<GoverningRules> {
  const packs = builtinPacks(wanted.rulesDirectory);
  const outside: string[] = [];
  const inside: string[] = [];
  for (const config of wanted.configs) {
    const below = packs.includes(config) ? undefined : pathInside(repository, path.resolve(wanted.cwd, config));
    if (below === undefined) outside.push(config);
    else inside.push(below);
  }
  const own = wanted.configs.length === 0 && wanted.useProjectConfig ? await configAt(repository, reader, base) : undefined;
  const config = own?.config ?? EMPTY_CONFIG;
  const fromDisk =
    wanted.configs.length > 0 && outside.length === 0
      ? { sources: [], problems: [], builtinOnly: false }
      : readRuleSources(wanted.configs.length > 0 ? outside : packs, wanted.rulesDirectory, wanted.cwd);
  const named = [...inside, ...config.rulePaths.map(({ value }) => value)];
  const fromBase = await rulesAt(repository, reader, base, named);
  return {
    sources: [...fromDisk.sources, ...fromBase.sources],
    disabled: config.disable.map(({ value }) => value),
    ...(config.profile === undefined ? {} : { profile: config.profile }),
    ...(config.aivss === undefined ? {} : { aivss: config.aivss }),
    errors: own?.errors ?? [],
    problems: [...fromDisk.problems, ...fromBase.problems],
    builtinOnly: fromDisk.builtinOnly && named.length === 0,
    config,
  };
}

/** The project's configuration as a commit has it; undefined where it has none. */
export async function configAt(repository: Repository, reader: ObjectReader, commit: string | undefined) {
  const [file] = commit === undefined ? [] : ((await treeFiles(repository, commit, [CONFIG_FILE])) ?? []);
  const text = file === undefined ? undefined : await blobText(reader, file.hash, MAX_CONFIG_BYTES);
  return text === undefined ? undefined : parseConfig(text, CONFIG_FILE);
}

async function rulesAt(
  repository: Repository,
  reader: ObjectReader,
  base: string | undefined,
  paths: readonly string[],
): Promise<{ readonly sources: readonly RuleSource[]; readonly problems: readonly string[] }> {
  const sources = new Map<string, RuleSource>();
  const problems: string[] = [];
  for (const named of paths) {
    const files = base === undefined ? [] : await treeFiles(repository, base, [named]);
    if (files === undefined) {
      problems.push(`${named || '.'}: the base commit's files cannot be listed`);
      continue;
    }
    const packed = new Set(files.flatMap((file) => (path.posix.basename(file.path) === PACK_FILE ? [path.posix.dirname(file.path)] : [])));
    const chosen = files.filter(
      (file) => file.path === named || isRuleFileName(named === '' ? file.path : file.path.slice(named.length + 1)),
    );
    if (chosen.length === 0) problems.push(`${named || '.'}: there is no rule file in the base commit, whose rules govern this audit`);
    for (const file of chosen) {
      const text = await blobText(reader, file.hash, MAX_RULE_BYTES);
      if (text === undefined) problems.push(`${file.path}: the base commit's version is too large or missing`);
      else sources.set(file.path, { path: file.path, text, ...packOf(file.path, packed) });
    }
  }
  return { sources: [...sources.values()], problems };
}

function packOf(file: string, packed: ReadonlySet<string>): { readonly pack?: string } {
  for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder))
    if (packed.has(folder)) return { pack: path.posix.basename(folder) };
  return {};
}

/** Below the repository's folder, with `/`; undefined: outside of it. */
function pathInside({ directory, bare }: Repository, absolute: string): string | undefined {
  if (bare) return undefined;
  const relative = path.relative(real(directory), real(absolute));
  return relative.startsWith('..') || path.isAbsolute(relative) ? undefined : relative.split(path.sep).join('/');
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
