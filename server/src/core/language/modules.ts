/** What the module systems of languages share: paths of a project's files, and what a file gives to those that import it. */
import type { ProjectFiles } from '../model/project.js';

/** Something of a file under the name that others import it by. */
export type Exported =
  /** A name of the file's own top level. */
  | { readonly kind: 'local'; readonly name: string }
  /** An expression, function or class without a name. */
  | { readonly kind: 'node'; readonly node: number }
  /** What another file gives: a path as `Names.resolve` has it. */
  | { readonly kind: 'imported'; readonly path: readonly string[] };

export interface Exports {
  /** `default` is what the module itself stands for. Names of the top level need not be listed. */
  readonly named: ReadonlyMap<string, Exported>;
  /** Modules of which every name is given on. */
  readonly every: readonly (readonly string[])[];
}

/** A class, as its text tells. */
export interface ClassOutline {
  readonly name: string;
  /** Names of classes that it inherits from, or interfaces that it has. */
  readonly bases: readonly string[];
  readonly methods: ReadonlySet<string>;
}

/** Where a path begins: a file of the project, and the names that are left to find in it. */
export interface ModulePlace {
  readonly file: string;
  readonly rest: readonly string[];
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Without `.` and `..`; undefined for what leads out of the root. */
export function normalised(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

export function exists(files: ProjectFiles, path: string): boolean {
  const slash = path.lastIndexOf('/');
  return files.names(slash < 0 ? '' : path.slice(0, slash)).has(path.slice(slash + 1));
}

/** The folder of a file and those around it, innermost first, the root last. */
export function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folderOf(path); ; at = folderOf(at)) {
    folders.push(at);
    if (at === '') return folders;
  }
}

/**
 * Classes in a text, as far as lines tell.
 * @param line finds what heads a class (name and what it inherits from) or a method (its name)
 */
export function classesIn(text: string, line: RegExp): readonly ClassOutline[] {
  const found: { readonly name: string; readonly bases: readonly string[]; readonly methods: Set<string> }[] = [];
  for (const { groups } of text.matchAll(line)) {
    const { name, bases, method } = groups ?? {};
    if (name !== undefined)
      found.push({ name, bases: [...(bases ?? '').matchAll(/[A-Za-z_$][\w$]*/g)].map(([base]) => base), methods: new Set() });
    else if (method !== undefined) found.at(-1)?.methods.add(method);
  }
  return found;
}
