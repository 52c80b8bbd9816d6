/**
 * What metavariables are bound to. An environment is an immutable linked list, so that a matcher can try one
 * alternative after another without copying or undoing.
 */
import type { Scopes } from '../language/scopes.js';
import { traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { endOf, opOf, nextOf, parentOf, roleOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

export type BoundValue =
  | { readonly kind: 'node'; readonly tree: SyntaxTree; readonly node: number }
  /** What `$...X` took: siblings, maybe none. */
  | { readonly kind: 'nodes'; readonly tree: SyntaxTree; readonly nodes: readonly number[]; readonly start: number; readonly end: number }
  /** The inside of a string, or a regular expression's group. */
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number };

export interface Env {
  readonly name: string;
  readonly value: BoundValue;
  readonly next: Env | undefined;
}

export function lookup(env: Env | undefined, name: string): BoundValue | undefined {
  for (let at = env; at !== undefined; at = at.next) if (at.name === name) return at.value;
  return undefined;
}

export function bindingsOf(env: Env | undefined): Map<string, BoundValue> {
  const found = new Map<string, BoundValue>();
  for (let at = env; at !== undefined; at = at.next) if (!found.has(at.name)) found.set(at.name, at.value);
  return found;
}

export function spanOfValue(value: BoundValue): { readonly start: number; readonly end: number } {
  return value.kind === 'node' ? { start: startOf(value.tree, value.node), end: endOf(value.tree, value.node) } : value;
}

export function sourceOfValue(value: BoundValue, text: string): string {
  if (value.kind === 'text') return value.text;
  const span = spanOfValue(value);
  return text.slice(span.start, span.end);
}

/**
 * The same code, whatever its layout, quotes and place.
 * @param strictly variables that only share their name differ
 */
export function sameValue(a: BoundValue, b: BoundValue, strictly: boolean): boolean {
  if (a.kind === 'node' && b.kind === 'node') return sameTree(a.tree, a.node, b.tree, b.node, strictly) || sameKey(a, b) || sameKey(b, a);
  if (a.kind === 'nodes' && b.kind === 'nodes') {
    return a.nodes.length === b.nodes.length && a.nodes.every((node, i) => sameTree(a.tree, node, b.tree, b.nodes[i] as number, strictly));
  }
  if (a.kind === 'text') return b.kind === 'text' ? a.text === b.text : sameText(a.text, b);
  return b.kind === 'text' ? sameText(b.text, a) : false;
}

type Node = BoundValue & { readonly kind: 'node' };

/** `x` and `"x"`, as keys of two members. */
function sameKey(a: Node, b: Node): boolean {
  if (roleOf(a.tree, a.node) !== Role.Key || roleOf(b.tree, b.node) !== Role.Key || tagOf(a.tree, a.node) !== Tag.Ident) return false;
  return tagOf(b.tree, b.node) === Tag.Str && sameText(textOf(a.tree, a.node), b);
}

/** The same text, or the same number written in another way. */
function sameLeaf(tag: number, a: string, b: string): boolean {
  if (a === b) return true;
  if (tag !== Tag.Num) return false;
  const number = Number(a.replaceAll('_', ''));
  return !Number.isNaN(number) && number === Number(b.replaceAll('_', ''));
}

/** A string's content and a name or string elsewhere. */
function sameText(text: string, value: BoundValue): boolean {
  if (value.kind !== 'node') return false;
  const { tree, node } = value;
  if (tagOf(tree, node) === Tag.Ident) return textOf(tree, node) === text;
  return tagOf(tree, node) === Tag.Str && nextOf(tree, node) === node + 2 && textOf(tree, node + 1) === text;
}

const LEAVES_BY_TEXT: ReadonlySet<number> = new Set([Tag.Ident, Tag.Num, Tag.Regex, Tag.StrText, Tag.JsxText]);

function sameTree(a: SyntaxTree, nodeA: number, b: SyntaxTree, nodeB: number, strictly: boolean): boolean {
  if (a === b && nodeA === nodeB) return true;
  const size = nextOf(a, nodeA) - nodeA;
  if (nextOf(b, nodeB) - nodeB !== size) return false;
  for (let i = 0; i < size; i++) {
    const x = nodeA + i;
    const y = nodeB + i;
    const tag = tagOf(a, x);
    if (tag !== tagOf(b, y) || opOf(a, x) !== opOf(b, y) || nextOf(a, x) - nodeA !== nextOf(b, y) - nodeB) return false;
    // Without a copy of their texts: most leaves differ in their length, or in their first letter.
    if ((tag === Tag.Ident || tag === Tag.StrText) && endOf(a, x) - startOf(a, x) !== endOf(b, y) - startOf(b, y)) return false;
    if (tag === Tag.StrText && a.text.charCodeAt(startOf(a, x)) !== b.text.charCodeAt(startOf(b, y))) return false;
    if (strictly && tag === Tag.Ident && textOf(a, x) === textOf(b, y) && isOtherVariable(a, x, b, y)) return false;
    if (nextOf(a, x) !== x + 1 || (!LEAVES_BY_TEXT.has(tag) && tag !== Tag.Other) || sameLeaf(tag, textOf(a, x), textOf(b, y))) continue;
    if (tag !== Tag.Ident || !traitsOf(a.grammar).caselessNames || !isSameCaseless(b, y, textOf(a, x))) return false;
  }
  return true;
}

/** Whether a name is `name` in other capitals, where it is a function's or a class's and not a variable's or a member's. */
export function isSameCaseless(tree: SyntaxTree, node: number, name: string): boolean {
  const text = textOf(tree, node);
  if (text.length !== name.length || text.startsWith('$') || text.toLowerCase() !== name.toLowerCase()) return false;
  const parent = parentOf(tree, node);
  return roleOf(tree, node) !== Role.Name || parent < 0 || tagOf(tree, parent) !== Tag.Dot || opOf(tree, parent) !== 0;
}

const scopesOf = new WeakMap<SyntaxTree, Scopes>();

/** Lets equality know variables apart that only share their name. */
export function attachScopes(tree: SyntaxTree, scopes: Scopes): void {
  scopesOf.set(tree, scopes);
}

/** Two uses of one name that are bound in different functions. Unbound names are the same thing everywhere. */
function isOtherVariable(a: SyntaxTree, x: number, b: SyntaxTree, y: number): boolean {
  if (a !== b || isMemberName(a, x) || isMemberName(b, y)) return false;
  const scopes = scopesOf.get(a);
  if (scopes === undefined) return false;
  const name = textOf(a, x);
  const first = scopes.lookup(x, name);
  const second = scopes.lookup(y, name);
  if (first === undefined || second === undefined) return false;
  if (first !== second) return true;
  // One name, declared again: another variable.
  const declared = scopes.declaration(x, name);
  return declared !== undefined && declared !== (scopes.declaration(y, name) ?? declared);
}

/** `x` of `a.x`, `f(x=1)` and `{ x: 1 }`: no variable at all. */
function isMemberName(tree: SyntaxTree, node: number): boolean {
  const role = roleOf(tree, node);
  if (role === Role.Key) return true;
  if (role !== Role.Name) return false;
  const parent = tagOf(tree, Math.max(0, parentOf(tree, node)));
  return parent === Tag.Dot || parent === Tag.Keyword || parent === Tag.JsxAttribute || parent === Tag.Import;
}
