/**
 * The expression language of `metavariable-comparison`: numbers, strings, lists, `and or not`, comparisons, `in`,
 * arithmetic, and the functions `int`, `float`, `str`, `len`, `re.match`. Parsed once; evaluation never throws.
 */
import { compileRegex } from '../model/regex.js';

export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'none' };

/** What a metavariable is worth; `undefined` when it has no literal value, and then the comparison does not hold. */
export type ValueOf = (metavariable: string, as: 'value' | 'text') => Value | undefined;

export type Comparison = (valueOf: ValueOf) => boolean;

type Expression = (valueOf: ValueOf) => Value | undefined;

export function parseComparison(
  source: string,
): { readonly comparison: Comparison; readonly metavariables: readonly string[] } | { readonly error: string; readonly at: number } {
  const tokens = tokenize(source);
  if ('error' in tokens) return tokens;
  let at = 0;
  const metavariables: string[] = [];
  class Failure extends Error {
    readonly offset: number;
    constructor(message: string, offset: number) {
      super(message);
      this.offset = offset;
    }
  }
  const peek = (): Token | undefined => tokens.list[at];
  const take = (text: string): boolean => {
    if (peek()?.text !== text || peek()?.kind === 'string') return false;
    at++;
    return true;
  };
  const expect = (text: string): void => {
    if (!take(text)) throw new Failure(`expected \`${text}\``, peek()?.at ?? source.length);
  };

  const or = (): Expression => {
    let left = and();
    while (take('or')) {
      const a = left;
      const b = and();
      left = (v) => (truthy(a(v)) ? TRUE : bool(truthy(b(v))));
    }
    return left;
  };
  const and = (): Expression => {
    let left = not();
    while (take('and')) {
      const a = left;
      const b = not();
      left = (v) => (truthy(a(v)) ? bool(truthy(b(v))) : FALSE);
    }
    return left;
  };
  const not = (): Expression => {
    if (!take('not')) return compare();
    const inner = not();
    return (v) => {
      const value = inner(v);
      return value === undefined ? undefined : bool(!truthy(value));
    };
  };
  const compare = (): Expression => {
    let left = sum();
    for (;;) {
      const op = peek()?.text ?? '';
      const negated = op === 'not';
      if (negated && tokens.list[at + 1]?.text === 'in') at++;
      else if (!['==', '!=', '<', '<=', '>', '>=', 'in'].includes(op) || peek()?.kind === 'string') return left;
      const name = peek()?.text ?? '';
      at++;
      const a = left;
      const b = sum();
      left = (v) => relate(negated ? 'not in' : name, a(v), b(v));
    }
  };
  const sum = (): Expression => {
    let left = product();
    for (;;) {
      const op = peek()?.kind === 'operator' ? peek()?.text : undefined;
      if (op !== '+' && op !== '-') return left;
      at++;
      const a = left;
      const b = product();
      left = (v) => arithmetic(op, a(v), b(v));
    }
  };
  const product = (): Expression => {
    let left = unary();
    for (;;) {
      const op = peek()?.kind === 'operator' ? peek()?.text : undefined;
      if (op !== '*' && op !== '/' && op !== '%' && op !== '**') return left;
      at++;
      const a = left;
      const b = unary();
      left = (v) => arithmetic(op, a(v), b(v));
    }
  };
  const unary = (): Expression => {
    if (!take('-')) return primary();
    const inner = unary();
    return (v) => arithmetic('-', { kind: 'number', value: 0 }, inner(v));
  };
  const primary = (): Expression => {
    const token = peek();
    if (token === undefined) throw new Failure('the expression ends too early', source.length);
    at++;
    if (token.kind === 'number') {
      const value: Value = { kind: 'number', value: Number(token.text) };
      return () => value;
    }
    if (token.kind === 'string') {
      const value: Value = { kind: 'string', value: token.text };
      return () => value;
    }
    if (token.kind === 'metavariable') {
      metavariables.push(token.text);
      return (v) => v(token.text, 'value');
    }
    if (token.text === '(') {
      const inner = or();
      expect(')');
      return inner;
    }
    if (token.text === '[') {
      const items: Expression[] = [];
      while (!take(']')) {
        items.push(or());
        if (!take(',')) {
          expect(']');
          break;
        }
      }
      return (v) => {
        const values = items.map((item) => item(v));
        return values.every((value) => value !== undefined) ? { kind: 'list', items: values } : undefined;
      };
    }
    if (token.text === 'True' || token.text === 'true') return () => TRUE;
    if (token.text === 'False' || token.text === 'false') return () => FALSE;
    if (token.text === 'None') return () => ({ kind: 'none' });
    const call = FUNCTIONS[token.text];
    if (call !== undefined && take('(')) {
      const args: Expression[] = [];
      const start = at;
      while (!take(')')) {
        args.push(or());
        if (!take(',')) {
          expect(')');
          break;
        }
      }
      const first = tokens.list[start];
      const textual = token.text === 'str' && first?.kind === 'metavariable' ? first.text : undefined;
      return (v) => {
        if (textual !== undefined) return v(textual, 'text');
        const values = args.map((arg) => arg(v));
        return values.every((value) => value !== undefined) ? call(values) : undefined;
      };
    }
    throw new Failure(`\`${token.text}\` is not known here`, token.at);
  };

  try {
    const expression = or();
    const rest = peek();
    if (rest !== undefined) return { error: `unexpected \`${rest.text}\``, at: rest.at };
    return { comparison: (v) => truthy(expression(v)), metavariables };
  } catch (error) {
    if (error instanceof Failure) return { error: error.message, at: error.offset };
    throw error;
  }
}

interface Token {
  readonly kind: 'number' | 'string' | 'metavariable' | 'name' | 'operator';
  readonly text: string;
  readonly at: number;
}

function tokenize(source: string): { readonly list: readonly Token[] } | { readonly error: string; readonly at: number } {
  const list: Token[] = [];
  const pattern =
    /\s+|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+)|(r?'(?:[^'\\]|\\[\s\S])*'|r?"(?:[^"\\]|\\[\s\S])*")|(\$[A-Z_0-9]+)|([A-Za-z_][\w.]*)|(\*\*|[=!<>]=|[<>+\-*/%()[\],])/y;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(source);
    if (found === null) return { error: `\`${source[at] ?? ''}\` does not belong here`, at };
    const [, number, string, metavariable, name, operator] = found;
    if (number !== undefined) list.push({ kind: 'number', text: number, at });
    else if (string !== undefined) {
      const raw = string.startsWith('r');
      const inner = string.slice(raw ? 2 : 1, -1);
      list.push({ kind: 'string', text: raw ? inner : inner.replaceAll(/\\(['"\\])/g, '$1'), at });
    } else if (metavariable !== undefined) list.push({ kind: 'metavariable', text: metavariable, at });
    else if (name !== undefined) list.push({ kind: 'name', text: name, at });
    else if (operator !== undefined) list.push({ kind: 'operator', text: operator, at });
  }
  return { list };
}

const TRUE: Value = { kind: 'boolean', value: true };
const FALSE: Value = { kind: 'boolean', value: false };

function bool(value: boolean): Value {
  return value ? TRUE : FALSE;
}

function truthy(value: Value | undefined): boolean {
  if (value === undefined || value.kind === 'none') return false;
  if (value.kind === 'boolean') return value.value;
  if (value.kind === 'number') return value.value !== 0;
  return value.kind === 'string' ? value.value !== '' : value.items.length > 0;
}

function relate(op: string, a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || b === undefined) return undefined;
  switch (op) {
    case '==':
      return bool(same(a, b));
    case '!=':
      return bool(!same(a, b));
    case 'in':
    case 'not in': {
      const holds =
        b.kind === 'list' ? b.items.some((item) => same(a, item)) : b.kind === 'string' && a.kind === 'string' && b.value.includes(a.value);
      return bool(holds === (op === 'in'));
    }
    default: {
      if (a.kind === 'number' && b.kind === 'number') return bool(order(op, a.value - b.value));
      if (a.kind === 'string' && b.kind === 'string') return bool(order(op, a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
      return undefined;
    }
  }
}

function order(op: string, difference: number): boolean {
  if (op === '<') return difference < 0;
  if (op === '<=') return difference <= 0;
  return op === '>' ? difference > 0 : difference >= 0;
}

function same(a: Value, b: Value): boolean {
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, i) => same(item, b.items[i] ?? { kind: 'none' }));
  if (a.kind === 'none' || b.kind === 'none' || a.kind === 'list' || b.kind === 'list') return a.kind === b.kind;
  return a.kind === b.kind && a.value === b.value;
}

function arithmetic(op: string, a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (op === '+' && a.kind === 'string' && b.kind === 'string') return { kind: 'string', value: a.value + b.value };
  if (a.kind !== 'number' || b.kind !== 'number') return undefined;
  const value =
    op === '+'
      ? a.value + b.value
      : op === '-'
        ? a.value - b.value
        : op === '*'
          ? a.value * b.value
          : op === '/'
            ? a.value / b.value
            : op === '%'
              ? a.value % b.value
              : a.value ** b.value;
  return { kind: 'number', value };
}

const FUNCTIONS: Readonly<Record<string, (args: readonly Value[]) => Value | undefined>> = {
  int: ([value]) => toNumber(value),
  float: ([value]) => toNumber(value),
  str: ([value]) =>
    value?.kind === 'string' ? value : value?.kind === 'number' ? { kind: 'string', value: String(value.value) } : undefined,
  len: ([value]) =>
    value?.kind === 'string'
      ? { kind: 'number', value: value.value.length }
      : value?.kind === 'list'
        ? { kind: 'number', value: value.items.length }
        : undefined,
  're.match': ([pattern, subject]) => {
    if (pattern?.kind !== 'string' || subject?.kind !== 'string') return undefined;
    const compiled = compileRegex(pattern.value, false);
    return 'error' in compiled ? undefined : bool(compiled.regex.matchesAtStart(subject.value) !== undefined);
  },
};

function toNumber(value: Value | undefined): Value | undefined {
  if (value?.kind === 'number') return value;
  if (value?.kind !== 'string' || value.value.trim() === '') return undefined;
  const number = Number(value.value);
  return Number.isNaN(number) ? undefined : { kind: 'number', value: number };
}
