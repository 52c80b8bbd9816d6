/**
 * Which nodes have a value, in code and in patterns, and through which of them a statement's expression is looked for.
 * Decided by tags and roles alone, so that it is one answer for all languages.
 */
import { intern, internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, parentOf, roleOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import type { PatternNode } from '../pattern/pattern.js';

/** What a field of a class has as its operator. */
export const OP_FIELD = intern('field');

/** Tags of nodes that have a value; `Other` may. */
export const EXPRESSION_TAGS: ReadonlySet<number> = new Set([
  Tag.Ident,
  Tag.Dot,
  Tag.Index,
  Tag.Call,
  Tag.New,
  Tag.Str,
  Tag.Num,
  Tag.Const,
  Tag.Regex,
  Tag.Binary,
  Tag.Unary,
  Tag.Assign,
  Tag.AugAssign,
  Tag.List,
  Tag.Tuple,
  Tag.Set,
  Tag.Dict,
  Tag.Func,
  Tag.Jsx,
  Tag.Cast,
  Tag.Ternary,
  Tag.Other,
]);

/** Whether a node has a value; a name that is only a label, such as a key or a parameter, has none. */
export function isExpression(tree: SyntaxTree, node: number): boolean {
  if (!EXPRESSION_TAGS.has(tagOf(tree, node))) return false;
  const role = roleOf(tree, node);
  if (role === Role.Type || role === Role.ReturnType) return false;
  if (tagOf(tree, node) === Tag.Ident) {
    if (role === Role.Name || role === Role.Key || role === Role.Module || role === Role.Alias) return false;
    const parent = Math.max(0, parentOf(tree, node));
    return tagOf(tree, parent) !== Tag.Params && !isTypeList(tree, parent) && !isInType(tree, parent);
  }
  // A definition is a statement; it is the function without a name, or one that is used, that has a value.
  if (tagOf(tree, node) === Tag.Func)
    return firstChildWithRole(tree, node, Role.Name) < 0 || tagOf(tree, Math.max(0, parentOf(tree, node))) !== Tag.Block;
  // A keyword before a definition, such as `static`, has no value.
  if (role === Role.Decorator && tagOf(tree, node) === Tag.Other) return false;
  if (tagOf(tree, node) === Tag.Other)
    return (
      !isTypeList(tree, Math.max(0, parentOf(tree, node))) &&
      // Julia's types are expressions, which its grammar calls them.
      (internedText(opOf(tree, node)).endsWith('_expression') || !isInType(tree, parentOf(tree, node))) &&
      !/(?:_statement|_clause|_declaration|_signature|_parameters?|^export|^type_arguments)/.test(internedText(opOf(tree, node)))
    );
  return true;
}

/** Whether a node is a type, or a part of one, to its outermost: `string` in `map[string]T`, `Record<string, T>` in `x: Record<string, T>`. */
function isInType(tree: SyntaxTree, node: number): boolean {
  for (let at = node; at > 0; at = parentOf(tree, at)) {
    const tag = tagOf(tree, at);
    const role = roleOf(tree, at);
    if (tag === Tag.Type || role === Role.Type || role === Role.ReturnType) return true;
    if (tag !== Tag.Other || !internedText(opOf(tree, at)).includes('type')) return false;
  }
  return false;
}

function isTypeList(tree: SyntaxTree, node: number): boolean {
  return tagOf(tree, node) === Tag.Other && /^type_(?:arguments|parameter)/.test(internedText(opOf(tree, node)));
}

/** The name in `int x = 1`, which is also an assignment to it. */
export function isDefined(tree: SyntaxTree, node: number): boolean {
  if (tagOf(tree, node) !== Tag.Ident || roleOf(tree, node) !== Role.Name) return false;
  const parent = parentOf(tree, node);
  if (parent < 0 || tagOf(tree, parent) !== Tag.VarDef || opOf(tree, parent) === OP_FIELD) return false;
  return childrenOf(tree, parent).some((child) => roleOf(tree, child) === Role.Value);
}

/** Whether a node is what a decorator holds. */
export function isInDecorator(tree: SyntaxTree, node: number): boolean {
  const parent = parentOf(tree, node);
  return parent >= 0 && tagOf(tree, parent) === Tag.Decorator;
}

/** The body of `x => x + 1`: an expression, though it is lowered to a block that returns it. */
export function isExpressionBody(tree: SyntaxTree, block: number): boolean {
  const [only, second] = childrenOf(tree, block);
  if (only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Return) return false;
  return nextOf(tree, only) > only + 1 && startOf(tree, only + 1) === startOf(tree, block);
}

/** Whether a statement `f()` of a pattern may be this child of a node that stands as, or in, a statement. */
export function isTransparent(tree: SyntaxTree, node: number, child: number): boolean {
  const role = roleOf(tree, child);
  switch (tagOf(tree, node)) {
    case Tag.Assign:
    case Tag.AugAssign:
    case Tag.VarDef:
      return role === Role.Right || role === Role.Value;
    case Tag.Dot:
      return child === node + 1;
    case Tag.Keyword:
    case Tag.Pair:
      return child !== node + 1;
    case Tag.Call:
    case Tag.Args:
    case Tag.Cast:
    case Tag.Return:
    case Tag.List:
    case Tag.Tuple:
    case Tag.Set:
    case Tag.Dict:
    case Tag.Unary:
    case Tag.Binary:
    case Tag.Str:
    case Tag.StrInterp:
      return true;
    case Tag.Other:
      return isExpression(tree, node);
    default:
      return false;
  }
}

/** Whether a pattern is an expression that a statement may contain. */
export function isExpressionPattern(p: PatternNode): boolean {
  if (p.kind === 'metavariable' || p.kind === 'ellipsis' || p.kind === 'ellipsis-metavariable') return false;
  return p.kind !== 'node' || (EXPRESSION_TAGS.has(p.tag) && p.tag !== Tag.Other && p.tag !== Tag.Func);
}
