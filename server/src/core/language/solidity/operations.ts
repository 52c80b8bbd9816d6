/**
 * `a / b.c()`, which the grammar reads as `(a / b).c()`: finds the operation at the bottom of a call or member, and lowers it
 * with the call as its last operand, as Solidity does.
 */
import type { Builder, Handler } from '../builder.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

/** What a node of kind `expression` holds; any other node itself. */
export function expressionIn(b: Builder, raw: number): number {
  return raw >= 0 && b.kindName(raw) === 'expression' ? (b.namedChildren(raw)[0] ?? raw) : raw;
}

/** What stands for an operation while the call that wrongly holds it is lowered: its last operand. */
const operands = new Map<number, number>();

/** What a call, member or index is applied to, or -1. */
function appliedTo(b: Builder, raw: number): number {
  switch (b.kindName(raw)) {
    case 'call_expression':
      return b.field(raw, 'function');
    case 'member_expression':
      return b.field(raw, 'object');
    case 'array_access':
      return b.field(raw, 'base');
    case 'struct_expression':
      return b.field(raw, 'type');
    default:
      return -1;
  }
}

/** The operation without parentheses at the bottom of `raw`, or -1. */
function operationIn(b: Builder, raw: number): number {
  let at = raw;
  for (let next = raw; next >= 0; next = appliedTo(b, at)) at = expressionIn(b, next);
  return at !== raw && /^(?:binary|unary)_expression$/.test(b.kindName(at)) ? at : -1;
}

/** Where a call or a member begins. */
export function startOf(b: Builder, raw: number): number {
  const operand = operands.get(operationIn(b, raw));
  return b.startOf(operand ?? raw);
}

/** Lowers the operation with the call as its last operand. */
export const mended =
  (handler: Handler): Handler =>
  (b, raw, role) => {
    const operation = operationIn(b, raw);
    if (operation < 0 || operands.has(operation)) {
      handler(b, raw, role);
      return;
    }
    const isBinary = b.kindName(operation) === 'binary_expression';
    const operand = b.field(operation, isBinary ? 'right' : 'argument');
    b.emit(isBinary ? Tag.Binary : Tag.Unary, intern(b.textOf(b.field(operation, 'operator'))), raw, role, () => {
      if (isBinary) b.lower(b.field(operation, 'left'), Role.Left);
      operands.set(operation, operand);
      try {
        handler(b, raw, isBinary ? Role.Right : Role.None);
      } finally {
        operands.delete(operation);
      }
    });
  };

/** An operation, or its last operand where it was mended. */
export const operation =
  (handler: Handler): Handler =>
  (b, raw, role) => {
    const operand = operands.get(raw);
    if (operand === undefined) handler(b, raw, role);
    else b.lower(operand, role);
  };
