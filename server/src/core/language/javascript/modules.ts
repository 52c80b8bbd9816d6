/**
 * Which file of a project an import of JavaScript or TypeScript means: relative paths with and without their extension, `paths` and `baseUrl` of the
 * nearest `tsconfig.json`, and packages of the workspace by their names.
 */
import type { ModuleRules } from '../definition.js';
import { classesIn, exists, folderOf, foldersAround, join, normalised, type Exported, type ModulePlace } from '../modules.js';
import type { ProjectFiles } from '../../model/project.js';
import { internedText } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, opOf, parentOf, roleOf, stringTextOf, tagOf, textOf, type SyntaxTree } from '../tree.js';

const SOURCE = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n]{1,300})\1/g;
const CLASS_OR_METHOD =
  /\bclass[ \t]+(?<name>[A-Za-z_$][\w$]*)(?<bases>[^{\n]{0,200})|^[ \t]+(?:(?:public|protected|private|static|async|override|readonly)[ \t]+)*[*#]?(?<method>[A-Za-z_$][\w$]*)(?:[ \t]*(?:<[^>\n]{0,80}>)?[ \t]*\(|[ \t]*=[ \t]*(?:async[ \t]*)?\()/gm;
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** What is written for the file that a compiler will make. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
const MAX_EXTENDS = 4;

function mentioned(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(SOURCE)].map(([, , source = '']) => [source]);
}

function find([source, ...rest]: readonly string[], from: string, files: ProjectFiles): ModulePlace | undefined {
  if (source === undefined || source === '') return undefined;
  const file = /^\.\.?(?:\/|$)/.test(source)
    ? fileAt(normalised(join(folderOf(from), source)), files)
    : (byConfig(source, from, files) ?? inWorkspace(source, from, files));
  return file === undefined || file === from ? undefined : { file, rest };
}

/** The file that a path without, or with, its extension means, or the index of the folder. */
function fileAt(path: string | undefined, files: ProjectFiles): string | undefined {
  if (path === undefined) return undefined;
  const dot = path.lastIndexOf('.');
  const extension = dot > path.lastIndexOf('/') ? path.slice(dot) : '';
  if (EXTENSIONS.includes(extension) && exists(files, path)) return path;
  const candidates = [
    ...(WRITTEN_AS[extension] ?? []).map((other) => path.slice(0, dot) + other),
    ...EXTENSIONS.map((other) => path + other),
    ...(path === '' || exists(files, path) ? EXTENSIONS.map((other) => join(path, `index${other}`)) : []),
  ];
  return candidates.find((candidate) => exists(files, candidate));
}

// ---- tsconfig.json

interface Paths {
  readonly base: string | undefined;
  readonly paths: readonly (readonly [string, readonly string[]])[];
  /** What `paths` are relative to. */
  readonly pathsBase: string;
}

function byConfig(source: string, from: string, files: ProjectFiles): string | undefined {
  for (const folder of foldersAround(from)) {
    const name = ['tsconfig.json', 'jsconfig.json'].find((candidate) => files.names(folder).has(candidate));
    if (name === undefined) continue;
    const config = pathsOf(join(folder, name), files, 0);
    if (config === undefined) return undefined;
    for (const [pattern, targets] of config.paths) {
      const star = pattern.indexOf('*');
      const before = star < 0 ? pattern : pattern.slice(0, star);
      const after = star < 0 ? '' : pattern.slice(star + 1);
      const fits =
        star < 0 ? source === pattern : source.length >= pattern.length - 1 && source.startsWith(before) && source.endsWith(after);
      if (!fits) continue;
      const middle = star < 0 ? '' : source.slice(before.length, source.length - after.length);
      for (const target of targets) {
        const file = fileAt(
          normalised(
            join(
              config.pathsBase,
              target.replace('*', () => middle),
            ),
          ),
          files,
        );
        if (file !== undefined) return file;
      }
    }
    return config.base === undefined ? undefined : fileAt(normalised(join(config.base, source)), files);
  }
  return undefined;
}

function pathsOf(file: string, files: ProjectFiles, depth: number): Paths | undefined {
  const config = jsonAt(file, files);
  if (config === undefined) return undefined;
  const own = memberOf(config, 'compilerOptions');
  const folder = folderOf(file);
  const parents = depth >= MAX_EXTENDS ? [] : [memberOf(config, 'extends')].flat().filter((one) => typeof one === 'string');
  let inherited: Paths | undefined;
  for (const parent of parents) {
    if (!parent.startsWith('.')) continue;
    const path = normalised(join(folder, parent));
    const found = path === undefined ? undefined : pathsOf(path.endsWith('.json') ? path : `${path}.json`, files, depth + 1);
    inherited = found ?? inherited;
  }
  const baseUrl = memberOf(own, 'baseUrl');
  const base = typeof baseUrl === 'string' ? normalised(join(folder, baseUrl)) : inherited?.base;
  const paths = memberOf(own, 'paths');
  if (typeof paths !== 'object' || paths === null)
    return { base, paths: inherited?.paths ?? [], pathsBase: inherited?.pathsBase ?? folder };
  const entries = Object.entries(paths).map(
    ([pattern, targets]) =>
      [pattern, Array.isArray(targets) ? targets.filter((target): target is string => typeof target === 'string') : []] as const,
  );
  // The longest beginning counts first, as in TypeScript.
  entries.sort(([a], [b]) => b.split('*', 1).join('').length - a.split('*', 1).join('').length);
  return { base, paths: entries, pathsBase: base ?? folder };
}

// ---- packages of the workspace

function inWorkspace(source: string, from: string, files: ProjectFiles): string | undefined {
  const parts = source.split('/');
  const count = source.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, count).join('/');
  const below = parts.slice(count).join('/');
  for (const folder of foldersAround(from)) {
    if (!files.names(folder).has('package.json')) continue;
    const manifest = jsonAt(join(folder, 'package.json'), files);
    if (memberOf(manifest, 'name') === name) return inPackage(folder, manifest, below, files);
    for (const place of workspacesOf(folder, manifest, files)) {
      const member = jsonAt(join(place, 'package.json'), files);
      if (memberOf(member, 'name') === name) return inPackage(place, member, below, files);
    }
  }
  return undefined;
}

/** Folders of the packages of a workspace: plain paths, and `folder/*`. */
function workspacesOf(folder: string, manifest: unknown, files: ProjectFiles): readonly string[] {
  const listed = memberOf(manifest, 'workspaces');
  const globs = Array.isArray(listed) ? listed : memberOf(listed, 'packages');
  const found = Array.isArray(globs) ? globs.filter((glob): glob is string => typeof glob === 'string') : pnpmPackages(folder, files);
  return found.flatMap((glob) => {
    const star = glob.indexOf('*');
    const path = normalised(join(folder, star < 0 ? glob : glob.slice(0, star)));
    if (path === undefined) return [];
    if (star < 0) return [path];
    return [...files.names(path)]
      .toSorted()
      .flatMap((name) => (exists(files, join(path, `${name}/package.json`)) ? [join(path, name)] : []));
  });
}

function pnpmPackages(folder: string, files: ProjectFiles): readonly string[] {
  if (!files.names(folder).has('pnpm-workspace.yaml')) return [];
  const text = files.text(join(folder, 'pnpm-workspace.yaml')) ?? '';
  return [...text.matchAll(/^\s*-\s*['"]?([^'"\s#!]+)/gm)].map(([, glob = '']) => glob);
}

/** A package's file, as far as it is a source: what is built is not looked for. */
function inPackage(folder: string, manifest: unknown, below: string, files: ProjectFiles): string | undefined {
  if (below !== '') return fileAt(normalised(join(folder, below)), files) ?? fileAt(normalised(join(folder, `src/${below}`)), files);
  const named = ['source', 'module', 'main', 'types'].flatMap((key) => {
    const value = memberOf(manifest, key);
    return typeof value === 'string' ? [value] : [];
  });
  for (const path of [...mainExports(memberOf(manifest, 'exports')), ...named, 'src/index', 'index', 'src/main', 'lib/index']) {
    const file = fileAt(normalised(join(folder, path)), files);
    if (file !== undefined && !file.endsWith('.d.ts')) return file;
  }
  return undefined;
}

function mainExports(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const main = memberOf(value, '.');
  if (main !== undefined) return mainExports(main);
  return ['source', 'import', 'default', 'require', 'node'].flatMap((key) => mainExports(memberOf(value, key)));
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** JSON with comments and trailing commas, as `tsconfig.json` may have; undefined where it is no such thing. */
function jsonAt(path: string, files: ProjectFiles): unknown {
  const text = files.text(path);
  if (text === undefined) return undefined;
  // Strings are kept as they are; what stands beside them is looked at.
  const plain = text
    .replaceAll(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, (_, kept?: string) => kept ?? ' ')
    .replaceAll(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[\]}])/g, (_, kept?: string) => kept ?? '');
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

// ---- what a file gives

function exportsOf(tree: SyntaxTree): { readonly named: ReadonlyMap<string, Exported>; readonly every: readonly (readonly string[])[] } {
  const named = new Map<string, Exported>();
  const every: (readonly string[])[] = [];
  for (const node of childrenOf(tree, 0)) {
    const tag = tagOf(tree, node);
    const op = internedText(opOf(tree, node));
    if ((tag === Tag.Func || tag === Tag.Class) && /\bexport\s+default\s+(?:async\s+|abstract\s+)?$/.test(before(tree, node)))
      named.set('default', { kind: 'node', node });
    else if (tag === Tag.Class && /^export\s+default\b/.test(tree.text.slice(tree.start[node], (tree.start[node] ?? 0) + 40)))
      named.set('default', { kind: 'node', node });
    else if (tag === Tag.Other && op === 'export default') {
      const [value] = childrenOf(tree, node);
      if (value !== undefined) named.set('default', valueOf(tree, value));
    } else if (tag === Tag.Other && op.startsWith('export_statement')) addClause(tree, node, named, every);
    else if (tag === Tag.Assign) addAssigned(tree, node, named);
  }
  return { named, every };
}

function before(tree: SyntaxTree, node: number): string {
  const start = tree.start[node] as number;
  return tree.text.slice(Math.max(0, start - 60), start);
}

function valueOf(tree: SyntaxTree, node: number): Exported {
  return tagOf(tree, node) === Tag.Ident ? { kind: 'local', name: textOf(tree, node) } : { kind: 'node', node };
}

/** `export { a as b } from 'm'`, `export * from 'm'`, `export * as b from 'm'`. */
function addClause(tree: SyntaxTree, node: number, named: Map<string, Exported>, every: (readonly string[])[]): void {
  const parts = childrenOf(tree, node);
  const module = parts.find((part) => tagOf(tree, part) === Tag.Str);
  const source = module === undefined ? undefined : stringTextOf(tree, module);
  for (const part of parts) {
    const op = internedText(opOf(tree, part));
    if (op.startsWith('namespace_export')) {
      const [alias] = childrenOf(tree, part);
      if (alias !== undefined && source !== undefined) named.set(textOf(tree, alias), { kind: 'imported', path: [source] });
    } else if (op.startsWith('export_clause')) {
      for (const specifier of childrenOf(tree, part)) {
        const [local, alias] = childrenOf(tree, specifier);
        if (local === undefined) continue;
        const name = textOf(tree, local);
        named.set(
          textOf(tree, alias ?? local),
          source === undefined ? { kind: 'local', name } : { kind: 'imported', path: name === 'default' ? [source] : [source, name] },
        );
      }
    }
  }
  if (source !== undefined && internedText(opOf(tree, node)).includes('*') && parts.length === 1) every.push([source]);
}

/** `module.exports = x`, `module.exports.a = x`, `exports.a = x`. */
function addAssigned(tree: SyntaxTree, node: number, named: Map<string, Exported>): void {
  const [target, value] = childrenOf(tree, node);
  if (target === undefined || value === undefined || tagOf(tree, target) !== Tag.Dot || parentOf(tree, node) !== 0) return;
  const text = textOf(tree, target);
  const [, name] = /^(?:module\s*\.\s*)?exports\s*\.\s*(\w+)$/.exec(text) ?? [];
  if (/^module\s*\.\s*exports$/.test(text)) {
    named.set('default', valueOf(tree, value));
    if (tagOf(tree, value) !== Tag.Dict) return;
    for (const pair of childrenOf(tree, value)) {
      const [key, member] = childrenOf(tree, pair);
      if (tagOf(tree, pair) === Tag.Pair && key !== undefined && member !== undefined && roleOf(tree, key) === Role.Key)
        named.set(tagOf(tree, key) === Tag.Str ? (stringTextOf(tree, key) ?? '') : textOf(tree, key), valueOf(tree, member));
    }
  } else if (name !== undefined) named.set(name, valueOf(tree, value));
}

export const javascriptModules: ModuleRules = {
  mentioned,
  find,
  exports: exportsOf,
  classes: (text) => classesIn(text, CLASS_OR_METHOD),
};
