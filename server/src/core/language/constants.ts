/**
 * Literal values that the code's text determines: literals, variables with one literal value, and string building
 * over those. Conservative: when in doubt there is no constant.
 */
import { internedText } from './interner.js';
import type { Names } from './names.js';
import { DECLARED } from './bindingEvents.js';
import { enclosingFunction } from './holders.js';
import { syntaxOf, traitsOf } from './registry.js';
import { Role, Tag } from './tags.js';
import { childrenOf, isAssignmentTarget, opOf, roleOf, tagOf, textOf, type SyntaxTree } from './tree.js';

export type Constant =
  | { readonly kind: 'string'; readonly value: string; /** The literal that says it, when it is one literal. */ readonly literal?: number }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

const MAX_DEPTH = 16;
const MAX_LENGTH = 10_000;
/** Assignments of a variable that are looked at when any of them may hold. */
const MAX_PATHS = 16;

const KEYWORDS: Readonly<Record<string, Constant>> = {
  true: { kind: 'boolean', value: true },
  false: { kind: 'boolean', value: false },
  none: { kind: 'null' },
  null: { kind: 'null' },
};

/** What a number literal says, `_` and suffixes aside; a leading zero makes it octal. NaN for anything else. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '');
  const digits = /^(?:0[xX][\da-fA-F]+|\d+)(?=[nuUlL]+$)/.exec(plain)?.[0] ?? plain;
  return /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
}

/** How a value joins a string where numbers do: whole ones as they are written in decimal. */
function printed(constant: Constant): string | undefined {
  if (constant.kind === 'string') return constant.value;
  return constant.kind === 'number' && Number.isSafeInteger(constant.value) ? String(constant.value) : undefined;
}

export interface Constants {
  /** @param propagate follow variables; without it only the expression itself counts */
  valueOf(node: number, propagate: boolean): Constant | undefined;
  /** Whether the text determines that the expression is a string, though maybe not which. */
  isString(node: number): boolean;
}

export function createConstants(tree: SyntaxTree, names: Names): Constants {
  const known = new Map<number, Constant | undefined>();
  const { globals: findGlobals } = syntaxOf(tree.grammar);
  let globals: ReadonlyMap<string, number> | undefined;

  function evaluate(node: number, propagate: boolean, depth: number): Constant | undefined {
    if (depth > MAX_DEPTH) return undefined;
    switch (tagOf(tree, node)) {
      case Tag.Str:
        return stringOf(node, propagate, depth);
      case Tag.Num: {
        const text = textOf(tree, node);
        const value = numberOf(text);
        return Number.isNaN(value) ? undefined : { kind: 'number', value, text };
      }
      case Tag.Const:
        return KEYWORDS[internedText(opOf(tree, node))];
      case Tag.Unary: {
        const [operand] = childrenOf(tree, node);
        if (operand === undefined || internedText(opOf(tree, node)) !== '-') return undefined;
        const inner = evaluate(operand, propagate, depth + 1);
        return inner?.kind === 'number' ? { kind: 'number', value: -inner.value, text: `-${inner.text}` } : undefined;
      }
      case Tag.Binary:
        return binary(node, propagate, depth);
      case Tag.Ident:
        return propagate ? variable(node, depth) : undefined;
      case Tag.Dot: {
        if (!propagate) return undefined;
        const global = findGlobals === undefined ? undefined : (globals ??= findGlobals(tree)).get(textOf(tree, node));
        if (global !== undefined) return evaluate(global, false, depth + 1);
        // `this.NAME`
        const [object, name] = childrenOf(tree, node);
        if (object === undefined || name === undefined || tagOf(tree, object) !== Tag.Const) return undefined;
        const value = names.scopes.memberValue(node, textOf(tree, name));
        return value === undefined ? undefined : evaluate(value, true, depth + 1);
      }
      case Tag.Cast: {
        const [inner] = childrenOf(tree, node);
        return inner === undefined ? undefined : evaluate(inner, propagate, depth + 1);
      }
      default:
        return undefined;
    }
  }

  function stringOf(node: number, propagate: boolean, depth: number): Constant | undefined {
    let value = '';
    for (const piece of childrenOf(tree, node)) {
      const tag = tagOf(tree, piece);
      if (tag === Tag.StrText) value += textOf(tree, piece);
      else {
        const [inner] = childrenOf(tree, piece);
        const part = inner === undefined ? undefined : evaluate(inner, propagate, depth + 1);
        // As Semgrep: only strings fold into strings; how a number prints is the program's business.
        if (part?.kind !== 'string') return undefined;
        value += part.value;
      }
      if (value.length > MAX_LENGTH) return undefined;
    }
    return { kind: 'string', value, literal: node };
  }

  function binary(node: number, propagate: boolean, depth: number): Constant | undefined {
    const [left, right] = childrenOf(tree, node);
    if (left === undefined || right === undefined) return undefined;
    const op = internedText(opOf(tree, node));
    if (op !== '+' && op !== '.' && op !== '-' && op !== '*' && op !== '/') return undefined;
    const a = evaluate(left, propagate, depth + 1);
    if (a === undefined) return undefined;
    const b = evaluate(right, propagate, depth + 1);
    if (b === undefined) return undefined;
    if ((op === '+' || op === '.') && a.kind === 'string' && b.kind === 'string') {
      const value = a.value + b.value;
      return value.length > MAX_LENGTH ? undefined : { kind: 'string', value };
    }
    if (coerces && op === '+' && (a.kind === 'string' || b.kind === 'string')) {
      const value = `${printed(a) ?? ''}${printed(b) ?? ''}`;
      return printed(a) === undefined || printed(b) === undefined || value.length > MAX_LENGTH ? undefined : { kind: 'string', value };
    }
    if (a.kind !== 'number' || b.kind !== 'number' || op === '.') return undefined;
    const value = op === '+' ? a.value + b.value : op === '-' ? a.value - b.value : op === '*' ? a.value * b.value : a.value / b.value;
    return Number.isFinite(value) ? { kind: 'number', value, text: String(value) } : undefined;
  }

  function variable(node: number, depth: number): Constant | undefined {
    const role = roleOf(tree, node);
    if (role === Role.Name || role === Role.Key || isAssignmentTarget(tree, node)) return undefined;
    const value = names.scopes.reaching(node, textOf(tree, node))?.value ?? -1;
    return value < 0 ? undefined : evaluate(value, true, depth + 1);
  }

  /** Answers, so that variables that are built from each other are looked at once; false while one is being found. */
  const strings = new Map<number, boolean>();

  function isString(node: number, depth: number): boolean {
    const known = strings.get(node);
    if (known !== undefined) return known;
    strings.set(node, false);
    const answer = looksLikeString(node, depth);
    strings.set(node, answer);
    return answer;
  }

  /** A choice between strings, a repeated string, a formatted one. */
  function looksLikeString(node: number, depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const all = (children: readonly number[]): boolean => children.length > 0 && children.every((child) => isString(child, depth + 1));
    if (self.valueOf(node, true)?.kind === 'string') return true;
    const children = childrenOf(tree, node);
    switch (tagOf(tree, node)) {
      case Tag.Ternary: {
        // Python says the condition second.
        const isCondition = (at: number): boolean => at === (conditionSecond ? 1 : 0);
        return all(children.filter((_, at) => !isCondition(at)));
      }
      case Tag.Binary: {
        const [left, right] = children;
        const op = internedText(opOf(tree, node));
        if (left === undefined || right === undefined) return false;
        if (op === '+') return all(children);
        if (op === '*') return isString(left, depth + 1) && self.valueOf(right, true)?.kind === 'number';
        // `a and "x" or "y"`
        if (op === 'or') return isString(right, depth + 1) && (isString(left, depth + 1) || lastOfAnd(left, depth));
        return false;
      }
      case Tag.Ident: {
        if (isAssignmentTarget(tree, node) || roleOf(tree, node) === Role.Name || roleOf(tree, node) === Role.Key) return false;
        const name = textOf(tree, node);
        const value = names.scopes.reaching(node, name)?.value ?? -1;
        if (value >= 0) return value < node && isString(value, depth + 1);
        // Whichever of its values it has.
        const own = names.scopes.bindingsIn(enclosingFunction(tree, node), name).filter((binding) => binding.value !== DECLARED);
        return (
          own.length > 1 &&
          own.length <= MAX_PATHS &&
          own.every((binding) => binding.value >= 0 && binding.value < node && isString(binding.value, depth + 1))
        );
      }
      case Tag.Call: {
        const [callee, args] = children;
        if (callee === undefined || args === undefined || !/^(?:java\.lang\.)?String\.format$/.test(textOf(tree, callee))) return false;
        return childrenOf(tree, args).every((argument) => self.valueOf(argument, true) !== undefined);
      }
      default:
        return false;
    }
  }

  function lastOfAnd(node: number, depth: number): boolean {
    const [, right] = childrenOf(tree, node);
    return (
      tagOf(tree, node) === Tag.Binary && internedText(opOf(tree, node)) === 'and' && right !== undefined && isString(right, depth + 1)
    );
  }

  const { conditionSecond, floats: coerces } = traitsOf(tree.grammar);
  const self: Constants = {
    isString: (node) => isString(node, 0),
    valueOf(node, propagate) {
      if (!propagate) return evaluate(node, false, 0);
      if (known.has(node)) return known.get(node);
      // Guards against cycles such as `a = a + "x"`: while being computed a node has no value.
      known.set(node, undefined);
      const value = evaluate(node, true, 0);
      known.set(node, value);
      return value;
    },
  };
  return self;
}
