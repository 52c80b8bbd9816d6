/**
 * Edits that put statements which change nothing for those around them in the place of others of the kind: a variable that nobody else reads, a call of something
 * unknown. Where a rule has no part in them data goes on as it did, and nothing is run again, however long the function is.
 */
import type { Imported, InertStatement, InertStatements } from '../formula/kept.js';
import { createMover, type Mover } from '../formula/moves.js';
import type { Since } from '../formula/since.js';
import type { Edit } from '../language/edit.js';
import { internedText } from '../language/interner.js';
import { flowTraitsOf } from '../language/registry.js';
import { Tag } from '../language/tags.js';
import { childrenOf, endOf, nextOf, opOf, parentOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import type { Span } from '../model/position.js';
import { sayingOneOf } from '../model/words.js';
import type { FlowTree } from './flowTree.js';
import { firstEffect, inertStatement } from './inertTerms.js';
import type { Control, Term, VariableId } from './terms.js';

/** An edit of which nothing outside of it sees anything. */
export interface InertEdit {
  readonly edit: Edit;
  readonly mover: Mover;
  /** The innermost function around, as a Func node; undefined where nothing of the tree changed. */
  readonly func: number | undefined;
  /** Where the statements are, before and now. */
  readonly was: Span;
  readonly is: Span;
  /** Where a variable that they set is set again, perhaps: a sink there takes what it held before. */
  readonly again: readonly Span[];
  /** What they call in other files, if it leads anywhere. */
  readonly imports: readonly Imported[];
  /** The function may end behind them. */
  readonly atEnd: boolean;
  /** A handler of exceptions sees the same only where reading what stands beside them does nothing. */
  readonly besideReads: boolean;
}

export interface Written {
  /** Undefined where what was written, or what it replaced, is not known to be inert. */
  readonly inert: InertEdit | undefined;
  /** In the tree as it is now. */
  readonly statements: InertStatements;
}

/** Statements that are remembered: what is edited next is mostly what was written last. */
const MAX_STATEMENTS = 64;

/** What an edit wrote, in whatever function. */
export function writtenBy({ inner: edit, sameTypes, kept }: Since, code: FlowTree): Written {
  if (edit === undefined) return { inert: undefined, statements: new Map() };
  const { before, after, from, toBefore, toAfter, around } = edit;
  const moved = movedStatements(kept.inert, edit);
  if (from === toBefore && from === toAfter) return { inert: nothingBut(edit), statements: moved };
  const func = [...around].findLast((node) => tagOf(after, node) === Tag.Func || tagOf(after, node) === Tag.Class);
  const block = [...around].findLast((node) => tagOf(after, node) === Tag.Block);
  if (func === undefined || tagOf(after, func) !== Tag.Func || block === undefined || block < func)
    return { inert: undefined, statements: moved };
  const all = childrenOf(after, block);
  const now = all.filter((node) => node >= from && node < toAfter);
  const old = childrenOf(before, block).filter((node) => node >= from && node < toBefore);
  const terms = termsOf(code, func, all);
  const first = all.filter((node) => node < from).length;
  const written = now.flatMap((node, at) => {
    const term = terms?.[first + at];
    const facts = term === undefined ? undefined : inertStatement(code, func, node, term);
    return facts === undefined ? [] : [[node, facts] as const];
  });
  const statements = new Map([...moved, ...written].slice(-MAX_STATEMENTS));
  const [was, is] = [knownOf(old, kept.inert), knownOf(now, statements)];
  if (!sameTypes || terms === undefined || was === undefined || is === undefined) return { inert: undefined, statements };
  const place: Place = { edit, code, func, block, terms, first };
  return { inert: inertEdit(place, { nodes: old, facts: was }, { nodes: now, facts: is }), statements };
}

/** An edit of what is between nodes: comments, and how code is laid out. */
function nothingBut(edit: Edit): InertEdit {
  const { start, endBefore, endAfter } = edit.change;
  const rest = { func: undefined, again: [], imports: [], atEnd: false, besideReads: false };
  return { edit, mover: createMover(edit), was: { start, end: endBefore }, is: { start, end: endAfter }, ...rest };
}

/** What is known of statements; undefined where one of them is not known to be inert. */
function knownOf(nodes: readonly number[], known: InertStatements): readonly InertStatement[] | undefined {
  const facts = nodes.flatMap((node) => known.get(node) ?? []);
  return facts.length === nodes.length ? facts : undefined;
}

interface Place {
  readonly edit: Edit;
  readonly code: FlowTree;
  /** The innermost function around, and the block in it that has the statements, as nodes. */
  readonly func: number;
  readonly block: number;
  /** All that the block does now, and where in that the edit is. */
  readonly terms: readonly Term[];
  readonly first: number;
}

interface Statements {
  readonly nodes: readonly number[];
  readonly facts: readonly InertStatement[];
}

function inertEdit(place: Place, old: Statements, now: Statements): InertEdit | undefined {
  const { edit, block, terms, first } = place;
  const { before, after, toAfter, change, offset } = edit;
  const was = extentOf(before, old.nodes, { start: change.start, end: change.endBefore });
  const is = extentOf(after, now.nodes, { start: change.start, end: change.endBefore + offset });
  const atEnd = toAfter >= nextOf(after, block);
  if (atEnd && flowTraitsOf(after.grammar).lastIsValue !== 'never') return undefined;
  const rewrites = setElsewhere(place, is, old.facts, now.facts);
  if (rewrites === undefined) return undefined;
  const facts = [...old.facts, ...now.facts];
  // What a handler sees at their calls it must see beside them as well.
  const isSeen = facts.some(({ calls }) => calls) && isInTry(after, block) && terms[first - 1]?.kind !== 'call';
  const behind = terms.slice(first + now.nodes.length);
  const effect = isSeen ? behind.map(firstEffect).find((one) => one !== 'none') : 'call';
  if (effect !== 'call') return undefined;
  const imports = facts.flatMap((each) => each.imports);
  const again = rewrites.map((node) => ({ start: startOf(after, node), end: endOf(after, node) }));
  return {
    edit,
    mover: createMover(edit),
    func: place.func,
    was,
    is,
    again,
    imports,
    atEnd,
    besideReads: isSeen && behind[0]?.kind !== 'call',
  };
}

/** Where else the variables may be set that the statements set, or set before; undefined where something else in the function reads one. */
function setElsewhere(
  place: Place,
  is: Span,
  old: readonly InertStatement[],
  now: readonly InertStatement[],
): readonly number[] | undefined {
  const { edit, code, func } = place;
  const { after, from, toAfter } = edit;
  const setBy = (facts: readonly InertStatement[]): ReadonlySet<string> => new Set(facts.flatMap(({ sets }) => sets));
  const [was, sets] = [setBy(old), setBy(now)];
  const names = [...new Set([...was, ...sets])];
  const { namespaces } = flowTraitsOf(after.grammar);
  const around = [after.text.slice(startOf(after, func), is.start), after.text.slice(is.end, endOf(after, func))];
  const isSaid = (some: readonly string[]): boolean => some.length > 0 && around.some((text) => sayingOneOf(some).test(text));
  if (names.length > 0 && isSaid(namespaces)) return undefined;
  const said = names.filter((name) => isSaid([name]));
  if (said.length === 0) return [];
  const isBoundElsewhere = (name: string): boolean =>
    code.names.scopes.bindingsIn(func, name).some(({ node }) => node < from || node >= toAfter);
  // Of the others it is not the same, before and now, what is meant by their names.
  const stable = new Set(said.filter((name) => (was.has(name) && sets.has(name)) || isBoundElsewhere(name)));
  return assignmentsBeside(place, now.length, new Set(said), stable);
}

/**
 * All assignments of a function, and of those in it, but for the statements that were written.
 * @param said names that none of the rest may read
 * @param stable those of them that the rest may set
 */
function assignmentsBeside(
  { code, func, terms, first }: Place,
  count: number,
  said: ReadonlySet<string>,
  stable: ReadonlySet<string>,
): readonly number[] | undefined {
  const { variableNames, variableOwners, functions } = code.program();
  const nameOf = (variable: VariableId): string => variableNames[variable] ?? '';
  // A function inside may have a variable of its own that is called so.
  const isMeant = (variable: VariableId): boolean => said.has(nameOf(variable)) && (variableOwners[variable] ?? -1) <= func;
  const written = new Set<unknown>(terms.slice(first, first + count));
  // Others are not made for this.
  const limit = nextOf(code.tree, func);
  const inside = functions.filter(({ node }) => node >= func && node < limit);
  const waiting: unknown[] = inside.flatMap(({ parameters, body }) => [parameters, body]);
  const found: number[] = [];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (typeof at !== 'object' || at === null || written.has(at)) continue;
    const { kind, node, place, variable } = at as { kind?: string; node?: number; place?: Term; variable?: VariableId };
    if (kind === 'name' && variable !== undefined && isMeant(variable)) return undefined;
    if (kind === 'assign' && node !== undefined && node >= 0) found.push(node);
    // One that gets a value as a whole is not read.
    if (kind === 'place' && place?.kind === 'name' && stable.has(nameOf(place.variable))) continue;
    for (const part of Array.isArray(at) ? at : Object.values(at)) if (typeof part === 'object') waiting.push(part);
  }
  return found;
}

/** What a block's statements do, one term each. */
function termsOf(code: FlowTree, func: number, statements: readonly number[]): readonly Term[] | undefined {
  const waiting: unknown[] = [code.program().functions.find(({ node }) => node === func)?.body];
  while (waiting.length > 0) {
    const term = waiting.pop();
    if (typeof term !== 'object' || term === null) continue;
    const { nodes, terms } = term as Partial<Control & { readonly kind: 'block' }>;
    if (nodes?.length === statements.length && nodes.every((node, at) => node === statements[at])) return terms;
    waiting.push(...Object.values(term));
  }
  return undefined;
}

function extentOf(tree: SyntaxTree, statements: readonly number[], { start, end }: Span): Span {
  const [first, last] = [statements[0], statements.at(-1)];
  if (first === undefined || last === undefined) return { start, end };
  return { start: Math.min(startOf(tree, first), start), end: Math.max(endOf(tree, last), end) };
}

function movedStatements(known: InertStatements, { from, toBefore, nodes }: Edit): InertStatements {
  const moved = new Map<number, InertStatement>();
  for (const [node, facts] of known) if (node < from || node >= toBefore) moved.set(node < from ? node : node + nodes, facts);
  return moved;
}

function isInTry(tree: SyntaxTree, block: number): boolean {
  for (let at = block; at >= 0; at = parentOf(tree, at)) {
    const tag = tagOf(tree, at);
    if (tag === Tag.Try || (tag === Tag.Other && /try|begin|rescue/.test(internedText(opOf(tree, at))))) return true;
  }
  return false;
}
