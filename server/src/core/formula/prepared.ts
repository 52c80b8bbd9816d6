/**
 * Programs of rules that are known before anything is scanned, such as the built-in packs: compiled once where Countersign is built,
 * kept as plain data, and taken up again without reading a pattern. What is no data is written as data: a regular
 * expression by its source, an interned number by its text (numbers differ from process to process).
 */
import { intern, internedText } from '../language/interner.js';
import type { GrammarId } from '../language/raw.js';
import { isQuick, vettedRegex, type TextRegex } from '../model/regex.js';
import { parseComparison, type Comparison } from './comparison.js';
import type { CompiledCondition, IndexedPattern } from './compiled.js';
import type { Need } from './needs.js';
import { needsOfRule, type PreparedProgram, type PreparedRule, type Program } from './program.js';
import type { Reach } from './reach.js';
import { needsOfAsks, type NeedTables } from './textIndex.js';

/** Survives a structured clone. */
export interface FrozenProgram {
  readonly grammar: GrammarId | undefined;
  readonly patterns: readonly IndexedPattern[];
  readonly rules: readonly FrozenRule[];
  readonly tables: Omit<NeedTables, 'indexes'>;
  /** Of the needs of the programs beside this one: indexes in the tables. */
  readonly beside: readonly number[];
}

/** A rule whose needs are indexes in the tables: there the parts that rules share stand once. */
type FrozenRule = Omit<PreparedRule, 'need' | 'literalNeed' | 'reach' | 'ends'> & {
  readonly need: number;
  readonly literalNeed: number;
  readonly ends: { readonly source: number; readonly sink: number } | undefined;
  readonly reach: ReachOf<number> | undefined;
};

type ReachNeed = 'outermost' | 'inStatement' | 'nested';
type ReachOf<N> = Omit<Reach, ReachNeed> & Readonly<Record<ReachNeed, N>>;

function mapped<A, B>(reach: ReachOf<A>, map: (need: A) => B): ReachOf<B> {
  return { ...reach, outermost: map(reach.outermost), inStatement: map(reach.inStatement), nested: map(reach.nested) };
}

/**
 * @param beside as in `compileProgram`
 * @returns undefined when a rule holds something that cannot be kept: a function
 */
export function freezeProgram(program: Program, beside: readonly Program[]): FrozenProgram | undefined {
  const { words, substrings, asks, indexes } = program.tables;
  const indexOf = (need: Need): number => indexes.get(need) as number;
  const plain: FrozenProgram = {
    grammar: program.grammar,
    patterns: program.patterns,
    rules: program.rules.map(({ rule, formula, taint, options, need, literalNeed, ends, reach }): FrozenRule => ({
      id: rule.id,
      formula,
      taint,
      options,
      need: indexOf(need),
      literalNeed: indexOf(literalNeed),
      ends: ends === undefined ? undefined : { source: indexOf(ends.source), sink: indexOf(ends.sink) },
      reach: reach === undefined ? undefined : mapped(reach, indexOf),
    })),
    tables: { words, substrings, asks },
    beside: beside.flatMap((other) => other.rules.flatMap(needsOfRule)).map(indexOf),
  };
  return copyAs(plain, written, new Map()) as FrozenProgram | undefined;
}

/** @param beside the same programs as when it was frozen, each thawed */
export function thawProgram(frozen: FrozenProgram, beside: readonly PreparedProgram[]): PreparedProgram {
  takeUp(frozen, new Set());
  const needs = needsOfAsks(frozen.tables.asks);
  const indexes = new Map(needs.map((need, index) => [need, index]));
  const needAt = (index: number): Need => needs[index] as Need;
  const rules = frozen.rules.map(({ need, literalNeed, ends, reach, ...rule }): PreparedRule => ({
    ...rule,
    need: needAt(need),
    literalNeed: needAt(literalNeed),
    ends: ends === undefined ? undefined : { source: needAt(ends.source), sink: needAt(ends.sink) },
    reach: reach === undefined ? undefined : mapped(reach, needAt),
  }));
  const others = beside.flatMap((other) => [...other.rules.values()]).flatMap(needsOfRule);
  for (const [at, need] of others.entries()) indexes.set(need, frozen.beside[at] as number);
  return { patterns: frozen.patterns, rules: new Map(rules.map((rule) => [rule.id, rule])), tables: { ...frozen.tables, indexes } };
}

interface WrittenRegex {
  readonly regexSource: string;
  readonly multiline: boolean;
  readonly quick: boolean;
}

function isRegex(value: object): value is TextRegex {
  return 'matchesAtStart' in value && 'source' in value;
}

/** Numbers of nodes that stand for texts. */
function hasOperator(value: object): value is { op: number | string } {
  return 'kind' in value && value.kind === 'node' && 'op' in value;
}

interface WrittenComparison {
  readonly comparisonSource: string;
}

function isComparison(value: object): value is CompiledCondition & { readonly kind: 'comparison' } {
  return 'kind' in value && value.kind === 'comparison' && 'source' in value;
}

function written(value: object): object {
  if (isComparison(value)) return { ...value, comparison: { comparisonSource: value.source } satisfies WrittenComparison };
  if (isRegex(value))
    return { regexSource: value.source, multiline: value.multiline, quick: isQuick(value.source, value.multiline) } satisfies WrittenRegex;
  return hasOperator(value) && typeof value.op === 'number' ? { ...value, op: internedText(value.op) } : value;
}

/** A copy in which what was one object stays one; undefined where there is a function. */
function copyAs(value: unknown, change: (value: object) => object, copies: Map<object, object>): unknown {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const holdsFunction = (part: unknown, copy: unknown): boolean => copy === undefined && part !== undefined;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const part of value as readonly unknown[]) {
      const copy = copyAs(part, change, copies);
      if (holdsFunction(part, copy)) return undefined;
      list.push(copy);
    }
    return list;
  }
  if (value instanceof Map) {
    // Names and their numbers: nothing to change.
    return value;
  }
  const copy: Record<string, unknown> = {};
  copies.set(value, copy);
  for (const [key, part] of Object.entries(change(value))) {
    copy[key] = copyAs(part, change, copies);
    if (holdsFunction(part, copy[key])) return undefined;
  }
  return copy;
}

/** Changes what `written` wrote back, in place. */
function takeUp(value: unknown, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Map || seen.has(value)) return;
  seen.add(value);
  if (hasOperator(value) && typeof value.op === 'string') value.op = value.op === '' ? 0 : intern(value.op);
  const parts = value as Record<string, unknown>;
  for (const key of Object.keys(parts)) {
    const part = parts[key];
    if (typeof part !== 'object' || part === null) continue;
    if ('regexSource' in part) parts[key] = regexOf(part as WrittenRegex);
    else if ('comparisonSource' in part) parts[key] = comparisonOf(part as WrittenComparison);
    else takeUp(part, seen);
  }
}

function comparisonOf({ comparisonSource }: WrittenComparison): Comparison {
  const parsed = parseComparison(comparisonSource);
  if ('error' in parsed) throw new Error(`a prepared comparison: ${parsed.error}`);
  return parsed.comparison;
}

function regexOf({ regexSource, multiline, quick }: WrittenRegex): TextRegex {
  const result = vettedRegex(regexSource, multiline, quick);
  if ('error' in result) throw new Error(`a prepared expression: ${result.error}`);
  return result.regex;
}
