/**
 * Which functions an edit changed, whatever it was about: a class, what is imported, what a function hands back. Told by what functions do (`digests.ts`), so that
 * those that do what they did need not be run again for a rule that has the same part in them.
 */
import type { LastEdit } from '../formula/since.js';
import type { Edit } from '../language/edit.js';
import { Tag } from '../language/tags.js';
import { endOf, nextOf, startOf, tagOf } from '../language/tree.js';
import type { Span } from '../model/position.js';
import type { FlowTree } from './flowTree.js';
import type { FunctionId } from './terms.js';

export interface Changed extends Pick<LastEdit, 'edit' | 'mover' | 'sameTypes'> {
  /** A function that stands for one function, as a Func node that is the same in both trees. */
  readonly edited: number | undefined;
  /** Those that do something else now, or call others. */
  readonly functions: ReadonlySet<FunctionId>;
}

/** Where more of the functions changed, all of them are run. */
const MOST = 0.5;

/** Undefined where too much changed, or too little is known. */
export function changedFunctions({ edit, mover, kept, sameTypes }: LastEdit, code: FlowTree): Changed | undefined {
  if (kept.functions.size === 0) return undefined;
  const program = code.program();
  const hasSameTypes = sameTypes();
  const digests = program.digests(hasSameTypes ? undefined : () => code.types());
  const { from, toAfter, nodes } = edit;
  const edited = oneForOne(edit) ? from : undefined;
  const changed = new Set<FunctionId>();
  /** Of which others see more than what comes of calling them. */
  const seen: FunctionId[] = [];
  let count = 0;
  for (const { id, node, isFunction } of program.functions) {
    if (!isFunction) continue;
    count++;
    const isInside = node >= from && node < toAfter;
    const before =
      isInside && node !== edited ? undefined : kept.functions.get(node < from || node === edited ? node : node - nodes)?.digest;
    const now = digests[id];
    const isSeen = before === undefined || before.place !== now?.place || before.signature !== now.signature;
    if (isSeen) seen.push(id);
    const isSame = !isSeen && before.body === now.body && (hasSameTypes || (before.types !== undefined && before.types === now.types));
    if (!isSame || isInside || holds(edit, node)) changed.add(id);
  }
  for (const id of seen)
    for (const caller of program.callers[id] ?? []) if (program.functions[caller]?.isFunction === true) changed.add(caller);
  return changed.size > count * MOST ? undefined : { edit, mover, sameTypes, edited, functions: changed };
}

/** Whether the run is one function and stands for one. */
function oneForOne({ before, after, from, toBefore, toAfter }: Edit): boolean {
  if (from >= before.count || from >= after.count) return false;
  return (
    tagOf(before, from) === Tag.Func &&
    tagOf(after, from) === Tag.Func &&
    nextOf(before, from) === toBefore &&
    nextOf(after, from) === toAfter
  );
}

/** Whether a function before the run has it inside. */
function holds({ after, from, around }: Edit, node: number): boolean {
  return node < from && (nextOf(after, node) > from || around.has(node));
}

/** With those that have to do with something that a rule found in one version only. */
export function changedWith({ functions }: Changed, spans: readonly Span[], code: FlowTree): ReadonlySet<FunctionId> {
  if (spans.length === 0) return functions;
  const { tree } = code;
  const all = new Set(functions);
  for (const { id, node, isFunction } of code.program().functions) {
    if (!isFunction || all.has(id)) continue;
    const [start, end] = [startOf(tree, node), endOf(tree, node)];
    if (spans.some((span) => span.start < end && span.end > start)) all.add(id);
  }
  return all;
}
