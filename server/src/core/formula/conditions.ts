/** Questions about metavariables: whether they hold for a range, and what their answers bind. */
import { ANALYSES } from './analyses.js';
import type { Constant } from '../language/constants.js';
import { internedText } from '../language/interner.js';
import { syntaxOf } from '../language/registry.js';
import { Tag } from '../language/tags.js';
import { childrenOf, endOf, nextOf, opOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { bindingsOf, lookup, sourceOfValue, type BoundValue, type Env } from '../matching/bindings.js';
import type { RegexMatch, TextRegex } from '../model/regex.js';
import { unshared } from '../model/unshared.js';
import type { CompiledCondition, CompiledFormula, OtherLanguage } from './compiled.js';
import { textContext, type FormulaContext } from './context.js';
import { CONFLICT, merge, narrow, type FormulaRange, type Span } from './ranges.js';
import { binary, negated, type Value } from './values.js';

/** The range's environment, extended in each way in which the question holds. */
export type Asked = readonly (Env | undefined)[];

type Evaluate = (formula: CompiledFormula, context: FormulaContext) => readonly FormulaRange[];

/** Whether a question costs little and never binds anything. */
export function isQuick(condition: CompiledCondition): boolean {
  switch (condition.kind) {
    case 'comparison':
    case 'analysis':
      return true;
    case 'regex':
      return condition.regex.groupCount === 0;
    case 'type':
    case 'pattern':
      return false;
  }
}

/** What a question about a name's text looks at. */
export type AskedOf = Pick<FormulaContext, 'text' | 'constants' | 'budget'>;

/** As `answer`, of an expression about a name alone; true where it is not bound, too long to ask before it is clear that the answer is wanted, or not answered: the one who asks in the end reports that. */
export function mayHold(condition: CompiledCondition, env: Env | undefined, context: AskedOf): boolean {
  if (condition.kind !== 'regex') return true;
  const value = lookup(env, condition.metavariable);
  if (value === undefined) return true;
  const text = (condition.constantPropagation ? constantText(value, context) : undefined) ?? sourceOfValue(value, context.text);
  return text.length > MAX_KNOWN_TEXT || holdsAtStart(condition.regex, text, context.budget) !== false;
}

/** Whether a text matches; undefined where steps run out before that is known. Names are asked about again and again: what was answered is known. */
function holdsAtStart(regex: TextRegex, text: string, budget: FormulaContext['budget']): boolean | undefined {
  let known = knownAnswers.get(regex);
  if (known === undefined || known.length > MAX_KNOWN_LENGTH) knownAnswers.set(regex, (known = { byText: new Map(), length: 0 }));
  let holds = known.byText.get(text);
  if (holds !== undefined) return holds;
  holds = regex.matchesAtStart(text, budget) !== undefined;
  if (budget.left <= 0) return undefined;
  if (text.length > MAX_KNOWN_TEXT) return holds;
  known.byText.set(unshared(text), holds);
  known.length += text.length;
  return holds;
}

const knownAnswers = new WeakMap<TextRegex, { readonly byText: Map<string, boolean>; length: number }>();
/** Of all known texts of an expression together, and of each, in UTF-16 code units. */
const MAX_KNOWN_LENGTH = 100_000;
const MAX_KNOWN_TEXT = 1_000;

/** `undefined` when it does not hold. */
export function answer(condition: CompiledCondition, range: FormulaRange, context: FormulaContext, evaluate: Evaluate): Asked | undefined {
  switch (condition.kind) {
    case 'regex': {
      const value = lookup(range.env, condition.metavariable);
      if (value === undefined) return undefined;
      const text = (condition.constantPropagation ? constantText(value, context) : undefined) ?? sourceOfValue(value, context.text);
      if (condition.regex.groupCount === 0) return holdsAtStart(condition.regex, text, context.budget) === true ? [range.env] : undefined;
      const found = condition.regex.matchesAtStart(text, context.budget);
      return found === undefined ? undefined : [withCaptures(found, narrow(value).start, range.env)];
    }
    case 'comparison':
      return condition.comparison({ valueOf: (name) => comparedValue(name, condition, range, context), budget: context.budget })
        ? [range.env]
        : undefined;
    case 'type': {
      const value = lookup(range.env, condition.metavariable);
      if (value?.kind !== 'node' || value.tree !== context.tree) return undefined;
      return condition.types.some((type) => context.hasType(type, value.node)) ? [range.env] : undefined;
    }
    case 'analysis': {
      const value = lookup(range.env, condition.metavariable);
      const text = value === undefined ? undefined : (literalContent(value, context)?.text ?? sourceOfValue(value, context.text));
      return text !== undefined && ANALYSES[condition.analyzer]?.(text) === true ? [range.env] : undefined;
    }
    case 'pattern':
      return nested(condition, range, context, evaluate);
  }
}

/** Groups as `$1` and `$NAME`, where they stand. @param start offset of the text that was searched */
export function withCaptures(found: RegexMatch, start: number, env: Env | undefined): Env | undefined {
  let result = env;
  for (let i = 1; i < found.groups.length; i++) {
    const text = found.groups[i];
    if (text !== undefined) result = { name: `$${i}`, value: capture(text, found.spanOf(i), start), next: result };
  }
  for (const [name, index] of found.names) {
    const text = found.groups[index];
    if (text !== undefined) result = { name: `$${name}`, value: capture(text, found.spanOf(index), start), next: result };
  }
  return result;
}

function capture(text: string, span: Span, start: number): BoundValue {
  return { kind: 'text', text, start: start + span.start, end: start + span.end };
}

function constantText(value: BoundValue, context: Pick<FormulaContext, 'constants'>): string | undefined {
  if (value.kind !== 'node') return value.kind === 'text' ? value.text : undefined;
  const constant = context.constants?.valueOf(value.node, true);
  if (constant !== undefined || tagOf(value.tree, value.node) !== Tag.Str) return textOfConstant(constant);
  // A string with interpolations: numbers and booleans are printed, too.
  let text = '';
  for (const piece of childrenOf(value.tree, value.node)) {
    const plain = tagOf(value.tree, piece) === Tag.StrText;
    const part = plain ? textOf(value.tree, piece) : textOfConstant(context.constants?.valueOf(piece + 1, true));
    if (part === undefined) return undefined;
    text += part;
  }
  return text;
}

function textOfConstant(constant: Constant | undefined): string | undefined {
  switch (constant?.kind) {
    case 'string':
      return constant.value;
    case 'number':
      return constant.text;
    case 'boolean':
      return String(constant.value);
    default:
      return undefined;
  }
}

/** A value where the code determines one, else the code itself as text that only `str()` can read. */
function comparedValue(
  name: string,
  condition: CompiledCondition & { readonly kind: 'comparison' },
  range: FormulaRange,
  context: FormulaContext,
): Value | undefined {
  const bound = lookup(range.env, name);
  if (bound === undefined) return undefined;
  const number = (text: string): Value | undefined => parseInteger(text, condition.base);
  const code = (): Value => ({ kind: 'code', text: sourceOfValue(bound, context.text) });
  if (bound.kind === 'text') return textValue(bound.text, condition, number);
  if (bound.kind !== 'node') return code();
  const constant = context.constants?.valueOf(bound.node, condition.constantPropagation);
  switch (constant?.kind) {
    case 'number':
      // Also octal numbers as C writes them, `0600`.
      if (condition.base !== undefined || /^-?0[0-7]+$/.test(constant.text))
        return parseInteger(constant.text, condition.base ?? 8) ?? code();
      return Number.isInteger(constant.value) && !/[.eE]/.test(constant.text.replace(/^-?0[xX]/, ''))
        ? { kind: 'int', value: BigInt(constant.value) }
        : { kind: 'float', value: constant.value };
    case 'string':
      return textValue(constant.value, condition, number);
    case 'boolean':
      return { kind: 'boolean', value: constant.value };
    default: {
      const tag = tagOf(bound.tree, bound.node);
      if (tag === Tag.Num) return number(sourceOfValue(bound, context.text)) ?? code();
      // The text of an element is a string.
      if (tag === Tag.JsxText) return textValue(textOf(bound.tree, bound.node).trim(), condition, number);
      if (tag === Tag.List) return listValue(bound.tree, bound.node, condition.constantPropagation, context, 0) ?? code();
      return computed(bound.tree, bound.node, condition.constantPropagation, context, 0) ?? code();
    }
  }
}

const MAX_COMPUTED_DEPTH = 50;

/** What an expression of numbers comes to, with the operators that comparisons have. */
function computed(tree: SyntaxTree, node: number, propagate: boolean, context: FormulaContext, depth: number): Value | undefined {
  if (depth > MAX_COMPUTED_DEPTH) return undefined;
  const tag = tagOf(tree, node);
  const [left, right] = tag === Tag.Binary || tag === Tag.Cast || tag === Tag.Unary ? childrenOf(tree, node) : [];
  if (left === undefined) {
    const constant = context.constants?.valueOf(node, propagate);
    if (constant?.kind !== 'number') return undefined;
    return Number.isInteger(constant.value) && !/[.eE]/.test(constant.text.replace(/^-?0[xX]/, ''))
      ? { kind: 'int', value: BigInt(constant.value) }
      : { kind: 'float', value: constant.value };
  }
  const first = computed(tree, left, propagate, context, depth + 1);
  if (first === undefined || tag === Tag.Cast) return first;
  const op = internedText(opOf(tree, node));
  if (tag === Tag.Unary) return op === '-' ? negated(first) : undefined;
  const second = right === undefined ? undefined : computed(tree, right, propagate, context, depth + 1);
  return second === undefined ? undefined : binary(op, first, second);
}

/** A list where all of its items have values. */
function listValue(tree: SyntaxTree, node: number, propagate: boolean, context: FormulaContext, depth: number): Value | undefined {
  if (depth > MAX_COMPUTED_DEPTH) return undefined;
  const items = childrenOf(tree, node).map((item): Value | undefined => {
    if (tagOf(tree, item) === Tag.List) return listValue(tree, item, propagate, context, depth + 1);
    const constant = context.constants?.valueOf(item, propagate);
    if (constant?.kind === 'string' || constant?.kind === 'boolean') return { kind: constant.kind, value: constant.value } as Value;
    return computed(tree, item, propagate, context, depth + 1);
  });
  return items.every((item) => item !== undefined) ? { kind: 'list', items } : undefined;
}

function textValue(
  text: string,
  condition: { readonly strip: boolean; readonly base: number | undefined },
  number: (text: string) => Value | undefined,
): Value {
  return (condition.strip || condition.base !== undefined ? number(text) : undefined) ?? { kind: 'string', value: text };
}

/** Longer than any integer of 64 bits is written. */
const MAX_INTEGER_LENGTH = 200;

/** Integers as most languages write them: prefixes, underscores, suffixes of size. */
export function parseInteger(source: string, base: number | undefined): Value | undefined {
  const text = source.trim();
  if (text.length > MAX_INTEGER_LENGTH) return undefined;
  const found = /^([+-]?)(0[xX]|0[oO]|0[bB])?([0-9a-zA-Z_]+?)[uUlLnN]*$/.exec(text);
  if (found === null) return undefined;
  const [, sign = '', prefix = '', rest = ''] = found;
  const radix = base ?? { '0x': 16, '0o': 8, '0b': 2 }[prefix.toLowerCase()] ?? 10;
  const digits = rest.replaceAll('_', '').toLowerCase();
  let value = 0n;
  for (const digit of digits) {
    const at = Number.parseInt(digit, 36);
    if (!(at < radix)) return undefined;
    value = value * BigInt(radix) + BigInt(at);
  }
  return digits === '' ? undefined : { kind: 'int', value: sign === '-' ? -value : value };
}

// ---- nested formulas

/** The content of a string that stands in the code as one literal, and where it stands. */
function literalContent(value: BoundValue, context: FormulaContext): { readonly text: string; readonly span: Span } | undefined {
  if (value.kind === 'text') return { text: value.text, span: value };
  const [only, second] = value.kind === 'nodes' ? value.nodes : [];
  if (value.kind === 'nodes' && only !== undefined && second === undefined)
    return literalContent({ kind: 'node', tree: value.tree, node: only }, context);
  if (value.kind !== 'node') return undefined;
  const { tree, node } = value;
  const tag = tagOf(tree, node);
  const whole = { start: startOf(tree, node), end: endOf(tree, node) };
  if (tag === Tag.JsxText) return { text: tree.text.slice(whole.start, whole.end), span: whole };
  const constant = tag === Tag.Str && tree === context.tree ? context.constants?.valueOf(node, false) : undefined;
  if (constant?.kind !== 'string') return undefined;
  const first = node + 1;
  const last = lastChild(tree, node);
  if (first >= nextOf(tree, node)) return { text: '', span: { start: whole.start, end: whole.start } };
  return { text: constant.value, span: { start: startOf(tree, first), end: endOf(tree, last) } };
}

function lastChild(tree: { readonly next: Uint32Array }, node: number): number {
  const limit = tree.next[node] as number;
  let last = node + 1;
  for (let child = last; child < limit; child = tree.next[child] as number) last = child;
  return last;
}

/** Ways in which the inside of a metavariable may match and bind something new. */
const MAX_WAYS = 1_000;

function nested(
  condition: CompiledCondition & { readonly kind: 'pattern' },
  range: FormulaRange,
  context: FormulaContext,
  evaluate: Evaluate,
): Asked | undefined {
  const value = lookup(range.env, condition.metavariable);
  if (value === undefined) return undefined;
  if (condition.other !== undefined) return nestedText(condition.formula, condition.other, value, range, context, evaluate);
  const span = narrow(value);
  if (value.kind === 'text' && context.tree !== undefined && context.text.slice(span.start, span.end) !== value.text) {
    // What stands there is another name for it, as after an import: the name itself is looked at.
    const inner = context.readAs(value.text, undefined, range.env);
    return inner !== undefined && evaluate(condition.formula, inner).length > 0 ? [range.env] : undefined;
  }
  const nodes = value.kind === 'node' ? [value.node] : value.kind === 'nodes' ? value.nodes : nodesWithin(span, context);
  const { tree } = context;
  const matches = evaluate(condition.formula, {
    ...context,
    region: span,
    given: range.env,
    matchesNear: undefined,
    matchesOf: (index) => (tree === undefined ? [] : context.matchesWithin(index, tree, nodes, range.env)),
  });
  if (matches.length === 0) return undefined;
  // Each way in which the inside matches may bind something new.
  const results = new Set<Env | undefined>();
  for (const match of matches) {
    const env = merge(range.env, match.env, context.strictly);
    if (env !== CONFLICT) results.add(env);
    if (results.size > MAX_WAYS) {
      context.cuts.count++;
      break;
    }
  }
  return results.size === 0 ? undefined : [...results];
}

/** The metavariable's text read in a language that the question names. */
function nestedText(
  formula: CompiledFormula,
  other: OtherLanguage,
  value: BoundValue,
  range: FormulaRange,
  context: FormulaContext,
  evaluate: Evaluate,
): Asked | undefined {
  const source = narrow(value);
  const content =
    literalContent(value, context) ??
    (other.kind === 'code' && other.readsSource ? { text: sourceOfValue(value, context.text), span: source } : undefined);
  if (content === undefined) return undefined;
  const opening = other.kind === 'text' ? '' : (syntaxOf(other.grammar).opening?.(content.text) ?? '');
  const inner =
    other.kind === 'text'
      ? textContext(content.text, range.env, context.budget, context.cuts, context.expired)
      : context.readAs(opening + content.text, other, range.env);
  const matches = inner === undefined ? [] : evaluate(formula, inner);
  if (matches.length === 0) return undefined;
  if (matches.length > MAX_WAYS) context.cuts.count++;
  const results = matches.slice(0, MAX_WAYS).map((match) => {
    let env = range.env;
    for (const [name, bound] of bindingsOf(match.env)) {
      if (lookup(range.env, name) !== undefined) continue;
      env = { name, value: relocated(bound, content, inner?.text ?? content.text, opening.length), next: env };
    }
    return env;
  });
  return [...new Set(results)];
}

/** What was bound in a text of its own, at its place in the file: exact where the text stands there as it is. */
function relocated(bound: BoundValue, content: { readonly text: string; readonly span: Span }, text: string, before: number): BoundValue {
  const inner = narrow(bound);
  const place = (offset: number): number => Math.min(content.span.start + Math.max(0, offset - before), content.span.end);
  return { kind: 'text', text: sourceOfValue(bound, text), start: place(inner.start), end: place(inner.end) };
}

/** Whole nodes of a text span, such as the content of a string. */
function nodesWithin(span: Span, context: FormulaContext): number[] {
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
