/**
 * Rule files from disk: the built-in packs beside the bundle, and whatever `--config` names. Reads text only;
 * whether it is a rule is for the engine to say. The name of a built-in pack always means that pack: a folder
 * of the same name in the scanned tree cannot take its place (write `./name` for the folder).
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import path from 'node:path';
import type { RuleSource } from '../../core/index.js';
import { compareText, statOrUndefined } from './files-small.js';

export interface RuleSources {
  readonly sources: readonly RuleSource[];
  /** What was named and cannot be used; each is a failed run. */
  readonly problems: readonly string[];
  /** Nothing but packs that ship with Countersign, whose rules are known to be good. */
  readonly builtinOnly: boolean;
}

export const PACK_FILE = 'pack.yaml';
const SETS = 'sources';
const RULE_FILE = /\.ya?ml$/i;
/** Fixtures written in YAML, and files of ours that are not rules. */
const NOT_RULES = /(?:\.(?:test|fixed)\.ya?ml|^pack\.yaml|^countersign(?:\.lock)?\.ya?ml)$/i;
export const MAX_RULE_BYTES = 2 * 1024 * 1024;

/** Names of the packs under `rulesDirectory`, sorted. */
export function builtinPacks(rulesDirectory: string): readonly string[] {
  return listDirectory(rulesDirectory)
    .filter((entry) => entry.isDirectory() && isFile(path.join(rulesDirectory, entry.name, PACK_FILE)))
    .map((entry) => entry.name)
    .toSorted(compareText);
}

/** `configs` empty: all built-in packs. Paths in the result are as named; those of built-in rules start with the pack's name. */
export function readRuleSources(configs: readonly string[], rulesDirectory: string, cwd: string): RuleSources {
  const packs = builtinPacks(rulesDirectory);
  const sources = new Map<string, RuleSource>();
  const problems: string[] = [];
  const chosen = configs.length > 0 ? configs : packs;
  const add = (absolute: string, shown: string, pack?: string, vetted = false): void => {
    if (sources.has(absolute)) return;
    try {
      if (statSync(absolute).size > MAX_RULE_BYTES) problems.push(`${shown}: larger than ${MAX_RULE_BYTES} bytes, which no rule file is`);
      else
        sources.set(absolute, {
          path: shown,
          text: readFileSync(absolute, 'utf8'),
          ...(pack === undefined ? {} : { pack }),
          ...(vetted ? { vetted } : {}),
        });
    } catch {
      problems.push(`${shown}: the rule file cannot be read`);
    }
  };
  for (const config of chosen) {
    if (packs.includes(config)) {
      const directory = path.join(rulesDirectory, config);
      for (const file of ruleFiles(directory)) add(path.join(directory, file), `${config}/${file}`, config, true);
      continue;
    }
    const absolute = path.resolve(cwd, config);
    const shown = config
      .split(path.sep)
      .join('/')
      .replace(/(?<=.)\/+$/, '')
      .replace(/^(?:\.\/)+(?=.)/, '');
    if (isFile(absolute)) add(absolute, shown, enclosingPack(path.dirname(absolute)));
    else if (isDirectory(absolute)) {
      const files = ruleFiles(absolute);
      if (files.length === 0) problems.push(`${shown}: there is no rule file (.yaml, .yml) in this folder`);
      for (const file of files) add(path.join(absolute, file), `${shown}/${file}`, enclosingPack(path.dirname(path.join(absolute, file))));
    } else problems.push(`${config}: neither a built-in pack (${packs.join(', ') || 'there are none'}) nor a file or folder`);
  }
  return { sources: [...sources.values()], problems, builtinOnly: chosen.every((config) => packs.includes(config)) };
}

/** Files of the named sets of sources that ship with Countersign, in `sources` below the packs. */
export function readSetSources(rulesDirectory: string): readonly RuleSource[] {
  return ruleFiles(path.join(rulesDirectory, SETS)).map((file) => ({
    path: `${SETS}/${file}`,
    text: readFileSync(path.join(rulesDirectory, SETS, file), 'utf8'),
    vetted: true,
  }));
}

/** Relative paths of the rule files below a directory, sorted; `/` separators. Links are not followed. */
export function ruleFiles(directory: string): readonly string[] {
  const found: string[] = [];
  const visit = (relative: string): void => {
    for (const entry of listDirectory(path.join(directory, relative))) {
      if (entry.name.startsWith('.')) continue; // settings of other tools
      const below = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(below);
      else if (entry.isFile() && isRuleFileName(entry.name)) found.push(below);
    }
  };
  visit('');
  return found.toSorted(compareText);
}

/** The folder name of the nearest `pack.yaml` at or above a directory. */
function enclosingPack(directory: string): string | undefined {
  for (let current = directory; path.dirname(current) !== current; current = path.dirname(current)) {
    if (isFile(path.join(current, PACK_FILE))) return path.basename(current);
  }
  return undefined;
}

/** Whether a file of this path, below a folder of rules, is a rule file. */
export function isRuleFileName(relative: string): boolean {
  const parts = relative.split('/');
  const name = parts.at(-1) ?? '';
  return parts.every((part) => !part.startsWith('.') && part !== 'node_modules') && RULE_FILE.test(name) && !NOT_RULES.test(name);
}

function listDirectory(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFile(absolute: string): boolean {
  return statOrUndefined(absolute)?.isFile() === true;
}

function isDirectory(absolute: string): boolean {
  return statOrUndefined(absolute)?.isDirectory() === true;
}
