/**
 * Programs of rules that are known before anything is scanned, such as the built-in packs: compiled once where Countersign is built,
 * kept as plain data, and taken up again without reading a pattern. Each rule is a part of its own, which is read when the rule is first
 * run: few of them have anything to find in one file. What is no data is written as data: a regular expression by its source, an
 * interned number by its text (numbers differ from process to process).
 */
import { intern, internedText } from '../language/interner.js';
import type { GrammarId } from '../language/raw.js';
import { isQuick, vettedRegex, type TextRegex } from '../model/regex.js';
import { parseComparison, type Comparison } from './comparison.js';
import type { MatchOptions } from '../matching/options.js';
import type { Parted, PartedData } from '../model/parted.js';
import type { CompiledCondition, IndexedPattern } from './compiled.js';
import type { Need } from './needs.js';
import { needsOfRule, type CompiledRule, type PreparedProgram, type PreparedRule, type Program } from './program.js';
import type { Reach } from './reach.js';
import { needsOfAsks, type NeedTables } from './textIndex.js';

/** What is read at once: of the rules no more than what a text is asked. */
interface Head {
  readonly grammar: GrammarId | undefined;
  /** How many patterns there are; they are in the parts. */
  readonly patterns: number;
  readonly options: readonly MatchOptions[];
  readonly rules: readonly FrozenRule[];
  readonly tables: Omit<NeedTables, 'indexes'>;
  /** Of the needs of the programs beside this one: indexes in the tables. */
  readonly beside: readonly number[];
}

/** A rule whose needs are indexes in the tables: there the parts that rules share stand once. */
interface FrozenRule {
  readonly id: string;
  /** Index in the head. */
  readonly options: number;
  readonly need: number;
  readonly literalNeed: number;
  readonly ends: { readonly source: number; readonly sink: number } | undefined;
  readonly reach: ReachOf<number> | undefined;
  /** Where its `Body` is. */
  readonly part: number;
}

/** What a rule looks for, with the patterns that it alone has; `shared` says in which parts the others are. */
interface Body extends Pick<CompiledRule, 'formula' | 'taint'> {
  readonly patterns: readonly (readonly [index: number, pattern: IndexedPattern])[];
  readonly shared: readonly (readonly [index: number, part: number])[];
}

/** Stands for what several rules share. */
interface PartReference {
  readonly inPart: number;
}

interface OptionsReference {
  readonly optionsAt: number;
}

type ReachNeed = 'outermost' | 'inStatement' | 'nested';
type ReachOf<N> = Omit<Reach, ReachNeed> & Readonly<Record<ReachNeed, N>>;

function mapped<A, B>(reach: ReachOf<A>, map: (need: A) => B): ReachOf<B> {
  return { ...reach, outermost: map(reach.outermost), inStatement: map(reach.inStatement), nested: map(reach.nested) };
}

/**
 * @param beside as in `compileProgram`
 * @returns undefined when a rule holds something that cannot be kept: a function
 */
export function freezeProgram(program: Program, beside: readonly Program[]): PartedData | undefined {
  const { words, substrings, asks, indexes } = program.tables;
  const indexOf = (need: Need): number => indexes.get(need) as number;
  const options = [...new Set([...program.rules, ...program.patterns].map((each) => each.options))];
  const bodies = program.rules.map(({ formula, taint }) => ({ formula, taint }));
  const { sharedObjects, sharedPatterns, patternsOf } = findShared(bodies, program.patterns, new Set(options));
  const first = program.rules.length;
  const partOf = new Map(
    [...sharedObjects, ...[...sharedPatterns].map((index) => program.patterns[index] as object)].map((part, at) => [part, first + at]),
  );
  const optionsAt = new Map(options.map((each, at) => [each as object, at]));
  /** As data; references stand for what is in other parts. */
  const writtenPart = (part: object): unknown => {
    const reference = (value: object): object | undefined => {
      const at = optionsAt.get(value);
      if (at !== undefined) return { optionsAt: at } satisfies OptionsReference;
      const other = value === part ? undefined : partOf.get(value);
      return other === undefined ? undefined : ({ inPart: other } satisfies PartReference);
    };
    return copyAs(part, (value) => reference(value) ?? written(value), new Map());
  };
  const parts = [
    ...bodies.map(({ formula, taint }, at): Body => {
      const own = patternsOf[at] as readonly number[];
      const pattern = (index: number): IndexedPattern => program.patterns[index] as IndexedPattern;
      return {
        formula,
        taint,
        patterns: own.filter((index) => !sharedPatterns.has(index)).map((index) => [index, pattern(index)]),
        shared: own.filter((index) => sharedPatterns.has(index)).map((index) => [index, partOf.get(pattern(index)) as number]),
      };
    }),
    ...partOf.keys(),
  ].map(writtenPart);
  if (parts.includes(undefined)) return undefined;
  const head: Head = {
    grammar: program.grammar,
    patterns: program.patterns.length,
    options,
    rules: program.rules.map(({ rule, options: own, need, literalNeed, ends, reach }, part): FrozenRule => ({
      id: rule.id,
      options: optionsAt.get(own) as number,
      need: indexOf(need),
      literalNeed: indexOf(literalNeed),
      ends: ends === undefined ? undefined : { source: indexOf(ends.source), sink: indexOf(ends.sink) },
      reach: reach === undefined ? undefined : mapped(reach, indexOf),
      part,
    })),
    tables: { words, substrings, asks },
    beside: beside.flatMap((other) => other.rules.flatMap(needsOfRule)).map(indexOf),
  };
  return { head: copyAs(head, written, new Map()), parts };
}

/** @param beside the same programs as when it was frozen, each thawed */
export function thawProgram(frozen: Parted, beside: readonly PreparedProgram[]): PreparedProgram {
  const head = takeUp(frozen.head, () => undefined) as Head;
  // Rules hold on to these, and not to the head: its tables are megabytes, and of no use where other rules come in.
  const { part: readPart } = frozen;
  const { options: allOptions } = head;
  const patterns: IndexedPattern[] = Array.from({ length: head.patterns });
  const taken = new Map<number, unknown>();
  const take = (part: number): unknown => {
    if (!taken.has(part)) taken.set(part, takeUp(readPart(part), referred));
    return taken.get(part);
  };
  const referred = (value: object): unknown => {
    if ('inPart' in value) return take((value as PartReference).inPart);
    return 'optionsAt' in value ? allOptions[(value as OptionsReference).optionsAt] : undefined;
  };
  const bodyOf = (part: number): Body => {
    const body = takeUp(readPart(part), referred) as Body;
    for (const [index, pattern] of body.patterns) patterns[index] = pattern;
    for (const [index, other] of body.shared) patterns[index] = take(other) as IndexedPattern;
    return body;
  };
  const needs = needsOfAsks(head.tables.asks);
  const indexes = new Map(needs.map((need, index) => [need, index]));
  const needAt = (index: number): Need => needs[index] as Need;
  const rules = head.rules.map(({ id, options, need, literalNeed, ends, reach, part }): PreparedRule => {
    const asked = {
      need: needAt(need),
      literalNeed: needAt(literalNeed),
      ends: ends === undefined ? undefined : { source: needAt(ends.source), sink: needAt(ends.sink) },
      reach: reach === undefined ? undefined : mapped(reach, needAt),
    };
    let body: Body | undefined;
    const read = (): Body => (body ??= bodyOf(part));
    return {
      id,
      ...asked,
      compiledFor: (rule) => ({
        rule,
        options: allOptions[options] as MatchOptions,
        ...asked,
        get formula() {
          return read().formula;
        },
        get taint() {
          return read().taint;
        },
      }),
    };
  });
  const others = beside.flatMap((other) => [...other.rules.values()]).flatMap(needsOfRule);
  for (const [at, need] of others.entries()) indexes.set(need, head.beside[at] as number);
  return { patterns, rules: new Map(rules.map((rule) => [rule.id, rule])), tables: { ...head.tables, indexes } };
}

interface Shared {
  /** In the bodies of several rules, where more than one thing holds it. */
  readonly sharedObjects: ReadonlySet<object>;
  /** Indexes of patterns that several rules ask for. */
  readonly sharedPatterns: ReadonlySet<number>;
  /** For each body: indexes of all patterns that are asked for in it. */
  readonly patternsOf: readonly (readonly number[])[];
}

/** @param apart objects that are kept elsewhere */
function findShared(bodies: readonly object[], patterns: readonly IndexedPattern[], apart: ReadonlySet<object>): Shared {
  const owners = new Map<object, number | 'several'>();
  const holders = new Map<object, Set<object>>();
  const patternsOf = bodies.map((body, owner) => {
    const seen = new Set<object>();
    const asked = new Set<number>();
    const visit = (value: object): void => {
      if (seen.has(value)) return;
      seen.add(value);
      const before = owners.get(value);
      owners.set(value, before === undefined || before === owner ? owner : 'several');
      for (const index of indexesIn(value)) {
        const pattern = patterns[index];
        if (pattern === undefined) continue;
        asked.add(index);
        visit(pattern);
      }
      for (const part of Object.values(written(value))) {
        if (typeof part !== 'object' || part === null || apart.has(part) || isRegex(part)) continue;
        const known = holders.get(part) ?? new Set();
        holders.set(part, known.add(value));
        visit(part);
      }
    };
    visit(body);
    return [...asked].toSorted((a, b) => a - b);
  });
  const isShared = (value: object): boolean => owners.get(value) === 'several';
  const several = [...owners.keys()].filter(isShared);
  return {
    sharedObjects: new Set(several.filter((value) => !Array.isArray(value) && (holders.get(value)?.size ?? 0) > 1)),
    sharedPatterns: new Set(patterns.flatMap((pattern, index) => (isShared(pattern) ? [index] : []))),
    patternsOf,
  };
}

/** Patterns that a formula, a condition or a pattern speaks of. Of a question in another language they are others: then these are more than are needed. */
function indexesIn(value: object): readonly number[] {
  if ('index' in value && 'kind' in value && value.kind === 'pattern') return [value.index as number];
  if ('types' in value && 'kind' in value && value.kind === 'type') return value.types as readonly number[];
  return 'from' in value && 'by' in value ? [value.from as number] : [];
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

/**
 * Changes what `written` wrote back, in place.
 * @param referred what a reference stands for; undefined for what is none
 */
function takeUp(value: unknown, referred: (value: object) => unknown): unknown {
  const seen = new Set<object>();
  const back = (part: object): unknown => {
    if (ArrayBuffer.isView(part) || part instanceof Map || seen.has(part)) return part;
    if ('regexSource' in part) return regexOf(part as WrittenRegex);
    if ('comparisonSource' in part) return comparisonOf(part as WrittenComparison);
    const other = referred(part);
    if (other !== undefined) return other;
    seen.add(part);
    if (hasOperator(part) && typeof part.op === 'string') part.op = part.op === '' ? 0 : intern(part.op);
    const parts = part as Record<string, unknown>;
    for (const key of Object.keys(parts)) {
      const inner = parts[key];
      if (typeof inner === 'object' && inner !== null) parts[key] = back(inner);
    }
    return part;
  };
  return typeof value === 'object' && value !== null ? back(value) : value;
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
