/** The one function that an edit lies in, where others see no more of it than who calls whom. */
import type { Since } from '../formula/since.js';
import type { Names } from '../language/names.js';
import type { Said } from '../language/scopes.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, nextOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { FlowTree } from './flowTree.js';
import type { CalledIn, FunctionId } from './terms.js';

/** The one function that an edit lies in, and what it is to the rest of the file. */
export interface EditedFunction {
  /** The Func node, the same in both trees. */
  readonly node: number;
  /** Whether it is one of an object's. */
  readonly isMethod: boolean;
  /** What it calls now, with what functions inside of it do. */
  calls(): CalledIn;
}

/** Undefined where the edit is in no function, or may change what others see of it by more than who calls whom. */
export function editedFunction({ edit, sameTypes, kept }: Since, now: FlowTree): EditedFunction | undefined {
  const { before, after } = edit;
  const node = functionOf(edit);
  if (node === undefined || !sameTypes || nameOf(before, node) !== nameOf(after, node)) return undefined;
  const was = kept.names.scopes.saidIn(node, nextOf(before, node));
  const is = now.names.scopes.saidIn(node, nextOf(after, node));
  const own = nameOf(after, node);
  for (const { bindings, lends } of [was, is]) if (lends.length > 0 || bindings.some(({ name }) => name !== own)) return undefined;
  if (holdsClass(before, node) || holdsClass(after, node)) return undefined;
  // Statements that give nothing to members leave what others give them as it was.
  const { from, toBefore, toAfter } = edit;
  const givesIn = (names: Names, to: number): boolean => names.scopes.saidIn(from, to).memberWrites.length > 0;
  const isWhole = edit.kind === 'function' || givesIn(kept.names, toBefore) || givesIn(now.names, toAfter);
  if (told(before, kept.names, node, isWhole ? was : undefined) !== told(after, now.names, node, isWhole ? is : undefined))
    return undefined;
  let calls: CalledIn | undefined;
  return { node, isMethod: isInClass(after, node), calls: () => (calls ??= now.program().calledIn(node)) };
}

function functionOf({ before, after, from, toBefore, toAfter, kind, around }: Since['edit']): number | undefined {
  if (kind === 'function') return nextOf(before, from) === toBefore && nextOf(after, from) === toAfter ? from : undefined;
  return [...around].findLast(
    (node) => tagOf(after, node) === Tag.Func && nextOf(after, node) >= toAfter && nextOf(before, node) >= toBefore,
  );
}

/** A function and those in it. */
export function functionsIn(code: FlowTree, node: number): ReadonlySet<FunctionId> {
  const limit = nextOf(code.tree, node);
  return new Set(code.program().functions.flatMap((each) => (each.node >= node && each.node < limit ? [each.id] : [])));
}

function nameOf(tree: SyntaxTree, func: number): string {
  const name = firstChildWithRole(tree, func, Role.Name);
  return name < 0 ? '' : textOf(tree, name);
}

/** Also of functions inside of methods, and of those that have a receiver. */
export function isInClass(tree: SyntaxTree, func: number): boolean {
  for (let at = func; at >= 0; at = parentOf(tree, at)) if (tagOf(tree, at) === Tag.Class) return true;
  const params = childrenOf(tree, func).find((child) => tagOf(tree, child) === Tag.Params);
  const first = params === undefined ? undefined : childrenOf(tree, params)[0];
  return first !== undefined && tagOf(tree, first) !== Tag.Param && tagOf(tree, first) !== Tag.Ident;
}

function holdsClass(tree: SyntaxTree, func: number): boolean {
  for (let node = func + 1; node < nextOf(tree, func); node++) if (tagOf(tree, node) === Tag.Class) return true;
  return false;
}

/** Calls of which a part of what they are given may come out again. */
const HANDING_BACK = /(?:^|\.)partial$|^(?:Map|dict|list|tuple)$/;

/**
 * What others know of a function by its text: which functions it may hand back, as `tables.ts` looks for them, and the type that it says. Equal where that is
 * the same.
 * @param said with what it gives to members, of which others know the class
 */
function told(tree: SyntaxTree, names: Names, func: number, said: Said | undefined): string {
  const found = new Set<string>();
  const known = new Set<string>();
  const knownWhole = new Set<string>();
  const bindingsOf = (name: string): readonly number[] => names.scopes.bindingsIn(func, name).map(({ value }) => value);
  /** All of its text, with what variables in it are set to. */
  const addWhole = (from: number): void => {
    found.add(textOf(tree, from));
    for (let node = from; node < nextOf(tree, from); node++) {
      const name = tagOf(tree, node) === Tag.Ident ? textOf(tree, node) : '';
      if (name === '' || knownWhole.has(name)) continue;
      knownWhole.add(name);
      for (const value of bindingsOf(name)) if (value >= 0) addWhole(value);
    }
  };
  /** As far as it may be a function, or an object that has one. */
  const add = (node: number): void => {
    const children = childrenOf(tree, node);
    switch (tagOf(tree, node)) {
      case Tag.Func:
        found.add(`function ${functionsBefore(tree, func, node)}`);
        return;
      case Tag.Ident: {
        const name = textOf(tree, node);
        if (known.has(name)) return;
        known.add(name);
        const values = bindingsOf(name);
        found.add(`${name} ${values.length}`);
        for (const value of values) if (value >= 0) add(value);
        return;
      }
      case Tag.Dot:
      case Tag.Index:
        addWhole(node);
        return;
      case Tag.Ternary:
      case Tag.Binary:
        children.forEach(add);
        return;
      case Tag.Cast:
      case Tag.Unary:
      case Tag.Other:
        if (children[0] !== undefined) add(children[0]);
        return;
      case Tag.New:
      case Tag.Call: {
        const [callee] = children;
        if (callee === undefined) return;
        if (HANDING_BACK.test(textOf(tree, callee))) addWhole(node);
        else addWhole(callee);
      }
    }
  };
  for (const write of said?.memberWrites ?? []) addWhole(write);
  for (const child of childrenOf(tree, func)) {
    if (roleOf(tree, child) === Role.Body && tagOf(tree, child) !== Tag.Block) add(child);
    if (roleOf(tree, child) === Role.ReturnType) found.add(textOf(tree, child));
  }
  for (let node = func + 1; node < nextOf(tree, func); node++)
    if (tagOf(tree, node) === Tag.Return) for (const value of childrenOf(tree, node)) add(value);
  return [...found].toSorted().join('\n');
}

function functionsBefore(tree: SyntaxTree, from: number, to: number): number {
  let count = 0;
  for (let node = from; node < to; node++) if (tagOf(tree, node) === Tag.Func) count++;
  return count;
}
