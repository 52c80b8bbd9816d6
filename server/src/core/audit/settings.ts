/**
 * JSON, YAML and TOML as one kind of tree with lines, so that settings are compared by what they say and not by how they are laid out. What cannot be read is
 * undefined; two texts that mean the same give the same tree.
 */
import { parseTree, type Node as JsonNode } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node as YamlNode } from 'yaml';

export type Scalar = string | number | boolean | null;

export interface Setting {
  /** 1-based. */
  readonly line: number;
  readonly scalar?: Scalar;
  readonly entries?: ReadonlyMap<string, Setting>;
  readonly items?: readonly Setting[];
}

/** Nesting beyond this is not read. */
const DEEPEST = 60;
/** Larger texts, in UTF-16 code units, are data. */
const LONGEST = 300_000;

/** What was read last, by name and text: a commit's old side is mostly the last commit's new one. */
const read = new Map<string, { readonly setting: Setting | undefined }>();
/** UTF-16 code units of texts that are kept. */
const KEPT = 1_000_000;
let kept = 0;

/** The settings of a file by its name; undefined where it is of no such kind or cannot be read. Several YAML documents are items of a list. */
export function readSettings(path: string, text: string): Setting | undefined {
  if (text.length > LONGEST) return undefined;
  const key = `${path}\0${text}`;
  const known = read.get(key);
  if (known !== undefined) return known.setting;
  const setting = parseSettings(path, text);
  read.set(key, { setting });
  kept += key.length;
  for (const oldest of read.keys()) {
    if (kept <= KEPT || oldest === key) break;
    read.delete(oldest);
    kept -= oldest.length;
  }
  return setting;
}

function parseSettings(path: string, text: string): Setting | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (
    /\.(?:json|jsonc|json5|code-workspace|eslintrc|babelrc)$/.test(name) ||
    /^\.(?:eslintrc|babelrc|nycrc|prettierrc|stylelintrc|mocharc)$/.test(name)
  )
    return fromJson(text);
  if (/\.ya?ml$/.test(name) || /^\.(?:clang-tidy|snyk|gitlab-ci)$/.test(name)) return fromYaml(text);
  if (name.endsWith('.toml') || name === 'pipfile') return fromToml(text);
  return undefined;
}

function fromJson(text: string): Setting | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
  if (root === undefined) return undefined;
  const lineOf = lineCounter(text);
  const convert = (node: JsonNode, depth: number): Setting => {
    const line = lineOf(node.offset);
    if (depth > DEEPEST) return { line };
    if (node.type === 'object') {
      const entries = new Map<string, Setting>();
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? [];
        if (key === undefined || value === undefined) continue;
        entries.set(String(key.value), { ...convert(value, depth + 1), line: lineOf(key.offset) });
      }
      return { line, entries };
    }
    if (node.type === 'array') return { line, items: (node.children ?? []).map((child) => convert(child, depth + 1)) };
    return { line, scalar: (node.value ?? null) as Scalar };
  };
  return convert(root, 0);
}

function fromYaml(text: string): Setting | undefined {
  const counter = new LineCounter();
  let documents: readonly Document[];
  try {
    documents = parseAllDocuments(text, {
      lineCounter: counter,
      logLevel: 'silent',
      strict: false,
      uniqueKeys: false,
    }) as readonly Document[];
  } catch {
    return undefined;
  }
  let budget = 50_000;
  const convert = (node: YamlNode | null | undefined, document: Document, depth: number): Setting => {
    const line = node?.range === undefined || node.range === null ? 1 : counter.linePos(node.range[0]).line;
    if (node === null || node === undefined || depth > DEEPEST || budget-- <= 0) return { line, scalar: null };
    if (isAlias(node)) {
      const target = node.resolve(document);
      return target === undefined ? { line, scalar: null } : { ...convert(target, document, depth + 10), line };
    }
    if (isMap(node)) {
      const entries = new Map<string, Setting>();
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        const value = convert(pair.value as YamlNode | null, document, depth + 1);
        const at = isScalar(pair.key) && pair.key.range ? counter.linePos(pair.key.range[0]).line : value.line;
        entries.set(key, { ...value, line: at });
      }
      return { line, entries };
    }
    if (isSeq(node)) return { line, items: node.items.map((item) => convert(item as YamlNode, document, depth + 1)) };
    if (isScalar(node)) return { line, scalar: typeof node.value === 'bigint' ? Number(node.value) : ((node.value ?? null) as Scalar) };
    return { line, scalar: null };
  };
  const roots = documents
    .filter((document) => document.errors.length === 0 || document.contents !== null)
    .map((document) => convert(document.contents, document, 0));
  return roots.length === 1 ? roots[0] : { line: 1, items: roots };
}

function fromToml(text: string): Setting | undefined {
  let root: unknown;
  try {
    root = parseToml(text);
  } catch {
    return undefined;
  }
  const lines = text.split(/\r?\n/);
  const places = new Map<string, number[]>();
  lines.forEach((line, i) => {
    for (const match of line.slice(0, 500).matchAll(/["']?([\w-]+)["']?\s*(?=[=\].])/g)) {
      const known = places.get(match[1] as string);
      if (known === undefined) places.set(match[1] as string, [i + 1]);
      else known.push(i + 1);
    }
  });
  // The parser tells no places: a key's is the first one of its name from its table on.
  const lineOf = (key: string, from: number): number => places.get(key)?.find((line) => line >= from) ?? from;
  const convert = (value: unknown, line: number, depth: number): Setting => {
    if (depth > DEEPEST) return { line };
    if (Array.isArray(value)) return { line, items: value.map((item) => convert(item, line, depth + 1)) };
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      const entries = new Map<string, Setting>();
      for (const [key, part] of Object.entries(value)) {
        const at = lineOf(key, line);
        entries.set(key, { ...convert(part, at, depth + 1), line: at });
      }
      return { line, entries };
    }
    return { line, scalar: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : String(value) };
  };
  return convert(root, 1, 0);
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** What stands at a path of keys. */
export function at(setting: Setting | undefined, ...keys: readonly string[]): Setting | undefined {
  let found = setting;
  for (const key of keys) found = found?.entries?.get(key);
  return found;
}

/** A scalar as text; a list or map as nothing. */
export function textAt(setting: Setting | undefined): string | undefined {
  return setting?.scalar === undefined || setting.scalar === null ? undefined : String(setting.scalar);
}

/** Items that are scalars, or the scalar itself. */
export function listAt(setting: Setting | undefined): { readonly text: string; readonly line: number }[] {
  if (setting === undefined) return [];
  if (setting.scalar !== undefined) return setting.scalar === null ? [] : [{ text: String(setting.scalar), line: setting.line }];
  return (setting.items ?? []).flatMap((item) =>
    item.scalar === undefined || item.scalar === null ? [] : [{ text: String(item.scalar), line: item.line }],
  );
}

export interface Leaf {
  /** Keys from the root; items of lists by their `name` or `id`, or the files they are about, where they have one, otherwise `[]`. */
  readonly path: string;
  readonly key: string;
  readonly value: Scalar;
  readonly line: number;
}

const leavesRead = new WeakMap<Setting, readonly Leaf[]>();

/** All scalars below a setting. */
export function leavesOf(setting: Setting | undefined): readonly Leaf[] {
  const known = setting === undefined ? undefined : leavesRead.get(setting);
  if (known !== undefined) return known;
  const found: Leaf[] = [];
  const walk = (node: Setting, path: string, key: string): void => {
    if (found.length > 20_000) return;
    if (node.entries !== undefined) for (const [name, child] of node.entries) walk(child, path === '' ? name : `${path}.${name}`, name);
    else if (node.items !== undefined) {
      for (const item of node.items) {
        const name = textAt(at(item, 'name')) ?? textAt(at(item, 'id')) ?? filesOf(item);
        walk(item, `${path}[${name}]`, key);
      }
    } else found.push({ path, key, value: node.scalar ?? null, line: node.line });
  };
  if (setting !== undefined) {
    walk(setting, '', '');
    leavesRead.set(setting, found);
  }
  return found;
}

/** The files that an item is about, as overrides of linters say it; empty where it says nothing. */
function filesOf(item: Setting): string {
  const files = ['files', 'includes', 'include'].flatMap((key) => listAt(at(item, key))).map(({ text }) => text);
  return files.join(' ').replaceAll(/[[\].]/g, '-');
}

/** Every map below a setting, with its path. */
export function mapsOf(setting: Setting | undefined): { readonly path: string; readonly map: Setting }[] {
  const found: { path: string; map: Setting }[] = [];
  const walk = (node: Setting, path: string): void => {
    if (found.length > 5000) return;
    if (node.entries !== undefined) {
      found.push({ path, map: node });
      for (const [name, child] of node.entries) walk(child, path === '' ? name : `${path}.${name}`);
    }
    for (const item of node.items ?? []) walk(item, `${path}[${textAt(at(item, 'name')) ?? filesOf(item)}]`);
  };
  if (setting !== undefined) walk(setting, '');
  return found;
}
