/**
 * A lowered syntax tree in typed arrays, in preorder: node `i` owns the subtree `[i, next[i])`, and its children are
 * `i + 1`, `next[i + 1]`, and so on while below `next[i]`. Punctuation, comments and grouping parentheses are gone.
 */
import type { GrammarId } from './raw.js';
import { Role, Tag } from './tags.js';

export interface SyntaxTree {
  readonly text: string;
  readonly grammar: GrammarId;
  readonly count: number;
  /** A `Tag`. */
  readonly tag: Uint8Array;
  /** A `Role`. */
  readonly role: Uint8Array;
  /** An interned operator, keyword or kind; 0 for none. */
  readonly op: Uint32Array;
  /** UTF-16 offsets, half-open. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly next: Uint32Array;
  /** -1 for the root. */
  readonly parent: Int32Array;
  /** Comments in source order, delimiters included; `docstring` ones are strings that document. */
  readonly comments: readonly CommentSpan[];
  /** First syntax errors, in source order, at most 20. */
  readonly problems: readonly { readonly start: number; readonly end: number }[];
  /** Nesting went past the limit; what lies deeper was not lowered. */
  readonly tooDeep: boolean;
  /** The text is not laid out in lines: patterns of words and punctuation have nothing to say about it. */
  readonly illegible?: boolean;
}

export interface CommentSpan {
  readonly start: number;
  readonly end: number;
}

export function tagOf(tree: SyntaxTree, node: number): number {
  return tree.tag[node] as number;
}

export function opOf(tree: SyntaxTree, node: number): number {
  return tree.op[node] as number;
}

export function roleOf(tree: SyntaxTree, node: number): number {
  return tree.role[node] as number;
}

export function startOf(tree: SyntaxTree, node: number): number {
  return tree.start[node] as number;
}

export function endOf(tree: SyntaxTree, node: number): number {
  return tree.end[node] as number;
}

/** The index just past the node's subtree. */
export function nextOf(tree: SyntaxTree, node: number): number {
  return tree.next[node] as number;
}

export function parentOf(tree: SyntaxTree, node: number): number {
  return tree.parent[node] as number;
}

export function textOf(tree: SyntaxTree, node: number): string {
  return tree.text.slice(tree.start[node], tree.end[node]);
}

/** The content of a string that holds text only, as written; undefined for anything else. */
export function stringTextOf(tree: SyntaxTree, node: number): string | undefined {
  if (tree.tag[node] !== Tag.Str) return undefined;
  const pieces = childrenOf(tree, node);
  if (pieces.some((piece) => tree.tag[piece] !== Tag.StrText)) return undefined;
  return pieces.map((piece) => textOf(tree, piece)).join('');
}

export function childrenOf(tree: SyntaxTree, node: number): number[] {
  const { next } = tree;
  const limit = next[node] as number;
  // Most nodes have no child, or a few: a list that grows takes room for many.
  let count = 0;
  for (let child = node + 1; child < limit; child = next[child] as number) count++;
  if (count === 0) return [];
  if (count === 1) return [node + 1];
  // oxlint-disable-next-line unicorn/no-new-array -- the one way to a list of just that size
  const children = new Array<number>(count);
  for (let child = node + 1, at = 0; at < count; child = next[child] as number) children[at++] = child;
  return children;
}

export function firstChildWithRole(tree: SyntaxTree, node: number, role: number): number {
  const limit = tree.next[node] as number;
  for (let child = node + 1; child < limit; child = tree.next[child] as number) if (tree.role[child] === role) return child;
  return -1;
}

/** Whether the node is what an assignment writes to. */
export function isAssignmentTarget(tree: SyntaxTree, node: number): boolean {
  if (tree.role[node] !== Role.Left) return false;
  const parent = tree.parent[node] as number;
  return parent >= 0 && (tree.tag[parent] === Tag.Assign || tree.tag[parent] === Tag.AugAssign || tree.tag[parent] === Tag.VarDef);
}
