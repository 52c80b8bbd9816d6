/**
 * The expression language of `metavariable-comparison`, a small part of Python: literals, lists, metavariables, arithmetic, bits,
 * comparisons, `in`, `and or not`, and a few functions. Parsed once; evaluation never throws. What Semgrep's evaluator
 * does not know is refused when the rule is read.
 */
import type { RegexBudget } from '../model/regex.js';
import { binary, bool, float, FUNCTIONS, int, matcherOf, negated, type Value } from './values.js';

export interface Given {
  /** What a metavariable is worth; `undefined` when it is not bound, and then the comparison does not hold. */
  readonly valueOf: (metavariable: string) => Value | undefined;
  readonly budget: RegexBudget;
}

export type Comparison = (given: Given) => boolean;

type Expression = (given: Given) => Value | undefined;

export type ComparisonResult =
  | { readonly comparison: Comparison }
  | { readonly error: string; /** Offset in the source. */ readonly at: number };

class Failure extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Binary operators that are read left to right, the loosest first; `not` and comparisons stand between `and` and `|`. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['+', '-'], ['*', '/', '%']];
const RELATIONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not']);
const MAX_DEPTH = 100;

export function parseComparison(source: string): ComparisonResult {
  try {
    const expression = parse(source, tokenize(source));
    return {
      comparison: (given) => {
        const value = expression(given);
        return value?.kind === 'boolean' && value.value;
      },
    };
  } catch (error) {
    if (error instanceof Failure) return { error: error.message, at: error.offset };
    throw error;
  }
}

function parse(source: string, tokens: readonly Token[]): Expression {
  let at = 0;
  let depth = 0;
  const peek = (): Token | undefined => tokens[at];
  const isNext = (text: string): boolean => peek()?.text === text && peek()?.kind !== 'string';
  const take = (text: string): boolean => {
    if (!isNext(text)) return false;
    at++;
    return true;
  };
  const expect = (text: string): void => {
    if (!take(text)) throw new Failure(`expected \`${text}\``, peek()?.at ?? source.length);
  };
  const both =
    (op: string, left: Expression, right: Expression): Expression =>
    (given) => {
      // Both sides count, as in Semgrep: where one has no value the whole has none.
      const a = left(given);
      const b = right(given);
      return a === undefined || b === undefined ? undefined : binary(op, a, b);
    };

  const or = (): Expression => {
    if (++depth > MAX_DEPTH) throw new Failure('nested too deeply', peek()?.at ?? source.length);
    let left = and();
    while (take('or')) left = both('or', left, and());
    depth--;
    return left;
  };
  const and = (): Expression => {
    let left = not();
    while (take('and')) left = both('and', left, not());
    return left;
  };
  const not = (): Expression => {
    let times = 0;
    while (take('not')) times++;
    let inner = compare();
    for (; times > 0; times--) {
      const operand = inner;
      inner = (given) => {
        const value = operand(given);
        return value?.kind === 'boolean' ? bool(!value.value) : undefined;
      };
    }
    return inner;
  };
  const relation = (): string | undefined => {
    const token = peek();
    if (token === undefined || token.kind === 'string' || !RELATIONS.has(token.text)) return undefined;
    at++;
    if (token.text !== 'not') return token.text;
    expect('in');
    return 'not in';
  };
  const compare = (): Expression => {
    const left = level(0);
    const op = relation();
    if (op === undefined) return left;
    const whole = both(op, left, level(0));
    const second = peek();
    if (relation() !== undefined)
      throw new Failure('a chain of comparisons has no value here: join two comparisons with `and`', second?.at ?? 0);
    return whole;
  };
  const level = (index: number): Expression => {
    const operators = LEVELS[index];
    if (operators === undefined) return unary();
    let left = level(index + 1);
    for (;;) {
      const op = operators.find(isNext);
      if (op === undefined) return left;
      at++;
      left = both(op, left, level(index + 1));
    }
  };
  const unary = (): Expression => {
    const op = ['-', '+', '~'].find(isNext);
    if (op === undefined) return raised();
    if (++depth > MAX_DEPTH) throw new Failure('nested too deeply', peek()?.at ?? source.length);
    at++;
    const inner = unary();
    depth--;
    return (given) => {
      const value = inner(given);
      if (value === undefined) return undefined;
      if (op === '~') return value.kind === 'int' ? int(~value.value) : undefined;
      return op === '-' ? negated(value) : value.kind === 'int' || value.kind === 'float' ? value : undefined;
    };
  };
  const raised = (): Expression => {
    const base = primary();
    return take('**') ? both('**', base, unary()) : base;
  };
  const listUntil = (close: string): Expression[] => {
    const items: Expression[] = [];
    while (!take(close)) {
      items.push(or());
      if (take(',')) continue;
      expect(close);
      break;
    }
    return items;
  };
  const call = (name: Token): Expression => {
    expect('(');
    if (name.text === 're.match') {
      const pattern = peek();
      if (pattern?.kind !== 'string') throw new Failure('`re.match` needs its expression as a text first', pattern?.at ?? source.length);
      at++;
      expect(',');
      const [subject, extra] = listUntil(')');
      if (subject === undefined || extra !== undefined) throw new Failure('`re.match` takes an expression and a value', name.at);
      const matcher = matcherOf(pattern.text);
      if ('error' in matcher) throw new Failure(matcher.error, pattern.at);
      return (given) => {
        const value = subject(given);
        return value === undefined ? undefined : matcher(value, given.budget);
      };
    }
    const known = FUNCTIONS[name.text];
    if (known === undefined)
      throw new Failure(
        `\`${name.text}\` is not a function here; there are ${[...Object.keys(FUNCTIONS), 're.match'].join(', ')}`,
        name.at,
      );
    const args = listUntil(')');
    if (args.length !== known.arity)
      throw new Failure(`\`${name.text}\` takes ${known.arity} argument${known.arity === 1 ? '' : 's'}`, name.at);
    return (given) => {
      const values = args.map((arg) => arg(given));
      return values.every((value) => value !== undefined) ? known.call(...values) : undefined;
    };
  };
  const primary = (): Expression => {
    const token = peek();
    if (token === undefined) throw new Failure('the expression ends too early', source.length);
    at++;
    switch (token.kind) {
      case 'number': {
        const value = numberOf(token);
        return () => value;
      }
      case 'string': {
        const value: Value = { kind: 'string', value: token.text };
        return () => value;
      }
      case 'metavariable':
        return (given) => given.valueOf(token.text);
      case 'name':
        if (/^[Tt]rue$/.test(token.text)) return () => bool(true);
        if (/^[Ff]alse$/.test(token.text)) return () => bool(false);
        if (isNext('(')) return call(token);
        break;
      case 'operator':
        if (token.text === '(') {
          const inner = or();
          expect(')');
          return inner;
        }
        if (token.text === '[') {
          const items = listUntil(']');
          return (given) => {
            const values = items.map((item) => item(given));
            return values.every((value) => value !== undefined) ? { kind: 'list', items: values } : undefined;
          };
        }
    }
    throw new Failure(`\`${token.text}\` is not known here`, token.at);
  };

  const expression = or();
  const rest = peek();
  if (rest !== undefined) throw new Failure(`unexpected \`${rest.text}\``, rest.at);
  return expression;
}

function numberOf(token: Token): Value {
  const text = token.text.replaceAll('_', '');
  if (/^\d+$|^0[xXoObB]/.test(text)) {
    // Python 2's octal, `0777`, and everything with a prefix.
    return int(BigInt(/^0\d+$/.test(text) ? (/^[0-7]+$/.test(text) ? `0o${text.slice(1)}` : text.replace(/^0+(?=\d)/, '')) : text));
  }
  return float(Number(text));
}

interface Token {
  readonly kind: 'number' | 'string' | 'metavariable' | 'name' | 'operator';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /[\s\\]+|(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)|(r?'(?:[^'\\]|\\[\s\S])*'|r?"(?:[^"\\]|\\[\s\S])*")|(\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\d+)|([A-Za-z_][\w.]*)|(\*\*|[=!<>]=|[<>+\-*/%()[\],&|^~])/y;

function tokenize(source: string): readonly Token[] {
  const list: Token[] = [];
  const pattern = new RegExp(TOKEN.source, 'y');
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(source);
    if (found === null) throw new Failure(`\`${source[at] ?? ''}\` does not belong here`, at);
    const [, number, string, metavariable, name, operator] = found;
    if (number !== undefined) list.push({ kind: 'number', text: number, at });
    else if (string !== undefined) list.push({ kind: 'string', text: contentOf(string), at });
    else if (metavariable !== undefined) list.push({ kind: 'metavariable', text: metavariable, at });
    else if (name !== undefined) list.push({ kind: 'name', text: name, at });
    else if (operator !== undefined) list.push({ kind: 'operator', text: operator, at });
  }
  return list;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/** Other escapes stay as they are, so that expressions such as `"\d+"` need no doubled backslash. */
function contentOf(literal: string): string {
  if (literal.startsWith('r')) return literal.slice(2, -1);
  return literal.slice(1, -1).replaceAll(/\\([\s\S])/g, (whole, char: string) => ESCAPES[char] ?? whole);
}
