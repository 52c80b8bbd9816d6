/** Methods that classes inherit from other files, run as methods of their objects. */
import type { OtherFile } from '../formula/ranges.js';
import { fromSources, leave } from './left.js';
import type { FunctionId, Heir } from './terms.js';
import { importedFunctions, heirOf, type Shared, type FileRun, MAX_HEIRS } from './fileRun.js';

/** Runs all methods that a class inherits from other files as methods of its objects. */
export function runInherited(
  { name, base }: Heir,
  caller: FileRun,
  from: OtherFile | undefined,
  shared: Shared,
  sharing: Sharing[],
  depth = 0,
): void {
  const lead = shared.beyond?.lead(base, from);
  importedFunctions(base, caller, from, shared);
  const heir = lead?.file.other === undefined ? undefined : heirOf(base, caller, from, shared);
  const run = heir === undefined ? undefined : shared.files.get(`${lead?.file.path ?? ''}\0${heir.key}`);
  if (lead === undefined || run === undefined || depth > MAX_HEIRS) return;
  const methods = [...caller.program.methodsOf(name).values()].flat();
  sharing.push([
    { run: caller, methods },
    { run, methods: lead.functions },
  ]);
  for (const next of run.program.heirs)
    if (next.name === base.path.at(-1)) runInherited(next, run, lead.file.other, shared, sharing, depth + 1);
}

/** Methods of one object in two files: of its class, and inherited ones. */
export type Sharing = readonly [ObjectMethods, ObjectMethods];

interface ObjectMethods {
  readonly run: FileRun;
  readonly methods: readonly FunctionId[];
}

/** What a method leaves in its object, inherited ones find there, and the other way round; whether there is anything. */
export function shareObjects(sharing: readonly Sharing[]): boolean {
  let found = false;
  for (const [heir, base] of [...sharing, ...sharing.toReversed()])
    for (const [from, to] of [
      [heir, base],
      [base, heir],
    ] as const) {
      const selves = new Set(to.methods.flatMap((id) => to.run.program.functions[id]?.self ?? []));
      for (const id of from.methods)
        for (const { origin, path, taints } of from.run.summaries.get(id)?.writes ?? []) {
          if (origin.kind !== 'variable' || origin.variable !== from.run.program.functions[id]?.self || path.length === 0) continue;
          const own = fromSources(taints);
          for (const self of own.size === 0 ? [] : selves) {
            leave({ variable: self, path, taints: own }, to.run.globals);
            found = true;
          }
        }
    }
  if (!found) return false;
  for (const { run } of new Set(sharing.map(([, base]) => base)))
    for (const id of run.program.order) if (run.summaries.has(id)) run.run(id);
  return true;
}
