/**
 * Branches that the text of a function decides: conditions over literals and over variables of the function that have one known value there. What a
 * module or a caller sets does not count: such a switch may be turned tomorrow, and a flow behind it is still there to be read.
 */
import type { Constant, Constants } from '../language/constants.js';
import { internedText } from '../language/interner.js';
import type { Names } from '../language/names.js';
import { enclosingFunction } from '../language/holders.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

export interface Decisions {
  /** Whether a condition always holds, or never; undefined where that is not known. */
  truthOf(condition: number): boolean | undefined;
  /** The value of an expression, where the function's own text says it. */
  valueOf(node: number): Constant | undefined;
  /** Whether a value is one of those that the pattern of a case names; undefined where that is not known. */
  fits(value: Constant, pattern: number): boolean | undefined;
}

const MAX_DEPTH = 16;

export function createDecisions(tree: SyntaxTree, names: Names, constants: Constants): Decisions {
  const yes = (value: boolean | undefined): Constant | undefined => (value === undefined ? undefined : { kind: 'boolean', value });

  function valueOf(node: number, depth: number): Constant | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const children = childrenOf(tree, node);
    const [first, second, third] = children;
    switch (tagOf(tree, node)) {
      case Tag.Ident:
        return variable(node, depth);
      case Tag.Unary: {
        const op = internedText(opOf(tree, node));
        const inner = first === undefined ? undefined : valueOf(first, depth + 1);
        if (op === 'not' || op === '!') return inner?.kind === 'boolean' ? yes(!inner.value) : undefined;
        return op === '-' && inner?.kind === 'number' ? numeric(-inner.value) : undefined;
      }
      case Tag.Binary:
        return first === undefined || second === undefined || third !== undefined
          ? undefined
          : binary(internedText(opOf(tree, node)), first, second, depth);
      case Tag.Index: {
        const text = first === undefined ? undefined : valueOf(first, depth + 1);
        const at = second === undefined || third !== undefined ? undefined : valueOf(second, depth + 1);
        if (text?.kind !== 'string' || at?.kind !== 'number' || !Number.isInteger(at.value)) return undefined;
        const character = text.value.at(at.value);
        return character === undefined ? undefined : { kind: 'string', value: character };
      }
      default:
        return constants.valueOf(node, false);
    }
  }

  /** A variable of the function around, whose value here is the last one written above. */
  function variable(node: number, depth: number): Constant | undefined {
    const func = enclosingFunction(tree, node);
    const name = textOf(tree, node);
    if (func < 0 || names.scopes.bindingsIn(func, name).length === 0) return undefined;
    const binding = names.scopes.reaching(node, name);
    if (binding === undefined || binding.value < 0 || tagOf(tree, binding.node) === Tag.Param) return undefined;
    return valueOf(binding.value, depth + 1);
  }

  function binary(op: string, left: number, right: number, depth: number): Constant | undefined {
    const a = valueOf(left, depth + 1);
    if (op === 'and' || op === '&&' || op === 'or' || op === '||') {
      const decides = op === 'or' || op === '||';
      if (a?.kind === 'boolean' && a.value === decides) return a;
      const b = valueOf(right, depth + 1);
      // Whatever the first part is, the second one decides.
      if (b?.kind === 'boolean' && b.value === decides) return b;
      return a?.kind === 'boolean' && b?.kind === 'boolean' ? yes(!decides) : undefined;
    }
    const b = a === undefined ? undefined : valueOf(right, depth + 1);
    if (a === undefined || b === undefined) return undefined;
    if (a.kind === 'number' && b.kind === 'number') return ofNumbers(op, a.value, b.value);
    if (a.kind === 'string' && b.kind === 'string') {
      if (op === 'in') return yes(b.value.includes(a.value));
      if (op === 'not in') return yes(!b.value.includes(a.value));
      if (op === '==' || op === '===') return yes(a.value === b.value);
      return op === '!=' || op === '!==' ? yes(a.value !== b.value) : undefined;
    }
    return undefined;
  }

  function ofNumbers(op: string, a: number, b: number): Constant | undefined {
    switch (op) {
      case '<':
        return yes(a < b);
      case '<=':
        return yes(a <= b);
      case '>':
        return yes(a > b);
      case '>=':
        return yes(a >= b);
      case '==':
      case '===':
        return yes(a === b);
      case '!=':
      case '!==':
        return yes(a !== b);
      case '+':
        return numeric(a + b);
      case '-':
        return numeric(a - b);
      case '*':
        return numeric(a * b);
      default:
        return undefined;
    }
  }

  function fits(value: Constant, pattern: number): boolean | undefined {
    const children = childrenOf(tree, pattern);
    const kind = tagOf(tree, pattern) === Tag.Other ? internedText(opOf(tree, pattern)) : '';
    if (/(?:^|\s)(?:default|_|else)$/.test(kind)) return true;
    if (kind.startsWith('union_pattern')) {
      const answers = children.map((child) => fits(value, child));
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    }
    if (kind.startsWith('case_pattern')) return children.length === 1 ? fits(value, children[0] as number) : undefined;
    // A bare name takes anything, or is a constant from elsewhere.
    const own = constants.valueOf(pattern, false);
    if (own === undefined || own.kind !== value.kind || own.kind === 'null' || value.kind === 'null') return undefined;
    return own.value === value.value;
  }

  return {
    truthOf(condition) {
      const inner = tagOf(tree, condition) === Tag.Keyword ? firstChildWithRole(tree, condition, Role.Value) : condition;
      // A word alone (`if True:`) stands in for a condition that somebody will write.
      const value = inner < 0 || tagOf(tree, inner) === Tag.Const ? undefined : valueOf(inner, 0);
      return value?.kind === 'boolean' ? value.value : undefined;
    },
    valueOf: (node) => valueOf(node, 0),
    fits,
  };
}

function numeric(value: number): Constant | undefined {
  return Number.isFinite(value) ? { kind: 'number', value, text: String(value) } : undefined;
}
