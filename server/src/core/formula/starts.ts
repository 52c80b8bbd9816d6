/** Where a pattern can begin to match: the name that is called, or the tags of nodes. Every other node of a tree is passed over without a look. */
import type { GrammarId } from '../language/raw.js';
import { traitsOf } from '../language/registry.js';
import { Tag } from '../language/tags.js';
import { EXPRESSION_TAGS } from '../matching/expressions.js';
import type { MatchOptions } from '../matching/options.js';
import type { PatternNode } from '../pattern/pattern.js';

/** `exec` of `exec(...)`, `run` of `subprocess.run(...)` and of `$X.run(...)`. */
export function calleeName(node: PatternNode): string | undefined {
  if (node.kind !== 'node' || node.tag !== Tag.Call) return undefined;
  const [callee] = node.children;
  if (callee?.kind === 'ident') return callee.name;
  if (callee?.kind !== 'node' || callee.tag !== Tag.Dot) return undefined;
  const [, name] = callee.children;
  return name?.kind === 'ident' ? name.name : undefined;
}

/** Nodes that stand for others in ways that `rootTags` does not list, or that have no tag of their own. */
const OPEN_TAGS: ReadonlySet<number> = new Set([Tag.Block, Tag.Import, Tag.Other]);

export function firstTags(node: PatternNode, options: MatchOptions, grammar: GrammarId): readonly number[] {
  if (node.kind !== 'node' || OPEN_TAGS.has(node.tag) || options.symbolicPropagation) return [];
  return rootTags(node, options, grammar);
}

const EXPRESSIONS: readonly number[] = [...EXPRESSION_TAGS];

/** Tags beside its own that a pattern's root may match, by the equivalences of the matcher. */
const ALSO: Readonly<Record<number, readonly number[]>> = {
  [Tag.Dot]: [Tag.Ident],
  [Tag.Assign]: [Tag.VarDef],
  [Tag.Import]: [Tag.VarDef],
  [Tag.Func]: [Tag.VarDef],
  [Tag.Pair]: [Tag.Func],
  [Tag.Num]: [Tag.Ident, Tag.Unary, Tag.Str, Tag.Dot],
  [Tag.Const]: [Tag.Ident, Tag.Str, Tag.Dot],
  [Tag.Set]: [Tag.Dict, Tag.Other],
  [Tag.Dict]: [Tag.Set, Tag.Other],
  [Tag.List]: [Tag.Other],
  [Tag.Return]: EXPRESSIONS,
};

export function rootTags(node: PatternNode, options: MatchOptions, grammar: GrammarId): readonly number[] {
  switch (node.kind) {
    case 'node':
      if (node.tag === Tag.Assign && options.flddefAssign) return [Tag.Assign, Tag.VarDef, Tag.Func];
      if (node.tag === Tag.Return && !traitsOf(grammar).implicitReturns) return [Tag.Return];
      return [node.tag, ...(ALSO[node.tag] ?? [])];
    case 'ident':
      return [Tag.Ident, Tag.Const];
    case 'string':
      return [Tag.Str, Tag.Ident, Tag.Binary, Tag.Dot];
    case 'deep':
      // `var x = 1` holds the assignment `x = 1`.
      return node.child.kind === 'node' && node.child.tag === Tag.Assign ? [...EXPRESSIONS, Tag.VarDef] : EXPRESSIONS;
    case 'metavariable':
    case 'ellipsis':
    case 'ellipsis-metavariable':
    case 'chain':
      return EXPRESSIONS;
  }
}
