/** What functions assign to beyond their own variables, and how to tell it again without lowering them. */
import type { Write } from '../formula/kept.js';
import { enclosingFunction } from '../language/holders.js';
import { nextOf, tagOf } from '../language/tree.js';
import { Tag } from '../language/tags.js';
import { NO_TERM, type Lowering, type Writes } from './lowerContext.js';
import { nameTerm } from './nameTerm.js';
import type { Key, Place, Term, VariableId } from './terms.js';

export function noWrites(): Writes {
  return { written: new Set(), fieldWrites: new Map(), writers: new Set() };
}

export function addWrites(all: Writes, own: Writes): void {
  for (const variable of own.written) all.written.add(variable);
  for (const func of own.writers) all.writers.add(func);
  for (const [field, count] of own.fieldWrites) all.fieldWrites.set(field, (all.fieldWrites.get(field) ?? 0) + count);
}

/** @param target a place that is assigned to; anything else writes to nothing that has a name */
export function noteWrite(lowering: Lowering, target: Term): void {
  const { writes, variables } = lowering;
  const isField = target.kind === 'part' && target.object.kind === 'name';
  if (isField) noteField(writes, target.object.variable, target.key);
  let above: (Place & { readonly kind: 'part' }) | undefined;
  let base = target;
  while (base.kind === 'part') {
    above = base;
    base = base.object;
  }
  if (base.kind !== 'name') return;
  const owner = variables.owners[base.variable] ?? -1;
  const isNews = !writes.written.has(base.variable) && (owner !== lowering.func || holdsFunction(lowering, owner));
  writes.written.add(base.variable);
  const func = base.node < 0 || owner >= 0 ? -1 : enclosingFunction(lowering.tree, base.node);
  const isFirst = func >= 0 && !writes.writers.has(func);
  if (isFirst) writes.writers.add(func);
  if (!isField && !isNews && !isFirst) return;
  // A member that is spelled without its object is a part of what no node spells.
  const node = base.node >= 0 ? base.node : (above?.node ?? -1);
  if (node < 0) writes.log = undefined;
  else writes.log?.push({ node, field: isField, ...(isField && base.node >= 0 ? { key: target.key } : {}) });
}

/** Notes what a function wrote before an edit of another one. */
export function repeatWrite(lowering: Lowering, { node, field, key }: Write): void {
  const term = tagOf(lowering.tree, node) === Tag.Ident ? nameTerm(lowering, node) : termApart(lowering, node);
  if (term.kind !== 'name' && term.kind !== 'part') return;
  const base = term.kind === 'part' ? term.object : term;
  const name = key ?? (term.kind === 'part' ? term.key : undefined);
  if (!field || name === undefined) noteWrite(lowering, base);
  else noteWrite(lowering, { kind: 'part', node: -1, object: base, key: name, indexes: [] });
}

/** Of something that is no part of what is being lowered. */
function termApart(lowering: Lowering, node: number): Term {
  const outer = lowering.outerNode[node] ?? NO_TERM;
  const term = lowering.term(node);
  lowering.outerNode[node] = outer;
  return term;
}

export function noteField({ fieldWrites }: Writes, variable: VariableId, key: Key): void {
  const field = `${variable}${key}`;
  fieldWrites.set(field, (fieldWrites.get(field) ?? 0) + 1);
}

const holders = new WeakMap<Lowering, Map<number, boolean>>();

/** Whether other functions are written in one, which may see its variables. */
function holdsFunction(lowering: Lowering, func: number): boolean {
  const { tree } = lowering;
  const known = holders.get(lowering) ?? new Map<number, boolean>();
  holders.set(lowering, known);
  let holds = known.get(func);
  if (holds === undefined) {
    holds = false;
    for (let node = Math.max(0, func + 1), limit = func < 0 ? tree.count : nextOf(tree, func); node < limit && !holds; node++)
      holds = tagOf(tree, node) === Tag.Func || tagOf(tree, node) === Tag.Class;
    known.set(func, holds);
  }
  return holds;
}
