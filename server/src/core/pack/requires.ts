/**
 * The small language of `requires:` in taint rules: labels combined with `and`, `or`, `not` and parentheses, and the constants `True` and
 * `False`. Bounded in length and nesting, since rules are untrusted.
 */
import type { TaintRequires } from './rule.js';

/** Where an expression is wrong, as an offset in its text. */
export interface RequiresError {
  readonly error: string;
  readonly at: number;
}

const MAX_LENGTH = 2_000;
const MAX_DEPTH = 32;

export function readRequires(text: string): TaintRequires | RequiresError {
  if (text.length > MAX_LENGTH) return { error: `longer than ${MAX_LENGTH} characters`, at: 0 };
  const tokens = [...text.matchAll(/[A-Za-z_]\w*|[()]|\S/g)];
  let next = 0;
  const textAt = (): string | undefined => tokens[next]?.[0];
  const place = (): number => tokens[next]?.index ?? text.length;

  const chain = (
    kind: 'and' | 'or',
    operand: (depth: number) => TaintRequires | RequiresError,
    depth: number,
  ): TaintRequires | RequiresError => {
    const operands: TaintRequires[] = [];
    for (;;) {
      const one = operand(depth);
      if ('error' in one) return one;
      operands.push(one);
      if (textAt() !== kind) break;
      next++;
    }
    const [only, second] = operands;
    return only !== undefined && second === undefined ? only : { kind, operands };
  };
  const or = (depth: number): TaintRequires | RequiresError =>
    depth > MAX_DEPTH ? { error: `nested more than ${MAX_DEPTH} deep`, at: place() } : chain('or', and, depth);
  const and = (depth: number): TaintRequires | RequiresError => chain('and', not, depth);
  const not = (depth: number): TaintRequires | RequiresError => {
    let negations = 0;
    for (; textAt() === 'not'; next++) negations++;
    const operand = atom(depth);
    if ('error' in operand) return operand;
    return negations % 2 === 0 ? operand : { kind: 'not', operand };
  };
  const atom = (depth: number): TaintRequires | RequiresError => {
    const at = place();
    const token = textAt();
    next++;
    if (token === '(') {
      const inner = or(depth + 1);
      if ('error' in inner) return inner;
      if (textAt() !== ')') return { error: 'a parenthesis is not closed', at: place() };
      next++;
      return inner;
    }
    if (token === 'True' || token === 'False') return { kind: 'constant', value: token === 'True' };
    if (token !== undefined && /^[A-Za-z_]/.test(token) && token !== 'and' && token !== 'or') return { kind: 'label', label: token };
    return { error: 'write labels with `and`, `or`, `not` and parentheses, such as `A and not B`', at };
  };

  const whole = or(0);
  if ('error' in whole) return whole;
  return next < tokens.length
    ? { error: 'write labels with `and`, `or`, `not` and parentheses, such as `A and not B`', at: place() }
    : whole;
}
