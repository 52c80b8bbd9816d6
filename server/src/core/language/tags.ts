/**
 * The vocabulary that every language is lowered to. Matching knows these tags only; what is special about a
 * language's own node kinds stays in that language's file. Anything without a tag of its own is `Other` and
 * keeps its kind in `op`, so that no syntax is lost, only left uninterpreted.
 */

/** A const object instead of an enum: the values index typed arrays and dispatch tables. */
export const Tag = {
  Other: 0,
  /** A name, whatever it names. Compared by text. */
  Ident: 1,
  /** `object.name`: [object, Ident]. */
  Dot: 2,
  /** `object[index]`: [object, index...]. */
  Index: 3,
  /** `callee(args)`: [callee, Args]. */
  Call: 4,
  /** `new callee(args)`: [callee, Args?]. */
  New: 5,
  Args: 6,
  /** `name=value` in a call: [Ident, value]. */
  Keyword: 7,
  /** `*x`, `**x`, `...x`: `op` tells which. */
  Spread: 8,
  /** A string: StrText and StrInterp children; none when empty. `op` is 1 when it can hold interpolations (f-string, template). */
  Str: 9,
  StrText: 10,
  /** An interpolated expression: [expression]. */
  StrInterp: 11,
  Num: 12,
  /** `true`, `None`, `this` ...: `op` is the kind. */
  Const: 13,
  Regex: 14,
  /** [left, right], `op` the operator. */
  Binary: 15,
  /** [operand], `op` the operator. */
  Unary: 16,
  /** `left = right`: [left, right] or [left, type, right]. */
  Assign: 17,
  /** `left += right`, `op` the operator. */
  AugAssign: 18,
  /** A declaration with a keyword: [name, type?, value?], `op` the keyword (`const`, `let`, `var`). */
  VarDef: 19,
  List: 20,
  Tuple: 21,
  Set: 22,
  Dict: 23,
  /** [key, value]. */
  Pair: 24,
  /** [Decorator..., Ident?, Params, return type?, Block], `op` holds what kind of function: `async`, `lambda`, `arrow`. */
  Func: 25,
  Params: 26,
  /** [name or pattern, type?, default?]. */
  Param: 27,
  /** [Decorator..., Ident?, Bases?, Block]. */
  Class: 28,
  Bases: 29,
  /** Statements; also the root. */
  Block: 30,
  Return: 31,
  Decorator: 32,
  /** One imported thing; see names.ts for how they resolve. */
  Import: 33,
  /** `if`: [condition, Block, else?]. */
  If: 34,
  Else: 35,
  Try: 36,
  Catch: 37,
  Finally: 38,
  /** JSX element: [name, JsxAttributes, children...], `op` says whether it closes itself. */
  Jsx: 39,
  JsxAttributes: 40,
  JsxAttribute: 41,
  JsxText: 42,
  /** A type annotation: [type]. */
  Type: 43,
  /** A type assertion that does not change the value: [value, type]. */
  Cast: 44,
  /** Where the parser could not make sense of the text. Matches nothing but metavariables. */
  Error: 45,
  /** `subject ? a : b`. */
  Ternary: 46,
} as const;

export type Tag = (typeof Tag)[keyof typeof Tag];

/** The `op` of a call of a macro, which a pattern that says so asks for. */
export const MACRO = 'macro';

/** The `op` of a call that is a tagged template: it is no other call, and no other call is one. */
export const TAGGED_TEMPLATE = 'tagged template';

/** The `op` of `a?.b`, which `a.b` in a pattern finds, but not the other way round. */
export const OPTIONAL_ACCESS = '?.';

/** The part a child plays in its parent. 0 where only the order counts. */
export const Role = {
  None: 0,
  Name: 1,
  Callee: 2,
  Args: 3,
  Body: 4,
  ReturnType: 5,
  TypeParameters: 6,
  Type: 7,
  Default: 8,
  Condition: 9,
  Alternative: 10,
  Value: 11,
  Key: 12,
  Object: 13,
  Left: 14,
  Right: 15,
  Decorator: 16,
  Params: 17,
  /** A child that a pattern without it does not ask for. */
  Optional: 18,
  /** An import's module. */
  Module: 19,
  /** An import's local alias. */
  Alias: 20,
} as const;

export type Role = (typeof Role)[keyof typeof Role];
