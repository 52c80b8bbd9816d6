/**
 * Calls that lead into other files of a project: which function of which file is meant, through re-exports and inherited methods. What files there are,
 * and how imports spell them, is known elsewhere; here names are followed from file to file.
 */
import type { Exported, Exports, ModulePlace } from '../language/modules.js';
import type { CompiledRule } from '../formula/program.js';
import type { OtherFile } from '../formula/ranges.js';
import type { FlowTree } from './flowTree.js';
import type { FoundSpecs } from './spec.js';
import type { Definition, FunctionId, Imported } from './terms.js';

/** A file of the project, read and understood. */
export interface OpenFile {
  readonly path: string;
  /** Undefined for the file that is scanned itself. */
  readonly other: OtherFile | undefined;
  readonly code: FlowTree;
  readonly exports: Exports;
  /** What the rule finds in it. */
  specs(rule: CompiledRule): FoundSpecs;
  /** Its sources and sinks alone: cheaper, where that is all that is asked. */
  ends(rule: CompiledRule): Pick<FoundSpecs, 'sources' | 'sinks'>;
}

/** The files that the scanned one may lead to. */
export interface ProjectCode {
  readonly home: string;
  /** The scanned file itself, as others may lead back to it. */
  readonly self: OpenFile;
  /** Undefined for what is not there, not in reach, or not read. */
  open(path: string): OpenFile | undefined;
  /** Where a path that the file `from` imports begins. */
  find(path: readonly string[], from: string): ModulePlace | undefined;
  /** Files with a class that is called like `receiver` and has a method of this name, other than the one at `from`. */
  withMethod(receiver: string, method: string, from: string): readonly { readonly path: string; readonly className: string }[];
}

export interface Lead {
  readonly file: OpenFile;
  readonly functions: readonly FunctionId[];
}

/** Files that one name may be handed on through. */
const MAX_LEADS = 8;

/** Every function that may be meant. */
export function followAll(project: ProjectCode, from: string, imported: Imported): readonly Lead[] {
  const { path: names, method, byName, called } = imported;
  const lead = byName === true ? undefined : follow(project, from, imported);
  if (lead !== undefined) return [lead];
  // What a function of the project made.
  const receiver = byName === true ? names[0] : from !== project.home || project.find(names, from) === undefined ? undefined : called;
  if (receiver === undefined || method === undefined) return [];
  return project.withMethod(receiver, method, from).flatMap(({ path, className }) => {
    const file = project.open(path);
    const definition = file?.code.program().defined(className, [], method);
    return file === undefined || definition === undefined || !('functions' in definition)
      ? []
      : [{ file, functions: definition.functions }];
  });
}

/** @param from path of the file that names it */
export function follow(project: ProjectCode, from: string, { path, method }: Imported, depth = 0): Lead | undefined {
  if (depth > MAX_LEADS) return undefined;
  const place = project.find(path, from);
  const file = place === undefined ? undefined : project.open(place.file);
  if (place === undefined || file === undefined) return undefined;
  const { rest } = place;
  const { defined } = file.code.program();
  const { named, every } = file.exports;
  const lead = (definition: Definition | undefined): Lead | undefined => {
    if (definition === undefined) return undefined;
    return 'functions' in definition
      ? { file, functions: definition.functions }
      : follow(project, file.path, definition.imported, depth + 1);
  };
  const exported = (it: Exported | undefined, more: readonly string[]): Lead | undefined => {
    if (it === undefined) return undefined;
    if (it.kind === 'imported') return follow(project, file.path, { path: [...it.path, ...more], method }, depth + 1);
    return lead(defined(it.kind === 'local' ? it.name : it.node, more, method));
  };
  const [name, ...more] = rest;
  const whole = named.get('default');
  if (name === undefined) return exported(whole, []);
  const own = exported(named.get(name), more) ?? lead(defined(name, more, method)) ?? exported(whole, rest);
  if (own !== undefined) return own;
  for (const module of every) {
    const found = follow(project, file.path, { path: [...module, ...rest], method }, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
