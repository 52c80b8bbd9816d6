/**
 * Evaluates a rule's formula over one file: which ranges survive `and`, `or`, `not`, `inside` and the questions about
 * metavariables. Semantics follow Semgrep's documentation and observed behaviour of its search mode:
 * conjunction keeps the smaller of two nested ranges with both environments; `pattern-not` removes equal ranges,
 * `pattern-not-inside` enclosed ones, `pattern-not-regex` any range that encloses or is enclosed by the match.
 */
import type { Constants } from '../language/constants.js';
import { Tag } from '../language/tags.js';
import { nextOf, tagOf, type SyntaxTree } from '../language/tree.js';
import { bindingsOf, lookup, sameValue, sourceOfValue, spanOfValue, type BoundValue, type Env } from '../matching/bindings.js';
import type { Match } from '../matching/matcher.js';
import type { TextRegex } from '../model/regex.js';
import type { Value } from './comparison.js';
import type { CompiledCondition, CompiledFormula } from './compiled.js';
import { indexEnclosing } from './enclosing.js';

export interface FormulaContext {
  readonly text: string;
  /** Only what lies in here counts: the extent of a metavariable, or the whole file. */
  readonly region: { readonly start: number; readonly end: number };
  /** Undefined for text languages. */
  readonly tree: SyntaxTree | undefined;
  readonly constants: Constants | undefined;
  /** Matches of the program's pattern `index` in the whole file. */
  readonly matchesOf: (index: number) => readonly Match[];
  /** Matches inside the given subtrees, starting from what is bound already. */
  readonly matchesWithin: (index: number, tree: SyntaxTree, nodes: readonly number[], env: Env | undefined) => readonly Match[];
  /** Parses text in the rule's own grammar and returns a context for it; undefined when it is not code. */
  readonly reparse: ((text: string, env: Env | undefined) => FormulaContext | undefined) | undefined;
  /** What regular expressions found in the whole of `text`, by their source: several rules ask the same. */
  readonly regexRanges: Map<string, readonly FormulaRange[]>;
  readonly expired: () => boolean;
}

type Kind = 'plain' | 'inside' | 'regex';

export interface FormulaRange extends Match {
  readonly kind: Kind;
}

const MAX_RANGES = 20_000;
const MAX_REGEX_MATCHES = 10_000;

/** Sorted, without duplicates of the same extent. */
export function evaluateRule(formula: CompiledFormula, context: FormulaContext): Match[] {
  const ranges = evaluate(formula, context).toSorted((a, b) => a.start - b.start || a.end - b.end);
  const seen = new Set<string>();
  return ranges.filter((range) => {
    const key = `${range.start}:${range.end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function evaluate(formula: CompiledFormula, context: FormulaContext): readonly FormulaRange[] {
  switch (formula.kind) {
    case 'pattern':
      return context.matchesOf(formula.index).map((match) => ({ ...match, kind: 'plain' }));
    case 'regex':
      return regexRanges(formula.regex, context);
    case 'inside':
      return evaluate(formula.child, context).map((range) => ({ ...range, kind: 'inside' }));
    case 'or':
      return formula.children.flatMap((child) => evaluate(child, context));
    case 'and':
      return conjunction(formula, context);
  }
}

function conjunction(formula: CompiledFormula & { readonly kind: 'and' }, context: FormulaContext): readonly FormulaRange[] {
  const evaluated: (readonly FormulaRange[])[] = [];
  for (const at of formula.cheapestFirst) {
    const ranges = evaluate(formula.positive[at] as CompiledFormula, context);
    if (ranges.length === 0) return [];
    evaluated[at] = ranges;
  }
  const selected = evaluated.filter((ranges) => ranges[0]?.kind !== 'inside');
  const insides = evaluated.filter((ranges) => ranges[0]?.kind === 'inside');
  const [first, ...rest] = [...selected, ...insides];
  let ranges = first ?? [{ ...context.region, env: undefined, kind: 'plain' as const }];
  for (const other of rest) {
    ranges = intersect(ranges, other);
    if (ranges.length === 0 || context.expired()) return [];
  }
  // Questions that only look at what is bound go first: they are cheap, and bind nothing that a negation could see.
  const [quick, slow] = [formula.conditions.filter(isQuick), formula.conditions.filter((condition) => !isQuick(condition))];
  for (const condition of quick) ranges = ranges.flatMap((range) => holds(condition, range, context));
  for (const child of formula.negative) {
    if (ranges.length === 0) return [];
    ranges = difference(ranges, evaluate(child, context));
  }
  for (const condition of slow) {
    if (context.expired()) return [];
    ranges = ranges.flatMap((range) => holds(condition, range, context));
  }
  return formula.focus.length === 0 ? ranges : focusOn(ranges, formula.focus);
}

function isQuick(condition: CompiledCondition): boolean {
  return (
    condition.kind === 'comparison' ||
    (condition.kind === 'regex' && !condition.regex.source.includes('(?<') && !condition.regex.source.includes('(?P<'))
  );
}

// ---- ranges

function intersect(xs: readonly FormulaRange[], ys: readonly FormulaRange[]): FormulaRange[] {
  const result: FormulaRange[] = [];
  const seen = new Set<FormulaRange>();
  /** @param b encloses `a` */
  const add = (a: FormulaRange, b: FormulaRange): void => {
    if (a.kind === 'inside' && b.kind !== 'inside') return;
    const env = merge(a.env, b.env);
    if (env === CONFLICT) return;
    const merged: FormulaRange = env === a.env ? a : { ...a, env };
    // Enclosed by several ranges with nothing new bound: once is enough.
    if (seen.has(merged) || result.length >= MAX_RANGES) return;
    seen.add(merged);
    result.push(merged);
  };
  const aroundXs = indexEnclosing(ys);
  for (const x of xs) for (const y of aroundXs.enclosing(x)) add(x, y);
  const aroundYs = indexEnclosing(xs);
  for (const y of ys) for (const x of aroundYs.enclosing(y)) if (x.start !== y.start || x.end !== y.end || x.kind !== y.kind) add(y, x);
  return result;
}

const CONFLICT = Symbol('conflict');

/** `a` extended by what only `b` binds; CONFLICT when they disagree. Regular-expression groups (`$1`) never disagree. */
function merge(a: Env | undefined, b: Env | undefined): Env | undefined | typeof CONFLICT {
  if (a === b || b === undefined) return a;
  let env = a;
  for (const [name, value] of bindingsOf(b)) {
    const own = lookup(a, name);
    if (own === undefined) env = { name, value, next: env };
    else if (!/^\$\d+$/.test(name) && !sameValue(own, value)) return CONFLICT;
  }
  return env;
}

function enclosed(a: FormulaRange, b: FormulaRange): boolean {
  return a.start >= b.start && a.end <= b.end && merge(a.env, b.env) !== CONFLICT;
}

function difference(ranges: readonly FormulaRange[], negative: readonly FormulaRange[]): FormulaRange[] {
  if (negative.length === 0) return [...ranges];
  const around = indexEnclosing(negative);
  const regexes = negative.filter((other) => other.kind === 'regex');
  return ranges.filter(
    (range) =>
      !around
        .enclosing(range)
        .some((other) => (other.kind !== 'plain' || (range.start === other.start && range.end === other.end)) && enclosed(range, other)) &&
      !regexes.some((other) => enclosed(other, range)),
  );
}

function focusOn(ranges: readonly FormulaRange[], groups: readonly (readonly string[])[]): FormulaRange[] {
  const result: FormulaRange[] = [];
  for (const range of ranges) {
    let focused: FormulaRange[] | undefined;
    for (const group of groups) {
      const spans = group.flatMap((name) => {
        const value = lookup(range.env, name);
        if (value === undefined) return [];
        // What is focused on must lie in the range that survived, or around it.
        const span = narrow(value);
        if (span.start >= range.start && span.end <= range.end) return [{ ...range, ...span, kind: 'plain' as const }];
        return range.start >= span.start && range.end <= span.end ? [{ ...range, kind: 'plain' as const }] : [];
      });
      focused = focused === undefined ? spans : intersect(focused, spans);
    }
    result.push(...(focused ?? []));
  }
  return result;
}

function narrow(value: BoundValue): { readonly start: number; readonly end: number } {
  const { start, end } = spanOfValue(value);
  return { start, end };
}

function regexRanges(regex: TextRegex, context: FormulaContext): readonly FormulaRange[] {
  const { start, end } = context.region;
  const whole = start === 0 && end === context.text.length;
  const known = whole ? context.regexRanges.get(regex.source) : undefined;
  if (known !== undefined) return known;
  const ranges = findRegexRanges(regex, context);
  if (whole) context.regexRanges.set(regex.source, ranges);
  return ranges;
}

function findRegexRanges(regex: TextRegex, context: FormulaContext): FormulaRange[] {
  const { start, end } = context.region;
  const text = start === 0 && end === context.text.length ? context.text : context.text.slice(start, end);
  const ranges: FormulaRange[] = [];
  let from = 0;
  while (from <= text.length && ranges.length < MAX_REGEX_MATCHES && !context.expired()) {
    const found = regex.find(text, from);
    if (found === undefined) break;
    ranges.push({
      start: start + found.start,
      end: start + found.end,
      env: captures(found.groups, found.named, start + found.start, start + found.end, undefined),
      kind: 'regex',
    });
    from = found.end > found.start ? found.end : found.end + 1;
  }
  return ranges;
}

function captures(
  groups: readonly (string | undefined)[],
  named: Readonly<Record<string, string | undefined>>,
  start: number,
  end: number,
  env: Env | undefined,
): Env | undefined {
  let result = env;
  for (let i = 1; i < groups.length; i++) {
    const text = groups[i];
    if (text !== undefined) result = { name: `$${i}`, value: { kind: 'text', text, start, end }, next: result };
  }
  for (const [name, text] of Object.entries(named)) {
    if (text !== undefined) result = { name: `$${name}`, value: { kind: 'text', text, start, end }, next: result };
  }
  return result;
}

// ---- questions about metavariables

/** The range itself, perhaps with more bound; nothing when the condition does not hold. */
function holds(condition: CompiledCondition, range: FormulaRange, context: FormulaContext): FormulaRange[] {
  switch (condition.kind) {
    case 'regex': {
      const value = lookup(range.env, condition.metavariable);
      if (value === undefined) return [];
      const text = (condition.constantPropagation ? constantText(value, context) : undefined) ?? sourceOfValue(value, context.text);
      const found = condition.regex.matchesAtStart(text);
      if (found === undefined) return [];
      const span = narrow(value);
      const env = captures(found.groups, found.named, span.start, span.end, range.env);
      return [env === range.env ? range : { ...range, env }];
    }
    case 'comparison':
      return condition.comparison((name, as) => valueOf(name, as, condition, range, context)) ? [range] : [];
    case 'pattern':
      return nested(condition, range, context);
  }
}

function constantText(value: BoundValue, context: FormulaContext): string | undefined {
  if (value.kind !== 'node') return value.kind === 'text' ? value.text : undefined;
  const constant = context.constants?.valueOf(value.node, true);
  return constant?.kind === 'string' ? constant.value : constant?.kind === 'number' ? constant.text : undefined;
}

function valueOf(
  name: string,
  as: 'value' | 'text',
  condition: CompiledCondition & { readonly kind: 'comparison' },
  range: FormulaRange,
  context: FormulaContext,
): Value | undefined {
  const bound = lookup(range.env, name);
  if (bound === undefined) return undefined;
  const source = sourceOfValue(bound, context.text);
  if (as === 'text') return { kind: 'string', value: constantText(bound, context) ?? source };
  const parse = (text: string): Value | undefined => {
    const digits = text.trim().replaceAll('_', '');
    const value = condition.base === undefined ? Number(digits) : Number.parseInt(digits.replace(/^0[xXoObB]/, ''), condition.base);
    return digits === '' || Number.isNaN(value) ? undefined : { kind: 'number', value };
  };
  if (bound.kind === 'text')
    return condition.strip || condition.base !== undefined
      ? parse(bound.text)
      : bound.text.trim() !== '' && /^\$\d/.test(name)
        ? (parse(bound.text) ?? { kind: 'string', value: bound.text })
        : { kind: 'string', value: bound.text };
  if (bound.kind !== 'node') return undefined;
  const constant = context.constants?.valueOf(bound.node, true);
  if (constant === undefined) return tagOf(bound.tree, bound.node) === Tag.Num ? parse(source) : undefined;
  switch (constant.kind) {
    case 'number':
      return condition.base === undefined ? { kind: 'number', value: constant.value } : parse(constant.text);
    case 'string':
      return condition.strip || condition.base !== undefined ? parse(constant.value) : { kind: 'string', value: constant.value };
    case 'boolean':
      return { kind: 'boolean', value: constant.value };
    case 'null':
      return { kind: 'none' };
  }
}

function nested(condition: CompiledCondition & { readonly kind: 'pattern' }, range: FormulaRange, context: FormulaContext): FormulaRange[] {
  const value = lookup(range.env, condition.metavariable);
  if (value === undefined) return [];
  const span = narrow(value);
  let inner: FormulaContext;
  if (condition.other?.kind === 'text') {
    const text = value.kind === 'text' ? value.text : constantText(value, context);
    if (text === undefined) return [];
    inner = { ...context, regexRanges: new Map(), text, region: { start: 0, end: text.length }, tree: undefined, matchesOf: () => [] };
  } else if (condition.other?.kind === 'code') {
    // With a language of its own, only a string's content is looked at, as code.
    const text = value.kind === 'text' ? value.text : constantText(value, context);
    const parsed = text === undefined ? undefined : context.reparse?.(text, range.env);
    if (parsed === undefined) return [];
    inner = parsed;
  } else {
    const nodes = value.kind === 'node' ? [value.node] : value.kind === 'nodes' ? value.nodes : nodesWithin(span, context);
    const { tree } = context;
    inner = {
      ...context,
      region: span,
      matchesOf: (index) => (tree === undefined ? [] : context.matchesWithin(index, tree, nodes, range.env)),
    };
  }
  const matches = evaluate(condition.formula, inner);
  if (matches.length === 0) return [];
  if (condition.other !== undefined) return [range];
  // Each way in which the inside matches may bind something new.
  const results: FormulaRange[] = [];
  for (const match of matches) {
    const env = merge(range.env, match.env);
    if (env !== CONFLICT) results.push(env === range.env ? range : { ...range, env });
    if (results.length >= 64) break;
  }
  return results.length === 0 ? [] : [...new Set(results)];
}

/** Whole nodes of a text span, such as the content of a string. */
function nodesWithin(span: { readonly start: number; readonly end: number }, context: FormulaContext): number[] {
  const { tree } = context;
  if (tree === undefined) return [];
  const nodes: number[] = [];
  for (let node = 0; node < tree.count;) {
    const start = tree.start[node] as number;
    const end = tree.end[node] as number;
    if (start >= span.start && end <= span.end) {
      nodes.push(node);
      node = nextOf(tree, node);
    } else if (end <= span.start || start >= span.end) node = nextOf(tree, node);
    else node++;
  }
  return nodes;
}
