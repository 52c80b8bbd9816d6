/**
 * Values of the comparison language and what its operators and functions make of them, as Semgrep's evaluator does: types are
 * never converted silently, `and`, `or` and `not` want booleans, integers have 64 bits. `undefined` means that an
 * operation does not apply, and then the whole comparison does not hold.
 */
import { compileRegex, type RegexBudget } from '../model/regex.js';

export type Value =
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  /** Code without a value that the text determines: only `str()` can read it. */
  | { readonly kind: 'code'; readonly text: string };

export function bool(value: boolean): Value {
  return { kind: 'boolean', value };
}

export function int(value: bigint): Value {
  return { kind: 'int', value: BigInt.asIntN(64, value) };
}

export function float(value: number): Value {
  return { kind: 'float', value };
}

export function negated(value: Value): Value | undefined {
  if (value.kind === 'int') return int(-value.value);
  return value.kind === 'float' ? float(-value.value) : undefined;
}

export function binary(op: string, a: Value, b: Value): Value | undefined {
  if (a.kind === 'code' || b.kind === 'code') return undefined;
  switch (op) {
    case 'and':
    case 'or':
      if (a.kind !== 'boolean' || b.kind !== 'boolean') return undefined;
      return bool(op === 'and' ? a.value && b.value : a.value || b.value);
    case '==':
      return bool(same(a, b));
    case '!=':
      return bool(!same(a, b));
    case 'in':
    case 'not in': {
      const listed = b.kind === 'list' || (a.kind === 'string' && b.kind === 'string');
      return bool(listed && contains(a, b) === (op === 'in'));
    }
    case '+':
      // Of texts it is ours: elsewhere such a comparison has no value.
      return a.kind === 'string' && b.kind === 'string' ? { kind: 'string', value: a.value + b.value } : numeric(op, a, b);
    default:
      return numeric(op, a, b);
  }
}

function contains(a: Value, b: Value): boolean {
  if (b.kind === 'list') return b.items.some((item) => item.kind === a.kind && same(item, a));
  return a.kind === 'string' && b.kind === 'string' && b.value.includes(a.value);
}

function same(a: Value, b: Value): boolean {
  if (a.kind === 'int' && b.kind === 'float') return Number(a.value) === b.value;
  if (a.kind === 'float' && b.kind === 'int') return a.value === Number(b.value);
  if (a.kind === 'list' && b.kind === 'list') {
    const others = b.items;
    return a.items.length === others.length && a.items.every((item, at) => same(item, others[at] as Value));
  }
  if (a.kind === 'code' || b.kind === 'code' || a.kind === 'list' || b.kind === 'list') return false;
  return a.kind === b.kind && a.value === b.value;
}

function numeric(op: string, a: Value, b: Value): Value | undefined {
  if ((a.kind !== 'int' && a.kind !== 'float') || (b.kind !== 'int' && b.kind !== 'float')) return undefined;
  if (a.kind === 'int' && b.kind === 'int') return ordered(op, a.value, b.value) ?? ofIntegers(op, a.value, b.value);
  const [x, y] = [Number(a.value), Number(b.value)];
  return ordered(op, x, y) ?? ofFloats(op, x, y);
}

function ordered(op: string, a: number | bigint, b: number | bigint): Value | undefined {
  switch (op) {
    case '<':
      return bool(a < b);
    case '<=':
      return bool(a <= b);
    case '>':
      return bool(a > b);
    case '>=':
      return bool(a >= b);
    default:
      return undefined;
  }
}

function ofIntegers(op: string, a: bigint, b: bigint): Value | undefined {
  switch (op) {
    case '+':
      return int(a + b);
    case '-':
      return int(a - b);
    case '*':
      return int(a * b);
    case '/':
      return b === 0n ? undefined : int(a / b);
    case '%':
      return b === 0n ? undefined : int(a % b);
    case '**':
      return power(a, b);
    case '&':
      return int(a & b);
    case '|':
      return int(a | b);
    case '^':
      return int(a ^ b);
    default:
      return undefined;
  }
}

/** By squaring, with 64 bits at every step: the exponent may be any number of a scanned file. */
function power(base: bigint, exponent: bigint): Value | undefined {
  if (exponent < 0n) return undefined;
  let result = 1n;
  let factor = BigInt.asIntN(64, base);
  for (let left = BigInt.asUintN(64, exponent); left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = BigInt.asIntN(64, result * factor);
    factor = BigInt.asIntN(64, factor * factor);
  }
  return int(result);
}

function ofFloats(op: string, a: number, b: number): Value | undefined {
  switch (op) {
    case '+':
      return float(a + b);
    case '-':
      return float(a - b);
    case '*':
      return float(a * b);
    case '/':
      return float(a / b);
    case '%':
      return float(a % b);
    case '**':
      return float(a ** b);
    default:
      return undefined;
  }
}

function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'boolean':
    case 'int':
      return String(value.value);
    case 'float':
      return Number.isInteger(value.value) ? `${value.value}.` : String(value.value);
    case 'string':
      return value.value;
    case 'code':
      return value.text;
    case 'list':
      return undefined;
  }
}

/** Functions by name, with how many arguments each takes. `re.match` is read by the parser: its expression is compiled once. */
export const FUNCTIONS: Readonly<
  Record<string, { readonly arity: number; readonly call: (...args: readonly Value[]) => Value | undefined }>
> = {
  int: { arity: 1, call: (value) => (value === undefined ? undefined : toInteger(value)) },
  float: { arity: 1, call: (value) => (value === undefined ? undefined : toFloat(value)) },
  str: {
    arity: 1,
    call: (value) => {
      const text = value === undefined ? undefined : textOf(value);
      return text === undefined ? undefined : { kind: 'string', value: text };
    },
  },
  len: {
    arity: 1,
    call: (value) =>
      value?.kind === 'string'
        ? int(BigInt([...value.value].length))
        : value?.kind === 'list'
          ? int(BigInt(value.items.length))
          : undefined,
  },
  today: { arity: 0, call: () => float(Date.now() / 1000) },
  strptime: { arity: 1, call: (value) => (value?.kind === 'string' ? dateOf(value.value) : undefined) },
  parse_promql_duration: { arity: 1, call: (value) => (value?.kind === 'string' ? durationOf(value.value) : undefined) },
};

/** What `re.match` asks: from the beginning of the text. */
export function matcherOf(source: string): ((value: Value, budget: RegexBudget) => Value | undefined) | { readonly error: string } {
  const compiled = compileRegex(source, false);
  if ('error' in compiled) return compiled;
  return (value, budget) => (value.kind === 'string' ? bool(compiled.regex.matchesAtStart(value.value, budget) !== undefined) : undefined);
}

function toInteger(value: Value): Value | undefined {
  if (value.kind === 'int') return value;
  if (value.kind !== 'string') return undefined;
  const found = /^\s*([+-]?)(0[xXoObB])?([0-9a-fA-F_]+)\s*$/.exec(value.value);
  const digits = found?.[3]?.replaceAll('_', '') ?? '';
  const prefix = found?.[2]?.toLowerCase() ?? '';
  const fits =
    prefix === '0x' ? true : prefix === '0o' ? /^[0-7]+$/.test(digits) : prefix === '0b' ? /^[01]+$/.test(digits) : /^\d+$/.test(digits);
  if (digits === '' || digits.length > 100 || !fits) return undefined;
  const magnitude = BigInt(prefix + digits);
  // What 64 bits do not hold has no value, as in Semgrep.
  if (magnitude > 0x7fff_ffff_ffff_ffffn) return undefined;
  return int(found?.[1] === '-' ? -magnitude : magnitude);
}

function toFloat(value: Value): Value | undefined {
  if (value.kind === 'float') return value;
  if (value.kind === 'int') return float(Number(value.value));
  if (value.kind !== 'string' || value.value.trim() === '') return undefined;
  const number = Number(value.value);
  return Number.isNaN(number) ? undefined : float(number);
}

/** `yyyy-mm-dd`, local midnight, in seconds. */
function dateOf(text: string): Value | undefined {
  const found = /^(\d{1,4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? float(date.getTime() / 1000) : undefined;
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** `1d12h` in milliseconds. */
function durationOf(text: string): Value | undefined {
  if (!/^(?:\d{1,12}(?:ms|[smhdwy]))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(count) * (DURATION_UNITS[unit ?? ''] ?? 0);
  return int(BigInt(sum));
}
