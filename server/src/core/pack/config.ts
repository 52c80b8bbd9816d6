/**
 * Reads a folder's `countersign.yaml`: which rule files and packs it adds, which rules it switches off, which
 * profile it asks for. Strict: an unknown key or a wrong type is an error at its place, and the rest of the
 * file still counts. It does not read the rule files it names, and it can only add to the built-in packs or
 * name single rules to leave out, which every output then says.
 *
 *     rules: [security/rules, extra.yaml]   # relative to this file, inside its folder
 *     disable: [python-exec-dynamic]
 *     profile: audit
 *     aivss: v0.5
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { RuleError } from '../model/error.js';
import type { Range } from '../model/position.js';
import { createLineIndex, rangeOf } from '../model/position.js';
import type { Profile } from '../model/rule.js';
import { AIVSS_VERSIONS, type AivssVersion } from '../model/score.js';

/** The file's name; it counts in the root of a workspace folder or of a scanned tree. */
export const CONFIG_FILE = 'countersign.yaml';

const MAX_LENGTH = 100_000;
const KEYS = ['packs', 'rules', 'disable', 'profile', 'aivss'] as const;

export interface ConfigEntry {
  /** As written, e.g. `security/rules`. */
  readonly value: string;
  /** Where it stands in the configuration file. */
  readonly range: Range;
}

export interface FolderConfig {
  /** Rule files, rule folders and packs: relative paths with `/` that stay inside the folder. `packs:` and `rules:` together, in order. */
  readonly rulePaths: readonly ConfigEntry[];
  readonly disable: readonly ConfigEntry[];
  readonly profile?: Profile;
  /** The formula of scores. */
  readonly aivss?: AivssVersion;
}

export interface ConfigResult {
  readonly config: FolderConfig;
  readonly errors: readonly RuleError[];
}

export const EMPTY_CONFIG: FolderConfig = { rulePaths: [], disable: [] };

/** Never throws. `path` is only shown in errors. */
export function parseConfig(text: string, path: string): ConfigResult {
  const index = createLineIndex(text);
  const errors: RuleError[] = [];
  const spanRange = (start: number, end: number): Range => rangeOf(index, { start, end: Math.max(start, end) });
  const report = (code: string, message: string, range: Range): void => {
    errors.push({ kind: 'rule', code, message, path, range, level: 'error' });
  };
  const nodeRange = (node: unknown): Range => {
    const at = (node as Node | null | undefined)?.range;
    return at ? spanRange(at[0], at[1]) : spanRange(0, 0);
  };

  if (text.length > MAX_LENGTH) {
    report('config-too-large', `This file is longer than ${MAX_LENGTH} characters and was not read.`, spanRange(0, 0));
    return { config: EMPTY_CONFIG, errors };
  }

  const document = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: false, uniqueKeys: true, version: '1.2' });
  for (const error of document.errors) report('yaml-syntax', oneLine(error.message), spanRange(error.pos[0], error.pos[1]));
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { config: EMPTY_CONFIG, errors };
  if (!isMap(root)) {
    report('config-shape', `Expected a mapping with the keys ${KEYS.join(', ')}.`, nodeRange(root));
    return { config: EMPTY_CONFIG, errors };
  }

  const rulePaths: ConfigEntry[] = [];
  const disable: ConfigEntry[] = [];
  let profile: Profile | undefined;
  let aivss: AivssVersion | undefined;

  const strings = (pair: Pair, key: string): ConfigEntry[] => {
    const value = pair.value;
    if (value === null || (isScalar(value) && value.value === null)) return [];
    const items: readonly unknown[] = isSeq(value) ? value.items : [value];
    const entries: ConfigEntry[] = [];
    for (const item of items) {
      if (isScalar(item) && typeof item.value === 'string' && item.value.trim() !== '') {
        entries.push({ value: item.value.trim(), range: nodeRange(item) });
      } else {
        report('config-type', `\`${key}\` takes a list of strings.`, nodeRange(item));
      }
    }
    return entries;
  };

  for (const pair of root.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    switch (key) {
      case 'packs':
      case 'rules':
        for (const entry of strings(pair, key)) {
          const problem = pathProblem(entry.value);
          if (problem === undefined) rulePaths.push({ ...entry, value: normalise(entry.value) });
          else report('config-path', problem, entry.range);
        }
        break;
      case 'disable':
        disable.push(...strings(pair, key));
        break;
      case 'profile': {
        const value = isScalar(pair.value) ? pair.value.value : undefined;
        if (value === 'default' || value === 'audit') profile = value;
        else report('config-type', '`profile` is `default` or `audit`.', nodeRange(pair.value ?? pair.key));
        break;
      }
      case 'aivss': {
        const value = isScalar(pair.value) ? pair.value.value : undefined;
        aivss = AIVSS_VERSIONS.find((version) => version === value);
        if (aivss === undefined)
          report('config-type', `\`aivss\` is one of ${AIVSS_VERSIONS.join(', ')}.`, nodeRange(pair.value ?? pair.key));
        break;
      }
      default:
        report('config-key', `Unknown key \`${oneLine(key)}\`. This file may hold ${KEYS.join(', ')}.`, nodeRange(pair.key));
    }
  }
  return {
    config: { rulePaths, disable, ...(profile === undefined ? {} : { profile }), ...(aivss === undefined ? {} : { aivss }) },
    errors,
  };
}

/** A repository may point at its own files only: not at the rest of the disk, and not at the network. */
function pathProblem(value: string): string | undefined {
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(value)) return 'Write a path relative to this file. Nothing is fetched from an address.';
  if (/^([/\\]|[A-Za-z]:)/.test(value))
    return 'Write a path relative to this file. Absolute paths belong in the setting `countersign.rulePaths`.';
  if (value.split(/[/\\]/).includes('..')) return 'The path must stay inside this folder, so it can not hold `..`.';
  if (value.includes('\0')) return 'The path holds a NUL character.';
  return undefined;
}

function normalise(value: string): string {
  return value
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
