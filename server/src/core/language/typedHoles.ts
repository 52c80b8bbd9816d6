/** Typed metavariables, read as an index, which may hold a type and be assigned to: `($X: T)`, and `(T $X)` behind a cast. */
import type { TypedHole } from './definition.js';
import { METAVARIABLE_PREFIX, TYPED_PREFIX } from './holes.js';
import { Role, Tag } from './tags.js';
import { childrenOf, firstChildWithRole, tagOf, textOf, type SyntaxTree } from './tree.js';

const HEAD = /\(\s*\$([A-Z_][A-Z_0-9]*)\s*:\s*/y;

/** The head of a typed metavariable at `at`, e.g. `($X: `, and where its parenthesis closes; undefined for parameters and anything else. */
export function typedHead(
  pattern: string,
  at: number,
): { readonly name: string; readonly length: number; readonly close: number } | undefined {
  if (
    pattern[at] !== '(' ||
    /[\w$)\]]\s*$/.test(pattern.slice(0, at).replace(/\b(?:return|await|yield|in|and|or|not|if|typeof|case)\s+$/, ''))
  )
    return undefined;
  HEAD.lastIndex = at;
  const found = HEAD.exec(pattern);
  if (found === null) return undefined;
  let depth = 0;
  for (let i = at; i < pattern.length; i++) {
    if (pattern[i] === '(') depth++;
    else if (pattern[i] === ')' && --depth === 0)
      return /^\s*(?:=>|:|\{)/.test(pattern.slice(i + 1)) ? undefined : { name: found[1] ?? '', length: found[0].length, close: i };
  }
  return undefined;
}

/** `($X : T)` at `at` as `(cs_tv_X as T)`, for languages whose conversions are written so. */
export function typedAsCast(pattern: string, at: number): { readonly length: number; readonly text: string } | undefined {
  const typed = typedHead(pattern, at);
  if (typed === undefined) return undefined;
  const type = pattern.slice(at + typed.length, typed.close).replaceAll(/\$([A-Z_][A-Z_0-9]*)/g, `${METAVARIABLE_PREFIX}$1`);
  return { length: typed.close + 1 - at, text: `(${TYPED_PREFIX}${typed.name} as ${type})` };
}

/** `cs_tv_X[T]` and `cs_tv_X as T`. */
export function typedIn(tree: SyntaxTree, node: number): TypedHole | undefined {
  const tag = tagOf(tree, node);
  if (tag !== Tag.Index && tag !== Tag.Cast) return undefined;
  const [object, type] = childrenOf(tree, node);
  if (object === undefined || type === undefined || tagOf(tree, object) !== Tag.Ident) return undefined;
  const name = textOf(tree, object);
  return name.startsWith(TYPED_PREFIX) ? { name: name.slice(TYPED_PREFIX.length), type } : undefined;
}

/** The typed metavariable that a rewritten index with a cast in it, `cs_tv_X[(T) cs_t]`, stands for. */
export function typedIndexAt(tree: SyntaxTree, node: number): TypedHole | undefined {
  if (tagOf(tree, node) !== Tag.Index) return undefined;
  const [object, cast] = childrenOf(tree, node);
  if (object === undefined || cast === undefined || tagOf(tree, object) !== Tag.Ident) return undefined;
  const name = textOf(tree, object);
  const type = firstChildWithRole(tree, cast, Role.Type);
  return type >= 0 && name.startsWith(TYPED_PREFIX) ? { name: name.slice(TYPED_PREFIX.length), type } : undefined;
}
